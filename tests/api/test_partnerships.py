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


def test_pairs_are_given_as_of_a_day(client: TestClient) -> None:
    every = client.get("/api/v1/pairs", params={"limit": 500}).json()
    assert every["total"] == len(every["pairs"])
    pair = every["pairs"][0]
    assert pair["events"] == len(pair["evidence"])
    org, other = pair["organizations"]
    both = client.get("/api/v1/pairs", params={"among": [org, other]}).json()
    assert both["pairs"] == [pair]
    mine = client.get("/api/v1/pairs", params={"org": other, "limit": 500}).json()["pairs"]
    assert {p["organizations"][0] for p in mine} == {other}
    before = client.get("/api/v1/pairs", params={"org": org, "as_of": "1990"}).json()
    assert before == {"pairs": [], "next": None, "total": 0}
    refused = client.get("/api/v1/pairs", params={"as_of": "gestern"})
    assert refused.status_code == 400
    assert "2019-12-31" in refused.json()["detail"]
