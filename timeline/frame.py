"""Findings or a chronology in, a pandas table out: one row an event, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from timeline.chronology import Event, Timeline
from timeline.errors import UsageError
from timeline.records import EventMention, PageFindings

if TYPE_CHECKING:
    import pandas

COLUMNS = (
    "id", "page", "published", "type", "status", "edtf", "from", "to", "title", "place", "adcode", "organizations",
    "persons", "amount", "currency", "headline", "confidence", "sentence",
)  # fmt: skip


def to_frame(found: PageFindings | Timeline | Iterable[PageFindings | Event]) -> pandas.DataFrame:
    """Give a table of events: of a page, of several pages, of a chronology, or of events.

    `from` and `to` are days of pandas (NaT where the year is unknown), `edtf` the date as it is known; organisations
    and persons are lists of names. `page` and `published` are empty for events of a chronology, which has many pages.

    Raises UsageError where pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise UsageError('tables need pandas: pip install "dashiji[frame]"') from error
    frame = pandas.DataFrame(list(_rows(found)), columns=list(COLUMNS))
    for name in ("from", "to"):
        frame[name] = pandas.to_datetime(frame[name], errors="coerce")
    return frame


def _rows(found: PageFindings | Timeline | Iterable[PageFindings | Event]) -> Iterator[dict[str, Any]]:
    if isinstance(found, Timeline):
        found = found.events
    for one in (found,) if isinstance(found, PageFindings) else found:
        if isinstance(one, Event):
            sentence = one.sources[0].sentence.text if one.sources else None
            yield {**_facts(one), "sentence": sentence}
            continue
        for event in one.events:
            page = {"page": one.source_id or one.id, "published": one.published.edtf}
            yield {**page, **_facts(event), "sentence": event.sentence.text}


def _facts(event: Event | EventMention) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "status": event.status,
        "edtf": event.date.edtf,
        "from": event.date.from_,
        "to": event.date.to,
        "title": event.title,
        "place": event.place.name if event.place else None,
        "adcode": event.place.adcode if event.place else None,
        "organizations": [o.name for o in event.organizations],
        "persons": [p.name for p in event.persons],
        "amount": event.amount.value if event.amount else None,
        "currency": event.amount.currency if event.amount else None,
        "headline": event.headline,
        "confidence": event.confidence,
    }
