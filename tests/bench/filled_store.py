"""A number of events in, a store that holds them out, written in batches in constant memory; the same for one seed.

The events are as link/ would give them: nobody read a page for them, so there is no page to show as evidence.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, text

from tests.bench.words import DAYS, FIRST_DAY, KINDS, SYLLABLES, THEMES, TYPES
from timeline.areas import areas_named, known_names
from timeline.chronology import Event, Organization, Partnership
from timeline.edtf import Edtf
from timeline.store import Store, open_store, search
from timeline.store.revisions import grow, hold
from timeline.store.rows import (
    event_document,
    event_parts,
    event_row,
    name_rows,
    partner_rows,
    partnership_row,
)
from timeline.store.tables import (
    CHANGES,
    EVENTS,
    NAMES,
    ORGANIZATIONS,
    PARTICIPATIONS,
    PARTNERS,
    PARTNERSHIPS,
    PEOPLE,
    PLACES,
    RECORDS,
    SOURCES,
)

_ROLES = ("host", "organizer", "co_host", "supporter", "attendee", "witness")
_TABLES = {
    "event_records": RECORDS, "participations": PARTICIPATIONS, "people": PEOPLE, "places": PLACES, "sources": SOURCES,
}  # fmt: skip
_BATCH = 5000


def fill(url: str, events: int, *, seed: int = 1) -> None:
    """Write events and three tenths as many organisations into an empty store."""
    chance = random.Random(seed)
    with open_store(url) as store:
        bodies = [_body(chance, i) for i in range(max(events * 3 // 10, 10))]
        for at in range(0, len(bodies), _BATCH):
            _write_bodies(store, bodies[at : at + _BATCH], at)
        acts: Counter[int] = Counter()
        for at in range(0, events, _BATCH):
            made = [_event(chance, i, bodies) for i in range(at, min(at + _BATCH, events))]
            _write_events(store, made, at)
            acts.update(int(p.organization[1:], 16) for event in made for p in event.organizations)
        with store.write() as connection:
            ranks = [{"number": n, "events": count, "rank": -count} for n, count in acts.items()]
            changed = "UPDATE organizations SET events = :events, rank = :rank WHERE number = :number"
            connection.execute(text(changed), ranks)


def _body(chance: random.Random, number: int) -> Organization:
    name = "".join(chance.choices(SYLLABLES, k=4)) + SYLLABLES[number % len(SYLLABLES)] + KINDS[number % 10]
    return Organization(id=f"o{number + 1:08x}", name=name, names=(name,))


def _event(chance: random.Random, number: int, bodies: list[Organization]) -> Event:
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    kind = chance.random()
    edtf = day.isoformat() if kind < 0.85 else day.isoformat()[:7] if kind < 0.93 else f"{day.year}" if kind < 0.97 else f"XXXX-{day:%m-%d}"  # fmt: skip
    low, high = Edtf.parse(edtf).bounds()
    type_ = chance.choice(TYPES)
    # a few bodies act often, most seldom
    chosen = {bodies[int(len(bodies) * chance.random() ** 3)] for _ in range(chance.randint(1, 3))}
    parties = sorted(chosen, key=lambda body: body.id)
    area = areas_named(chance.choice(known_names()))[0]
    names = "与".join(body.name for body in parties)
    theme = chance.choice(THEMES)
    said = f"{day.month}月{day.day}日，{names}在{area.name}围绕{theme}举行活动，编号{number}。"
    reports = chance.choices((1, 2, 3, 6), (60, 25, 12, 3))[0]
    outlets = [f"{SYLLABLES[k // 10]}{SYLLABLES[k % 10 + 20]}日报" for k in (int(200 * chance.random() ** 2) for _ in range(reports))]  # fmt: skip
    return Event.model_validate({
        "id": f"e{number + 1:08x}", "type": type_, "headline": chance.random() < 0.7, "theme": theme,
        "status": chance.choices(("held", "planned", "ongoing", "cancelled"), (90, 6, 3, 1))[0],
        "title": f"{area.name}{theme}大会" if type_ in ("forum", "expo") else None,
        "date": {"edtf": edtf, "from": low and low.isoformat(), "to": high and high.isoformat(), "text": f"{day.month}月{day.day}日", "start": 0, "end": 5, "reason": "stated", "confidence": 0.9},
        "place": {"name": area.name, "adcode": area.adcode, "text": area.name, "start": 9, "end": 9 + len(area.name)},
        "organizations": [{"organization": b.id, "name": b.name, "role": "party" if type_ == "signing" else chance.choice(_ROLES)} for b in parties],
        "persons": [], "amount": None, "confidence": 0.9,
        "review": chance.choices(("automatic", "confirmed", "rejected"), (998, 1, 1))[0],
        "sources": [
            {"page": f"g{number:08x}{i}", "mention": "m0", "path": None, "url": f"https://news.example/{number}/{i}", "outlet": outlet,
             "published": None, "is_reprint": i > 0 and chance.random() < 0.4, "sentence": {"text": said, "start": 0, "end": len(said)}}
            for i, outlet in enumerate(outlets)
        ],
    })  # fmt: skip


def _write_bodies(store: Store, bodies: list[Organization], at: int) -> None:
    rows = [
        {
            "number": n,
            "id": b.id,
            "name": b.name,
            "events": 0,
            "first": None,
            "last": None,
            "rank": 0,
            "digest": b.id,
        }
        for n, b in enumerate(bodies, at + 1)
    ]
    with store.write() as connection:
        connection.execute(insert(ORGANIZATIONS), rows)
        named = [row for n, b in enumerate(bodies, at + 1) for row in name_rows(b, n)]
        connection.execute(insert(NAMES), named)
        documents = [(n, search.fold(b.name)) for n, b in enumerate(bodies, at + 1)]
        search.index(connection, search.ORGANIZATIONS_INDEX, documents)


def _write_events(store: Store, events: list[Event], at: int) -> None:
    numbered = list(enumerate(events, at + 1))
    documents = [(n, event_document(event, {})) for n, event in numbered]
    bodies = {p.organization: int(p.organization[1:], 16) for event in events for p in event.organizations}
    with store.write() as connection:
        hold(connection, "changes")
        rows = [event_row(event, document) | {"number": n} for (n, event), (_, document) in zip(numbered, documents, strict=True)]  # fmt: skip
        connection.execute(insert(EVENTS), rows)
        parts = [event_parts(event, n, bodies) for n, event in numbered]
        for name, table in _TABLES.items():
            if found := [row for part in parts for row in part[name]]:
                connection.execute(insert(table), found)
        search.index(connection, search.EVENTS_INDEX, documents)
        for n, tie in _ties(numbered):
            connection.execute(insert(PARTNERSHIPS).values(partnership_row(tie, n) | {"number": n}))
            connection.execute(insert(PARTNERS), partner_rows(tie, n, bodies))
        last = grow(connection, "changes", len(events))
        noted = [
            {"sequence": last - len(events) + i, "kind": "created", "subject": "event", "id": event.id,
             "other": None, "reason": "pages tell of it", "at": None}
            for i, event in enumerate(events, 1)
        ]  # fmt: skip
        connection.execute(insert(CHANGES), noted)


def _ties(numbered: list[tuple[int, Event]]) -> Iterator[tuple[int, Partnership]]:
    for number, event in numbered:
        if event.type == "signing" and len(event.organizations) > 1:
            given: dict[str, Any] = {
                "id": f"p{number:08x}", "kind": "framework", "edtf": event.date.edtf, "event": event.id,
                "organizations": [p.organization for p in event.organizations],
                "parties": [p.name for p in event.organizations],
            }  # fmt: skip
            yield number, Partnership.model_validate(given)
