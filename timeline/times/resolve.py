"""Expressions and a reference in, values out: each read in the light of the dates told before it, with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from timeline.records import Reference, ResolvedTime
from timeline.times.bounds import bounded
from timeline.times.context import Context, Reach, Said, Told, context_of
from timeline.times.memory import Answer, Leanings, Memory
from timeline.times.points import point_reach
from timeline.times.ranges import clocked, range_reach, shifted, told_of
from timeline.times.tokens import END_KEYS
from timeline.times.years import qualified

Frame = Mapping[str, int | str]

_OWN_SPANS = frozenset({"end_year", "end_month", "end_day", "end_weekday", "end_quarter", "end_year_offset"})
_LEANS_ON_TEXT = frozenset({
    "month", "day", "from_day", "holiday", "weekday", "quarter", "season", "year_part", "lunar", "part", "hour", "day_back",
    "month_back", "year_back", "event_back", "decade",
})  # fmt: skip
_NOT_TOLD = frozenset(
    {"direction", "recent", "recent_years", "now", "from_now", "event_back", "plan", "century", "decade"}
)
_SETTLED = frozenset({"year", "year_offset", "day_offset", "month_offset", "week_offset"})
_UNPLACED = {
    "duration": Answer(None, None, None, "a length of time, not a date"),
    "set": Answer(None, None, None, "a time that recurs, not a date"),
}
_KEPT = 2000  # answers kept for one reference: a page repeats its dates


def resolve(text: str, expressions: Sequence[Said], reference: Reference) -> list[ResolvedTime]:
    """Give each expression its value, in the same order, as news tells it: a bare date is the nearest past.

    What the reference does not settle stays X or None; values that rest on an uncertain reference carry "?".
    """
    return _resolve(text, expressions, context_of(reference), is_certain=reference.is_certain)


def resolve_at(text: str, expressions: Sequence[Said], moment: datetime) -> list[ResolvedTime]:
    """Give each expression its value for someone who speaks at a moment: a bare date lies in the year that runs."""
    day = moment.date()
    context = Context(today=day, month=day.month, year=day.year, moment=moment, reading="calendar")
    return _resolve(text, expressions, context, is_certain=True)


def _resolve(
    text: str, expressions: Sequence[Said], context: Context, *, is_certain: bool
) -> list[ResolvedTime]:
    out: list[ResolvedTime] = []
    if not expressions:
        return out
    memory = Memory()
    answers = _answers(context, is_certain)
    for expression in expressions:
        kind = expression.kind
        answer = _UNPLACED.get(kind)
        if answer is None:
            frame = expression.known
            leans = None if _stands_alone(frame) else memory.leanings(text, expression)
            question = (kind, expression.relation, leans, *frame.items())
            answer = answers.get(question)
            if answer is None:
                answer = _answer(expression, context, leans, is_certain=is_certain)
                if len(answers) >= _KEPT:
                    answers.clear()
                answers[question] = answer
            memory.keep(answer, expression, has_leaned=leans is not None)
        edtf, first, last, reason, *_ = answer
        out.append(
            ResolvedTime(expression.start, expression.end, expression.text, kind, edtf, first, last, reason)
        )
    return out


@lru_cache(maxsize=16)
def _answers(context: Context, is_certain: bool) -> dict[object, Answer]:
    """Give the store of answers against one reference: the same question has the same answer."""
    return {}


def _stands_alone(frame: Frame) -> bool:
    """Say whether a frame needs nothing of the text around it."""
    if not END_KEYS.isdisjoint(frame):
        return False
    return not _SETTLED.isdisjoint(frame) or (
        _LEANS_ON_TEXT.isdisjoint(frame) and frame.get("direction") != "later"
    )


def _answer(said: Said, context: Context, leans: Leanings | None, *, is_certain: bool) -> Answer:
    if leans is not None:
        context = context._replace(
            tense=leans.tense,
            told=leans.told,
            told_day=leans.day,
            is_told_near=leans.is_near,
            is_told_in_sentence=leans.is_same,
            known_year=leans.known_year,
        )
    reach = _reach(said, context)
    told = _tells(said, reach, context)
    dated = None
    if told is not None and told.month is not None and told.day is not None and told.year is not None:
        frame = said.known
        if "month" in frame and ("year" in frame or context.tense == "future"):
            dated = (told.month, told.day)
    return _finish(said, reach, is_certain=is_certain)._replace(told=told, dated=dated)


def _reach(said: Said, context: Context) -> Reach:
    frame = said.known
    if END_KEYS.isdisjoint(frame):
        reach = clocked(frame, shifted(frame, point_reach(frame, context)), context)
        return bounded(said, reach, context)
    ends = {k[4:]: v for k, v in frame.items() if k.startswith("end_")}
    if not (
        set(frame) & _OWN_SPANS == {f"end_{k}" for k in ends} and len(ends) == 1 and _is_one_piece(frame)
    ):
        reach = range_reach(frame, ends, context)
    else:
        reach = clocked(frame, shifted(frame, point_reach(frame, context)), context)
    return bounded(said, reach, context)


def _is_one_piece(frame: Frame) -> bool:
    """5月9日至11日 and 1-5月 are one piece that ends in its own unit."""
    return any(
        f"end_{unit}" in frame and unit in frame
        for unit in ("year", "month", "day", "weekday", "quarter", "year_offset")
    )


def _tells(said: Said, reach: Reach, context: Context) -> Told | None:
    """Give the date told for 同日, 次年 and bare days after it; what is vague or a bound is not one."""
    frame = said.known
    is_counted = frame.get("direction") == "later" and not reach.uses_reference
    if (
        reach.edtf is None
        or not (is_counted or _NOT_TOLD.isdisjoint(frame))
        or said.relation in ("since", "before", "after")
    ):
        return None
    told = told_of(reach, context.told, frame)
    return told if told is not None and told[:3] != (None, None, None) else None


def _finish(said: Said, reach: Reach, *, is_certain: bool) -> Answer:
    value = reach.edtf
    if value is not None and reach.uses_reference and not is_certain:
        value = qualified(value, "%" if value.is_approximate else "?")
    first: str | None = reach.first.isoformat() if reach.first else None
    last: str | None = reach.last.isoformat() if reach.last else None
    if said.kind == "time" and reach.begins is not None:
        ends = reach.ends or reach.begins
        first = reach.begins.isoformat(timespec="minutes")
        last = ends.isoformat(timespec="minutes")
    return Answer(value, first, last, reach.reason)
