"""Calendars: lunar days, solar terms, festivals, weeks, quarters and month arithmetic; plain dates in, plain dates out."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

from borax.calendars.lunardate import LunarDate, TermUtils

from timeline.times.words import holidays

FIRST_LUNAR, LAST_LUNAR = 1901, 2099


def month_end(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def is_day(year: int, month: int, day: int) -> bool:
    """Say whether the calendar has such a day."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def add_months(day: date, months: int) -> date:
    """Move by whole months, to the month's last day where the day is missing.

    >>> add_months(date(2021, 5, 31), -3)
    datetime.date(2021, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def monday_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.isoweekday() - 1)


def quarter_of(day: date) -> int:
    """Give the quarter a day lies in."""
    return (day.month - 1) // 3 + 1


def add_workdays(day: date, count: int) -> date:
    """Move by Monday-to-Friday days; public holidays are not known here."""
    step = 1 if count >= 0 else -1
    left = abs(count)
    whole, left = divmod(left, 5)
    day += timedelta(days=7 * whole * step)
    while left:
        day += timedelta(days=step)
        left -= day.isoweekday() <= 5
    return day


@lru_cache(maxsize=4096)
def lunar_days(year: int, month: int, day: int | None, is_leap: bool = False) -> tuple[date, date] | None:
    """Give the first and last solar day of a lunar day or month; None where the calendar has none or is not known.

    >>> lunar_days(2021, 8, 15)
    (datetime.date(2021, 9, 21), datetime.date(2021, 9, 21))
    """
    if not FIRST_LUNAR <= year <= LAST_LUNAR:
        return None
    try:
        if day is not None:
            solar = LunarDate(year, month, day, int(is_leap)).to_solar_date()
            return solar, solar
        first = LunarDate(year, month, 1, int(is_leap)).to_solar_date()
    except (ValueError, TypeError):
        return None
    last = first + timedelta(days=28)
    while LunarDate.from_solar(last + timedelta(days=1)).month == month and (last - first).days < 29:
        last += timedelta(days=1)
    return first, last


def lunar_year_of(day: date) -> int:
    """Give the lunar year a solar day lies in."""
    return int(LunarDate.from_solar(day).year)


def lunar_day_of(day: date) -> int:
    """Give the day of the lunar month that a solar day is."""
    return int(LunarDate.from_solar(day).day)


@lru_cache(maxsize=4096)
def festival_day(word: str, year: int) -> date | None:
    """Give the day of a festival or solar term in a year; lunar ones by the lunar year of that number."""
    entry = holidays()[word]
    month = int(entry.get("month"))
    if entry.kind == "fixed":
        return date(year, month, int(entry.get("day")))
    if entry.kind == "nth":
        first = date(year, month, 1)
        offset = (int(entry.get("weekday")) - first.isoweekday()) % 7
        return first + timedelta(days=offset + 7 * (int(entry.get("nth")) - 1))
    if not FIRST_LUNAR <= year <= LAST_LUNAR:
        return None
    if entry.kind == "term":
        found_term: date = TermUtils.day_start_from_term(year, str(entry.get("term") or word))
        return found_term
    day = int(entry.get("day"))
    if day == 30:  # the last day of the year has 29 or 30
        spring = lunar_days(year + 1, 1, 1)
        return spring[0] - timedelta(days=1) if spring else None
    found = lunar_days(year, month, day)
    return found[0] if found else None


@lru_cache(maxsize=1024)
def years_of_weekday(month: int, day: int, weekday: int, first: int, last: int) -> tuple[int, ...]:
    """List the years in which a month-day falls on a weekday (1 is Monday)."""
    return tuple(
        y
        for y in range(first, last + 1)
        if is_day(y, month, day) and date(y, month, day).isoweekday() == weekday
    )
