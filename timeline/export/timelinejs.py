"""Events as TimelineJS3 data: events with a place on an axis in, one JSON object out; texts are escaped, it takes HTML.

Left out are events of unknown year, those without a date and those of which only the end is known: an axis would lie.
Months and years come without a day; `display_date` holds the EDTF wherever the date is less than a whole, stated day.
Source: TimelineJS3, JSON data format.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from typing import Any

from timeline.chronology import Event
from timeline.edtf import Point
from timeline.export.wording import axis_points, iso_date, name_event, quote_event


def render_timelinejs(events: Iterable[Event]) -> Iterator[str]:
    """Give the data, an event at a time."""
    yield '{"title": {"text": {"headline": "大事记"}}, "events": ['
    lead = "\n"
    for event in events:
        points = axis_points(event)
        if points is not None:
            yield lead + json.dumps(_slide(event, *points), ensure_ascii=False)
            lead = ",\n"
    yield "\n]}\n"


def _slide(event: Event, start: Point, end: Point | None) -> dict[str, Any]:
    slide: dict[str, Any] = {
        "unique_id": event.id,
        "group": event.type,
        "start_date": _date(start),
        "text": {"headline": html.escape(name_event(event)), "text": html.escape(quote_event(event))},
    }
    if end is not None:
        slide["end_date"] = _date(end)
    if (event.date.edtf or "") != iso_date(start):
        slide["display_date"] = html.escape(event.date.edtf or "")
    return slide


def _date(point: Point) -> dict[str, str]:
    parts = (iso_date(point) or "").split("-")
    return dict(zip(("year", "month", "day"), parts, strict=False))
