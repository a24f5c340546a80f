"""Places: neighbours joined, venues whole, codes where they are certain and none where they are not."""

from __future__ import annotations

from typing import Any

import pytest
import spacy

from tests.pipes.cases import rows
from tests.pipes.places_gold import read_gold, score_places
from timeline.areas import name_of
from timeline.pipes.entities.gazetteer import areas_named, is_inside
from timeline.pipes.entities.names import NameSpan, recognize
from timeline.pipes.entities.places import code_of, find_places


@pytest.mark.parametrize("row", rows("places"))
def test_finds_the_places_of_a_sentence(row: dict[str, Any]) -> None:
    found = find_places(row["text"], recognize(row["text"]))
    assert [{"name": p.name, "adcode": p.adcode} for p in found] == row["places"]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("江西省", "上饶市"), "361100"),
        (("朝阳区",), None),
        (("北京", "朝阳区"), "110105"),
        (("长春", "朝阳区"), "220104"),
        (("吉林",), "220000"),
        (("恩施",), "422800"),
        (("海南",), "460000"),
        (("台湾",), "710000"),
        (("法国",), None),
        (("无此地",), None),
    ],
)
def test_codes_a_place_only_where_it_is_certain(names: tuple[str, ...], code: str | None) -> None:
    assert code_of(names) == code


def test_a_careful_reader_marks_the_same_places() -> None:
    score = score_places(lambda text: find_places(text, recognize(text)))
    assert score.f1 >= 93, score.errors
    assert score.codes >= 96, score.errors


def test_the_gold_of_places_is_wide_and_its_codes_are_real() -> None:
    rows_ = list(read_gold())
    codes = {code for _, places in rows_ for _, _, code in places if code}
    assert len(rows_) >= 120
    assert sum(not places for _, places in rows_) >= 40
    assert len({code[:2] for code in codes}) >= 30
    assert {code for code in codes if name_of(code) is None} <= {"500112"}  # a district until 2025


@pytest.mark.parametrize(
    ("text", "name", "level", "parent"),
    [
        ("仪式在江西省举行。", "江西省", 1, None),
        ("仪式在江西省上饶市举行。", "江西省上饶市", 2, "360000"),
        ("仪式在江苏省昆山市举行。", "江苏省昆山市", 3, "320500"),
        ("仪式在北京市海淀区举行。", "北京市海淀区", 3, "110000"),
        ("仪式在法国巴黎举行。", "法国巴黎", None, None),
    ],
)
def test_a_place_knows_its_level_and_what_it_lies_in(
    text: str, name: str, level: int | None, parent: str | None
) -> None:
    (place,) = find_places(text, recognize(text))
    assert (place.name, place.level, place.parent) == (name, level, parent)


def test_knows_what_lies_where() -> None:
    (jiangxi,), (shangrao,), (ganzhou,) = areas_named("江西"), areas_named("上饶"), areas_named("赣州")
    assert is_inside(shangrao, jiangxi)
    assert not is_inside(jiangxi, shangrao)
    assert not is_inside(shangrao, ganzhou)


def test_a_place_inside_a_body_or_a_person_is_none_of_its_own() -> None:
    text = "北京大学的东方明珠到场。"
    assert find_places(text, [NameSpan(0, 4, "ORG", 0.9), NameSpan(5, 9, "PER", 0.9)]) == []


def test_two_cities_side_by_side_stay_two() -> None:
    text = "连接北京上海的高铁"
    found = find_places(text, [NameSpan(2, 4, "LOC", 0.9), NameSpan(4, 6, "LOC", 0.9)])
    assert [p.name for p in found] == ["北京", "上海"]


def test_the_component_leaves_codes_in_the_document() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("timeline_names")
    nlp.add_pipe("timeline_places")
    doc = nlp("论坛在江西省上饶市举行。")
    span = doc.spans["places"][0]
    assert (span.text, span._.adcode) == ("江西省上饶市", "361100")


def test_stays_linear_on_hostile_text() -> None:
    for piece in ("在", "北京", "在广场", "（北京", "在中心中心"):
        find_places(piece * 3000, [])
