"""Glosses and stretches read one byte off: cases, the two damaged seeds, and damage made by the simulator."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import pytest
from opencc import OpenCC

from tests.clean.damaging import Damaged, damage, draw_keys
from timeline.clean import clean
from timeline.clean.mojibake import find_damage
from timeline.clean.script import simplify
from timeline.records import RawPage

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "fixtures/cases/mojibake.jsonl").read_text("utf-8").splitlines()
]
# what the damaged sentences of the two seeds must say, and the words around each place
SEED_PLACES = [
    ("003", "创新的重要领域。“十四五”期间,两江新区将抓住"),
    ("004", "卡点、堵点和企业清单。“三地已初步形成产业链供应链协同"),
    ("004", "并形成多条产业廊道。”北京市经济和信息化局"),
    ("004", "具备较大优势及发展潜力，拥有乐普医疗、九安医疗"),
]
SYNTHETIC = [("p192", "p033"), ("p196", "p061"), ("p198", "p112"), ("p201", "p147")]
TAGGED = {"synthetic_noise", "js_markup", "list_item_markup", "sql_markup", "traditional", "fullwidth"}


def read(text: str) -> RawPage:
    return RawPage(id="0" * 16, text=text, format="text")


def seed(shared: Path, number: str) -> str:
    return next((shared / "seeds").glob(f"{number}_*.txt")).read_text("utf-8")


def pages(shared: Path) -> list[dict[str, object]]:
    lines = (shared / "dev/pages/pages.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["id"],
            marks=pytest.mark.xfail(reason=case["fails"], strict=True) if "fails" in case else (),
        )
        for case in CASES
    ],
)
def test_a_text_is_read_back(case: dict[str, str]) -> None:
    page = clean(read(case["text"]))
    assert page.text == case["clean"]
    assert (page.repairs == ()) == (case["text"] == case["clean"])


def test_every_case_has_a_counterpart() -> None:
    untouched = sum(case["text"] == case["clean"] for case in CASES)
    assert untouched >= 10
    assert len(CASES) - untouched >= 20


def test_a_place_that_cannot_be_read_is_left_and_counted() -> None:
    text = "青川市云桥区?bīn)①②③④⑤⑥⑦⑧⑨⑩签约"
    page = clean(read(text))
    assert page.text == text
    assert page.damaged == 1
    assert page.repairs == ()


def test_a_lost_digit_is_marked_and_never_invented() -> None:
    found = damage("园区产值增长。“十四五”期间总投资为5000万元，比上年多3成。", {})
    assert found.places
    page = clean(read(found.text))
    assert page.text == "园区产值增长。“十四五”期间总投资为\ufffd000万元，比上年多3成。"
    assert page.damaged == 1


def test_many_cues_end_in_time() -> None:
    clean(read("真的吗?！" * 3000))


@pytest.mark.shared
@pytest.mark.parametrize(("number", "words"), SEED_PLACES)
def test_the_damaged_seeds_read_as_they_must(shared: Path, number: str, words: str) -> None:
    assert words in clean(read(seed(shared, number))).text


@pytest.mark.shared
@pytest.mark.parametrize(("number", "places"), [("003", 1), ("004", 3)])
def test_the_damaged_seeds_keep_no_gloss(shared: Path, number: str, places: int) -> None:
    page = clean(read(seed(shared, number)))
    assert not re.search(r"\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", page.text)
    assert sum(repair.step == "mojibake" for repair in page.repairs) == places
    assert page.damaged == 0
    assert page.script == "hant"


@pytest.mark.shared
@pytest.mark.parametrize(("damaged", "original"), SYNTHETIC)
def test_damaged_copies_come_back_as_their_originals(shared: Path, damaged: str, original: str) -> None:
    texts = {page["id"]: str(page["text"]) for page in pages(shared)}
    assert clean(read(texts[damaged])).text == clean(read(texts[original])).text


@pytest.mark.shared
def test_clean_pages_are_not_read_anew(shared: Path) -> None:
    for page in pages(shared):
        if "synthetic_noise" not in page["noise"]:
            found = find_damage(str(page["text"]))
            assert (found.readings, found.glosses, found.damaged) == ((), (), 0), page["id"]
    for number in ("000", "001", "002"):
        found = find_damage(seed(shared, number))
        assert (found.readings, found.glosses, found.damaged) == ((), (), 0), number


@pytest.mark.shared
def test_marks_that_only_look_like_damage_are_left(shared: Path) -> None:
    random = Random(4)
    for page in pages(shared):
        text = str(page["text"])
        stops = [match.start() for match in re.finditer("[。，]", text)]
        if stops and "synthetic_noise" not in page["noise"]:
            at = random.choice(stops)
            asked = text[:at] + random.choice(["?!", "?！", "?；"]) + text[at + 1 :]
            assert find_damage(asked).readings == (), (page["id"], asked[at - 9 : at + 20])


@pytest.mark.shared
def test_simulated_damage_of_glossed_pages(shared: Path) -> None:
    exact, with_lost, places = measure(shared, share=0.25)
    print(f"glossed: {exact} of {places} exact, {with_lost} more but for a lost byte")
    assert places >= 80
    assert exact / places >= 0.72
    assert (exact + with_lost) / places >= 0.86


def measure(shared: Path, share: float) -> tuple[int, int, int]:
    """Count the places that come back exactly, and those that do but for a lost byte."""
    exact = with_lost = places = 0
    for text, found in damaged_pages(shared, share):
        out = clean(read(found.text)).text
        gold = simplify(text)
        where = [-1] * len(gold) + [len(out)]
        for a, b, length in SequenceMatcher(None, gold, out, autojunk=False).get_matching_blocks():
            where[a : a + length] = range(b, b + length)
        for start, end in found.places:
            before = where[start - 1] if start else -1
            got = out[before + 1 : where[end]] if where[end] >= 0 and (before >= 0 or not start) else None
            places += 1
            if got == gold[start:end]:
                exact += 1
            elif got is not None and "\ufffd" in got:
                pattern = re.sub("\ufffd+", ".{1,2}", re.escape(got))
                with_lost += bool(re.fullmatch(pattern, gold[start:end], re.DOTALL))
    return exact, with_lost, places


def damaged_pages(shared: Path, share: float) -> Iterator[tuple[str, Damaged]]:
    """Turn clean pages traditional and damage each with a key table of its own."""
    convert = OpenCC("s2t").convert
    random = Random(7)
    texts = [str(page["text"]) for page in pages(shared) if not TAGGED & set(page["noise"])]  # type: ignore[call-overload]
    for text in (*texts, *(seed(shared, n) for n in ("000", "001", "002"))):
        plain = "".join(c for c in convert(clean(read(text)).text) if c < "\x80" or c.encode("gbk", "ignore"))
        yield plain, damage(plain, draw_keys(plain, share, random))
