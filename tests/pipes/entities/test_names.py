"""The name tagger: the shipped model against the hand-made sets, its speed, its constancy, and odd input."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import spacy

from timeline.pipes.entities.names import recognize, recognize_all
from timeline.pipes.entities.organizations import find_organizations
from timeline.pipes.entities.people import find_people
from timeline.pipes.entities.tagger import LABELS, load_tagger, read_tagger, tag_spans, write_tagger
from timeline.pipes.entities.traits import fold, read_tokens
from timeline.training.names_corpora import read_rows
from timeline.training.names_scores import score_spans

_TEXT = "10月8日，青川市人民政府与东原理工大学在杭州签署协议，校长周立新出席。"


def test_marks_bodies_people_and_places() -> None:
    found = [(_TEXT[n.start : n.end], n.label) for n in recognize(_TEXT)]
    assert found == [("青川市人民政府", "ORG"), ("东原理工大学", "ORG"), ("杭州", "LOC"), ("周立新", "PER")]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "。", "abc 123", "\U0001f600", "😀与😀签约", "一" * 5000, "（" * 999]
)
def test_takes_any_text(text: str) -> None:
    assert all(0 <= n.start < n.end <= len(text) and 0 <= n.score <= 1 for n in recognize(text))


def test_spans_are_ordered_apart_and_the_same_again() -> None:
    text = (_TEXT + "\n") * 40
    found = recognize(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found == recognize(text)
    assert len(found) == 40 * len(recognize(_TEXT))


def test_folding_keeps_every_offset() -> None:
    text = "“ＡＢ”（甲）、—乙…丙　丁"
    assert len(fold(text)) == len(text)


def test_a_run_of_digits_or_letters_is_one_token() -> None:
    text = "GE于2021年A轮"
    tokens = read_tokens(text, [(0, len(text))])
    size = tokens.length[0]
    first = tokens.first[0]
    words = [text[tokens.starts[i] : tokens.ends[i]] for i in range(first, first + size)]
    assert words == ["GE", "于", "2021", "年", "A", "轮"]


def test_a_model_read_and_written_again_is_the_same() -> None:
    tagger = load_tagger()
    copy = read_tagger(
        write_tagger(tagger.keys[:-1], tagger.weights[:-1] * tagger.scale, tagger.transitions, tagger.marks)
    )
    assert tag_spans(copy, _TEXT) == tag_spans(tagger, _TEXT)


def test_the_model_is_small() -> None:
    model = Path(__file__).resolve().parents[3] / "timeline" / "pipes" / "model" / "names.npz"
    assert model.stat().st_size < 10_000_000


def test_the_component_keeps_labels_and_scores() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("timeline_names")
    doc = nlp(_TEXT)
    spans = doc.spans["names"]
    assert [s.label_ for s in spans] == ["ORG", "ORG", "LOC", "PER"]
    assert {s.label_ for s in spans} == set(LABELS)


@pytest.mark.shared
@pytest.mark.parametrize(("name", "bodies", "people"), [("indomain", 88.0, 92.0), ("seeds", 91.0, 92.0)])
def test_scores_on_names_marked_by_hand(shared: Path, name: str, bodies: float, people: float) -> None:
    rows = list(read_rows(shared / "data" / "names" / f"{name}.jsonl"))
    found = []
    for text, _ in rows:
        names = recognize(text)
        found_bodies = find_organizations(text, names)
        spans = [(o.start, o.end, "ORG") for o in found_bodies if o.kind != "place"]
        found.append(spans + [(p.start, p.end, "PER") for p in find_people(text, names, found_bodies)])
    scores = score_spans([spans for _, spans in rows], found)
    assert scores["ORG"].f1 >= bodies
    assert scores["PER"].f1 >= people


def test_texts_together_have_the_names_that_each_has_alone() -> None:
    texts = [_TEXT, "", "论坛在江西省上饶市举行", _TEXT * 3, "天气很好。"]
    assert recognize_all(texts) == [recognize(text) for text in texts]
