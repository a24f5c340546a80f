"""Expressions and a reference in, values out: each read in the light of the dates told before it, with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from timeline.edtf import Edtf
from timeline.records import Reference, ResolvedTime, TimeExpression
from timeline.times.context import Context, Reach, Told, context_of, is_same_sentence, tense_of
from timeline.times.points import point_reach
from timeline.times.ranges import clocked, range_reach, shifted, told_of
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
    "month", "day", "from_day", "holiday", "weekday", "quarter", "season", "year_part", "lunar", "part", "hour", "day_back",
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
        reach = clocked(frame, shifted(frame, point_reach(frame, context)), context)
        return _bounded(expression, reach, context) if expression.relation else reach
    ends = {k[4:]: v for k, v in frame.items() if k.startswith("end_")}
    if not (
        set(frame) & _OWN_SPANS == {f"end_{k}" for k in ends} and len(ends) == 1 and _is_one_piece(frame)
    ):
        reach = range_reach(frame, ends, context)
    else:
        reach = clocked(frame, shifted(frame, point_reach(frame, context)), context)
    return _bounded(expression, reach, context)


def _is_one_piece(frame: Frame) -> bool:
    """5月9日至11日 and 1-5月 are one piece that ends in its own unit."""
    return any(
        f"end_{unit}" in frame and unit in frame
        for unit in ("year", "month", "day", "weekday", "quarter", "year_offset")
    )


def _bounded(expression: TimeExpression, reach: Reach, context: Context) -> Reach:
    """Read what bounds a date: 前, 以来, 后, 左右."""
    relation = expression.relation
    if relation is None or reach.edtf is None or relation in ("during", "within"):
        return reach
    value = reach.edtf
    if relation == "before" and value.is_interval and not END_KEYS.isdisjoint(expression.known):
        return reach  # 2020至2025年前 ends by 2025
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


def _remember(expression: TimeExpression, reach: Reach, memory: _Memory, context: Context) -> _Memory:
    """Keep the date told last, for 同日, 次年 and bare days; what is vague or a bound is not one."""
    frame = expression.known
    if (
        not _NOT_TOLD.isdisjoint(frame)
        or reach.edtf is None
        or expression.relation in ("since", "before", "after")
    ):
        return memory
    fresh = told_of(reach, memory.told, frame, expression.end)
    if fresh is None or (fresh.year, fresh.month, fresh.day) == (None, None, None):
        return memory
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
