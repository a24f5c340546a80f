"""Organisations: exact boundaries, what declares, shares and repeats a name, and what is no body at all."""

from __future__ import annotations

import re
from typing import Any

import pytest
import spacy

from tests.pipes.cases import rows
from timeline.pipes.entities.names import NameSpan, recognize
from timeline.pipes.entities.organizations import find_organizations
from timeline.pipes.tellings.occasions import find_occasions


@pytest.mark.parametrize("row", rows("organizations"))
def test_finds_the_bodies_of_a_sentence(row: dict[str, Any]) -> None:
    found = find_organizations(row["text"], recognize(row["text"]))
    assert [o.name for o in found] == row["organizations"]
    assert all(row["text"][o.start : o.end] == o.name for o in found)


def _names(text: str, *marked: tuple[str, str]) -> list[NameSpan]:
    return [
        NameSpan(text.index(word), text.index(word) + len(word), label, 0.9)  # type: ignore[arg-type]
        for word, label in marked
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月8日，京津冀智能医药创新论坛召开。", []),
        ("5月8日，天津大学校友论坛召开。", ["天津大学"]),
        ("京津冀智能医药总经理出席了5月8日的京津冀智能医药创新论坛。", ["京津冀智能医药"] * 2),
    ],
)
def test_a_place_and_a_field_that_begin_an_occasion_are_no_body(text: str, expected: list[str]) -> None:
    name = text[text.index("京津冀") :][:7] if "京津冀" in text else "天津大学"
    marked = [NameSpan(m.start(), m.end(), "ORG", 0.9) for m in re.finditer(name, text)]
    occasions = [(o.start, o.end) for o in find_occasions(text)]
    assert [o.name for o in find_organizations(text, marked, occasions)] == expected


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("青川县与东原大学签约。", [("青川县与东原大学", "ORG"), ("青川县", "LOC")], ["东原大学"]),
        (
            "国际渔业与金融委员会成立。",
            [("国际渔业", "ORG"), ("金融委员会", "ORG")],
            ["国际渔业与金融委员会"],
        ),
        (
            "东原大学创意与艺术学院承办。",
            [("东原大学", "ORG"), ("艺术学院", "ORG")],
            ["东原大学创意与艺术学院"],
        ),
        ("生产方是星汉科技（天津）有限公司。", [("天津）有限公司", "ORG")], ["星汉科技（天津）有限公司"]),
        (
            "星汉科技（天津）有限公司中标。",
            [("星汉科技", "ORG"), ("天津", "LOC")],
            ["星汉科技（天津）有限公司"],
        ),
        ("北岭集团党委书记出席。", [("北岭集团党委", "ORG")], ["北岭集团"]),
        ("青川市委书记出席。", [("青川市委", "ORG")], ["青川市委"]),
        ("全资子公司北岭电力有限公司中标。", [("全资子公司北岭电力有限公司", "ORG")], ["北岭电力有限公司"]),
        ("多家医院参与。", [("多家医院", "ORG")], []),
        ("中国低碳出行计划发布。", [("中国低碳出行", "ORG")], []),
        ("《东原大学章程》颁布。", [("东原大学", "ORG")], []),
    ],
)
def test_puts_the_edges_of_marked_bodies_right(
    text: str, marked: list[tuple[str, str]], expected: list[str]
) -> None:
    assert [o.name for o in find_organizations(text, _names(text, *marked)) if o.kind != "place"] == expected


def test_a_name_broken_over_two_lines_is_told_whole() -> None:
    text = "东原海洋\n研究所揭牌。"
    names = [NameSpan(0, 8, "ORG", 0.9)]
    assert [o.name for o in find_organizations(text, names)] == ["东原海洋研究所"]


def test_a_body_found_once_is_found_again_where_the_tagger_was_blind() -> None:
    text = "问道互娱与南陵大学签约。会后，问道互娱负责人受访。"
    found = find_organizations(text, [NameSpan(0, 4, "ORG", 0.9), NameSpan(5, 9, "ORG", 0.9)])
    assert [o.start for o in found if o.name == "问道互娱"] == [0, 15]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("北岭集团有限公司", "company"), ("东原大学", "school"), ("青川市水利局", "government"), ("问道", None)],
)
def test_tells_what_sort_of_body_it_is(text: str, kind: str | None) -> None:
    assert find_organizations(text, [NameSpan(0, len(text), "ORG", 0.9)])[0].kind == kind


def test_a_place_that_signs_is_a_body_and_one_that_is_only_named_is_not() -> None:
    signing, naming = "杭州市与东原大学签署协议。", "东原大学在杭州市签署协议。"
    first = find_organizations(signing, recognize(signing))[0]
    assert (first.name, first.kind) == (
        "杭州市",
        "place",
    )
    assert [o.name for o in find_organizations(naming, recognize(naming))] == ["东原大学"]


def test_the_component_leaves_names_kinds_and_scores_in_the_document() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("timeline_names")
    nlp.add_pipe("timeline_organizations")
    doc = nlp("10月8日, 青川市人民政府与北岭集团签约。")
    span = doc.spans["organizations"][0]
    assert (span.text, span._.name, span.label_) == ("青川市人民政府", "青川市人民政府", "government")
    assert 0 < span._.score <= 1


def test_stays_linear_on_hostile_text() -> None:
    for piece in ("（", "、与", "与公司", "（以下简称“", "和签署"):
        find_organizations(piece * 4000, [NameSpan(0, 4, "ORG", 0.5)])
