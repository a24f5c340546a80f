"""What several commands take, and what is made of it: paths, settings, filters, the manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from timeline.errors import EdtfError, TimelineError, UsageError

if TYPE_CHECKING:
    from timeline.chronology import EventQuery
    from timeline.ingest import Outcome
    from timeline.settings import Settings

Paths = Annotated[list[str], typer.Argument(help="files, folders, or - for stdin", metavar="PATH...")]
Published = Annotated[
    str | None,
    typer.Option(help="the day the pages were published (EDTF); outranks what they say", metavar="DATE"),
]
Workers = Annotated[int, typer.Option(min=0, help="processes; 0 takes one a core when there are many pages")]
Database = Annotated[
    str | None, typer.Option(help="database URL; default: TIMELINE_DATABASE, else sqlite:///timeline.sqlite")
]


Fields = Annotated[
    list[str] | None,
    typer.Option("--field", help="a record's own name of a field: text=body; repeat", metavar="OURS=THEIRS"),
]
Manifest = Annotated[
    Path | None, typer.Option(help="write what became of each input, one JSON object a line")
]
Org = Annotated[list[str] | None, typer.Option(help="organisation, by name or id; may be repeated")]
Type = Annotated[list[str] | None, typer.Option(help="event type; may be repeated")]
NotType = Annotated[list[str] | None, typer.Option(help="event type to leave out; may be repeated")]
Spot = Annotated[
    list[str] | None,
    typer.Option(
        "--place", help="place, by name or administrative code, with all that lies in it; may be repeated"
    ),
]
Roles = Annotated[
    list[str] | None,
    typer.Option("--role", help="role played by the organisations of --org, else by any; may be repeated"),
]
Outlet = Annotated[list[str] | None, typer.Option(help="outlet that reports it; may be repeated")]
Since = Annotated[str | None, typer.Option("--from", help="first day, month or year")]
Until = Annotated[str | None, typer.Option("--to", help="last day, month or year, inclusive")]
Words = Annotated[str | None, typer.Option(help="words in title, evidence, organisations or place")]
Port = Annotated[int | None, typer.Option(min=0, max=65535, help="port to bind")]

# the options that may be repeated, and the field of the query that each fills
_LISTS = {
    "org": "organizations", "type": "types", "not_type": "not_types", "place": "places", "role": "roles",
    "outlet": "outlets",
}  # fmt: skip


def read_settings(database: str | None, *, host: str | None = None, port: int | None = None) -> Settings:
    """Read the settings, those given on the command line before all others; raises UsageError where one is wrong."""
    from pydantic import ValidationError

    from timeline.settings import Settings

    given = {"database": database, "host": host, "port": port}
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(map(str, first["loc"])).upper()
        raise UsageError(f"TIMELINE_{name}: {first['msg']}; got {first['input']!r}") from None


def read_query(since: str | None, until: str | None, q: str | None, **lists: list[str] | None) -> EventQuery:
    """Make a query of what the options say; `lists` are those that may be repeated, by their option's name."""
    from pydantic import ValidationError

    from timeline.chronology import EventQuery

    bounds = {"from": _read_day("--from", since, "first"), "to": _read_day("--to", until, "last")}
    if bounds["from"] and bounds["to"] and bounds["to"] < bounds["from"]:
        raise UsageError(f"--to {until} lies before --from {since}")
    fields: dict[str, Any] = {_LISTS[name]: tuple(values or ()) for name, values in lists.items()}
    try:
        return EventQuery.model_validate(fields | {"q": q or None} | bounds)
    except ValidationError as error:
        first = error.errors()[0]
        options = {field: name.replace("_", "-") for name, field in _LISTS.items()}
        option = options.get(str(first["loc"][0]), first["loc"][0])
        raise UsageError(f"--{option}: {first['msg']}; got {first['input']!r}") from None


def _read_day(option: str, written: str | None, end: Literal["first", "last"]) -> str | None:
    """Read a day, month or year as the first or last day of the span that an option names an end of."""
    from timeline.edtf import read_bound

    try:
        return read_bound(written, end).isoformat() if written else None
    except EdtfError as error:
        raise UsageError(f"{option}: {error}") from None


def read_fields(pairs: list[str] | None) -> dict[str, str]:
    """Read `--field OURS=THEIRS` pairs; raises UsageError where one is none."""
    out = {}
    for pair in pairs or ():
        ours, sign, theirs = pair.partition("=")
        if not (ours and sign and theirs):
            raise UsageError(f"--field wants OURS=THEIRS, such as text=body; got {pair!r}")
        out[ours] = theirs
    return out


@contextmanager
def open_manifest(path: Path | None) -> Iterator[Callable[[Outcome], None]]:
    """Open the manifest, if one is wanted; give the function that notes an input's outcome in it."""
    if path is None:
        yield lambda outcome: None
        return
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    with file:
        yield lambda outcome: print(json.dumps(asdict(outcome), ensure_ascii=False), file=file)


def fail_if_none(done: int, paths: Iterable[str]) -> None:
    """Raise TimelineError where not one page could be read."""
    if not done:
        raise TimelineError(f"no page could be read from {', '.join(map(str, paths))}")
