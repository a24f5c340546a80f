"""What the gate leaves out tells nothing: where it is closed, the steps behind it find no event and no tie."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.clean import clean
from timeline.pipes.document import Document
from timeline.pipes.names import recognize
from timeline.pipes.steps import READING, SEARCH, is_open
from timeline.read import read_pages
from timeline.records import RawPage

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("source", ["fixtures/gold/pages.jsonl", "seeds", "fixtures/pages"])
def test_nothing_is_lost_on_our_pages(source: str) -> None:
    assert lost_behind_the_gate(ROOT / source) == []


@pytest.mark.shared
@pytest.mark.parametrize("source", ["dev/pages/pages.jsonl", "seeds"])
def test_nothing_is_lost_on_real_pages(shared: Path, source: str) -> None:
    assert lost_behind_the_gate(shared / source) == []


def lost_behind_the_gate(source: Path) -> list[str]:
    """Give the texts of segments that the gate holds back although the steps behind it find something in them."""
    lost, held = [], 0
    for page in read_pages([source]):
        cleaned = clean(page) if isinstance(page, RawPage) else None
        for segment in cleaned.segments if cleaned else ():
            assert cleaned is not None
            document = Document(cleaned.text[segment.start : segment.end], segment.start, segment)
            for step in SEARCH:
                step(document)
            if is_open(document):
                continue
            held += 1
            document.names = recognize(document.text)
            for step in READING:
                step(document)
            if document.drafts or document.ties:
                lost.append(document.text)
    assert held
    return lost
