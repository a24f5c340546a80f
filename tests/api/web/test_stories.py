"""Stories: what was picked, with title and notes, in one file that fetches nothing and hides nothing."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from tests.api.web.conftest import BROWSER
from tests.api.web.test_html import SIGNING, UNDATED, _parse

PICK = [UNDATED.id, SIGNING.id]


def test_the_picked_events_or_a_filter_are_laid_out(client: TestClient) -> None:
    picked = client.get("/story", params={"pick": PICK}, headers=BROWSER).text
    assert re.findall(r'name="pick" value="(\w+)" checked', picked) == PICK
    filtered = client.get("/story?type=signing&match=all&org=江海集团&org=云岭大学", headers=BROWSER).text
    assert re.findall(r'name="pick" value="(\w+)" checked', filtered) == [SIGNING.id]
    assert 'value="江海集团 × 云岭大学"' in filtered


def test_a_story_stands_alone_with_its_evidence(client: TestClient) -> None:
    fields = {
        "pick": PICK,
        "title": "两家<b>的</b>事",
        "notes": "第一段\n第二段",
        f"note-{SIGNING.id}": "这一件最早",
    }
    answer = client.post("/story", data=fields, headers=BROWSER)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    text = answer.text
    tree = _parse(text)
    assert [node.text for node in tree.iter("h2")] == [
        SIGNING.title,
        UNDATED.title,
    ]  # in time, the undated last
    assert "两家&lt;b&gt;的&lt;/b&gt;事" in text
    for words in ("第二段", "这一件最早", SIGNING.sources[0].page, "转载", "XXXX-12-06", "m-organization"):
        assert words in text, words
    for source in SIGNING.sources:
        assert f"{source.sentence.start}–{source.sentence.end}" in text
    # nothing is fetched: no script, no picture, no style or font from elsewhere; addresses are only cited
    assert {node.tag for node in tree.iter()}.isdisjoint(
        {"script", "link", "img", "iframe", "object", "base"}
    )
    assert not re.search(r"url\(|@import|\bsrc=", text)
    assert all(node.get("href").startswith("https://news.example/") for node in tree.iter("a"))
    assert "default-src 'none'; style-src 'sha256-" in answer.headers["content-security-policy"]
    assert "javascript:" not in text


def test_a_story_to_look_at_is_no_download_and_speaks_the_language(client: TestClient) -> None:
    fields = {"pick": PICK[1], "as": "view", "language": "en"}
    answer = client.post("/story", data=fields, headers=BROWSER)
    assert "content-disposition" not in answer.headers
    assert '<html lang="en">' in answer.text
    assert "How the date is known" in answer.text


def test_a_name_of_a_file_holds_nothing_odd(client: TestClient) -> None:
    fields = {"pick": PICK[1], "title": '../../a"b\r\nc:d'}
    header = client.post("/story", data=fields, headers=BROWSER).headers["content-disposition"]
    assert "\n" not in header
    assert ".." not in header
    assert header.count('"') == 2


def test_a_story_of_nothing_is_refused(client: TestClient) -> None:
    for pick in ([], [f"e{n}" for n in range(400)]):
        assert client.post("/story", data={"pick": pick}, headers=BROWSER).status_code == 400
