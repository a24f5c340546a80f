"""Marked lines in; their marks out with those that only the neighbours and the page as a whole can give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from timeline.clean.lines import Line
from timeline.clean.retelling import find_shares

_FRAME = (
    "related",
    "comments",
    "navigation",
    "crumbs",
    "footer",
    "disclaimer",
    "label",
    "signed",
    "stamp_only",
    "citation",
)
# How a line of a firm's history begins: 1996年4月　江城纺织厂成立 | 2008.10 | 2019/11/8
_YEAR = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?:年|[./-](?=[0-9]))(?P<day>[0-9]{1,2}[月./-][0-9]{1,2}(?![0-9]))?(?=.{4})"
)
_FEWEST = 3  # lines that make a history
_SPAN = 3  # years from its first line to its last
_UNTOLD = frozenset({"navigation", "crumbs", "label"})  # not of a title
_LEANING = frozenset({"stamp_only", "short_stamp", "stamp", "cut_start"})  # on the line above


def find_context(lines: Sequence[Line]) -> list[frozenset[str]]:
    """Add to each line's marks what its neighbours and the page say of it; the page has a line at least."""
    marks = [set(line.marks) for line in lines]
    marks[0].add("first")
    _mark_titles(lines, marks)
    _mark_neighbours(lines, marks)
    for mark, find in _FINDERS.items():
        for index in find(lines):
            marks[index].add(mark)
    return [frozenset(seen) for seen in marks]


def _mark_titles(lines: Sequence[Line], marks: Sequence[set[str]]) -> None:
    """Mark the lines that the body tells again, as it does its title."""
    found = [index for index, line in enumerate(lines) if _can_be_told(line)]
    body = "".join(line.text for line in lines if "sentence" in line.marks and len(line.text) >= 30)
    if found:
        shares = find_shares([lines[index].text for index in found], body)
        for index, share in zip(found, shares, strict=True):
            marks[index].update(["told"] if share >= 0.5 else ["half_told"] if share >= 0.3 else [])


def _can_be_told(line: Line) -> bool:
    size = len(line.text)
    return 8 <= size <= 70 and not (size > 40 and "sentence" in line.marks) and line.marks.isdisjoint(_UNTOLD)


def _mark_neighbours(lines: Sequence[Line], marks: Sequence[set[str]]) -> None:
    """Mark what stands before a stamp or a text that begins in its middle, and what answers a label."""
    stamped = []
    for index, (line, after) in enumerate(pairwise(lines)):
        if "label" in line.marks and line.text[-1] in ":：" and len(after.text) <= 20:
            marks[index + 1].add("after_label")
        if "when" in line.marks and "notice" in after.marks:
            marks[index].add("fact")
        if after.marks.isdisjoint(_LEANING):
            continue
        if after.has("stamp_only") and not line.has("stamp_only", "label") and line.han >= 4:
            stamped.append(index)
        if after.has("cut_start") and not line.has("sentence", "stamp_only") and line.han >= 6:
            marks[index].add("before_cut")
        if (
            after.has("stamp_only", "short_stamp") or (after.has("stamp") and after.has("label"))
        ) and not line.has("label", "stamp", "navigation", "crumbs"):
            marks[index].add("above_byline")
    for index in stamped:
        marks[index].add("before_stamp" if len(stamped) > 1 else "before_lone_stamp")


def _foreign_lines(lines: Sequence[Line]) -> list[int]:
    """Give the long Latin lines of a Chinese page."""
    latin = [index for index, line in enumerate(lines) if "latin" in line.marks]
    if not latin or sum(line.han for line in lines) * 3 <= sum(len(lines[index].text) for index in latin):
        return []
    return [
        index
        for index in latin
        if len(lines[index].text) >= 40
        and lines[index].has("final")
        and not lines[index].has("footer", "disclaimer")
    ]


def _front_lines(lines: Sequence[Line]) -> list[int]:
    """Give the lines of a Markdown page's front matter that tell neither title nor date: --- tags: ---"""
    if lines[0].text != "---":
        return []
    end = next((i for i, line in enumerate(lines[1:80], 1) if line.text == "---"), -1)
    return [i for i in range(end + 1) if not lines[i].has("field_title", "field_stamp")]


def _run_lines(lines: Sequence[Line]) -> list[int]:
    """Give the lines over which a sentence is spread: a day or a word like 同时 alone, short lines, then a sentence."""
    out: list[int] = []
    for index, line in enumerate(lines):
        if "opener" not in line.marks or "final" in line.marks:
            continue
        end = index + 1
        while end < len(lines) and end - index < 8 and _is_fragment(lines[end]):
            end += 1
        if end - index > 1 and end < len(lines) and lines[end].has("sentence", "commas"):
            out.extend(range(index, end))
    return out


def _listed_lines(lines: Sequence[Line]) -> list[int]:
    """Give the short lines under a heading such as 相关阅读."""
    out: list[int] = []
    for index, line in enumerate(lines):
        if "related" not in line.marks or len(line.text) > 14:
            continue
        for after in range(index + 1, min(index + 40, len(lines))):
            if (
                lines[after].has("sentence", "navigation", "footer", "label", "comments")
                or len(lines[after].text) > 60
            ):
                break
            out.append(after)
    return out


def _enumerated_lines(lines: Sequence[Line]) -> list[int]:
    """Give the short lines that a sentence announces: 签约项目有： and the projects under it."""
    out: list[int] = []
    for index, line in enumerate(lines):
        if line.text[-1:] not in (":", "：") or len(line.text) < 8 or line.has("related", "label", "footer"):
            continue
        for after in range(index + 1, min(index + 60, len(lines))):
            if lines[after].has("sentence", *_FRAME) or len(lines[after].text) > 60:
                break
            out.append(after)
    return out


def _history_lines(lines: Sequence[Line]) -> list[int]:
    """Give the lines of a history: each opens with its year, one after the other, over some years; some name no day, as links do."""
    out: list[int] = []
    run: list[tuple[int, re.Match[str]]] = []
    for index, line in enumerate([*lines, None]):
        found = _YEAR.match(line.text) if line is not None else None
        if found is not None:
            run.append((index, found))
            continue
        years = [int(m["year"]) for _, m in run]
        is_told = len(run) >= _FEWEST and years in (sorted(years), sorted(years, reverse=True))
        if is_told and abs(years[-1] - years[0]) >= _SPAN and not all(m["day"] for _, m in run):
            out += [at for at, _ in run]
        run = []
    return out


def _is_fragment(line: Line) -> bool:
    other = (
        "sentence",
        "stamp_only",
        "label",
        "byline",
        "navigation",
        "crumbs",
        "footer",
        "related",
        "rank",
        "cut",
    )
    return len(line.text) <= 36 and not line.has(*other)


_FINDERS = {
    "foreign": _foreign_lines,
    "run": _run_lines,
    "listed": _listed_lines,
    "enumerated": _enumerated_lines,
    "front": _front_lines,
    "history": _history_lines,
}
