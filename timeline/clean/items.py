"""The lines of a body or of a run of teasers in; one segment an item out, each with its own title and stamp."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import add

from timeline.clean.lines import Line
from timeline.records import Segment, Span

_TOLD = 0.45  # share of a title's pairs of characters that its text tells again; subheadings rarely reach it
_FEW = 64  # pairs that are looked for one by one


def is_first_title(line: Line, body: Sequence[Line], *, in_bulletin: bool) -> bool:
    """Say whether what looks like the page's headline is the title of the first of several items.

    That is so where title and text take turns to the end, and most texts tell their title again; two items alone
    need a word such as 简讯 above them.
    """
    lines = [line, *body]
    if len(lines) == 4 and not in_bulletin and not (line.has("field_title") and lines[2].has("field_title")):
        return False
    return len(lines) >= 4 and _takes_turns(lines)


def article_segments(lines: Sequence[Line]) -> Iterator[Segment]:
    """Give one article, or one an item where the body is a row of short news under titles of their own.

    A title is told again by the text right under it; a subheading sums up or calls. Titles make items where nothing
    stands before the first, and where titles and texts take turns, or half of the short lines and three are such titles.
    """
    titles = _titles(lines)
    if not titles:
        yield Segment("article", lines[0].start, lines[-1].end)
        return
    if titles[0] > 0:
        yield Segment("article", lines[0].start, lines[titles[0] - 1].end)
    for at, after in pairwise([*titles, len(lines)]):
        title = Span(lines[at].start, lines[at].end)
        yield Segment("article", lines[at].start, lines[after - 1].end, title=title)


def teaser_segments(lines: Sequence[Line]) -> Iterator[Segment]:
    """Give one teaser an item: the stamp that follows it, or precedes it where the run begins with one, is its own."""
    stamps = [i for i, line in enumerate(lines) if line.has("stamp_only")]
    for low, high in pairwise(_bounds(stamps, lines)):
        group = lines[low:high]
        own = next((line for line in group if line.has("stamp_only")), None)
        told = [line for line in group if line is not own]
        title = told[0] if told and _can_be_title(told) else None
        yield Segment(
            "teaser",
            group[0].start,
            group[-1].end,
            title=Span(title.start, title.end) if title else None,
            stamp=Span(own.start, own.end) if own else None,
        )


def _bounds(stamps: Sequence[int], lines: Sequence[Line]) -> list[int]:
    """Give the points at which a run of teasers falls apart."""
    if not stamps:
        return [0, len(lines)]
    if stamps[0] == 0 and stamps[-1] != len(lines) - 1:
        return [*stamps, len(lines)]
    if stamps[-1] == len(lines) - 1 or len(stamps) == 1:
        return [0, *(i + 1 for i in stamps[:-1]), len(lines)]
    # title, stamp, text: an item begins with the line above its stamp
    return [0, *(i - 1 for i in stamps[1:]), len(lines)]


def _titles(lines: Sequence[Line]) -> list[int]:
    """Give where the items of a body begin; none where it is one article."""
    told = [i for i in range(len(lines) - 1) if _is_told(lines[i], lines[i + 1])]
    if not told or any(len(line.text) >= 30 for line in lines[: told[0]]):
        return []
    rest = lines[told[0] :]
    if len(rest) >= 4 and _takes_turns(rest):
        return list(range(told[0], len(lines), 2))
    headings = [i for i in range(len(lines) - 1) if _is_short(lines[i]) and not _is_short(lines[i + 1])]
    needed = 2 if lines[told[0]].has("field_title") else 3
    return told if len(told) >= needed and len(told) * 2 >= len(headings) else []


def _takes_turns(lines: Sequence[Line]) -> bool:
    """Say whether title and text take turns to the end, most texts telling their title again."""
    turns = range(0, len(lines), 2)
    if len(lines) % 2 or not all(_has_form(lines[at], lines[at + 1]) for at in turns):
        return False
    return sum(_is_told(lines[at], lines[at + 1]) for at in turns) * 3 >= len(turns) * 2


def _is_told(line: Line, text: Line) -> bool:
    """Say whether a line is the title of the text right under it."""
    if not _has_form(line, text):
        return False
    if "field_title" in line.marks:
        return True
    pairs = _pairs(line.text)
    told = text.text if len(pairs) <= _FEW else set(map(add, text.text, text.text[1:]))
    return bool(pairs) and sum(pair in told for pair in pairs) / len(pairs) >= _TOLD


def _has_form(line: Line, text: Line) -> bool:
    """Say whether two lines look like a title and its text."""
    if "field_title" in line.marks:
        return text.has("sentence", "commas")
    is_text = "sentence" in text.marks and len(text.text) >= 1.5 * len(line.text)
    return is_text and _is_short(line) and "dated" not in line.marks


def _is_short(line: Line) -> bool:
    return 6 <= line.han <= 45 and not (
        "final" in line.marks and line.text.rstrip("”’」』\"'")[-1:] in "。；;：:…"
    )


def _can_be_title(told: Sequence[Line]) -> bool:
    first = told[0]
    return (
        not first.has("cut_start")
        and 6 <= len(first.text) <= 60
        and (len(told) > 1 or not first.has("sentence"))
    )


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text) if (a > "\u2e80" and b > "\u2e80") or a.isdigit()}
