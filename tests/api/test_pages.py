"""The pages for readers without a browser: what stands on them, and what must not."""

from __future__ import annotations

import re

import pytest
from lxml import html
from starlette.testclient import TestClient

from tests.api.corpus import make_corpus
from timeline.chronology import Event

EXTRACTIONS, TIMELINE = make_corpus()
# article.event | #m-1 | a[href^=/]
_STEP = re.compile(r"(?P<tag>[a-z]*)(?:\.(?P<css>[\w-]+))?(?:#(?P<id>[\w-]+))?(?:\[(?P<name>\w+)\^=/\])?")


def _page(client: TestClient, path: str) -> html.HtmlElement:
    answer = client.get(path, headers={"accept": "text/html", "accept-language": "zh"})
    assert answer.status_code == 200, path
    return html.document_fromstring(answer.text)


def _all(node: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Find by selectors as simple as `.lane article.event`, `#id` or `tag[href^=/]`, several parted by commas."""
    paths = []
    for wanted in selector.split(", "):
        path = "."
        for step in wanted.split():
            match = _STEP.fullmatch(step)
            assert match, step
            path += f"//{match['tag'] or '*'}"
            path += f"[contains(concat(' ', @class, ' '), ' {match['css']} ')]" if match["css"] else ""
            path += f"[@id='{match['id']}']" if match["id"] else ""
            path += f"[starts-with(@{match['name']}, '/')]" if match["name"] else ""
        paths.append(path)
    return list(node.xpath(" | ".join(paths)))


def _text(node: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", node.text_content())


def _event(edtf: str | None) -> Event:
    return next(event for event in TIMELINE.events if event.date.edtf == edtf)


def test_the_first_page_is_small(client: TestClient) -> None:
    assert len(client.get("/", headers={"accept": "text/html"}).content) < 100_000


def test_every_event_quotes_its_sentence_and_links_to_it(client: TestClient) -> None:
    articles = _all(_page(client, "/?limit=200"), "article.event")
    assert len(articles) == len(TIMELINE.events)
    raw = "".join(extraction.text for extraction in EXTRACTIONS)
    for article in articles:
        (quoted,) = _all(article, "blockquote")
        assert quoted.text_content().strip().strip("…") in raw
        (source,) = _all(article, "a.source")
        assert re.match(r"/pages/[^?#]+(\?at=\d+)?#m-", source.get("href"))


def test_unknown_years_keep_to_their_lane_and_leave_a_span_of_time(client: TestClient) -> None:
    page = _page(client, "/?limit=200")
    lane = {article.get("id") for article in _all(page, ".lane article.event")}
    assert lane == {f"e-{e.id}" for e in TIMELINE.events if (e.date.edtf or "XXXX").startswith("XXXX")}
    months = {article.get("id") for article in _all(page, ".month article.event")}
    assert not lane & months
    spanned = _page(client, "/?from=2024&to=2024")
    assert not _all(spanned, ".lane")
    assert "另有 5 件年份未定" in _text(spanned)


@pytest.mark.parametrize(
    ("edtf", "form", "words"),
    [
        ("2024-05-18", "stated", "原文写明"),
        ("2024-05-20/2024-05-22", "inferred", "推得"),
        ("2016-05-27?/2016-05-29?", "thin", "推测"),
        ("2024-05-21~", "about", "约数"),
        ("2024-05", "partial", "只知到月"),
        ("../2019", "partial", "只知一端"),
        ("XXXX-12-06", "unknown", "年份未定"),
        (None, "unknown", "日期不详"),
    ],
)
def test_certainty_is_told_by_words_and_by_form(
    client: TestClient, edtf: str | None, form: str, words: str
) -> None:
    page = _page(client, f"/events/{_event(edtf).id}")
    (box,) = _all(page, ".datebox")
    assert f"form-{form}" in box.get("class").split()
    assert words in _text(box)
    assert (edtf or "不详") in _text(box)


def test_the_chain_leads_from_the_words_to_the_day(client: TestClient) -> None:
    event = _event("2024-05-18")
    (chain,) = _all(_page(client, f"/events/{event.id}"), ".chain")
    steps = [_text(step) for step in _all(chain, "li")]
    assert "2024年5月18日" in steps[0]
    assert "2024年5月20日" in steps[2]
    assert _all(chain, "li a")[0].get("href").startswith(f"/pages/{event.sources[0].page}")


def test_conflicts_reprints_and_borrowed_parties_are_said(client: TestClient) -> None:
    disputed = _page(client, f"/events/{_event('2016-05-27?/2016-05-29?').id}")
    assert "2022-05-27" in _text(_all(disputed, ".conflicts")[0])
    told = _text(_page(client, f"/events/{_event('2024-05-18').id}"))
    assert "3 篇报道 · 2 家独立来源 · 转载 1 篇" in told
    assert "取自别处" in told


def test_a_source_page_shows_its_raw_text_whole_and_its_evidence(client: TestClient) -> None:
    for extraction in EXTRACTIONS[:5]:
        page = _page(client, f"/pages/{extraction.findings.id}")
        (raw,) = _all(page, "pre.raw")
        assert raw.text_content() == extraction.text
        mention = extraction.findings.events[0]
        assert _all(raw, f"#m-{mention.id}")
        if extraction.findings.published.evidence:
            rows = [_text(row) for row in _all(page, "tr.used, tr.unused")]
            assert len(rows) == len(extraction.findings.published.evidence)


def test_an_empty_answer_offers_what_to_drop(client: TestClient) -> None:
    page = _page(client, "/?type=award&q=云岭大学&status=planned")
    offers = [_text(offer) for offer in _all(page, ".empty li")]
    assert any("状态" in offer for offer in offers)
    for link in _all(page, ".empty li a"):
        assert _all(_page(client, link.get("href")), "article.event")


def test_exports_carry_the_filter_of_the_page(client: TestClient) -> None:
    page = _page(client, "/?type=forum&from=2016&order=oldest")
    links = {link.get("href") for link in _all(page, ".export p a")}
    assert "/events.csv?type=forum&from=2016&order=oldest" in links
    assert all("type=forum" in link and "from=2016" in link for link in links)
    for link in links:
        assert client.get(link).status_code == 200


def test_every_link_of_the_pages_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    waiting = [
        "/",
        "/orgs",
        "/about",
        f"/events/{TIMELINE.events[0].id}",
        f"/orgs/{TIMELINE.organizations[1].id}",
    ]
    for path in waiting:
        for link in _all(_page(client, path), "a[href^=/], link[href^=/], script[src^=/]"):
            target = (link.get("href") or link.get("src")).partition("#")[0]
            if target not in seen:
                seen.add(target)
                assert client.get(target, headers={"accept": "text/html"}).status_code == 200, target
    assert len(seen) > 80


def test_an_organisation_can_be_seen_as_of_a_date(client: TestClient) -> None:
    id = next(o.id for o in TIMELINE.organizations if o.name == "云岭大学")
    whole, early = _page(client, f"/orgs/{id}"), _page(client, f"/orgs/{id}?to=2016")
    assert 0 < len(_all(early, "article.event")) < len(_all(whole, "article.event"))
    assert 0 < len(_all(early, ".partners tbody tr")) < len(_all(whole, ".partners tbody tr"))


def test_an_empty_store_says_what_to_do(tmp_path: object) -> None:
    from api import create_app
    from timeline.settings import Settings

    with TestClient(create_app(Settings(database=f"sqlite:///{tmp_path}/empty.sqlite"))) as empty:
        assert "timeline ingest" in _text(_page(empty, "/"))
