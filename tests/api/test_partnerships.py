"""Partnerships over the wire: the filter of events holds, screens add up, both files stream."""

from __future__ import annotations

from xml.etree import ElementTree

from starlette.testclient import TestClient

from tests.api.corpus import make_corpus

TIMELINE = make_corpus()[1]


def test_partnerships_follow_the_filter_of_events(client: TestClient) -> None:
    every = client.get("/api/v1/partnerships", params={"limit": 500}).json()
    assert every["total"] == len(TIMELINE.partnerships)
    some = client.get("/api/v1/partnerships", params={"from": "2024"}).json()
    assert 0 < some["total"] < every["total"]
    first = client.get("/api/v1/partnerships", params={"limit": 10}).json()
    rest = client.get("/api/v1/partnerships", params={"limit": 500, "cursor": first["next"]}).json()
    assert first["partnerships"] + rest["partnerships"] == every["partnerships"]


def test_the_network_comes_as_files(client: TestClient) -> None:
    rows = client.get("/partnerships.csv", params={"bom": "true"}).content.decode("utf-8-sig").splitlines()
    assert len(rows) > len(TIMELINE.partnerships)
    graph = ElementTree.fromstring(client.get("/partnerships.graphml").content)
    edges = [part for part in graph.iter() if part.tag.endswith("}edge")]
    assert len(edges) == len(rows) - 1
