"""Who may ask, and how often: loopback reads freely, others show a token; buckets empty and fill; counters count."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import create_app
from api.limits import RateLimit
from api.metrics import Metrics
from timeline.chronology import Counts
from timeline.errors import UsageError
from timeline.settings import Settings
from timeline.store import open_store, save_token

AT = "2024-05-18T09:00:00Z"
PAGE = {"accept": "text/html"}


@contextmanager
def _serve(url: str, **settings: Any) -> Iterator[TestClient]:
    app = create_app(Settings(database=url, **settings))
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('access')}/own.sqlite"
    with open_store(url) as store:
        save_token(store, "reader", "read", scopes=["read"], at=AT)
    return url


def test_beyond_loopback_a_server_without_tokens_does_not_start(tmp_path: Any) -> None:
    empty = f"sqlite:///{tmp_path}/empty.sqlite"
    with pytest.raises(UsageError, match="timeline token create"), _serve(empty, host="0.0.0.0"):
        pass
    with _serve(empty, host="0.0.0.0", open=True) as client:
        assert client.get("/api/v1/events").status_code == 200
    with _serve(empty) as client:
        assert client.get("/api/v1/events").status_code == 200


def test_beyond_loopback_reading_takes_a_token(url: str) -> None:
    with _serve(url, host="0.0.0.0", rate=0) as client:
        for path in ("/api/v1/events", "/events.csv", "/metrics", "/docs", "/api/v1/openapi.json", "/none"):
            assert client.get(path).status_code == 401, path
            assert client.get(path, headers={"authorization": "Bearer read"}).status_code in (200, 404), path
        tag = client.get("/api/v1/events", headers={"authorization": "Bearer read"}).headers["etag"]
        assert client.get("/api/v1/events", headers={"if-none-match": tag}).status_code == 401
        assert client.get("/healthz").status_code == 200
        assert client.get("/static/timeline.css").status_code == 200
        sent = client.get("/?q=茶", headers=PAGE)
        assert sent.status_code == 303
        assert sent.headers["location"].startswith("/login?next=%2F%3Fq%3D")
        assert client.get("/login", headers=PAGE).status_code == 200


def test_a_bucket_empties_and_fills() -> None:
    now = [0.0]
    limit = RateLimit(rate=2, burst=3, clock=lambda: now[0])
    given = [limit.ask("a") for _ in range(4)]
    assert [leave.is_given for leave in given if leave] == [True, True, True, False]
    assert given[3] is not None
    assert (given[3].wait, given[3].remaining) == (1, 0)
    now[0] = 0.5
    assert [leave.is_given for leave in (limit.ask("a"), limit.ask("a")) if leave] == [True, False]
    other = limit.ask("b", cost=10)
    assert other is not None
    assert (other.is_given, other.remaining) == (True, 0)
    assert RateLimit(rate=0, burst=1).ask("a") is None


def test_who_asks_too_often_is_told_to_wait(url: str) -> None:
    with _serve(url, rate=0.001, burst=3) as client:
        answers = [client.get("/healthz") for _ in range(4)]
        assert [a.status_code for a in answers] == [200, 200, 200, 429]
        assert [a.headers["ratelimit-remaining"] for a in answers] == ["2", "1", "0", "0"]
        assert answers[3].headers["content-type"] == "application/problem+json"
        assert int(answers[3].headers["retry-after"]) > 900
        assert client.get("/healthz", headers={"authorization": "Bearer read"}).status_code == 200
        assert client.get("/healthz", headers={"authorization": "Bearer guess"}).status_code == 429


@pytest.mark.parametrize(("host", "limited"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_loopback_has_no_limit_unless_told(url: str, host: str, limited: bool) -> None:
    with _serve(url, host=host) as client:
        answer = client.get("/healthz", headers={"authorization": "Bearer read"})
        assert ("ratelimit-limit" in answer.headers) is limited


def test_other_origins_read_only_where_that_is_set(url: str) -> None:
    asking = {"origin": "https://a.example"}
    with _serve(url) as client:
        assert "access-control-allow-origin" not in client.get("/api/v1/events", headers=asking).headers
    with _serve(url, cors_origins=("https://a.example",)) as client:
        answer = client.get("/api/v1/events", headers=asking)
        assert answer.headers["access-control-allow-origin"] == "https://a.example"
        assert "etag" in answer.headers["access-control-expose-headers"]
        # a page that has a token shows it
        wanted = {"access-control-request-method": "GET", "access-control-request-headers": "authorization"}
        assert client.options("/api/v1/events", headers={**asking, **wanted}).status_code == 200
        other = client.get("/api/v1/events", headers={"origin": "https://b.example"})
        assert "access-control-allow-origin" not in other.headers


def test_what_is_served_is_counted_by_route(url: str) -> None:
    with _serve(url) as client:
        for path in ("/api/v1/events", "/api/v1/events?limit=1", "/api/v1/events/none", "/nothing/here"):
            client.get(path)
        answer = client.get("/metrics")
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        lines = answer.text.splitlines()
        assert 'timeline_requests_total{method="GET",route="/api/v1/events",status="200"} 2' in lines
        assert 'timeline_requests_total{method="GET",route="/api/v1/events/{id}",status="404"} 1' in lines
        assert 'timeline_requests_total{method="GET",route="other",status="404"} 1' in lines
        assert 'timeline_request_seconds_bucket{route="/api/v1/events",le="+Inf"} 2' in lines
        assert "timeline_requests_in_flight 1" in lines
        assert "timeline_store_events 0" in lines


def test_metrics_hold_to_the_format() -> None:
    metrics = Metrics()
    metrics.note("BREW", 'a"b\\c\nd', 200, 0.02)
    metrics.note("GET", "/x", 200, 99)
    text = metrics.render(Counts(pages=1, events=2, organizations=3, partnerships=4), 0, 0)
    assert text.endswith("\n")
    assert 'method="OTHER",route="a\\"b\\\\c\\nd"' in text
    kinds = [line.split()[2:] for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(kinds) == len({name for name, _ in kinds})
    for line in text.splitlines():
        if not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            assert float(value) >= 0
            assert name.partition("{")[0].replace("_bucket", "").replace("_sum", "").replace("_count", "") in {n for n, _ in kinds} | {name}  # fmt: skip


def test_the_quality_is_told(url: str) -> None:
    with _serve(url) as client:
        told = client.get("/api/v1/quality").json()
    assert told["scores"]
    for score in told["scores"]:  # shares, save for what is counted
        assert 0 <= score["value"] <= (1 if "wrong" not in score["metric"] else 10_000), score
    assert told["failures"]
