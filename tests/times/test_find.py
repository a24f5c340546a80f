"""What the grammar finds: spans, kinds, cues against rules, and cost on texts made to hurt."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.times import find
from timeline.times.scan import all_rules, scan
from timeline.times.starts import ORDER
from timeline.times.words import any_of, entries, fold

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "cases"
TEXTS = [
    json.loads(line)["text"]
    for name in ("times.jsonl", "times_moment.jsonl")
    for line in (CASES / name).read_text("utf-8").splitlines()
]
PIECES = st.sampled_from(
    [
        "今年",
        "去年",
        "2021年",
        "21年",
        "6月",
        "6月9日",
        "9日",
        "至",
        "到",
        "-",
        "—",
        "、",
        "11日",
        "（",
        "）",
        "周三",
        "上",
        "下",
        "午",
        "8点半",
        "10:30",
        "近",
        "三",
        "年",
        "前",
        "后",
        "内",
        "以来",
        "起",
        "第",
        "二",
        "季度",
        "初",
        "底",
        "中旬",
        "农历",
        "正月",
        "十五",
        "春节",
        "期间",
        "每",
        "天",
        "同日",
        "次",
        "日",
        "前天",
        "“十四五”",
        "世纪",
        "80年代",
        "2021-06-09",
        "6.9",
        "On",
        "March",
        "3",
        ",",
        "的",
        "在",
        "将",
        "了",
        "。",
        "\n",
        "一",
        "几",
        "数",
        "十",
        "学年",
        "星期三",
        "“五一”",
        "假期",
        "个",
        "半",
        "多",
        "元",
        "号",
        "1",
        "20",
        "O",
        "廿",
        "末",
        "约",
        "左右",
        "Q1",
        "首",
        "月",
    ]
)


def _every_rule(text: str) -> list[tuple[str, int, int]]:
    """Scan with all rules at all places: what the cues must not lose."""
    rules = all_rules()
    names = [item.split(":")[0] for item in ORDER.split()]
    branches = "|".join(f"(?P<r_{name}>{rules[name].pattern})" for name in names)
    pattern = re.compile(f"(?P<no_time>{any_of(entries('no_time'))})|{branches}")
    found, at = [], 0
    while (match := pattern.search(text, at)) is not None:
        at = match.end()
        name = match.lastgroup or ""
        if name == "no_time":
            continue
        token = rules[name.removeprefix("r_")].build(match)
        if token is None:
            at = match.start() + 1
        elif len(match[0]) > 1:
            found.append((token.kind, token.start, token.end))
    return found


def test_cues_lose_nothing() -> None:
    for text in TEXTS:
        folded = fold(text)
        cued = [(t.kind, t.start, t.end) for t in scan(folded) if t.end - t.start > 1]
        assert cued == _every_rule(folded), text


@pytest.mark.parametrize(
    "text", ["几几天前", "数数年", "十几十年", "3-2天", "五四年前", "半半年", "百几天", "0-0年"]
)
def test_amounts_that_are_none_stop_nothing(text: str) -> None:
    find(text)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_spans_are_in_order_and_print_themselves(text: str) -> None:
    at = 0
    for expression in find(text):
        assert at <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end] == expression.text
        assert expression.text == expression.text.strip()
        at = expression.end


@given(st.text(max_size=80))
def test_any_text_can_be_searched(text: str) -> None:
    find(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("6月9日", "date"),
        ("6月9日至11日", "range"),
        ("6月9日上午", "time"),
        ("三天三夜", "duration"),
        ("270天", "duration"),
        ("每周三", "set"),
        ("三年前", "date"),
        ("近三年", "range"),
        ("2020年以来", "range"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    (found,) = find(text)
    assert (found.text, found.kind) == (text, kind)


def test_known_implied_and_left_open_stay_apart() -> None:
    (found,) = find("2016年5月27日至29日")
    assert found.known == {"year": 2016, "month": 5, "day": 27, "end_day": 29}
    assert found.implied == {"end_year": 2016, "end_month": 5}
    (found,) = find("5月27日左右")
    assert "year" not in found.known
    assert (found.relation, found.vagueness) == ("about", "about")


def test_folding_keeps_every_place() -> None:
    text = "２０２１年６月９日（週三）後，３個月內"
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded == "2021年6月9日(周三)后，3个月内"


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "年月日",
        "、",
        "6、",
        "一",
        "今(",
        "2021-",
        "至",
        "6月",
        "1月1日至",
        "上",
        "每",
        "O",
        "十五",
        "“十",
    ],
)
def test_cost_is_linear_on_texts_made_to_hurt(unit: str) -> None:
    """Four times the text takes four times the calls; a search that grew faster would run into the tests' time limit."""
    short, long = (unit * (size // len(unit)) for size in (10_000, 40_000))
    find(long)  # what is kept between questions is made
    assert calls_of(find, long) <= 4.5 * calls_of(find, short) + 200


def calls_of(function: Callable[[str], object], text: str) -> int:
    """Count the calls, of Python and of C, that an answer takes."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        function(text)
    finally:
        sys.setprofile(None)
    return count


def test_no_word_of_time_is_written_into_the_rules_twice() -> None:
    names = [item.split(":")[0] for item in ORDER.split()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z_0-9]+:[dcw]+", item) for item in ORDER.split())
