"""What the command line tells a person: lines and progress on stderr, the chronology as a table on stdout."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from timeline.chronology import Event
    from timeline.records import Extraction, Failure, PageFindings

_EVIDENCE = 60  # characters of the evidence sentence that fit a table
_UNFOLDED = 1000  # columns
_ASIDE = ("attendee", "witness", "other")  # roles left out where an event has no name of its own


def say(text: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write(text + "\n")


def warn(failure: Failure) -> None:
    """Name a source that gave no page, and why."""
    say(f"warning: {failure.source}: {failure.reason}")


def is_watched() -> bool:
    """Say whether a person looks on while the data goes elsewhere: a terminal on stderr and none on stdout."""
    return sys.stderr.isatty() and not sys.stdout.isatty()


@contextmanager
def page_progress(*, is_shown: bool = True) -> Iterator[Callable[[Extraction | Failure], None]]:
    """Show a bar of the pages done, and name those that failed; give the function to call once a page."""
    if not is_shown:
        yield lambda result: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from timeline.records import Failure

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_console(is_talk=True)) as progress:
        task = progress.add_task("pages", total=None)

        def on_page(result: Extraction | Failure) -> None:
            progress.advance(task)
            if isinstance(result, Failure):
                line = f"warning: {result.source}: {result.reason}"
                progress.console.print(line, markup=False, highlight=False, soft_wrap=True)

        yield on_page
        progress.update(task, total=progress.tasks[0].completed)


def print_events(events: Iterable[Event]) -> None:
    """Print a chronology as a table: date, type, and the event with its place over the words it was told in."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for event in events:
        what = Text(event.title or _names(event), style="bold")
        if event.place is not None:
            what.append(f"  {event.place.name}", style="not bold")
        if event.sources:
            sentence = " ".join(event.sources[0].sentence.text.split())
            told = sentence if len(sentence) <= _EVIDENCE else sentence[:_EVIDENCE] + "…"
            what.append(f"\n{told}", style="dim not bold")
        table.add_row(event.date.edtf or "?", event.type, what)
    _console(is_talk=False).print(table)


def explain_page(page: PageFindings) -> str:
    """Write out, for a person, why a page and its events have their dates: winners "+", losers "-", each with its weight."""
    published = page.published
    lines = [page.title or page.path or page.url or page.id]
    lines.append(
        f"  published {published.edtf or 'unknown'} ({published.kind}, confidence {published.confidence:.2f})"
    )
    for one in published.evidence:
        mark = "+" if one.used else "-"
        words = " ".join(one.text.split())[:_EVIDENCE]
        where = "" if one.start is None else f" at {one.start}"
        lines.append(
            f"    {mark} {one.kind:9} {one.edtf or '?':22} {one.weight:5.2f}  “{words}”{where}: {one.note}"
        )
    for event in page.events:
        name = event.title or "、".join(o.name for o in event.organizations) or event.trigger.text
        lines.append(f"  {event.type} {name}")
        words = f"“{event.date.text}” → " if event.date.text else ""
        value = event.date.edtf or "no date"
        lines.append(f"    {words}{event.date.reason} → {value} (confidence {event.date.confidence:.2f})")
    lines += [f"  warning: {warning}" for warning in page.warnings]
    return "\n".join(lines) + "\n"


def _names(event: Event) -> str:
    acting = [o.name for o in event.organizations if o.role not in _ASIDE]
    return "、".join(acting or [o.name for o in event.organizations])


def _console(*, is_talk: bool) -> Console:
    from rich.console import Console

    is_piped = not is_talk and not sys.stdout.isatty()  # a program reads it: no line is folded
    return Console(stderr=is_talk, width=_UNFOLDED if is_piped else None)
