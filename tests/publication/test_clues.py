"""What rules years in and out: for each kind of clue a text that gives it, and one that must not."""

from __future__ import annotations

import pytest

from tests.publication.pages import lay_out_text
from timeline.publication.clues import find_clues

BODY = (
    "青川市与北岭集团签署战略合作协议，双方将在智慧物流、港口建设等领域开展合作，市委副书记林远山出席并致辞。"
)


@pytest.mark.parametrize(
    ("text", "note", "inside", "outside"),
    [
        ("2021青川发展论坛举行\n" + BODY, "event's own name", 2021, 2022),
        ("2030年青川物流业总量将达到3000亿元。" + BODY, "still to come", 2030, 2031),
        ("到2030年，产值力争突破百亿元。" + BODY, "still to come", 2030, 2031),
        ("2023年集群实现总产值近900亿元。" + BODY, "whole year", 2024, 2023),
        ("2023年，集群建成。过去一年，各地组织活动十余次。" + BODY, "told after 2023", 2024, 2023),
        ("今年（2021年）以来，建设提速。" + BODY, "with its number", 2021, 2020),
        ("6月9日（星期三），" + BODY, "weekday", 2021, 2019),
        ("3月17日，《第十三个五年规划纲要》发布。" + BODY, "3月17日", 2016, 2018),
        ("今年召开的党的二十大。" + BODY, "this year", 2022, 2023),
        ("“十四五”期间，青川将建设枢纽。" + BODY, "lies ahead", 2023, 2027),
        ("今年是“十四五”开局之年。" + BODY, "opens in", 2021, 2022),
        ("第四届中国国际进口博览会期间，" + BODY, "edition 4", 2021, 2022),
        ("首届链博会期间，" + BODY, "edition 1", 2023, 2024),
        ("第七个中国农民丰收节到来之际，" + BODY, "edition 7", 2024, 2023),
        ("第100届广交会上，" + BODY, "edition 100", 2006, 2007),
        ("庆祝中国共产党成立100周年。" + BODY, "100 years after", 2021, 2022),
        ("两江新区是国家级新区，经过11年的发展已成规模。" + BODY, "11 years after", 2021, 2023),
        ("国家卫健委有关负责人表示，" + BODY, "国家卫健委", 2018, 2016),
    ],
)
def test_a_clue_allows_its_years(text: str, note: str, inside: int, outside: int) -> None:
    clues = [c for c in find_clues(lay_out_text(text)) if note in c.note]
    assert clues, find_clues(lay_out_text(text))
    assert any(c.allows_year(inside) and not c.allows_year(outside) for c in clues)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "论坛由2021名代表参加。" + BODY,
        "2021年6月9日论坛举行。" + BODY,
        "第四届青川茶会期间，" + BODY,
        "公司将于今年上市，" + BODY,
        "经过11年的发展，园区已成规模。" + BODY,
        "3月17日，园区开园。" + BODY,
        "到2020年，已建成十座水厂。" + BODY,
    ],
)
def test_no_clue_where_nothing_is_dated(text: str) -> None:
    kinds = (
        "event's own name",
        "edition",
        "years after",
        "was 20",
        "lies ahead",
        "with its number",
        "still to come",
    )
    assert not [c for c in find_clues(lay_out_text(text)) if any(kind in c.note for kind in kinds)]
