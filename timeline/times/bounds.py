"""What bounds a date: a reach and the word behind it (前, 以来, 后, 左右) in, the reach it opens or closes out."""

from __future__ import annotations

from datetime import timedelta

from timeline.edtf import Edtf
from timeline.times.context import Context, Reach, Said
from timeline.times.tokens import END_KEYS
from timeline.times.years import about


def bounded(said: Said, reach: Reach, context: Context) -> Reach:
    """Read what bounds a date: 前, 以来, 后, 左右."""
    relation = said.relation
    if relation is None or reach.edtf is None or relation in ("during", "within"):
        return reach
    value = reach.edtf
    if relation == "before" and value.is_interval and not END_KEYS.isdisjoint(said.known):
        return reach  # 2020至2025年前 ends by 2025
    if relation in ("about", "eve"):
        first = reach.first
        if relation == "eve" and first is not None:
            first -= timedelta(days=7)
        return reach._replace(edtf=about(value), first=first, reason=f"about then; {reach.reason}")
    if value.is_open:
        return reach
    if not _is_bound(value) and relation != "since":
        return reach._replace(edtf=None, reason=f"{relation} a date of an unknown year; {reach.reason}")
    if relation == "before":
        return _before(reach, value, context)
    return _after(reach, value) if relation == "after" else _since(reach, value, context)


def _is_bound(value: Edtf) -> bool:
    """Say whether a value can end an open interval: EDTF has none of an unknown year or month."""
    return value.is_year_known and all(p.month != "XX" for p in value.points)


def _before(reach: Reach, value: Edtf, context: Context) -> Reach:
    floor = context.today if context.today and reach.last and reach.last >= context.today else None
    edtf = Edtf.of_range(None, value)
    return reach._replace(
        edtf=edtf, first=floor, begins=None, ends=None, reason=f"not later than; {reach.reason}"
    )


def _after(reach: Reach, value: Edtf) -> Reach:
    reason = f"not earlier than; {reach.reason}"
    if reach.begins is not None:  # 明天下午3点后: what is left of that day
        return reach._replace(ends=reach.begins.replace(hour=23, minute=59), reason=reason)
    return reach._replace(
        edtf=Edtf.of_range(Edtf(value.start), None),
        last=None,
        begins=None,
        ends=None,
        reason=reason,
    )


def _since(reach: Reach, value: Edtf, context: Context) -> Reach:
    start, limit = Edtf(value.start), context.last_day
    if limit is None or reach.first is None or reach.first > limit:
        edtf = Edtf.of_range(start, None) if _is_bound(start) else start
        return reach._replace(
            edtf=edtf, last=None, begins=None, ends=None, reason=f"from then on; {reach.reason}"
        )
    low, _ = start.bounds()
    end = Edtf.of_day(limit)
    edtf = Edtf.of_range(start, end) if low and low <= limit else start
    reason = f"from then to {context.anchor}; {reach.reason}"
    return reach._replace(edtf=edtf, last=limit, begins=None, ends=None, reason=reason, uses_reference=True)
