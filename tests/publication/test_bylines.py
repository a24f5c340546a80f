"""Who wrote a page: bylines, signatures and declared authors, and what only looks like them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.publication.pages import judge_text, read_row

CASES = Path(__file__).resolve().parents[2] / "fixtures/cases/bylines.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_those_named_in_the_byline_are_found(row: Mapping[str, Any]) -> None:
    found = judge_text(row["text"])
    assert [[a.name, a.role] for a in found.authors] == row["authors"]
    if row["byline"]:
        assert found.byline is not None
        assert found.byline.text == row["byline"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_author_points_to_the_words_of_the_page(row: Mapping[str, Any]) -> None:
    raw = read_row(row).raw.text
    found = judge_text(row["text"])
    for author in found.authors:
        assert len(raw[author.start : author.end].replace(" ", "")) == len(author.name)
    if found.byline:
        assert raw[found.byline.start : found.byline.end] == found.byline.text


def test_a_declared_author_counts_where_the_text_names_none() -> None:
    text = "青川大桥昨日合龙，来自三十个国家的嘉宾出席，共同见证了仪式，大桥全长三公里。"
    found = judge_text(text, declared=[["author", "林晓、周启明", "meta[author]"]])
    assert [(a.name, a.role, a.start) for a in found.authors] == [
        ("林晓", "author", None),
        ("周启明", "author", None),
    ]
    assert judge_text(text, declared=[["author", "青川新闻网", "meta[author]"]]).authors == ()
