"""Commands on what changed and what persons say: the log, corrections of an event, and corrections as a file."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TextIO

import typer

from timeline.cli.app import app
from timeline.cli.options import Database, read_settings
from timeline.cli.signing import By, Why, sign
from timeline.cli.terminal import say
from timeline.errors import TimelineError, UsageError

if TYPE_CHECKING:
    from timeline.chronology import Change, Correction

corrections = typer.Typer(
    help="What persons corrected and judged, as a file: hand it out, take it in.", no_args_is_help=True
)
app.add_typer(corrections, name="corrections")

Added = Annotated[
    list[str] | None, typer.Option(help="organisation by id or name, and its role", metavar="NAME[:ROLE]")
]
New = Annotated[
    list[str] | None, typer.Option(help="the same, for one that no page names", metavar="NAME[:ROLE]")
]


@app.command()
def changes(
    since: Annotated[int, typer.Option(min=0, help="the last number that is known already")] = 0,
    limit: Annotated[int | None, typer.Option(min=1, help="most changes printed; default: all")] = None,
    format: Annotated[Literal["text", "jsonl"], typer.Option(help="for eyes or for programs")] = "text",
    database: Database = None,
) -> None:
    """Print what changed in the chronology: created, updated, merged, split, corrected, deleted, each with its reason."""
    from timeline.store import open_store

    with open_store(read_settings(database).database) as store:
        for change in _iterate_changes(store, since, limit):
            typer.echo(change.model_dump_json() if format == "jsonl" else _line(change))


@app.command()
def correct(
    event: Annotated[str, typer.Argument(help="id of the event", metavar="EVENT")],
    date: Annotated[str | None, typer.Option(help="when it was, EDTF: 2012-05-18, 2012-05, 2012")] = None,
    type: Annotated[str | None, typer.Option(help="signing, forum, unveiling …")] = None,
    status: Annotated[str | None, typer.Option(help="held, planned, ongoing, cancelled")] = None,
    title: Annotated[str | None, typer.Option(help='its name; "" for none')] = None,
    place: Annotated[str | None, typer.Option(help='where it was; "" for nowhere known')] = None,
    add_party: Added = None,
    new_party: New = None,
    remove_party: Annotated[list[str] | None, typer.Option(help="organisation by id or name")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="say that it is right")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="say that it is no event")] = False,
    by: By = None,
    why: Why = "",
    database: Database = None,
) -> None:
    """Correct an event; it is shown so from now on, through every later run, until it is taken back."""
    if confirm and reject:
        raise UsageError("an event is confirmed or rejected, not both")
    verdict = "confirmed" if confirm else "rejected" if reject else None
    fields = {
        "date": date,
        "type": type,
        "status": status,
        "title": title,
        "place": place,
        "verdict": verdict,
    }
    said: list[dict[str, Any]] = [
        {"field": name, "value": value or None} for name, value in fields.items() if value is not None
    ]
    said += [{"field": "party", "action": "remove", "value": name} for name in remove_party or ()]
    said += [_party(text, "value") for text in add_party or ()]
    said += [_party(text, "name") for text in new_party or ()]
    if not said:
        raise UsageError("nothing to correct: say what, with --date, --title, --add-party, --reject …")
    _save(event, said, by, why, database)


@corrections.command()
def export(
    out: Annotated[Path | None, typer.Option(help="file to write; default: stdout")] = None,
    database: Database = None,
) -> None:
    """Write all that persons said, taken back or not, one JSON object a line."""
    from timeline.store import export_corrections, open_store

    with open_store(read_settings(database).database) as store, _open_out(out) as file:
        file.writelines(export_corrections(store))


@corrections.command()
def apply(
    file: Annotated[Path, typer.Argument(help="file that corrections export wrote, or - for stdin")],
    database: Database = None,
) -> None:
    """Take in what persons said, link anew where they judged what is the same, and say what became of each line."""
    from timeline.ingest import relink
    from timeline.store import apply_corrections, open_store

    with open_store(read_settings(database).database) as store:
        try:
            lines = sys.stdin.readlines() if str(file) == "-" else file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"cannot read {file}: {error}") from error
        found = apply_corrections(store, lines)
        if any(one.subject == "verdict" and one.outcome == "applied" for one in found):
            relink(store, at=sign("relinking")[1])
    for one in found:
        if one.outcome == "refused" or one.reason:
            say(f"line {one.line}: {one.outcome}: {one.reason}")
    count = Counter(one.outcome for one in found)
    say(f"{count['applied']} applied, {count['unchanged']} unchanged, {count['refused']} refused")
    if count["refused"]:
        raise TimelineError("not every line was taken")


def _save(event: str, said: list[dict[str, Any]], by: str | None, why: str, database: str | None) -> None:
    from timeline.store import open_store, save_corrections

    who, when = sign(by)
    made = [_claim({"event": event, "by": who, "at": when, "reason": why, **one}) for one in said]
    with open_store(read_settings(database).database) as store:
        for correction in save_corrections(store, made):
            typer.echo(correction.id)
            say(
                f"{correction.event}: {_say(correction)}; take it back with: timeline review undo {correction.id}"
            )


def _iterate_changes(store: Any, since: int, limit: int | None) -> Iterator[Change]:
    from timeline.store import find_changes

    left = limit
    while left is None or left > 0:
        found = find_changes(store, since=since, limit=1000 if left is None else min(1000, left))
        if not found:
            return
        yield from found
        since, left = found[-1].sequence, None if left is None else left - len(found)


def _line(change: Change) -> str:
    other = f" {change.other}" if change.other else ""
    at = f"  {change.at}" if change.at else ""
    return f"{change.sequence}\t{change.kind}\t{change.subject}\t{change.id}{other}\t{change.reason}{at}"


def _party(text: str, field: str) -> dict[str, Any]:
    """Read NAME or NAME:ROLE; without a role it is a party."""
    name, colon, role = text.replace("：", ":").rpartition(":")
    return {
        "field": "party",
        "action": "add",
        field: name if colon else role,
        "role": role if colon else "party",
    }


def _claim(fields: dict[str, Any]) -> Correction:
    from pydantic import ValidationError

    from timeline.chronology import Correction

    try:
        return Correction.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(
            f"{'.'.join(map(str, first['loc']))}: {first['msg']}; got {first['input']!r}"
        ) from None


def _say(correction: Correction) -> str:
    value = correction.name or correction.value or "nothing"
    role = f" as {correction.role}" if correction.role else ""
    verbs = {"set": f"{correction.field} is", "add": "party", "remove": "no longer a party:"}
    return f"{verbs[correction.action]} {value}{role}"


@contextmanager
def _open_out(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
