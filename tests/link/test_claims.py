"""Groups of reports that exclude each other, whatever two of them have in common."""

from __future__ import annotations

from typing import Any

import pytest

from tests.findings import make_page
from timeline.link import link

A, B, C, D = "东原大学", "南河集团", "青川市人民政府", "北岭银行"
FAIR = {"type": "expo", "title": "第三届青川茶业博览会", "orgs": {C: "host"}}
DAY = {"date": "2021-06-09"}


def parties(*names: str, **fields: Any) -> dict[str, Any]:
    return {**DAY, "orgs": dict.fromkeys(names, "party"), **fields}


def amount(value: float) -> dict[str, Any]:
    return {"text": f"{value:g}元", "value": value, "currency": "CNY", "start": 0, "end": 1}


ROWS: dict[str, tuple[list[list[dict[str, Any]]], list[str]]] = {
    "a report that names one side fits two signings and joins neither": (
        [[parties(A, B)], [parties(A, C)], [parties(A)]],
        ["p0", "p1", "p2"],
    ),
    "a report that names one side of the only signing": ([[parties(A, B)], [parties(A)]], ["p0 p1"]),
    "a signing of three, of which two reports leave out one": (
        [[parties(A, B)], [parties(A, C)], [parties(A, B, C)]],
        ["p0 p1 p2"],
    ),
    "a branch is no other partner": (
        [[parties(A, "星汉科技东原分公司")], [parties(A, "星汉科技")], [parties(A, "星汉科技东原分公司")]],
        ["p0 p1 p2"],
    ),
    "the first and the last day of what a third report says whole": (
        [[{**FAIR, "date": day}] for day in ("2021-06-09/2021-06-11", "2021-06-09", "2021-06-11")],
        ["p0 p1 p2"],
    ),
    "the opening ceremony and the last day of what a third report says whole": (
        [
            [{**FAIR, "date": "2021-06-09/2021-06-11"}],
            [{**FAIR, "date": "2021-06-09", "title": "青川茶业博览会开幕式"}],
            [{**FAIR, "date": "2021-06-11"}],
        ],
        ["p0 p1 p2"],
    ),
    "a group and another company of its name": (
        [
            [parties(A, "云岭汽车集团有限公司")],
            [parties(A, "云岭汽车")],
            [parties(A, "云岭汽车销售有限公司")],
        ],
        ["p0 p1", "p2"],
    ),
    "two days of one span that are called otherwise": (
        [
            [{**FAIR, "date": "2021-06-09/2021-06-11"}],
            [{**FAIR, "date": "2021-06-09"}],
            [{**FAIR, "date": "2021-06-11", "title": "青川品茗之夜"}],
        ],
        ["p0 p1", "p2"],
    ),
    "put off and held, each told for a day and for a span": (
        [
            [{**FAIR, "date": "2021-06-09/2021-06-11", "status": "planned"}],
            [{**FAIR, "date": "2021-08-18", "status": "planned"}],
            [{**FAIR, "date": "2021-08-18/2021-08-20"}],
        ],
        ["p0 p1 p2"],
    ),
    "two sums that one page tells apart": (
        [
            [parties(A, B, amount=amount(5e9)), parties(A, B, amount=amount(8e8))],
            [parties(A, B, amount=amount(5e9))],
            [parties(A, B, amount=amount(8e8))],
        ],
        ["p0 p1", "p0 p2"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("pages", "wanted"), ROWS.values(), ids=ROWS)
def test_what_excludes_each_other(pages: list[list[dict[str, Any]]], wanted: list[str]) -> None:
    timeline = link([make_page(f"p{i}", *events) for i, events in enumerate(pages)])
    found = [" ".join(sorted(source.page for source in event.sources)) for event in timeline.events]
    assert sorted(found) == wanted, timeline.judgements


def test_what_was_put_off_has_the_day_it_was_held() -> None:
    planned = [{**FAIR, "date": day, "status": "planned"} for day in ("2021-06-09", "2021-06-09")]
    pages = [make_page(f"p{i}", event) for i, event in enumerate([*planned, {**FAIR, "date": "2021-08-18"}])]
    (event,) = link(pages).events
    assert (event.status, event.date.edtf) == ("held", "2021-08-18")
