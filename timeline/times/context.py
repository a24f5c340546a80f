"""What a time expression is resolved against: the day a text speaks from, what it has told before, what its clause says."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from timeline.edtf import Edtf
from timeline.records import Reference, TimeExpression
from timeline.times.phrases import Draft
from timeline.times.words import words_of

Reading = Literal["news", "calendar"]
Tense = Literal["", "past", "future"]

_FUTURE = re.compile(rf"{words_of('future_cue')}(?![军领士])")
_PAST = re.compile(rf"{words_of('past_cue')}(?<!{words_of('no_past')})")
_TENSED = re.compile(words_of("future_cue", "past_cue"))
_BREAK = re.compile(r"[。！？!?\n；;]")
_COMMA = re.compile(r"[，,。！？!?\n；;]")

# How many days ahead a bare month-day may lie and still be nearer than the same day of the year before.
NEAR_AHEAD = 45
_LONG_PAST = 5  # years after which a month-day that comes round is an anniversary's
_ROUND = 31  # days for which it is news


class Reach(NamedTuple):
    """A value on its way out: the days it spans, the clock where it has one, its EDTF, and why."""

    edtf: Edtf | None = None
    first: date | None = None
    last: date | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    reason: str = ""
    uses_reference: bool = False


class Told(NamedTuple):
    """The last date a text told: its parts (None unknown), whether its year was stated, its value as EDTF, whether months long."""

    year: int | None
    month: int | None
    day: int | None
    is_year_stated: bool = False
    value: str = ""
    is_period: bool = False


class Context(NamedTuple):
    """All that a frame needs to become a value."""

    today: date | None = None
    month: int | None = None
    year: int | None = None
    moment: datetime | None = None
    reading: Reading = "news"
    latest: date | None = None
    tense: Tense = ""
    told: Told | None = None
    told_day: Told | None = None
    is_told_near: bool = False
    is_told_in_sentence: bool = False
    known_year: int | None = None

    @property
    def last_day(self) -> date | None:
        """Give the last day that has begun: at midnight sharp none of the day has passed yet."""
        if self.today is not None and self.moment is not None and self.moment.time() == datetime.min.time():
            return self.today - timedelta(days=1)
        return self.today

    @property
    def anchor(self) -> str:
        """Name the reference as precisely as it is known."""
        if self.today is not None:
            return self.today.isoformat()
        if self.year is None:
            return "an unknown day"
        return f"{self.year:04d}" if self.month is None else f"{self.year:04d}-{self.month:02d}"


Said = TimeExpression | Draft
"""What is resolved: a record that came from outside, or a draft on its way to one."""


@lru_cache(maxsize=64)
def context_of(reference: Reference) -> Context:
    """Read a reference into the parts that are known of it."""
    latest = date.fromisoformat(reference.latest[:10]) if reference.latest else None
    value = reference.date
    if value is None or value.start is None or not value.start.is_year_known:
        return Context(latest=latest)
    point = value.start
    year = int(point.year)
    if point.precision == "day":
        low, _ = value.bounds()
        assert low is not None
        return Context(today=low, month=low.month, year=year, latest=latest)
    month = int(point.month) if point.precision == "month" and point.month else None
    return Context(month=month, year=year, latest=latest)


def tense_of(text: str, start: int, end: int) -> Tense:
    """Say what the clause around text[start:end] tells of when: 将于 before it, 了 behind it.

    >>> tense_of("论坛将于5月8日举行", 4, 8), tense_of("5月8日举行了论坛", 0, 4), tense_of("5月8日", 0, 4)
    ('future', 'past', '')
    """
    left = max(0, start - 24)
    if _TENSED.search(text, left, end + 60) is None:
        return ""
    for match in _COMMA.finditer(text, left, start):
        left = match.end()
    stop = _COMMA.search(text, end, end + 40)
    right = stop.start() if stop else min(len(text), end + 40)
    if _FUTURE.search(text, left, start) or _FUTURE.search(text, end, min(right, end + 12)):
        return "future"
    sentence = _BREAK.search(text, end, end + 60)
    if _PAST.search(text, end, sentence.start() if sentence else min(len(text), end + 60)):
        return "past"
    return ""


def is_same_sentence(text: str, start: int, end: int) -> bool:
    """Say whether no sentence ends in between."""
    return end - start < 120 and _BREAK.search(text, start, end) is None


def pick_year(context: Context, month: int, day: int | None) -> tuple[int | None, str]:
    """Choose the year of a month or month-day that states none; None where nothing settles it."""
    if day is not None and context.known_year is not None and not _is_anniversary(context, month, day):
        return context.known_year, "the year told with the same month and day before"
    told = context.told
    if told is not None and told.year is not None and told.is_year_stated and context.is_told_in_sentence:
        is_later = told.month is None or (month, day or 31) >= (told.month, told.day or 0)
        if is_later:
            return told.year, f"the year of the date before it ({told.year})"
    if context.year is None:
        return None, "no year is known"
    year, why = _against_reference(context, month, day)
    if context.latest and context.tense != "future" and _lies_after(year, month, day, context.latest):
        return year - 1, f"the nearest past before {context.latest.isoformat()}"
    return year, why


def _is_anniversary(context: Context, month: int, day: int) -> bool:
    """Say whether a month-day told of a year long past comes round about the day of the page: 生于1924年3月2日。|3月2日|，座谈会举行."""
    if context.reading != "news" or context.known_year is None or context.today is None:
        return False
    if context.today.year - context.known_year < _LONG_PAST:
        return False
    behind = (context.today.month - month) * 30 + context.today.day - day
    return 0 <= behind <= _ROUND


def _lies_after(year: int, month: int, day: int | None, limit: date) -> bool:
    return (year, month, day or 1) > (limit.year, limit.month, limit.day)


def _against_reference(context: Context, month: int, day: int | None) -> tuple[int, str]:
    assert context.year is not None
    year = context.year
    if context.month is None:
        return year, f"the year of the reference ({year})"
    today = (context.month, context.today.day if context.today else 15)
    here = (month, day if day is not None else (1 if month != context.month else today[1]))
    ahead = (here[0] - today[0]) * 30 + here[1] - today[1]
    if context.tense == "future":
        if ahead < -60:
            return year + 1, f"what is to come after {context.anchor}"
        return year, f"what is to come, nearest to {context.anchor}"
    if ahead <= 0:
        return year, f"the nearest past of {context.anchor}"
    if context.tense != "past" and (context.reading == "calendar" or ahead <= NEAR_AHEAD):
        return (
            year,
            f"the calendar year of {context.anchor}"
            if context.reading == "calendar"
            else f"nearest to {context.anchor}",
        )
    return year - 1, f"the nearest past of {context.anchor}"
