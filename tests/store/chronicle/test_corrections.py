"""What a person corrects: shown at once and everywhere, kept through every linking, taken back, told in the log."""

from __future__ import annotations

from typing import Any

import pytest

from tests.findings import make_extraction
from timeline.chronology import Correction, Event, EventQuery, Judgement
from timeline.errors import NotFoundError, UsageError
from timeline.merge import link_store
from timeline.store import (
    Store,
    count_by,
    find_changes,
    find_corrections,
    find_events,
    find_organizations,
    find_partnerships,
    load_timeline,
    read_event,
    save_correction,
    save_extractions,
    save_judgement,
    withdraw_correction,
)

A, B, C = "东原大学", "南河集团", "西陵研究院"
AT = "2024-05-01T08:00:00Z"


def say(store: Store, event: str, field: str, value: str | None = None, **rest: Any) -> Correction:
    fields = {
        "event": event,
        "field": field,
        "value": value,
        "by": "lin",
        "at": AT,
        "reason": "seen in print",
    }
    return save_correction(store, Correction.model_validate({**fields, **rest}))


def only(store: Store, **query: Any) -> Event:
    (event,) = find_events(store, EventQuery.model_validate(query)).events
    return event


@pytest.fixture
def filled(store: Store) -> Store:
    """Store a signing of unknown year and a forum."""
    rows: list[dict[str, Any]] = [
        {"date": "XXXX-05-18", "orgs": {A: "party", B: "party"}, "place": "南京市"},
        {"date": "2020-03-02", "orgs": {C: "host"}, "type": "forum", "title": "河湖论坛"},
    ]
    save_extractions(store, [make_extraction(f"p{i}", row) for i, row in enumerate(rows)])
    link_store(store)
    return store


@pytest.fixture
def signing(filled: Store) -> str:
    return only(filled, types=["signing"]).id


def test_a_date_moves_the_event_wherever_it_is_found(filled: Store, signing: str) -> None:
    kept = say(filled, signing, "date", "2012-05-18")
    event = read_event(filled, signing)
    assert event is not None
    assert event.review == "corrected"
    assert (event.date.edtf, event.date.from_, event.date.text) == ("2012-05-18", "2012-05-18", "XXXX-05-18")
    assert event.date.reason == "set by lin; the pages gave XXXX-05-18: stated"
    assert [e.id for e in find_events(filled, EventQuery(undated="only")).events] == []
    assert only(filled, to="2012-12-31").id == signing
    assert [f.value for f in count_by(filled, EventQuery(), "year")] == ["2012", "2020"]
    assert find_partnerships(filled, EventQuery()).partnerships[0].edtf == "2012-05-18"
    assert find_organizations(filled, q=A).organizations[0].first == "2012-05-18"
    assert kept.reports == ("p0/p0-0@0-17",)
    assert kept.id.startswith("c")
    withdraw_correction(filled, kept.id, by="wei", at=AT)
    event = read_event(filled, signing)
    assert event is not None
    assert (event.review, event.date.edtf) == ("automatic", "XXXX-05-18")
    assert find_organizations(filled, q=A).organizations[0].first is None


def test_title_place_type_and_status_are_found_as_corrected(filled: Store, signing: str) -> None:
    say(filled, signing, "title", "两河合作签约仪式")
    say(filled, signing, "place", "苏州市")
    say(filled, signing, "status", "planned")
    assert only(filled, q="两河合作").id == signing
    assert only(filled, q="苏州").place.name == "苏州市"  # type: ignore[union-attr]
    assert only(filled, places=["江苏省"]).place.adcode == "320500"  # type: ignore[union-attr]
    assert find_events(filled, EventQuery(q="南京")).total == 0
    assert only(filled, statuses=["planned"]).id == signing
    say(filled, signing, "type", "visit")
    assert find_partnerships(filled, EventQuery()).total == 0
    say(filled, signing, "place", None)
    assert read_event(filled, signing).place is None  # type: ignore[union-attr]


def test_parties_come_and_go_with_their_partnerships(filled: Store, signing: str) -> None:
    say(filled, signing, "party", C, action="add", role="party")
    (tie,) = find_partnerships(filled, EventQuery()).partnerships
    assert sorted(tie.parties) == sorted((A, B, C))
    assert {o.name: o.events for o in find_organizations(filled).organizations} == {A: 1, B: 1, C: 2}
    say(filled, signing, "party", C, action="add", role="witness")
    (tie,) = find_partnerships(filled, EventQuery()).partnerships
    assert sorted(tie.parties) == sorted((A, B))
    assert only(filled, organizations=[C], roles=["witness"]).id == signing
    say(filled, signing, "party", B, action="remove")
    assert find_partnerships(filled, EventQuery()).total == 0
    assert find_events(filled, EventQuery(organizations=(B,))).total == 0


