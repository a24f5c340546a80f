"""Words that point to a body or place named elsewhere: resolved where outlet, title or text tell, left alone where they do not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipes.cases import rows
from timeline.pipes.entities.home import Home, find_home
from timeline.pipes.entities.names import recognize
from timeline.pipes.entities.organizations import find_organizations
from timeline.pipes.entities.pairs import find_both
from timeline.pipes.entities.pointers import find_pointed_bodies, find_pointed_places


@pytest.mark.parametrize("row", rows("pointers"))
def test_resolves_what_a_page_tells(row: dict[str, Any]) -> None:
    text, home = row["text"], find_home(row.get("outlet"), row.get("title"))
    bodies = find_organizations(text, recognize(text))
    assert {text[b.start : b.end]: b.name for b in find_pointed_bodies(text, bodies, home)} == row["bodies"]
    assert {text[p.start : p.end]: p.adcode for p in find_pointed_places(text, home)} == row["places"]


def test_a_page_without_a_home_points_nowhere() -> None:
    assert find_home(None, None) == Home()
    assert find_pointed_places("第五届茶文化节在我市开幕。", Home()) == []


@pytest.mark.parametrize(
    ("frame", "name"),
    [
        (["江城大学新闻网", "首页 | 学校概况 | 新闻"], "江城大学"),
        (["版权所有 © 2019 江城大学 备案号"], "江城大学"),
        (["首页 | 学校主页 | 要闻"], None),
        (["江城大学与青禾集团签约"], None),
        (["江城大学新闻网", "版权所有 东原大学"], None),
    ],
)
def test_a_frame_tells_whose_page_it_is(frame: list[str], name: str | None) -> None:
    assert find_home("校企合作处", "我校与青禾集团签约", frame).body_of(["school"]) == name


def test_a_home_of_two_bodies_of_a_kind_speaks_for_none() -> None:
    assert Home(bodies=(("school", "江城大学"), ("school", "东原大学"))).body_of(["school"]) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("江城大学校长周立新与青禾集团董事长王川举行会谈。双方签署协议。", ["江城大学", "青禾集团"]),
        ("北屿大学代表团访问东原大学。两校签署备忘录。", ["北屿大学", "东原大学"]),
        ("北屿大学、澜江大学代表团访问东原大学。两校签署备忘录。", []),
        ("北屿大学代表团访问青禾集团。两校签署备忘录。", []),
        ("青禾集团介绍情况，江城大学发言。双方签署协议。", []),
        ("买卖双方签署协议。", []),
    ],
)
def test_finds_whom_both_sides_means(text: str, names: list[str]) -> None:
    bodies = find_organizations(text, recognize(text))
    low = text.rindex("。", 0, len(text) - 1) + 1 if text.count("。") > 1 else 0
    assert [b.name for b in find_both(text, low, len(text), bodies)] == names


def test_stays_linear_on_hostile_text() -> None:
    for piece in ("我校与", "公司与", "在我市", "学校，"):
        text = piece * 2_000
        find_pointed_bodies(text, [], find_home("苏州日报", None))
