"""Errors: every one is a problem object with its status, and a page only where a browser asked for one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import create_app
from timeline.settings import Settings

CASES = [
    ("/api/v1/events?colour=red", 400, "unknown parameter colour"),
    ("/api/v1/events?colour=red", 400, "certainty, cursor, from"),
    ("/events.csv?limit=3", 400, "unknown parameter limit"),
    ("/healthz?x=1", 400, "takes: none"),
    ("/api/v1/events?type=party", 400, "type.0"),
    ("/api/v1/events?from=soon", 400, "write 2024-05-18"),
    ("/api/v1/events?from=2024-02-30", 400, "2024-02-30"),
    ("/api/v1/events?to=XXXX-12-06", 400, "XXXX-12-06"),
    ("/api/v1/events?from=2024-05&to=2024-04", 400, "to: 2024-04 lies before 2024-05"),
    ("/api/v1/events?from=soon", 400, "from: not a day"),
    ("/api/v1/events?limit=0", 400, "limit"),
    ("/api/v1/events?q=a&q=b", 400, "q is given 2 times"),
    ("/events.csv?order=newest&order=oldest", 400, "order is given 2 times"),
    ("/api/v1/events?limit=9999", 400, "limit"),
    ("/api/v1/events?cursor=garbage", 400, "cursor"),
    ("/api/v1/events?q=a%00b", 400, "control characters"),
    ("/api/v1/events?q=" + "长" * 201, 400, "q"),
    ("/api/v1/events/nothing", 404, "no event has the id"),
    ("/api/v1/organizations/nothing", 404, "no organisation has the id"),
    ("/api/v1/organizations/nothing/events", 404, "no organisation has the id"),
    ("/api/v1/pages/nothing", 404, "no page has the id"),
    ("/api/v1/events/%00", 400, "id"),
    ("/api/v2", 404, "nothing at this address"),
]


@pytest.mark.parametrize(("path", "status", "words"), CASES)
def test_a_fault_is_a_problem_object(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert words in problem["detail"]
    assert problem["instance"].startswith("/")


def test_an_unknown_parameter_is_answered_with_those_there_are(client: TestClient) -> None:
    problem = client.get("/api/v1/organizations?name=x").json()
    assert problem["allowed"] == ["cursor", "limit", "q"]


@pytest.mark.parametrize("path", ["/events/nothing", "/?colour=red", "/?from=soon", "/no/such/page"])
def test_a_browser_gets_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code in (400, 404)
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/?from=soon", "“soon”不是年、月、日；请写成 2024-05-18、2024-05 或 2024"),
        ("/?from=2024&to=2020", "“到”（2020）早于“从”（2024）"),
    ],
)
def test_a_reader_is_told_of_a_wrong_date_in_the_readers_language(
    client: TestClient, path: str, words: str
) -> None:
    assert words in client.get(path, headers={"accept": "text/html"}).text
    english = client.get(f"{path}&lang=en", headers={"accept": "text/html"}).text
    assert '<p lang="en">' in english
    assert words not in english


@pytest.mark.parametrize(("body", "words"), [(b"{", "at character 1"), (b"{'text': 1}", "at character 1")])
def test_a_body_that_is_no_json_is_told_where(client: TestClient, body: bytes, words: str) -> None:
    answer = client.post("/api/v1/extract", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("body: not JSON")
    assert words in answer.json()["detail"]


def test_empty_parameters_count_as_not_given(client: TestClient) -> None:
    every = client.get("/api/v1/events").json()
    assert (
        client.get("/api/v1/events?limit=&q=&from=&to=%20&headline=&order=&type=&min_sources=").json()
        == every
    )
    assert client.get("/events.csv?bom=").status_code == 200


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/v1/events", "GET, HEAD"),
        ("/api/v1/events/x1", "GET, HEAD, PATCH"),
        ("/api/v1/judgements", "DELETE, GET, HEAD, POST"),
        ("/api/v1/pages", "POST"),
    ],
)
def test_a_method_refused_is_answered_with_all_that_are_taken(
    client: TestClient, path: str, methods: str
) -> None:
    answer = client.request("PUT", path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == methods


def test_a_script_gets_a_problem_at_a_page(client: TestClient) -> None:
    assert client.get("/events/nothing", headers={"accept": "application/json"}).json()["status"] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_reading_addresses_take_no_other_method(client: TestClient, method: str) -> None:
    answer = client.request(method, "/api/v1/events")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_a_store_that_fails_is_a_503_that_names_no_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/broken.sqlite"
    with TestClient(create_app(Settings(database=url)), raise_server_exceptions=False) as broken:
        with sqlite3.connect(f"{tmp_path}/broken.sqlite") as connection:
            connection.execute("DROP TABLE events")
        for path in ("/api/v1/events", "/readyz", "/events.csv"):
            answer = broken.get(path)
            assert answer.status_code == 503, path
            assert str(tmp_path) not in answer.text
            assert "SELECT" not in answer.text
        assert broken.get("/healthz").status_code == 200
        assert broken.get("/", headers={"accept": "text/html"}).status_code == 503
