"""The command `partners`: who works with whom, as of a day, with the events that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from timeline.cli.app import app
from timeline.cli.options import Database, read_settings
from timeline.cli.terminal import say
from timeline.errors import NotFoundError

if TYPE_CHECKING:
    from timeline.chronology import Pair


@app.command()
def partners(
    organization: Annotated[
        str | None,
        typer.Argument(help="whose partners, by name or id; without it all pairs", metavar="[ORG]"),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="a day, month or year: what came later does not count", metavar="DATE")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="most pairs printed")] = 20,
    after: Annotated[
        str | None, typer.Option(help="go on after the cursor that was printed last", metavar="CURSOR")
    ] = None,
    format: Annotated[Literal["text", "jsonl"], typer.Option(help="for eyes or for programs")] = "text",
    database: Database = None,
) -> None:
    """List pairs of organisations that partnerships tie: how many events and independent pages, first and last, of what kind."""
    from timeline.store import find_organizations, find_pairs, open_store

    with open_store(read_settings(database).database) as store:
        if organization is not None and not find_organizations(store, q=organization, limit=1).total:
            raise NotFoundError(f"no organisation is called {organization}")
        page = find_pairs(store, as_of=as_of, organization=organization, limit=limit, cursor=after)
    for pair in page.pairs:
        typer.echo(pair.model_dump_json() if format == "jsonl" else _render(pair))
    say(f"{len(page.pairs)} of {page.total} pairs")
    if page.next is not None:
        say(f"go on with: --after {page.next}")


def _render(pair: Pair) -> str:
    kinds = ", ".join(f"{kind} {count}" for kind, count in pair.kinds.items())
    span = f"{pair.first or '?'} – {pair.last or '?'}"
    head = f"{' × '.join(pair.names)}  {span}  {_count(pair.events, 'event')}, {_count(pair.sources, 'source')}  ({kinds})"
    told = (f"    {one.edtf or '?'}  {one.event}  {one.title or one.type}" for one in pair.evidence)
    return "\n".join((head, *told))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
