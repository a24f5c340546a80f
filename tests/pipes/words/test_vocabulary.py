"""Words of a lexicon in a text: the leftmost, longest ones, without those that a pseudo word voids."""

from __future__ import annotations

import pytest

from timeline.lexicon import Entry
from timeline.pipes.words.vocabulary import Vocabulary

ACTS = Vocabulary([
    Entry(("举行",), "hold", ("举行论坛",), (), {"pseudo": ["行动"]}),
    Entry(("动土", "动土典礼"), "groundbreaking", ("动土典礼",), (), {"pseudo": ["动土豆"]}),
    Entry(("会",), "meeting", ("开会",), (), {"pseudo": ["社会", "会上会"]}),
    Entry(("土", "典礼"), "other", ("典礼",), (), {}),
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("举行动土典礼", ["动土典礼"]),  # 行动 voids 举行 and nothing else
        ("举行典礼", ["举行", "典礼"]),
        ("搬动土豆", ["土"]),  # what the longer word covered is found
        ("社会", []),
        ("社会开会", ["会"]),
        ("会上会", []),
        ("会", ["会"]),
        ("典礼", ["典礼"]),
        ("", []),
    ],
)
def test_finds_words(text: str, words: list[str]) -> None:
    hits = ACTS.find(text)
    assert [hit.word for hit in hits] == words
    assert [text[hit.start : hit.end] for hit in hits] == words
    assert ACTS.find_spans(text) == [(hit.start, hit.end) for hit in hits]


@pytest.mark.parametrize(
    ("stretches", "spans"),
    [
        ([(3, 5)], [(3, 5)]),
        ([(4, 6)], [(3, 5)]),  # a stretch opens where no word reaches across
        ([(3, 4)], []),  # the word ends behind it
        ([(0, 2), (7, 12)], [(0, 2), (8, 12)]),
        ([(0, 6), (2, 12)], [(0, 2), (3, 5), (8, 12)]),
        ([], []),
    ],
)
def test_reads_stretches_as_the_whole(stretches: list[tuple[int, int]], spans: list[tuple[int, int]]) -> None:
    text = "举行，典礼，举行动土典礼，社会"
    assert ACTS.find_spans_in(text, stretches) == spans
    assert set(spans) <= set(ACTS.find_spans(text))
