"""The progress of a run: shards that are done in, a bar or lines with rate and time left on stderr out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from timeline.cli.terminal import say

if TYPE_CHECKING:
    from timeline.run import ShardReport

_EVERY = 30.0  # seconds between two lines where nobody looks on


@contextmanager
def shard_progress(size: int, shards: int) -> Iterator[Callable[[ShardReport], None]]:
    """Show how far a run of so many bytes and shards is; give the function to call once a shard."""
    if sys.stderr.isatty():
        with _bar(size) as on_shard:
            yield on_shard
    else:
        yield _Lines(size, shards)


@contextmanager
def _bar(size: int) -> Iterator[Callable[[ShardReport], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeRemainingColumn(),
    )  # fmt: skip
    count = _Count(size)
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("pages", total=size)

        def on_shard(report: ShardReport) -> None:
            count.add(report)
            progress.update(task, advance=report.size, description=count.told())

        yield on_shard


class _Lines:
    """Print a line when the last one is some time ago."""

    def __init__(self, size: int, shards: int) -> None:
        self._count, self._shards = _Count(size), shards
        self._said = time.monotonic()

    def __call__(self, report: ShardReport) -> None:
        self._count.add(report)
        if time.monotonic() - self._said >= _EVERY:
            self._said = time.monotonic()
            say(f"{self._count.shards} of {self._shards} shards, {self._count.told()}, {self._count.left()}")


class _Count:
    """Count what is done; pages that were done before do not count for the rate."""

    def __init__(self, size: int) -> None:
        self._begun = time.monotonic()
        self._size, self._done, self._known = size, 0, 0
        self.shards = self._pages = self._new = 0

    def add(self, report: ShardReport) -> None:
        self.shards += 1
        self._pages += report.pages
        self._done += report.size
        if report.is_new:
            self._new += report.pages
        else:
            self._known += report.size

    def told(self) -> str:
        """Say how many pages are done, and how many a second."""
        took = max(time.monotonic() - self._begun, 1e-9)
        return f"{self._pages} pages, {self._new / took:.0f} a second"

    def left(self) -> str:
        """Say how long the rest takes at the rate so far."""
        made = self._done - self._known
        if not made:
            return "time left unknown"
        seconds = (self._size - self._done) * (time.monotonic() - self._begun) / made
        return f"about {int(seconds) // 3600}:{int(seconds) // 60 % 60:02d}:{int(seconds) % 60:02d} left"
