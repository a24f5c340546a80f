"""The graph of partnerships: pairs with their events, counted by independent pages, as of a day, a screen at a time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.findings import make_extraction
from timeline.chronology import Correction, EventQuery, Pair
from timeline.errors import UsageError
from timeline.merge import link_store
from timeline.store import (
    Store,
    find_events,
    find_organizations,
    find_pairs,
    find_partnerships,
    save_correction,
    save_extractions,
)

A, B, C = "东原大学", "南河集团", "西陵研究院"


@pytest.fixture
def filled(store: Store) -> Store:
    """Store two signings of A and B, the later told by two pages of which one has the other's words, and one of all three."""
    words = "东原大学与南河集团在南京签署合作协议，双方将共建实验室，培养人才，推动成果转化。"
    rows: list[dict[str, Any]] = [
        {"date": "2015-03-02", "orgs": {A: "party", B: "party"}},
        {"date": "2018-06-09", "orgs": {A: "party", B: "party"}, "sentence": words},
        {"date": "2018-06-09", "orgs": {A: "party", B: "party"}, "sentence": words},
        {"date": "2020-01-05", "orgs": {A: "party", B: "party", C: "party"}},
        {"date": "XXXX-11-05", "orgs": {B: "party", C: "party"}},
    ]
    save_extractions(store, [make_extraction(f"p{i}", row) for i, row in enumerate(rows)])
    link_store(store)
    assert find_partnerships(store, EventQuery()).total == 4
    return store


def told(pair: Pair) -> tuple[set[str], int, int, str | None, str | None]:
    return set(pair.names), pair.events, pair.sources, pair.first, pair.last


def test_pairs_come_with_their_events(filled: Store) -> None:
    page = find_pairs(filled)
    assert page.total == 3
    first = page.pairs[0]
    assert told(first) == ({A, B}, 3, 3, "2015-03-02", "2020-01-05")
    assert first.kinds == {"strategic_cooperation": 3}
    assert [(e.edtf, e.sources) for e in first.evidence] == [
        ("2020-01-05", 1),
        ("2018-06-09", 1),
        ("2015-03-02", 1),
    ]
    assert {told(pair)[1:] for pair in page.pairs[1:]} == {
        (1, 1, "2020-01-05", "2020-01-05"),
        (2, 2, "2020-01-05", "2020-01-05"),
    }


def test_an_organisation_has_its_partners(filled: Store) -> None:
    page = find_pairs(filled, organization=C)
    assert [pair.names for pair in page.pairs] == [(C, B), (C, A)]
    assert find_pairs(filled, organization="北湖学会").total == 0
    ids = [o.id for o in find_organizations(filled).organizations if o.name != A]
    assert [set(pair.names) for pair in find_pairs(filled, among=ids).pairs] == [{B, C}]


@pytest.mark.parametrize(
    ("as_of", "counts"),
    [
        ("2014-12-31", {}),
        ("2015", {(A, B): 1}),
        ("2018-06-08", {(A, B): 1}),
        ("2018-06", {(A, B): 2}),
        ("2020-12-31", {(A, B): 3, (A, C): 1, (B, C): 1}),
    ],
)
def test_as_of_a_day_nothing_later_counts(filled: Store, as_of: str, counts: dict[Any, int]) -> None:
    found = {tuple(sorted(pair.names)): pair.events for pair in find_pairs(filled, as_of=as_of).pairs}
    assert found == {tuple(sorted(names)): count for names, count in counts.items()}


def test_kinds_narrow_the_graph(filled: Store) -> None:
    assert find_pairs(filled, kinds=["strategic_cooperation"]).total == 3
    assert find_pairs(filled, kinds=["joint_venture"]).total == 0


def test_the_graph_follows_corrections(filled: Store) -> None:
    triple = find_events(filled, EventQuery(organizations=(A, C), match="all")).events[0]
    fields = {
        "event": triple.id,
        "field": "party",
        "action": "remove",
        "value": C,
        "by": "lin",
        "at": "2024-05-01",
    }
    save_correction(filled, Correction.model_validate(fields))
    assert {tuple(sorted(p.names)): p.events for p in find_pairs(filled).pairs} == {
        tuple(sorted((A, B))): 3,
        tuple(sorted((B, C))): 1,
    }
    reject = {"event": triple.id, "field": "verdict", "value": "rejected", "by": "lin", "at": "2024-05-01"}
    save_correction(filled, Correction.model_validate(reject))
    assert find_pairs(filled).pairs[0].events == 2


def test_screens_follow_on(filled: Store) -> None:
    whole = find_pairs(filled).pairs
    seen: list[Pair] = []
    cursor = None
    while True:
        page = find_pairs(filled, limit=1, cursor=cursor)
        seen += page.pairs
        cursor = page.next
        if cursor is None:
            break
    assert seen == list(whole)


@pytest.mark.parametrize(
    "wrong", [{"as_of": "gestern"}, {"as_of": "XXXX-05-01"}, {"limit": 0}, {"cursor": "x"}]
)
def test_what_is_no_question_is_refused(filled: Store, wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        find_pairs(filled, **wrong)
