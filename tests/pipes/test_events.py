"""Events of single texts: type and date, a row each; roles and statuses beside them."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from tests.pipes.cases import rows
from tests.pipes.telling import read_on
from timeline.lexicon import load
from timeline.lexicon.ontology import EVENT_KINDS, event_kind, triggers_of
from timeline.pipes import build_pipeline
from timeline.pipes.tellings.factuality import judge_telling
from timeline.pipes.tellings.occasions import find_occasions
from timeline.pipes.tellings.triggers import find_tellings
from timeline.pipes.words.layout import find_sentences
from timeline.records import EventType, Role


@pytest.mark.parametrize("row", rows("events"))
def test_type_and_date(row: dict[str, Any]) -> None:
    found = read_on(row["text"]).events
    assert [[e.type, e.date.edtf] for e in found] == row["events"]


@pytest.mark.parametrize("row", rows("roles"))
def test_roles(row: dict[str, Any]) -> None:
    event = read_on(row["text"]).events[0]
    assert {o.name: o.role for o in event.organizations} == row["roles"]


@pytest.mark.parametrize("row", rows("parties"))
def test_parties(row: dict[str, Any]) -> None:
    """Who takes part in the first event of the row's type; who is only present counts where the row tells it."""
    found = read_on(row["text"], outlet=row.get("outlet")).events
    event = next((e for e in found if e.type == row["type"]), None)
    assert event is not None, "no event of that type"
    told = row["roles"]
    parts = {(o.name, o.role) for o in event.organizations if o.role != "attendee" or o.name in told}
    assert parts == set(told.items())


@pytest.mark.parametrize("row", rows("occasions"))
def test_names_of_occasions(row: dict[str, Any]) -> None:
    found = [[o.name, o.type] for o in find_occasions(row["text"]) if o.is_named]
    assert found == row["names"]


@pytest.mark.parametrize("row", rows("factuality"))
def test_status(row: dict[str, Any]) -> None:
    text = row["text"]
    told = find_tellings(text, find_sentences(text), find_occasions(text))
    assert told, "nothing told"
    assert judge_telling(text, told[-1]).status == row["status"]


def test_spans_print_what_they_claim() -> None:
    text = "5月8日，江城大学与青禾农业集团在江城签署战略合作协议，总投资3亿元。"
    annotation = read_on(text)
    event = annotation.events[0]
    spans = [event.trigger, event.sentence, *event.organizations, event.amount, event.place]
    assert all(s is not None and text[s.start : s.end] == s.text for s in spans)
    assert event.date.text == "5月8日"
    assert all(text[t.start : t.end] == t.text for t in annotation.times)


def test_one_event_told_twice_is_one() -> None:
    text = (
        "江城大学与青禾集团签署合作协议\n"
        "5月8日，江城大学与青禾农业集团在江城签署战略合作协议。签约仪式上，双方代表作了发言。"
    )
    events = read_on(text).events
    assert [(e.type, e.date.edtf, e.headline) for e in events] == [("signing", "2024-05-08", True)]


def test_what_is_borrowed_says_so() -> None:
    text = "5月8日，第三届山海论坛在江城举行。论坛由江城大学主办。"
    hosts = [o for o in read_on(text).events[0].organizations if o.role == "host"]
    assert [h.is_borrowed for h in hosts] == [True]


def test_history_is_background() -> None:
    text = "5月8日，北江二桥建成通车。\n2019年10月，江城大学与青禾集团签署合作协议。"
    assert [(e.type, e.headline) for e in read_on(text).events] == [("opening", True), ("signing", False)]


def test_without_a_reference_the_year_stays_unknown() -> None:
    assert read_on("5月8日，江城大学与青禾集团签署合作协议。", None).events[0].date.edtf == "XXXX-05-08"


def test_partnership_of_a_signing() -> None:
    found = read_on("5月8日，江城大学与青禾集团签署战略合作协议。")
    assert [(p.parties, p.kind, p.event) for p in found.partnerships] == [
        (("江城大学", "青禾集团"), "strategic_cooperation", found.events[0].id)
    ]


def test_a_settlement_is_no_partnership() -> None:
    assert not read_on("5月8日，江城医院与青禾集团签署赔偿协议。").partnerships


def test_the_same_text_gives_the_same_ids() -> None:
    text = "5月8日，江城大学与青禾集团签署合作协议。"
    assert [e.id for e in read_on(text).events] == [e.id for e in read_on(text).events]


def test_the_pipeline_is_sound() -> None:
    analysis = build_pipeline().analyze_pipes()
    assert not any(analysis["problems"].values())


def test_every_type_and_role_is_known() -> None:
    assert {k.name for k in EVENT_KINDS} == set(get_args(EventType))
    assert {r for k in EVENT_KINDS for r in k.core} <= set(get_args(Role))
    assert {e.kind for e in load("events")} <= {*get_args(EventType), "hold"}
    assert all(triggers_of(name) for name in get_args(EventType) if name not in ("expo",))
    assert event_kind("expo").family == event_kind("forum").family


@pytest.mark.parametrize("unit", ["由、", "第一届", "“《（", "签约暨", "12月3日，", "A与B", "会会会"])
def test_long_nonsense_takes_linear_time(unit: str) -> None:
    read_on(unit * 2000)
