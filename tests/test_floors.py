"""The house stands as DESIGN draws it: imports go down only, by the doors, one library in one room, files kept small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FLOORS = {
    "api": 8, "timeline.__main__": 9, "timeline.cli": 8, "timeline.terminal": 7,
    "timeline.ingest": 6,
    "timeline.run": 5,
    "timeline.extract": 4,
    "timeline.publication": 3, "timeline.pipes": 3,
    "timeline.read": 2, "timeline.clean": 2, "timeline.times": 2, "timeline.link": 2, "timeline.store": 2,
    "timeline.export": 2, "timeline.score": 2, "timeline.training": 2,
    "timeline.records": 1, "timeline.chronology": 1, "timeline.lexicon": 1,
    "timeline.edtf": 0, "timeline.offsets": 0, "timeline.numerals": 0, "timeline.errors": 0, "timeline.settings": 0,
}  # fmt: skip
# Doors that a room of the same floor, or a front door past the floors between, may enter all the same.
ALSO = {
    ("timeline.cli", "timeline.ingest"), ("api", "timeline.ingest"),
    ("timeline.cli", "timeline.store"), ("timeline.cli", "timeline.export"), ("timeline.cli", "timeline.score"),
    ("timeline.cli", "timeline.clean"), ("timeline.cli", "timeline.read"), ("timeline.cli", "timeline.times"),
    ("api", "timeline.store"), ("api", "timeline.export"),
    ("timeline.ingest", "timeline.read"), ("timeline.ingest", "timeline.link"), ("timeline.ingest", "timeline.store"),
    ("timeline.ingest", "timeline.extract"),
    ("timeline.extract", "timeline.clean"),
    ("timeline.publication", "timeline.times"), ("timeline.pipes", "timeline.times"),
    ("timeline.training", "timeline.clean"), ("timeline.training", "timeline.pipes"),
}  # fmt: skip
LIBRARIES = {
    "spacy": ("timeline.pipes",),
    "sqlmodel": ("timeline.store",),
    "sqlalchemy": ("timeline.store",),
    "alembic": ("timeline.store",),
    "fastapi": ("api",),
    "starlette": ("api",),
    "jinja2": ("api",),
    "typer": ("timeline.cli",),
    "rich": ("timeline.terminal",),
    "ray": ("timeline.run",),
    "lxml": ("timeline.read",),
    "trafilatura": ("timeline.read",),
    "opencc": ("timeline.clean",),
    "dateparser": ("timeline.times",),
    "cn2an": ("timeline.numerals",),
    "yaml": ("timeline.lexicon",),
}


def sources() -> list[Path]:
    return sorted(p for top in ("timeline", "api") for p in (ROOT / top).rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """Name the room or ground file a module belongs to: timeline.read.webpage -> timeline.read."""
    return module.split(".")[0] if module.startswith("api") else ".".join(module.split(".")[:2])


def imports_of(path: Path) -> list[tuple[str, int]]:
    """List what a file imports, anywhere in it, as full module names with their lines."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} relative import"
            found.append((node.module or "", node.lineno))
    return found


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_imports_go_down_and_by_the_doors(path: Path) -> None:
    module, wrong = module_of(path), []
    here = room_of(module)
    for target, line in imports_of(path):
        there = room_of(target)
        if not target.startswith(("timeline.", "api")) or there == here or module == "timeline":
            continue
        if there not in FLOORS:
            wrong.append(f"{path}:{line} {target} is no room")
        elif target != there:
            ontology = target == "timeline.lexicon.ontology"
            if not ontology:
                wrong.append(f"{path}:{line} enters {there} beside its door: {target}")
        elif (FLOORS[there] > 1 and (here, there) not in ALSO and FLOORS[here] - FLOORS[there] != 1) or (
            FLOORS[there] >= FLOORS[here] and (here, there) not in ALSO
        ):
            wrong.append(
                f"{path}:{line} {here} (floor {FLOORS[here]}) imports {there} (floor {FLOORS[there]})"
            )
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_one_library_lives_in_one_room(path: Path) -> None:
    here = room_of(module_of(path))
    for target, line in imports_of(path):
        rooms = LIBRARIES.get(target.split(".")[0])
        assert rooms is None or here in rooms, f"{path}:{line} imports {target}, which lives in {rooms}"


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = len(text.splitlines())
    assert lines <= 400, f"{path} has {lines} lines: look for the second subject"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            doc = ast.get_docstring(node, clean=False)
            length -= len(doc.splitlines()) if doc else 0
            assert length <= 40, f"{path}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_every_module_opens_with_its_subject(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), f"{path} has no docstring"


CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("datetime", "utcnow"),
}


@pytest.mark.parametrize(
    "path", [p for p in sources() if FLOORS.get(room_of(module_of(p)), 9) < 6], ids=module_of
)
def test_nothing_below_the_front_doors_asks_the_clock_the_environment_or_chance(path: Path) -> None:
    module = module_of(path)
    if module.startswith("timeline.training"):
        return
    forbidden = {"random", "secrets", "uuid", "socket", "urllib.request", "httpx", "requests"}
    for target, line in imports_of(path):
        assert target not in forbidden, f"{path}:{line} imports {target}"
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            pair = (node.value.id, node.attr)
            assert pair not in CLOCKS, f"{path}:{node.lineno} asks the clock"
            assert pair not in {("os", "environ"), ("os", "getenv")}, (
                f"{path}:{node.lineno} asks the environment"
            )
