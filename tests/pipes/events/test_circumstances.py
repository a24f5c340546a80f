"""Who the sentence of an event says was there, each with the title as it stands: the first event of a text, a row each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipes.cases import rows
from tests.pipes.telling import read_on


@pytest.mark.parametrize("row", rows("present"))
def test_who_is_there(row: dict[str, Any]) -> None:
    event = read_on(row["text"]).events[0]
    assert [[p.name, p.title] for p in event.persons] == row["people"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5月8日，青禾集团新能源产业园开工。项目总投资约18亿元，预计2026年投产。", 1.8e9),
        ("5月8日，青禾集团与云海大学签署合作协议。合同金额3亿元。", 3e8),
        ("5月8日，青禾集团与云海大学签署合作协议。青禾集团去年营收20亿元。", None),
        ("5月8日，青禾集团与云海大学签署合作协议。\n项目总投资18亿元的北辰产业园正在招商。", None),
    ],
)
def test_the_sum_may_be_told_in_the_next_sentence(text: str, value: float | None) -> None:
    amount = read_on(text).events[0].amount
    assert (amount.value if amount else None) == value
