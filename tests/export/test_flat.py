"""Flat exports say everything an event says, guard spreadsheets, and read back with the formats' own readers."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from timeline.chronology import Event, EventParty, Source
from timeline.errors import UsageError
from timeline.export import FORMATS, render
from timeline.records import Amount, EventDate, Person, Place, RawSpan


def event(**changes: Any) -> Event:
    sentence = RawSpan(text="5月18日，甲校与乙厂在丙市签约。", start=0, end=17)
    fields: dict[str, Any] = {
        "id": "e1", "type": "signing", "status": "held", "headline": True, "title": "甲校与乙厂签约仪式", "theme": None,
        "date": EventDate(edtf="2021-05-18", from_="2021-05-18", to="2021-05-18", text="5月18日", start=0, end=5,
                          reason="month and day, year of the reference", confidence=0.9),
        "place": Place(name="丙市", adcode=None, text="丙市", start=11, end=13),
        "organizations": (EventParty(organization="o1", name="甲校", role="party"),
                          EventParty(organization="o2", name="乙厂", role="party")),
        "persons": (Person(name="张三", title="校长", start=0, end=2),),
        "amount": Amount(text="50亿元", value=5e9, currency="CNY", start=0, end=4),
        "sources": (Source(page="p1", mention="m1", path="a.txt", url=None, outlet=None, published="2021-05-19",
                           sentence=sentence),),
        "confidence": 0.9,
    }  # fmt: skip
    return Event(**(fields | changes))


def rows(*events: Event) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(render(events, "csv")))))


def test_a_csv_row_says_what_the_event_says() -> None:
    (row,) = rows(event())
    assert row["edtf"] == "2021-05-18"
    assert row["organizations"] == "甲校 (party); 乙厂 (party)"
    assert row["persons"] == "张三 校长"
    assert (row["amount"], row["currency"]) == ("5000000000.0", "CNY")
    assert row["sentence"] == "5月18日，甲校与乙厂在丙市签约。"


def test_an_unknown_year_stays_unknown() -> None:
    (row,) = rows(event(date=EventDate(edtf="XXXX-05-18", text="5月18日", reason="no year")))
    assert (row["edtf"], row["from"], row["to"]) == ("XXXX-05-18", "", "")


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_cell_is_never_a_formula(start: str) -> None:
    (row,) = rows(event(title=start))
    assert row["title"] == "'" + start


def test_quotes_commas_and_newlines_come_back() -> None:
    (row,) = rows(event(title='甲,"乙"\n丙'))
    assert row["title"] == '甲,"乙"\n丙'


def test_jsonl_is_one_object_a_line_and_reads_back_as_the_event() -> None:
    lines = "".join(render([event(), event(id="e2")], "jsonl")).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["e1", "e2"]
    assert Event.model_validate(json.loads(lines[0])) == event()
    assert '"from":"2021-05-18"' in lines[0]


def test_no_events_give_a_header_or_nothing() -> None:
    assert rows() == []
    assert "".join(render([], "jsonl")) == ""


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=", ".join(FORMATS)):
        render([], "docx")
