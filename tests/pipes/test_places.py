"""Places: neighbours joined, venues whole, codes where they are certain and none where they are not."""

from __future__ import annotations

from typing import Any

import pytest
import spacy

from tests.pipes.cases import rows
from timeline.pipes.gazetteer import areas_named, is_inside
from timeline.pipes.names import NameSpan, recognize
from timeline.pipes.places import code_of, find_places


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
