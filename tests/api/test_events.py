"""GET /api/v1/events and its kin: filters narrow, pages add up, one event brings its evidence."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.corpus import make_corpus
from timeline.chronology import Event

EVENTS = {event.id: event for event in make_corpus()[1].events}


def _get(client: TestClient, path: str, **query: Any) -> Any:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _expected(**wanted: Any) -> set[str]:
    return {id for id, event in EVENTS.items() if all(_holds(event, k, v) for k, v in wanted.items())}


def _holds(event: Event, name: str, value: Any) -> bool:
    match name:
        case "type":
            return event.type == value
        case "status":
            return event.status == value
        case "org":
            return any(party.name == value for party in event.organizations)
        case "not_type":
            return event.type != value
        case "not_status":
            return event.status != value
        case "role":
            return any(party.role == value for party in event.organizations)
        case "place":
            place = event.place
            return place is not None and (place.name == value or (place.adcode or "")[:2] == value[:2])
        case "outlet":
            return any(source.outlet == value for source in event.sources)
        case "min_sources":
            return sum(not source.is_reprint for source in event.sources) >= int(value)
        case "review":
            return event.review == value
        case "updated_since":
            return True
        case "headline":
            return event.headline is (value == "true")
        case "from":
            return _is_dated(event) and (event.date.to or "9999") >= value
        case "to":
            return _is_dated(event) and (event.date.from_ or "0000") <= value
    raise AssertionError(name)


def _is_dated(event: Event) -> bool:
    return event.date.from_ is not None or event.date.to is not None


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"type": "signing"},
        {"status": "cancelled"},
        {"org": "云岭大学"},
        {"headline": "false"},
        {"from": "2024-05-18"},
        {"from": "2016-05-28", "to": "2016-05-28"},
        {"to": "2013-02-28"},
        {"type": "forum", "org": "云岭大学"},
        {"not_type": "signing"},
        {"not_status": "held"},
        {"role": "host"},
        {"role": "party", "org": "云岭大学"},
        {"outlet": "北辰日报"},
        {"place": "澄湖新区"},
        {"place": "990000"},
        {"min_sources": "2"},
        {"review": "rejected"},
        {"updated_since": "0"},
    ],
)
def test_a_filter_gives_what_it_says(client: TestClient, query: dict[str, str]) -> None:
    answer = _get(client, "/api/v1/events", limit=500, **query)
    assert {event["id"] for event in answer["events"]} == _expected(**query)
    assert answer["total"] == len(answer["events"])
    assert answer["next"] is None


def test_values_of_one_parameter_mean_any(client: TestClient) -> None:
    answer = _get(client, "/api/v1/events", limit=500, type=["forum", "expo"])
    assert {event["id"] for event in answer["events"]} == _expected(type="forum") | _expected(type="expo")


def test_all_organisations_may_be_asked_for(client: TestClient) -> None:
    names = ["云岭大学", "江海集团有限公司"]
    both = _get(client, "/api/v1/events", limit=500, org=names, match="all")
    assert {event["id"] for event in both["events"]} == _expected(org=names[0]) & _expected(org=names[1])


def test_months_and_years_are_days_at_their_ends(client: TestClient) -> None:
    by_month = _get(client, "/api/v1/events", limit=500, **{"from": "2024-05", "to": "2024-05"})
    by_day = _get(client, "/api/v1/events", limit=500, **{"from": "2024-05-01", "to": "2024-05-31"})
    assert by_month == by_day
    assert by_month["total"] > 0


def test_certainty_narrows_and_unknown_years_stay_out_of_a_span(client: TestClient) -> None:
    unknown = _get(client, "/api/v1/events", limit=500, certainty="unknown")
    assert {event["date"]["edtf"] for event in unknown["events"]} == {
        "XXXX-12-06",
        "XXXX-06-09",
        "XXXX-03",
        None,
    }
    spanned = _get(client, "/api/v1/events", limit=500, **{"from": "2000"})
    assert not {event["id"] for event in unknown["events"]} & {event["id"] for event in spanned["events"]}


def test_search_takes_one_character(client: TestClient) -> None:
    answer = _get(client, "/api/v1/events", limit=500, q="棠")
    assert answer["total"] > 0
    assert _get(client, "/api/v1/events", q="无此词句")["total"] == 0


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_by_cursor_add_up_to_the_whole(client: TestClient, order: str) -> None:
    whole = _get(client, "/api/v1/events", limit=500, order=order)["events"]
    seen: list[Any] = []
    cursor = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = _get(client, "/api/v1/events", limit=7, order=order, **more)
        assert page["total"] == len(EVENTS)
        seen += page["events"]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == whole


def test_an_event_brings_its_evidence_and_the_spans_hold(client: TestClient) -> None:
    for id, event in EVENTS.items():
        answer = _get(client, f"/api/v1/events/{id}")
        assert Event.model_validate({k: v for k, v in answer.items() if k != "evidence"}) == event
        assert len(answer["evidence"]) == len(event.sources)
        for evidence in answer["evidence"]:
            text = _get(client, f"/api/v1/pages/{evidence['page']}")["text"]
            mention = evidence["mention"]
            spans = [mention["trigger"], mention["sentence"], *mention["organizations"]]
            assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)


def test_facets_count_what_the_filters_give(client: TestClient) -> None:
    answer = _get(client, "/api/v1/facets", status="held")
    counts = {
        facet["field"]: {row["value"]: row["count"] for row in facet["counts"]} for facet in answer["facets"]
    }
    assert counts["type"]["signing"] == len(_expected(status="held", type="signing"))
    assert counts["status"]["planned"] == len(_expected(status="planned"))
    assert answer["total"] == len(_expected(status="held"))


def test_exports_hold_the_whole_filter(client: TestClient) -> None:
    lines = client.get("/events.jsonl", params={"type": "signing"}).text.splitlines()
    assert {json.loads(line)["id"] for line in lines} == _expected(type="signing")
    plain = client.get("/events.csv", params={"type": "signing"})
    assert not plain.text.startswith("\ufeff")
    marked = client.get("/events.csv", params={"type": "signing", "bom": "true"})
    assert marked.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(marked.content.decode("utf-8-sig"))))
    assert {row["id"] for row in rows} == _expected(type="signing")
    assert 'filename="events.csv"' in marked.headers["content-disposition"]


def test_an_empty_answer_says_what_to_leave_out(client: TestClient) -> None:
    answer = _get(client, "/api/v1/facets", type="signing", q="无此词句")
    assert answer["total"] == 0
    assert answer["without"] == [{"parameter": "q", "total": len(_expected(type="signing"))}]
    assert _get(client, "/api/v1/facets", type="signing")["without"] == []


def test_events_json_is_the_list_beside_the_files(client: TestClient) -> None:
    query = {"type": "signing", "limit": 3}
    assert _get(client, "/events.json", **query) == _get(client, "/api/v1/events", **query)
