"""Lengths of time counted from now: 三年前, 近三个月, 五日内, 前两周; a length and a direction to the days meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from timeline.edtf import Edtf, Point
from timeline.errors import EdtfError
from timeline.times.calendars import add_months, add_workdays, monday_of, month_end, quarter_of
from timeline.times.context import Context, Reach
from timeline.times.years import about

_CLOCK_UNITS = {"hour": 3600, "minute": 60, "second": 1, "quarter_hour": 900}
_PRECISION = {"year": "year", "century": "year", "quarter": "month", "month": "month"}


def span_reach(frame: Mapping[str, int | str], context: Context) -> Reach:
    """Resolve a counted length against the reference; without one nothing is known."""
    unit, halves = str(frame["unit"]), int(frame["halves"])
    direction = str(frame["direction"])
    if "most" in frame and direction in ("next", "within"):  # 未来三到五年, 两三年内: as far as it can reach
        frame = {**frame, "halves": 2 * int(frame["most"])}
    if direction == "later" and (told := _after_told(frame, context)) is not None:
        return told
    reason = f"{'about ' if 'vague' in frame else ''}{halves / 2:g} {unit}(s), {direction}, counted from {context.anchor}"
    if unit in _CLOCK_UNITS:
        return _clock_reach(frame, context, direction, reason)
    if context.today is None:
        return _rough(frame, context, direction, reason)
    try:
        return _day_reach(frame, context, context.today, direction, reason)
    except (ValueError, OverflowError, EdtfError):
        return Reach(reason=f"{reason}: beyond the calendar")


def _after_told(frame: Mapping[str, int | str], context: Context) -> Reach | None:
    """Count from the date told just before: 6月5日通车。|三天后|，产业园开工; not where that leads past the day of the page."""
    told, unit = context.told, str(frame["unit"])
    if context.reading != "news" or context.tense == "future" or not context.is_told_near:
        return None
    if told is None or told.year is None or context.today is None or unit in _CLOCK_UNITS:
        return None
    if (told.month is None and unit != "year") or (told.day is None and _PRECISION.get(unit) is None):
        return None
    try:
        start = date(told.year, told.month or 1, told.day or 1)
        if shift(start, frame, 1) > context.today:
            return None
        reach = _point(frame, start, 1, f"counted from the date before it ({told.value})")
    except (ValueError, OverflowError, EdtfError):
        return None
    return reach._replace(uses_reference=False) if reach.edtf is not None else None


def _rough(frame: Mapping[str, int | str], context: Context, direction: str, reason: str) -> Reach:
    """Against a year alone whole years can be counted, 过去一年 is about the year before; all else stays open."""
    halves = int(frame["halves"])
    counted = direction in ("ago", "later") or (direction == "last" and halves == 2)
    if context.year is None or frame["unit"] != "year" or halves % 2 or not counted:
        return Reach(reason=f"{reason}: the day is not known")
    year = context.year + halves // 2 * (1 if direction == "later" else -1)
    return _whole(about(Edtf.of_parts(year)), reason) if 1 <= year <= 9999 else Reach(reason=reason)


def _whole(value: Edtf, reason: str, first: date | None = None, last: date | None = None) -> Reach:
    low, high = value.bounds()
    return Reach(value, first or low, last or high, reason=reason, uses_reference=True)


def shift(day: date, frame: Mapping[str, int | str], sign: int) -> date:
    """Move a day by a length.

    >>> shift(date(2021, 6, 14), {"unit": "month", "halves": 5}, -1)
    datetime.date(2021, 3, 30)
    """
    moved = _shift(day, str(frame["unit"]), int(frame["halves"]) * sign)
    if "unit2" in frame:
        moved = _shift(moved, str(frame["unit2"]), int(frame["count2"]) * 2 * sign)
    return moved


def _shift(day: date, unit: str, halves: int) -> date:
    sign = -1 if halves < 0 else 1
    count = abs(halves)
    if unit == "year":
        return add_months(day, sign * count * 6)
    if unit == "century":
        return add_months(day, sign * count * 600)
    if unit == "quarter":
        return add_months(day, sign * count * 3 // 2)
    if unit == "month":
        moved = add_months(day, sign * (count // 2))
        return moved + timedelta(days=15 * sign) if count % 2 else moved
    if unit == "week":
        return day + timedelta(days=sign * count * 7 // 2)
    if unit == "workday":
        return add_workdays(day, sign * count // 2)
    if unit in _CLOCK_UNITS:
        return day
    return day + timedelta(days=sign * (count // 2))


def _day_reach(
    frame: Mapping[str, int | str], context: Context, today: date, direction: str, reason: str
) -> Reach:
    is_midnight = context.moment is not None and context.moment.time() == datetime.min.time()
    if direction in ("ago", "later"):
        return _point(frame, today, -1 if direction == "ago" else 1, reason)
    if direction == "last":
        first = shift(today, frame, -1)
        last = today - timedelta(days=1) if is_midnight else today
        return _rolling(frame, first, max(first, last), reason)
    if direction == "within":  # the day of speaking is not counted: the last day is the deadline
        return _rolling(frame, today, shift(today, frame, 1), reason)
    if direction == "next":
        is_whole = frame["unit"] in _PRECISION and int(frame["halves"]) % 2 == 0
        last = shift(today, frame, 1) - timedelta(days=1 if is_midnight or is_whole else 0)
        return _rolling(frame, today, max(today, last), reason)
    if direction in ("previous", "following"):
        if context.reading == "news" and frame["unit"] == "month" and direction == "previous":
            return _year_to_month(frame, today, reason)
        return _neighbours(frame, today, direction, reason)
    return Reach(reason=reason)


def _at_precision(day: date, frame: Mapping[str, int | str]) -> Edtf:
    """Say a counted day no more precisely than its unit does."""
    unit, halves = str(frame["unit"]), int(frame["halves"])
    if "unit2" in frame:
        unit, halves = str(frame["unit2"]), 2
    if unit in ("year", "century") and halves % 2 == 0:
        return Edtf.of_parts(day.year)
    if unit in ("year", "quarter") or (unit == "month" and halves % 2 == 0):
        return Edtf.of_parts(day.year, day.month)
    return Edtf.of_day(day)


def _point(frame: Mapping[str, int | str], today: date, sign: int, reason: str) -> Reach:
    moved = shift(today, frame, sign)
    unit, halves = str(frame["unit"]), int(frame["halves"])
    count = halves // 2
    if "vague" in frame and unit == "year" and int(frame.get("most", 0)) <= 4 * count:
        far, near = today.year + sign * _most(frame, count), today.year + sign * count
        low, high = sorted((max(1, far), near))
        value = about(Edtf.of_range(Edtf.of_parts(low), Edtf.of_parts(high)))
        return _whole(value, reason)
    if int(frame.get("most", 0)) > 4 * count:
        return Reach(reason=f"{reason}: too vague for a value", uses_reference=True)
    if "most" in frame:
        far_day = shift(today, {**frame, "halves": 2 * int(frame["most"])}, sign)
        first, last = sorted((_at_precision(moved, frame), _at_precision(far_day, frame)), key=str)
        return _whole(about(Edtf.of_range(first, last)), reason)
    if unit == "week" and "unit2" not in frame:
        monday = monday_of(moved)
        return _whole(Edtf.of_range(Edtf.of_day(monday), Edtf.of_day(monday + timedelta(days=6))), reason)
    if unit == "quarter" and halves % 2 == 0 and "unit2" not in frame:
        month = 3 * quarter_of(moved) - 2
        return _whole(
            Edtf(Point(f"{moved.year:04d}", f"{32 + quarter_of(moved):02d}")),
            reason,
            date(moved.year, month, 1),
        )
    value = _at_precision(moved, frame)
    if "vague" in frame or unit in ("year", "month"):
        value = about(value)
    return _whole(value, reason)


def _most(frame: Mapping[str, int | str], count: int) -> int:
    """Give the most years that a vague number can stand for: 三百多 ends at 399, 几十 and 三五 at what is said."""
    if "most" in frame:
        return int(frame["most"])
    scale = next((s for s in (1000, 100, 10) if count >= s and count % s == 0), 2)
    return count + scale - 1


def _rolling(frame: Mapping[str, int | str], first: date, last: date, reason: str) -> Reach:
    """近三年: the days are counted, the value is no more precise than the unit."""
    low, high = _at_precision(first, frame), _at_precision(last, frame)
    value = Edtf.of_range(low, high)
    if str(frame["unit"]) in _PRECISION or "vague" in frame:
        value = about(value)
    return _whole(value, reason, first, last)


def _year_to_month(frame: Mapping[str, int | str], today: date, reason: str) -> Reach:
    """前9个月 in news: January to September, of this year once they are over."""
    count = min(12, int(frame["halves"]) // 2)
    year = today.year if count < today.month or (count == today.month and today.day > 25) else today.year - 1
    value = Edtf.of_range(Edtf.of_parts(year, 1), Edtf.of_parts(year, max(1, count)))
    return _whole(value, f"the first {count} months of {year}; {reason}")


def _neighbours(frame: Mapping[str, int | str], today: date, direction: str, reason: str) -> Reach:
    """前两年, 后两周: whole calendar units next to this one."""
    unit, halves = str(frame["unit"]), int(frame["halves"])
    back = direction == "previous"
    if unit == "year":
        near = Edtf.of_parts(today.year - 1 if back else today.year + 1)
        far = Edtf.of_parts(today.year + (-1 if back else 1) * max(1, halves // 2))
    elif unit == "month":
        near_day = add_months(today.replace(day=1), -1 if back else 1)
        far_day = add_months(today.replace(day=1), (-1 if back else 1) * max(1, halves // 2))
        near, far = Edtf.of_parts(near_day.year, near_day.month), Edtf.of_parts(far_day.year, far_day.month)
    elif unit == "quarter":
        start = date(today.year, 3 * quarter_of(today) - 2, 1)
        first = add_months(start, -3 * (halves // 2) if back else 3)
        last = add_months(start, -1 if back else 3 * (halves // 2) + 2)
        return _rolling_exact(first, month_end(last.year, last.month), reason)
    elif unit == "week":
        monday = monday_of(today)
        first = monday - timedelta(days=7 * (halves // 2)) if back else monday + timedelta(days=7)
        return _rolling_exact(first, first + timedelta(days=7 * (halves // 2) - 1), reason)
    else:
        first = today - timedelta(days=halves // 2) if back else today + timedelta(days=1)
        return _rolling_exact(first, first + timedelta(days=max(1, halves // 2) - 1), reason)
    low, high = (far, near) if back else (near, far)
    return _whole(Edtf.of_range(low, high), reason)


def _rolling_exact(first: date, last: date, reason: str) -> Reach:
    return _whole(Edtf.of_range(Edtf.of_day(first), Edtf.of_day(last)), reason)


def _clock_reach(frame: Mapping[str, int | str], context: Context, direction: str, reason: str) -> Reach:
    if context.today is None:
        return Reach(reason=f"{reason}: the day is not known")
    if context.moment is None:
        value = about(Edtf.of_day(context.today))
        return _whole(value, f"{reason}: the hour is not known")
    seconds = _CLOCK_UNITS[str(frame["unit"])] * int(frame["halves"]) / 2
    if "unit2" in frame:
        seconds += _CLOCK_UNITS.get(str(frame["unit2"]), 0) * int(frame["count2"])
    is_back = direction in ("ago", "last", "previous")
    try:
        moved = context.moment + timedelta(seconds=-seconds if is_back else seconds)
    except OverflowError:
        return Reach(reason=f"{reason}: beyond the calendar")
    if direction in ("ago", "later"):
        return _clocks(moved, moved, reason)
    low, high = (moved, context.moment) if is_back else (context.moment, moved)
    return _clocks(low, high - timedelta(minutes=1) if high - low > timedelta(minutes=1) else high, reason)


def _clocks(low: datetime, high: datetime, reason: str) -> Reach:
    value = Edtf.of_range(Edtf.of_day(low.date()), Edtf.of_day(high.date()))
    return Reach(value, low.date(), high.date(), low, high, reason, True)
