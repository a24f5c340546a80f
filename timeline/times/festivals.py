"""Festivals, solar terms and lunar dates: what a frame names of the Chinese calendar, to solar days."""

from __future__ import annotations

from datetime import date, timedelta

from timeline.edtf import Edtf
from timeline.times.calendars import festival_day, lunar_day_of, lunar_days, lunar_year_of
from timeline.times.context import NEAR_AHEAD, Context, Reach, pick_year
from timeline.times.words import days_off, holidays
from timeline.times.years import Frame, days_value, has_year, nothing, year_of


def festival_reach(frame: Frame, context: Context) -> Reach:
    """Resolve a festival or solar term, of the year said, else of the year the context gives it."""
    word = str(frame["holiday"])
    year, why, uses = year_of(frame, context)
    if year is None and not has_year(frame):
        year, why = _festival_year(word, context)
        uses = True
    if year is None:
        return nothing(f"{word} of an unknown year")
    day = festival_day(word, year)
    if day is None:
        return nothing(f"{word} of {year} is not in the calendar")
    last = day
    if "holiday_days" in frame:
        usual = (day, day + timedelta(days=int(frame["holiday_days"]) - 1))
        day, last = days_off().get((holidays()[word].words[0], year), usual)
    value = Edtf.of_range(Edtf.of_day(day), Edtf.of_day(last))
    return days_value(value, f"{word} of {year}; {why}", uses_reference=uses)


def _festival_year(word: str, context: Context) -> tuple[int | None, str]:
    if context.year is None:
        return None, ""
    if context.today is None:
        return context.year, f"the year of the reference ({context.year})"
    day = festival_day(word, context.year)
    if day is None:
        return context.year, ""
    if day.year > context.year:  # 除夕 and 腊八 close a lunar year that began in the solar year before
        year = lunar_year_of(context.today)
        near = festival_day(word, year)
        is_over = (context.reading == "news" and context.tense != "future") or context.tense == "past"
        if is_over and near is not None and near > context.today + timedelta(days=NEAR_AHEAD):
            year -= 1
        return year, f"the lunar year of {context.anchor}"
    return pick_year(context, day.month, day.day)


def lunar_reach(frame: Frame, context: Context) -> Reach:
    """Resolve a lunar month or day to solar days."""
    month = int(frame["month"]) if "month" in frame else None
    year, why, uses = year_of(frame, context)
    day = int(frame["day"]) if "day" in frame else None
    if month is None:
        return _lunar_day_alone(day, context, is_this_month=frame.get("month_offset") == 0)
    if month >= 11 and int(frame.get("year_offset", 1)) <= 0 and context.today is not None:
        year = lunar_year_of(context.today) + int(frame["year_offset"])  # 今年腊月, said in January
    if year is None and not has_year(frame):
        if context.today is None:
            return nothing("a lunar date of an unknown year")
        # 冬月 and 腊月 mostly lie in the solar year after; the others bear its number
        year = lunar_year_of(context.today) if month >= 11 else context.today.year
        why, uses = f"the lunar year of {context.anchor}", True
        found = lunar_days(year, month, day, "leap" in frame)
        if (
            found
            and context.reading == "news"
            and context.tense != "future"
            and found[0] > context.today + timedelta(days=NEAR_AHEAD)
        ):
            year -= 1
    if year is None:
        return nothing("a lunar date of an unknown year")
    found = lunar_days(year, month, day, "leap" in frame)
    if found is None:
        return nothing(f"lunar {year}-{month} has no such day")
    first, last = found
    if "end_month" in frame:  # 农历三、四月
        closing = lunar_days(year, int(frame["end_month"]), None)
        last = closing[1] if closing is not None else last
    if "from_day" in frame:
        last = min(last, first + timedelta(days=int(frame["to_day"]) - 1))
        first = first + timedelta(days=int(frame["from_day"]) - 1)
    value = Edtf.of_range(Edtf.of_day(first), Edtf.of_day(last))
    return days_value(value, f"lunar calendar; {why}", uses_reference=uses)


def _lunar_day_alone(day: int | None, context: Context, *, is_this_month: bool = False) -> Reach:
    """农历廿一: the nearest day of that number; 本月初一: the one in the lunar month that runs."""
    if context.today is None or day is None:
        return nothing("a lunar day of an unknown month")
    if is_this_month:
        found_day = context.today + timedelta(days=day - lunar_day_of(context.today))
        return days_value(
            Edtf.of_day(found_day), f"in the lunar month of {context.anchor}", uses_reference=True
        )
    from_today = [context.today + timedelta(days=n) for n in range(-15, 32)]
    for candidate in sorted(from_today, key=lambda d: abs((d - context.today).days)):  # type: ignore[operator]
        found = _is_lunar_day(candidate, day)
        if found:
            return days_value(
                Edtf.of_day(candidate), f"the lunar day nearest to {context.anchor}", uses_reference=True
            )
    return nothing("no such lunar day near the reference")


def _is_lunar_day(day: date, number: int) -> bool:
    """Say whether a solar day is the lunar day of that number."""
    return lunar_day_of(day) == number
