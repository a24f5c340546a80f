"""Script, width, control characters, entities, markup and blanks: one row a text, what it becomes and by which step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from timeline.clean import clean
from timeline.clean.glyphs import find_controls, find_entities, find_wide
from timeline.clean.markup import find_markup
from timeline.clean.quotes import find_quotes
from timeline.clean.script import find_traditional, is_traditional, simplify
from timeline.clean.spaces import find_stray_blanks
from timeline.records import RawPage

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "fixtures/cases/glyphs.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['step']}-{i}") for i, c in enumerate(CASES)])
def test_a_text_takes_its_plain_form(case: dict[str, str]) -> None:
    page = clean(RawPage(id="0" * 16, text=case["text"], format="text"))
    assert page.text == case["clean"]
    steps = {repair.step for repair in page.repairs}
    assert (case["step"] in steps) if case["clean"] != case["text"] else (steps == set())


@pytest.mark.parametrize("step", sorted({case["step"] for case in CASES}))
def test_every_step_has_texts_that_it_leaves_alone(step: str) -> None:
    rows = [case for case in CASES if case["step"] == step]
    assert sum(row["text"] == row["clean"] for row in rows) >= 3
    assert sum(row["text"] != row["clean"] for row in rows) >= 3


def test_only_a_page_that_is_traditional_as_a_whole_is_called_so() -> None:
    traditional = "青川大學與雲橋公司簽署戰略合作協議"
    mixed = traditional + "\n" + "会议由林知行主持，各界代表出席了当天的活动。" * 12
    assert is_traditional(traditional)
    assert not is_traditional(mixed)
    assert clean(RawPage(id="0" * 16, text=mixed, format="text")).script is None
    assert clean(RawPage(id="0" * 16, text=traditional, format="text")).script == "hant"


def test_simplifying_keeps_the_length() -> None:
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    assert len(simplify(every)) == len(every)


@pytest.mark.parametrize(
    "find",
    [
        find_controls,
        find_entities,
        find_wide,
        find_markup,
        find_traditional,
        find_stray_blanks,
        find_quotes,
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<" * 50_000, id="brackets"),
        pytest.param("<p a=1 " * 9_000, id="open tags"),
        pytest.param("&amp;" * 20_000, id="entities"),
        pytest.param("\\" * 50_000, id="backslashes"),
        pytest.param("1 " * 30_000, id="digits"),
        pytest.param("國 " * 30_000, id="letters"),
        pytest.param("１．" * 30_000, id="wide"),
    ],
)
@pytest.mark.timeout(5)
def test_hostile_texts_end_in_time(find, text: str) -> None:
    assert list(find(text)) is not None
