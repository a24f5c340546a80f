"""Who may change things: sessions begin with a token, end with it, and no other site can send our forms."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from api import sessions
from tests.api.web.conftest import TOKEN, hidden, log_in
from tests.api.web.test_html import SIGNING
from timeline.store import find_corrections, revoke_token

EVENT = f"/events/{SIGNING.id}"
CORRECTIONS = f"{EVENT}/corrections"


def test_a_token_begins_a_session_that_scripts_and_other_sites_cannot_use(visitor: TestClient) -> None:
    form = hidden(visitor.get("/login?next=/review").text)
    assert form["next"] == "/review"
    answer = visitor.post("/login", data={**form, "token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie
    assert "lin" in visitor.get("/login").text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x"])
def test_a_wrong_token_begins_none(visitor: TestClient, token: str) -> None:
    answer = visitor.post("/login", data={**hidden(visitor.get("/login").text), "token": token})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "令牌不对" in answer.text


@pytest.mark.parametrize(
    "address",
    ["//evil.example/", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "/a\r\nx: y"],
)
def test_a_login_leads_nowhere_else(visitor: TestClient, address: str) -> None:
    form = hidden(visitor.get("/login").text)
    answer = visitor.post("/login", data={**form, "token": TOKEN, "next": address})
    assert answer.headers["location"] == "/review"


def test_a_form_of_another_site_is_refused(reviewer: TestClient) -> None:
    form = hidden(reviewer.get(EVENT).text, CORRECTIONS)
    good = {**form, "field": "verdict", "value": "confirmed"}
    for change, headers in (
        ({"csrf": ""}, {}),
        ({"csrf": "0" * 64}, {}),
        ({}, {"sec-fetch-site": "cross-site"}),
        ({}, {"sec-fetch-site": "same-site"}),
    ):
        answer = reviewer.post(CORRECTIONS, data={**good, **change}, headers=headers)
        assert answer.status_code == 403, (change, headers)
        assert answer.headers["content-type"].startswith("text/html")
    assert find_corrections(_store(reviewer)) == []
    assert reviewer.post(CORRECTIONS, data=good).status_code == 303


def test_an_old_browser_is_known_by_its_origin(reviewer: TestClient) -> None:
    del reviewer.headers["sec-fetch-site"]
    form = {**hidden(reviewer.get(EVENT).text, CORRECTIONS), "field": "verdict", "value": "confirmed"}
    bad = reviewer.post(CORRECTIONS, data=form, headers={"origin": "https://evil.example"})
    good = reviewer.post(CORRECTIONS, data=form, headers={"origin": "http://testserver"})
    assert (bad.status_code, good.status_code) == (403, 303)


def test_without_a_session_nothing_is_changed_and_the_way_in_is_shown(visitor: TestClient) -> None:
    page = visitor.get(EVENT).text
    assert f"/login?next=%2Fevents%2F{SIGNING.id}" in page
    assert 'name="csrf"' not in page
    for path in (CORRECTIONS, "/corrections/c1/withdraw", "/review", "/review/undo"):
        assert visitor.post(path, data={"csrf": "x", "field": "date", "value": "2020"}).status_code == 403


def test_a_forged_cookie_is_none(reviewer: TestClient) -> None:
    good = reviewer.cookies[sessions.COOKIE]
    payload, _, mark = good.partition(".")
    for forged in (f"{payload}.", f"{payload}.{'0' * 64}", f"x{payload}.{mark}", "é.x", mark):
        reviewer.cookies.clear()
        page = reviewer.get(EVENT, headers={"cookie": f"{sessions.COOKIE}={forged}".encode()})
        assert page.status_code == 200
        assert 'name="csrf"' not in page.text
    assert 'name="csrf"' in reviewer.get(EVENT, headers={"cookie": f"{sessions.COOKIE}={good}"}).text


def test_a_session_ends_with_its_token_its_time_and_the_logout(
    reviewer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = sessions.time.time()
    assert 'name="csrf"' in reviewer.get(EVENT).text
    monkeypatch.setattr(sessions.time, "time", lambda: now + sessions.LIFE + 2)
    assert 'name="csrf"' not in reviewer.get(EVENT).text
    monkeypatch.undo()
    answer = reviewer.post("/logout", data=hidden(reviewer.get("/login").text))
    assert "session=" in answer.headers["set-cookie"]
    assert 'name="csrf"' not in reviewer.get(EVENT).text
    log_in(reviewer, TOKEN)
    revoke_token(_store(reviewer), "lin", at="2026-02-01T00:00:00Z")
    assert 'name="csrf"' not in reviewer.get(EVENT).text


def test_every_page_says_who_is_logged_in(reviewer: TestClient) -> None:
    for path in ("/", "/orgs", "/about", EVENT):
        assert "已登录：lin" in reviewer.get(path).text, path
    reviewer.post("/logout", data=hidden(reviewer.get("/login").text))
    assert "已登录" not in reviewer.get("/").text


def test_a_token_that_may_only_read_corrects_nothing(visitor: TestClient) -> None:
    log_in(visitor, TOKEN + "-reader")
    form = hidden(visitor.get(EVENT).text, CORRECTIONS)
    answer = visitor.post(CORRECTIONS, data={**form, "field": "verdict", "value": "confirmed"})
    assert answer.status_code == 403


def test_a_page_from_before_the_login_is_not_taken_for_the_one_after(visitor: TestClient) -> None:
    tag = visitor.get(EVENT).headers["etag"]
    log_in(visitor, TOKEN)
    answer = visitor.get(EVENT, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert 'name="csrf"' in answer.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("text/plain", b"a=b"),
        ("application/x-www-form-urlencoded", b"a=%ff"),
        ("application/x-www-form-urlencoded", b"a=1&" * 2000),
        ("application/x-www-form-urlencoded", b"a=%00"),
    ],
)
def test_what_is_no_form_is_refused(visitor: TestClient, kind: str, body: bytes) -> None:
    assert visitor.post("/login", content=body, headers={"content-type": kind}).status_code == 400


def _store(client: TestClient) -> object:
    return client.app.state.store  # type: ignore[attr-defined]
