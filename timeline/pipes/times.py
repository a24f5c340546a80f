"""A segment's text in, its resolved times out: against the segment's reference, or against its own dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from timeline.edtf import Edtf
from timeline.records import Reference, ResolvedTime
from timeline.times import tag

# What makes a date at the head of a report its dateline: 新华社海城5月9日|电 | 上海5月9日|讯
_WIRE = re.compile(r"\s?(?:电|讯|消息)")
_HEAD = 40
_DAYS = 7


def resolve_times(text: str, reference: Reference) -> list[ResolvedTime]:
    """Find the time expressions of a text with their values.

    A report speaks from its dateline: on a page of the next day its 今天 is still the day it was sent.
    """
    times = tag(text, reference)
    sent = _dateline(text, times, reference)
    if sent is not None:
        return tag(text, Reference(sent, "dateline", True, reference.latest))
    return times


def _dateline(text: str, times: Sequence[ResolvedTime], reference: Reference) -> Edtf | None:
    """Give the dateline's day where it lies up to a week before the page's own day, else None."""
    head = next((t for t in times if t.start < _HEAD and _WIRE.match(text, t.end)), None)
    if head is None or head.edtf is None or head.edtf.precision != "day" or reference.date is None:
        return None
    sent, page = head.edtf.plain().bounds()[0], reference.date.bounds()[0]
    if not isinstance(sent, date) or page is None or reference.date.precision != "day":
        return None
    return Edtf.of_day(sent) if 0 < (page - sent).days <= _DAYS else None
