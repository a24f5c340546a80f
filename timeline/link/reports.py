"""Pages' findings and their bodies in, one flat record a mention out: what is compared when events are joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from timeline.edtf import Edtf, Precision
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
# 近日, 日前: the day of the page stands for the weeks before it
_ABOUT_BEFORE = 21
_ABOUT_AFTER = 3
# who makes an event, against who is merely there
_MAKERS = frozenset({"party", "host", "organizer", "co_host", "recipient"})


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """One mention of an event with its page, its bodies by their place in the list of all, its names read.

    `makers` make the event, `subjects` are founded or opened by it; `days` are the month-days its date names, `window`
    the ordinals of the first and last day it can be, wider where it is only about then.
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
    window: tuple[int | None, int | None]
    precision: Precision | None
    is_about: bool
    is_year_known: bool


def read_reports(pages: Sequence[PageFindings], bodies: Bodies) -> Iterator[Report]:
    """Make a report of every mention, by page and place in it."""
    for page in pages:
        for mention in page.events:
            numbers = [bodies.number_of(page.id, o.name) for o in mention.organizations]
            # 高新区 on two pages is no party in common, and none that differs
            told = [
                (n, o) for n, o in zip(numbers, mention.organizations, strict=True) if n not in bodies.common
            ]
            parties = [(bodies.seats.get(n, n), o.role) for n, o in told]
            title = mention.title or mention.theme
            when = _read_date(mention.date.edtf) if mention.date.edtf else _UNDATED
            yield Report(
                key=(page.id, mention.id),
                page=page,
                mention=mention,
                family=_FAMILIES[mention.type],
                date=when.date,
                name=read_occasion_name(title) if title else None,
                makers=frozenset(number for number, role in parties if role in _MAKERS),
                subjects=frozenset(number for number, role in parties if role == "unveiled"),
                bodies=frozenset(number for number, _ in parties),
                days=when.days,
                window=when.window,
                precision=when.date.precision if when.date else None,
                is_about=when.date is not None and when.date.is_approximate,
                is_year_known=when.date is not None and when.date.is_year_known,
            )


@dataclass(frozen=True, slots=True)
class _When:
    """What is read of a date once, however many reports give it."""

    date: Edtf | None
    days: frozenset[tuple[int, int]]
    window: tuple[int | None, int | None]


_UNDATED = _When(None, frozenset(), (None, None))


@lru_cache(maxsize=1 << 16)
def _read_date(edtf: str) -> _When:
    value = Edtf.parse(edtf)
    low, high = value.bounds()
    first = low.toordinal() if low else None
    last = high.toordinal() if high else None
    if value.is_approximate:
        first = first - _ABOUT_BEFORE if first else None
        last = last + _ABOUT_AFTER if last else None
    return _When(value, _month_days(value), (first, last))


def _month_days(value: Edtf) -> frozenset[tuple[int, int]]:
    """List the month-days a value begins and ends on, (month, 0) where no day is known; empty where no month is."""
    found = set()
    for point in value.points:
        if point.month is not None and point.month != "XX" and int(point.month) <= 12:
            is_day = point.day is not None and point.day != "XX"
            found.add((int(point.month), int(point.day or 0) if is_day else 0))
    return frozenset(found)
