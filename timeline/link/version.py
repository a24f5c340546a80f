"""The version of the rules of linking: 63 bits made of every file that has a say in what is joined."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

from timeline.link.tellings import hash_key

_WORDS = ("linking.yaml", "organizations.yaml", "places.tsv")


@cache
def linking_version() -> int:
    """Give the version: what was linked under another one is to be linked anew."""
    package = files("timeline")
    rules = sorted(path for path in (package / "link").iterdir() if path.name.endswith(".py"))  # type: ignore[type-var]
    every = [*rules, *(package / "lexicon" / name for name in _WORDS), package / "edtf.py"]
    return hash_key([unicodedata.unidata_version, *(path.read_text("utf-8") for path in every)])
