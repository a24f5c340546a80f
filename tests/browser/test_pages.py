"""The pages in a real browser: find, narrow, open, check against the source; by mouse, by keyboard, without script."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.corpus import make_corpus

pytestmark = pytest.mark.browser
TIMELINE = make_corpus()[1]
SIGNING = next(event for event in TIMELINE.events if event.title == "江海集团与云岭大学战略合作签约仪式")
UNIVERSITY = next(o for o in TIMELINE.organizations if o.name == "云岭大学")


def test_the_chronology_opens_narrows_and_leads_to_the_characters(page: Any) -> None:
    page.goto("/")
    assert page.locator("article.event").count() > 20
    assert page.locator("section.month > h2").first.inner_text().startswith("2024年")
    page.fill("#q", "云岭大学 战略合作")
    page.press("#q", "Enter")
    page.wait_for_url("**q=**")
    found = page.locator("[role=status] strong").inner_text()
    assert re.fullmatch(r"共 \d+ 件", found)
    page.get_by_role("link", name=SIGNING.title).click()
    page.wait_for_url("**/events/**")
    assert page.locator("h1").inner_text() == SIGNING.title
    assert "2024-05-18" in page.locator(".chain").inner_text()
    page.locator(".reports a", has_text="在原文中看").first.click()
    page.wait_for_url("**/pages/**")
    target = page.locator("pre.raw :target")
    assert target.count() == 1
    assert target.is_visible()


def test_filters_stand_in_the_address_and_can_be_taken_back(page: Any) -> None:
    page.goto("/")
    whole = page.locator("[role=status] strong").inner_text()
    page.locator(".facet a", has_text="签约").first.click()
    page.wait_for_url("**type=signing**")
    assert (
        page.locator("article.event").count() == page.locator("article.event .type", has_text="签约").count()
    )
    page.locator(".chips a", has_text="签约").click()
    assert page.locator("[role=status] strong").inner_text() == whole


def test_a_bar_of_the_histogram_narrows_to_its_month(page: Any) -> None:
    page.goto("/")
    page.locator(".histogram a").last.click()
    page.wait_for_url("**from=2024**")
    assert page.locator("section.month").count() >= 1
    assert page.locator(".histogram .chosen").count() == 1


def test_events_of_unknown_year_stand_in_their_own_lane(page: Any) -> None:
    page.goto("/")
    lane = page.locator(".lane")
    assert lane.locator("article.event").count() == 5
    assert "?年" in lane.inner_text()
    assert lane.locator("time").count() == 0
    page.goto("/?undated=only")
    assert page.locator("article.event").count() == 5


def test_a_time_element_holds_a_real_day_only(page: Any) -> None:
    page.goto("/?limit=200")
    days = page.eval_on_selector_all("time", "all => all.map(one => one.getAttribute('datetime'))")
    assert days
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)


def test_keys_walk_the_list_and_open_an_event(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("article.event.here").count() == 1
    name = page.locator("article.event.here a.open").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/**")
    assert page.locator("h1").inner_text() == name
    page.goto("/")
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("u")
    assert page.evaluate("document.activeElement.id") == "unknown-year"


def test_the_skip_link_comes_first_and_focus_shows(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_an_organisation_shows_its_partners_as_table_and_picture(page: Any) -> None:
    page.goto(f"/orgs/{UNIVERSITY.id}")
    assert page.locator("h1").inner_text() == UNIVERSITY.name
    rows = page.locator(".partners tbody tr").count()
    assert rows > 3
    assert page.locator("svg.network a").count() == min(rows, 39)
    page.locator(".partners tbody tr").first.locator("td a").click()
    page.wait_for_url("**match=all**")
    assert page.locator("article.event").count() >= 1


def test_the_interface_speaks_english_and_the_sources_stay_chinese(page: Any) -> None:
    page.goto("/?lang=en")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "events" in page.locator("[role=status] strong").inner_text()
    page.locator("a.open").first.click()
    page.wait_for_url("**lang=en**")
    assert page.locator("blockquote[lang=zh]").count() >= 1


def test_the_documentation_opens_without_the_network(page: Any) -> None:
    page.goto("/docs")
    page.get_by_text("/api/v1/events", exact=True).first.wait_for()


def test_filters_unfold_without_script(narrow: Any) -> None:
    narrow.goto("/")
    assert not narrow.locator(".facets").is_visible()
    narrow.locator(".filters > summary").click()
    narrow.locator(".facets a", has_text="签约").first.click()
    narrow.wait_for_url("**type=signing**")


def test_the_evidence_of_a_source_is_not_cut_into_syllables_on_a_telephone(narrow: Any) -> None:
    narrow.goto(f"/pages/{SIGNING.sources[0].page}")
    narrow.locator("table.evidence").wait_for()
    assert narrow.locator("table.evidence").bounding_box()["width"] >= 600
    assert narrow.locator("html").evaluate("root => root.scrollWidth") <= 390
