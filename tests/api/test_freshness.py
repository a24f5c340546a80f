"""ETag and 304: an answer the client still has is not sent again, and a change of the store makes every tag old."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import create_app
from tests.api.corpus import make_corpus
from timeline.settings import Settings
from timeline.store import open_store, save_extractions, save_timeline

PATHS = ["/", "/?type=signing", "/orgs", "/api/v1/events?limit=5", "/api/v1/facets", "/events.jsonl"]


@pytest.mark.parametrize("path", PATHS)
def test_a_known_answer_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    again = client.get(path, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["content-security-policy"]
    assert client.get(path, headers={"if-none-match": '"other"'}).content == first.content


def test_tags_differ_by_address_and_language(client: TestClient) -> None:
    tags = {client.get(path).headers["etag"] for path in PATHS}
    tags.add(client.get("/", headers={"accept-language": "en"}).headers["etag"])
    assert len(tags) == len(PATHS) + 1


def test_each_header_that_an_answer_hangs_on_is_named_once(client: TestClient) -> None:
    for path in PATHS:
        named = [name.strip().lower() for name in client.get(path).headers["vary"].split(",")]
        assert sorted(set(named)) == sorted(named), path


def test_errors_and_health_have_no_tag(client: TestClient) -> None:
    for path in ("/healthz", "/api/v1/events/none", "/api/v1/events?x=1"):
        assert "etag" not in client.get(path).headers


def test_a_change_makes_a_tag_old_and_counts_new(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/c.sqlite"
    extractions, timeline = make_corpus()
    with TestClient(create_app(Settings(database=url))) as client:
        empty = client.get("/api/v1/facets")
        with open_store(url) as store:
            save_extractions(store, extractions)
            save_timeline(store, timeline)
        full = client.get("/api/v1/facets", headers={"if-none-match": empty.headers["etag"]})
        assert (empty.json()["total"], full.json()["total"]) == (0, len(timeline.events))
        assert len(full.json()["facets"][0]["counts"]) > len(empty.json()["facets"][0]["counts"])


def test_long_answers_are_compressed_where_that_is_accepted(client: TestClient) -> None:
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < 20_000
