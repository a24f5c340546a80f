"""OffsetMap: spans of a rewritten text <-> spans of the text it was made from; edits in, maps out, no text kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


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
        pieces: list[_Piece] = []
        for group in _overlap_groups(self._pieces, later._pieces):
            firsts, laters = group
            b_lo = min([p.a0 for p in firsts] + [q.b0 for q in laters])
            b_hi = max([p.a1 for p in firsts] + [q.b1 for q in laters])
            pieces.append(
                _Piece(
                    _outside(self._pieces, b_lo, firsts, low=True),
                    _outside(self._pieces, b_hi, firsts, low=False),
                    _inside(later._pieces, b_lo, laters, low=True),
                    _inside(later._pieces, b_hi, laters, low=False),
                )
            )
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
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
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
    return "".join(out), OffsetMap(_joined(pieces), len(text), length)


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Join pieces that touch in both texts: between them there is no point to tell apart."""
    out: list[_Piece] = []
    for piece in pieces:
        if out and out[-1].b1 == piece.b0 and out[-1].a1 == piece.a0:
            out[-1] = _Piece(out[-1].b0, piece.b1, out[-1].a0, piece.a1)
        else:
            out.append(piece)
    return out


def _overlap_groups(
    firsts: Sequence[_Piece], laters: Sequence[_Piece]
) -> list[tuple[list[_Piece], list[_Piece]]]:
    """Group pieces of two maps that touch in the middle text (a-side of the first, b-side of the later)."""
    marked = [(p.a0, p.a1, 0, p) for p in firsts] + [(q.b0, q.b1, 1, q) for q in laters]
    marked.sort(key=lambda m: (m[0], m[1], m[2]))
    groups: list[tuple[list[_Piece], list[_Piece]]] = []
    reach = -1
    for low, high, side, piece in marked:
        if not groups or low > reach:
            groups.append(([], []))
            reach = high
        else:
            reach = max(reach, high)
        groups[-1][side].append(piece)
    return groups


def _outside(pieces: Sequence[_Piece], middle: int, group: list[_Piece], *, low: bool) -> int:
    """Carry an edge of a group from the middle text back to the first one."""
    edge = group[0] if low else group[-1] if group else None
    if group and edge is not None:
        if low:
            return edge.b0 - (edge.a0 - middle)
        return edge.b1 + (middle - edge.a1)
    index = bisect_right([p.a1 for p in pieces], middle)
    shift = pieces[index - 1].b1 - pieces[index - 1].a1 if index else 0
    return middle + shift


def _inside(pieces: Sequence[_Piece], middle: int, group: list[_Piece], *, low: bool) -> int:
    """Carry an edge of a group from the middle text on to the later one."""
    edge = group[0] if low else group[-1] if group else None
    if group and edge is not None:
        if low:
            return edge.a0 - (edge.b0 - middle)
        return edge.a1 + (middle - edge.b1)
    index = bisect_right([p.b1 for p in pieces], middle)
    shift = pieces[index - 1].a1 - pieces[index - 1].b1 if index else 0
    return middle + shift
