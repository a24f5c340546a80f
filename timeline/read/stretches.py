"""A file of records a line in, stretches of so many lines out, and the pages of one stretch: for sharing out one large file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from timeline.read.pages import LONGEST_LINE, Options
from timeline.read.records import read_json_lines
from timeline.read.sources import Source
from timeline.records import Failure, RawPage

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole lines of a file: bytes start to end (half-open), and how many lines stand before them."""

    path: str
    start: int
    end: int
    before: int = 0


def cut_lines(path: str, lines: int) -> list[Stretch]:
    """Cut a file of a JSON object a line into stretches of so many lines; give none for a file of another kind.

    Raises OSError where the file cannot be read.
    """
    if not path.lower().endswith((".jsonl", ".ndjson")):
        return []
    with open(path, "rb") as stream:
        head = stream.readline(LONGEST_LINE).strip().removeprefix(b"\xef\xbb\xbf")
        if not (head.startswith(b"{") and head.endswith(b"}")):
            return []
        stream.seek(0)
        return list(_stretches(path, stream, lines))


def read_stretch(stretch: Stretch, options: Options) -> Iterator[RawPage | Failure]:
    """Read the pages of a stretch; they are those that the whole file gives for its lines."""
    with open(stretch.path, "rb") as file:
        file.seek(stretch.start)
        lines = io.BufferedReader(cast(io.RawIOBase, _Window(file, stretch.end - stretch.start)), _BLOCK)
        yield from read_json_lines(Source(stretch.path, "jsonl", lines), options, before=stretch.before)


def _stretches(path: str, stream: BinaryIO, lines: int) -> Iterator[Stretch]:
    """Count line ends a block at a time; a cut is made after every so many of them."""
    start = before = seen = at = 0
    while block := stream.read(_BLOCK):
        here = -1
        while (here := block.find(b"\n", here + 1)) >= 0:
            seen += 1
            if seen - before == lines:
                yield Stretch(path, start, at + here + 1, before)
                start, before = at + here + 1, seen
        at += len(block)
    if at > start:
        yield Stretch(path, start, at, before)


class _Window(io.RawIOBase):
    """The next so many bytes of an open file, as a stream of their own."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        block = self._file.read(min(len(buffer), self._left))
        self._left -= len(block)
        buffer[: len(block)] = block
        return len(block)
