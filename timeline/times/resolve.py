"""Expressions and a reference in, values out: each read in the light of the dates told before it, with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from timeline.edtf import Edtf
from timeline.errors import EdtfError
from timeline.records import Reference, ResolvedTime, TimeExpression
from timeline.times.clocks import clock_span, has_clock
from timeline.times.context import Context, Reach, Told, context_of, is_same_sentence, tense_of
from timeline.times.points import point_reach
from timeline.times.tokens import END_KEYS
from timeline.times.years import about, qualified

Frame = Mapping[str, int | str]

_OWN_SPANS = frozenset({"end_year", "end_month", "end_day", "end_weekday", "end_quarter", "end_year_offset"})


def resolve(text: str, expressions: Sequence[TimeExpression], reference: Reference) -> list[ResolvedTime]:
    """Give each expression its value, in the same order, as news tells it: a bare date is the nearest past.

    What the reference does not settle stays X or None; values that rest on an uncertain reference carry "?".
    """
    return _resolve(text, expressions, context_of(reference), is_certain=reference.is_certain)


def resolve_at(text: str, expressions: Sequence[TimeExpression], moment: datetime) -> list[ResolvedTime]:
    """Give each expression its value for someone who speaks at a moment: a bare date lies in the year that runs."""
    day = moment.date()
    context = Context(today=day, month=day.month, year=day.year, moment=moment, reading="calendar")
    return _resolve(text, expressions, context, is_certain=True)


def _resolve(
    text: str, expressions: Sequence[TimeExpression], context: Context, *, is_certain: bool
) -> list[ResolvedTime]:
    out: list[ResolvedTime] = []
    memory = _Memory()
    for expression in expressions:
        if expression.kind in ("duration", "set"):
            out.append(_unplaced(expression))
            continue
        local = context
        if not _stands_alone(expression.known):
            local = _local(text, expression, context, memory)
        reach = _reach(expression, local)
        out.append(_finish(expression, reach, is_certain=is_certain))
        memory = _remember(expression, reach, memory, local)
    return out


_LEANS_ON_TEXT = frozenset({
    "month", "day", "holiday", "weekday", "quarter", "season", "year_part", "lunar", "part", "hour", "day_back",
    "month_back", "year_back", "event_back", "decade",
})  # fmt: skip
_NOT_TOLD = frozenset(
    {"direction", "recent", "recent_years", "now", "from_now", "event_back", "plan", "century", "decade"}
)
_SETTLED = frozenset({"year", "year_offset", "day_offset", "month_offset", "week_offset"})


@dataclass(frozen=True, slots=True)
class _Memory:
    """What a text has told so far: its last date, its last day, and month-days whose year it stated."""

    told: Told | None = None
    day: Told | None = None
    years: tuple[tuple[int, int, int], ...] = ()


def _stands_alone(frame: Frame) -> bool:
    """Say whether a frame needs nothing of the text around it."""
    if not END_KEYS.isdisjoint(frame):
        return False
    return not _SETTLED.isdisjoint(frame) or _LEANS_ON_TEXT.isdisjoint(frame)


def _unplaced(expression: TimeExpression) -> ResolvedTime:
    """Give a length of time or a recurring time its reason: it lies on no day."""
    reason = (
        "a length of time, not a date" if expression.kind == "duration" else "a time that recurs, not a date"
    )
    return ResolvedTime(
        expression.start, expression.end, expression.text, expression.kind, None, None, None, reason
    )


def _local(text: str, expression: TimeExpression, context: Context, memory: _Memory) -> Context:
    start, told = expression.start, memory.told
    is_near = is_same = False
    if told is not None:
        is_near = start - told.end <= 150 and "\n" not in text[told.end : start]
        is_same = is_same_sentence(text, told.end, start)
    tense = tense_of(text, start, expression.end)
    return Context(
        context.today,
        context.month,
        context.year,
        context.moment,
        context.reading,
        context.latest,
        tense,
        told,
        memory.day,
        is_near,
        is_same,
        memory.years,
    )


def _reach(expression: TimeExpression, context: Context) -> Reach:
    frame = expression.known
    if END_KEYS.isdisjoint(frame):
        reach = _clocked(frame, _shifted(frame, point_reach(frame, context)), context)
        return _bounded(expression, reach, context) if expression.relation else reach
    ends = {k[4:]: v for k, v in frame.items() if k.startswith("end_")}
    if not (
        set(frame) & _OWN_SPANS == {f"end_{k}" for k in ends} and len(ends) == 1 and _is_one_piece(frame)
    ):
        reach = _range(frame, ends, context)
    else:
        reach = _clocked(frame, _shifted(frame, point_reach(frame, context)), context)
    return _bounded(expression, reach, context)


def _shifted(frame: Frame, reach: Reach) -> Reach:
    """春节前两天: so many days from the day named."""
    if "shift" not in frame or reach.first is None:
        return reach
    count = int(frame["shift"])
    day = (reach.first if count < 0 else reach.last or reach.first) + timedelta(days=count)
    return replace(
        reach,
        edtf=Edtf.of_day(day),
        first=day,
        last=day,
        reason=f"{count:+d} day(s) from there; {reach.reason}",
    )


def _is_one_piece(frame: Frame) -> bool:
    """5月9日至11日 and 1-5月 are one piece that ends in its own unit."""
    return any(
        f"end_{unit}" in frame and unit in frame
        for unit in ("year", "month", "day", "weekday", "quarter", "year_offset")
    )


def _clocked(frame: Frame, reach: Reach, context: Context) -> Reach:
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
        return replace(
            reach,
            edtf=Edtf.of_day(begins.date()),
            first=begins.date(),
            last=begins.date(),
            begins=begins,
            ends=ends,
        )
    return replace(reach, begins=begins, ends=ends)


def _names_day(frame: Frame) -> bool:
    return bool(set(frame) - {"hour", "minute", "second", "part"})


def _range(frame: Frame, ends: dict[str, int | str], context: Context) -> Reach:
    opening = {k: v for k, v in frame.items() if not k.startswith("end_")}
    if "year" in ends and not any(k.startswith("year") for k in opening) and "month" in opening:
        opening["year"] = _start_year(opening, ends)
    start = _clocked(opening, _shifted(opening, point_reach(opening, context)), context)
    if (
        opening.get("year_part") == "end" and start.last is not None
    ):  # 2024年底到现在 begins as the year is over
        start = replace(start, edtf=about(Edtf.of_day(start.last)), first=start.last)
    told = _told_of(start, context.told, opening)
    inner = replace(context, told=told, is_told_near=True, is_told_in_sentence=True, known_years=())
    closing = _inherit(ends, opening, start)
    end = _clocked(closing, point_reach(closing, inner), inner)
    if end.edtf is None and start.edtf is not None:
        return replace(start, reason=f"{start.reason}; its end: {end.reason}")
    if start.edtf is None:
        return replace(
            end,
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
    has_year = any(k.startswith("year") for k in closing)
    counted = any(
        k in closing
        for k in ("day_offset", "day_back", "month_offset", "week_offset", "holiday", "direction", "now")
    )
    if has_year or counted or start.first is None:
        return closing
    if "month" in closing and "lunar" not in closing:
        year = start.first.year
        if start.edtf is not None and start.edtf.is_year_known:
            earlier = (int(closing["month"]), int(closing.get("day", 31))) < (
                start.first.month,
                start.first.day,
            )
            closing["year"] = year + 1 if earlier else year
    elif "day" in closing and "month" not in closing and not any(k.startswith("month") for k in closing):
        closing |= {"month": start.first.month, "year": start.first.year}
        if int(closing["day"]) < start.first.day:
            index = start.first.year * 12 + start.first.month
            closing |= {"month": index % 12 + 1, "year": index // 12}
    elif {"from_day", "year_part", "quarter", "weekday"} & set(closing):
        closing.setdefault("year", start.first.year)
        if "from_day" in closing:
            closing.setdefault("month", start.first.month)
        if "weekday" in closing:
            closing.pop("year")
            closing |= _weekday_after(start.first, int(closing["weekday"]))
    return closing


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
        if "part" and end.ends is not None and end.ends - end.begins > timedelta(hours=1):
            ends = end.ends
        if end.begins == end.ends and ends.time() == datetime.min.time():
            ends -= timedelta(minutes=1)  # what ends at midnight sharp ends with the day before
        if start.begins is not None and ends < start.begins and ends + timedelta(days=1) > start.begins:
            ends += timedelta(days=1)
        last = ends.date()
    try:
        value = Edtf.of_range(start.edtf, _as_end(end, last))
    except EdtfError:
        return replace(start, reason=f"{start.reason}; its end lies before its start and is left out")
    if start.first and last and last < start.first:
        return replace(start, reason=f"{start.reason}; its end lies before its start and is left out")
    return Reach(value, start.first, last, start.begins, ends if start.begins else None, reason, uses)


def _as_end(end: Reach, last: date | None) -> Edtf:
    assert end.edtf is not None
    if end.begins is not None and last is not None:
        return Edtf.of_day(last)
    return end.edtf


def _bounded(expression: TimeExpression, reach: Reach, context: Context) -> Reach:
    """Read what bounds a date: 前, 以来, 后, 左右."""
    relation = expression.relation
    if relation is None or reach.edtf is None or relation in ("during", "within"):
        return reach
    value = reach.edtf
    if relation in ("about", "eve"):
        first = reach.first
        if relation == "eve" and first is not None:
            first -= timedelta(days=7)
        return replace(reach, edtf=about(value), first=first, reason=f"about then; {reach.reason}")
    if value.is_open:
        return reach
    if not _is_bound(value) and relation != "since":
        return replace(reach, edtf=None, reason=f"{relation} a date of an unknown year; {reach.reason}")
    if relation == "before":
        floor = context.today if context.today and reach.last and reach.last >= context.today else None
        edtf = Edtf.of_range(None, value)
        return replace(
            reach, edtf=edtf, first=floor, begins=None, ends=None, reason=f"not later than; {reach.reason}"
        )
    start = Edtf(value.start)
    if relation == "after" and reach.begins is not None:  # 明天下午3点后: what is left of that day
        return replace(
            reach, ends=reach.begins.replace(hour=23, minute=59), reason=f"not earlier than; {reach.reason}"
        )
    if relation == "after":
        edtf = Edtf.of_range(start, None)
        return replace(
            reach, edtf=edtf, last=None, begins=None, ends=None, reason=f"not earlier than; {reach.reason}"
        )
    return _since(reach, start, context)


def _is_bound(value: Edtf) -> bool:
    """Say whether a value can end an open interval: EDTF has none of an unknown year or month."""
    return value.is_year_known and all(p.month != "XX" for p in value.points)


def _since(reach: Reach, start: Edtf, context: Context) -> Reach:
    limit = context.last_day
    if limit is None or reach.first is None or reach.first > limit:
        edtf = Edtf.of_range(start, None) if _is_bound(start) else start
        return replace(
            reach, edtf=edtf, last=None, begins=None, ends=None, reason=f"from then on; {reach.reason}"
        )
    low, _ = start.bounds()
    end = Edtf.of_day(limit)
    edtf = Edtf.of_range(start, end) if low and low <= limit else start
    reason = f"from then to {context.anchor}; {reach.reason}"
    return replace(reach, edtf=edtf, last=limit, begins=None, ends=None, reason=reason, uses_reference=True)


def _finish(expression: TimeExpression, reach: Reach, *, is_certain: bool) -> ResolvedTime:
    value = reach.edtf
    if value is not None and reach.uses_reference and not is_certain:
        value = qualified(value, "%" if value.is_approximate else "?")
    first: str | None = reach.first.isoformat() if reach.first else None
    last: str | None = reach.last.isoformat() if reach.last else None
    if expression.kind == "time" and reach.begins is not None:
        ends = reach.ends or reach.begins
        first = reach.begins.isoformat(timespec="minutes")
        last = ends.isoformat(timespec="minutes")
    return ResolvedTime(
        expression.start, expression.end, expression.text, expression.kind, value, first, last, reach.reason
    )


def _told_of(reach: Reach, told: Told | None, frame: Frame) -> Told | None:
    if reach.edtf is None or reach.edtf.start is None:
        return told
    point = reach.edtf.start
    year = int(point.year) if point.is_year_known else None
    month = int(point.month) if point.month and point.month != "XX" and int(point.month) <= 12 else None
    day = int(point.day) if point.day and point.day != "XX" else None
    return Told(year, month, day, 0, "year" in frame or "year_offset" in frame, reach.edtf.plain())


def _remember(expression: TimeExpression, reach: Reach, memory: _Memory, context: Context) -> _Memory:
    """Keep the date told last, for 同日, 次年 and bare days; what is vague or a bound is not one."""
    frame = expression.known
    if (
        not _NOT_TOLD.isdisjoint(frame)
        or reach.edtf is None
        or expression.relation in ("since", "before", "after")
    ):
        return memory
    told = memory.told
    fresh = _told_of(reach, told, frame)
    if fresh is None or (fresh.year, fresh.month, fresh.day) == (None, None, None):
        return memory
    stated = fresh.is_year_stated or (told is not None and told.is_year_stated and told.year == fresh.year)
    fresh = replace(fresh, end=expression.end, is_year_stated=stated)
    return _Memory(
        fresh, fresh if fresh.day is not None else memory.day, _years_with(fresh, frame, memory, context)
    )


def _years_with(
    told: Told, frame: Frame, memory: _Memory, context: Context
) -> tuple[tuple[int, int, int], ...]:
    """Keep month-days whose year was stated or announced, for when they are told again without it."""
    if told.year is None or told.month is None or told.day is None or "month" not in frame:
        return memory.years
    if "year" not in frame and context.tense != "future":
        return memory.years
    others = tuple(y for y in memory.years if y[:2] != (told.month, told.day))
    return (*others, (told.month, told.day, told.year))[-50:]
