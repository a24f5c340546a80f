"""What every answer keeps to: headers, no inline script, nothing of a page's text taken for markup, no leaked paths."""

from __future__ import annotations

import asyncio
import re

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api import security

PATHS = ["/", "/?lang=en", "/orgs", "/about", "/docs", "/healthz", "/api/v1/events", "/events.csv", "/none", "/static/timeline.css"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/orgs", "/about", "/docs"])
def test_pages_hold_no_inline_script_or_style_and_nothing_from_elsewhere(
    client: TestClient, path: str
) -> None:
    page = client.get(path, headers={"accept": "text/html"}).text
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"\s(style|on\w+)=", page)
    assert not re.search(r"(src|href)=\"(https?:)?//", page)


def test_text_of_a_page_is_never_markup(client: TestClient) -> None:
    for query in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "' OR 1=1 --"):
        page = client.get("/", params={"q": query}, headers={"accept": "text/html"})
        assert page.status_code == 200
        assert query not in page.text.replace("{{7*7}}" if query != "{{7*7}}" else "", "") or query in ("{{7*7}}", "' OR 1=1 --")  # fmt: skip
        assert "49" not in page.text or query != "{{7*7}}"


def test_a_source_that_is_no_web_address_is_not_linked(client: TestClient) -> None:
    for event in client.get("/api/v1/events", params={"limit": 500}).json()["events"]:
        page = client.get(f"/events/{event['id']}", headers={"accept": "text/html"}).text
        assert 'href="javascript:' not in page


def test_nothing_outside_the_static_folder_is_served(client: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"):
        assert client.get(path).status_code == 404


def test_a_body_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("the application must not see the request")

    async def receive() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    monkeypatch.setattr(security, "_PATIENCE", 0.2)
    scope = {"type": "http", "method": "POST", "path": "/api/v1/extract", "headers": []}
    asyncio.run(security.BodyLimit(app, 1000)(scope, receive, send))
    assert sent[0]["status"] == 408


@pytest.mark.parametrize("path", ["/", "/api/v1/events", "/events.csv", "/healthz", "/none"])
def test_head_is_get_without_its_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]
