"""Whole made-up pages against the events a careful reader wrote down for them, and the pages that hold none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from timeline.extract import extract_page
from timeline.read import read_pages
from timeline.records import PageFindings, RawPage
from timeline.score import Score, score_files


@pytest.fixture(scope="module")
def findings(root: Path) -> list[PageFindings]:
    pages = [p for p in read_pages([root / "fixtures" / "gold" / "pages.jsonl"]) if isinstance(p, RawPage)]
    return [extract_page(page).findings for page in pages]


@pytest.fixture(scope="module")
def gold(root: Path) -> dict[str, list[dict[str, object]]]:
    lines = (root / "fixtures" / "gold" / "gold.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: row["events"] for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def score(root: Path, findings: list[PageFindings], tmp_path_factory: pytest.TempPathFactory) -> Score:
    file = tmp_path_factory.mktemp("gold") / "found.jsonl"
    file.write_text("".join(json.dumps(f.to_json(), ensure_ascii=False) + "\n" for f in findings), "utf-8")
    return score_files(root / "fixtures" / "gold" / "gold.jsonl", file)


def test_every_page_is_read(findings: list[PageFindings], gold: dict[str, list[dict[str, object]]]) -> None:
    assert {f.source_id for f in findings} == set(gold)


def test_events_are_those_of_a_careful_reader(score: Score) -> None:
    assert score.f1 >= 0.95, score.differences
    assert (score.recall_all.share or 0) >= 0.87, score.differences
    assert (score.date.share or 0) >= 0.96, score.differences
    assert (score.type.share or 0) >= 0.98, score.differences


def test_parties_are_those_of_a_careful_reader(score: Score) -> None:
    assert (score.organizations_precision.share or 0) >= 0.86, score.differences
    assert (score.organizations_recall.share or 0) >= 0.89, score.differences


def test_pages_without_an_event_give_none(
    findings: list[PageFindings], gold: dict[str, list[dict[str, object]]]
) -> None:
    spurious = [
        (f.source_id, e.title or e.trigger.text)
        for f in findings
        if not gold[str(f.source_id)]
        for e in f.events
        if e.headline
    ]
    assert len(spurious) <= 1, spurious
