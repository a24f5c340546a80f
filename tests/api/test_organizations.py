"""Organisations: found by a part of a name, with names and partners, and the events they take part in."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.api.corpus import make_corpus

TIMELINE = make_corpus()[1]


def _id(name: str) -> str:
    return next(o.id for o in TIMELINE.organizations if o.name == name)


def test_a_part_of_any_name_finds_an_organisation(client: TestClient) -> None:
    found = client.get("/api/v1/organizations", params={"q": "云大"}).json()
    assert [o["name"] for o in found["organizations"]] == ["云岭大学"]
    assert client.get("/api/v1/organizations", params={"q": "无此机构"}).json()["total"] == 0


def test_pages_of_organisations_add_up(client: TestClient) -> None:
    first = client.get("/api/v1/organizations", params={"limit": 15}).json()
    rest = client.get("/api/v1/organizations", params={"limit": 15, "cursor": first["next"]}).json()
    ids = [o["id"] for o in first["organizations"] + rest["organizations"]]
    assert len(set(ids)) == len(ids) == first["total"] == len(TIMELINE.organizations)
    assert rest["next"] is None


def test_partners_are_counted_from_shared_events(client: TestClient) -> None:
    id = _id("云岭大学")
    detail = client.get(f"/api/v1/organizations/{id}").json()
    events = [e for e in TIMELINE.events if id in {o.organization for o in e.organizations}]
    assert detail["events"] == len(events)
    others = {o.organization for e in events for o in e.organizations} - {id}
    assert {partner["id"] for partner in detail["partners"]} == others
    for partner in detail["partners"]:
        shared = [e for e in events if partner["id"] in {o.organization for o in e.organizations}]
        assert partner["together"] == len(shared)
        assert sum(kind["count"] for kind in partner["types"]) == len(shared)
        signed = [e for e in shared if {o.role for o in e.organizations if o.organization in (id, partner["id"])} == {"party"}]  # fmt: skip
        assert partner["signed"] == len(signed)


def test_the_events_of_an_organisation_take_the_same_filters(client: TestClient) -> None:
    id = _id("云岭大学")
    every = client.get(f"/api/v1/organizations/{id}/events", params={"limit": 500}).json()
    signed = client.get(f"/api/v1/organizations/{id}/events", params={"type": "signing"}).json()
    assert 0 < signed["total"] < every["total"]
    both = client.get(f"/api/v1/organizations/{id}/events", params={"org": _id("江海集团有限公司")}).json()
    assert 0 < both["total"] < every["total"]


def test_names_resolve_with_their_reasons_and_nothing_is_chosen_silently(client: TestClient) -> None:
    names = ["云大", _id("云岭大学"), "江海", "有限公司", "无此机构", "雲嶺大學"]
    answer = client.get("/api/v1/organizations/resolve", params={"name": names}).json()["resolved"]
    assert [one["name"] for one in answer] == names
    by_alias, by_id, by_part, many, none, traditional = (one["matches"] for one in answer)
    assert [(m["name"], m["reason"]) for m in by_alias] == [("云岭大学", "one of its names")]
    assert [(m["name"], m["reason"]) for m in by_id] == [("云岭大学", "its id")]
    assert [(m["name"], m["reason"]) for m in by_part] == [("江海集团有限公司", "part of one of its names")]
    assert len(many) > 1
    assert none == []
    assert traditional == by_alias
