"""Hostile input: each address with each of many bad strings; never a 5xx, never the string as markup, never a hang."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

STRINGS = (
    "' OR '1'='1", "'; DROP TABLE events; --", "%' UNION SELECT text FROM pages --", '" OR ""="', "*", '"', "NEAR(a b)",
    "a AND", "()", "^", "-", "%", "_", "\\", "../../etc/passwd", "..\\..\\windows", "<script>alert(1)</script>",
    '"><svg onload=alert(1)>', "{{7*7}}", "{% raw %}", "${jndi:ldap://x}", "\x00", "\r\nset-cookie: a=b", "\ud7ff\uffff",
    "🀄" * 60, "长" * 3000, "1" * 5000, "=cmd|' /C calc'!A0", "NaN", "-1", "99999999999999999999", "0x10", "١٢٣",
    "9999-12-31", "0000-00-00", "2024-13-45", "../2024", "[2024,2025]", "%ff%fe", "a" * 200,
)  # fmt: skip
ADDRESSES = (
    "/?q={}", "/?org={}", "/?from={}", "/?cursor={}", "/?lang={}", "/api/v1/events?q={}", "/api/v1/events?org={}",
    "/api/v1/events?from={}&to={}", "/api/v1/events?cursor={}", "/api/v1/events?limit={}", "/api/v1/events?type={}",
    "/api/v1/events/{}", "/api/v1/organizations?q={}", "/api/v1/organizations/{}/events", "/api/v1/pages/{}",
    "/api/v1/organizations/resolve?name={}", "/api/v1/changes?since={}", "/events.csv?q={}", "/events/{}", "/orgs?q={}",
    "/pages/{}?at={}", "/static/{}", "/{}", "/?{}=1",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_string_breaks_an_address(client: TestClient, address: str) -> None:
    for string in STRINGS:
        path = address.replace("{}", quote(string, safe=""))
        answer = client.get(path, headers={"accept": "text/html"})
        assert answer.status_code < 500, (path, answer.text)
        assert "set-cookie" not in answer.headers
        assert "Traceback" not in answer.text
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert "<script>alert" not in answer.text
            assert "<svg onload" not in answer.text
            assert ">49<" not in answer.text


def test_the_store_is_as_it_was_after_all_that(client: TestClient) -> None:
    assert client.get("/api/v1/meta").json()["events"] == 66
