"""Numerals and sums of money: rows of fixtures/cases/numerals.jsonl, the shapes of numerals, and what must hold of all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.numerals import _common, find_amounts, read_number

CASES = Path(__file__).resolve().parents[1] / "fixtures" / "cases" / "numerals.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_amounts(row: dict[str, Any]) -> None:
    found = [[a.text, a.value, a.currency, a.qualifier] for a in find_amounts(row["text"])]
    assert found == row["amounts"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二〇二四", 2024),
        ("二O二四", 2024),
        ("二○二四", 2024),
        ("廿八", 28),
        ("卅一", 31),
        ("十", 10),
        ("一百二十三亿", 12300000000),
        ("两万三", 23000),
        ("１２", 12),
        ("1,200", 1200),
        ("零七", 7),
        ("仨", 3),
        ("几", None),
        ("", None),
        ("abc", None),
        ("1.5", None),
        ("-3", None),
    ],
)
def test_numbers(text: str, value: int | None) -> None:
    assert read_number(text) == value


@given(st.text(alphabet="0123456789.,一二三十百千万亿元美港人民币超近约多 店", max_size=60))
def test_spans_print_what_they_claim(text: str) -> None:
    for amount in find_amounts(text):
        assert text[amount.start : amount.end] == amount.text
        assert amount.value >= 0


@given(st.text(alphabet="〇零一二两三九十百千万亿廿卅俩仨几半O0１,. ", max_size=12))
def test_any_run_of_numerals_gives_a_number_or_none(text: str) -> None:
    value = read_number(text)
    assert value is None or value >= 0


@pytest.mark.parametrize("unit", ["1", "一", "1,", "超", "万", "1元", "1."])
def test_long_runs_do_not_hang(unit: str) -> None:
    """A cost that grew faster than the text would run into the time limit of the tests."""
    text = unit * (200_000 // len(unit)) + "元"
    assert all(text[a.start : a.end] == a.text for a in find_amounts(text))


def test_what_is_read_from_a_table_is_what_cn2an_reads() -> None:
    import cn2an

    assert all(cn2an.cn2an(text, "smart") == number for text, number in _common().items())
    assert {_common()[text] for text in ("一", "十", "九十九", "二〇二四")} == {1, 10, 99, 2024}
