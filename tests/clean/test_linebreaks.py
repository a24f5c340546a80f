"""Line breaks: inside a sentence they go, between headline and body, items and labels they stay."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from timeline.clean import clean
from timeline.clean.linebreaks import find_linebreaks
from timeline.records import RawPage

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "fixtures/cases/linebreaks.jsonl")
    .read_text("utf-8")
    .splitlines()
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_lines_are_joined_only_inside_a_sentence(case: dict[str, str]) -> None:
    page = clean(RawPage(id="0" * 16, text=case["text"], format="text"))
    assert page.text == case.get("clean", case["text"])
    joined = [repair for repair in page.repairs if repair.step == "linebreak"]
    assert bool(joined) == ("clean" in case)
    assert all(repair.before.count("\n") == 1 for repair in joined)


def test_there_are_more_breaks_that_stay_than_breaks_that_go() -> None:
    assert sum("clean" not in case for case in CASES) > sum("clean" in case for case in CASES) >= 10


@pytest.mark.timeout(20)
def test_many_lines_end_in_time() -> None:
    random = Random(1)
    lines = ["".join(random.choices("青川云桥科技在及也的与公司，。（）", k=20)) for _ in range(4_000)]
    assert list(find_linebreaks("\n".join(lines))) is not None


@pytest.mark.shared
def test_the_centred_lead_of_a_seed_is_one_sentence(shared: Path) -> None:
    text = next((shared / "seeds").glob("003_*.txt")).read_text("utf-8")
    page = clean(RawPage(id="0" * 16, text=text, format="txt"))
    first, second = page.text.split("\n")[:2]
    assert first == "6月9日2021中科院先进医疗器械产业孵化联盟论坛在两江新区水土新城举行"
    assert second.startswith("两江新区党工委副书记")
    assert "\n重庆先进医疗器械工程技术研发中心及重庆国科医工科技发展有限公司也同期正式揭牌\n" in page.text


@pytest.mark.shared
def test_no_line_of_the_news_corpus_is_glued_to_the_next(shared: Path) -> None:
    """Headlines and paragraphs of 9,000 lines of news stand as they are."""
    text = (shared / "data/text/news.txt").read_text("utf-8").replace("<p>", "\n").replace("</p>", "\n")
    lines = [line.strip() for line in text.split("\n") if line.strip()][:9_000]
    for start in range(0, len(lines), 60):
        assert list(find_linebreaks("\n".join(lines[start : start + 60]))) == []
