"""Phrases: what joined tokens say, and what each says of itself once the grammar is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from timeline.records import TimeExpression, TimeKind
from timeline.times.tokens import END_KEYS, Frame

_END_DATES = END_KEYS - {"end_hour", "end_minute", "end_second", "end_part"}
_CLOCKED = frozenset({"hour", "part", "now"})
_CLOCK_UNITS = frozenset({"hour", "minute", "second", "quarter_hour"})
_OPEN = frozenset({"since", "before", "after"})
_VAGUENESS: Mapping[str | None, Literal["about", "before", "after"]] = {
    "about": "about",
    "eve": "before",
    "before": "before",
    "after": "after",
}


class Phrase(NamedTuple):
    """Tokens that make one point, span or length of time; `first` is the kind of the token it opens with."""

    start: int
    end: int
    first: str
    last: str
    level: int
    frame: Mapping[str, int | str]
    is_weak: bool = False
    suffix: str = ""

    def has(self, *keys: str) -> bool:
        """Say whether any of the keys is known."""
        return not self.frame.keys().isdisjoint(keys)


class Draft(NamedTuple):
    """A time expression on its way out, as light as a page full of them asks for: where, what kind, what is known."""

    start: int
    end: int
    text: str
    kind: TimeKind
    known: Mapping[str, int | str]
    relation: str | None = None


def draft_of(text: str, phrase: Phrase) -> Draft:
    """Make the draft of a phrase: its words in the text as it was, its kind, and what bounds it."""
    start, end, suffix = phrase.start, phrase.end, phrase.suffix
    relation = suffix if suffix and suffix != "mark" else None
    return Draft(start, end, text[start:end], _kind(phrase), phrase.frame, relation)


def expression_of(draft: Draft) -> TimeExpression:
    """Make the public record of a draft, with what it implies and how vague it is."""
    frame = dict(draft.known)
    return TimeExpression(
        draft.start,
        draft.end,
        draft.text,
        draft.kind,
        frame,
        _implied(frame),
        draft.relation,
        _VAGUENESS.get(draft.relation, ""),
    )


def _kind(phrase: Phrase) -> TimeKind:
    first, frame = phrase.first, phrase.frame
    if first == "every":
        return "set"
    if first == "duration":
        return "duration"
    if phrase.suffix in _OPEN or frame.get("direction", "ago") not in ("ago", "later"):
        return "range"
    if not _END_DATES.isdisjoint(frame) or "plan" in frame:
        return "range"
    if not _CLOCKED.isdisjoint(frame) or frame.get("unit") in _CLOCK_UNITS:
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
