"""Substring search in Chinese: the index finds what looking through every text finds, no more and no less."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.store.chronicles import make_event, make_timeline
from timeline.chronology import EventQuery
from timeline.store import Store, find_events, find_organizations, open_store, save_timeline
from timeline.store.search import fold

FOLDS = [
    ("再生(shēng)医学", "再生医学"),
    ("会(huì )议", "会议"),
    ("领(ling)(lǐng)域", "领域"),
    ("ＡＩ　Ｌab", "ai lab"),
    ("战略 \n合作", "战略合作"),
    ("AI 医疗", "ai 医疗"),
    ("协议(A类)", "协议(a类)"),
    ("x(hui)", "x(hui)"),
    ("\x00坏\x07字", "坏字"),
]


@pytest.mark.parametrize(("words", "folded"), FOLDS)
def test_texts_are_folded(words: str, folded: str) -> None:
    assert fold(words) == folded


DOCUMENTS = {
    "a": ("东原大学与南河集团签署协议", "2021-06-09"),
    "b": ("AI医疗论坛（第3届）举行", "2022-01-02"),
    "c": ("“十四五”规划：O'Neil%_\\集团", "2020"),
    "d": ("签约签约签", None),
    "e": ("大东原", "XXXX-12-06"),
    "f": ("孤", "2019-03-04"),
    "g": ("𠮷野家在青川开业", "2018-01-01"),
    "h": ("瀾山大學與南河集團締約", "2017-01-01"),
}
QUERIES = [
    ("东原", "ae"), ("原大", "a"), ("大", "aeh"), ("签", "ad"), ("约签", "d"), ("签约签约签", "d"), ("签约签约签约", ""),
    ("东原大学 签署", "a"), ("签署 东原大学", "a"), ("东原 孤", ""), ("ai医疗", "b"), ("ＡＩ", "b"), ("3届", "b"), ("(第3", "b"),
    ("（第3", "b"), ("o'neil", "c"), ("%_\\", "c"), ("%", "c"), ("'", "c"), ("\\", "c"), ("\"", ""), ("“十", "c"), ("neil%_\\集", "c"),
    ("孤", "f"), ("𠮷野", "g"), ("𠮷", "g"), ("OR", ""), ("NOT 签", ""), ("*", ""), ("签*", ""), ("清华", ""),
    ("東原大學", "a"), ("論壇", "b"), ("東", "ae"), ("簽 東原", "a"), ("瀾山", "h"), ("澜山大学", "h"), ("瀾山 南河", "h"), ("南河集团", "ah"),
    ("南河集團", "ah"), ("於東原", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def filled(module_url: str) -> Iterator[Store]:
    events = [make_event(id, date, title=title, sentences=["。"]) for id, (title, date) in DOCUMENTS.items()]
    with open_store(module_url) as store:
        save_timeline(store, make_timeline(*events))
        yield store


def test_queries_find_what_holds_them(filled: Store) -> None:
    found = {
        q: "".join(sorted(e.id for e in find_events(filled, EventQuery(q=q)).events)) for q, _ in QUERIES
    }
    assert found == dict(QUERIES)


@pytest.mark.parametrize("q", ["", "  ", "\n", "\x00"])
def test_a_query_without_words_asks_for_all(filled: Store, q: str) -> None:
    assert find_events(filled, EventQuery(q=q)).total == len(DOCUMENTS)


def test_a_query_never_reaches_from_one_field_into_the_next(store: Store) -> None:
    event = make_event("a", title="青川", place="东原", orgs={"大学": "host"}, sentences=["医院"])
    save_timeline(store, make_timeline(event))
    assert [
        q for q in ("川东", "原医", "川大", "院东", "学医") if find_events(store, EventQuery(q=q)).total
    ] == []


def test_traditional_characters_name_the_same_bodies_and_places(store: Store) -> None:
    event = make_event("a", orgs={"东原材料研究院": "host"}, place="东原会展中心")
    save_timeline(store, make_timeline(event))
    for asked in (
        EventQuery(organizations=("東原材料研究院",)),
        EventQuery(places=("東原會展中心",)),
        EventQuery(places=("東原會",)),
    ):
        assert [found.id for found in find_events(store, asked).events] == ["a"]
    assert find_organizations(store, q="東原").total == 1
    assert find_events(store, EventQuery(organizations=("西陵材料研究院",))).total == 0


def test_every_name_of_an_organisation_finds_its_events(store: Store) -> None:
    save_timeline(store, make_timeline(make_event("a", orgs={"东原材料研究院": "host"})))
    assert find_events(store, EventQuery(q="东材院")).total == 0
    named = make_timeline(
        make_event("a", orgs={"东原材料研究院": "host"}), names={"东原材料研究院": ("东材院",)}
    )
    save_timeline(store, named)
    assert find_events(store, EventQuery(q="东材院")).total == 1


def test_random_queries_find_what_looking_through_finds(store: Store) -> None:
    chance = random.Random(7)
    letters = "东原大学签约集团与和医院 a1，。'%_（"
    texts = ["".join(chance.choices(letters, k=chance.randint(1, 40))) for _ in range(300)]
    events = [make_event(f"e{i:03d}", title=words, sentences=[words[::-1]]) for i, words in enumerate(texts)]
    save_timeline(store, make_timeline(*events))
    queries = ["".join(chance.choices(letters.replace(" ", ""), k=chance.randint(1, 4))) for _ in range(150)]
    queries += [t[i : i + 5].strip() for t in texts[:50] if len(t) > 8 and " " not in t[(i := 3) : i + 5]]
    for q in filter(None, queries):
        wanted = {
            f"e{i:03d}"
            for i, words in enumerate(texts)
            if fold(q) in fold(words) or fold(q) in fold(words[::-1])
        }
        found = find_events(store, EventQuery(q=q), limit=1000)
        assert {event.id for event in found.events} == wanted, q
        assert found.total == len(wanted)


def test_organisations_are_found_by_any_part_of_any_name(store: Store) -> None:
    event = make_event("a", orgs={"东原先进材料研究院": "host", "东原大学": "host", "南河集团": "host"})
    save_timeline(store, make_timeline(event, names={"东原先进材料研究院": ("东材院",)}))
    found = {
        q: {o.name for o in find_organizations(store, q=q).organizations}
        for q in ("东", "材院", "大学", "华")
    }
    assert found == {
        "东": {"东原先进材料研究院", "东原大学"},
        "材院": {"东原先进材料研究院"},
        "大学": {"东原大学"},
        "华": set(),
    }
