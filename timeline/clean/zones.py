"""Marked lines in; the kind of each out, by the cheapest way through the zones of a page (Viterbi).

A page runs from what stands before its body (navigation, headline, byline) through the body to what follows it. A line
alone says little: 回复 is a button or a word, a short line is a link or a subheading. So each line speaks for and
against each zone, and each step from one zone to another has its price: out of the comments there is hardly a way back
into the article, out of a list of links that stands in its middle there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from timeline.clean.context import find_context
from timeline.clean.lines import Line
from timeline.clean.settling import settle_kinds
from timeline.records import SegmentKind

# zone -> the kind its lines get; the first four lie before the body, the last six after it
_ZONES: dict[str, SegmentKind] = {
    "top": "navigation",
    "headline": "headline",
    "byline": "byline",
    "links_above": "related",
    "article": "article",
    "caption": "caption",
    "abstract": "abstract",
    "signature": "byline",
    "related": "related",
    "teaser": "teaser",
    "comment": "comment",
    "footer": "footer",
    "bottom": "navigation",
}
_BEFORE = ("top", "headline", "byline", "links_above")
_BODY = ("article", "caption", "abstract", "signature")
_AFTER = ("related", "teaser", "comment", "footer", "bottom")
_BACK = {"related": 4.0, "teaser": 5.0, "comment": 9.0, "footer": 6.0, "bottom": 4.0}
_WITHIN = {
    ("article", "caption"): 0.3,
    ("caption", "article"): 0.1,
    ("article", "signature"): 0.5,
    ("signature", "article"): 1.5,
    ("article", "abstract"): 0.3,
    ("abstract", "article"): 1.0,
}

# what a mark says for (+) or against (-) each zone
_WEIGHTS: dict[str, dict[str, float]] = {
    "stamp_only": {
        "byline": 3.0,
        "signature": 2.5,
        "teaser": 1.7,
        "comment": 0.7,
        "article": -3.0,
        "headline": -4.0,
    },
    "label": {"byline": 3.0, "signature": 3.0, "headline": -3.0, "article": -1.0, "top": -1.5},
    "byline": {"byline": 2.0, "signature": 2.0, "headline": -2.0, "article": -0.5},
    "stamp": {"byline": 1.0, "signature": 0.3, "teaser": 0.5, "headline": -1.0},
    "short_stamp": {"byline": 2.5, "signature": 1.0, "headline": -2.0, "comment": 0.5},
    "dated": {"article": 1.2, "headline": -3.5, "top": -1.0, "byline": -1.0},
    "stamp_first": {"byline": 1.5, "signature": 2.0, "headline": -1.0},
    "bar": {"top": 3.0, "bottom": 3.0, "footer": 1.5, "headline": -3.0},
    "notice": {"article": 3.5, "headline": -3.0, "top": -1.0, "byline": -2.0},
    "fact": {"article": 5.0, "headline": -3.0, "top": -2.0, "byline": -5.0, "signature": -5.0},
    "contact": {"footer": 2.0, "article": 1.2, "headline": -3.0, "related": -1.0, "top": -0.5},
    "colon_end": {"headline": -2.0, "article": 1.0},
    "listed": {"related": 0.9, "links_above": 1.5},
    "person": {"byline": 2.5, "signature": 1.5, "headline": -2.0},
    "navigation": {"top": 2.0, "bottom": 2.0, "headline": -4.0, "article": -2.0},
    "crumbs": {"top": 3.5, "bottom": 2.0, "headline": -3.0, "article": -2.0},
    "footer": {"footer": 6.0, "top": 1.5, "article": -1.5, "headline": -3.0, "related": -1.0},
    "disclaimer": {"footer": 6.0, "article": -3.5, "headline": -4.0},
    "above_byline": {"headline": 2.5},
    "related": {"related": 4.0, "links_above": 3.5, "headline": -4.0, "article": -3.0},
    "rank": {"related": 3.0, "links_above": 2.0, "article": -2.0, "headline": -2.0},
    "bullet": {"related": 0.4, "top": 0.2},
    "bulletin": {"headline": 2.0},
    "cut_start": {"teaser": 3.5, "related": 1.0, "article": -0.5, "headline": -2.0},
    "cut_end": {"teaser": 1.0, "related": 1.5, "article": -0.5},
    "open_end": {"article": 2.2, "headline": -1.0, "related": -0.5},
    "broken_start": {"article": 1.8, "headline": -2.0, "related": -0.5},
    "final": {"article": 0.6, "headline": -0.6, "top": -0.4},
    "commas": {"article": 1.2, "headline": -1.0, "top": -1.0, "related": -0.5},
    "slot": {"article": 2.0, "headline": -3.0},
    "enumerated": {"article": 1.4, "headline": -0.5, "related": -0.5},
    "table": {"article": 1.5, "headline": -1.5, "related": -1.0},
    "signed": {"signature": 4.0, "byline": 2.0, "headline": -2.0},
    "after_label": {"byline": 3.0, "signature": 2.5},
    "front": {"top": 8.0, "headline": -6.0, "byline": -2.0},
    "latin": {"headline": -1.5, "article": -0.5},
    "citation": {"byline": 4.0, "signature": 4.0, "headline": -4.0},
    "before_cut": {"teaser": 2.6},
    "before_stamp": {"teaser": 1.8, "related": 0.5},
    "before_lone_stamp": {"signature": 1.3},
    "comments": {"comment": 5.0, "article": -3.0, "headline": -4.0, "top": 1.0},
    "reply": {"comment": 2.5},
    "abstract": {"abstract": 5.0, "article": -2.0, "headline": -3.0},
    "foreign": {"abstract": 10.0, "article": -3.0, "footer": -1.0},
    "caption": {"caption": 3.5, "headline": -2.0},
    "dateline": {"article": 4.0, "headline": -4.0},
    "run": {"article": 3.0, "headline": -1.0},
    "body_label": {"article": 3.0},
    "history": {"article": 6.0, "headline": -5.0, "byline": -5.0, "signature": -5.0},
    "title_label": {"headline": 5.0, "article": -3.0},
    "heading": {"headline": 1.5, "article": 0.5, "top": -1.0},
    "item": {"article": 0.8},
    "intro": {"article": 2.0},
    "told": {"headline": 2.5, "article": 0.5},
    "half_told": {"headline": 1.2},
    "first": {"headline": 0.6},
    "field_title": {"headline": 6.0, "article": 2.5, "top": -2.0},
    "field_text": {"article": 5.0},
    "field_stamp": {"byline": 5.0, "signature": 5.0, "headline": -4.0},
    "field_other": {"top": 5.0, "bottom": 5.0, "article": -3.0, "headline": -4.0},
}

_LONG = 240  # characters; a longer text is worth no more


def label_lines(lines: Sequence[Line]) -> list[SegmentKind]:
    """Give each line its kind; a page without a body gets its longest line of text as one."""
    if not lines:
        return []
    marks = find_context(lines)
    scores = [_score(line, seen) for line, seen in zip(lines, marks, strict=True)]
    kinds = [_ZONES[_ORDER[zone]] for zone in _best_way(np.array(scores))]
    settle_kinds(kinds, lines, marks)
    return kinds


def _score(line: Line, marks: frozenset[str]) -> list[float]:
    """Say how well a line fits each zone."""
    if "debris" in marks and "front" not in marks:
        return [0.0] * len(_ORDER)
    scores = [*_by_length(line)]
    for zone, weight in _weights(marks):
        scores[zone] += weight
    return scores


@lru_cache(maxsize=4096)  # lines of a kind bear the same marks
def _weights(marks: frozenset[str]) -> tuple[tuple[int, float], ...]:
    """Give what marks say for and against zones, always in the same order, on which rounding rests."""
    return tuple(
        (_ORDER.index(zone), weight)
        for mark in sorted(marks)
        for zone, weight in _WEIGHTS.get(mark, {}).items()
    )


def _by_length(line: Line) -> tuple[float, ...]:
    """Say how well a line fits each zone by its length."""
    size, is_final = len(line.text), "final" in line.marks
    if "sentence" in line.marks or (size >= 90 and "commas" in line.marks):
        return _of_text(min(size, _LONG), is_final=is_final)
    is_word = not is_final and line.han <= 7 and line.han + len(line.text.split()) <= 8
    return _of_phrase(size, is_word=is_word)


@lru_cache(maxsize=4096)
def _of_text(size: int, *, is_final: bool) -> tuple[float, ...]:
    worth = min(6.0, 0.7 + size / 40) - (0.0 if is_final else 0.4)
    scores = dict.fromkeys(_ZONES, -worth / 2 - 1) | {
        "article": worth,
        "abstract": -4.0,
        "caption": -1.0,
        "teaser": -0.5,
        "comment": min(1.0, worth),
    }
    return tuple(scores.values())


@lru_cache(maxsize=4096)
def _of_phrase(size: int, *, is_word: bool) -> tuple[float, ...]:
    scores = dict.fromkeys(_ZONES, -1.0) | {
        "top": 0.6 if is_word else -0.2 - size / 60,
        "bottom": 0.4 if is_word else -0.6 - size / 60,
        "headline": 0.4 if 8 <= size <= 70 else -1.5,
        "article": -1.2 if is_word else -0.7 if size <= 40 else -0.2,
        "related": 0.4 if 8 <= size <= 60 else -0.3,
        "links_above": -1.2,
        "caption": -2.0,
        "abstract": -4.0,
        "comment": -0.8,
        "footer": -0.6,
        "teaser": -0.8,
    }
    return tuple(scores.values())


def _price(before: str, after: str) -> float:
    """Say what a step from one zone to another costs."""
    if before == after:
        return 0.0
    if before in _BEFORE:
        if (before, after) == ("byline", "headline"):
            return 1.2
        return 0.4 if after in _BEFORE else 0.2 if after in ("article", "caption") else 2.5
    if after in _BEFORE:
        return 50.0
    if before in _BODY:
        return _WITHIN.get((before, after), 1.0)
    if after in _AFTER:
        return 0.9
    return 2.0 if after == "signature" else _BACK[before]


_ORDER = tuple(_ZONES)
_EACH = np.arange(len(_ORDER))
_PRICES = np.array([[_price(before, after) for before in _ORDER] for after in _ORDER])  # [after, before]
_FIRST = np.array([0.0 if zone in _BEFORE else 0.5 if zone in _BODY else 2.0 for zone in _ORDER])


def _best_way(scores: NDArray[np.float64]) -> list[int]:
    """Give the zone of each line on the way with the best total; ties go to the zone named first."""
    totals = scores[0] - _FIRST
    steps = []
    for row in scores[1:]:
        reached = totals - _PRICES
        came = reached.argmax(axis=1)
        steps.append(came)
        totals = reached[_EACH, came] + row
    way = [int(totals.argmax())]
    for came in reversed(steps):
        way.append(int(came[way[-1]]))
    return way[::-1]
