"""Records in, rows of the tables out: which column holds what, nothing is read or written here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from timeline.chronology import Certainty, Event, Judgement, Organization, Partnership, Timeline
from timeline.edtf import Edtf
from timeline.records import EventMention, Extraction
from timeline.store.search import fold, fold_all

Row = dict[str, Any]

_LAST_DAY = date.max.toordinal()
_SPANS = 10**7
_UNDATED = 10**15


def page_row(extraction: Extraction) -> Row:
    """Make the row of a page."""
    findings = extraction.findings
    return found_page_row(
        extraction.text, vars(findings), findings.published.edtf, findings.model_dump_json()
    )


def found_page_row(text: str, found: Mapping[str, Any], published: str | None, record: str) -> Row:
    """Make the row of a page of its text, its findings by name and the same as JSON."""
    return {
        **{name: found[name] for name in ("id", "source_id", "path", "url", "title", "outlet")},
        "published": published,
        "text": text,
        "findings": record,
        "digest": _digest(text.encode("utf-8", "surrogatepass") + b"\0" + record.encode()),
    }


def mention_row(page: str, position: int, mention: EventMention) -> Row:
    """Make the row of one event of a page."""
    return found_mention_row(page, position, mention.to_json())


def found_mention_row(page: str, position: int, found: Mapping[str, Any]) -> Row:
    """Make the row of one event of a page, given under the contract's names."""
    date, sentence = found["date"], found["sentence"]
    return {
        **{name: found[name] for name in ("id", "type", "status", "headline", "title", "confidence")},
        **_days(date["edtf"], date["from"], date["to"]),
        "page": page,
        "position": position,
        "sentence": sentence["text"],
        "start": sentence["start"],
        "end": sentence["end"],
    }


def event_row(event: Event, document: str, *, machine: str | None = None) -> Row:
    """Make the row of an event, without its number; the digest speaks for the text it is found by, too.

    `machine` is what was found of a corrected event (see overlay.py).
    """
    # what nobody reviewed has the digest it had before there were reviews
    record = event.model_dump_json(exclude={"review"} if event.review == "automatic" else None)
    newest, oldest = order_keys(event.date.edtf)
    own = ("id", "type", "status", "headline", "title", "theme", "confidence")
    return {
        **{name: getattr(event, name) for name in own},
        **_days(event.date.edtf, event.date.from_, event.date.to),
        "certainty": certainty_of(event.date.edtf),
        "newest": newest,
        "oldest": oldest,
        "sources": len(event.sources),
        "independent": sum(not source.is_reprint for source in event.sources),
        "conflicts": len(event.conflicts),
        "review": event.review,
        "digest": _digest(f"{record}\0{document}{machine or ''}".encode("utf-8", "surrogatepass")),
    }


def event_parts(
    event: Event, number: int, organizations: Mapping[str, int], *, machine: str | None = None
) -> dict[str, list[Row]]:
    """Make the rows that hang on an event, by the name of their table."""
    return {
        "event_records": [{"event": number, "record": event.model_dump_json(), "machine": machine}],
        "participations": [
            {"event": number, "position": i, "organization": organizations[p.organization], "name": p.name, "role": p.role}
            for i, p in enumerate(event.organizations)
        ],
        "people": [
            {"event": number, "position": i, "name": p.name, "title": p.title, "organization": p.organization}
            for i, p in enumerate(event.persons)
        ],
        "places": [
            {"event": number, "name": place.name, "folded": fold(place.name), "adcode": place.adcode}
            for place in (event.place,) if place
        ],
        "sources": [
            {
                "event": number, "position": i, "page": s.page, "mention": s.mention, "outlet": s.outlet,
                "is_reprint": s.is_reprint,
            }
            for i, s in enumerate(event.sources)
        ],
    }  # fmt: skip


def event_document(event: Event, names: Mapping[str, tuple[str, ...]]) -> str:
    """Give the folded text under which an event is found: title, theme, organisations, people, place, evidence."""
    place = (event.place.name, event.place.text) if event.place else ()
    parties = [name for p in event.organizations for name in (p.name, *names.get(p.organization, ()))]
    people = [person.name for person in event.persons]
    sentences = [source.sentence.text for source in event.sources]
    return fold_all([event.title, event.theme, *parties, *people, *place, *sentences])


