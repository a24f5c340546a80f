"""The kept counts are those that counting gives, whoever writes; what is read off them is what the events say."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from sqlalchemy import delete, func, select, update

from tests.store.chronicles import make_event, make_timeline
from timeline.chronology import Correction, Event, EventQuery
from timeline.records import EventType, Status
from timeline.store import (
    Scope,
    Store,
    count_by,
    find_corrections,
    find_events,
    iterate_events,
    open_store,
    save_correction,
    save_timeline,
    withdraw_correction,
)
from timeline.store.chronicle.part import save_part
from timeline.store.reading.facets import Facet
from timeline.store.reading.filters import conditions
from timeline.store.rows import certainty_of
from timeline.store.tables import EVENTS, TALLIES

A, B = "东原大学", "南河集团"
DATES = (
    "2019-12-31", "2020-01-01", "2020-02-29", "2020-02", "2020", "2020-02-10/2020-03-05", "2019-11/2021-02", "../2020-02-15",
    "2020-02-20/..", "2020-02~", "2021-06-09?", "XXXX-12-06", "202X", None,
)  # fmt: skip
TYPES, STATUSES = get_args(EventType)[:3], get_args(Status)


def tell(chance: random.Random, id: str) -> Event:
    """Make an event of any kind and date."""
    return make_event(
        id,
        chance.choice(DATES),
        type=chance.choice(TYPES),
        status=chance.choice(STATUSES),
        headline=chance.random() < 0.5,
        orgs={A: "host"} if chance.random() < 0.5 else {A: "party", B: "party"},
    )


def counted(store: Store) -> dict[tuple[Any, ...], int]:
    """Count the events themselves, as the table of counts tells them apart."""
    table = EVENTS.c
    months = [func.coalesce(func.substr(table[side], 1, 7), "") for side in ("from", "to")]
    kinds = [table.type, table.status, table.certainty, table.headline, table.review]
    with store.read() as connection:
        rows = connection.execute(select(*months, *kinds, func.count()).group_by(*months, *kinds)).all()
    return {tuple(row[:-1]): row[-1] for row in rows}


def kept(store: Store) -> dict[tuple[Any, ...], int]:
    table = TALLIES.c
    key = (
        table.from_month,
        table.to_month,
        table.type,
        table.status,
        table.certainty,
        table.headline,
        table.review,
    )
    with store.read() as connection:
        rows = connection.execute(select(*key, table.events).where(table.events != 0)).all()
    return {tuple(row[:-1]): row[-1] for row in rows}


def test_every_writer_leaves_the_counts_right(store: Store) -> None:
    chance = random.Random(7)
    shown: dict[str, Event] = {}
    for step in range(40):
        WRITERS[step % len(WRITERS)](store, chance, shown, step)
        assert kept(store) == counted(store), step
    assert kept(store)


def _replace_all(store: Store, chance: random.Random, shown: dict[str, Event], step: int) -> None:
    shown.clear()
    shown.update((id, tell(chance, id)) for id in (f"e{step}-{i}" for i in range(chance.randint(1, 60))))
    save_timeline(store, make_timeline(*shown.values()))


def _write_part(store: Store, chance: random.Random, shown: dict[str, Event], step: int) -> None:
    """Change some events, drop some, add some."""
    scope = chance.sample(sorted(shown), min(len(shown), 9))
    made = [tell(chance, id) for id in (*scope[:6], f"f{step}", f"g{step}")]
    for id in scope:
        del shown[id]
    shown.update((event.id, event) for event in made)
    with store.write() as connection:
        save_part(connection, make_timeline(*made), Scope(events=frozenset(scope)), at=None)


def _correct(store: Store, chance: random.Random, shown: dict[str, Event], step: int) -> None:
    for id in chance.sample(sorted(shown), min(len(shown), 3)):
        field, value = chance.choice(
            [("date", "2022-05"), ("type", "award"), ("status", "cancelled"), ("verdict", "rejected")]
        )
        said = {
            "event": id,
            "field": field,
            "value": value,
            "by": "lin",
            "at": "2024-05-01T08:00:00Z",
            "reason": "",
        }
        save_correction(store, Correction.model_validate(said))


def _take_back(store: Store, chance: random.Random, shown: dict[str, Event], step: int) -> None:
    for correction in find_corrections(store)[:2]:
        withdraw_correction(store, correction.id, by="lin", at="2024-05-02T08:00:00Z")


def _write_past_the_door(store: Store, chance: random.Random, shown: dict[str, Event], step: int) -> None:
    with store.write() as connection:
        connection.execute(
            update(EVENTS).where(EVENTS.c.type == TYPES[0]).values(status="planned", headline=False)
        )
        if step % 2:
            connection.execute(delete(EVENTS).where(EVENTS.c.type == TYPES[1]))
            for id in [event.id for event in shown.values() if event.type == TYPES[1]]:
                del shown[id]


WRITERS = (
    _replace_all,
    _write_part,
    _correct,
    _write_part,
    _take_back,
    _write_part,
    _write_past_the_door,
    _correct,
)


def test_what_was_begun_and_not_finished_is_not_counted(store: Store) -> None:
    def write_in_part() -> None:
        with store.write() as connection:
            save_part(connection, make_timeline(make_event("1", "2020-01-01")), Scope(), at=None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_in_part()
    assert kept(store) == {}


@pytest.fixture(scope="module")
def filled(module_url: str) -> Iterator[Store]:
    chance = random.Random(11)
    with open_store(module_url) as store:
        save_timeline(store, make_timeline(*(tell(chance, f"e{i:03}") for i in range(300))))
        yield store


SPANS: list[dict[str, str]] = [
    {}, {"from": "2020-01-01", "to": "2020-12-31"}, {"from": "2020-02-01", "to": "2020-02-29"}, {"from": "2020-02-12"}, {"to": "2020-02-14"},
    {"from": "2020-02-11", "to": "2020-02-19"}, {"from": "2020-03-05", "to": "2020-02-10"}, {"from": "2019-12-31", "to": "2020-01-01"},
    {"from": "2020", "to": "2021"}, {"from": "2020-02", "to": "2020-02"}, {"from": "2030-01-01"}, {"to": "2001-12-31"},
]  # fmt: skip
KINDS: list[dict[str, Any]] = [
    {}, {"types": [TYPES[0]]}, {"not_types": TYPES[:2]}, {"statuses": STATUSES[1:3], "headline": True}, {"not_statuses": ["held"]},
    {"certainty": ["day"]}, {"certainty": ["month", "unknown"]}, {"undated": "exclude"}, {"undated": "only"}, {"reviews": ["rejected"]},
    {"organizations": [B]}, {"roles": ["host"], "not_types": TYPES[:1]},
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("span", SPANS, ids=str)
def test_a_total_is_what_the_events_are(filled: Store, span: dict[str, str], kind: dict[str, Any]) -> None:
    query = EventQuery.model_validate(span | kind)
    with filled.read() as connection:
        numbers = connection.execute(
            select(EVENTS.c.id).where(*conditions(connection, query)).order_by(EVENTS.c.newest, EVENTS.c.id)
        )
        wanted = [row.id for row in numbers]
    found = find_events(filled, query, limit=1000)
    assert ([event.id for event in found.events], found.total) == (wanted, len(wanted))


@pytest.mark.parametrize("short", [0, 1000])
@pytest.mark.parametrize("kind", [{"organizations": [B]}, {"roles": ["host"]}, {"q": "消息"}], ids=str)
def test_a_short_stretch_of_days_is_counted_as_a_long_one(
    filled: Store, monkeypatch: pytest.MonkeyPatch, kind: dict[str, Any], short: int
) -> None:
    monkeypatch.setattr("timeline.store.reading.sizes._SHORT", short)
    monkeypatch.setattr("timeline.store.reading.filters._FEW_EVENTS", -1)
    filled.totals.clear()
    for span in SPANS:
        query = EventQuery.model_validate(span | kind)
        assert find_events(filled, query, limit=1).total == sum(1 for _ in iterate_events(filled, query)), (
            span
        )


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_screens_follow_each_other_where_many_fit(filled: Store, order: str) -> None:
    query = EventQuery.model_validate({"from": "2020-01-05", "not_types": TYPES[:1], "order": order})
    wanted = [event.id for event in iterate_events(filled, query)]
    found: list[str] = []
    cursor: str | None = None
    while len(found) < len(wanted):
        screen = find_events(filled, query, cursor=cursor, limit=9)
        found += [event.id for event in screen.events]
        cursor = screen.next
    assert (found, cursor) == (wanted, None)


@pytest.mark.parametrize("field", ["type", "year", "month", "certainty", "status", "review"])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_facet_read_off_is_the_facet_counted(filled: Store, kind: dict[str, Any], field: Facet) -> None:
    query = EventQuery.model_validate({"from": "2020-01-01"} | kind)
    values = Counter(_value(event, field) for event in iterate_events(filled, query))
    del values[""]
    assert {count.value: count.count for count in count_by(filled, query, field)} == dict(values)


def _value(event: Event, field: Facet) -> str:
    """Give the value that an event is counted under, "" where it is counted under none."""
    certainty = certainty_of(event.date.edtf)
    if field in ("year", "month"):
        known = {"year": ("day", "month", "year"), "month": ("day", "month")}[field]
        return (event.date.from_ or "")[: {"year": 4, "month": 7}[field]] if certainty in known else ""
    return certainty if field == "certainty" else str(getattr(event, field))
