"""Every page serves every reader: axe finds nothing serious, nothing moves, nothing scrolls sideways, focus goes in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.api.corpus import make_corpus
from tests.browser.conftest import TOKEN, open_page

pytestmark = pytest.mark.browser
TIMELINE = make_corpus()[1]
SIGNING = next(event for event in TIMELINE.events if event.title == "江海集团与云岭大学战略合作签约仪式")
UNDATED = next(event for event in TIMELINE.events if event.date.edtf == "XXXX-12-06")
DISPUTED = next(event for event in TIMELINE.events if event.conflicts)
UNIVERSITY = next(o for o in TIMELINE.organizations if o.name == "云岭大学")
PATHS = [
    "/?limit=8&not_type=visit", "/?undated=only", "/?q=没有", "/orgs", f"/orgs/{UNIVERSITY.id}?limit=4",
    f"/events/{SIGNING.id}", f"/events/{UNDATED.id}", f"/events/{DISPUTED.id}", f"/pages/{SIGNING.sources[0].page}",
    f"/pages/{SIGNING.sources[0].page}?view=both", "/picker?names=云大;没有", f"/story?pick={SIGNING.id}", "/review",
    "/quality", "/about", "/login", "/events/none",
]  # fmt: skip
_RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
# What moved without the reader's doing since the page began to show.
_SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  window.scrollTo(0, document.body.scrollHeight);
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 30)));
})"""
# The places that Tab goes to, in its order, as places of the document; hidden ones left out.
_ORDER = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
  .filter((one) => one.tabIndex > 0).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def telephone(chromium: Any, address: str, complaints: list[str]) -> Iterator[Any]:
    """Give a page of a dark English telephone."""
    small = {"width": 390, "height": 844}
    yield from open_page(
        chromium, complaints, base_url=address, viewport=small, locale="en-GB", color_scheme="dark"
    )


def look(page: Any, paths: list[str]) -> None:
    """Open every page and hold it to what every reader needs."""
    for path in paths:
        page.goto(path)
        assert faults_of(page) == [], path
        assert page.evaluate(_SHIFT) < 0.01, path
        assert page.evaluate(_ORDER) == [], path


def faults_of(page: Any) -> list[str]:
    """List what axe finds serious or critical on a page."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def test_no_page_shuts_anybody_out(page: Any, complaints: list[str]) -> None:
    look(page, PATHS)
    complaints[:] = [c for c in complaints if "404" not in c]


def test_nor_on_a_dark_english_telephone(telephone: Any, complaints: list[str]) -> None:
    look(telephone, PATHS)
    complaints[:] = [c for c in complaints if "404" not in c]


def test_no_page_scrolls_sideways_on_a_telephone(narrow: Any, complaints: list[str]) -> None:
    english = [f"{path}{'&' if '?' in path else '?'}lang=en" for path in PATHS]
    for path in (*PATHS, *english):
        narrow.goto(path)
        assert narrow.locator("main").bounding_box()["width"] <= 390, path
        assert narrow.locator("html").evaluate("root => root.scrollWidth") <= 390, path
        assert narrow.locator(".top nav").evaluate("nav => nav.scrollWidth") <= 390, path
    complaints[:] = [c for c in complaints if "404" not in c]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_reviewer_serve_everybody_too(writing: Any, scheme: str) -> None:
    writing.emulate_media(color_scheme=scheme)
    writing.goto("/login?next=/review")
    writing.fill("#token", TOKEN)
    writing.press("#token", "Enter")
    writing.wait_for_url("**/review")
    look(writing, ["/review", f"/events/{UNDATED.id}"])
    writing.locator(".correct details summary").click()
    assert faults_of(writing) == []
