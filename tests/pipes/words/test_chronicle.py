"""What the days of a chronicle count from, and that pages of other kinds have no such stretches."""

from __future__ import annotations

import pytest

from tests.pipes.telling import read_on
from timeline.pipes.words.chronicle import find_eras


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("江城大学大事记（2014年）\n3月\n8日 学校揭牌。", ["2014", "2014-03"]),
        (
            "江城大学大事记\n2014年\n3月8日 学校揭牌。\n2015年\n【十一月】\n9日 新馆启用。",
            ["2014", "2015", "2015-11"],
        ),
        ("青禾集团发展历程\n2011年4月\n公司成立。", ["2011-04"]),
        ("江城大学大事记\n3月\n8日 学校揭牌。", []),
        ("江城大学与青禾集团签约\n2014年\n3月\n8日，双方签约。", []),
        ("大事记中的2014年，是我们难忘的一年，这一年里学校走过了不平凡的历程，取得了令人瞩目的成绩。", []),
    ],
)
def test_finds_the_stretches(text: str, dates: list[str]) -> None:
    assert [str(era.date) for era in find_eras(text)] == dates


def test_days_are_of_the_month_above_them() -> None:
    text = "江城大学大事记（2014年）\n1月\n8日 学校与青禾集团签署合作协议。\n12月\n9日 学校与北辰电池签署合作协议。"
    assert [e.date.edtf for e in read_on(text).events] == ["2014-01-08", "2014-12-09"]
