"""Whose page it is takes the side or the hosting that a telling leaves out, and only there."""

from __future__ import annotations

import pytest

from timeline.extract import extract_page
from timeline.read import read_text
from timeline.records import EventMention


def read(text: str, owner: str) -> list[EventMention]:
    page = f"{owner}\n本周快讯\n发布时间：2024-05-10\n{text}\n" + (f"版权所有 {owner}\n" if owner else "")
    return list(extract_page(read_text(page)).findings.events)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("5月8日，与青禾集团签署合作协议。", {"江城大学": "party", "青禾集团": "party"}),
        (
            "我校与北辰学院签署合作协议\n5月8日，北辰学院副院长王川到访。会谈后，两校签署合作协议。",
            {"江城大学": "party", "北辰学院": "party"},
        ),
        ("5月8日，召开2024年学科建设大会。", {"江城大学": "host"}),
        ("5月8日，北辰电池与青禾集团签署合作协议。", {"北辰电池": "party", "青禾集团": "party"}),
        ("5月8日，北辰电池召开2024年供应商大会。", {"北辰电池": "host"}),
    ],
)
def test_the_owner_of_a_page_takes_part(text: str, roles: dict[str, str]) -> None:
    event = next(e for e in read(text, "江城大学") if e.type != "visit")
    assert {o.name: o.role for o in event.organizations} == roles


def test_a_visit_comes_to_whose_page_it_is() -> None:
    (event,) = read("5月8日，德国卡尔机械公司总裁施密特来校访问。", "江城大学")
    assert {o.name: o.role for o in event.organizations} == {
        "江城大学": "host",
        "德国卡尔机械公司": "attendee",
    }
    (event,) = read("5月8日，德国卡尔机械公司总裁施密特来华访问。", "江城大学")
    assert {o.name: o.role for o in event.organizations} == {"德国卡尔机械公司": "attendee"}


def test_a_page_without_an_owner_lends_nobody() -> None:
    (event,) = read("5月8日，与青禾集团签署合作协议。", "")
    assert [o.name for o in event.organizations] == ["青禾集团"]
