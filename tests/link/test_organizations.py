"""Which names are one body, by what stands around them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.findings import make_page
from timeline.link.census import Census, take_census
from timeline.link.organizations import show, shown_name
from timeline.link.tellings import read_tellings
from timeline.records import PageFindings

LONG, SHORT = "华南经济发展协会健康产业交流委员会", "健康产业交流委员会"


def signing(*names: str, **fields: Any) -> dict[str, Any]:
    return {"date": "2022-09-01", "orgs": dict.fromkeys(names, "party"), **fields}


def resolve(*pages: list[dict[str, Any]]) -> Census:
    return census_of(*(make_page(f"p{i}", *events) for i, events in enumerate(pages)))


def census_of(*pages: PageFindings) -> Census:
    return take_census(use for page in pages for use in read_tellings(page).uses)


def groups(bodies: Census) -> set[frozenset[str]]:
    return {frozenset(body.names) for body in bodies.all if len(body.names) > 1}


ONE = {
    "the head of a committee, with one partner": ([[signing(LONG, "河清医院")], [signing(SHORT, "河清医院")]], {LONG, SHORT}),
    "the head of a committee, on one page": ([[signing(LONG, "河清医院"), signing(SHORT, "南河大学")]], {LONG, SHORT}),
    "the legal form left out": ([[signing("星汉科技股份有限公司")], [signing("星汉科技")]], {"星汉科技股份有限公司", "星汉科技"}),
    "two legal forms, one partner": (
        [[signing("星汉科技股份有限公司", "南河大学")], [signing("星汉科技有限公司", "南河大学")]],
        {"星汉科技股份有限公司", "星汉科技有限公司"},
    ),
    "an acronym on one page with one partner": (
        [[signing("东原先进材料研究院", "南河大学"), signing("东材院", "南河大学")]],
        {"东原先进材料研究院", "东材院"},
    ),
    "the rank of a place left out, one partner": (
        [[signing("青川市中级人民法院", "南河大学")], [signing("青川中院", "南河大学")]],
        {"青川市中级人民法院", "青川中院"},
    ),
    "a university's name without the word, one partner": (
        [[signing("东原理工大学", "南河集团")], [signing("东原理工", "南河集团")]],
        {"东原理工大学", "东原理工"},
    ),
    "a group's name without the word, on one page": (
        [[signing("星汉重工集团有限公司"), signing("星汉重工")]],
        {"星汉重工集团有限公司", "星汉重工"},
    ),
    "a company's name without what it trades in, one partner": (
        [[signing("星汉新能源科技股份有限公司", "南河大学")], [signing("星汉新能源", "南河大学")]],
        {"星汉新能源科技股份有限公司", "星汉新能源"},
    ),
    "a society before its branch, one partner": (
        [[signing("青川茶业学会红茶分会", "南河大学")], [signing("红茶分会", "南河大学")]],
        {"青川茶业学会红茶分会", "红茶分会"},
    ),
    "a country before a company, one partner": (
        [[signing("德国霍恩海默公司", "南河大学")], [signing("霍恩海默公司", "南河大学")]],
        {"德国霍恩海默公司", "霍恩海默公司"},
    ),
    "a place before a company, one partner": (
        [[signing("海东晨星生物有限公司", "南河大学")], [signing("晨星生物有限公司", "南河大学")]],
        {"海东晨星生物有限公司", "晨星生物有限公司"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("pages", "names"), ONE.values(), ids=ONE)
def test_one_body(pages: list[list[dict[str, Any]]], names: set[str]) -> None:
    assert groups(resolve(*pages)) == {frozenset(names)}


def test_a_partner_may_be_written_in_two_ways_as_well() -> None:
    bodies = resolve([signing("青川市科技馆", "河清市科技馆")], [signing("青川科技馆", "河清科技馆")])
    assert groups(bodies) == {frozenset((f"{city}市科技馆", f"{city}科技馆")) for city in ("青川", "河清")}


TWO = {
    "a university and its hospital": [[signing("东原大学", "南河集团"), signing("东原大学附属医院", "南河集团")]],
    "two hospitals of one university": [[signing("东原大学第一附属医院", "南河集团"), signing("东原大学第二附属医院", "南河集团")]],
    "a company and its branch": [[signing("星汉科技", "南河集团"), signing("星汉科技东原分公司", "南河集团")]],
    "the head of two committees": [
        [signing(LONG, "河清医院")],
        [signing("西岭经济发展协会健康产业交流委员会", "河清医院")],
        [signing(SHORT, "河清医院")],
    ],
    "the short name of two companies": [[signing("星汉科技有限公司")], [signing("星汉科技股份有限公司")], [signing("星汉科技")]],
    "two names that take part in one event": [[signing(LONG, SHORT)]],
    "a city's and a county's of one name": [[signing("青川市中级人民法院", "南河大学")], [signing("青川县中级人民法院", "南河大学")]],
    "the rank of a place left out, no tie": [[signing("青川市科技馆", "南河大学")], [signing("青川科技馆", "北岭集团")]],
    "a common name and a city's": [[signing("河清市人民医院", "南河集团")], [signing("人民医院", "南河集团")]],
    "an acronym on another page": [[signing("东原先进材料研究院", "南河大学")], [signing("东材院", "南河大学")]],
    "a group's name without the word, no tie": [[signing("星汉重工集团", "河清医院")], [signing("星汉重工", "南河大学")]],
    "a short name of a university and of a college": [
        [signing("东原理工大学", "南河集团")],
        [signing("东原理工学院", "南河集团")],
        [signing("东原理工", "南河集团")],
    ],
    "a group and its listed company": [[signing("星汉重工集团有限公司", "南河大学")], [signing("星汉重工股份有限公司", "南河大学")]],
    "a university and its city": [[signing("东原大学", "南河集团")], [signing("东原", "南河集团")]],
    "China before a name": [[signing("中国霍恩精工学会", "南河大学")], [signing("霍恩精工学会", "南河大学")]],
    "a long head without any tie": [[signing(LONG, "河清医院")], [signing(SHORT, "南河大学")]],
}  # fmt: skip


@pytest.mark.parametrize("pages", TWO.values(), ids=TWO)
def test_not_one_body(pages: list[list[dict[str, Any]]]) -> None:
    assert groups(resolve(*pages)) == set()


def test_a_short_name_means_the_longer_one_of_its_own_page() -> None:
    bodies = resolve(
        [signing("东原大学附属医院", "南河集团"), signing("附属医院", "北岭集团")],
        [signing("西岭大学附属医院", "南河集团"), signing("附属医院", "北岭集团")],
    )
    found = {body.name: body.names for body in bodies.all if "附属医院" in body.names}
    assert found == {name: (name, "附属医院") for name in ("东原大学附属医院", "西岭大学附属医院")}


def test_a_company_of_the_name_itself_goes_before_a_group() -> None:
    bodies = resolve(
        [signing("星汉重工", "南河大学")],
        [signing("星汉重工股份有限公司", "南河大学")],
        [signing("星汉重工集团有限公司", "南河大学")],
    )
    assert groups(bodies) == {frozenset(("星汉重工", "星汉重工股份有限公司"))}


def test_the_name_that_most_pages_use_is_shown() -> None:
    bodies = resolve([signing("星汉科技")], [signing("星汉科技")], [signing("星汉科技有限公司")])
    assert [body.names for body in bodies.all] == [("星汉科技", "星汉科技有限公司")]


def test_an_unsure_pair_is_told_with_its_reasons() -> None:
    bodies = resolve([signing(LONG, "河清医院")], [signing(SHORT, "南河大学")])
    shown = {key: shown_name(key, usage.names) for key, usage in bodies.usages.items()}
    judgement = show(bodies.judged[0], shown)
    assert (judgement.left, judgement.right, judgement.verdict) == (SHORT, LONG, "unsure")
    assert judgement.reasons == ("one ends the other", "the shared part is long")


def test_partners_of_a_page_that_no_event_names_are_bodies_too() -> None:
    page = make_page("a", signing("东原大学", "南河集团"))
    bare = PageFindings.model_validate(
        {**page.to_json(), "events": [{**page.to_json()["events"][0], "organizations": []}]}
    )
    assert {body.name for body in census_of(bare).all} == {"东原大学", "南河集团"}


def test_a_name_that_many_places_have_means_another_body_on_each_page() -> None:
    bodies = resolve(
        [signing("高新区", "南河集团")], [signing("高新区", "北岭集团"), signing("市教育局", "青川高新区")]
    )
    shown = sorted(body.name for body in bodies.all)
    assert shown == ["北岭集团", "南河集团", "市教育局", "青川高新区", "高新区", "高新区"]
    common = [body for body in bodies.all if bodies.bodies.actor_of(body.key) is None]
    assert sorted(body.name for body in common) == ["市教育局", "高新区", "高新区"]


def test_a_name_by_its_rank_means_that_of_the_place_of_its_events() -> None:
    county, city = {"place": ["禾川县", "990121"]}, {"place": ["青川市", "990100"]}
    pages = [
        [signing("禾川县人民医院", "南河集团")],
        [signing("县人民医院", "北岭集团", **county)],
        [signing("县人民医院", "西坞集团", **city)],
        [
            signing("县人民医院", "东岭集团", **county),
            signing("县人民医院", "海东集团", place=["岭溪县", "990122"]),
        ],
    ]
    bodies = resolve(*pages)
    assert groups(bodies) == {frozenset(("禾川县人民医院", "县人民医院"))}
    assert sorted(body.name for body in bodies.all if body.names == ("县人民医院",)) == ["县人民医院"] * 2


def test_a_short_name_that_sorts_before_its_page_mate_is_no_stumbling_block() -> None:
    bodies = resolve([signing("齐河大学附属医院", "南河集团"), signing("附属医院", "北岭集团")])
    assert {body.name for body in bodies.all} == {"齐河大学附属医院", "南河集团", "北岭集团"}


def test_a_company_is_no_place_that_a_committee_acts_for() -> None:
    bodies = resolve([signing("星汉集团", "青川市")], [signing("星汉集团管理委员会", "青川市人民政府")])
    assert bodies.bodies.seats == {"青川市": "青川市人民政府"}
