"""A number of events out, the records of a chronology as link/ would give them: the same for one seed, in constant memory.

Nobody read a page for them, so there is no page to show as evidence.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from tests.bench.words import DAYS, FIRST_DAY, KINDS, SYLLABLES, THEMES, TYPES
from timeline.areas import areas_named, known_names
from timeline.chronology import Event, EventParty, Organization, Partnership, Source
from timeline.edtf import Edtf
from timeline.records import EventDate, EventType, Place, RawSpan, Role

_ROLES: tuple[Role, ...] = ("host", "organizer", "co_host", "supporter", "attendee", "witness")


def count_bodies(events: int) -> int:
    """Give how many organisations go with so many events: three to ten."""
    return max(events * 3 // 10, 10)


def body_id(number: int) -> str:
    """Give the id of an organisation by its number, from 0; the first ones act most often."""
    return f"o{number + 1:08x}"


def make_organizations(count: int) -> Iterator[Organization]:
    """Make organisations with ids in order, each with a short name beside its own."""
    for number in range(count):
        name = _name(number)
        yield Organization(id=body_id(number), name=name, names=(name, SYLLABLES[number % 60] + name[:4]))


def make_events(count: int, *, seed: int = 1) -> Iterator[Event]:
    """Make events of count_bodies(count) organisations: a few act often, most seldom; three in a hundred have no year."""
    chance = random.Random(seed)
    bodies, places = count_bodies(count), known_names()
    for number in range(count):
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        edtf = _told(day, chance.random())
        low, high = Edtf.parse(edtf).bounds()
        type_ = chance.choice(TYPES)
        parties = sorted({int(bodies * chance.random() ** 3) for _ in range(chance.randint(1, 3))})
        area = areas_named(chance.choice(places))[0]
        theme = chance.choice(THEMES)
        names = "与".join(_name(party) for party in parties)
        said = f"{day.month}月{day.day}日，{names}在{area.name}围绕{theme}举行活动，编号{number}。"
        yield Event(
            id=f"e{number + 1:08x}", type=type_, headline=chance.random() < 0.7, theme=theme,
            status=chance.choices(("held", "planned", "ongoing", "cancelled"), (90, 6, 3, 1))[0],
            title=f"{area.name}{theme}大会" if type_ in ("forum", "expo") else None,
            date=EventDate.model_validate({
                "edtf": edtf, "from": low and low.isoformat(), "to": high and high.isoformat(),
                "text": f"{day.month}月{day.day}日", "start": 0, "end": 5, "reason": "stated", "confidence": 0.9,
            }),
            place=Place(name=area.name, adcode=area.adcode, text=area.name, start=9, end=9 + len(area.name)),
            organizations=tuple(_party(party, type_, chance) for party in parties),
            persons=(), amount=None, confidence=0.9,
            sources=tuple(_sources(number, said, chance)),
        )  # fmt: skip


def tie_of(event: Event) -> Partnership | None:
    """Give the partnership that a signing of several bodies makes."""
    parties = event.organizations
    if event.type != "signing" or len(parties) < 2:
        return None
    return Partnership(
        id=f"p{event.id[1:]}", kind="framework", edtf=event.date.edtf, event=event.id,
        organizations=tuple(party.organization for party in parties), parties=tuple(party.name for party in parties),
    )  # fmt: skip


def _told(day: date, kind: float) -> str:
    if kind < 0.85:
        return day.isoformat()
    if kind < 0.93:
        return f"{day:%Y-%m}"
    return f"{day:%Y}" if kind < 0.97 else f"XXXX-{day:%m-%d}"


def _party(number: int, type_: EventType, chance: random.Random) -> EventParty:
    role = "party" if type_ == "signing" else chance.choice(_ROLES)
    return EventParty(organization=body_id(number), name=_name(number), role=role)


def _sources(number: int, said: str, chance: random.Random) -> Iterator[Source]:
    for i in range(chance.choices((1, 2, 3, 6), (60, 25, 12, 3))[0]):
        outlet = int(200 * chance.random() ** 2)
        page = f"{(number * 8 + i) * 0x9E3779B97F4A7C15 % 2**64:016x}"
        yield Source(
            page=page, mention=f"{page[:12]}0000", path=None, url=f"https://news.example/{page}",
            outlet=f"{SYLLABLES[outlet // 10]}{SYLLABLES[outlet % 10 + 20]}日报", published=None,
            is_reprint=i > 0 and chance.random() < 0.4, sentence=RawSpan(text=said, start=0, end=len(said)),
        )  # fmt: skip


def _name(number: int) -> str:
    chance = random.Random(number)
    return (
        "".join(chance.choices(SYLLABLES, k=4))
        + SYLLABLES[number % len(SYLLABLES)]
        + KINDS[number % len(KINDS)]
    )
