"""Reasons in Chinese: each clause by its pattern, what has none as it is, English untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.view.reasons import _catalogue, say_reason
from api.view.texts import read_texts
from timeline import extract

ROWS = [
    ("stated in full", "文中写全了"),
    ("the nearest past of 2024-07-28", "取离 2024-07-28 最近的过去"),
    (
        "the nearest past of 2025-06-12; 为期4天 gives the last day",
        "取离 2025-06-12 最近的过去；“为期4天”给出末日",
    ),
    ("the year counted from 2024", "从 2024 数起的年"),
    ("1 year(s), last, counted from 2024", "从 2024 数起，往前 1 年"),
    ("大会: as the event it belongs to; stated in full", "“大会”：取所属事件的日期；文中写全了"),
    ("start: stated in full; end: no year is known", "起：文中写全了；止：年份无从得知"),
    ("1 hour(s), within, counted from 2024: the hour is not known", "从 2024 数起，之内 1 小时，小时不详"),
    ("something new; stated in full", "something new；文中写全了"),
    ("", ""),
]


@pytest.mark.parametrize(("reason", "said"), ROWS)
def test_a_reason_is_said_clause_by_clause(reason: str, said: str) -> None:
    assert say_reason(reason, read_texts("zh")) == said
    assert say_reason(reason, read_texts("en")) == reason


def test_no_pattern_takes_everything_and_words_are_chinese() -> None:
    words, clauses = _catalogue()
    assert words
    for pattern, said in clauses:
        assert pattern.fullmatch("") is None, pattern.pattern
        assert pattern.fullmatch("quite another clause") is None, pattern.pattern
        assert any("\u4e00" <= char <= "\u9fff" for char in said) or "{" in said, said


def test_what_the_machine_says_of_common_dates_is_said_in_chinese() -> None:
    text = "云岭大学新闻\n2024年5月18日，江海集团与云岭大学签约。6月9日，双方举行研讨会。去年底，双方签署协议。近日，基地揭牌。\n"
    for published in ("2024-06-20", None):
        findings = extract(text, published=published)
        for time in findings.times:
            said = say_reason(time.reason, read_texts("zh"))
            assert any("\u4e00" <= char <= "\u9fff" for char in said), time.reason


@pytest.mark.shared
def test_most_reasons_of_the_shared_pages_are_said_in_chinese(shared: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    clauses = [c for text in texts for time in extract(text).times for c in time.reason.split("; ")]
    said = [say_reason(clause, read_texts("zh")) for clause in clauses]
    known = [one for one in said if any("\u4e00" <= char <= "\u9fff" for char in one)]
    assert len(known) >= 0.9 * len(clauses), sorted({c for c, s in zip(clauses, said, strict=True) if c == s})
