"""Partnerships by query: those of the query's events and no others, the same by screens and as a stream."""

from __future__ import annotations

import pytest

from tests.api.corpus import make_corpus
from timeline.chronology import EventQuery, Partnership
from timeline.errors import UsageError
from timeline.store import (
    Store,
    find_partnerships,
    iterate_partnerships,
    open_store,
    save_extractions,
    save_timeline,
)

EXTRACTIONS, TIMELINE = make_corpus()


@pytest.fixture(scope="module")
def store() -> Store:
    opened = open_store("sqlite://")
    save_extractions(opened, EXTRACTIONS)
    save_timeline(opened, TIMELINE)
    return opened


def _by_screens(store: Store, query: EventQuery) -> list[Partnership]:
    found: list[Partnership] = []
    cursor = None
    while True:
        page = find_partnerships(store, query, cursor=cursor, limit=4)
        found += page.partnerships
        cursor = page.next
        if cursor is None:
            assert page.total == len(found)
            return found


def test_every_partnership_is_found_once(store: Store) -> None:
    for query in (EventQuery(), EventQuery(order="oldest")):
        found = _by_screens(store, query)
        assert found == list(iterate_partnerships(store, query))
        assert sorted(p.id for p in found) == sorted(p.id for p in TIMELINE.partnerships)


def test_the_filter_is_that_of_the_events(store: Store) -> None:
    organization = TIMELINE.partnerships[0].organizations[0]
    found = _by_screens(store, EventQuery(organizations=(organization,), types=("signing",)))
    assert {p.id for p in found} == {p.id for p in TIMELINE.partnerships if organization in p.organizations}
    assert _by_screens(store, EventQuery(types=("forum",))) == []


def test_a_cursor_of_another_list_is_refused(store: Store) -> None:
    cursor = find_partnerships(store, EventQuery(), limit=1).next
    with pytest.raises(UsageError):
        find_partnerships(store, EventQuery(order="oldest"), cursor=cursor)
