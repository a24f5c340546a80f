"""What the gate leaves out tells nothing: where it is closed, the steps behind it find no event and no tie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from timeline.clean import clean
from timeline.pipes.document import Document
from timeline.pipes.entities.names import NameSpan, recognize
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


def test_no_names_whatever_open_a_closed_gate() -> None:
    rng = Random(5)
    lost = []
    for document in closed_documents(ROOT / "fixtures" / "gold" / "pages.jsonl"):
        for _ in range(4):
            document.names = scattered(document.text, rng)
            if finds_something(document):
                lost.append((document.text, document.names))
    assert lost == []


def scattered(text: str, rng: Random) -> list[NameSpan]:
    """Say of stretches of a text, chosen by chance, that they are names."""
    names, at = [], 0
    while at < len(text):
        start = at + rng.randint(0, 4)
        at = start + rng.randint(2, 8)
        if at <= len(text) and "\n" not in text[start:at]:
            label = rng.choice(("ORG", "ORG", "PER", "LOC"))
            names.append(NameSpan(start, at, label, 0.9))
    return names


def lost_behind_the_gate(source: Path) -> list[str]:
    """Give the texts of segments that the gate holds back although the steps behind it find something in them."""
    held = list(closed_documents(source))
    assert held
    lost = []
    for document in held:
        document.names = recognize(document.text)
        if finds_something(document):
            lost.append(document.text)
    return lost


def closed_documents(source: Path) -> Iterator[Document]:
    for page in read_pages([source]):
        cleaned = clean(page) if isinstance(page, RawPage) else None
        for segment in cleaned.segments if cleaned else ():
            assert cleaned is not None
            document = Document(cleaned.text[segment.start : segment.end], segment.start, segment)
            for step in SEARCH:
                step(document)
            if not is_open(document):
                yield document


def finds_something(document: Document) -> bool:
    for step in READING:
        step(document)
    return bool(document.drafts or document.ties)
