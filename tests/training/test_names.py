"""Training the name tagger: the same sentences give the same bytes, what is made is well formed, tests are never read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from timeline.pipes.entities.marks import gather_marks
from timeline.pipes.entities.tagger import read_tagger, tag_spans, write_tagger
from timeline.training.names import TEST_FILES, gather
from timeline.training.names_corpora import TRAINING_FILES, damage, read_sentences
from timeline.training.names_crf import Recipe, Sentence, fit
from timeline.training.names_made import Maker, make_sentences, swap_names
from timeline.training.names_scores import score_spans


def _train(sentences: list[Sentence]) -> bytes:
    marks = gather_marks()
    recipe = Recipe(passes=3, batch_tokens=800, at_least=1)
    return write_tagger(*fit(sentences, recipe, marks, lambda line: None), marks)


def test_the_same_sentences_give_the_same_model_and_it_has_learnt_them() -> None:
    sentences = make_sentences(150, Maker(3))
    content = _train(sentences)
    assert content == _train(sentences)
    tagger = read_tagger(content)
    found = [[span[:3] for span in tag_spans(tagger, s.text)] for s in sentences]
    assert score_spans([list(s.spans) for s in sentences], found)["ORG"].f1 > 60


def test_made_sentences_carry_their_names_at_their_offsets() -> None:
    for sentence in make_sentences(300, Maker(5)):
        last = 0
        for start, end, label in sentence.spans:
            assert last <= start < end <= len(sentence.text)
            assert label in ("ORG", "PER", "LOC")
            last = end
        assert "{" not in sentence.text


def test_made_sentences_are_the_same_for_the_same_seed() -> None:
    assert make_sentences(20, Maker(9)) == make_sentences(20, Maker(9))
    assert make_sentences(20, Maker(9)) != make_sentences(20, Maker(10))


def test_swapping_and_damage_keep_the_spans_on_their_names() -> None:
    sentence = Sentence('"东原大学"与青川海运公司签约。', ((1, 5, "ORG"), (7, 13, "ORG")))
    swapped = next(s for s in (swap_names(sentence, Maker(seed)) for seed in range(20)) if s)
    (start, end, _), _ = swapped.spans
    assert swapped.text[start - 1] == swapped.text[end] == '"'
    for copy in damage([sentence] * 30, 4):
        assert copy.text[slice(*copy.spans[0][:2])].strip() == "东原大学"


def test_neighbouring_spans_of_a_word_tagger_become_one(tmp_path: Path) -> None:
    row = {"text": "青川市财政局发文。", "spans": [[0, 3, "LOC"], [3, 6, "ORG"]]}
    (tmp_path / "x.jsonl").write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    assert next(read_sentences(tmp_path / "x.jsonl")).spans == ((0, 6, "ORG"),)


def test_no_test_file_is_trained_on() -> None:
    assert not set(TRAINING_FILES) & set(TEST_FILES)


@pytest.mark.shared
def test_every_training_file_is_read(shared: Path) -> None:
    sentences = gather(shared / "data" / "names", ["weibo_train"], 50)
    assert len(sentences) > 1000
