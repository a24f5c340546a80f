"""Reasons in Chinese: each clause by its pattern, what has none as it is, English untouched."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from api.view.reasons import _catalogue, say_note, say_reason
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
    ("both are called 论坛 (+2.5); the amounts differ (-1)", "都叫“论坛”（权重 +2.5）；金额不同（权重 -1）"),
    ("the month counted from 2024-05 is not known", "从 2024-05 数起的月份不详"),
    (
        "10 year(s), last, counted from an unknown day: the day is not known",
        "从 不详的某日 数起，往前 10 年，日不详",
    ),
    ("", ""),
]
NOTES = [
    ("label 时间, with a clock, in the byline, line 2", "标签“时间”，带钟点，在署名行，第 2 行"),
    (
        "dateline of 新华社 in 北京, year from the stamp 2024-06-06",
        "新华社（北京）电头，年份取自时间戳 2024-06-06",
    ),
    ("dateline of a release, year from the stamp 2024-06-06", "通稿电头，年份取自时间戳 2024-06-06"),
    (
        "printed in 东原日报, 第8版, year from 第十三个五年规划纲要",
        "刊于 东原日报，第8版，年份取自 第十三个五年规划纲要",
    ),
    ("35 years after 东原新区, founded 1988", "东原新区（始建于 1988 年）之后 35 年"),
    (
        "published in meta[date]: 1 January without a clock is a default",
        "meta[date] 的发布时间，没有钟点的 1 月 1 日是默认值",
    ),
    ("edition 7 of 东原节 was in 2024", "东原节第 7 届在 2024 年"),
]


@pytest.mark.parametrize(("reason", "said"), ROWS)
def test_a_reason_is_said_clause_by_clause(reason: str, said: str) -> None:
    assert say_reason(reason, read_texts("zh")) == said
    assert say_reason(reason, read_texts("en")) == reason


@pytest.mark.parametrize(("note", "said"), NOTES)
def test_a_note_is_said_part_by_part(note: str, said: str) -> None:
    assert say_note(note, read_texts("zh")) == said


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


# Files whose English is what a reader is told: why a date, why a day of publication, why two are one or not.
TELLING = [
    "timeline/times/*.py", "timeline/publication/*.py", "timeline/link/events.py", "timeline/link/organizations.py", "timeline/link/cluster.py",
    "timeline/pipes/tellings/scope.py", "timeline/pipes/events/dating.py", "timeline/store/review/candidates.py",
    "timeline/store/writing/changes.py",
]  # fmt: skip
# What stands in a template's hole, by the hole's last name.
HOLES = {
    "reason": "stated in full", "why": "stated in full", "note": "told after 2024", "kind": "related", "unit": "day", "direction": "ago",
    "number": "7", "count": "3", "shared": "2", "kin": "3", "g": "+2", "plan": "14", "what": "year", "part": "middle", "relation": "before", "name": "published", "where": "meta[date]",
    "key": "date", "year": "2024", "first": "2016", "last": "2020", "newest": "2024",
}  # fmt: skip
DAYS = (
    "anchor",
    "day",
    "date",
    "edtf",
    "stamp",
    "from",
    "until",
    "start",
    "founded",
    "month",
    "low",
    "high",
    "a",
    "b",
)
_TWO_WORDS = re.compile(r"[a-z]{2,}'?[a-z]*[ ,]+(?:of |a |the )?[a-z]{2,}")
# Lists of kinds of shapes, and what is put behind or before other words.
_UNSEEN = re.compile(r".*[a-z]_[a-z].*|: .+|.* |.*(?:, year|]) ?stated in full")


def templates(root: Path) -> list[str]:
    """List the English clauses that those files make, their holes filled."""
    found: list[str] = []
    for path in sorted(path for pattern in TELLING for path in root.glob(pattern)):
        tree = ast.parse(path.read_text("utf-8"))
        left_out = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Expr | ast.Assert) for inner in ast.walk(node)
                    if not isinstance(node, ast.Expr) or isinstance(node.value, ast.Constant)}  # fmt: skip
        parts = {
            id(p)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for p in ast.walk(node)
            if p is not node
        }
        for node in ast.walk(tree):
            if id(node) in left_out | parts or not isinstance(node, ast.JoinedStr | ast.Constant):
                continue
            text = _fill(node) if isinstance(node, ast.JoinedStr) else node.value
            if (
                isinstance(text, str)
                and "\n" not in text
                and "(?" not in text
                and _TWO_WORDS.search(text)
                and not _UNSEEN.fullmatch(text)
            ):
                found.append(text)
    return sorted(set(found))


def _fill(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else _hole(part) for part in node.values)


def _hole(part: ast.expr) -> str:
    assert isinstance(part, ast.FormattedValue)
    words = re.findall(r"[a-z]+", ast.unparse(part.value))
    name = "g" if part.format_spec else words[-1] if words else ""
    return HOLES.get(name) or ("2024-05-18" if name in DAYS else "甲")


def is_chinese(said: str) -> bool:
    return _TWO_WORDS.search(re.sub(r"“[^”]*”", "", said)) is None


def test_every_clause_the_rules_make_is_said_in_chinese(root: Path) -> None:
    clauses = templates(root)
    assert len(clauses) > 150
    texts = read_texts("zh")
    missing = [
        c for c in clauses if not is_chinese(say_reason(c, texts)) and not is_chinese(say_note(c, texts))
    ]
    assert missing == []


def test_every_reason_of_the_gold_pages_is_said_in_chinese(root: Path) -> None:
    texts = read_texts("zh")
    lines = (root / "fixtures/gold/pages.jsonl").read_text("utf-8").splitlines()[::7]
    for record in map(json.loads, lines):
        found = extract(record["text"], published=record.get("published"))
        told = [(time.reason, say_reason(time.reason, texts)) for time in found.times]
        told += [(one.note, say_note(one.note, texts)) for one in found.published.evidence]
        assert [pair for pair in told if not is_chinese(pair[1])] == [], record["id"]
