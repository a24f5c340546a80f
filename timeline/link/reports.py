"""Pages' findings and their bodies in, one flat record a mention out: what is compared when events are joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from timeline.edtf import Edtf
from timeline.link.names import OccasionName, read_occasion_name
from timeline.link.organizations import Bodies
from timeline.records import EventMention, EventType, PageFindings

Family = Literal["signing", "meeting", "beginning", "works", "visit", "award", "other"]

_FAMILIES: dict[EventType, Family] = {
    "signing": "signing",
    "forum": "meeting",
    "expo": "meeting",
    "unveiling": "beginning",
    "establishment": "beginning",
    "opening": "beginning",
    "launch": "beginning",
    "groundbreaking": "works",
    "visit": "visit",
    "award": "award",
    "other": "other",
}
# who makes an event, against who is merely there
_MAKERS = frozenset({"party", "host", "organizer", "co_host", "recipient"})


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """One mention of an event with its page, its bodies by their place in the list of all, its names read.

    `makers` make the event, `subjects` are founded or opened by it; `days` are the month-days its date names.
    """

    key: tuple[str, str]
    page: PageFindings
    mention: EventMention
    family: Family
    date: Edtf | None
    name: OccasionName | None
    makers: frozenset[int]
    subjects: frozenset[int]
    bodies: frozenset[int]
    days: frozenset[tuple[int, int]]


def read_reports(pages: Sequence[PageFindings], bodies: Bodies) -> Iterator[Report]:
    """Make a report of every mention, by page and place in it."""
    for page in pages:
        for mention in page.events:
            numbers = [bodies.number_of(page.id, o.name) for o in mention.organizations]
            parties = [
                (bodies.seats.get(n, n), o.role) for n, o in zip(numbers, mention.organizations, strict=True)
            ]
            date = Edtf.parse(mention.date.edtf) if mention.date.edtf else None
            title = mention.title or mention.theme
            yield Report(
                (page.id, mention.id),
                page,
                mention,
                _FAMILIES[mention.type],
                date,
                read_occasion_name(title) if title else None,
                frozenset(number for number, role in parties if role in _MAKERS),
                frozenset(number for number, role in parties if role == "unveiled"),
                frozenset(number for number, _ in parties),
                _month_days(mention.date.edtf) if mention.date.edtf else frozenset(),
            )


@lru_cache(maxsize=1 << 16)
def _month_days(edtf: str) -> frozenset[tuple[int, int]]:
    """List the first month-days a value names, (month, 0) where no day is known; empty where no month is."""
    value = Edtf.parse(edtf)
    found = set()
    for point in value.points:
        if point.month is not None and point.month != "XX" and int(point.month) <= 12:
            is_day = point.day is not None and point.day != "XX"
            found.add((int(point.month), int(point.day or 0) if is_day else 0))
    return frozenset(found)
