"""Hostile bodies and headers: each writing address with each of many bad values; nothing leaked, lost or hung."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import create_app
from tests.api.conftest import save_corpus
from timeline.settings import Settings
from timeline.store import open_store, save_token

TOKEN = "dsj_hostile"
STRINGS = (
    "' OR '1'='1", "'; DROP TABLE events; --", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}",
    "\x00", "\r\nset-cookie: a=b", "\ud800", "\uffff", "\u202egnp", "长" * 5000, "=cmd|' /C calc'!A0", "-1", "NaN", "e" + "́" * 3000,
    "XXXX-99-99", "2024-02-30", "file:///etc/passwd", "http://169.254.169.254/latest/meta-data/", "javascript:alert(1)",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    10**400,
    2**63,
    [],
    {},
    [[]],
    {"$ne": None},
    [None] * 200,
    "",
)
OPERATIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("POST", "/api/v1/pages", {"pages": [{"text": "?"}]}),
    ("POST", "/api/v1/pages", {"pages": [{"text": "5月18日签约", "url": "?", "title": "?", "published": "?"}]}),
    ("POST", "/api/v1/extract", {"text": "?", "is_html": True}),
    ("PATCH", "/api/v1/events/EVENT", {"date": "?", "title": "?", "place": "?", "reason": "?"}),
    ("PATCH", "/api/v1/events/EVENT", {"add": [{"organization": "?", "role": "host"}], "remove": [{"organization": "?"}]}),
    ("POST", "/api/v1/corrections", {"event": "?", "field": "title", "value": "?"}),
    ("POST", "/api/v1/judgements", {"left": "?", "right": "?", "verdict": "same", "reason": "?"}),
    ("POST", "/api/v1/webhooks", {"url": "?", "secret": "a secret of some length"}),
)  # fmt: skip
BODIES = (
    b"", b"{", b"}", b"[", b"null", b"true", b'"', b"\xff\xfe", b"\x00", b"[" * 100_000, b'{"a":' * 50_000, b'"\\' * 50_000,
    b'{"text":"\\ud800"}', b'{"text":1e400}', b'{"text":' + b"9" * 50_000 + b"}", b"\xef\xbb\xbf{}",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>", b"a=1&b=2", b"\x1f\x8b\x08" + b"\x00" * 50,
)  # fmt: skip
HEADERS = (
    {"content-type": "text/plain"}, {"content-type": "multipart/form-data; boundary=x"}, {"content-type": "application/xml"},
    {"content-type": "application/json; charset=utf-7"}, {"content-type": ""}, {"content-encoding": "gzip"}, {"accept": "*/*;q=NaN"},
    {"accept-language": "," * 3000}, {"if-none-match": '"' * 3000}, {"cookie": "session=" + "A" * 3000}, {"cookie": "session=e30=.x"},
    {"x-forwarded-for": "' OR 1=1"}, {"x-http-method-override": "DELETE"}, {"range": "bytes=0-0,-1,5-2"}, {"host": "evil.example"},
    {"origin": "null"}, {"content-length": "0"}, {"expect": "100-continue"}, {"accept-encoding": "gzip;q=0, identity;q=0, *;q=0"},
)  # fmt: skip
LEAKS = ("Traceback", "sqlalchemy", "sqlite", "psycopg", "SELECT ", "INSERT ", "/site-packages", ".py\"", "pydantic.dev")  # fmt: skip


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str]]:
    """Give a server over a corpus of its own with a token that covers all, and its folder."""
    folder: Path = tmp_path_factory.mktemp("attacked")
    url = f"sqlite:///{folder}/own.sqlite"
    save_corpus(url)
    with open_store(url) as store:
        save_token(store, "all", TOKEN, scopes=["write", "review"], at="2024-05-18T09:00:00Z")
    app = create_app(Settings(database=url, max_request_bytes=600_000))
    headers = {"authorization": f"Bearer {TOKEN}"}
    with TestClient(app, raise_server_exceptions=False, headers=headers) as client:
        yield client, str(folder)


def _check(answer: Any, folder: str, asked: object) -> None:
    assert answer.status_code < 500, (asked, answer.text)
    assert "set-cookie" not in answer.headers
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", asked
        said = answer.text
        assert not [leak for leak in (*LEAKS, folder, TOKEN) if leak in said], (asked, said)


def _fill(value: Any, put: Any) -> Any:
    if isinstance(value, dict):
        return {name: _fill(one, put) for name, one in value.items()}
    if isinstance(value, list):
        return [_fill(one, put) for one in value]
    return put if value == "?" else value


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS, ids=lambda value: str(value)[:50])
def test_no_value_breaks_a_writing_address(
    attacked: tuple[TestClient, str], method: str, path: str, body: dict[str, Any]
) -> None:
    client, folder = attacked
    event = client.get("/api/v1/events", params={"limit": 1}).json()["events"][0]["id"]
    for value in (*STRINGS, *VALUES):
        sent = json.dumps(_fill(body, value))
        kind = {"content-type": "application/json"}
        answer = client.request(method, path.replace("EVENT", event), content=sent, headers=kind)
        _check(answer, folder, (path, value))


@pytest.mark.parametrize(("method", "path"), dict.fromkeys((m, p) for m, p, _ in OPERATIONS))
def test_no_bytes_break_a_writing_address(attacked: tuple[TestClient, str], method: str, path: str) -> None:
    client, folder = attacked
    for body in BODIES:
        answer = client.request(method, path, content=body, headers={"content-type": "application/json"})
        assert 400 <= answer.status_code < 500, (path, body[:40], answer.text)
        _check(answer, folder, (path, body[:40]))


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_no_header_breaks_an_address(attacked: tuple[TestClient, str], headers: dict[str, str]) -> None:
    client, folder = attacked
    for path in ("/api/v1/events?limit=1", "/", "/events.csv", "/none"):
        answer = client.get(path, headers=headers)
        assert answer.status_code < 500, (headers, answer.text)
        assert folder not in answer.text
    answer = client.post(
        "/api/v1/extract", content=b'{"text": "5\xe6\x9c\x8818\xe6\x97\xa5"}', headers=headers
    )
    _check(answer, folder, headers)


@pytest.mark.parametrize(
    "method", ["TRACE", "CONNECT", "PROPFIND", "PUT", "DELETE", "OPTIONS", "get", "X" * 500]
)
def test_no_method_breaks_an_address(attacked: tuple[TestClient, str], method: str) -> None:
    client, folder = attacked
    for path in ("/api/v1/events", "/", "/healthz", "/static/timeline.css", "/none"):
        answer = client.request(method, path)
        assert answer.status_code in (200, 404, 405), (method, path)
        assert folder not in answer.text


def test_a_body_nested_too_deep_is_refused_before_it_is_read(attacked: tuple[TestClient, str]) -> None:
    client, _ = attacked
    kind = {"content-type": "application/json"}
    answer = client.post("/api/v1/extract", content=b'{"text":' + b"[" * 30 + b"]" * 30 + b"}", headers=kind)
    assert answer.status_code == 422
    assert "20 deep" in answer.json()["detail"]
    flat = client.post("/api/v1/extract", content=json.dumps({"text": "[[" * 50 + '"{{' * 50}), headers=kind)
    assert flat.status_code == 200


def test_nothing_was_lost_and_the_files_hold_no_formula(attacked: tuple[TestClient, str]) -> None:
    client, _ = attacked
    events = client.get("/api/v1/events", params={"limit": 500, "review": ["automatic", "corrected"]}).json()
    assert events["total"] >= 66
    for line in client.get("/events.csv").text.splitlines():
        assert not line.startswith(("=", "+", "-", "@"))
    assert client.get("/api/v1/webhooks").json()["webhooks"] == []