def test_an_organisation_that_no_page_names_lasts_while_somebody_says_so(filled: Store, signing: str) -> None:
    kept = say(filled, signing, "party", name="北湖学会", action="add", role="host")
    assert only(filled, organizations=["北湖学会"]).id == signing
    link_store(filled)
    assert only(filled, organizations=["北湖学会"]).id == signing
    withdraw_correction(filled, kept.id, by="lin", at=AT)
    link_store(filled)
    assert find_organizations(filled, q="北湖学会").total == 0
    told = [(c.kind, c.reason) for c in find_changes(filled) if c.id == kept.value]
    assert told == [("created", "a correction names it"), ("deleted", "nobody names it any more")]


def test_a_party_follows_its_organisation_into_another(filled: Store, signing: str) -> None:
    say(filled, signing, "party", C, action="add", role="witness")
    save_extractions(filled, [make_extraction("p5", {"date": "2019-01-02", "orgs": {"西陵院": "host"}})])
    link_store(filled)
    kept = find_organizations(filled, q="西陵院").organizations[0].id
    verdict = {"left": C, "right": "西陵院", "verdict": "same", "score": 1.0, "reasons": [], "by": "lin"}
    save_judgement(filled, Judgement.model_validate(verdict))
    link_store(filled)
    (body,) = find_organizations(filled, q="西陵院").organizations
    assert set(body.names) == {C, "西陵院"}
    party = read_event(filled, signing).organizations[-1]  # type: ignore[union-attr]
    assert (party.organization, party.name, party.role) == (body.id, body.name, "witness")
    assert body.events == 3
    assert only(filled, q="西陵院", types=["signing"], roles=["witness"], organizations=[kept]).id == signing


def test_what_is_rejected_is_hidden_until_asked_for(filled: Store, signing: str) -> None:
    kept = say(filled, signing, "verdict", "rejected")
    assert find_events(filled, EventQuery()).total == 1
    assert only(filled, reviews=["rejected"]).id == signing
    assert find_partnerships(filled, EventQuery(reviews=("rejected",))).total == 0
    assert find_organizations(filled, q=A).organizations[0].events == 0
    link_store(filled)
    assert find_events(filled, EventQuery()).total == 1
    withdraw_correction(filled, kept.id, by="lin", at=AT)
    assert find_events(filled, EventQuery()).total == 2
    say(filled, signing, "verdict", "confirmed")
    assert only(filled, reviews=["confirmed"]).id == signing


def test_corrections_outlive_new_pages_new_rules_and_linking(filled: Store, signing: str) -> None:
    say(filled, signing, "title", "两河合作签约仪式")
    row = {"date": "2012-05-18", "orgs": {A: "party", B: "party"}, "status": "held"}
    save_extractions(filled, [make_extraction("p9", row)])
    link_store(filled)
    event = only(filled, types=["signing"])
    assert (event.id, event.title, len(event.sources)) == (signing, "两河合作签约仪式", 2)
    assert event.date.edtf == "2012-05-18"  # what nobody corrected follows the pages
    before = len(find_changes(filled))
    link_store(filled)
    assert len(find_changes(filled)) == before
    assert load_timeline(filled).events[0].title is None or load_timeline(filled).events[1].title is None


def retell(store: Store, mention: str, start: int, end: int) -> None:
    """Tell page p0 anew, as new rules would: under another mention, with its sentence cut otherwise."""
    page = make_extraction("p0", {"date": "XXXX-05-18", "orgs": {A: "party", B: "party"}})
    findings = page.findings.to_json()
    findings["events"][0] |= {
        "id": mention,
        "sentence": {"text": "句" * (end - start), "start": start, "end": end},
    }
    for tie in findings["partnerships"]:
        tie["event"] = mention
    save_extractions(store, [page.model_validate({"text": "x", "findings": findings})])
    link_store(store)


def test_a_correction_finds_its_event_under_new_rules(filled: Store, signing: str) -> None:
    say(filled, signing, "title", "两河合作签约仪式")
    retell(filled, "other", 0, 17)
    assert only(filled, types=["signing"]).id == signing
    assert only(filled, types=["signing"]).title == "两河合作签约仪式"
    retell(filled, "third", 2, 14)
    assert only(filled, types=["signing"]).title == "两河合作签约仪式"
    retell(filled, "fourth", 100, 112)  # another sentence tells of something else
    assert only(filled, types=["signing"]).title is None
    assert len(find_corrections(filled)) == 1
    retell(filled, "p0-0", 0, 17)
    assert only(filled, types=["signing"]).title == "两河合作签约仪式"


