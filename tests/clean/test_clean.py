"""The door of clean/: steps in order, offsets that lead back, and clean pages left as they are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.clean import clean
from timeline.records import CleanPage, RawPage

# what a page of running text may still be rewritten by: forms of letters and blanks, nothing that reads anew
_PLAIN_STEPS = {"width", "quote", "space", "entity", "markup", "script", "linebreak", "control"}
_PIECES = [
    "醫(yī)療", "青川大學", "?！", "?jīng)", "&amp;", "&nbsp;", "<p>", "</p>", "\\r\\n", "\\\"", "\u200b", "\u3000",
    "２０２４年", "9 月 19 日", "\n", "，", "。", "（", "）", "“", "云桥公司", "(zhong)", " ", "在江北举行", "abc", "\ufffd", "😀",
]  # fmt: skip


def read(text: str) -> RawPage:
    return RawPage(id="0" * 16, text=text, format="text")


def check_the_way_back(page: CleanPage) -> None:
    """Hold every repair and every character to what it claims of the raw text."""
    raw = page.raw.text
    assert page.offsets.before_length == len(raw)
    assert page.offsets.after_length == len(page.text)
    last = 0
    for at in range(len(page.text)):
        text, low, high = page.to_raw(at, at + 1)
        assert text == raw[low:high]
        assert 0 <= low <= high <= len(raw)
        assert low >= last or high >= last
        last = low
    for repair in page.repairs:
        assert raw[repair.start : repair.end] == repair.before


def test_steps_work_on_each_other() -> None:
    text = "兩江(jiāng)新區(qū)&nbsp;於２０２１年6 月 9 日<b>簽署</b>\u200b協(xié)議"
    page = clean(read(text))
    assert page.text == "两江新区 于2021年6月9日签署协议"
    assert page.script == "hant"
    start = page.text.index("2021")
    assert page.to_raw(start, start + 9)[0] == "２０２１年6 月 9 日"
    assert page.to_raw(0, 4)[0] == "兩江(jiāng)新區"
    assert {r.step for r in page.repairs} == {
        "gloss",
        "entity",
        "markup",
        "control",
        "script",
        "width",
        "space",
    }
    check_the_way_back(page)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "青川大学与云桥公司签约。\n5月18日，双方在江北签署战略合作协议，总投资3.5亿元。",
        "青川大学（江北校区）举行“2024青川论坛”，主题是《未来》。\n- 一、开幕\n- 二、签约\nEnglish text, too: R&D (2024)!",
        "| 时刻 | 议题 |\n| :---: | :---: |\n[查看原文](https://example.com/2024/05/18/a.html)",
    ],
)
def test_a_sound_text_passes_unchanged(text: str) -> None:
    page = clean(read(text))
    assert page.text == text
    assert page.repairs == ()
    assert page.damaged == 0


def test_cleaning_twice_changes_nothing_more() -> None:
    text = "兩江(jiāng)新區(qū)於２０２１年6 月 9 日簽署協(xié)議，\n雙方出席。"
    once = clean(read(text)).text
    assert clean(read(once)).text == once


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=24).map("".join))
def test_any_text_keeps_the_way_back(text: str) -> None:
    check_the_way_back(clean(read(text)))


@pytest.mark.shared
def test_every_shared_page_keeps_the_way_back(shared: Path) -> None:
    for name, text in shared_texts(shared):
        page = clean(read(text))
        check_the_way_back(page)
        assert page.damaged == 0, name


@pytest.mark.shared
def test_sound_pages_change_only_where_they_are_damaged(shared: Path) -> None:
    """Simplified pages without markup, full-width digits, split dates or split lines pass as they are."""
    untouched = 0
    for name, text in shared_texts(shared):
        page = clean(read(text))
        steps = {repair.step for repair in page.repairs}
        if not steps & {"gloss", "mojibake"}:
            assert steps <= _PLAIN_STEPS, name
            if page.script is None and not steps & {"markup", "entity", "script", "linebreak"}:
                assert _folded(page.text) == _folded(text), name
        untouched += page.text == text
    assert untouched >= 45


def _folded(text: str) -> str:
    """Fold what width, quote and space may fold, by hand."""
    table = {0xFF10 + i: str(i) for i in range(10)}
    table |= {0xFF21 + i: chr(0x41 + i) for i in range(26)} | {0xFF41 + i: chr(0x61 + i) for i in range(26)}
    blanks = dict.fromkeys((0x20, 0xA0, 0x2002, 0x2003), "")
    quotes = dict.fromkeys((0x201C, 0x201D), '"')
    return re.sub(r"(?<=\d)．(?=\d)", ".", text.translate(table | blanks | quotes))


def shared_texts(shared: Path) -> list[tuple[str, str]]:
    lines = (shared / "dev/pages/pages.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    seeds = [(path.name[:3], path.read_text("utf-8")) for path in sorted((shared / "seeds").glob("*.txt"))]
    return [(row["id"], row["text"]) for row in rows] + seeds
