"""find_segments against made pages with their segments written down, by character and by item, and on the real seeds."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.clean import clean
from timeline.clean.segments import find_segments
from timeline.read import read_pages
from timeline.records import CleanPage, Failure, Segment, Span

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "fixtures/cases/segments.jsonl").read_text("utf-8").splitlines()
]
FLOORS = {  # F1 by character, a little under what was measured
    "article": 0.985,
    "headline": 0.97,
    "byline": 0.96,
    "teaser": 0.97,
    "related": 0.97,
    "footer": 0.97,
    "comment": 0.95,
    "abstract": 0.97,
    "caption": 0.9,
    "navigation": 0.92,
}


def lay_out(case: dict[str, Any]) -> tuple[str, list[Segment]]:
    """Join a case's parts to a page, and give the segments they stand for."""
    text = ""
    gold = []
    for number, (kind, part, *more) in enumerate(case["parts"]):
        text += (case["join"] if number else "") + part
        start = len(text) - len(part)
        inner = more[0] if more else {}
        title, stamp = (_span(text, inner.get(name), start) for name in ("title", "stamp"))
        gold.append(Segment(kind, start, len(text), title, stamp))
    return text, gold


def _span(text: str, words: str | None, start: int) -> Span | None:
    if words is None:
        return None
    at = text.index(words, start)
    return Span(at, at + len(words))


def by_character(text: str, segments: list[Segment]) -> list[str | None]:
    kinds: list[str | None] = [None] * len(text)
    for segment in segments:
        kinds[segment.start : segment.end] = [segment.kind] * (segment.end - segment.start)
    return [kind for kind, character in zip(kinds, text, strict=True) if not character.isspace()]


def items(text: str, segments: list[Segment]) -> list[tuple[str, str | None, str | None]]:
    """Give kind, title and stamp of what tells of events."""
    return [
        (s.kind, s.title and text[s.title.start : s.title.end], s.stamp and text[s.stamp.start : s.stamp.end])
        for s in segments
        if s.kind in ("article", "teaser")
    ]


def tally() -> Counter[tuple[str | None, str | None]]:
    pairs: Counter[tuple[str | None, str | None]] = Counter()
    for case in CASES:
        text, gold = lay_out(case)
        wanted, found = by_character(text, gold), by_character(text, list(find_segments(text)))
        pairs.update(zip(wanted, found, strict=True))
    return pairs


def scores() -> dict[str, float]:
    pairs = tally()
    gold, found = Counter[str | None](), Counter[str | None]()
    for (wanted, got), count in pairs.items():
        gold[wanted] += count
        found[got] += count
    return {kind: 2 * pairs[kind, kind] / (gold[kind] + found[kind]) for kind in FLOORS}


def test_every_kind_reaches_its_floor() -> None:
    below = {kind: round(score, 3) for kind, score in scores().items() if score < FLOORS[kind]}
    assert not below


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_segments_cover_all_and_never_overlap(case: dict[str, Any]) -> None:
    text, _ = lay_out(case)
    segments = find_segments(text)
    assert all(s.start < s.end for s in segments)
    assert all(a.end <= b.start for a, b in pairwise(segments))
    assert None not in by_character(text, list(segments))
    for segment in segments:
        for inner in (segment.title, segment.stamp):
            assert inner is None or segment.start <= inner.start < inner.end <= segment.end


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_items_have_their_titles_and_stamps(case: dict[str, Any]) -> None:
    text, gold = lay_out(case)
    assert items(text, list(find_segments(text))) == items(text, gold)


@pytest.mark.parametrize("text", ["", " \n\u3000\n"])
def test_a_blank_text_has_no_segments(text: str) -> None:
    assert find_segments(text) == ()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_text_is_covered_once(data: st.DataObject) -> None:
    lines = [line for case in CASES[:20] for line in lay_out(case)[0].split("\n")]
    text = data.draw(st.sampled_from(["\n", " ", "", "　　"])).join(
        data.draw(st.lists(st.one_of(st.sampled_from(lines), st.text(max_size=12)), max_size=25))
    )
    segments = find_segments(text)
    assert all(a.end <= b.start for a, b in pairwise(segments))
    assert None not in by_character(text, list(segments))


@pytest.mark.parametrize(
    "text",
    [
        "啊" * 50000,
        "来源：" * 20000,
        " " * 50000 + "啊",
        "'a':'b'," * 5000,
        "<" * 50000,
        "1|" * 30000,
        "《" * 50000,
        "》 > " * 20000,
    ],
    ids=lambda text: text[:8],
)
def test_odd_texts_do_not_hang(text: str) -> None:
    """A cost that grew faster than the text would run into the time limit of the tests."""
    assert find_segments(text)[-1].end <= len(text)


@pytest.fixture(scope="module")
def seeds(shared: Path) -> list[CleanPage]:
    pages = list(read_pages([shared / "seeds"]))
    return [clean(page) for page in pages if not isinstance(page, Failure)]


def kinds(page: CleanPage) -> list[str]:
    return [s.kind for s in page.segments]


def words(page: CleanPage, kind: str) -> list[str]:
    return [page.text[s.start : s.end] for s in page.segments if s.kind == kind]


@pytest.mark.shared
def test_a_seed_with_an_english_abstract(seeds: list[CleanPage]) -> None:
    assert kinds(seeds[0]) == ["headline", "article", "abstract", "related"]
    assert words(seeds[0], "abstract")[0].startswith("Abstract")


@pytest.mark.shared
def test_a_seed_with_links_above_its_body(seeds: list[CleanPage]) -> None:
    assert kinds(seeds[1])[:5] == ["navigation", "headline", "byline", "related", "article"]
    assert words(seeds[1], "related") == ["相关推荐"]
    assert len(words(seeds[1], "article")) == 1
    assert "第8版" in words(seeds[1], "byline")[1]


@pytest.mark.shared
def test_a_seed_with_teasers_whose_stamps_follow_them(seeds: list[CleanPage]) -> None:
    page = seeds[2]
    teasers = [s for s in page.segments if s.kind == "teaser"]
    assert len(teasers) == 9
    assert all(s.stamp and s.stamp.end == s.end for s in teasers)
    assert [s.title is None for s in teasers] == [True, False, False, True, True, False, False, False, False]
    assert len(words(page, "article")) == 1


@pytest.mark.shared
def test_a_seed_with_its_lead_over_four_lines(seeds: list[CleanPage]) -> None:
    assert kinds(seeds[3])[0] == "article"
    assert len(words(seeds[3], "article")) == 1
    assert words(seeds[3], "article")[0].startswith("6月9日")
    assert "footer" in kinds(seeds[3])


@pytest.mark.shared
def test_a_seed_with_links_and_ranks(seeds: list[CleanPage]) -> None:
    assert kinds(seeds[4]) == ["headline", "article", "related", "footer", "related"]


if __name__ == "__main__":
    for name, score in scores().items():
        print(f"{name:10} {score:.3f}")