def test_a_correction_follows_merge_and_split(filled: Store, signing: str) -> None:
    row = {"date": "2012-06-20", "orgs": {A: "party", B: "party"}}
    save_extractions(filled, [make_extraction("p7", row), make_extraction("p8", row)])
    link_store(filled)
    other = only(filled, from_="2012-06-20", to="2012-06-20")
    kept = say(filled, signing, "title", "两河合作签约仪式")
    verdict = {
        "left": "p0/p0-0",
        "right": "p7/p7-0",
        "verdict": "same",
        "score": 1.0,
        "reasons": [],
        "by": "lin",
    }
    save_judgement(filled, Judgement.model_validate(verdict))
    link_store(filled)
    merged = only(filled, types=["signing"])
    assert (merged.id, merged.title) == (other.id, "两河合作签约仪式")
    assert [c.id for c in find_corrections(filled, event=signing)] == [kept.id]
    save_judgement(filled, Judgement.model_validate({**verdict, "verdict": "different"}))
    link_store(filled)
    titles = {len(e.sources): e.title for e in find_events(filled, EventQuery(types=("signing",))).events}
    assert titles == {1: "两河合作签约仪式", 2: None}


def test_the_log_says_who_and_why(filled: Store, signing: str) -> None:
    since = find_changes(filled)[-1].sequence
    kept = say(filled, signing, "date", "2012-05-18")
    withdraw_correction(filled, kept.id, by="wei", at="2024-05-02T08:00:00+08:00")
    found = [(c.kind, c.id, c.reason, c.at) for c in find_changes(filled, since=since)]
    assert found == [
        ("corrected", signing, "lin: date set to 2012-05-18; seen in print", AT),
        ("corrected", signing, "wei: date set to 2012-05-18 taken back", "2024-05-02T00:00:00Z"),
    ]
    assert find_corrections(filled) == []
    (history,) = find_corrections(filled, active_only=False)
    assert (history.withdrawn_by, history.withdrawn_at) == ("wei", "2024-05-02T00:00:00Z")


def test_the_later_of_two_holds_and_undo_brings_the_former_back(filled: Store, signing: str) -> None:
    say(filled, signing, "date", "2012-05-18")
    later = say(filled, signing, "date", "2013-05-18")
    assert read_event(filled, signing).date.edtf == "2013-05-18"  # type: ignore[union-attr]
    assert "the pages gave XXXX-05-18" in read_event(filled, signing).date.reason  # type: ignore[union-attr]
    withdraw_correction(filled, later.id, by="lin", at=AT)
    assert read_event(filled, signing).date.edtf == "2012-05-18"  # type: ignore[union-attr]


def test_said_twice_is_once(filled: Store, signing: str) -> None:
    one = say(filled, signing, "title", "签约")
    since = len(find_changes(filled))
    assert say(filled, signing, "title", " 签约 ") == one
    assert len(find_changes(filled)) == since
    assert len(find_corrections(filled)) == 1


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"field": "date", "value": "2012-02-30"}, "2012-02-30"),
    ({"field": "date", "value": "昨天"}, "write 2012-05-18"),
    ({"field": "date", "value": None}, "cannot be"),
    ({"field": "type", "value": "wedding"}, "take signing"),
    ({"field": "status", "value": "maybe"}, "take held"),
    ({"field": "verdict", "value": "fine"}, "take confirmed"),
    ({"field": "date", "value": "2012", "action": "remove"}, "set it"),
    ({"field": "party", "value": A}, "add or remove"),
    ({"field": "party", "value": A, "action": "add"}, "under a role"),
    ({"field": "party", "value": "东原", "action": "add", "role": "host"}, f"did you mean {A}"),
    ({"field": "party", "value": "无名氏", "action": "add", "role": "host"}, "no organisation"),
    ({"field": "party", "value": C, "action": "remove"}, "takes no part"),
    ({"field": "title", "value": "甲", "role": "host"}, "has no role"),
    ({"field": "title", "value": "甲", "by": "  "}, "who says so"),
    ({"field": "title", "value": "甲", "at": "gestern"}, "not an instant"),
    ({"field": "title", "value": "甲" * 301}, "300 are allowed"),
    ({"field": "title", "value": "甲\x00乙"}, "control characters"),
]


@pytest.mark.parametrize(("wrong", "says"), WRONG, ids=[w[1] for w in WRONG])
def test_what_cannot_be_is_refused_with_what_would_do(
    filled: Store, signing: str, wrong: dict[str, Any], says: str
) -> None:
    before = read_event(filled, signing)
    with pytest.raises(UsageError, match=says):
        say(filled, signing, **wrong)
    assert read_event(filled, signing) == before
    assert find_corrections(filled, active_only=False) == []


def test_unknown_ids_are_not_found(filled: Store) -> None:
    with pytest.raises(NotFoundError, match="no event has the id 'e0'"):
        say(filled, "e0", "title", "甲")
    with pytest.raises(NotFoundError, match="no correction has the id 'c0'"):
        withdraw_correction(filled, "c0", by="lin", at=AT)
    assert find_corrections(filled, event="e0") == []
