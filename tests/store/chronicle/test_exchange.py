"""Corrections and verdicts as a file: out, and in again here or in a store made anew; twice is once, what cannot be is refused."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.findings import make_extraction
from timeline.chronology import Correction, EventQuery
from timeline.merge import link_store
from timeline.store import (
    Store,
    apply_corrections,
    export_corrections,
    find_corrections,
    find_events,
    find_judgements,
    open_store,
    save_correction,
    save_extractions,
    save_verdict,
    withdraw_correction,
)

A, B = "东原大学", "南河集团"
AT = "2024-05-01T08:00:00Z"


def pages(order: int = 1) -> list[Any]:
    rows: list[dict[str, Any]] = [
        {"date": "2021-06-09", "orgs": {A: "party", B: "party"}},
        {"date": "2021-06-09", "orgs": {A: "party", B: "party"}},
        {"date": "XXXX-09-01", "orgs": {A: "host"}, "type": "forum"},
        {"date": "2021", "orgs": {A: "party", B: "party"}},
    ]
    return [make_extraction(f"p{i}", row) for i, row in enumerate(rows)][::order]


def say(store: Store, event: str, field: str, value: str | None, **rest: Any) -> Correction:
    fields = {"event": event, "field": field, "value": value, "by": "lin", "at": AT, **rest}
    return save_correction(store, Correction.model_validate(fields))


@pytest.fixture
def filled(store: Store) -> Store:
    save_extractions(store, pages())
    link_store(store)
    forum = find_events(store, EventQuery(types=("forum",))).events[0].id
    signings = find_events(store, EventQuery(types=("signing",))).events
    say(store, forum, "date", "2020-09-01")
    kept = say(store, forum, "title", "两河论坛")
    withdraw_correction(store, kept.id, by="wei", at=AT)
    say(store, signings[0].id, "party", B, action="remove")
    one, other = (event.id for event in signings)
    save_verdict(store, one, other, "same", by="lin", at=AT)
    link_store(store)
    return store


def outcomes(store: Store, lines: list[str]) -> Counter[str]:
    return Counter(one.outcome for one in apply_corrections(store, lines))


def shown(store: Store) -> list[dict[str, Any]]:
    found = find_events(store, EventQuery()).events
    return [e.model_dump(exclude={"id", "conflicts"}) for e in found]


def test_applied_where_it_came_from_it_changes_nothing(filled: Store) -> None:
    lines = list(export_corrections(filled))
    assert outcomes(filled, lines) == {"unchanged": 5}
    assert list(export_corrections(filled)) == lines


def test_applied_to_a_store_made_anew_it_gives_the_same(filled: Store, new_url: Callable[[str], str]) -> None:
    lines = list(export_corrections(filled))
    with open_store(new_url("sqlite" if filled.is_sqlite else "postgres")) as other:
        # one page at a time, in another order: the ids may be others, the reports are the same
        for page in pages(-1):
            save_extractions(other, [page])
            link_store(other)
        assert outcomes(other, lines) == {"applied": 5}
        link_store(other)
        assert shown(other) == shown(filled)
        assert outcomes(other, list(export_corrections(other))) == {"unchanged": 5}
        assert outcomes(other, lines) == {"unchanged": 5}
        assert [c.id for c in find_corrections(other, active_only=False)] == [
            c.id for c in find_corrections(filled, active_only=False)
        ]


def test_what_was_taken_back_stays_so(filled: Store) -> None:
    lines = list(export_corrections(filled))
    kept = find_corrections(filled)[0]
    withdraw_correction(filled, kept.id, by="wei", at=AT)
    (one,) = [a for a in apply_corrections(filled, lines) if a.id == kept.id]
    assert (one.outcome, one.reason) == ("unchanged", "taken back by wei")
    taken_back = list(export_corrections(filled))
    other = find_corrections(filled)
    assert outcomes(filled, taken_back) == {"unchanged": 5}
    assert find_corrections(filled) == other


def test_a_taking_back_is_applied_too(filled: Store) -> None:
    kept = find_corrections(filled)[0]
    line = kept.model_copy(update={"withdrawn_by": "wei", "withdrawn_at": AT}).model_dump_json()
    assert outcomes(filled, [f'{{"correction": {line}}}']) == {"applied": 1}
    assert kept.id not in {c.id for c in find_corrections(filled)}


def test_the_later_verdict_stands(filled: Store) -> None:
    verdict, _ = [j for j in find_judgements(filled, verdict="same") if j.by == "lin"]
    earlier = verdict.model_copy(update={"verdict": "different", "at": "2020-01-01T00:00:00Z"})
    later = earlier.model_copy(update={"at": "2025-01-01T00:00:00Z"})
    lines = [json.dumps({"verdict": json.loads(j.model_dump_json())}) for j in (earlier, later)]
    assert [a.outcome for a in apply_corrections(filled, lines)] == ["unchanged", "applied"]
    assert sorted(j.verdict for j in find_judgements(filled) if j.by == "lin") == ["different", "same"]


CORRECTION = {"event": "e0", "field": "title", "value": "甲", "by": "lin", "at": AT}
WRONG = [
    ("{", "not JSON"),
    ("[]", "want {"),
    ('{"correction": {"event": "e0"}}', "no correction: field: Field required"),
    (json.dumps({"correction": {**CORRECTION, "colour": "red"}}), "colour: Extra inputs"),
    (json.dumps({"correction": CORRECTION}), "no event has the id 'e0'"),
    (
        '{"verdict": {"left": "a", "right": "b", "verdict": "same", "score": 1, "reasons": [], "by": ""}}',
        "needs a person",
    ),
    ("[" * 100_000, "not JSON"),
]


def test_lines_that_cannot_be_are_refused_and_the_others_taken(filled: Store) -> None:
    forum = find_events(filled, EventQuery(types=("forum",))).events[0].id
    good = json.dumps({"correction": {**CORRECTION, "event": forum}})
    found = apply_corrections(filled, [*(line for line, _ in WRONG), "\n", good])
    assert [one.outcome for one in found] == ["refused"] * len(WRONG) + ["applied"]
    for one, (_, says) in zip(found, WRONG, strict=False):
        assert says in one.reason
    assert found[-1].line == len(WRONG) + 2
    assert find_events(filled, EventQuery(types=("forum",))).events[0].title == "甲"
