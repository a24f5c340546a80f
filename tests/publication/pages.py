"""Made-up pages for the tests of publication/: a row of fixtures/cases/publication.jsonl in, a clean page out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from timeline.clean import clean
from timeline.publication import judge_publication
from timeline.publication.layout import Layout, lay_out
from timeline.read import read_text
from timeline.records import CleanPage, Declared, Publication


def read_row(row: Mapping[str, Any]) -> CleanPage:
    """Read and clean the page of a row."""
    raw = read_text(row["text"], url=row.get("url"))
    return clean(replace(raw, declared=tuple(Declared(*datum) for datum in row.get("declared", ()))))


def judge_text(text: str, **fields: Any) -> Publication:
    """Judge a page of plain text."""
    return judge_publication(read_row({"text": text, **fields}))


def lay_out_text(text: str) -> Layout:
    """Lay out a page of plain text that is not empty."""
    layout = lay_out(read_row({"text": text}))
    assert layout is not None
    return layout
