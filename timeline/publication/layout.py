"""Lay a page out in lines: a CleanPage in, its lines with their segment and where the body lies out."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import NamedTuple

from timeline.patterns import regex
from timeline.publication.stamps import find_years
from timeline.publication.words import word_list
from timeline.records import CleanPage, SegmentKind, Span

_FINAL = re.compile(r"[。！？!?；;]")
_COMMA = re.compile(r"[，,、]")
# source code and data: </span> | INSERT INTO | (12, 'a row' | {"date": , title: '…', of which the value is looked for first
_TAG = regex(r"</\w{1,20}>")
_INSERT = regex(r"(?i)insert\s{1,3}into", needs=(("into", "INTO", "Into"),))
_ROW = regex(r"(?m)^[ \t]*\(?\d{1,9},[ ]?'", needs=((",'", ", '"),))
_VALUES = tuple(regex(mark + r"""[ ]{0,3}["'\[{]""", needs=(("'", '"', "[", "{"),)) for mark in (":", "=>?"))
_NAME = regex(r"""(?i)(?<!\w)["']?[A-Za-z_]\w{1,24}["']?[ ]{0,3}\Z""")
_LONGEST_NAME = 30
_CODE_FRONT = 20_000
# ...the middle of a sentence: how lists of other pages quote them
_CUT = re.compile(r"^(?:\.{3}|…)")
_OUTSIDE: frozenset[SegmentKind] = frozenset(
    ("related", "teaser", "comment", "navigation", "footer", "caption")
)
_BODY_LENGTH = 45


class Line(NamedTuple):
    """One line that is not blank, without the spaces around it; `number` counts from 0."""

    number: int
    start: int
    end: int
    text: str
    kind: SegmentKind | None
    is_sentence: bool

    @property
    def is_running(self) -> bool:
        """Say whether it is running text, by its shape or, where it is short, by its segment."""
        return self.is_sentence or self.kind == "article"

    @property
    def is_outside(self) -> bool:
        """Say whether it belongs to another text, to the page's frame, or to a picture."""
        return self.kind in _OUTSIDE


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's lines; `first` and `last` are the numbers of the first and last line of the body (or the number of lines).

    `years` is where figures begin that may be a year (see stamps.find_years).
    """

    page: CleanPage
    lines: tuple[Line, ...]
    first: int
    last: int
    is_copy: bool
    is_code: bool
    starts: tuple[int, ...]
    years: tuple[int, ...]

    def line_at(self, position: int) -> Line:
        """Give the line that holds a position, else the nearest before it."""
        return self.lines[max(0, bisect_right(self.starts, position) - 1)]

    def body(self) -> Span:
        """Give the stretch from the first to the last line of the body, or the whole text."""
        if self.first >= len(self.lines):
            return Span(0, len(self.page.text))
        return Span(self.lines[self.first].start, self.lines[self.last].end)

    def is_own(self, position: int) -> bool:
        """Say whether a position belongs to the page's own text, not to teasers, links, comments or its frame.

        Source code and data have no such parts: what stands there is one record.
        """
        return self.is_code or not self.line_at(position).is_outside


def lay_out(page: CleanPage) -> Layout | None:
    """Lay the page out; None where it has no text at all."""
    lines = _lines(page)
    if not lines:
        return None
    copy = word_list("copy")
    is_copy = copy.search(page.text) is not None
    body = [
        n.number
        for n in lines
        if n.is_sentence and not n.is_outside and not (is_copy and copy.search(n.text))
    ]
    # a text of short lines has no sentence by its shape
    body = body or [n.number for n in lines if n.kind == "article"]
    first = body[0] if body else len(lines)
    last = _last(body) if body else len(lines) - 1
    return Layout(
        page,
        lines,
        first,
        last,
        is_copy,
        _is_code(page.raw.text),
        tuple(line.start for line in lines),
        find_years(page.text),
    )


def _is_code(text: str) -> bool:
    """Say whether a text is source code or data: two of their marks near its start."""
    found = chain(
        _TAG.finditer(text, 0, _CODE_FRONT),
        _ROW.finditer(text, 0, _CODE_FRONT),
        _INSERT.finditer(text, 0, _CODE_FRONT),
        (
            m
            for value in _VALUES
            for m in value.finditer(text, 0, _CODE_FRONT)
            if _NAME.search(text, max(0, m.start() - _LONGEST_NAME), m.start())
        ),
    )
    return len(list(islice(found, 2))) == 2


def _last(body: list[int]) -> int:
    """End the body at the first gap of more than a dozen lines: what follows is another text."""
    for at, after in pairwise(body):
        if after - at > 12:
            return at
    return body[-1]


def _lines(page: CleanPage) -> tuple[Line, ...]:
    """Cut the text at its line breaks and at the edges of its segments, where they fall within a line."""
    segments = sorted(page.segments, key=lambda s: s.start)
    starts = [s.start for s in segments]
    edges = {0, len(page.text)} | {e for s in segments for e in (s.start, s.end)}
    edges |= {m.start() for m in re.finditer("\n", page.text)}
    out: list[Line] = []
    for low, high in pairwise(sorted(edges)):
        rest = page.text[low:high].lstrip()
        text = rest.rstrip()
        if text:
            start = high - len(rest)
            found = bisect_right(starts, start) - 1
            inside = found >= 0 and start < segments[found].end
            kind = segments[found].kind if inside else None
            out.append(Line(len(out), start, start + len(text), text, kind, _is_sentence(text)))
    return tuple(out)


def _is_sentence(text: str) -> bool:
    """Say whether a line reads as running text."""
    is_long = len(text) >= _BODY_LENGTH and not _CUT.match(text)
    return is_long and _FINAL.search(text) is not None and _COMMA.search(text) is not None
