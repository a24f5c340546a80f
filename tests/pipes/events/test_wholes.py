"""Sub-events point to the event they were held in; what was only on the same day, or after it, does not."""

from __future__ import annotations

import pytest

from tests.pipes.telling import read_on

FORUM = "5月8日，第四届山海论坛在江城举行。"


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        (FORUM + "会上，江城大学与青禾集团签署合作协议。同期，江城储能研究院揭牌。", [None, 0, 0]),
        (FORUM + "论坛期间举办了“数字渔业”分论坛，12个项目集中签约。", [None, 0, 0]),
        ("第四届山海论坛5月8日在江城举行。第四届山海论坛渔业分论坛5月9日召开。", [None, 0]),
        ("5月8日，江城大学与青禾集团战略合作签约仪式举行。仪式上，双方为联合实验室揭牌。", [None, 0]),
        (FORUM + "会后，江城大学与青禾集团签署合作协议。", [None, None]),
        ("5月8日，江城大学与青禾集团在江城签约。当天，江城储能研究院揭牌。", [None, None]),
        (FORUM + "第四届山海论坛筹备会4月20日召开。", [None, None]),
    ],
)
def test_a_part_points_to_its_whole(text: str, wholes: list[int | None]) -> None:
    events = read_on(text).events
    ids = [event.id for event in events]
    assert [None if e.part_of is None else ids.index(e.part_of) for e in events] == wholes
