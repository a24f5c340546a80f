"""GET /api/v1/changes: everything since a number, nothing twice, nothing lost, the next time from where it ended."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from tests.api.corpus import make_corpus


def test_changes_can_be_followed_to_the_end_and_then_wait(client: TestClient) -> None:
    seen: list[dict[str, Any]] = []
    since, is_complete = 0, False
    while not is_complete:
        answer = client.get("/api/v1/changes", params={"since": since, "limit": 9}).json()
        seen += answer["changes"]
        since, is_complete = answer["next"], answer["is_complete"]
    created = [change["id"] for change in seen if (change["kind"], change["subject"]) == ("created", "event")]
    assert sorted(created) == sorted(event.id for event in make_corpus()[1].events)
    assert [c["sequence"] for c in seen] == sorted({c["sequence"] for c in seen})
    again = client.get("/api/v1/changes", params={"since": since}).json()
    assert again == {"changes": [], "next": since, "is_complete": True}
