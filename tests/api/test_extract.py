"""POST /api/v1/extract: the same object the command prints, within limits, and spaCy only once it is asked for."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from api.routes import extract

TEXT = "云岭大学新闻\n2024年5月18日，江海集团有限公司与云岭大学在北辰市签署战略合作协议。\n"


def test_an_empty_field_is_one_that_is_not_known(client: TestClient) -> None:
    bare = client.post("/api/v1/extract", json={"text": TEXT})
    empty = client.post("/api/v1/extract", json={"text": TEXT, "published": "", "url": "", "title": ""})
    assert empty.status_code == 200, empty.text
    assert empty.json() == bare.json()


@pytest.mark.parametrize("path", ["/api/v1/extract", "/api/extract"])
def test_a_text_gives_its_findings(client: TestClient, path: str) -> None:
    answer = client.post(
        path, json={"text": TEXT, "published": "2024-05-20", "url": "https://news.example/1"}
    )
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["published"]["edtf"] == "2024-05-20"
    assert found["url"] == "https://news.example/1"
    assert [event["date"]["edtf"] for event in found["events"]] == ["2024-05-18"]
    for event in found["events"]:
        sentence = event["sentence"]
        assert TEXT[sentence["start"] : sentence["end"]] == sentence["text"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"text": ""}, 422),
        ({"text": 5}, 422),
        ({"text": "x", "colour": "red"}, 422),
        ({"text": "x", "published": "soon"}, 400),
        ([], 422),
        ("text", 422),
    ],
)
def test_a_body_out_of_shape_is_a_problem(client: TestClient, body: object, status: int) -> None:
    answer = client.post("/api/v1/extract", json=body)
    assert answer.status_code == status, answer.text
    assert answer.json()["status"] == status


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"text": "\\ud800"}', b"[" * 50_000, b"null"])
def test_bytes_that_are_no_json_are_a_problem(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/v1/extract", content=body, headers={"content-type": "application/json"})
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_over_the_limit_is_refused_with_the_limit(client: TestClient) -> None:
    answer = client.post("/api/v1/extract", json={"text": "长" * 60_000})
    assert answer.status_code == 413
    assert "100000 bytes" in answer.json()["detail"]


def test_a_body_that_hides_its_size_is_refused_too(client: TestClient) -> None:
    answer = client.post("/api/v1/extract", content=(b"x" * 1000 for _ in range(200)))
    assert answer.status_code == 413


def test_the_server_starts_without_the_pipeline() -> None:
    code = "import sys; import api; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_many_at_once_all_get_their_own_answer(client: TestClient) -> None:
    days = [f"2024-05-{day:02d}" for day in range(1, 13)]

    def ask(day: str) -> str:
        text = TEXT.replace("2024年5月18日", f"{int(day[-2:])}日")
        answer = client.post("/api/v1/extract", json={"text": text, "published": day})
        return str(answer.json()["published"]["edtf"])

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(ask, days)) == days
    assert client.get("/healthz").status_code == 200


def test_a_page_that_takes_too_long_is_given_up(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "_PATIENCE", 0.05)
    monkeypatch.setattr(extract.timeline, "extract", lambda *_, **__: time.sleep(0.5))
    answer = client.post("/api/v1/extract", json={"text": TEXT})
    assert answer.status_code == 503
    assert "timeline extract" in answer.json()["detail"]
