"""The forms under which names are compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from timeline.link.names import read_body_name, read_occasion_name

ROOT = Path(__file__).resolve().parents[2]
CASES = [
    json.loads(line) for line in (ROOT / "fixtures/cases/link_names.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['left']}|{c['right']}")
def test_names_of_one_body_have_one_key(case: dict[str, str]) -> None:
    assert (read_body_name(case["left"]).key == read_body_name(case["right"]).key) == case["same"]


@pytest.mark.parametrize(
    ("text", "years", "editions", "is_telling"),
    [
        ("第八届青川茶业论坛", [], [8], True),
        ("2021第12届青川茶业论坛", [2021], [12], True),
        ("首届“青川茶业”论坛", [], [1], True),
        ("第二十一次会议", [], [21], False),
        ("2023年度东原投资大会", [2023], [], True),
        ("战略合作框架协议签约仪式", [], [], False),
        ("开工仪式", [], [], False),
        ("120235号项目", [], [], True),
        ("", [], [], False),
    ],
)
def test_occasions_say_year_and_edition(
    text: str, years: list[int], editions: list[int], is_telling: bool
) -> None:
    name = read_occasion_name(text)
    assert (sorted(name.years), sorted(name.editions), name.is_telling) == (years, editions, is_telling)


def test_year_edition_and_marks_are_no_part_of_the_key() -> None:
    assert read_occasion_name("2021第八届《青川·茶业》论坛").key == read_occasion_name("首届青川茶业论坛").key
