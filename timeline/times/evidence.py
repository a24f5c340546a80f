"""What expressions prove beyond their own value: a start with its length, a weekday beside a date."""

from __future__ import annotations

from datetime import date, timedelta

from timeline.edtf import Edtf, Point
from timeline.records import ResolvedTime, TimeExpression
from timeline.times.calendars import years_of_weekday
from timeline.times.refine import find
from timeline.times.spans import shift

_LEAP_YEAR = 2024  # stands in for an unknown year


def extend(start: ResolvedTime, duration: ResolvedTime) -> Edtf | None:
    """Give the range that begins on the start's first day and lasts so long: 5月27日, 为期3天 is 05-27/05-29.

    Whole weeks, months and years end on the day before the same weekday or date; half days and hours leave the start
    as it is. None where the start has no value.

    >>> from timeline.records import Reference
    >>> from timeline.times import tag
    >>> day, length = tag("5月27日开幕，为期3天", Reference())
    >>> str(extend(day, length))
    'XXXX-05-27/XXXX-05-29'
    """
    if start.edtf is None or start.edtf.start is None:
        return None
    point = start.edtf.start
    known = [e.known for e in find(duration.text) if e.kind == "duration"]
    if point.precision != "day" or start.edtf.is_interval or not known or "vague" in known[0]:
        return start.edtf
    year = int(point.year) if point.is_year_known else _LEAP_YEAR
    first = date(year, int(point.month or 1), int(point.day or 1))
    last = shift(first, known[0], 1) - timedelta(days=1)
    if last <= first:
        return start.edtf
    end = Edtf.of_day(last)
    if not point.is_year_known:
        end = Edtf.parse("XXXX" + str(end)[4:])
    assert end.start is not None
    closed = Point(end.start.year, end.start.month, end.start.day, point.qualifier)
    return Edtf.of_range(Edtf(point), Edtf(closed))


def possible_years(expression: TimeExpression, first: int, last: int) -> tuple[int, ...]:
    """List the years from `first` to `last` that a date with its weekday allows; () where no weekday stands beside it.

    >>> possible_years(find("6月9日（星期三）")[0], 2010, 2025)
    (2010, 2021)
    """
    known = expression.known
    if not {"month", "day", "weekday"} <= set(known) or "lunar" in known:
        return ()
    years = years_of_weekday(int(known["month"]), int(known["day"]), int(known["weekday"]), first, last)
    stated = known.get("year")
    return years if stated is None else tuple(y for y in years if y == stated)
