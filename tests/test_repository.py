"""What the repository may not hold: registry hosts, paths of a machine, text of others; and what it must."""

from __future__ import annotations

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


def test_no_long_line_of_the_shared_pages_stands_in_the_repository(root: Path, shared: Path) -> None:
    """Facts may be retold; sentences may not be copied (twenty-four characters in a row count as copied)."""
    known: set[str] = set()
    for path in sorted((shared / "seeds").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            known.update(part for part in re.split(r"[,，。;；、:：《》“”]", line) if len(part) >= 24)
    wrong = [f"{path}: {part}" for path, text in texts(root) for part in known if part in text]
    # names of bodies, forums and laws are facts; sentences are not
    wrong = [
        w for w in wrong if not re.search(r"(?:仪式|论坛|研讨会|纲要|推介会|战略合作签约|公司|工程研究所)", w)
    ]
    assert not wrong, "\n".join(wrong)
