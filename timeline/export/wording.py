"""What the formats for readers call an event: its name, its sentence, its web address; one line each, nothing invented."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from timeline.chronology import Event
from timeline.edtf import Edtf, Point

# What neither XML nor a calendar may hold: controls but tab and line feed, halves of surrogate pairs, noncharacters.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def name_event(event: Event) -> str:
    """Name an event: its title or theme, else those who act in it, else its place, with its type."""
    if event.title or event.theme:
        return clean_text(event.title or event.theme or "")
    names = list(dict.fromkeys(party.name for party in event.organizations))[:3]
    joint = " × " if event.type == "signing" else ", "
    who = joint.join(names) or (event.place.name if event.place else "")
    return clean_text(f"{who} · {event.type}" if who else event.type)


def quote_event(event: Event) -> str:
    """Give the sentence of the first report with its outlet and date."""
    if not event.sources:
        return ""
    source = event.sources[0]
    origin = ", ".join(part for part in (source.outlet, source.published, source.url or source.path) if part)
    return clean_text(f"“{source.sentence.text}” — {origin}" if origin else f"“{source.sentence.text}”")


def clean_text(text: str) -> str:
    """Put a mark in place of characters that no format may hold."""
    return _ILLEGAL.sub("\ufffd", text)


def web_address(url: str | None) -> str | None:
    """Give an address that may be followed: http and https only."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    return clean_text(url or "") if is_web else None


def iso_date(point: Point | None) -> str | None:
    """Write a point as an ISO 8601 date as far as it is known, None without a year.

    >>> iso_date(Edtf.parse("2021-05-XX").start), iso_date(Edtf.parse("XXXX-05-18").start)
    ('2021-05', None)
    """
    if point is None or not point.is_year_known:
        return None
    if point.month is None or not "01" <= point.month <= "12":
        return point.year
    if point.day is None or point.day == "XX":
        return f"{point.year}-{point.month}"
    return f"{point.year}-{point.month}-{point.day}"


def axis_points(event: Event) -> tuple[Point, Point | None] | None:
    """Give the point where an event begins on an axis, and where it ends if it has an end; None has no place on one."""
    edtf = Edtf.parse(event.date.edtf) if event.date.edtf else None
    if edtf is None or edtf.start is None or not edtf.start.is_year_known:
        return None
    return edtf.start, edtf.end if edtf.end is not None and edtf.end.is_year_known else None
