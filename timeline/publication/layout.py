"""Lay a page out in lines: a CleanPage in, its lines with their segment and where the body lies out."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice, pairwise

from timeline.patterns import regex
from timeline.publication.words import alternation
from timeline.records import CleanPage, SegmentKind, Span

_FINAL = re.compile(r"[。！？!?；;]")
_COMMA = re.compile(r"[，,、]")
_COPY = re.compile(f"(?:{alternation('copy')})")
# source code and data: {"date": , title: '…', INSERT INTO, <span class=
_CODE = regex(
    r"""(?im)(?<!\w)["']?[A-Za-z_]\w{1,24}["']?[ ]{0,3}(?:[:=]|=>)[ ]{0,3}["'\[{]|insert\s{1,3}into|</\w{1,20}>|^[ \t]*\(?\d{1,9},[ ]?'""",
    needs=((":", "=", "</", ",", "t", "T"),),
)
# ...the middle of a sentence: how lists of other pages quote them
_CUT = re.compile(r"^(?:\.{3}|…)")
_OUTSIDE: frozenset[SegmentKind] = frozenset(
    ("related", "teaser", "comment", "navigation", "footer", "caption")
)
_BODY_LENGTH = 45


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, without the spaces around it."""

    index: int
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
    """A page's lines; `first` and `last` are the indexes of the first and last line of the body (or the number of lines)."""

    page: CleanPage
    lines: tuple[Line, ...]
    first: int
    last: int
    is_copy: bool
    is_code: bool
    starts: tuple[int, ...]

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
    body = [n.index for n in lines if n.is_sentence and not n.is_outside and not _COPY.search(n.text)]
    first = body[0] if body else len(lines)
    last = _last(body) if body else len(lines) - 1
    return Layout(
        page,
        lines,
        first,
        last,
        _COPY.search(page.text) is not None,
        len(list(islice(_CODE.finditer(page.raw.text, 0, 20000), 2))) == 2,
        tuple(line.start for line in lines),
    )


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
        piece = page.text[low:high]
        text = piece.strip()
        if text:
            start = low + len(piece) - len(piece.lstrip())
            found = bisect_right(starts, start) - 1
            inside = found >= 0 and start < segments[found].end
            kind = segments[found].kind if inside else None
            out.append(Line(len(out), start, start + len(text), text, kind, _is_sentence(text)))
    return tuple(out)


def _is_sentence(text: str) -> bool:
    """Say whether a line reads as running text."""
    is_long = len(text) >= _BODY_LENGTH and not _CUT.match(text)
    return is_long and _FINAL.search(text) is not None and _COMMA.search(text) is not None
