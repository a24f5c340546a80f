"""The client against a server that listens: everything read and written comes back as records, errors with their words."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.corpus import make_corpus
from tests.client.conftest import Served
from timeline.client import ApiError, Timeline, timeline
from timeline.client.calls import Calls

EVENTS = make_corpus()[1].events
TEXT = "云岭大学新闻\n2024年5月18日，江海集团有限公司与云岭大学在北辰市签署战略合作协议。\n"


def test_lists_page_by_themselves(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "_PAGE", 7)
    with Timeline(served.url) as server:
        events = list(server.events())
        assert {event.id: event for event in events} == {event.id: event for event in EVENTS}
        assert [e.type for e in server.events(type=["forum", "expo"], from_="2012", headline=True)] == [
            e.type
            for e in events
            if e.type in ("forum", "expo") and e.headline and (e.date.to or "") >= "2012"
        ]
        assert server.count(type="signing") == sum(e.type == "signing" for e in events)
        assert len(list(server.organizations())) == server.meta()["organizations"]
        assert len(list(server.partnerships())) == server.meta()["partnerships"]
        assert [c.sequence for c in server.changes()] == list(range(1, len(list(server.changes())) + 1))
        assert len(list(server.reviews("unknown_year"))) == server.facets()["certainty"]["unknown"]


def test_single_things_come_as_records(served: Served) -> None:
    with Timeline(served.url) as server:
        event = next(server.events(type="signing"))
        assert server.event(event.id) == event
        evidence = server.evidence(event.id)[0]
        page = server.page(evidence["page"])
        sentence = evidence["mention"]["sentence"]
        assert page.text[sentence["start"] : sentence["end"]] == sentence["text"]
        body = event.organizations[0]
        assert server.organization(body.organization)["name"] == body.name
        assert server.resolve([body.name, "没有"]) == {
            body.name: [{"id": body.organization, "name": body.name, "reason": "one of its names"}],
            "没有": [],
        }
        assert server.quality()["scores"]


def test_files_are_streamed_and_saved_whole(served: Served, tmp_path: Path) -> None:
    with Timeline(served.url) as server:
        lines = b"".join(server.export("jsonl", type="signing")).decode().splitlines()
        assert {json.loads(line)["id"] for line in lines} == {e.id for e in EVENTS if e.type == "signing"}
        saved = server.save(tmp_path / "events.csv", bom=True)
        with saved.open(encoding="utf-8-sig") as file:
            assert len(list(csv.DictReader(file))) == len(EVENTS)
        with pytest.raises(ApiError, match="colour"):
            server.save(tmp_path / "other.csv", colour="red")
        with pytest.raises(ApiError, match="no such format"):
            next(server.export("xlsx"))
    assert [path.name for path in tmp_path.iterdir()] == ["events.csv"]


def test_refusals_have_the_server_s_words(served: Served) -> None:
    with Timeline(served.url) as server:
        with pytest.raises(ApiError, match="unknown parameter colour") as caught:
            list(server.events(colour="red"))
        assert caught.value.status == 400
        assert "org" in caught.value.problem["allowed"]
        with pytest.raises(ApiError, match="no event has the id") as caught:
            server.event("nothing")
        assert caught.value.status == 404
        with pytest.raises(ApiError, match="timeline token create") as caught:
            server.correct("e1", title="x")
        assert caught.value.status == 401
    with Timeline(served.url, token="guess") as server, pytest.raises(ApiError, match="not valid"):
        server.count()


def test_what_is_written_is_there_and_undone(own_server: Served) -> None:
    with Timeline(own_server.url, token=own_server.token) as server:
        found = server.extract(TEXT, published="2024-05-20")
        assert [event.date.edtf for event in found.events] == ["2024-05-18"]
        told = list(server.ingest([{"text": TEXT, "published": "2024-05-20"}, "  "]))
        assert [one["outcome"] for one in told] == ["ingested", "skipped"]
        event = next(server.events(type="signing"))
        changed = server.correct(event.id, date="2011-03-04", reason="见原件")
        assert (changed.date.edtf, changed.review) == ("2011-03-04", "corrected")
        [correction] = server.corrections(event.id)
        assert (correction.by, correction.reason) == ("all", "见原件")
        assert server.undo(correction.id).withdrawn_by == "all"
        assert server.event(event.id) == event
        assert len(server.corrections(event.id, withdrawn=True)) == 1
        left, right = (body.id for body, _ in zip(server.organizations(), range(2), strict=False))
        assert server.judge(left, right, "different")[0].verdict == "different"
        server.unjudge(left, right)
        with pytest.raises(ApiError, match="said nothing"):
            server.unjudge(left, right)


def _client(answer: Callable[[httpx.Request], httpx.Response], waits: list[float]) -> Calls:
    return Calls(
        "http://x",
        token=None,
        timeout=1,
        retries=3,
        transport=httpx.MockTransport(answer),
        sleep=waits.append,
    )


def test_a_busy_server_is_asked_again_when_it_says(served: Served) -> None:
    waits: list[float] = []
    answers = iter([
        httpx.Response(429, headers={"retry-after": "7"}),
        httpx.Response(503),
        httpx.Response(200, json={"a": 1}),
    ])  # fmt: skip
    assert _client(lambda _: next(answers), waits).ask("POST", "/x") == {"a": 1}
    assert waits == [7.0, 1.0]


def test_patience_ends(served: Served) -> None:
    waits: list[float] = []
    with pytest.raises(ApiError) as caught:
        _client(lambda _: httpx.Response(429, headers={"retry-after": "9999"}), waits).ask("GET", "/x")
    assert caught.value.status == 429
    assert waits == [60.0] * 3


@pytest.mark.parametrize(("method", "asked"), [("GET", 4), ("DELETE", 4), ("POST", 1), ("PATCH", 1)])
def test_only_what_may_be_said_twice_is_said_again_where_nobody_answers(method: str, asked: int) -> None:
    seen: list[httpx.Request] = []

    def fail(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        raise httpx.ConnectError("refused")

    with pytest.raises(ApiError, match="no answer from http://x/y: refused") as caught:
        _client(fail, []).ask(method, "/y")
    assert caught.value.status is None
    assert len(seen) == asked


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (httpx.Response(200, text="<html>"), "no JSON"),
        (httpx.Response(500, text="<html>"), "answers 500"),
        (httpx.Response(400, json=["x"]), "answers 400"),
    ],
)
def test_what_is_no_timeline_server_is_said(answer: httpx.Response, words: str) -> None:
    with pytest.raises(ApiError, match=words):
        _client(lambda _: answer, []).ask("GET", "/x")


def test_another_version_of_the_contract_is_said() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        told: dict[str, Any] = {"events": [EVENTS[0].to_json() | {"mood": "good"}], "next": None, "total": 1}
        return httpx.Response(200, json=told)

    with (
        Timeline("http://x", transport=httpx.MockTransport(answer)) as server,
        pytest.raises(ApiError, match="another version: mood"),
    ):
        next(server.events())
