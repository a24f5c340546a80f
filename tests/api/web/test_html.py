"""The pages are HTML as the standard has it: strictly parsed, ids once, labels for fields, links that lead somewhere."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from starlette.testclient import TestClient

from tests.api.corpus import make_corpus
from tests.api.web.conftest import BROWSER

TIMELINE = make_corpus()[1]
SIGNING = next(event for event in TIMELINE.events if len(event.sources) == 3)
UNDATED = next(event for event in TIMELINE.events if event.date.edtf == "XXXX-12-06")
BODY = SIGNING.organizations[0].organization
PATHS = [
    "/", "/?q=战略&type=signing&type=award", "/?not_type=visit&org=云岭大学", "/?undated=only", "/?q=没有这样的词",
    "/?from=2016&to=2018&order=oldest", "/orgs", f"/orgs/{BODY}", f"/orgs/{BODY}?sort=name&to=2019", f"/events/{SIGNING.id}",
    f"/events/{UNDATED.id}", f"/pages/{SIGNING.sources[0].page}", f"/pages/{SIGNING.sources[0].page}?view=both",
    "/picker", "/picker?names=云大;没有;研究院", "/story", f"/story?pick={SIGNING.id}", "/review", "/review?kind=conflict",
    "/quality", "/about", "/login", "/events/none",
]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_strict_html(client: TestClient, path: str, language: str) -> None:
    address = f"{path}{'&' if '?' in path else '?'}lang={language}"
    check_html(client.get(address, headers=BROWSER).text)


def test_the_pages_of_a_reviewer_are_strict_html(reviewer: TestClient) -> None:
    for path in ("/review", "/login", f"/events/{SIGNING.id}", f"/events/{UNDATED.id}"):
        page = reviewer.get(path).text
        assert 'name="csrf"' in page, path
        check_html(page)


def test_every_link_of_a_page_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    for path in PATHS[:-1]:
        tree = _parse(client.get(path, headers=BROWSER).text)
        ids = {node.get("id") for node in tree.iter() if node.get("id")}
        for node in tree.iter("a"):
            parts = urlsplit(node.get("href"))
            if parts.scheme or parts.netloc:
                continue
            if not parts.path:
                assert parts.fragment in ids, (path, node.get("href"))
            elif parts.path not in seen and not parts.path.startswith(("/docs", "/static")):
                seen.add(parts.path)
                answer = client.get(node.get("href").partition("#")[0], headers=BROWSER)
                assert answer.status_code in (200, 308), (path, node.get("href"))
    assert len(seen) > 40


def check_html(text: str) -> None:
    """Hold a page to the standard, and to what a screen reader needs of it."""
    tree = _parse(text)
    nodes = list(tree.iter())
    ids = [node.get("id") for node in nodes if node.get("id")]
    assert len(ids) == len(set(ids)), sorted(id for id in ids if ids.count(id) > 1)
    labelled = {node.get("for") for node in nodes if node.tag == "label"}
    assert labelled <= {*ids, None}
    inside = {id(field) for node in nodes if node.tag == "label" for field in node.iter()}
    for node in nodes:
        if node.tag in ("input", "select", "textarea") and node.get("type") not in ("hidden", "submit"):
            named = node.get("id") in labelled or node.get("aria-label") or id(node) in inside
            assert named, (node.tag, node.get("name"))
        for reference in ("aria-labelledby", "aria-describedby"):
            assert node.get(reference) is None or node.get(reference) in ids, node.get(reference)
        assert not any(name.startswith("on") or name == "style" for name in node.keys()), node.attrib  # noqa: SIM118
    assert len([node for node in nodes if node.tag == "h1"]) == 1
    assert not re.search(r"\{\{|\}\}|\bUndefined\b|>None<", text)


def _parse(text: str) -> Any:
    parser = html5lib.HTMLParser(
        strict=True, tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    return parser.parse(text)
