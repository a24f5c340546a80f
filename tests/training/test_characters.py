"""Counting characters: what a small corpus is packed into reads back as its own n-grams, with the same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from timeline.clean.charmodel import CharacterModel, PageModel
from timeline.training.characters import find_lines, train

NEWS = '<p>青川大学与云桥公司签约。</p><p>共建"智能制造"研究院</p>\n青川大学举行论坛;\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    (tmp_path / "names").mkdir()
    (tmp_path / "text/news.txt").write_text(NEWS, "utf-8")
    row = {"text": "云桥公司落户青川", "spans": []}
    (tmp_path / "names/aishell_dev.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    return tmp_path


def test_lines_have_no_tags_and_paired_quotes(corpus: Path) -> None:
    assert list(find_lines(corpus)) == [
        "青川大学与云桥公司签约。", "共建“智能制造”研究院", "青川大学举行论坛;", "云桥公司落户青川",
    ]  # fmt: skip


def test_the_same_corpus_gives_the_same_bytes(corpus: Path) -> None:
    report = train(corpus, corpus / "one.npz")
    train(corpus, corpus / "two.npz")
    assert report.startswith("one.npz: ")
    assert (corpus / "one.npz").read_bytes() == (corpus / "two.npz").read_bytes()


def test_what_was_counted_is_likelier(corpus: Path) -> None:
    train(corpus, corpus / "one.npz")
    with np.load(corpus / "one.npz") as archive:
        model = CharacterModel({name: archive[name] for name in archive.files})
    assert model.probability("大", "川", "青") > model.probability("司", "川", "青")
    assert model.probability("公", "桥", "云") > 0.5
    assert model.knows("桥")
    assert not model.knows("海")
    page = PageModel(model, "海州海州海州")
    assert page.cost("州", "海", "州") < page.cost("桥", "海", "州")


def test_the_model_holds_counts_and_no_text(root: Path) -> None:
    with np.load(root / "timeline/clean/model/characters.npz") as archive:
        assert all(np.issubdtype(archive[name].dtype, np.integer) for name in archive.files)
    assert (root / "timeline/clean/model/characters.npz").stat().st_size < 4 * 2**20
