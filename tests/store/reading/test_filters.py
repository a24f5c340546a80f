"""The wider filters: roles, places with what lies in them, outlets, exclusions, reviews, independent sources, news."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.store.chronicles import make_event, make_timeline
from timeline.chronology import EventQuery
from timeline.store import (
    Store,
    count_by,
    find_changes,
    find_events,
    iterate_events,
    open_store,
    save_timeline,
)
from timeline.store.reading.facets import Facet
from timeline.store.reading.filters import _FEW

A, B = "东原大学", "南河集团"
TWICE = ["甲报的消息。", "乙报的消息。"]
EVENTS = [
    make_event("hangzhou", "2021-06-09", orgs={A: "host", B: "attendee"}, place="杭州市", adcode="330100"),
    make_event(
        "xihu", "2021-06-08", orgs={A: "attendee"}, place="杭州市西湖区", adcode="330106", type="forum"
    ),
    make_event("ningbo", "2021-06-07", orgs={B: "host"}, place="宁波", adcode="330200", status="planned"),
    make_event("beijing", "2021-06-06", place="北京市朝阳区", adcode="110105", review="rejected"),
    make_event("changchun", "2021-06-05", place="长春市朝阳区", adcode="220104", review="confirmed"),
    make_event("venue", "2021-06-04", place="青川国际会展中心", review="corrected"),
    make_event("reprinted", "2021-06-03", sentences=TWICE, reprints=(1,), outlets={0: "甲报", 1: "乙报"}),
    make_event("told-twice", "2021-06-02", sentences=TWICE, outlets={0: "甲报", 1: "甲报"}, type="forum"),
]
ALL = ("automatic", "confirmed", "corrected", "rejected")


@pytest.fixture(scope="module")
def filled(module_url: str) -> Iterator[Store]:
    with open_store(module_url) as store:
        save_timeline(store, make_timeline(*EVENTS))
        yield store


QUESTIONS: list[tuple[dict[str, Any], str]] = [
    ({}, "hangzhou xihu ningbo changchun venue reprinted told-twice"),
    ({"reviews": ALL}, "hangzhou xihu ningbo beijing changchun venue reprinted told-twice"),
    ({"reviews": ("rejected",)}, "beijing"),
    ({"reviews": ("confirmed", "corrected")}, "changchun venue"),
    ({"reviews": ("automatic",)}, "hangzhou xihu ningbo reprinted told-twice"),
    ({"roles": ("host",)}, "hangzhou ningbo"),
    ({"roles": ("host", "attendee")}, "hangzhou xihu ningbo"),
    ({"roles": ("host",), "organizations": (A,)}, "hangzhou"),
    ({"roles": ("attendee",), "organizations": (A, B)}, "hangzhou xihu"),
    ({"roles": ("host",), "organizations": (A, B), "match": "all"}, ""),
    ({"roles": ("host", "attendee"), "organizations": (A, B), "match": "all"}, "hangzhou"),
    ({"places": ("浙江",)}, "hangzhou xihu ningbo"),
    ({"places": ("浙江省",)}, "hangzhou xihu ningbo"),
    ({"places": ("330000",)}, "hangzhou xihu ningbo"),
    ({"places": ("杭州",)}, "hangzhou xihu"),
    ({"places": ("330106",)}, "xihu"),
    ({"places": ("330106", "宁波市")}, "xihu ningbo"),
    ({"places": ("朝阳区",)}, "changchun"),
    ({"places": ("朝阳区",), "reviews": ALL}, "beijing changchun"),
    ({"places": ("青川国际会展中心",)}, "venue"),
    ({"places": ("青川",)}, ""),
    ({"places": ("青川国际",)}, "venue"),
    ({"places": ("江苏",)}, ""),
    ({"places": ("999999",)}, ""),
    ({"places": ("",)}, ""),
    ({"outlets": ("甲报",)}, "reprinted told-twice"),
    ({"outlets": ("乙报",)}, "reprinted"),
    ({"outlets": ("丙报", "乙报")}, "reprinted"),
    ({"not_types": ("signing",)}, "xihu told-twice"),
    ({"types": ("forum", "signing"), "not_types": ("forum",)}, "hangzhou ningbo changchun venue reprinted"),
    ({"not_statuses": ("held",)}, "ningbo"),
    ({"min_sources": 2}, "told-twice"),
    ({"min_sources": 3}, ""),
    ({"q": "朝阳", "reviews": ALL}, "beijing changchun"),
    ({"q": "朝阳"}, "changchun"),
]


@pytest.mark.parametrize(("question", "answer"), QUESTIONS, ids=lambda value: str(value)[:60])
def test_each_filter_keeps_what_it_names(filled: Store, question: dict[str, Any], answer: str) -> None:
    query = EventQuery.model_validate(question)
    page = find_events(filled, query, limit=100)
    assert " ".join(event.id for event in page.events) == answer
    assert page.total == len(page.events)
    assert [event.id for event in iterate_events(filled, query)] == [event.id for event in page.events]


WORDS: list[dict[str, Any]] = [
    {"q": "消"},
    {"q": "的消息"},
    {"q": "报的消息 甲"},
    {"q": "消的"},
    {"q": "浙%"},
]
# so many events that they are walked, so many that each is asked, so few that they are listed and counted at once
WAYS = [(20, 20_000, 1000), (20, 20_000, -1), (0, 20_000, -1), (0, 0, -1)]


@pytest.mark.parametrize(("many", "dense", "few"), WAYS)
@pytest.mark.parametrize("question", [*(question for question, _ in QUESTIONS), *WORDS], ids=str)
def test_every_way_of_asking_gives_the_same(
    filled: Store, monkeypatch: pytest.MonkeyPatch, question: dict[str, Any], many: int, dense: int, few: int
) -> None:
    query = EventQuery.model_validate(question)
    wanted = find_events(filled, query, limit=100)
    filled.totals.clear()
    monkeypatch.setattr("timeline.store.reading.find._MANY", many)
    monkeypatch.setattr("timeline.store.reading.find._DENSE", dense)
    monkeypatch.setattr("timeline.store.reading.filters._FEW_EVENTS", few)
    assert find_events(filled, query, limit=100) == wanted
    one_by_one = find_events(filled, query, limit=1)
    for event in wanted.events:
        assert (one_by_one.events, one_by_one.total) == ((event,), wanted.total)
        if one_by_one.next is not None:
            one_by_one = find_events(filled, query, cursor=one_by_one.next, limit=1)


@pytest.mark.parametrize(
    ("question", "field", "counts"),
    [
        ({}, "place", [("330000", "浙江省", 3), ("220000", "吉林省", 1), ("青川国际会展中心", "青川国际会展中心", 1)]),
        ({"places": ("浙江",)}, "place", [("330100", "杭州市", 2), ("330200", "宁波市", 1)]),
        ({"places": ("杭州",)}, "place", [("330100", "杭州市", 1), ("330106", "西湖区", 1)]),
        ({"places": ("北京",), "reviews": ALL}, "place", [("110105", "朝阳区", 1)]),
        ({}, "outlet", [("甲报", "甲报", 2), ("乙报", "乙报", 1)]),
        ({"types": ("forum",)}, "outlet", [("甲报", "甲报", 1)]),
        ({"reviews": ALL}, "review", [("automatic", "automatic", 5), ("confirmed", "confirmed", 1), ("corrected", "corrected", 1), ("rejected", "rejected", 1)]),
    ],
)  # fmt: skip
def test_the_new_fields_are_counted(
    filled: Store, question: dict[str, Any], field: Facet, counts: list[tuple[str, str, int]]
) -> None:
    found = count_by(filled, EventQuery.model_validate(question), field)
    assert [(c.value, c.label, c.count) for c in found] == counts


def test_what_changed_since_a_number_is_found(store: Store) -> None:
    save_timeline(store, make_timeline(*EVENTS))
    before = find_changes(store, limit=1000)[-1].sequence
    moved = make_event("ningbo", "2021-07-01", orgs={B: "host"}, place="宁波", adcode="330200")
    fresh = make_event("fresh", "2021-08-01")
    rest = [event for event in EVENTS if event.id != "ningbo"]
    save_timeline(store, make_timeline(*rest, moved, fresh))
    query = EventQuery(updated_since=before)
    assert [event.id for event in find_events(store, query).events] == ["fresh", "ningbo"]
    assert find_events(store, EventQuery(updated_since=0)).total == len(EVENTS)
    assert find_events(store, EventQuery(updated_since=2**62)).total == 0


def test_a_name_may_mean_very_many(store: Store) -> None:
    names = {f"第{i}小学": ("学校",) for i in range(_FEW + 1)}
    events = [make_event(str(i), "2021-06-09", orgs={name: "host"}) for i, name in enumerate(names)]
    save_timeline(store, make_timeline(*events, make_event("other", orgs={A: "host"}), names=names))
    assert find_events(store, EventQuery(organizations=("学校",)), limit=1000).total == len(names)


def test_a_store_of_the_first_schema_gains_the_filters(url: str) -> None:
    from alembic import command
    from alembic.config import Config

    from timeline.store.connect import _MIGRATIONS

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    unreviewed = [event.model_copy(update={"review": "automatic"}) for event in EVENTS]
    with open_store(url) as store:
        save_timeline(store, make_timeline(*unreviewed))
        with store.write() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0001")
    with open_store(url) as store:
        for question, answer in QUESTIONS:
            if "reviews" not in question and "朝阳" not in str(question) and question:
                found = find_events(store, EventQuery.model_validate(question)).events
                expected = answer.split()
                assert [e.id for e in found if e.id != "beijing"] == expected, question
