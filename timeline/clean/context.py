"""Marked lines in; their marks out with those that only the neighbours and the page as a whole can give."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import add

from timeline.clean.lines import Line

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


def find_context(lines: Sequence[Line]) -> list[frozenset[str]]:
    """Add to each line's marks what its neighbours and the page say of it."""
    body = "".join(line.text for line in lines if line.has("sentence") and len(line.text) >= 30)
    told = set(map(add, body, body[1:]))
    is_chinese = sum(line.han for line in lines) * 3 > sum(
        len(line.text) for line in lines if line.has("latin")
    )
    marks = [set(line.marks) for line in lines]
    for index, line in enumerate(lines):
        if index == 0:
            marks[index].add("first")
        if is_chinese and line.has("latin") and line.has("final") and len(line.text) >= 40:
            marks[index].update([] if line.has("footer", "disclaimer") else ["foreign"])
        if (
            not line.has("navigation", "crumbs", "label")
            and not (line.has("sentence") and len(line.text) > 40)
            and 8 <= len(line.text) <= 70
        ):
            share = _share(_bigrams(line.text), told)
            marks[index].update(["told"] if share >= 0.5 else ["half_told"] if share >= 0.3 else [])
    _mark_neighbours(lines, marks)
    for index in _run_lines(lines):
        marks[index].add("run")
    for index in _listed_lines(lines):
        marks[index].add("listed")
    for index in _enumerated_lines(lines):
        marks[index].add("enumerated")
    for index in _front_lines(lines):
        marks[index].add("front")
    return [frozenset(seen) for seen in marks]


def _mark_neighbours(lines: Sequence[Line], marks: Sequence[set[str]]) -> None:
    """Mark what stands before a stamp or a text that begins in its middle, and what answers a label."""
    stamped = []
    for index, (line, after) in enumerate(pairwise(lines)):
        if after.has("stamp_only") and not line.has("stamp_only", "label") and line.han >= 4:
            stamped.append(index)
        if after.has("cut_start") and not line.has("sentence", "stamp_only") and line.han >= 6:
            marks[index].add("before_cut")
        if after.has("stamp_only", "short_stamp") or (after.has("stamp") and after.has("label")):
            marks[index].update(
                [] if line.has("label", "stamp", "navigation", "crumbs") else ["above_byline"]
            )
        if line.has("label") and line.text[-1] in ":：" and len(after.text) <= 20:
            marks[index + 1].add("after_label")
    for index in stamped:
        marks[index].add("before_stamp" if len(stamped) > 1 else "before_lone_stamp")


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
        if not line.has("opener") or line.has("final"):
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
        if not line.has("related") or len(line.text) > 14:
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


def _bigrams(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text) if a > "\u2e80" or b > "\u2e80" or a.isalnum()}


def _share(part: set[str], whole: set[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0
