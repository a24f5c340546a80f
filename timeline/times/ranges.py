"""From two ends to one range, and from a day and a clock to a time: what each leaves to the other is filled in here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from timeline.edtf import Edtf
from timeline.errors import EdtfError
from timeline.times.clocks import clock_span, has_clock
from timeline.times.context import Context, Reach, Told
from timeline.times.points import point_reach
from timeline.times.words import holidays
from timeline.times.years import about

Frame = Mapping[str, int | str]
# an end that has one of these is counted by itself
_COUNTED = frozenset({"day_offset", "day_back", "month_offset", "week_offset", "holiday", "direction", "now"})
# an end that has one of these is of the year of its start
_IN_YEAR = frozenset({"from_day", "quarter"})
_LUNAR_PARTS = frozenset({"year", "year_offset", "year_back", "lunar", "month"})


def clocked(frame: Frame, reach: Reach, context: Context) -> Reach:
    """Add the time of day, on the day told, else on the day told before, else on the day of speaking."""
    if not has_clock(frame) or reach.begins is not None:
        return reach
    if reach.edtf is None and not _names_day(frame):
        told = context.told
        if told is not None and told.day is not None and told.month is not None and context.is_told_near:
            value = Edtf.of_parts(told.year, told.month, told.day)
            low, high = value.bounds()
            reach = Reach(value, low, high, reason="the day of the date before it")
        elif context.moment is not None and context.today is not None:
            value = Edtf.of_day(context.today)
            reach = Reach(
                value, context.today, context.today, reason=f"a time on {context.anchor}", uses_reference=True
            )
        else:
            return Reach(reason="a time of day whose day is not known")
    if reach.first is None or reach.first != reach.last:
        return reach
    begins, ends = clock_span(reach.first, frame)
    if begins.date() != reach.first:  # 晚上12点 is the midnight after
        return reach._replace(
            edtf=Edtf.of_day(begins.date()),
            first=begins.date(),
            last=begins.date(),
            begins=begins,
            ends=ends,
        )
    return reach._replace(begins=begins, ends=ends)


def shifted(frame: Frame, reach: Reach) -> Reach:
    """春节前两天: so many days from the day named."""
    if "shift" not in frame or reach.first is None:
        return reach
    count = int(frame["shift"])
    day = (reach.first if count < 0 else reach.last or reach.first) + timedelta(days=count)
    return reach._replace(
        edtf=Edtf.of_day(day),
        first=day,
        last=day,
        reason=f"{count:+d} day(s) from there; {reach.reason}",
    )


def _names_day(frame: Frame) -> bool:
    return bool(set(frame) - {"hour", "minute", "second", "part"})


def range_reach(frame: Frame, ends: dict[str, int | str], context: Context) -> Reach:
    """Resolve a range: both ends, each with what the other leaves to it."""
    opening = {k: v for k, v in frame.items() if not k.startswith("end_")}
    if "year" in ends and not any(k.startswith("year") for k in opening) and "month" in opening:
        opening["year"] = _start_year(opening, ends)
    start = clocked(opening, shifted(opening, point_reach(opening, context)), context)
    if (
        opening.get("year_part") == "end" and start.last is not None
    ):  # 2024年底到现在 begins as the year is over
        start = start._replace(edtf=about(Edtf.of_day(start.last)), first=start.last)
    told = told_of(start, None, opening) or context.told
    inner = context._replace(told=told, is_told_near=True, is_told_in_sentence=True, known_year=None)
    closing = _inherit(ends, opening, start)
    end = clocked(closing, point_reach(closing, inner), inner)
    if end.edtf is None and start.edtf is not None:
        return start._replace(reason=f"{start.reason}; its end: {end.reason}")
    if start.edtf is None:
        return end._replace(
            edtf=None,
            first=None,
            begins=None,
            ends=None,
            reason=f"start: {start.reason}; end: {end.reason}",
        )
    return _between(start, end)


def _start_year(opening: Frame, ends: Frame) -> int:
    """3月5日至2020年4月8日 begins in 2020, 12月5日至2020年1月8日 the year before."""
    later = int(opening["month"]) > int(ends.get("month", 12))
    return int(ends["year"]) - (1 if later else 0)


def _inherit(ends: dict[str, int | str], opening: Frame, start: Reach) -> dict[str, int | str]:
    """Give the end the coarser parts it leaves to the start."""
    closing = dict(ends)
    if not _names_day(closing) and ("hour" in closing or "part" in closing):
        return _same_part(closing, opening)
    if "lunar" in closing and "month" not in closing:
        return _lunar_month_of(opening) | closing
    has_month = any(key.startswith("month") for key in closing)
    has_year = any(key.startswith("year") for key in closing)
    if has_year or start.first is None or not _COUNTED.isdisjoint(closing):
        return closing
    if "month" in closing and "lunar" not in closing:
        return closing | _year_of_end(closing, start)
    if "day" in closing and not has_month:
        return closing | _month_of_end(closing, start.first)
    if "weekday" in closing:
        return (
            closing
            | _part_of_start(closing, start.first)
            | _weekday_after(start.first, int(closing["weekday"]))
        )
    if not _IN_YEAR.isdisjoint(closing):
        return {"year": start.first.year} | _part_of_start(closing, start.first) | closing
    return closing


def _year_of_end(closing: Mapping[str, int | str], start: Reach) -> dict[str, int | str]:
    """12月30日至1月2日: an end that lies before its start in the calendar is of the next year; none where none is known."""
    if start.first is None or start.edtf is None or not start.edtf.is_year_known:
        return {}
    on = (int(closing["month"]), int(closing.get("day", 31)))
    return {"year": start.first.year + (on < (start.first.month, start.first.day))}


def _month_of_end(closing: Mapping[str, int | str], first: date) -> dict[str, int | str]:
    """6月28日至3日: a day before that of the start is of the next month."""
    index = first.year * 12 + first.month - 1 + (int(closing["day"]) < first.day)
    return {"month": index % 12 + 1, "year": index // 12}


def _part_of_start(closing: Mapping[str, int | str], first: date) -> dict[str, int | str]:
    """6月上旬至中旬: a part of a month is of the month of the start, where it names none."""
    return {"month": first.month} if "from_day" in closing and "month" not in closing else {}


def _lunar_month_of(opening: Frame) -> dict[str, int | str]:
    """正月初一至初七, 大年初一到初八: the end lies in the lunar month of the start."""
    entry = holidays().get(str(opening.get("holiday", "")))
    month: dict[str, int | str] = (
        {"month": int(entry.get("month"))} if entry is not None and entry.kind == "lunar" else {}
    )
    return month | {k: v for k, v in opening.items() if k in _LUNAR_PARTS}


def _same_part(closing: dict[str, int | str], opening: Frame) -> dict[str, int | str]:
    """下午1点到3点 ends in the afternoon too; 晚上10点到2点 does not."""
    if "part" in opening and "part" not in closing and int(closing["hour"]) > int(opening.get("hour", 24)):
        return closing | {"part": opening["part"]}
    return closing


def _weekday_after(day: date, weekday: int) -> dict[str, int | str]:
    found = day + timedelta(days=(weekday - day.isoweekday()) % 7)
    return {"year": found.year, "month": found.month, "day": found.day}


def _between(start: Reach, end: Reach) -> Reach:
    assert start.edtf is not None
    assert end.edtf is not None
    reason = start.reason if start.reason == end.reason else f"{start.reason}; end: {end.reason}"
    uses = start.uses_reference or end.uses_reference
    last, ends = end.last, end.ends
    if end.begins is not None:  # 8点到10点 ends at ten, not at one minute to eleven
        ends = end.begins if end.begins == end.ends else end.begins - timedelta(minutes=1)
        if end.ends is not None and end.ends - end.begins > timedelta(hours=1):
            ends = end.ends
        if end.begins == end.ends and ends.time() == datetime.min.time():
            ends -= timedelta(minutes=1)  # what ends at midnight sharp ends with the day before
        if start.begins is not None and ends < start.begins and ends + timedelta(days=1) > start.begins:
            ends += timedelta(days=1)
        last = ends.date()
    try:
        value = Edtf.of_range(start.edtf, _as_end(end, last))
    except EdtfError:
        return start._replace(reason=f"{start.reason}; its end lies before its start and is left out")
    if start.first and last and last < start.first:
        return start._replace(reason=f"{start.reason}; its end lies before its start and is left out")
    return Reach(value, start.first, last, start.begins, ends if start.begins else None, reason, uses)


def _as_end(end: Reach, last: date | None) -> Edtf:
    assert end.edtf is not None
    if end.begins is not None and last is not None:
        return Edtf.of_day(last)
    return end.edtf


def told_of(reach: Reach, told: Told | None, frame: Frame) -> Told | None:
    """Keep what a value says for the dates after it; without a value what was told before stays."""
    if reach.edtf is None or reach.edtf.start is None:
        return told
    point = reach.edtf.start
    year = int(point.year) if point.is_year_known else None
    month = int(point.month) if point.month and point.month != "XX" and int(point.month) <= 12 else None
    day = int(point.day) if point.day and point.day != "XX" else None
    is_stated = "year" in frame or "year_offset" in frame
    if not is_stated and told is not None:
        is_stated = told.is_year_stated and told.year == year
    is_period = reach.edtf.is_interval and day is None  # 今年1至6月: no month of the days after it
    return Told(year, month, day, is_stated, str(reach.edtf), is_period)
