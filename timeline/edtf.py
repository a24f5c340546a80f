"""Edtf: a date value as ISO 8601-2 writes it, with what is unknown left unknown; strings in, bounds and order out.

The forms are the ones Chinese news needs of levels 1 and 2: 2021-06-09, 2021-06, 2023, 202X, 20XX, XXXX-12-06,
XXXX-XX-30, seasons, quarters and halves (2021-21, 2021-33, 2021-41), a qualifier at the end of a date (? ~ %),
intervals (a/b, ../b, a/..) and one-of sets ([2023-05-18,2024-05-18]). Times of day are not dates and stay outside.
Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from timeline.errors import EdtfError

Precision = Literal["day", "month", "season", "year", "decade", "century", "unknown"]
Qualifier = Literal["", "?", "~", "%"]

# 2021-06-09~ | XXXX-12-06 | 2021-33 | 202X
_DATE = re.compile(
    r"""(?P<year>\d{4}|\d{3}X|\d{2}XX|XXXX)
        (?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?
        (?P<qualifier>[?~%])?""",
    re.VERBOSE,
)

# First and last month of each grouping code: seasons as in China (spring is March to May), quarters, halves.
_GROUPS: dict[int, tuple[int, int]] = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    40: (1, 6), 41: (7, 12),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One date of an Edtf: digits or X, a part that is not there is None."""

    year: str
    month: str | None = None
    day: str | None = None
    qualifier: Qualifier = ""

    def __str__(self) -> str:
        parts = [self.year] + [p for p in (self.month, self.day) if p is not None]
        return "-".join(parts) + self.qualifier

    @property
    def is_year_known(self) -> bool:
        return "X" not in self.year

    @property
    def precision(self) -> Precision:
        """Name the finest part that is known, as if the year were."""
        if self.day is not None and self.day != "XX":
            return "day"
        if self.month is not None and self.month != "XX":
            return "season" if int(self.month) > 12 else "month"
        if self.is_year_known:
            return "year"
        return {"X": "decade", "XX": "century"}.get(self.year.lstrip("0123456789"), "unknown")  # type: ignore[return-value]

    def bounds(self) -> tuple[date, date] | None:
        """Give the first and last day it can be, or None where no year is known."""
        if self.year == "XXXX":
            return None
        if (
            self.year.isdigit()
            and self.day is not None
            and self.day.isdigit()
            and self.month
            and self.month.isdigit()
        ):
            day = date(int(self.year), int(self.month), int(self.day))
            return day, day
        low, high = int(self.year.replace("X", "0")), int(self.year.replace("X", "9"))
        if low < 1:
            low = 1
        if self.month is None or self.month == "XX":
            return date(low, 1, 1), date(high, 12, 31)
        number = int(self.month)
        first, last = _GROUPS.get(number, (number, number))
        if self.day is not None and self.day != "XX":
            return _known_days(low, high, first, int(self.day))
        return date(low, first, 1), _month_end(high, last)


def _ungrouped(point: Point, *, is_end: bool) -> Point:
    """Give the first or last month of a season, quarter or half, or year of a decade; every other point as it is."""
    if "X" in point.year and point.month is None and point.year != "XXXX":
        return replace(point, year=point.year.replace("X", "9" if is_end else "0"))
    number = int(point.month) if point.month and point.month != "XX" else 0
    if number not in _GROUPS:
        return point
    month = _GROUPS[number][1 if is_end else 0]
    if month <= 12 or not point.is_year_known:
        return replace(point, month=f"{(month - 1) % 12 + 1:02d}")
    return replace(point, year=f"{int(point.year) + 1:04d}", month=f"{month - 12:02d}")


def _known_days(low: int, high: int, month: int, day: int) -> tuple[date, date] | None:
    years = [y for y in range(low, high + 1) if day <= calendar.monthrange(y, month)[1]]
    return (date(years[0], month, day), date(years[-1], month, day)) if years else None


def _month_end(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if year > 9999:
        return date(9999, 12, 31)
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date value: one point, an interval of two (None is an open end), or a set of which one is meant."""

    start: Point | None
    end: Point | None = None
    is_interval: bool = False
    choices: tuple[Point, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Edtf:
        """Read an EDTF string.

        Raises EdtfError, with the string, when it is none of the forms above or names a day that no calendar has.

        >>> str(Edtf.parse("2016-05-27/2016-05-29").with_qualifier("?"))
        '2016-05-27?/2016-05-29?'
        """
        return _parse(text)

    @classmethod
    def of_day(cls, day: date) -> Edtf:
        """Make a value of a calendar day."""
        return cls(Point(f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}"))

    @classmethod
    def of_parts(cls, year: int | None, month: int | None = None, day: int | None = None) -> Edtf:
        """Make a value of parts, None being unknown; a known day keeps its place under an unknown month (XXXX-XX-30).

        Raises EdtfError for a day that does not exist.
        """
        text = "XXXX" if year is None else f"{year:04d}"
        if month is not None or day is not None:
            text += "-XX" if month is None else f"-{month:02d}"
        if day is not None:
            text += f"-{day:02d}"
        return cls.parse(text)

    @classmethod
    def of_range(cls, start: Edtf | None, end: Edtf | None) -> Edtf:
        """Make an interval of two values, None being an open end; equal ends give the one value.

        Intervals know no seasons, quarters, halves or decades: such an end becomes its first or last month or year.

        >>> str(Edtf.of_range(Edtf.parse("2020-34"), Edtf.parse("2021-33")))
        '2020-04/2021-03'

        Raises EdtfError when both ends are open or the end lies before the start.
        """
        if start is not None and start == end:
            return start
        low = start.start if start is not None else None
        high = (end.end if end.is_interval else end.start) if end is not None else None
        left = _ungrouped(low, is_end=False) if low else ".."
        right = _ungrouped(high, is_end=True) if high else ".."
        return cls.parse(f"{left}/{right}")

    def __str__(self) -> str:
        if self.choices:
            return "[" + ",".join(map(str, self.choices)) + "]"
        if self.is_interval:
            return f"{self.start or '..'}/{self.end or '..'}"
        return str(self.start)

    @property
    def points(self) -> tuple[Point, ...]:
        """Give the points that stand in the value, in order."""
        return self.choices or tuple(p for p in (self.start, self.end) if p is not None)

    @property
    def is_year_known(self) -> bool:
        return all(p.is_year_known for p in self.points)

    @property
    def is_open(self) -> bool:
        return self.is_interval and (self.start is None or self.end is None)

    @property
    def is_approximate(self) -> bool:
        return any(p.qualifier in "~%" and p.qualifier for p in self.points)

    @property
    def is_uncertain(self) -> bool:
        return any(p.qualifier in "?%" and p.qualifier for p in self.points)

    @property
    def precision(self) -> Precision:
        """Name the precision of the first point that stands in it."""
        return self.points[0].precision

    def bounds(self) -> tuple[date | None, date | None]:
        """Give the first and last day it can span, inclusive; None where that is unknown or open."""
        if self.choices:
            spans = [p.bounds() for p in self.choices]
            if any(s is None for s in spans):
                return None, None
            return min(s[0] for s in spans if s), max(s[1] for s in spans if s)
        low = self.start.bounds() if self.start else None
        if not self.is_interval:
            return low if low else (None, None)
        high = self.end.bounds() if self.end else None
        return (low[0] if low else None), (high[1] if high else None)

    def plain(self) -> Edtf:
        """Drop the qualifiers."""
        return self.with_qualifier("")

    def in_months(self) -> Edtf:
        """Write a season, quarter or half as the interval of its months; every other value as it is.

        >>> str(Edtf.parse("2021-33").in_months()), str(Edtf.parse("2021").in_months())
        ('2021-01/2021-03', '2021')
        """
        if self.is_interval or self.start is None or self.precision != "season":
            return self
        return Edtf(_ungrouped(self.start, is_end=False), _ungrouped(self.start, is_end=True), True)

    def with_qualifier(self, qualifier: Qualifier) -> Edtf:
        """Put one qualifier on every point; "" takes them away."""

        def mark(point: Point | None) -> Point | None:
            return replace(point, qualifier=qualifier) if point else None

        marked = tuple(replace(p, qualifier=qualifier) for p in self.choices)
        return Edtf(mark(self.start), mark(self.end), self.is_interval, marked)

    def with_year(self, year: int) -> Edtf:
        """Fill unknown years with one year; an interval that would run backwards ends in the next.

        Raises EdtfError when the year has no such day (02-29).
        """
        text = f"{year:04d}"

        def fill(point: Point | None, value: str) -> Point | None:
            return replace(point, year=value) if point and point.year == "XXXX" else point

        start, end = fill(self.start, text), fill(self.end, text)
        if start and end and (start.month or "", start.day or "") > (end.month or "", end.day or ""):
            end = fill(self.end, f"{year + 1:04d}")
        filled = Edtf(start, end, self.is_interval, tuple(fill(p, text) or p for p in self.choices))
        return Edtf.parse(str(filled))

    def is_compatible(self, other: Edtf) -> bool:
        """Say whether both can be true of one thing: each known part agrees; an unknown year fits any."""
        mine, theirs = self.bounds(), other.bounds()
        if None in mine or None in theirs:
            return _are_parts_compatible(self, other)
        return bool(mine[0] <= theirs[1] and theirs[0] <= mine[1])  # type: ignore[operator]

    def contains(self, other: Edtf) -> bool:
        """Say whether every day `other` can be lies in this value; False where either has an unknown bound."""
        mine, theirs = self.bounds(), other.bounds()
        if None in mine or None in theirs:
            return self == other
        return bool(mine[0] <= theirs[0] and theirs[1] <= mine[1])  # type: ignore[operator]

    def sort_key(self) -> tuple[int, int, int, str]:
        """Order values in time: by first day, the more precise first; unknown years last, by month and day."""
        low, high = self.bounds()
        if low is None and high is None:
            point = self.points[0]
            month = int(point.month) if point.month and point.month != "XX" else 99
            day = int(point.day) if point.day and point.day != "XX" else 99
            return (10**9, month, day, str(self))
        first = low or high
        assert first is not None
        span = (high - low).days if low and high else 10**6
        return (first.toordinal(), span, 0, str(self))


def _are_parts_compatible(one: Edtf, other: Edtf) -> bool:
    """Compare values of which one lacks a bound: open intervals by the bound they have, unknown years by month-day."""
    if one.is_open or other.is_open:
        (a0, a1), (b0, b1) = one.bounds(), other.bounds()
        return not ((a1 and b0 and a1 < b0) or (b1 and a0 and b1 < a0))
    days_a, days_b = _year_days(one), _year_days(other)
    return bool(days_a & days_b)


def _year_days(value: Edtf) -> set[tuple[int, int]]:
    """List the month-days a value can fall on, taking unknown parts for any (in a leap year)."""
    if len(value.points) == 2 and value.is_interval:
        first, last = (_point_days(p) for p in value.points)
        low, high = min(first), max(last)
        every = _point_days(Point("XXXX"))
        return {d for d in every if (low <= d <= high if low <= high else d >= low or d <= high)}
    return set().union(*(_point_days(p) for p in value.points))


def _point_days(point: Point) -> set[tuple[int, int]]:
    months = range(1, 13)
    if point.month is not None and point.month != "XX":
        number = int(point.month)
        first, last = _GROUPS.get(number, (number, number))
        months = range(first, last + 1)
    out: set[tuple[int, int]] = set()
    for number in months:
        month = (number - 1) % 12 + 1
        length = calendar.monthrange(2024, month)[1]
        wanted = range(1, length + 1) if point.day in (None, "XX") else (int(point.day or 0),)
        out.update((month, day) for day in wanted if day <= length)
    return out


@lru_cache(maxsize=65536)
def _parse(text: str) -> Edtf:
    if text.startswith("[") and text.endswith("]"):
        choices = tuple(_point(part, text) for part in text[1:-1].split(","))
        return Edtf(None, None, False, choices)
    if "/" not in text:
        return Edtf(_point(text, text))
    left, _, right = text.partition("/")
    start = None if left == ".." else _point(left, text)
    end = None if right == ".." else _point(right, text)
    if start is None and end is None:
        raise EdtfError(f"an interval with two open ends says nothing: {text!r}")
    if any(p and p.month and p.month != "XX" and int(p.month) > 12 for p in (start, end)):
        raise EdtfError(f"an interval has no seasons, quarters or halves: {text!r}")
    value = Edtf(start, end, True)
    low, high = value.bounds()
    if low and high and low > high:
        raise EdtfError(f"the interval ends before it begins: {text!r}")
    return value


def _point(text: str, whole: str) -> Point:
    match = _DATE.fullmatch(text)
    if match is None:
        raise EdtfError(f"not an EDTF date: {whole!r}")
    month, day = match["month"], match["day"]
    number = int(month) if month and month != "XX" else None
    if number is not None and not (1 <= number <= 12 or (number in _GROUPS and day is None)):
        raise EdtfError(f"no such month: {whole!r}")
    if day is not None and day != "XX":
        year = int(match["year"]) if match["year"].isdigit() else 2024
        limit = 31 if number is None else calendar.monthrange(year or 4, number)[1]
        if not 1 <= int(day) <= limit:
            raise EdtfError(f"no such day: {whole!r}")
    if match["year"] == "0000":
        raise EdtfError(f"year 0 is not used here: {whole!r}")
    qualifier: Qualifier = match["qualifier"] or ""  # type: ignore[assignment]
    return Point(match["year"], month, day, qualifier)


def read_bound(written: str, end: Literal["first", "last"]) -> date:
    """Read a day, month or year, as a question names an end of a span of time, as its first or last day.

    Raises EdtfError, with the words and what would do, for anything else.

    >>> read_bound("2024-02", "last")
    datetime.date(2024, 2, 29)
    """
    try:
        day = Edtf.parse(written).bounds()[end == "last"] if len(written) in (4, 7, 10) else None
    except EdtfError:
        day = None
    if day is None:
        raise EdtfError(f"not a day, month or year: {written!r}; write 2024-05-18, 2024-05 or 2024")
    return day
