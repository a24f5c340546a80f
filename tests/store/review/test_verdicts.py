"""A person's word: kept through every linking, obeyed, taken back, and told in the log."""

from __future__ import annotations

import pytest

from tests.findings import make_extraction
from timeline.chronology import Judgement
from timeline.errors import UsageError
from timeline.link import link
from timeline.merge import link_store
from timeline.store import (
    Store,
    find_changes,
    find_judgements,
    load_findings,
    load_timeline,
    save_extractions,
    save_judgement,
    withdraw_judgement,
)

A, B = "东原大学", "南河集团"


def verdict(left: str, right: str, word: str, by: str = "person:lin") -> Judgement:
    return Judgement.model_validate(
        {
            "left": left,
            "right": right,
            "verdict": word,
            "score": 1.0,
            "reasons": ["seen"],
            "by": by,
            "at": "2024-01-01",
        }
    )


def relink(store: Store) -> list[int]:
    """Link anew and give how many reports each event has."""
    link_store(store)
    timeline = load_timeline(store)
    assert timeline == link(load_findings(store), previous=timeline)
    return sorted(len(event.sources) for event in timeline.events)


@pytest.fixture
def filled(store: Store) -> Store:
    days = ("2021-06-09", "2021-06-09", "2021-06-20")
    save_extractions(
        store,
        [make_extraction(f"p{i}", {"date": d, "orgs": {A: "party", B: "party"}}) for i, d in enumerate(days)],
    )
    assert relink(store) == [1, 2]
    return store


def test_a_verdict_joins_what_the_rules_keep_apart(filled: Store) -> None:
    save_judgement(filled, verdict("p2/p2-0", "p0/p0-0", "same"))
    assert relink(filled) == [3]
    assert "2021-06-20 (page p2)" in load_timeline(filled).events[0].conflicts[0]
    assert relink(filled) == [3]
    assert withdraw_judgement(filled, "p0/p0-0", "p2/p2-0", by="person:lin")
    assert relink(filled) == [1, 2]


def test_a_verdict_keeps_apart_what_the_rules_join(filled: Store) -> None:
    save_judgement(filled, verdict("p0/p0-0", "p1/p1-0", "different"))
    assert relink(filled) == [1, 1, 1]
    save_extractions(
        filled, [make_extraction("p3", {"date": "2021-06-09", "orgs": {A: "party", B: "party"}})]
    )
    assert relink(filled) == [1, 1, 2]
    save_judgement(filled, verdict("p0/p0-0", "p1/p1-0", "same"))
    assert relink(filled) == [1, 3]


def test_verdicts_over_names_join_and_part_bodies(filled: Store) -> None:
    save_judgement(filled, verdict(A, B, "same"))
    relink(filled)
    assert [o.names for o in load_timeline(filled).organizations] == [(A, B)]
    assert withdraw_judgement(filled, B, A, by="person:lin", at="2024-02-01")
    relink(filled)
    assert len(load_timeline(filled).organizations) == 2


def test_every_verdict_is_in_the_log(filled: Store) -> None:
    last = find_changes(filled)[-1].sequence
    save_judgement(filled, verdict("p0/p0-0", "p1/p1-0", "different"))
    withdraw_judgement(filled, "p0/p0-0", "p1/p1-0", by="person:lin")
    found = [
        (c.sequence - last, c.kind, c.subject, c.id, c.other, c.reason)
        for c in find_changes(filled, since=last)
    ]
    assert found == [
        (1, "corrected", "event", "p0/p0-0", "p1/p1-0", "person:lin: different; seen"),
        (2, "corrected", "event", "p0/p0-0", "p1/p1-0", "person:lin: different taken back"),
    ]


def test_what_is_no_verdict_is_refused(filled: Store) -> None:
    for wrong in (
        verdict("a", "b", "unsure"),
        verdict("a", "b", "same", by="rules"),
        verdict("a", "a", "same"),
    ):
        with pytest.raises(UsageError):
            save_judgement(filled, wrong)
    assert not withdraw_judgement(filled, "a", "b", by="person:lin")
    assert not withdraw_judgement(filled, "p0/p0-0", "p1/p1-0", by="rules")


def test_unsure_pairs_can_be_listed(store: Store) -> None:
    rows = [{"date": d, "orgs": {A: "party", B: "party"}} for d in ("2021-06-09", "2021")]
    save_extractions(store, [make_extraction(f"p{i}", row) for i, row in enumerate(rows)])
    relink(store)
    assert [(j.left, j.right) for j in find_judgements(store, verdict="unsure")] == [("p0/p0-0", "p1/p1-0")]
    assert find_judgements(store, verdict="different") == []
