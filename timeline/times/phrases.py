"""Phrases: what joined tokens say, and the expression each becomes once the grammar is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from timeline.records import TimeExpression, TimeKind
from timeline.times.tokens import END_KEYS, Frame

_END_DATES = END_KEYS - {"end_hour", "end_minute", "end_second", "end_part"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that make one point, span or length of time; `first` is the kind of the token it opens with."""

    start: int
    end: int
    first: str
    last: str
    level: int
    frame: Mapping[str, int | str]
    is_weak: bool
    suffix: str = ""

    def has(self, *keys: str) -> bool:
        """Say whether any of the keys is known."""
        return not self.frame.keys().isdisjoint(keys)


def expression_of(text: str, phrase: Phrase) -> TimeExpression | None:
    """Make the expression of a phrase: its words, its kind, what is known and implied, and what bounds it."""
    frame = dict(phrase.frame)
    relation = phrase.suffix or None
    if relation == "mark":
        relation = None
    vagueness = {"about": "about", "eve": "before", "before": "before", "after": "after"}.get(
        phrase.suffix, ""
    )
    return TimeExpression(
        phrase.start,
        phrase.end,
        text[phrase.start : phrase.end],
        _kind(phrase),
        frame,
        _implied(frame),
        relation,
        vagueness,  # type: ignore[arg-type]
    )


def _kind(phrase: Phrase) -> TimeKind:
    if phrase.first == "every":
        return "set"
    if phrase.first == "duration":
        return "duration"
    frame = phrase.frame
    if phrase.suffix in ("since", "before", "after") or (
        phrase.has("direction") and frame["direction"] not in ("ago", "later")
    ):
        return "range"
    if not _END_DATES.isdisjoint(frame) or "plan" in frame:
        return "range"
    if phrase.has("hour", "part", "now") or frame.get("unit") in ("hour", "minute", "second", "quarter_hour"):
        return "time"
    return "date"


def _implied(frame: Frame) -> Frame:
    """Name the coarser parts that the end of a range takes from its start."""
    if END_KEYS.isdisjoint(frame):
        return {}
    return {
        f"end_{part}": frame[part]
        for part in ("year", "month")
        if part in frame
        and f"end_{part}" not in frame
        and not {"end_year_back", "end_year_offset"} & set(frame)
    }
