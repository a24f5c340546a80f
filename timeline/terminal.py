"""What the command line tells a person: lines and progress on stderr, the chronology as a table on stdout."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from timeline.chronology import Event
    from timeline.records import Extraction, Failure

_EVIDENCE = 60  # characters of the evidence sentence that fit a table
_ASIDE = ("attendee", "witness", "other")  # roles left out where an event has no name of its own


def say(text: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write(text + "\n")


def warn(failure: Failure) -> None:
    """Name a source that gave no page, and why."""
    say(f"warning: {failure.source}: {failure.reason}")


@contextmanager
def page_progress() -> Iterator[Callable[[Extraction | Failure], None]]:
    """Show a bar of the pages done; give the function to call once a page."""
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


def _names(event: Event) -> str:
    acting = [o.name for o in event.organizations if o.role not in _ASIDE]
    return "、".join(acting or [o.name for o in event.organizations])


def _console(*, is_talk: bool) -> Console:
    from rich.console import Console

    return Console(stderr=is_talk)
