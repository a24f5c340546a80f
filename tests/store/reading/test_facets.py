"""Counting a query's events by a field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store.chronicles import make_event, make_timeline
from timeline.chronology import EventQuery
from timeline.store import Store, count_by, open_store, save_timeline
from timeline.store.reading.facets import Facet

A, B = "东原大学", "南河集团"


@pytest.fixture(scope="module")
def filled(module_url: str) -> Iterator[Store]:
    with open_store(module_url) as store:
        save_timeline(
            store,
            make_timeline(
                make_event("1", "2021-06-09", orgs={A: "party", B: "party"}),
                make_event("2", "2021-06", type="forum", orgs={A: "host"}),
                make_event("3", "2022", status="planned"),
                make_event("4", "XXXX-12-06", orgs={A: "host"}),
                make_event("5", "../2019"),
            ),
        )
        yield store


@pytest.mark.parametrize(
    ("field", "counts"),
    [
        ("type", [("signing", 4), ("forum", 1)]),
        ("status", [("held", 4), ("planned", 1)]),
        ("certainty", [("year", 2), ("day", 1), ("month", 1), ("unknown", 1)]),
        ("year", [("2021", 2), ("2022", 1)]),
        ("month", [("2021-06", 2)]),
        ("organization", [(f"o:{A}", 3), (f"o:{B}", 1)]),
    ],
)
def test_each_field_is_counted(filled: Store, field: Facet, counts: list[tuple[str, int]]) -> None:
    assert [(c.value, c.count) for c in count_by(filled, EventQuery(), field)] == counts


def test_only_the_query_s_events_are_counted(filled: Store) -> None:
    query = EventQuery(organizations=(A,), undated="exclude")
    assert [(c.value, c.count) for c in count_by(filled, query, "type")] == [("forum", 1), ("signing", 1)]
    assert [(c.label, c.count) for c in count_by(filled, query, "organization")] == [(A, 2), (B, 1)]
    assert count_by(filled, EventQuery(q="没有"), "year") == []
