"""What the repository may not hold: registry hosts, paths of a machine, text of others; and what it must."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

# built from parts, so that this file does not hold what it looks for
_HOSTS = [
    "pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org",
    "pypi.tuna" + ".", "mirrors.aliyun" + ".", "crates" + ".io",
]  # fmt: skip
_MACHINE = re.compile("|".join(("/" + "work/", "/" + "root/", "/" + "farm/", "/" + "home/[a-z]")))

# names of bodies, occasions and laws are facts
_NAME = re.compile(r"仪式|论坛|研讨会|纲要|推介会|签约|公司|研究所|大会")


def tracked(root: Path) -> list[Path]:
    out = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if out.returncode:
        pytest.skip("not a git checkout")
    return [root / name for name in out.stdout.split("\0") if name and (root / name).is_file()]


def texts(root: Path) -> list[tuple[Path, str]]:
    found = []
    for path in tracked(root):
        try:
            found.append((path, path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_tracked_file_names_a_registry_host_or_a_path_of_a_machine(root: Path) -> None:
    wrong = []
    for path, text in texts(root):
        wrong += [f"{path}: {host}" for host in _HOSTS if host in text]
        wrong += [f"{path}: {m.group()}" for m in _MACHINE.finditer(text)]
    assert not wrong, "\n".join(wrong)


def test_every_pinned_package_has_a_hash(root: Path) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (root / "requirements.lock").read_text("utf-8"))
    pins = [block for block in blocks if "==" in block.split("\n", 1)[0]]
    assert len(pins) > 50
    assert not [block.split("\n", 1)[0] for block in pins if "--hash=sha256:" not in block]


def test_metadata_is_complete(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    for key in (
        "name",
        "version",
        "description",
        "readme",
        "requires-python",
        "license",
        "authors",
        "keywords",
        "classifiers",
    ):
        assert project.get(key), key
    assert (root / "LICENSE").read_text("utf-8").lstrip().startswith("Apache License")


def test_no_sentence_of_the_shared_pages_stands_in_the_repository(root: Path, shared: Path) -> None:
    """Facts and names may be retold, sentences may not be copied: no clause of twenty-four characters is the same."""
    pages = [path.read_text("utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    pages += [json.loads(line)["text"] for line in (shared / "dev/pages/pages.jsonl").open(encoding="utf-8")]
    known = {
        clause
        for page in pages
        for clause in re.split(r"[,，。;；、:：《》“”()（）\n\s]", page)
        if len(clause) >= 24
    }
    known = {c for c in known if re.search(r"[\u4e00-\u9fff]{24}", c) and not _NAME.search(c)}
    assert len(known) > 100
    wrong = [f"{path}: {clause}" for path, text in texts(root) for clause in known if clause in text]
    assert not wrong, "\n".join(wrong)
