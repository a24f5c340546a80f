"""What is written: tokens and their scopes, pages kept and linked, corrections and verdicts, and all of it undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import create_app
from tests.api.conftest import save_corpus
from timeline.settings import Settings
from timeline.store import open_store, revoke_token, save_token

AT = "2024-05-18T09:00:00Z"
TEXT = "云岭大学新闻\n2024年5月18日，江海集团有限公司与云岭大学在北辰市签署战略合作协议。\n"
PAGE = {"text": TEXT, "published": "2024-05-20", "url": "https://news.example/1"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TestClient]:
    """Give a server over a corpus of its own, with a token a scope whose text is the scope's name."""
    url = f"sqlite:///{tmp_path}/own.sqlite"
    save_corpus(url)
    with open_store(url) as store:
        for scope in ("read", "write", "review"):
            save_token(store, f"{scope}er", scope, scopes=[scope], at=AT)
    with TestClient(create_app(Settings(database=url)), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give a server over nothing, with a token a scope and one that covers all; the name is the text."""
    url = f"sqlite:///{tmp_path_factory.mktemp('empty')}/own.sqlite"
    with open_store(url) as store:
        save_token(store, "all", "all", scopes=["write", "review"], at=AT)
        for scope in ("read", "write", "review"):
            save_token(store, f"{scope}er", scope, scopes=[scope], at=AT)
    with TestClient(create_app(Settings(database=url)), raise_server_exceptions=False) as opened:
        yield opened


def _as(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _first(server: TestClient, **query: Any) -> dict[str, Any]:
    event: dict[str, Any] = server.get("/api/v1/events", params=query).json()["events"][0]
    return event


WRITES = [
    ("POST", "/api/v1/pages", "write"),
    ("PATCH", "/api/v1/events/e1", "review"),
    ("POST", "/api/v1/corrections", "review"),
    ("DELETE", "/api/v1/corrections/c1", "review"),
    ("POST", "/api/v1/judgements", "review"),
    ("DELETE", "/api/v1/judgements?left=a&right=b", "review"),
    ("GET", "/api/v1/webhooks", "write"),
    ("POST", "/api/v1/webhooks", "write"),
    ("DELETE", "/api/v1/webhooks/w1", "write"),
    ("POST", "/api/v1/webhooks/w1/enable", "write"),
    ("GET", "/api/v1/webhooks/w1/deliveries", "write"),
]


@pytest.mark.parametrize(("method", "path", "scope"), WRITES)
def test_writing_takes_a_token_of_the_scope(empty: TestClient, method: str, path: str, scope: str) -> None:
    body = None if method == "GET" else {}
    bare = empty.request(method, path, json=body)
    assert bare.status_code == 401
    assert bare.headers["www-authenticate"].startswith("Bearer")
    assert f"--scope {scope}" in bare.json()["detail"]
    wrong = empty.request(method, path, json=body, headers=_as("nonsense"))
    assert wrong.status_code == 401
    assert empty.request(method, path, json=body, headers=_as("all")).status_code not in (401, 403)


@pytest.mark.parametrize(("method", "path", "scope"), WRITES)
def test_another_scope_does_not_do(empty: TestClient, method: str, path: str, scope: str) -> None:
    for other in {"read", "write", "review"} - {scope}:
        answer = empty.request(method, path, json=None if method == "GET" else {}, headers=_as(other))
        assert answer.status_code == 403, other
        assert answer.json()["title"] == "forbidden"


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic d3JpdGU6", "write", f"Bearer {'x' * 5000}", "Bearer \xff"])  # fmt: skip
def test_a_header_that_is_no_token_is_refused_even_for_reading(empty: TestClient, header: str) -> None:
    answer = empty.get("/api/v1/events", headers={"authorization": header.encode("latin-1")})
    assert answer.status_code == 401


def test_a_revoked_token_is_worth_nothing(server: TestClient) -> None:
    assert server.get("/api/v1/webhooks", headers=_as("write")).status_code == 200
    revoke_token(server.app.state.store, "writeer", at=AT)  # type: ignore[attr-defined]
    assert server.get("/api/v1/webhooks", headers=_as("write")).status_code == 401


def test_pages_are_kept_once_and_linked(server: TestClient) -> None:
    before = server.get("/api/v1/meta").json()
    sent = {"pages": [PAGE, {"text": "  "}, PAGE | {"published": "soon"}]}
    first = server.post("/api/v1/pages", json=sent, headers=_as("write"))
    assert first.status_code == 200, first.text
    told = first.json()
    assert [page["outcome"] for page in told["pages"]] == ["ingested", "skipped", "skipped"]
    assert told["pages"][0]["events"] == 1
    assert "empty" in told["pages"][1]["reason"]
    assert told["is_linked"] is True
    after = server.get("/api/v1/meta").json()
    assert after["pages"] == before["pages"] + 1
    assert after["dataset"] != before["dataset"]
    found = server.get(f"/api/v1/pages/{told['pages'][0]['id']}").json()
    assert found["text"] == TEXT
    changes = server.get("/api/v1/changes").json()["changes"]
    assert changes[-1]["at"] is not None
    again = server.post("/api/v1/pages", json={"pages": [PAGE]}, headers=_as("write")).json()
    assert again["pages"][0]["outcome"] == "unchanged"
    assert server.get("/api/v1/meta").json()["pages"] == after["pages"]


@pytest.mark.parametrize("body", [{}, {"pages": []}, {"pages": [{}]}, {"pages": [PAGE] * 101}, [PAGE], {"pages": [PAGE | {"x": 1}]}])  # fmt: skip
def test_bodies_out_of_shape_are_refused(empty: TestClient, body: object) -> None:
    answer = empty.post("/api/v1/pages", json=body, headers=_as("all"))
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_an_event_is_corrected_at_once_and_undone(server: TestClient) -> None:
    event = _first(server, type="signing", limit=1)
    address = f"/api/v1/events/{event['id']}"
    patch = {"date": "2011-03-04", "title": "改正的题目", "reason": "见报纸原件"}
    answer = server.patch(address, json=patch, headers=_as("review"))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["event"]["date"]["edtf"] == "2011-03-04"
    assert told["event"]["review"] == "corrected"
    assert {c["by"] for c in told["corrections"]} == {"reviewer"}
    assert server.get(address).json()["title"] == "改正的题目"
    assert event["id"] in [e["id"] for e in server.get("/api/v1/events", params={"to": "2011-12-31", "from": "2011"}).json()["events"]]  # fmt: skip
    assert server.get("/api/v1/events", params={"review": "corrected"}).json()["total"] == 1
    listed = server.get("/api/v1/corrections", params={"event": event["id"]}).json()["corrections"]
    assert [c["field"] for c in listed] == ["date", "title"]
    for correction in listed:
        undone = server.delete(f"/api/v1/corrections/{correction['id']}", headers=_as("review"))
        assert undone.json()["withdrawn_by"] == "reviewer"
    restored = server.get(address).json()
    assert {k: v for k, v in restored.items() if k in event} == event
    assert server.get("/api/v1/corrections", params={"event": event["id"]}).json()["corrections"] == []
    kept = server.get("/api/v1/corrections", params={"event": event["id"], "withdrawn": True}).json()
    assert len(kept["corrections"]) == 2


def test_parties_come_and_go_and_a_rejected_event_is_hidden(server: TestClient) -> None:
    event = _first(server, type="signing", limit=1)
    address = f"/api/v1/events/{event['id']}"
    leaver = event["organizations"][0]
    patch = {"remove": [{"organization": leaver["organization"]}], "verdict": "rejected"}
    answer = server.patch(address, json=patch, headers=_as("review"))
    assert answer.status_code == 200, answer.text
    assert leaver not in answer.json()["event"]["organizations"]
    listed = server.get("/api/v1/events", params={"limit": 500}).json()
    assert event["id"] not in [e["id"] for e in listed["events"]]
    assert server.get("/api/v1/events", params={"review": "rejected"}).json()["total"] == 1
    assert server.get(address).json()["review"] == "rejected"


def test_a_patch_is_taken_whole_or_not_at_all(server: TestClient) -> None:
    event = _first(server, limit=1)
    address = f"/api/v1/events/{event['id']}"
    for patch in (
        {"title": "新", "date": "2011-13-45"},
        {"title": "新", "add": [{"organization": "没有这个机构", "role": "host"}]},
        {"reason": "nothing else"},
        {"verdict": None},
    ):
        assert server.patch(address, json=patch, headers=_as("review")).status_code == 400, patch
    assert (
        server.patch("/api/v1/events/nothing", json={"title": "新"}, headers=_as("review")).status_code == 404
    )
    assert server.get("/api/v1/corrections").json()["corrections"] == []
    assert server.get(address).json()["title"] == event["title"]


def test_one_correction_may_be_posted(server: TestClient) -> None:
    event = _first(server, limit=1)
    body = {"event": event["id"], "field": "status", "value": "cancelled", "reason": "取消公告"}
    answer = server.post("/api/v1/corrections", json=body, headers=_as("review"))
    assert answer.status_code == 201, answer.text
    assert answer.json()["id"]
    assert server.get(f"/api/v1/events/{event['id']}").json()["status"] == "cancelled"
    assert server.delete("/api/v1/corrections/nothing", headers=_as("review")).status_code == 404


def test_a_verdict_is_written_listed_and_taken_back(server: TestClient) -> None:
    server.post("/api/v1/pages", json={"pages": [PAGE]}, headers=_as("write"))
    one, other = server.get("/api/v1/organizations", params={"limit": 2}).json()["organizations"]
    body = {"left": one["id"], "right": other["id"], "verdict": "different", "reason": "两家单位"}
    answer = server.post("/api/v1/judgements", json=body, headers=_as("review"))
    assert answer.status_code == 201, answer.text
    written = answer.json()["judgements"][0]
    assert (written["by"], written["verdict"]) == ("reviewer", "different")
    listed = server.get("/api/v1/judgements", params={"verdict": "different", "limit": 1000}).json()
    assert written in listed["judgements"]
    pair = {"left": written["left"], "right": written["right"]}
    assert server.delete("/api/v1/judgements", params=pair, headers=_as("review")).status_code == 200
    assert server.delete("/api/v1/judgements", params=pair, headers=_as("review")).status_code == 404
    assert server.post("/api/v1/judgements", json=body, headers=_as("review")).status_code == 201
    ids = {"left": one["id"], "right": other["id"]}
    assert server.delete("/api/v1/judgements", params=ids, headers=_as("review")).status_code == 200
    assert server.delete("/api/v1/judgements", params=ids, headers=_as("review")).status_code == 404
    wrong = body | {"right": "nothing"}
    assert server.post("/api/v1/judgements", json=wrong, headers=_as("review")).status_code == 404


def test_what_needs_eyes_is_listed_by_kind(server: TestClient) -> None:
    answer = server.get("/api/v1/review", params={"kind": "unknown_year", "limit": 2}).json()
    assert {item["kind"] for item in answer["items"]} == {"unknown_year"}
    assert answer["total"] == answer["counts"]["unknown_year"] > 2
    more = server.get(
        "/api/v1/review", params={"kind": "unknown_year", "limit": 2, "cursor": answer["next"]}
    ).json()
    assert not {i["ids"][0] for i in more["items"]} & {i["ids"][0] for i in answer["items"]}
    assert server.get("/api/v1/review", params={"kind": "other"}).status_code == 400
