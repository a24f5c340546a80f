"""Events as a calendar (RFC 5545): those with whole days in, all-day entries out; a coarser date has no place in one.

Left out, and said so in the calendar's description: unknown years, months, years, open ends, and 近日. A day inferred on
thin evidence comes as TENTATIVE, one that was called off as CANCELLED. The stamp is the first report's date of
publication, since nothing here asks the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from timeline.chronology import Event
from timeline.edtf import Edtf
from timeline.export.wording import name_event, quote_event, web_address
from timeline.records import Status

if TYPE_CHECKING:
    import icalendar

_NOTE = "Events known to the day. Unknown years, months alone and approximate days are left out: a calendar cannot say them."
_STATUS: dict[Status, str] = {
    "held": "CONFIRMED",
    "ongoing": "CONFIRMED",
    "planned": "TENTATIVE",
    "cancelled": "CANCELLED",
}


def render_ics(events: Iterable[Event]) -> Iterator[str]:
    """Give a calendar, an entry at a time."""
    import icalendar  # a quarter of a second, which no other format needs

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//dashiji//timeline//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "大事记")
    calendar.add("x-wr-caldesc", _NOTE)
    head, end, foot = calendar.to_ical().decode().partition("END:VCALENDAR")
    yield head
    for event in events:
        days = _whole_days(event)
        if days is not None:
            entry = icalendar.Event()
            _fill(entry, event, *days)
            yield entry.to_ical().decode()
    yield end + foot


def _whole_days(event: Event) -> tuple[date, date] | None:
    edtf = Edtf.parse(event.date.edtf) if event.date.edtf else None
    if edtf is None or edtf.is_approximate or edtf.choices or edtf.is_open:
        return None
    if any(not p.is_year_known or p.precision != "day" for p in edtf.points):
        return None
    low, high = edtf.bounds()
    return (low, high) if low and high else None


def _fill(entry: icalendar.Event, event: Event, first: date, last: date) -> None:
    entry.add("uid", f"{event.id}@dashiji")
    entry.add("dtstamp", _stamp(event, first))
    entry.add("dtstart", first)
    entry.add("dtend", min(last, date.max - timedelta(days=1)) + timedelta(days=1))
    entry.add("summary", name_event(event))
    entry.add("description", f"{quote_event(event)}\n\nEDTF {event.date.edtf}: {event.date.reason}")
    entry.add("categories", [event.type])
    is_thin = "?" in (event.date.edtf or "") and event.status != "cancelled"
    entry.add("status", "TENTATIVE" if is_thin else _STATUS[event.status])
    entry.add("transp", "TRANSPARENT")
    if event.place:
        entry.add("location", event.place.name)
    address = next((a for s in event.sources if (a := web_address(s.url))), None)
    if address:
        entry.add("url", address)


def _stamp(event: Event, first: date) -> datetime:
    known = [s.published for s in event.sources if s.published and len(s.published) == 10]
    try:
        day = date.fromisoformat(min(known)) if known else first
    except ValueError:
        day = first
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
