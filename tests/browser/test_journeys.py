"""The three journeys of PRODUCT, each from start to end: a journalist, an analyst, the author of a nightly script."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
import re
import threading
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.api.corpus import make_corpus
from tests.browser.conftest import TOKEN

pytestmark = pytest.mark.browser
TIMELINE = make_corpus()[1]
SIGNING = next(event for event in TIMELINE.events if event.title == "江海集团与云岭大学战略合作签约仪式")
UNDATED = next(event for event in TIMELINE.events if event.date.edtf == "XXXX-12-06")
SECRET = "made-up-secret-of-a-script"


def log_in(page: Any) -> None:
    page.wait_for_url("**/login**")
    page.fill("#token", TOKEN)
    page.press("#token", "Enter")


def test_a_journalist_finds_checks_corrects_cites_prints_and_subscribes(writing: Any) -> None:
    page = writing
    # when did these two first sign anything?
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("江海 云岭")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    page.get_by_role("link", name="改为由旧到新").click()
    page.wait_for_url("**order=oldest**")
    page.locator("article.event", has_text=SIGNING.title).locator("a.open").click()
    page.wait_for_url("**/events/**")
    # how is the day known, and by whom?
    chain = page.locator(".chain").inner_text()
    assert "2024年5月18日" in chain
    assert "2024-05-18" in chain
    assert "2024年5月20日" in page.locator(".chain li", has_text="参照").inner_text()
    assert re.search(r"3 篇报道 · 2 家独立来源 · 转载 1 篇", page.locator("#sources").inner_text())
    page.locator(".reports a", has_text="在原文中看").first.click()
    assert page.locator("pre.raw :target").is_visible()
    # a date is wrong: e, log in, pick, give a reason, save; it can be undone
    page.goto(f"/events/{UNDATED.id}")
    page.keyboard.press("e")
    page.locator("#correct a.fix").click()
    log_in(page)
    page.wait_for_url(f"**/events/{UNDATED.id}")
    page.keyboard.press("1")
    page.fill("#why-date", "页面上印着 2023-12-20")
    page.press("#why-date", "Enter")
    page.wait_for_url("**#history")
    assert page.locator(".review.corrected").is_visible()
    assert "2023年12月6日" in page.locator(".lead").inner_text()
    assert "页面上印着 2023-12-20" in page.locator(".history").inner_text()
    assert page.locator(".history button", has_text="撤销").is_visible()
    # cite, print, subscribe
    page.locator("button.copy").click()
    page.locator("button.copy", has_text="已复制").wait_for()
    cited = page.evaluate("navigator.clipboard.readText()")
    for words in (
        UNDATED.title,
        "[2023-12-06]",
        UNDATED.sources[0].sentence.text,
        "sha256:",
        f"/events/{UNDATED.id}",
    ):
        assert words in cited, words
    page.emulate_media(media="print")
    assert not page.locator(".top nav").is_visible()
    assert not page.locator("#correct").is_visible()
    assert page.locator(".reports blockquote").first.is_visible()
    page.emulate_media(media="screen")
    page.keyboard.press("z")
    page.wait_for_url("**/events/**")
    page.locator(".history", has_text="撤销").wait_for()
    assert "?年12月6日" in page.locator(".lead").inner_text()
    page.goto("/?q=江海 云岭")
    feed = page.request.get(page.locator("link[type='application/atom+xml']").get_attribute("href"))
    entries = ET.fromstring(feed.text()).findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == page.locator("article.event").count()


def test_an_analyst_picks_narrows_settles_compares_and_takes_files(writing: Any, tmp_path: Path) -> None:
    page = writing
    # paste names, see what each is taken for
    page.goto("/picker")
    page.fill("#names", "云大\n江海集团\n星桥银行\n有限公司\n没有这一家")
    page.locator("form.compose button").click()
    page.wait_for_url("**names=**")
    assert page.locator("td input[type=checkbox]:checked").count() == 3
    assert "没有这样的名称" in page.locator(".resolved").inner_text()
    page.locator("button", has_text="看它们的事件").click()
    page.wait_for_url("**org=**")
    whole = _total(page)
    # facets, also negative ones, and a span of years
    page.locator("a.less[title*='论坛会议']").click()
    page.wait_for_url("**not_type=forum**")
    assert 0 < _total(page) < whole
    page.fill("input[name=from]", "2015")
    page.fill("input[name=to]", "2024")
    page.press("input[name=to]", "Enter")
    page.wait_for_url("**from=2015**")
    shown = _total(page)
    # the file holds what the screen counts
    with page.expect_download() as download:
        page.locator(".export a", has_text="CSV（带 BOM").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))) == shown
    with page.expect_download() as download:
        page.locator(".export a", has_text="GraphML").first.click()
    ET.fromstring(Path(download.value.path()).read_bytes())
    # the years nobody states: settled by keys, one taken back
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("u")
    page.locator(".lane a", has_text="逐件定年").click()
    page.locator("h1", has_text="复核").wait_for()
    page.locator("a", has_text="登录后可以决定").click()
    log_in(page)
    page.wait_for_url("**/review")
    page.goto("/review?kind=unknown_year")
    waiting = _waiting(page)
    position = page.locator("article.case").evaluate_all(
        "(all, title) => all.findIndex((one) => one.innerText.includes(title))", UNDATED.title
    )
    for _ in range(position):
        page.keyboard.press("j")
    for key, left in (("1", waiting - 1), ("x", waiting - 2), ("z", waiting - 1), ("a", waiting - 2)):
        before = page.url
        page.keyboard.press(key)
        page.wait_for_function("before => location.href !== before", arg=before)
        page.wait_for_load_state()
        assert _waiting(page) == left, key
    # one organisation: partners sorted, as of a date
    page.goto("/orgs?q=云岭大学")
    page.locator("table.orgs a").first.click()
    page.wait_for_url("**/orgs/**")
    page.locator(".partners thead a", has_text="同场").click()
    page.wait_for_url("**sort=together**")
    counts = [int(text) for text in page.locator(".partners tbody td:last-child").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    page.fill("input[name=to]", "2019-12-31")
    page.press("input[name=to]", "Enter")
    page.wait_for_url("**to=2019-12-31**")
    earlier = [int(text) for text in page.locator(".partners tbody td:last-child").all_inner_texts()]
    assert 0 < sum(earlier) < sum(counts)
    # a story of two, to keep
    page.goto("/story?org=江海集团&org=云岭大学&match=all")
    page.fill("#s-title", "两家的来往")
    with page.expect_download() as download:
        page.locator("button", has_text="存成文件").click()
    download.value.save_as(tmp_path / "story.html")
    page.context.set_offline(True)
    page.goto((tmp_path / "story.html").as_uri())
    assert page.locator("h1").inner_text() == "两家的来往"
    assert page.locator("article").count() == 1
    assert page.locator("h2").first.evaluate("one => getComputedStyle(one).fontFamily").count("serif")
    page.context.set_offline(False)
    # what the memo notes
    page.goto("/quality")
    assert page.locator(".scores tbody tr").count() >= 5


def test_a_script_pulls_follows_changes_and_is_told(page: Any, desk: str, complaints: list[str]) -> None:
    # the documentation opens offline
    page.goto(f"{desk}/docs")
    page.get_by_text("/api/v1/events", exact=True).first.wait_for()
    # pages by `next` until it is null
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        answer, headers = _get(
            f"{desk}/api/v1/events?type=signing&limit=7" + (f"&cursor={cursor}" if cursor else "")
        )
        seen += [event["id"] for event in answer["events"]]
        cursor = answer["next"]
        assert headers["etag"]
    assert len(seen) == len(set(seen)) == answer["total"]
    # a typing error is an answer, not a page
    with pytest.raises(urllib.error.HTTPError) as refused:
        _get(f"{desk}/api/v1/events?orgs=x")
    problem = json.load(refused.value)
    assert (refused.value.code, refused.value.headers["content-type"]) == (400, "application/problem+json")
    assert "org" in problem["allowed"]
    # changes since a number, and a webhook that is told of the next one
    now = _get(f"{desk}/api/v1/changes?since=0&limit=1000")[0]["next"]
    with receiver() as (address, told):
        hook = _send(f"{desk}/api/v1/webhooks", {"url": address, "secret": SECRET}, "POST")
        assert hook["sequence"] == now
        _send(f"{desk}/api/v1/events/{UNDATED.id}", {"date": "2023-12-06", "reason": "第七届"}, "PATCH")
        end = time.monotonic() + 30
        while not told and time.monotonic() < end:
            time.sleep(0.05)
        signature, body = told[0]
    parts = dict(part.split("=", 1) for part in signature.split(","))
    mine = hmac.new(SECRET.encode(), parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(parts["v1"], mine)
    sent = json.loads(body)
    assert [change["id"] for change in sent["changes"]] == [UNDATED.id]
    changes = _get(f"{desk}/api/v1/changes?since={now}")[0]["changes"]
    assert [(change["kind"], change["id"]) for change in changes] == [("corrected", UNDATED.id)]


def _total(page: Any) -> int:
    return int(re.sub(r"\D", "", page.locator("[role=status] strong").inner_text()))


def _waiting(page: Any) -> int:
    return int(page.locator(".kinds a[aria-current] small").inner_text())


def _get(url: str) -> tuple[Any, Any]:
    with urllib.request.urlopen(url) as answer:
        return json.load(answer), answer.headers


def _send(url: str, content: dict[str, Any], method: str) -> Any:
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    request = urllib.request.Request(url, json.dumps(content).encode(), headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@contextmanager
def receiver() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Receive webhooks on this machine: the address, and the list that signatures and bodies come into."""
    told: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            told.append((self.headers["x-timeline-signature"], body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", told
    server.shutdown()
    server.server_close()
    thread.join(5)
