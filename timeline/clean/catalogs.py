"""The lines of a page in; the items of a list of news out, each with title and stamp, where the page is nothing but such a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from timeline.clean.lines import Line
from timeline.records import Segment, Span

_DAY = r"(?:(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?:\s{0,3}\d{1,2}:\d\d(?::\d\d)?)?"
_INLINE = re.compile(  # [2021-05-18] 江河论坛开幕 | 江河论坛开幕 2021-05-18
    rf"""
      [\[【（(]? (?P<first>{_DAY}) [\]】）)]? [\s|]{{0,4}} (?P<after>[^\s\d].{{5,60}})
    | (?P<before>\S.{{5,60}}?) \s{{0,4}} [\[【（(]? (?P<last>{_DAY}) [\]】）)]?
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"\d{1,2}")  # the day above a year and month: 18 / 2021-05
_OTHER = (
    "label",
    "citation",
    "footer",
    "crumbs",
    "person",
    "contact",
    "rank",
    "related",
    "comments",
    "disclaimer",
)
_LEAST = 3  # items that make a list
_LONGEST = 6  # lines of an item


@dataclass(frozen=True, slots=True)
class Item:
    """lines[first:last] of a list, with the segment that they make."""

    first: int
    last: int
    segment: Segment


def find_catalog(lines: Sequence[Line], text: str) -> tuple[Item, ...]:
    """Give the items of a list, in order; none where a sentence stands outside them, since a page with a body is no list.

    >>> [i.segment.stamp for i in find_catalog((), "")]
    []
    """
    if any(line.has("cut_start") for line in lines):
        return ()  # other pages' texts, cut off: teasers
    for items in (_inline(lines, text), _stamped(lines)):
        inside = {i for item in items for i in range(item.first, item.last)}
        if len(items) >= _LEAST and not any(
            line.has("sentence") for i, line in enumerate(lines) if i not in inside
        ):
            return tuple(items)
    return ()


def _inline(lines: Sequence[Line], text: str) -> list[Item]:
    """Give the lines that hold a title and its day, each with the texts under it."""
    found = [
        (i, match)
        for i, line in enumerate(lines)
        if line.has("stamp")
        and not line.has("sentence", *_OTHER)
        and (match := _INLINE.fullmatch(text, line.start, line.end))
    ]
    out = []
    for (at, match), (after, _) in pairwise([*found, (len(lines), None)]):
        if match is None:
            continue
        last = at + 1
        while last < min(after, at + _LONGEST) and lines[last].has("sentence"):
            last += 1
        title, stamp = ("after", "first") if match["first"] else ("before", "last")
        segment = Segment(
            "article",
            lines[at].start,
            lines[last - 1].end,
            Span(*match.span(title)),
            Span(*match.span(stamp)),
        )
        out.append(Item(at, last, segment))
    return out


def _stamped(lines: Sequence[Line]) -> list[Item]:
    """Give the items whose day stands on a line of its own: above the title, under it, or at the end."""
    stamps = [i for i, line in enumerate(lines) if line.has("stamp_only")]
    if len(stamps) < _LEAST or any(b - a > _LONGEST for a, b in pairwise(stamps)):
        return []
    above = all(i > 0 and _is_title(lines[i - 1]) for i in stamps)
    texts = sum(i + 1 < len(lines) and lines[i + 1].has("sentence") for i in stamps)
    if above and texts * 2 > len(stamps):
        starts = [i - 1 for i in stamps]
        ends = [*starts[1:], _end(lines, stamps[-1] + 1)]
    elif above or _is_title(lines[max(0, stamps[0] - 1)]) or lines[max(0, stamps[0] - 1)].has("sentence"):
        ends = [i + 1 for i in stamps]
        starts = [max(0, stamps[0] - (stamps[1] - stamps[0]) + 1), *ends[:-1]]
    else:
        starts = [i - (i > 0 and bool(_NUMBER.fullmatch(lines[i - 1].text))) for i in stamps]
        ends = [*starts[1:], _end(lines, stamps[-1] + 1)]
    return [_item(lines, *bounds) for bounds in zip(starts, ends, stamps, strict=True)]


def _item(lines: Sequence[Line], first: int, last: int, stamp: int) -> Item:
    while last - 1 > stamp and lines[last - 1].has("navigation", "debris"):
        last -= 1
    title = next((line for line in lines[first:last] if _is_title(line)), None)
    segment = Segment(
        "article",
        lines[first].start,
        lines[last - 1].end,
        Span(title.start, title.end) if title else None,
        Span(lines[stamp].start, lines[stamp].end),
    )
    return Item(first, last, segment)


def _end(lines: Sequence[Line], at: int) -> int:
    """Give where the last item ends: after its title and text."""
    end = at
    while end < min(len(lines), at + 3) and (
        lines[end].has("sentence") or (end == at and _is_title(lines[end]))
    ):
        end += 1
    return end


def _is_title(line: Line) -> bool:
    other = ("sentence", "stamp_only", "navigation", "debris", "cut_start", *_OTHER)
    return line.han >= 6 and len(line.text) <= 70 and not line.has(*other)
