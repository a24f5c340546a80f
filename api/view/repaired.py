"""A page's lines twice: its raw text and its repaired one in, lines side by side out, the same spans marked in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from api.view.marks import Mark, Piece, move, split
from timeline.records import CleanPage


@dataclass(frozen=True, slots=True)
class LinePair:
    """One line of the raw text with what the repair made of it."""

    raw: tuple[Piece, ...]
    clean: tuple[Piece, ...]
    is_changed: bool


def pair_lines(page: CleanPage, marks: Iterable[Mark], start: int, end: int) -> Iterator[LinePair]:
    """Give the lines of raw[start:end]; `marks` are of the raw text, what was mended is marked too.

    Traditional characters written in simplified form are not: they would be every other one.
    """
    edits = [Mark(r.start, r.end, "repair") for r in page.repairs if r.step != "script"]
    every = sorted(chain(marks, edits), key=lambda mark: mark.start)
    here: list[Mark] = []
    upcoming = 0
    for low, high in _lines(page.raw.text, start, end):
        while upcoming < len(every) and every[upcoming].start < high:
            here.append(every[upcoming])
            upcoming += 1
        here = [mark for mark in here if mark.end > low]
        raw = tuple(split(page.raw.text[low:high], (move(m, -low) for m in here)))
        first, last = page.offsets.to_after(low, high)
        clean = tuple(split(page.text[first:last], _mirror(page, here, first)))
        changed = page.raw.text[low:high] != page.text[first:last]
        yield LinePair(raw, clean, changed)


def _mirror(page: CleanPage, marks: Sequence[Mark], first: int) -> Iterator[Mark]:
    """Give the marks as spans of the repaired line that begins at `first`; anchors stay with the raw one."""
    for mark in marks:
        low, high = page.offsets.to_after(mark.start, mark.end)
        yield replace(mark, start=low - first, end=high - first, anchor=None)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the spans of the lines that hold anything."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            yield at, stop
        at = stop + 1
