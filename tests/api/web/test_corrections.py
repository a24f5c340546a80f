"""Corrections by the forms of an event's page: kept, shown with who and why, undone, and refused where they cannot be."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.api.web.conftest import hidden
from tests.api.web.test_html import SIGNING, UNDATED

CORRECTIONS = f"/events/{UNDATED.id}/corrections"


def _send(client: TestClient, **fields: str) -> tuple[int, str]:
    form = hidden(client.get(f"/events/{UNDATED.id}").text, CORRECTIONS)
    answer = client.post(CORRECTIONS, data={**form, **fields})
    return answer.status_code, client.get(f"/events/{UNDATED.id}").text


def test_a_date_is_picked_from_the_candidates_and_undone(reviewer: TestClient) -> None:
    before = reviewer.get(f"/events/{UNDATED.id}").text
    assert 'value="2023-12-06"' in before
    status, page = _send(reviewer, field="date", value="2023-12-06", reason="第七届在二〇二三年")
    assert status == 303
    assert "2023年12月6日" in page
    assert "已更正" in page
    assert "第七届在二〇二三年" in page
    assert ">lin<" in page
    assert UNDATED.id not in reviewer.get("/?undated=only").text
    undo = next(part for part in page.split("<form") if "/withdraw" in part)
    action = undo.split('action="')[1].split('"')[0]
    assert reviewer.post(action, data=hidden(page, action)).status_code == 303
    after = reviewer.get(f"/events/{UNDATED.id}").text
    assert "撤销" in after
    assert "?年12月6日" in after


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"field": "date", "typed": "2022-12-06", "value": "2023-12-06"}, "2022年12月6日"),
        ({"field": "type", "value": "signing"}, "把类型改为 签约"),
        ({"field": "status", "value": "cancelled"}, "把状态改为 已取消"),
        ({"field": "title", "value": "白鹭论坛<script>"}, "白鹭论坛&lt;script&gt;"),
        ({"field": "title", "value": ""}, "清空了名称"),
        ({"field": "place", "value": "北辰市"}, "把地点改为“北辰市”"),
        (
            {"field": "party", "action": "add", "value": "云岭大学", "role": "witness"},
            "补上 云岭大学（见证）",
        ),
        ({"field": "verdict", "value": "confirmed"}, "已核"),
        ({"field": "verdict", "value": "rejected"}, "已驳回"),
    ],
)
def test_each_field_can_be_corrected(reviewer: TestClient, fields: dict[str, str], words: str) -> None:
    status, page = _send(reviewer, reason="", **fields)
    assert status == 303
    assert words in page


@pytest.mark.parametrize(
    "fields",
    [
        {"field": "date", "value": "soon"},
        {"field": "date", "value": ""},
        {"field": "colour", "value": "red"},
        {"field": "type", "value": "party"},
        {"field": "party", "action": "add", "value": "没有这家", "role": "host"},
        {"field": "party", "action": "add", "value": "云岭大学", "role": "king"},
        {"field": "verdict", "value": "maybe"},
    ],
)
def test_what_cannot_be_is_refused_with_a_page(reviewer: TestClient, fields: dict[str, str]) -> None:
    form = hidden(reviewer.get(f"/events/{UNDATED.id}").text, CORRECTIONS)
    answer = reviewer.post(CORRECTIONS, data={**form, **fields})
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_the_page_says_how_the_date_is_known_and_who_says_what(reviewer: TestClient) -> None:
    page = reviewer.get(f"/events/{SIGNING.id}").text
    for words in ("日期是怎么来的", "参照", "2024-05-18", "同一分句", "取自别处", "转载", "经过", "sha256:"):
        assert words in page, words


def test_a_wrong_date_is_told_in_chinese_with_the_way_back(reviewer: TestClient) -> None:
    form = hidden(reviewer.get(f"/events/{UNDATED.id}").text, CORRECTIONS)
    answer = reviewer.post(
        CORRECTIONS, data={**form, "field": "date", "typed": "去年五月"}, headers={"accept": "text/html"}
    )
    assert answer.status_code == 400
    assert "“去年五月”不能作日期；请写成 2012-05-18" in answer.text
    assert f'href="/events/{UNDATED.id}#correct"' in answer.text
    elsewhere = reviewer.get("/events/none", headers={"accept": "text/html"}).text
    assert "没有编号为“none”的事件" in elsewhere
    assert "#correct" not in elsewhere
