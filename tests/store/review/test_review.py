"""The list of what needs eyes: each kind with its answers, screens that follow on, and what is decided gone from it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.findings import make_extraction
from timeline.chronology import Correction, EventQuery, ReviewItem
from timeline.errors import NotFoundError, UsageError
from timeline.merge import link_store
from timeline.store import (
    Store,
    find_events,
    find_judgements,
    find_organizations,
    find_reviews,
    save_correction,
    save_extractions,
    save_verdict,
    withdraw_correction,
)

A, B, C = "东原大学", "南河集团", "西陵研究院"
AT = "2024-05-01T08:00:00Z"


def fill(store: Store, *rows: dict[str, Any]) -> None:
    pages = []
    for i, row in enumerate(rows):
        fields = row.pop("page", {})
        pages.append(make_extraction(f"p{i}", row, **fields))
    save_extractions(store, pages)
    link_store(store)


def listed(store: Store, kind: str) -> tuple[ReviewItem, ...]:
    page = find_reviews(store, kinds=[kind])  # type: ignore[list-item]
    assert page.total == page.counts[kind] == len(page.items)  # type: ignore[index]
    return page.items


def clue(edtf: str | None, note: str, text: str = "2016年", kind: str = "clue") -> dict[str, Any]:
    return {"kind": kind, "edtf": edtf, "text": text, "weight": 1.0, "note": note, "used": False}


def say(store: Store, event: str, field: str, value: str) -> Correction:
    return save_correction(
        store,
        Correction.model_validate({"event": event, "field": field, "value": value, "by": "lin", "at": AT}),
    )


def test_an_unknown_year_comes_with_the_years_it_can_be(store: Store) -> None:
    evidence = [
        clue("2016-06-03", "a crawler's stamp", kind="declared"),
        clue("2015-01-01/2016-12-31", "the newest year mentioned", "2015年"),
        clue("2016-01-01/..", "spoken of as past or present"),
    ]
    row = {"date": "XXXX-05-18", "orgs": {A: "party", B: "party"}}
    fill(store, {**row, "page": {"published": None}})
    (bare,) = listed(store, "unknown_year")
    assert bare.candidates == ()
    page = make_extraction("p0", row).findings.model_dump(by_alias=True)
    page["published"] = {"edtf": None, "kind": "none", "evidence": evidence}
    extraction = make_extraction("p0", row)
    save_extractions(store, [extraction.model_validate({"text": "x", "findings": page})])
    link_store(store)
    (item,) = listed(store, "unknown_year")
    assert (item.subject, item.title, item.reason) == ("event", f"{A}、{B}", "stated")
    assert [(c.value, c.reason) for c in item.candidates] == [
        (
            "2016-05-18",
            "the page may be of 2016-06-03 (a crawler's stamp); the newest year mentioned: 2015年",
        ),
    ]


def test_a_weekday_leaves_few_years(store: Store) -> None:
    fill(
        store,
        {"date": "XXXX-06-09", "orgs": {A: "host"}, "type": "forum"},
        {"date": "2022-01-08", "orgs": {C: "host"}},
    )
    item = listed(store, "unknown_year")[0]
    assert item.candidates == ()  # the words say no weekday
    fill(store, {"date": "XXXX-06-09", "orgs": {A: "host"}, "type": "forum"})
    page = make_extraction("p0", {"date": "XXXX-06-09", "orgs": {A: "host"}, "type": "forum"})
    findings = page.findings.model_dump(by_alias=True)
    findings["events"][0]["date"]["text"] = "6月9日（星期三）"
    save_extractions(store, [page.model_validate({"text": "x", "findings": findings})])
    link_store(store)
    values = [c.value for c in listed(store, "unknown_year")[0].candidates]
    assert values == ["2021-06-09", "2010-06-09", "2004-06-09", "1999-06-09", "1993-06-09"]


def test_a_decided_year_leaves_the_list_and_undo_brings_it_back(store: Store) -> None:
    fill(store, {"date": "XXXX-05-18", "orgs": {A: "party", B: "party"}})
    (item,) = listed(store, "unknown_year")
    say(store, item.ids[0], "title", "签约")
    assert len(listed(store, "unknown_year")) == 1
    kept = say(store, item.ids[0], "date", "2016-05-18")
    assert listed(store, "unknown_year") == ()
    withdraw_correction(store, kept.id, by="lin", at=AT)
    assert len(listed(store, "unknown_year")) == 1
    say(store, item.ids[0], "verdict", "confirmed")
    assert listed(store, "unknown_year") == ()


def test_a_conflict_shows_its_sides(store: Store) -> None:
    row = {"orgs": {A: "host"}, "type": "forum", "title": "第三届东原河湖论坛"}
    fill(
        store,
        {**row, "date": "2021-06-09", "page": {"outlet": "甲报"}},
        {**row, "date": "2021-06-19", "page": {"outlet": "乙报"}},
    )
    (item,) = listed(store, "conflict")
    assert [(c.value, c.reason) for c in item.candidates] == [
        ("2021-06-09", "told by 甲报"),
        ("2021-06-19", "told by 乙报"),
    ]
    say(store, item.ids[0], "date", "2021-06-19")
    assert listed(store, "conflict") == ()


def test_what_is_unsure_of_itself_is_listed_until_somebody_looks(store: Store) -> None:
    fill(
        store,
        {"date": "2021-06-09", "orgs": {A: "host"}, "confidence": 0.4},
        {"date": "2020-06-09", "orgs": {B: "host"}, "confidence": 0.6},
    )
    (item,) = listed(store, "low_confidence")
    assert item.reason == "confidence 0.40"
    say(store, item.ids[0], "verdict", "rejected")
    assert listed(store, "low_confidence") == ()


@pytest.fixture
def pair(store: Store) -> Store:
    rows = [{"date": d, "orgs": {A: "party", B: "party"}} for d in ("2021-06-09", "2021")]
    fill(store, *rows)
    return store


def test_an_unsure_pair_is_joined_or_parted(pair: Store) -> None:
    (item,) = listed(pair, "unsure_merge")
    assert set(item.ids) == {e.id for e in find_events(pair, EventQuery()).events}
    assert item.title.count(f"{A}、{B}") == 2
    (judgement,) = save_verdict(pair, *item.ids, "different", by="lin", at=AT, reason="two rounds")
    assert (judgement.left, judgement.right, judgement.verdict) == ("p0/p0-0", "p1/p1-0", "different")
    assert listed(pair, "unsure_merge") == ()
    link_store(pair)
    assert listed(pair, "unsure_merge") == ()
    save_verdict(pair, *item.ids, "same", by="lin", at=AT)
    link_store(pair)
    assert find_events(pair, EventQuery()).total == 1
    with pytest.raises(UsageError, match="one already"):
        save_verdict(pair, *item.ids, "same", by="lin", at=AT)
    assert len(find_judgements(pair, verdict="same")) == 1


def test_verdicts_want_two_things_of_one_kind(pair: Store) -> None:
    event = find_events(pair, EventQuery()).events[0].id
    body = find_organizations(pair).organizations[0].id
    with pytest.raises(UsageError, match="cannot be the same"):
        save_verdict(pair, event, body, "same", by="lin", at=AT)
    with pytest.raises(NotFoundError, match="'x'"):
        save_verdict(pair, event, "x", "same", by="lin", at=AT)
    with pytest.raises(UsageError, match="who says so"):
        save_verdict(pair, event, body, "same", by="", at=AT)


def test_screens_follow_on_through_all_kinds(store: Store) -> None:
    rows = [
        {"date": f"XXXX-05-{10 + i}", "orgs": {f"{A}{i}所": "host"}, "confidence": 0.4 if i % 2 else 0.9}
        for i in range(7)
    ]
    fill(store, *rows, *({"date": d, "orgs": {A: "party", B: "party"}} for d in ("2021-06-09", "2021")))
    whole = find_reviews(store)
    assert whole.counts == {"unknown_year": 7, "conflict": 0, "unsure_merge": 1, "low_confidence": 3}
    assert whole.total == len(whole.items) == 11
    assert whole.next is None
    for limit in (1, 2, 3, 7, 8, 10, 11):
        seen: list[ReviewItem] = []
        cursor = None
        while True:
            page = find_reviews(store, limit=limit, cursor=cursor)
            assert len(page.items) <= limit
            seen += page.items
            cursor = page.next
            if cursor is None:
                break
        assert seen == list(whole.items), limit
    one = find_reviews(store, kinds=["low_confidence"], limit=2)
    with pytest.raises(UsageError, match="begin again"):
        find_reviews(store, kinds=["conflict"], cursor=one.next)
    with pytest.raises(UsageError, match="limit"):
        find_reviews(store, limit=0)
