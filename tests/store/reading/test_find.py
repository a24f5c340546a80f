"""Questions about the chronology: filters, order, cursors, single records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.store.chronicles import make_event, make_timeline
from timeline.chronology import EventQuery
from timeline.errors import UsageError
from timeline.store import (
    Store,
    count,
    find_events,
    find_organizations,
    iterate_events,
    open_store,
    read_event,
    read_organization,
    save_timeline,
)

A, B, C = "东原大学", "南河集团", "东原大学附属医院"
EVENTS = [
    make_event("day", "2021-06-09", orgs={A: "party", B: "party"}),
    make_event("range", "2021-06-08/2021-06-11", type="forum", orgs={A: "host"}),
    make_event("month", "2021-06", type="forum", status="planned"),
    make_event("year", "2021", orgs={B: "host"}, headline=False),
    make_event("old", "1998-01-01", orgs={C: "host"}),
    make_event("about", "2012-07-06~"),
    make_event("until", "../2019", type="award"),
    make_event("undated", None, orgs={C: "party", B: "party"}),
    make_event("december", "XXXX-12-06", orgs={A: "party", B: "party"}),
    make_event("march", "XXXX-03"),
]
NEWEST = ["day", "range", "month", "year", "until", "about", "old", "march", "december", "undated"]


@pytest.fixture(scope="module")
def filled(module_url: str) -> Iterator[Store]:
    with open_store(module_url) as store:
        save_timeline(store, make_timeline(*EVENTS))
        yield store


def test_the_newest_come_first_and_the_undated_last(filled: Store) -> None:
    assert _ids(filled) == NEWEST
    assert _ids(filled, order="oldest") == [
        "old",
        "about",
        "until",
        "year",
        "month",
        "range",
        "day",
        *NEWEST[-3:],
    ]


QUESTIONS: list[tuple[dict[str, Any], str]] = [
    ({"types": ("forum",)}, "range month"),
    ({"types": ("forum", "award")}, "range month until"),
    ({"statuses": ("planned",)}, "month"),
    ({"headline": False}, "year"),
    ({"certainty": ("day",)}, "day range old"),
    ({"certainty": ("month",)}, "month about"),
    ({"certainty": ("year", "unknown")}, "year until march december undated"),
    ({"undated": "exclude"}, " ".join(NEWEST[:-3])),
    ({"undated": "only"}, "march december undated"),
    ({"undated": "only", "from": "2021-01-01"}, "march december undated"),
    ({"from": "2021-06-10"}, "range month year"),
    ({"from": "2021-06-09", "to": "2021-06-09"}, "day range month year"),
    ({"to": "2012-12-31"}, "until about old"),
    ({"to": "1990-01-01"}, "until"),
    ({"from": "2030-01-01"}, ""),
    ({"organizations": (A,)}, "day range december"),
    ({"organizations": (f"o:{A}",)}, "day range december"),
    ({"organizations": ("东原",)}, "day range old december undated"),
    ({"organizations": ("附属",)}, "old undated"),
    ({"organizations": (A, C)}, "day range old december undated"),
    ({"organizations": (A, B), "match": "all"}, "day december"),
    ({"organizations": (A, "没有"), "match": "all"}, ""),
    ({"organizations": ("没有",)}, ""),
    ({"organizations": ("",)}, ""),
    ({"organizations": (A,), "types": ("signing",), "undated": "exclude"}, "day"),
    ({"q": "附属"}, "old undated"),
]


@pytest.mark.parametrize(("question", "answer"), QUESTIONS, ids=lambda value: str(value)[:60])
def test_each_filter_keeps_what_it_names(filled: Store, question: dict[str, Any], answer: str) -> None:
    assert " ".join(_ids(filled, **question)) == answer


def test_a_cursor_goes_through_all_without_gap_or_double(filled: Store) -> None:
    for order in ("newest", "oldest"):
        query = EventQuery(order=order)
        seen: list[str] = []
        cursor = None
        while True:
            page = find_events(filled, query, cursor=cursor, limit=3)
            seen += [event.id for event in page.events]
            assert page.total == len(EVENTS)
            cursor = page.next
            if cursor is None:
                break
        assert seen == _ids(filled, order=order)


def test_a_cursor_holds_while_events_are_added(store: Store) -> None:
    save_timeline(store, make_timeline(*EVENTS))
    first = find_events(store, EventQuery(), limit=2)
    save_timeline(store, make_timeline(*EVENTS, make_event("new", "2022-01-01"), make_event("mid", "2015")))
    rest = find_events(store, EventQuery(), cursor=first.next, limit=100)
    assert [e.id for e in rest.events] == ["month", "year", "until", "mid", "about", "old", *NEWEST[-3:]]
    assert rest.total == len(EVENTS) + 2


@pytest.mark.parametrize(
    "cursor", ["", "x", "W10", "WzEsMiwzXQ", "WyJvbGRlc3QiLDEsImEiXQ", "é", "=", "WyJuZXdlc3QiLDFlMjAsImEiXQ"]
)
def test_a_cursor_of_something_else_is_refused(filled: Store, cursor: str) -> None:
    with pytest.raises(UsageError, match="cursor"):
        find_events(filled, EventQuery(), cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_out_of_bounds_is_refused(filled: Store, limit: int) -> None:
    with pytest.raises(UsageError, match="limit"):
        find_events(filled, EventQuery(), limit=limit)


def test_all_events_stream_in_order(filled: Store) -> None:
    assert [e.id for e in iterate_events(filled, EventQuery())] == NEWEST
    assert list(iterate_events(filled, EventQuery(q="没有这样的事"))) == []


def test_one_event_comes_back_whole(filled: Store) -> None:
    assert read_event(filled, "day") == EVENTS[0]
    assert read_event(filled, "nothing") is None


def test_organisations_say_how_often_and_when_they_act(filled: Store) -> None:
    page = find_organizations(filled)
    found = {o.name: (o.events, o.first, o.last) for o in page.organizations}
    assert found == {
        B: (4, "2021-01-01", "2021-12-31"),
        A: (3, "2021-06-08", "2021-06-11"),
        C: (2, "1998-01-01", "1998-01-01"),
    }
    assert [o.name for o in page.organizations] == [B, A, C]
    assert page.total == 3


def test_organisations_are_paged_by_cursor(filled: Store) -> None:
    first = find_organizations(filled, limit=2)
    rest = find_organizations(filled, limit=2, cursor=first.next)
    assert [o.name for o in (*first.organizations, *rest.organizations)] == [B, A, C]
    assert rest.next is None


def test_one_organisation_comes_back(filled: Store) -> None:
    found = read_organization(filled, f"o:{A}")
    assert found is not None
    assert (found.name, found.names) == (A, (A,))
    assert read_organization(filled, "nothing") is None


def test_the_store_counts_what_it_holds(filled: Store) -> None:
    assert count(filled).model_dump() == {"pages": 0, "events": 10, "organizations": 3, "partnerships": 3}


def _ids(store: Store, **question: Any) -> list[str]:
    page = find_events(store, EventQuery.model_validate(question), limit=100)
    assert page.total == len(page.events)
    return [event.id for event in page.events]
