"""OffsetMap: spans of a rewritten text <-> spans of the text it was made from; edits in, maps out, no text kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace text[start:end] (half-open code points of the text before) with `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """One changed stretch: before[b0:b1] became after[a0:a1]."""

    b0: int
    b1: int
    a0: int
    a1: int


class OffsetMap:
    """Map half-open code-point spans between a text and what a list of edits made of it.

    A span that cuts into a changed stretch grows to the whole of it, so no mapped span ever
    claims half of a rewritten run. At a pure deletion a span's start lies after what was
    deleted and its end before it, so a mapped span never takes in a neighbour's gloss.
    """

    __slots__ = ("_after_ends", "_before_ends", "_pieces", "after_length", "before_length")

    def __init__(self, pieces: Sequence[_Piece], before_length: int, after_length: int) -> None:
        self._pieces = tuple(pieces)
        self._after_ends = [p.a1 for p in self._pieces]
        self._before_ends = [p.b1 for p in self._pieces]
        self.before_length = before_length
        self.after_length = after_length

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """Map a text of `length` code points to itself."""
        return cls((), length, length)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, OffsetMap)
            and self._pieces == other._pieces
            and (self.before_length, self.after_length) == (other.before_length, other.after_length)
        )

    def __hash__(self) -> int:
        return hash((self._pieces, self.before_length, self.after_length))

    def __repr__(self) -> str:
        return f"OffsetMap({len(self._pieces)} edits, {self.before_length} -> {self.after_length})"

    def to_before(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the text before that after[start:end] stands for; an empty span stays empty."""
        if not self._pieces:
            return start, end
        low = self._point(start, self._after_ends, forward=True)
        if start == end:
            return low, low
        high = self._point(end, self._after_ends, forward=False, backward_edge=True)
        return low, max(low, high)

    def to_after(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the text after that before[start:end] became; a deleted span becomes empty."""
        low = self._mirror(start, is_end=False)
        high = self._mirror(end, is_end=True)
        return low, max(low, high)

    def then(self, later: OffsetMap) -> OffsetMap:
        """Compose: self made B of A, `later` makes C of B; the result maps A <-> C."""
        if later.before_length != self.after_length:
            raise ValueError(f"maps do not meet: {self.after_length} then {later.before_length}")
        if not later._pieces:
            return self
        if not self._pieces:
            return later
        pieces: list[_Piece] = []
        to_first = to_last = 0  # how far the first and the last text lie ahead of the middle one
        for low, high, firsts, laters in _overlap_groups(self._pieces, later._pieces):
            b0, a0 = low + to_first, low + to_last
            if firsts:
                to_first = firsts[-1].b1 - firsts[-1].a1
            if laters:
                to_last = laters[-1].a1 - laters[-1].b1
            pieces.append(_Piece(b0, high + to_first, a0, high + to_last))
        return OffsetMap(pieces, self.before_length, later.after_length)

    def _point(self, at: int, ends: list[int], *, forward: bool, backward_edge: bool = False) -> int:
        """Map one edge of an after-span to the before text."""
        # deletions at this very point lie before a start and after an end
        index = bisect_right(ends, at) if forward else bisect_left(ends, at)
        shift = self._shift(index)
        if index < len(self._pieces):
            piece = self._pieces[index]
            if backward_edge and piece.a0 < at <= piece.a1:
                return piece.b1
            if not backward_edge and piece.a0 <= at < piece.a1:
                return piece.b0
        return at + shift

    def _shift(self, index: int) -> int:
        """Say how far before lies ahead of after, past the pieces before `index`."""
        if index == 0:
            return 0
        last = self._pieces[index - 1]
        return last.b1 - last.a1

    def _mirror(self, at: int, *, is_end: bool) -> int:
        index = bisect_left(self._before_ends, at) if is_end else bisect_right(self._before_ends, at)
        if index < len(self._pieces):
            piece = self._pieces[index]
            if is_end and piece.b0 < at <= piece.b1:
                return piece.a1
            if not is_end and piece.b0 <= at < piece.b1:
                return piece.a0
        return at - self._shift(index)


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Carry out edits (any order, not overlapping) and give the new text with its map to the old one.

    Edits that only exchange characters one for one need no entry in the map and cost nothing later.

    Raises ValueError when two edits overlap or one lies outside the text.

    >>> apply_edits("醫(yī)療", [Edit(1, 5, "")])[0]
    '醫療'
    """
    out: list[str] = []
    pieces: list[_Piece] = []
    at = length = 0
    for edit in sorted(edits, key=attrgetter("start", "end")):
        if edit.start < at or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"edit {edit.start}:{edit.end} overlaps another or lies outside the text")
        out.append(text[at : edit.start])
        out.append(edit.text)
        length += edit.start - at
        if len(edit.text) != edit.end - edit.start:
            pieces.append(_Piece(edit.start, edit.end, length, length + len(edit.text)))
        length += len(edit.text)
        at = edit.end
    out.append(text[at:])
    length += len(text) - at
    return "".join(out), OffsetMap(pieces, len(text), length)


def _overlap_groups(
    firsts: Sequence[_Piece], laters: Sequence[_Piece]
) -> Iterator[tuple[int, int, list[_Piece], list[_Piece]]]:
    """Group pieces of two maps that overlap in the middle text: its span, then the pieces of either map.

    Pieces that only touch stay apart, so that a character beside a deleted gloss does not take the gloss in;
    a deletion and an insertion at one point have no order and go together.
    """
    marked = [(p.a0, p.a1, 0, p) for p in firsts] + [(q.b0, q.b1, 1, q) for q in laters]
    marked.sort(key=lambda m: m[:3])
    group: tuple[list[_Piece], list[_Piece]] = ([], [])
    start = reach = -1
    for low, high, side, piece in marked:
        if not (low < reach or low == high == start == reach):
            if start >= 0:
                yield start, reach, *group
            group, start, reach = ([], []), low, low
        reach = max(reach, high)
        group[side].append(piece)
    if start >= 0:
        yield start, reach, *group
