"""One point of time: what a frame says, against its context, to the days it spans; coarse parts first, then the finer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from timeline.edtf import Edtf, EdtfError, Point
from timeline.times.calendars import (
    add_months,
    festival_day,
    is_day,
    lunar_days,
    lunar_year_of,
    monday_of,
    month_end,
    quarter_of,
)
from timeline.times.context import Context, Reach, Told, pick_year
from timeline.times.spans import span_reach

Frame = Mapping[str, int | str]

_SAYS_DAY = frozenset({"day", "month", "day_offset", "day_back", "nth"})
_YEARLY = frozenset({"quarter", "quarter_offset", "quarters_next", "season", "year_part"})
_YEAR_PARTS = {
    "begin": (1, 2),
    "end": (11, 12),
    "middle": (6, 7),
    "start": (1, 1),
    "half1": (1, 6),
    "half2": (7, 12),
}
_DECADE_PARTS = {"begin": (0, 3), "middle": (4, 6), "end": (7, 9)}
_FIRST_PLAN_YEAR = 1951  # the first plan began in 1953, the sixth in 1981: five years each since


def point_reach(frame: Frame, context: Context) -> Reach:
    """Resolve the day, month, year or period a frame names; a part nobody settles stays X."""
    try:
        return _reach(frame, context)
    except (EdtfError, ValueError, OverflowError) as error:
        return Reach(reason=f"no such date: {error}")


_PLAIN = frozenset(
    {
        "year",
        "year_offset",
        "month",
        "month_offset",
        "day",
        "end_day",
        "end_month",
        "end_year",
        "hour",
        "minute",
        "second",
        "part",
    }
)


def _reach(frame: Frame, context: Context) -> Reach:
    if _PLAIN.issuperset(frame):
        return _calendar(frame, context)
    if "direction" in frame:
        return _from_span(frame, context)
    if "recent" in frame or "recent_years" in frame:
        return _recent(frame, context)
    if "now" in frame or "from_now" in frame:
        return _now(frame, context)
    if "event_back" in frame:
        if context.told_day is None or context.told_day.value is None:
            return _nothing("the time of an event whose day was not told")
        return _days(context.told_day.value, "the date of the event told before it")
    if "plan" in frame:
        first = 1981 + 5 * (int(frame["plan"]) - 6)
        value = Edtf.of_range(Edtf.of_parts(first), Edtf.of_parts(first + 4))
        return _days(value, f"five-year plan {frame['plan']}")
    if "decade" in frame or "century" in frame or "century_offset" in frame:
        return _century(frame, context)
    if "holiday" in frame:
        return _festival(frame, context)
    if "lunar" in frame:
        return _lunar(frame, context)
    if not _YEARLY.isdisjoint(frame):
        return _part_of_year(frame, context)
    if ("week_offset" in frame or "weekday" in frame) and _SAYS_DAY.isdisjoint(frame):
        return _week(frame, context)
    if "day_offset" in frame or "day_back" in frame:
        return _day_word(frame, context)
    if "nth" in frame or "nth_weekday" in frame:
        return _nth(frame, context)
    return _calendar(frame, context)


def _days(value: Edtf, reason: str, *, uses_reference: bool = False) -> Reach:
    low, high = value.bounds()
    return Reach(value, low, high, reason=reason, uses_reference=uses_reference)


def _nothing(reason: str) -> Reach:
    return Reach(reason=reason)


def _from_span(frame: Frame, context: Context) -> Reach:
    reach = span_reach(frame, context)
    if "quarter" in frame and reach.first is not None:
        return _part_of_year({**frame, "year": reach.first.year}, context)
    if "month" in frame and reach.first is not None:
        value = Edtf.of_parts(reach.first.year, int(frame["month"]))
        return _days(value, reach.reason, uses_reference=True)
    return reach


def _recent(frame: Frame, context: Context) -> Reach:
    reason = f"shortly before {context.anchor}"
    if "recent_years" in frame:
        if context.year is None:
            return _nothing("some years before an unknown day")
        value = Edtf.of_range(
            Edtf.of_parts(context.year - int(frame["recent_years"])), Edtf.of_parts(context.year)
        )
        reach = _days(value.with_qualifier("~"), f"the years before {context.anchor}", uses_reference=True)
        first = add_months(context.today, -12 * int(frame["recent_years"])) if context.today else reach.first
        return Reach(
            reach.edtf, first, context.last_day or reach.last, reason=reach.reason, uses_reference=True
        )
    if context.today is None:
        if context.year is None:
            return _nothing("shortly before an unknown day")
        value = Edtf.of_parts(context.year, context.month)
        return _days(value.with_qualifier("~"), reason, uses_reference=True)
    value = Edtf.of_day(context.today).with_qualifier("~")
    first = context.today - timedelta(days=int(frame["recent"]))
    return Reach(value, first, context.today, reason=reason, uses_reference=True)


def _now(frame: Frame, context: Context) -> Reach:
    if context.today is None:
        return _nothing("the day of speaking is not known")
    value = Edtf.of_day(context.last_day or context.today)
    if "from_now" in frame:
        return Reach(
            Edtf.of_range(value, None),
            context.today,
            None,
            reason=f"from {context.anchor} on",
            uses_reference=True,
        )
    return Reach(
        value, context.today, context.today, context.moment, context.moment, "the day of speaking", True
    )


def year_of(frame: Frame, context: Context) -> tuple[int | None, str, bool]:
    """Give the year a frame states or counts to, why, and whether the reference was needed."""
    if "year" in frame:
        return int(frame["year"]), "stated in full", False
    if "year_offset" in frame:
        if context.year is None:
            return None, "counted from an unknown year", True
        return context.year + int(frame["year_offset"]), f"the year counted from {context.anchor}", True
    if "year_back" in frame:
        told = context.told
        if told is not None and told.year is not None:
            return (
                told.year + int(frame["year_back"]),
                f"the year counted from the date before it ({told.year})",
                False,
            )
        if context.year is None:
            return None, "no date was told before it", True
        return (
            context.year + int(frame["year_back"]),
            f"no date was told before it; counted from {context.anchor}",
            True,
        )
    return None, "", False


def _has_year(frame: Frame) -> bool:
    return any(key in frame for key in ("year", "year_offset", "year_back"))


def _century(frame: Frame, context: Context) -> Reach:
    if "century" in frame:
        base = (int(frame["century"]) - 1) * 100
        reason, uses = "stated in full", False
    elif "century_offset" in frame or context.year is not None:
        if context.year is None:
            base = 1900 if "decade" in frame else -1
        else:
            base = context.year // 100 * 100 + 100 * int(frame.get("century_offset", 0))
            if "century_offset" not in frame and base + int(frame["decade"]) > context.year + 10:
                base -= 100
        reason, uses = f"the century counted from {context.anchor}", True
    else:
        base, reason, uses = 1900, "the decade of the last century", False
    if base < 0:
        return _nothing("counted from an unknown century")
    low, high = base, base + 99
    if "decade" in frame:
        low = base + int(frame["decade"])
        high = low + 9
    part = frame.get("decade_part")
    if part is None and "decade" in frame:
        return _days(Edtf(Point(f"{low // 10:03d}X")), reason, uses_reference=uses)
    if part is None:
        return _days(Edtf(Point(f"{low // 100:02d}XX")), reason, uses_reference=uses)
    scale = 1 if "decade" in frame else 10
    first, last = _DECADE_PARTS[str(part)]
    value = Edtf.of_range(
        Edtf.of_parts(max(1, low + first * scale)), Edtf.of_parts(low + (last + 1) * scale - 1)
    )
    return _days(value.with_qualifier("~"), reason, uses_reference=uses)


def _festival(frame: Frame, context: Context) -> Reach:
    word = str(frame["holiday"])
    year, why, uses = year_of(frame, context)
    if year is None and not _has_year(frame):
        year, why = _festival_year(word, context)
        uses = True
    if year is None:
        return _nothing(f"{word} of an unknown year")
    day = festival_day(word, year)
    if day is None:
        return _nothing(f"{word} of {year} is not in the calendar")
    span = int(frame.get("holiday_days", 1))
    value = Edtf.of_range(Edtf.of_day(day), Edtf.of_day(day + timedelta(days=span - 1)))
    return _days(value, f"{word} of {year}; {why}", uses_reference=uses)


def _festival_year(word: str, context: Context) -> tuple[int | None, str]:
    if context.year is None:
        return None, ""
    if context.today is None:
        return context.year, f"the year of the reference ({context.year})"
    day = festival_day(word, context.year)
    if day is None:
        return context.year, ""
    if day.year > context.year:  # 除夕 and 腊八 close a lunar year that began in the solar year before
        return lunar_year_of(context.today), f"the lunar year of {context.anchor}"
    return pick_year(context, day.month, day.day)


def _lunar(frame: Frame, context: Context) -> Reach:
    month = int(frame["month"]) if "month" in frame else None
    year, why, uses = year_of(frame, context)
    day = int(frame["day"]) if "day" in frame else None
    if month is None:
        return _lunar_day_alone(day, context)
    if year is None and not _has_year(frame):
        if context.today is None:
            return _nothing("a lunar date of an unknown year")
        # 冬月 and 腊月 mostly lie in the solar year after; the others bear its number
        year = lunar_year_of(context.today) if month >= 11 else context.today.year
        why, uses = f"the lunar year of {context.anchor}", True
        found = lunar_days(year, month, day, "leap" in frame)
        if (
            found
            and context.reading == "news"
            and context.tense != "future"
            and found[0] > context.today + timedelta(days=45)
        ):
            year -= 1
    if year is None:
        return _nothing("a lunar date of an unknown year")
    found = lunar_days(year, month, day, "leap" in frame)
    if found is None:
        return _nothing(f"lunar {year}-{month} has no such day")
    first, last = found
    if "from_day" in frame:
        last = min(last, first + timedelta(days=int(frame["to_day"]) - 1))
        first = first + timedelta(days=int(frame["from_day"]) - 1)
    value = Edtf.of_range(Edtf.of_day(first), Edtf.of_day(last))
    return _days(value, f"lunar calendar; {why}", uses_reference=uses)


def _lunar_day_alone(day: int | None, context: Context) -> Reach:
    """廿一: the day of that number in the lunar month that runs, or in the next."""
    if context.today is None or day is None:
        return _nothing("a lunar day of an unknown month")
    from_today = [context.today + timedelta(days=n) for n in range(-15, 32)]
    for candidate in sorted(from_today, key=lambda d: abs((d - context.today).days)):  # type: ignore[operator]
        found = lunar_days_match(candidate, day)
        if found:
            return _days(
                Edtf.of_day(candidate), f"the lunar day nearest to {context.anchor}", uses_reference=True
            )
    return _nothing("no such lunar day near the reference")


def lunar_days_match(day: date, number: int) -> bool:
    """Say whether a solar day is the lunar day of that number."""
    from borax.calendars.lunardate import LunarDate

    return int(LunarDate.from_solar(day).day) == number


def _part_of_year(frame: Frame, context: Context) -> Reach:
    year, why, uses = year_of(frame, context)
    if "quarter_offset" in frame or "quarters_next" in frame:
        return _quarter_word(frame, context)
    if year is None and not _has_year(frame):
        year, why = _year_of_part(frame, context)
        uses = year is not None
    text = "XXXX" if year is None else f"{year:04d}"
    if "season" in frame:
        return _days(Edtf(Point(text, str(frame["season"]))), f"the season; {why}", uses_reference=uses)
    if "quarter" in frame:
        return _quarter(frame, text, why, uses)
    part = str(frame["year_part"])
    if part == "whole":
        return (
            _days(Edtf(Point(text)), why, uses_reference=uses)
            if year
            else _nothing("a year that is not known")
        )
    if part == "turn":
        if year is None:
            return _nothing("the turn of an unknown year")
        low = year if context.month is None or context.month >= 7 else year - 1
        value = Edtf.of_range(Edtf.of_parts(low, 12), Edtf.of_parts(low + 1, 1)).with_qualifier("~")
        return _days(value, f"the turn of the year; {why}", uses_reference=True)
    first, last = _YEAR_PARTS[part]
    if part in ("half1", "half2"):
        return _days(
            Edtf(Point(text, "40" if part == "half1" else "41")), f"a half year; {why}", uses_reference=uses
        )
    if first == last:
        return _days(Edtf.parse(f"{text}-{first:02d}~"), f"{part} of the year; {why}", uses_reference=uses)
    value = Edtf.parse(f"{text}-{first:02d}~/{text}-{last:02d}~")
    return _days(value, f"{part} of the year; {why}", uses_reference=uses)


def _year_of_part(frame: Frame, context: Context) -> tuple[int | None, str]:
    told = context.told
    if (
        told is not None
        and told.year
        and context.is_told_in_sentence
        and told.is_year_stated
        and told.month is None
    ):
        return told.year, f"the year of the date before it ({told.year})"
    if context.year is None:
        return None, "no year is known"
    return context.year, f"the year of {context.anchor}"


def _quarter(frame: Frame, year: str, why: str, uses: bool) -> Reach:
    first, last = int(frame["quarter"]), int(frame.get("end_quarter", frame["quarter"]))
    if "quarter_part" in frame:
        month = 3 * first if frame["quarter_part"] == "end" else 3 * first - 2
        return _days(
            Edtf.parse(f"{year}-{month:02d}"),
            f"{frame['quarter_part']} of the quarter; {why}",
            uses_reference=uses,
        )
    value = (
        Edtf.parse(f"{year}-{32 + first}")
        if first == last
        else Edtf.parse(f"{year}-{3 * first - 2:02d}/{year}-{3 * last:02d}")
    )
    return _days(value, f"the quarter; {why}", uses_reference=uses)


def _quarter_word(frame: Frame, context: Context) -> Reach:
    if context.today is None:
        return _nothing("counted from an unknown quarter")
    start = date(context.today.year, 3 * quarter_of(context.today) - 2, 1)
    if "quarters_next" in frame:
        count = int(frame["quarters_next"])
        last = add_months(start, 3 * count + 2)
        value = Edtf.of_range(Edtf.of_parts(*_ym(add_months(start, 3))), Edtf.of_parts(*_ym(last)))
        return _days(value, f"the quarters after {context.anchor}", uses_reference=True)
    moved = add_months(start, 3 * int(frame["quarter_offset"]))
    if "quarter_part" in frame:
        month = moved if frame["quarter_part"] == "begin" else add_months(moved, 2)
        return _days(
            Edtf.of_parts(*_ym(month)), f"the quarter counted from {context.anchor}", uses_reference=True
        )
    value = Edtf(Point(f"{moved.year:04d}", str(32 + quarter_of(moved))))
    return _days(value, f"the quarter counted from {context.anchor}", uses_reference=True)


def _ym(day: date) -> tuple[int, int]:
    return day.year, day.month


def _week(frame: Frame, context: Context) -> Reach:
    if context.today is None:
        return _nothing("a weekday of an unknown week")
    monday = monday_of(context.today) + timedelta(days=7 * int(frame.get("week_offset", 0)))
    if "weekday" not in frame:
        value = Edtf.of_range(Edtf.of_day(monday), Edtf.of_day(monday + timedelta(days=6)))
        return _days(value, f"the week counted from {context.anchor}", uses_reference=True)
    day = monday + timedelta(days=int(frame["weekday"]) - 1)
    reason = f"the weekday in the week counted from {context.anchor}"
    if "week_offset" not in frame:
        if context.tense == "future" and day < context.today:
            day += timedelta(days=7)
        elif context.reading == "news" and context.tense != "future" and day > context.today:
            day -= timedelta(days=7)
        reason = f"the weekday nearest to {context.anchor}"
    last = day + timedelta(days=int(frame.get("end_weekday", frame["weekday"])) - int(frame["weekday"]))
    return _days(Edtf.of_range(Edtf.of_day(day), Edtf.of_day(last)), reason, uses_reference=True)


def _day_word(frame: Frame, context: Context) -> Reach:
    if "month" in frame and "day" in frame:  # 今天(11月6日): the date in brackets says which day
        return _calendar({k: v for k, v in frame.items() if k != "day_offset"}, context)
    if "day_back" in frame:
        return _day_back(frame, context)
    if context.today is not None:
        day = context.today + timedelta(days=int(frame["day_offset"]))
        if "day" not in frame or int(frame["day"]) == day.day:
            return _days(Edtf.of_day(day), f"counted from {context.anchor}", uses_reference=True)
    if "day" in frame:
        return _calendar({k: v for k, v in frame.items() if k != "day_offset"}, context)
    if context.year is None:
        return _nothing("counted from an unknown day")
    value = Edtf.of_parts(context.year, context.month).with_qualifier("~")
    return _days(value, f"counted from a day of {context.anchor}", uses_reference=True)


def _day_back(frame: Frame, context: Context) -> Reach:
    told = context.told_day
    offset = int(frame["day_back"])
    if told is not None and told.day is not None and told.month is not None:
        if told.year is None:
            base = date(2023, told.month, min(told.day, 28)) + timedelta(
                days=offset + told.day - min(told.day, 28)
            )
            value = Edtf.of_parts(None, base.month, base.day)
            return _days(value, "counted from the date before it")
        day = date(told.year, told.month, told.day) + timedelta(days=offset)
        return _days(
            Edtf.of_day(day),
            f"counted from the date before it ({told.year:04d}-{told.month:02d}-{told.day:02d})",
        )
    if told is not None and told.day is not None and not offset:
        return _days(Edtf.of_parts(None, None, told.day), "the day told before it")
    if context.today is None or (context.reading == "news" and told is not None):
        return _nothing("no day was told before it")
    day = context.today + timedelta(days=offset)
    return _days(
        Edtf.of_day(day), f"no day was told before it; counted from {context.anchor}", uses_reference=True
    )


def _calendar(frame: Frame, context: Context) -> Reach:
    """Year, month and day as far as they are said."""
    year, why, uses = year_of(frame, context)
    month, day = _month_of(frame, context)
    if isinstance(month, str):
        return _nothing(month)
    if "month_offset" in frame or "month_back" in frame:
        year, month, why = _counted_month(frame, context, year)
        uses = "month_offset" in frame
    if month is None and day is not None:
        year, month, why, uses = _day_only(day, context)
    elif month is not None and year is None and not _has_year(frame):
        if "month_offset" not in frame and "month_back" not in frame:
            year, why = pick_year(context, month, day)
            uses = year is not None
    if year is None and month is None and day is None:
        return _nothing(why or "nothing is known")
    return _value(frame, year, month, day, why, uses)


def _month_of(frame: Frame, context: Context) -> tuple[int | str | None, int | None]:
    month = int(frame["month"]) if "month" in frame else None
    return month, int(frame["day"]) if "day" in frame else None


def _counted_month(frame: Frame, context: Context, year: int | None) -> tuple[int | None, int | None, str]:
    if "month_back" in frame:
        told = context.told
        if told is not None and told.month is not None:
            index = (told.year or 2000) * 12 + told.month - 1 + int(frame["month_back"])
            found = index // 12 if told.year is not None else None
            return found, index % 12 + 1, "the month counted from the date before it"
        offset = int(frame["month_back"])
    else:
        offset = int(frame["month_offset"])
    if context.year is None or context.month is None:
        return context.year, None, f"the month counted from {context.anchor} is not known"
    index = context.year * 12 + context.month - 1 + offset
    return index // 12, index % 12 + 1, f"the month counted from {context.anchor}"


def _day_only(day: int, context: Context) -> tuple[int | None, int | None, str, bool]:
    """9日 takes the month of the date told just before it, else the nearest month of the reference."""
    told = context.told
    if told is not None and told.month is not None and context.is_told_near:
        year, month = _nearest_month(told, day, context)
        return year, month, "the month of the date before it", False
    if context.year is not None and context.month is not None:
        year, month = context.year, context.month
        today = context.today.day if context.today else 31
        if (
            day > today
            and context.tense != "future"
            and (context.reading == "news" or context.tense == "past")
        ):
            year, month = _month_before(year, month)
        while not is_day(year, month, day):
            year, month = _month_before(year, month)
        return year, month, f"the month by {context.anchor}", True
    if told is not None and told.month is not None:
        return told.year, told.month, "the month of the last date told", False
    return context.year, None, "no month is known", context.year is not None


def _nearest_month(told: Told, day: int, context: Context) -> tuple[int | None, int]:
    assert told.month is not None
    year, month = told.year, told.month
    if told.day is not None and told.day - day > 15:
        after = (year + (month == 12) if year else None, month % 12 + 1)
        limit = context.today
        if (
            limit is None
            or after[0] is None
            or context.tense == "future"
            or (after[0], after[1], day) <= (limit.year, limit.month, limit.day)
        ):
            return after
    return year, month


def _month_before(year: int, month: int) -> tuple[int, int]:
    return (year, month - 1) if month > 1 else (year - 1, 12)


def _value(frame: Frame, year: int | None, month: int | None, day: int | None, why: str, uses: bool) -> Reach:
    if "from_day" in frame and month is not None:
        return _month_part(frame, year, month, why, uses)
    if day is not None and month is not None and year is not None and not is_day(year, month, day):
        return _nothing(f"{year}-{month}-{day} is no day of the calendar")
    value = Edtf.of_parts(year, month, day)
    if "end_day" in frame and day is not None:
        end_year, end_month = year, month
        if int(frame["end_day"]) < day and month is not None:
            index = (year or 2000) * 12 + month
            end_year, end_month = (index // 12 if year else None), index % 12 + 1
        value = Edtf.of_range(value, Edtf.of_parts(end_year, end_month, int(frame["end_day"])))
    elif "end_month" in frame and month is not None:
        value = Edtf.of_range(value, Edtf.of_parts(year, int(frame["end_month"])))
    elif "end_year" in frame and year is not None:
        value = Edtf.of_range(value, Edtf.of_parts(int(frame["end_year"])))
    elif "end_year_offset" in frame and year is not None:
        value = Edtf.of_range(
            value, Edtf.of_parts(year + int(frame["end_year_offset"]) - int(frame["year_offset"]))
        )
    return _days(value, why or "stated in full", uses_reference=uses)


def _month_part(frame: Frame, year: int | None, month: int, why: str, uses: bool) -> Reach:
    low, high = int(frame["from_day"]), int(frame["to_day"])
    last = month_end(year or 2023, month).day
    start = Edtf.of_parts(year, month, low)
    end = Edtf.of_parts(year, month, min(high, last))
    return _days(
        Edtf.of_range(start, end).with_qualifier("~"), f"part of the month; {why}", uses_reference=uses
    )


def _nth(frame: Frame, context: Context) -> Reach:
    """第三周, 前两天, 最后五天, 第3个星期日 within the year, quarter or month that stands before it."""
    plain = {k: v for k, v in frame.items() if not k.startswith("nth")}
    whole = point_reach(plain, context)
    if whole.first is None or whole.last is None:
        return _nothing(f"counted inside an unknown time; {whole.reason}")
    first, last = whole.first, whole.last
    if "nth_weekday" in frame:
        day = first + timedelta(
            days=(int(frame["nth_weekday"]) - first.isoweekday()) % 7 + 7 * (int(frame["nth"]) - 1)
        )
        return _days(Edtf.of_day(day), f"counted inside; {whole.reason}", uses_reference=whole.uses_reference)
    low, high = int(frame["nth"]), int(frame.get("nth_end", frame["nth"]))
    unit = str(frame["nth_unit"])
    if unit == "month":
        start, end = (first, first) if low > 0 else (last, last)
        a = add_months(start.replace(day=1), low - 1 if low > 0 else low + 1)
        b = add_months(end.replace(day=1), high - 1 if low > 0 else high + 1)
        value = Edtf.of_range(Edtf.of_parts(*_ym(a)), Edtf.of_parts(*_ym(b)))
        return _days(value, f"counted inside; {whole.reason}", uses_reference=whole.uses_reference)
    size = 7 if unit == "week" else 1
    origin = first + timedelta(days=(1 - first.isoweekday()) % 7) if size == 7 else first
    if low > 0:
        a, b = origin + timedelta(days=size * (low - 1)), origin + timedelta(days=size * high - 1)
    else:
        a, b = last + timedelta(days=size * low + 1), last
    return _days(
        Edtf.of_range(Edtf.of_day(a), Edtf.of_day(b)),
        f"counted inside; {whole.reason}",
        uses_reference=whole.uses_reference,
    )
