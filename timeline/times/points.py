"""One point of time: what a frame says, against its context, to the days it spans; coarse parts first, then the finer."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from timeline.edtf import Edtf
from timeline.errors import EdtfError
from timeline.times.calendars import add_months, is_day, monday_of, month_end
from timeline.times.context import Context, Reach, Told, pick_year
from timeline.times.festivals import festival_reach, lunar_reach
from timeline.times.periods import century_reach, now_reach, part_of_year_reach, recent_reach
from timeline.times.spans import shift, span_reach
from timeline.times.tokens import END_KEYS
from timeline.times.years import Frame, about, days_value, has_year, nothing, year_and_month, year_of

_COUNTED_MONTH = frozenset({"month_offset", "month_back"})
_SAYS_DAY = frozenset({"day", "month", "day_offset", "day_back", "nth"})
_DAY_KEYS = frozenset({"day", "day_offset", "holiday"})
_SPAN_KEYS = frozenset({"direction", "unit", "halves", "unit2", "count2", "vague", "most"})
_YEARLY = frozenset({"quarter", "quarter_offset", "quarters_next", "season", "year_part"})


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
    """Give what a frame reaches: the first kind of time whose parts it has decides, plain calendar dates before all."""
    if _PLAIN.issuperset(frame):
        return _calendar(frame, context)
    if "direction" in frame:
        return _from_span(frame, context)
    if "recent" in frame or "recent_years" in frame:
        return recent_reach(frame, context)
    if "now" in frame or "from_now" in frame:
        return now_reach(frame, context)
    if "before_christ" in frame:
        return nothing("before the common era: no day of it is counted here")
    if "event_back" in frame:
        if context.told_day is None or not context.told_day.value:
            return nothing("the time of an event whose day was not told")
        return days_value(Edtf.parse(context.told_day.value).plain(), "the date of the event told before it")
    if "plan" in frame:
        return _plan(frame)
    if "decade" in frame or "century" in frame or "century_offset" in frame:
        return century_reach(frame, context)
    if "holiday" in frame:
        return festival_reach(frame, context)
    if "lunar" in frame:
        return lunar_reach(frame, context)
    if not _YEARLY.isdisjoint(frame):
        return part_of_year_reach(frame, context)
    if ("week_offset" in frame or "weekday" in frame) and _SAYS_DAY.isdisjoint(frame):
        return _week(frame, context)
    if "day_offset" in frame or "day_back" in frame:
        return _day_word(frame, context)
    if "from_day" in frame and _COUNTED_MONTH.isdisjoint(frame) and "month" not in frame:
        return _part_alone(frame, context)
    if "nth" in frame or "nth_weekday" in frame:
        return _nth(frame, context)
    return _calendar(frame, context)


def _plan(frame: Frame) -> Reach:
    """十四五, 十四五末: the years of a five-year plan, of which the sixth began in 1981."""
    first = 1981 + 5 * (int(frame["plan"]) - 6)
    value = Edtf.of_range(Edtf.of_parts(first), Edtf.of_parts(first + 4))
    if "plan_part" in frame:
        value = about(Edtf.of_parts(first + (4 if frame["plan_part"] == "end" else 0)))
    return days_value(value, f"five-year plan {frame['plan']}")


def _from_span(frame: Frame, context: Context) -> Reach:
    base = {key: value for key, value in frame.items() if key not in _SPAN_KEYS}
    if not _DAY_KEYS.isdisjoint(base) and "halves" in frame and base != {"day_offset": 0}:
        if frame["unit"] == "year" and "month" in base and context.year is not None:  # 三年前的6月9日
            years = int(frame["halves"]) // 2 * (-1 if frame["direction"] == "ago" else 1)
            return _calendar({**base, "year_offset": years}, context)
        start = point_reach(base, context).first
        if start is not None:  # 昨天的两天后
            day = shift(start, frame, -1 if frame["direction"] == "ago" else 1)
            return days_value(Edtf.of_day(day), f"counted from {start}", uses_reference=True)
    reach = span_reach(frame, context)
    if "day_offset" in frame and context.today is not None and reach.edtf is not None:
        day = shift(context.today, frame, -1 if frame["direction"] == "ago" else 1)
        return days_value(Edtf.of_day(day), f"this day, {reach.reason}", uses_reference=True)
    if "quarter" in frame and reach.first is not None:
        return part_of_year_reach({**frame, "year": reach.first.year}, context)
    if "month" in frame and reach.first is not None:
        value = Edtf.of_parts(reach.first.year, int(frame["month"]))
        return days_value(value, reach.reason, uses_reference=True)
    return reach


def _week(frame: Frame, context: Context) -> Reach:
    if context.today is None:
        return nothing("a weekday of an unknown week")
    monday = monday_of(context.today) + timedelta(days=7 * int(frame.get("week_offset", 0)))
    if "weekday" not in frame:
        value = Edtf.of_range(Edtf.of_day(monday), Edtf.of_day(monday + timedelta(days=6)))
        return days_value(value, f"the week counted from {context.anchor}", uses_reference=True)
    day = monday + timedelta(days=int(frame["weekday"]) - 1)
    reason = f"the weekday in the week counted from {context.anchor}"
    if "week_offset" not in frame:
        if context.tense == "future" and day < context.today:
            day += timedelta(days=7)
        elif context.reading == "news" and context.tense != "future" and day > context.today:
            day -= timedelta(days=7)
        reason = f"the weekday nearest to {context.anchor}"
    last = day + timedelta(days=int(frame.get("end_weekday", frame["weekday"])) - int(frame["weekday"]))
    return days_value(Edtf.of_range(Edtf.of_day(day), Edtf.of_day(last)), reason, uses_reference=True)


def _part_alone(frame: Frame, context: Context) -> Reach:
    """月底, 中旬: of the month told just before it, else of the month that runs."""
    told = context.told
    if told is not None and told.month is not None and context.is_told_near:
        return _month_part(frame, told.year, told.month, "the month of the date before it", False)
    if context.month is None:
        return nothing("part of an unknown month")
    return _month_part(frame, context.year, context.month, f"the month of {context.anchor}", True)


def _day_word(frame: Frame, context: Context) -> Reach:
    if has_year(frame) and frame.get("day_offset") == 0 and "day" not in frame:
        return _day_of_year(frame, context)
    if "month" in frame and "day" in frame:  # 今天(11月6日): the date in brackets says which day
        return _calendar({k: v for k, v in frame.items() if k != "day_offset"}, context)
    if "day_back" in frame:
        return _day_back(frame, context)
    if context.today is not None:
        day = context.today + timedelta(days=int(frame["day_offset"]))
        if "day" not in frame or int(frame["day"]) == day.day:
            return days_value(Edtf.of_day(day), f"counted from {context.anchor}", uses_reference=True)
    if "day" in frame:
        return _calendar({k: v for k, v in frame.items() if k != "day_offset"}, context)
    if context.year is None:
        return nothing("counted from an unknown day")
    value = about(Edtf.of_parts(context.year, context.month))
    return days_value(value, f"counted from a day of {context.anchor}", uses_reference=True)


def _day_of_year(frame: Frame, context: Context) -> Reach:
    """去年今日: this day of another year."""
    year, why, _ = year_of(frame, context)
    if year is None or context.today is None:
        return nothing("this day of an unknown year")
    day = add_months(context.today, 12 * (year - context.today.year))
    return days_value(Edtf.of_day(day), f"this day of the year; {why}", uses_reference=True)


def _day_back(frame: Frame, context: Context) -> Reach:
    told = context.told_day
    offset = int(frame["day_back"])
    if told is None and "strict" in frame:
        return nothing("no day was told before it")
    if told is not None and told.day is not None and told.month is not None:
        if told.year is None:
            base = date(2023, told.month, min(told.day, 28)) + timedelta(
                days=offset + told.day - min(told.day, 28)
            )
            value = Edtf.of_parts(None, base.month, base.day)
            return days_value(value, "counted from the date before it")
        day = date(told.year, told.month, told.day) + timedelta(days=offset)
        return days_value(
            Edtf.of_day(day),
            f"counted from the date before it ({told.year:04d}-{told.month:02d}-{told.day:02d})",
        )
    if told is not None and told.day is not None and not offset:
        return days_value(Edtf.of_parts(None, None, told.day), "the day told before it")
    if context.today is None or (context.reading == "news" and told is not None):
        return nothing("no day was told before it")
    day = context.today + timedelta(days=offset)
    return days_value(
        Edtf.of_day(day), f"no day was told before it; counted from {context.anchor}", uses_reference=True
    )


def _calendar(frame: Frame, context: Context) -> Reach:
    """Year, month and day as far as they are said."""
    year, why, uses = year_of(frame, context)
    month, day = _month_of(frame, context)
    if isinstance(month, str):
        return nothing(month)
    if "month_offset" in frame or "month_back" in frame:
        stated, because = year, why
        year, month, why = _counted_month(frame, context, year)
        if stated is not None:  # 去年本月, 次年同月
            year, why = stated, f"{why}; {because}"
        uses = "month_offset" in frame
    if month is None and day is not None:
        year, month, why, uses = _day_only(day, context)
    elif month is not None and year is None and not has_year(frame) and _COUNTED_MONTH.isdisjoint(frame):
        year, why = pick_year(context, month, day)
        if year is not None and (month, day) == (2, 29):
            while not is_day(year, 2, 29) and year > 8:
                year, why = year - 1, f"the last leap year before; {why}"
        uses = year is not None
    if year is None and month is None and day is None:
        return nothing(why or "nothing is known")
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
    if told is not None and told.month is not None and context.is_told_near and not told.is_period:
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
            same = context.told_day
            if same is not None and same.day == day and same.month is not None:
                return same.year, same.month, "the day of that number told before it", False
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
    """Give the date of these parts, or the range to the end that the frame names."""
    if "from_day" in frame and month is not None:
        return _month_part(frame, year, month, why, uses)
    if day is not None and month is not None and year is not None and not is_day(year, month, day):
        return nothing(f"{year}-{month}-{day} is no day of the calendar")
    if END_KEYS.isdisjoint(frame):
        return _date(year, month, day, why or "stated in full", uses)
    value, end = Edtf.of_parts(year, month, day), _end(frame, year, month, day)
    if end is not None:
        value = Edtf.of_range(value, end)
    return days_value(value, why or "stated in full", uses_reference=uses)


def _end(frame: Frame, year: int | None, month: int | None, day: int | None) -> Edtf | None:
    """Give the end of a range whose start has these parts; an end before the start's day is of the next month."""
    if "end_day" in frame and day is not None:
        end_day = int(frame["end_day"])
        if end_day < day and month is not None:
            index = (year or 2000) * 12 + month
            return Edtf.of_parts(index // 12 if year else None, index % 12 + 1, end_day)
        return Edtf.of_parts(year, month, end_day)
    if "end_month" in frame and month is not None:
        return Edtf.of_parts(year, int(frame["end_month"]))
    if "end_year" in frame and year is not None:
        return Edtf.of_parts(int(frame["end_year"]))
    if "end_year_offset" in frame and year is not None:
        return Edtf.of_parts(year + int(frame["end_year_offset"]) - int(frame["year_offset"]))
    return None


@lru_cache(maxsize=8192)
def _date(year: int | None, month: int | None, day: int | None, why: str, uses: bool) -> Reach:
    return days_value(Edtf.of_parts(year, month, day), why, uses_reference=uses)


def _month_part(frame: Frame, year: int | None, month: int, why: str, uses: bool) -> Reach:
    low, high = int(frame["from_day"]), int(frame["to_day"])
    last = month_end(year or 2023, month).day
    start = Edtf.of_parts(year, month, low)
    end = Edtf.of_parts(year, month, min(high, last))
    return days_value(about(Edtf.of_range(start, end)), f"part of the month; {why}", uses_reference=uses)


def _nth(frame: Frame, context: Context) -> Reach:
    """第三周, 前两天, 最后五天, 第3个星期日 within the year, quarter or month that stands before it."""
    plain = {k: v for k, v in frame.items() if not k.startswith("nth")}
    whole = point_reach(plain, context)
    if whole.first is None or whole.last is None:
        return nothing(f"counted inside an unknown time; {whole.reason}")
    first, last = whole.first, whole.last
    if "nth_weekday" in frame:
        day = first + timedelta(
            days=(int(frame["nth_weekday"]) - first.isoweekday()) % 7 + 7 * (int(frame["nth"]) - 1)
        )
        return days_value(
            Edtf.of_day(day), f"counted inside; {whole.reason}", uses_reference=whole.uses_reference
        )
    low, high = int(frame["nth"]), int(frame.get("nth_end", frame["nth"]))
    unit = str(frame["nth_unit"])
    if unit == "month":
        start, end = (first, first) if low > 0 else (last, last)
        a = add_months(start.replace(day=1), low - 1 if low > 0 else low + 1)
        b = add_months(end.replace(day=1), high - 1 if low > 0 else high + 1)
        value = Edtf.of_range(Edtf.of_parts(*year_and_month(a)), Edtf.of_parts(*year_and_month(b)))
        return days_value(value, f"counted inside; {whole.reason}", uses_reference=whole.uses_reference)
    size = 7 if unit == "week" else 1
    origin = first + timedelta(days=(1 - first.isoweekday()) % 7) if size == 7 else first
    if low > 0:
        a, b = origin + timedelta(days=size * (low - 1)), origin + timedelta(days=size * high - 1)
    else:
        a, b = last + timedelta(days=size * low + 1), last
    return days_value(
        Edtf.of_range(Edtf.of_day(a), Edtf.of_day(b)),
        f"counted inside; {whole.reason}",
        uses_reference=whole.uses_reference,
    )
