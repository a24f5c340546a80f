"""Two reports compared: what speaks for one event, what against, what decides alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.findings import make_page
from timeline.link.census import take_census
from timeline.link.events import are_compatible, compare
from timeline.link.reports import Report, read_report
from timeline.link.tellings import read_tellings
from timeline.records import PageFindings

A, B, C = "东原大学", "南河集团", "青川市人民政府"
PAIR = {A: "party", B: "party"}
FORUM = {"type": "forum", "title": "青川茶业论坛"}

ROWS: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("one day, two parties", {"date": "2021-06-09", "orgs": PAIR}, {"date": "2021-06-09", "orgs": PAIR}, "same"),
    ("unknown year, two parties", {"date": "XXXX-06-09", "orgs": PAIR}, {"date": "2021-06-09", "orgs": PAIR}, "same"),
    ("a month and its day", {"date": "2021-06", "orgs": PAIR}, {"date": "2021-06-09", "orgs": PAIR}, "same"),
    ("a year and its day", {"date": "2021", "orgs": PAIR}, {"date": "2021-06-09", "orgs": PAIR}, "unsure"),
    ("no date, two parties", {"orgs": PAIR}, {"date": "2021-06-09", "orgs": PAIR}, "unsure"),
    ("another day", {"date": "2021-06-10", "orgs": PAIR}, {"date": "2021-06-09", "orgs": PAIR}, "different"),
    ("another day, year unknown", {"date": "XXXX-06-10", "orgs": PAIR}, {"date": "2021-06-09", "orgs": PAIR}, "different"),
    ("about the day", {"date": "2021-06-12~", "orgs": PAIR}, {"date": "2021-06-09", "orgs": PAIR}, "same"),
    ("about another time", {"date": "2021-09-12~", "orgs": PAIR}, {"date": "2021-06-09", "orgs": PAIR}, "different"),
    ("another partner", {"date": "2021-06-09", "orgs": {A: "party", C: "party"}}, {"date": "2021-06-09", "orgs": PAIR}, "different"),
    ("a partner left out", {"date": "2021-06-09", "orgs": {A: "party"}}, {"date": "2021-06-09", "orgs": PAIR}, "same"),
    ("a company and its branch", {"date": "2021-06-09", "orgs": {A: "party", "星汉科技股份有限公司": "party"}}, {"date": "2021-06-09", "orgs": {A: "party", "星汉科技东原分公司": "party"}}, "same"),
    ("another branch", {"date": "2021-06-09", "orgs": {A: "party", "星汉科技西岭分公司": "party"}}, {"date": "2021-06-09", "orgs": {A: "party", "星汉科技东原分公司": "party"}}, "different"),
    ("a partner by a short name", {"date": "2021-06-09", "orgs": {A: "party", "汐州蓝谷生物科技股份有限公司": "party"}}, {"date": "2021-06-09", "orgs": {A: "party", "蓝谷生物": "party"}}, "same"),
    ("a partner's hospital", {"date": "2021-06-09", "orgs": {B: "party", "东原理工大学": "party"}}, {"date": "2021-06-09", "orgs": {B: "party", "东原理工大学第一附属医院": "party"}}, "different"),
    ("a partner of like name in another place", {"date": "2021-06-09", "orgs": {B: "party", "青川理工大学": "party"}}, {"date": "2021-06-09", "orgs": {B: "party", "东原理工大学": "party"}}, "different"),
    ("a company and its branch, no other party", {"date": "2021-06-09", "orgs": {A: "party", "星汉科技": "party"}}, {"date": "2021-06-09", "orgs": {C: "party", "星汉科技东原分公司": "party"}}, "different"),
    ("two stops of a delegation", {"type": "visit", "date": "2021-06-09", "orgs": {A: "party", B: "host"}}, {"type": "visit", "date": "2021-06-09", "orgs": {A: "party", C: "host"}}, "different"),
    ("a visit, its host left out", {"type": "visit", "date": "2021-06-09", "orgs": {A: "party", B: "host"}}, {"type": "visit", "date": "2021-06-09", "orgs": {A: "party"}}, "same"),
    ("a city for its government", {"date": "2021-06-09", "orgs": {A: "party", "青川市": "party"}},
     {"date": "2021-06-09", "orgs": {A: "party", C: "party"}}, "same"),
    ("a name and a day", {**FORUM, "date": "2021-06-09"}, {**FORUM, "date": "2021-06-09"}, "same"),
    ("a name alone", FORUM, {**FORUM, "date": "2021-06-09"}, "unsure"),
    ("a name and a host", {**FORUM, "orgs": {A: "host"}}, {**FORUM, "date": "2021-06-09", "orgs": {A: "host"}}, "same"),
    ("another edition", {"type": "forum", "title": "第一届青川茶业论坛", "orgs": PAIR}, {"type": "forum", "title": "第二届青川茶业论坛", "orgs": PAIR}, "different"),
    ("one edition, no date", {"type": "forum", "title": "第二届青川茶业论坛"}, {"type": "forum", "title": "第二届青川茶业论坛"}, "same"),
    ("another year in the name", {"type": "forum", "title": "2020青川茶业论坛", "orgs": PAIR}, {"type": "forum", "title": "2021青川茶业论坛", "orgs": PAIR}, "different"),
    ("plain names say nothing", {"type": "signing", "title": "签约仪式"}, {"type": "signing", "title": "签约仪式"}, "different"),
    ("a series in another year", {**FORUM, "date": "2021-06-09", "orgs": {A: "host"}}, {**FORUM, "date": "2022-06-08", "orgs": {A: "host"}}, "different"),
    ("a slip of a day", {**FORUM, "date": "2021-06-09", "orgs": {A: "host"}}, {**FORUM, "date": "2021-06-10", "orgs": {A: "host"}}, "same"),
    ("a slip of a day, no name", {"date": "2021-06-09", "orgs": PAIR}, {"date": "2021-06-10", "orgs": PAIR}, "different"),
    ("one body founded", {"type": "establishment", "date": "2021-06", "orgs": {A: "unveiled"}}, {"type": "unveiling", "date": "2021-06-09", "orgs": {A: "unveiled"}}, "same"),
    ("two bodies founded", {"type": "establishment", "date": "2021-06-09", "orgs": {A: "unveiled", C: "host"}}, {"type": "unveiling", "date": "2021-06-09", "orgs": {B: "unveiled", C: "host"}}, "different"),
    ("one body founded, by a short name", {"type": "unveiling", "date": "2021-06-09", "orgs": {"东原大学云泽联合实验室": "unveiled", A: "host"}}, {"type": "unveiling", "date": "2021-06-09", "orgs": {"云泽联合实验室": "unveiled", A: "host"}}, "same"),
    ("a name drawn from the other", {"type": "groundbreaking", "title": "云帆机器人产业园", "date": "2021-06-09", "orgs": {A: "host"}}, {"type": "groundbreaking", "title": "云帆重工青川机器人产业园", "date": "2021-06-09", "orgs": {A: "host"}}, "same"),
    ("a part of an occasion", {**FORUM, "date": "2021-06-09", "orgs": {A: "host"}}, {"type": "forum", "title": "青川茶业论坛红茶分论坛", "date": "2021-06-09", "orgs": {A: "host"}}, "different"),
    ("the opening of an occasion", {**FORUM, "date": "2021-06-09", "orgs": {A: "host"}}, {"type": "forum", "title": "青川茶业论坛开幕式", "date": "2021-06-09", "orgs": {A: "host"}}, "same"),
    ("an occasion of two names", {**FORUM, "date": "2021-06-09", "orgs": {A: "host"}}, {"type": "forum", "title": "青川茶业论坛暨红茶博览会", "date": "2021-06-09", "orgs": {A: "host"}}, "same"),
    ("two occasions of one host on one day", {**FORUM, "date": "2021-06-09", "orgs": {A: "host"}, "place": ["青川市", "990100"]}, {"type": "forum", "title": "海东机械投资大会", "date": "2021-06-09", "orgs": {A: "host"}, "place": ["青川市", "990100"]}, "unsure"),
    ("two names of one edition", {"type": "forum", "title": "第三届青川茶业论坛", "date": "2021-06-09", "orgs": {A: "host"}, "place": ["青川市", "990100"]}, {"type": "forum", "title": "第三届品茗节", "date": "2021-06-09", "orgs": {A: "host"}, "place": ["青川市", "990100"]}, "same"),
    ("two first editions", {"type": "forum", "title": "首届青川茶业论坛", "date": "2021-06-09", "orgs": {A: "host"}, "place": ["青川市", "990100"]}, {"type": "forum", "title": "首届品茗节", "date": "2021-06-09", "orgs": {A: "host"}, "place": ["青川市", "990100"]}, "unsure"),
    ("a fair a week later", {**FORUM, "date": "2021-06-09", "orgs": {A: "host"}}, {**FORUM, "date": "2021-06-16", "orgs": {A: "host"}}, "different"),
    ("a city and a day", {"type": "forum", "date": "2021-06-09", "place": ["青川市", "990100"]}, {"type": "forum", "date": "2021-06-09", "place": ["青川市", "990100"]}, "unsure"),
    ("a city and its district", {"type": "forum", "date": "2021-06-09", "place": ["青川市", "990100"], "orgs": {A: "host"}},
     {"type": "forum", "date": "2021-06-09", "place": ["河东区", "990102"], "orgs": {A: "host"}}, "same"),
    ("two cities", {"type": "forum", "date": "2021-06-09", "place": ["青川市", "990100"], "orgs": {A: "host"}},
     {"type": "forum", "date": "2021-06-09", "place": ["临江市", "980200"], "orgs": {A: "host"}}, "different"),
    ("a name that many places have", {"date": "2021-06-09", "orgs": {"市教育局": "party"}}, {"date": "2021-06-09", "orgs": {"市教育局": "party"}}, "unsure"),
    ("a common name beside a party", {"date": "2021-06-09", "orgs": {A: "party", "高新区": "party"}}, {"date": "2021-06-09", "orgs": {A: "party", "高新区": "party"}}, "same"),
    ("nothing shared but the day", {"date": "2021-06-09"}, {"date": "2021-06-09"}, "unsure"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "verdict"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_the_verdict_over_two_reports(one: dict[str, Any], other: dict[str, Any], verdict: str) -> None:
    pages = [make_page("a", one), make_page("b", other)]
    left, right = _reports(*pages)
    found = compare(left, right)
    assert found.verdict == verdict, found
    assert found.score == compare(right, left).score
    assert all(reason for reason in found.reasons)


def test_one_page_means_two_events_unless_much_speaks_for_one() -> None:
    page = make_page("a", {"date": "2021-06-09", "orgs": {A: "party"}}, {"date": "2021-06-09", "orgs": PAIR})
    left, right = _reports(page)
    assert compare(left, right).verdict == "unsure"


def test_two_sums_on_one_page_are_two_signings() -> None:
    page = make_page(
        "a", *({"date": "2021-06-09", "orgs": PAIR, "amount": _amount(value)} for value in (5e9, 8e8))
    )
    left, right = _reports(page)
    assert compare(left, right).verdict == "different"


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("2021-06-09", "XXXX-06-09", True),
        ("2021-06-09/2021-06-11", "2021-06-10", True),
        ("2021-06-09/2021-06-11", "2021-06-12", False),
        ("2021-06-09~", "2021-05-25", True),
        ("2021-06-09~", "2021-06-20", False),
        ("../2020", "2021", False),
        (None, "2021", True),
    ],
)
def test_dates_fit_each_other(one: str | None, other: str, answer: bool) -> None:
    pages = [make_page("a", {"date": one}), make_page("b", {"date": other})]
    left, right = _reports(*pages)
    assert are_compatible(left, right) is answer
    assert are_compatible(right, left) is answer


def _amount(value: float) -> dict[str, Any]:
    return {"text": f"{value:g}元", "value": value, "currency": "CNY", "start": 0, "end": 1}


def _reports(*pages: PageFindings) -> list[Report]:
    told = [read_tellings(page) for page in pages]
    bodies = take_census(use for page in told for use in page.uses).bodies
    return [read_report(telling, bodies) for page in told for telling in page.tellings]
