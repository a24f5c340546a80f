"""The command `review`: what needs eyes is listed, accepted, rejected, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from timeline.cli.app import app
from timeline.cli.options import Database, read_settings
from timeline.cli.signing import By, Why, sign
from timeline.cli.terminal import say
from timeline.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from timeline.chronology import ReviewItem, ReviewKind, ReviewPage
    from timeline.store import Store

review = typer.Typer(help="What needs a person's eyes: list it, decide it, take it back.")
app.add_typer(review, name="review")

Kind = Annotated[
    list[str] | None,
    typer.Option(help="only unknown_year, conflict, unsure_merge or low_confidence; may be repeated"),
]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="most items printed")]
Format = Annotated[Literal["text", "jsonl"], typer.Option(help="for eyes or for programs")]
After = Annotated[
    str | None, typer.Option(help="go on after the cursor that was printed last", metavar="CURSOR")
]
Ids = Annotated[
    list[str], typer.Argument(help="an event; or two events, or two organisations", metavar="ID [ID]")
]


@review.callback(invoke_without_command=True)
def show_list(
    context: typer.Context,
    kind: Kind = None,
    limit: Limit = 20,
    after: After = None,
    format: Format = "text",
    database: Database = None,
) -> None:
    """List what needs eyes: unknown years with the years they can be, conflicts, unsure merges, low confidence."""
    from timeline.store import find_reviews, open_store

    if context.invoked_subcommand is not None:
        return
    with open_store(read_settings(database).database) as store:
        page = find_reviews(store, kinds=cast("list[ReviewKind]", kind or []), limit=limit, cursor=after)
    for item in page.items:
        typer.echo(item.model_dump_json() if format == "jsonl" else _render(item))
    _say_counts(page)


@review.command()
def accept(
    ids: Ids,
    candidate: Annotated[
        int | None, typer.Option("--candidate", "-c", min=1, help="take this one of the listed dates")
    ] = None,
    date: Annotated[str | None, typer.Option(help="take this date, EDTF")] = None,
    by: By = None,
    why: Why = "",
    database: Database = None,
) -> None:
    """Say that an event is right, or give it one of its candidate dates; of two ids, say that they are the same."""
    from timeline.store import open_store

    with open_store(read_settings(database).database) as store:
        if len(ids) == 1:
            value = _pick(store, ids[0], candidate) if candidate is not None else date
            said = {"field": "date", "value": value} if value else {"field": "verdict", "value": "confirmed"}
            _correct(store, ids[0], said, by, why)
            return
        if candidate is not None or date is not None:
            raise UsageError("two things are the same or not; a date is given to one event")
        _judge(store, ids, "same", by, why)


@review.command()
def reject(ids: Ids, by: By = None, why: Why = "", database: Database = None) -> None:
    """Say that an event is none, and hide it; of two ids, say that they are not the same."""
    from timeline.store import open_store

    with open_store(read_settings(database).database) as store:
        if len(ids) == 1:
            _correct(store, ids[0], {"field": "verdict", "value": "rejected"}, by, why)
        else:
            _judge(store, ids, "different", by, why)


@review.command()
def undo(
    ids: Annotated[
        list[str],
        typer.Argument(
            help="a correction; an event, for what was said of it last; or two ids, for what was said of them",
            metavar="ID [ID]",
        ),
    ],
    by: By = None,
    database: Database = None,
) -> None:
    """Take back what was said; the history keeps it."""
    from timeline.ingest import relink
    from timeline.store import find_corrections, open_store, withdraw_correction, withdraw_verdict

    who, when = sign(by)
    with open_store(read_settings(database).database) as store:
        if len(ids) > 1:
            one, other = _two(ids)
            withdraw_verdict(store, one, other, by=who, at=when)
            relink(store, at=when)
            say(f"taken back what {who} said of {one} and {other}")
            return
        wanted = ids[0]
        said = find_corrections(store, event=wanted)
        kept = withdraw_correction(store, said[-1].id if said else wanted, by=who, at=when)
        say(f"taken back: {kept.field} of {kept.event}, said by {kept.by} at {kept.at}")


def _correct(store: Store, event: str, said: dict[str, Any], by: str | None, why: str) -> None:
    from timeline.chronology import Correction
    from timeline.store import save_correction

    who, when = sign(by)
    fields = {"event": event, "by": who, "at": when, "reason": why, **said}
    kept = save_correction(store, Correction.model_validate(fields))
    typer.echo(kept.id)
    say(f"{kept.event}: {kept.field} is {kept.value}; take it back with: timeline review undo {kept.id}")


def _judge(
    store: Store, ids: list[str], verdict: Literal["same", "different"], by: str | None, why: str
) -> None:
    from timeline.ingest import relink
    from timeline.store import save_verdict

    one, other = _two(ids)
    who, when = sign(by)
    save_verdict(store, one, other, verdict, by=who, at=when, reason=why)
    relink(store, at=when)
    say(f"{one} and {other}: {verdict}; take it back with: timeline review undo {one} {other}")


def _two(ids: list[str]) -> tuple[str, str]:
    if len(ids) != 2:
        raise UsageError(f"want one id or two; got {len(ids)}")
    return ids[0], ids[1]


def _pick(store: Store, event: str, number: int) -> str:
    """Give the date that stands under a number in the list."""
    from timeline.store import find_answers, read_event

    found = read_event(store, event)
    if found is None:
        raise NotFoundError(f"no event has the id {event!r}")
    candidates = find_answers(store, (found,)).get(found.id, ())
    if not candidates:
        raise NotFoundError(f"{event} has no candidate dates; give one: --date 2012-05-18")
    if number > len(candidates):
        raise UsageError(f"{event} has {len(candidates)} candidates; got {number}")
    return candidates[number - 1].value


def _render(item: ReviewItem) -> str:
    lines = [f"{item.kind}  {' '.join(item.ids)}  {item.title}", f"    {item.reason}"]
    lines += [f"    {number}) {c.value}  {c.reason}" for number, c in enumerate(item.candidates, 1)]
    return "\n".join(lines)


def _say_counts(page: ReviewPage) -> None:
    told = ", ".join(f"{kind} {count}" for kind, count in page.counts.items())
    say(f"{len(page.items)} of {page.total} shown ({told})")
    if page.next is not None:
        say(f"go on with: --after {page.next}")
    if page.items:
        say(
            "decide with: timeline review accept ID [--candidate N | --date EDTF] · accept ID ID · reject ID · reject ID ID · undo ID"
        )
