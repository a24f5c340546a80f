"""A number of events and organisations in, the records of a chronology out, without linking: what the store's bench writes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from tests.bench.words import DAYS, FIRST_DAY, KINDS, SYLLABLES, THEMES, TYPES
from timeline.chronology import Event, EventParty, Organization, Source
from timeline.records import EventDate, Place, RawSpan

BODIES = 30  # organisations to a hundred events


def make_organizations(count: int) -> Iterator[Organization]:
    """Make organisations with ids in order."""
    for number in range(count):
        name = _name(number)
        yield Organization(id=f"ob{number:09d}", name=name, names=(name, SYLLABLES[number % 60] + name[:4]))


def make_events(count: int, bodies: int, *, seed: int = 1) -> Iterator[Event]:
    """Make events of these organisations; a few of them act often, most seldom; one event in twelve has no year."""
    chance = random.Random(seed)
    for number in range(count):
        type_ = chance.choice(TYPES)
        parties = sorted({int(bodies * chance.random() ** 3) for _ in range(chance.randint(1, 3))})
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        is_known = chance.random() > 1 / 12
        edtf = day.isoformat() if is_known else f"XXXX-{day:%m-%d}"
        place = "".join(chance.choices(SYLLABLES, k=2)) + "市"
        theme = chance.choice(THEMES)
        names = [_name(party) for party in parties]
        words = f"{day.month}月{day.day}日，{'与'.join(names)}在{place}围绕{theme}举行活动，编号{number}。"
        role = "party" if type_ == "signing" else "host"
        yield Event(
            id=f"eb{number:010d}", type=type_, status="held", headline=True,
            title=f"{place[:2]}{theme}大会" if type_ in ("forum", "expo") else None, theme=None,
            date=EventDate.model_validate({"edtf": edtf, "from": edtf if is_known else None, "to": edtf if is_known else None,
                                           "text": f"{day.month}月{day.day}日", "start": 0, "end": 5, "reason": "stated", "confidence": 0.9}),
            place=Place(text=place, start=0, end=3, name=place),
            organizations=tuple(
                EventParty(organization=f"ob{party:09d}", name=name, role=role)
                for party, name in zip(parties, names, strict=True)
            ),
            persons=(), amount=None, confidence=0.8,
            sources=tuple(_source(number, i, words) for i in range(chance.choices((1, 2, 3), (60, 30, 10))[0])),
        )  # fmt: skip


def _source(number: int, position: int, words: str) -> Source:
    page = f"{(number * 4 + position) * 0x9E3779B97F4A7C15 % 2**64:016x}"
    return Source(
        page=page, mention=f"{page[:12]}0000", path=None, url=f"https://news.example/{page}", outlet=f"{SYLLABLES[number % 60]}报",
        published=None, sentence=RawSpan(text=words, start=0, end=len(words)),
    )  # fmt: skip


def _name(number: int) -> str:
    chance = random.Random(number)
    return "".join(chance.choices(SYLLABLES, k=4)) + KINDS[number % len(KINDS)]