@lru_cache(maxsize=1 << 16)
def certainty_of(edtf: str | None) -> Certainty:
    """Say how far a date is known; "about" a day is known to the month only, "about" a month to the year.

    >>> certainty_of("2012-07-06~"), certainty_of("XXXX-12-06")
    ('month', 'unknown')
    """
    if edtf is None:
        return "unknown"
    value = Edtf.parse(edtf)
    if not value.is_year_known:
        return "unknown"
    if value.precision == "day":
        return "month" if value.is_approximate else "day"
    if value.precision == "month":
        return "year" if value.is_approximate else "month"
    return "year"


@lru_cache(maxsize=1 << 16)
def order_keys(edtf: str | None) -> tuple[int, int]:
    """Give two numbers that ascend, one from the newest on, one from the oldest on.

    Both put the more precise date first on one day, and dates of unknown year last by month and day, as
    Edtf.sort_key does; no date at all comes after these.
    """
    if edtf is None:
        return _UNDATED + 10**5, _UNDATED + 10**5
    day, span, below, _ = Edtf.parse(edtf).sort_key()
    if day > _LAST_DAY:
        undated = _UNDATED + span * 100 + below
        return undated, undated
    span = min(span, _SPANS - 1)
    return (_LAST_DAY - day) * _SPANS + span, day * _SPANS + span


def key_range(order: Literal["newest", "oldest"], low: int, high: int) -> tuple[int, int] | None:
    """Give the least and the greatest key of events that stand under the days `low` to `high`; None where some have no day.

    The day under which an event stands is that part of its key: `oldest` // 10,000,000.

    >>> key_range("oldest", 731947, 731947)[0] <= order_keys("2005-01-01")[1]
    True
    """
    if high > _LAST_DAY:
        return None
    if order == "oldest":
        return low * _SPANS, (high + 1) * _SPANS - 1
    return (_LAST_DAY - high) * _SPANS, (_LAST_DAY - low + 1) * _SPANS - 1


def organization_rows(timeline: Timeline) -> list[Row]:
    """Make the rows of all organisations, with how often and when each acts in events that nobody rejected."""
    count: Counter[str] = Counter()
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for event in timeline.events:
        if event.review == "rejected":
            continue
        days = _days(event.date.edtf, event.date.from_, event.date.to)
        for key in {party.organization for party in event.organizations}:
            count[key] += 1
            if days["from"] is not None:
                first[key] = min(first.get(key, days["from"]), days["from"])
            if days["to"] is not None:
                last[key] = max(last.get(key, days["to"]), days["to"])
    return [organization_row(o, count[o.id], first.get(o.id), last.get(o.id)) for o in timeline.organizations]


def organization_row(organization: Organization, events: int, first: str | None, last: str | None) -> Row:
    """Make the row of an organisation, without its number."""
    return {
        "id": organization.id,
        "name": organization.name,
        "events": events,
        "rank": -events,
        "first": first,
        "last": last,
        "digest": _digest(f"{organization.model_dump_json()}{events}{first}{last}".encode()),
    }


def name_rows(organization: Organization, number: int) -> list[Row]:
    """Make the rows of an organisation's names."""
    return [
        {"organization": number, "position": i, "name": name, "folded": fold(name)}
        for i, name in enumerate(organization.names or (organization.name,))
    ]


def partnership_row(partnership: Partnership, event: int) -> Row:
    """Make the row of a partnership, without its number."""
    record = partnership.model_dump_json()
    return {
        "id": partnership.id,
        "event": event,
        "kind": partnership.kind,
        "edtf": partnership.edtf,
        "record": record,
        "digest": _digest(f"{event}{record}".encode()),
    }


def partner_rows(partnership: Partnership, number: int, organizations: Mapping[str, int]) -> list[Row]:
    """Make the rows of a partnership's organisations."""
    return [
        {"partnership": number, "position": i, "organization": organizations[key]}
        for i, key in enumerate(partnership.organizations)
    ]


def judgement_row(judgement: Judgement) -> Row:
    """Make the row of a judgement."""
    record = judgement.model_dump_json()
    return {
        **{name: getattr(judgement, name) for name in ("left", "right", "by", "verdict", "score")},
        "record": record,
        "digest": _digest(record.encode()),
    }


def _days(edtf: str | None, from_: str | None, to: str | None) -> Row:
    if edtf is not None and from_ is None and to is None:
        low, high = Edtf.parse(edtf).bounds()
        from_ = low.isoformat() if low else None
        to = high.isoformat() if high else None
    return {"edtf": edtf, "from": from_, "to": to}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
