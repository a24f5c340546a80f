"""The scorer counts what it says: made-up gold against findings right, wrong, missing and too many."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from timeline.errors import ScoreError
from timeline.score import score_files, score_pages


def gold_event(**changes: Any) -> dict[str, Any]:
    event = {
        "type": "signing", "status": "held", "title": "甲校与乙厂签约仪式", "trigger": "签约",
        "date": {"start": "2021-05-18", "end": None, "surface": "5月18日"},
        "organizations": [{"name": "甲校", "role": "party"}, {"name": "乙厂", "role": "party"}],
        "persons": [{"name": "张三", "title": "校长"}], "place": "丙市", "main": True,
    }  # fmt: skip
    return event | changes


def found_event(**changes: Any) -> dict[str, Any]:
    event = {
        "type": "signing", "status": "held", "title": "甲校与乙厂签约仪式", "trigger": {"text": "签约"},
        "date": {"edtf": "2021-05-18"}, "headline": True, "place": {"name": "丙市"},
        "organizations": [{"name": "甲校", "role": "party"}, {"name": "乙厂", "role": "party"}],
        "persons": [{"name": "张三"}],
    }  # fmt: skip
    return event | changes


def gold_page(*events: dict[str, Any], day: str | None = "2021-05-19") -> dict[str, Any]:
    return {"id": "x", "published": {"value": day}, "events": list(events)}


def found_page(*events: dict[str, Any], day: str | None = "2021-05-19") -> dict[str, Any]:
    return {"source_id": "x", "published": {"edtf": day}, "events": list(events)}


def test_the_same_findings_are_all_right() -> None:
    score = score_pages({"x": gold_page(gold_event())}, {"x": found_page(found_event())})
    assert score.f1 == 1.0
    assert score.differences == ()
    for name in (
        "precision",
        "recall",
        "type",
        "date",
        "organizations_recall",
        "persons_recall",
        "place",
        "published",
    ):
        assert getattr(score, name).share == 1.0, name


@pytest.mark.parametrize(
    ("event", "field", "share"),
    [
        (found_event(date={"edtf": "2021-05-19"}), "date", 0.0),
        (found_event(date={"edtf": "2021-05-18?"}), "date", 1.0),
        (found_event(type="forum", title="丁论坛"), "recall", 0.0),
        (found_event(status="planned"), "status", 0.0),
        (found_event(organizations=[{"name": "甲校", "role": "party"}]), "organizations_recall", 0.5),
        (found_event(place=None), "place", 0.0),
        (found_event(persons=[]), "persons_recall", 0.0),
    ],
)  # fmt: skip
def test_one_difference_costs_its_own_field(event: dict[str, Any], field: str, share: float) -> None:
    score = score_pages({"x": gold_page(gold_event())}, {"x": found_page(event)})
    assert getattr(score, field).share == share
    assert score.differences or field == "status" or share == 1.0


def test_a_second_event_costs_precision_only_when_it_is_a_headline() -> None:
    extra = found_event(
        type="award", title=None, trigger={"text": "荣获"}, organizations=[], date={"edtf": None}
    )
    both = score_pages({"x": gold_page(gold_event())}, {"x": found_page(found_event(), extra)})
    assert both.precision.share == 0.5
    background = score_pages(
        {"x": gold_page(gold_event())}, {"x": found_page(found_event(), extra | {"headline": False})}
    )
    assert background.precision.share == 1.0


@pytest.mark.parametrize(
    ("start", "surface", "edtf", "is_right"),
    [
        (None, "近日", None, True),
        (None, "近日", "2021-05-18~", True),
        (None, "近日", "2021-05-18", False),
        (None, None, "2021-05-18~", False),
        ("XXXX-05-18", "5月18日", "2021-05-18", False),
    ],
)
def test_a_vague_gold_date_wants_a_vague_answer(
    start: str | None, surface: str | None, edtf: str | None, is_right: bool
) -> None:
    gold = gold_event(date={"start": start, "end": None, "surface": surface})
    score = score_pages({"x": gold_page(gold)}, {"x": found_page(found_event(date={"edtf": edtf}))})
    assert score.date.right == is_right


def test_an_unknown_publication_day_is_right_when_none_is_given() -> None:
    assert score_pages({"x": gold_page(day=None)}, {"x": found_page(day="2021")}).published.share == 1.0
    assert score_pages({"x": gold_page(day=None)}, {"x": found_page(day="2021-05-19")}).published.share == 0.0


def test_files_meet_by_source_id_and_by_file_name(tmp_path: Path) -> None:
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    pages = [gold_page(gold_event()), gold_page(gold_event()) | {"id": "y", "file": "y_long.txt"}]
    gold.write_text("\n".join(map(json.dumps, pages)), "utf-8")
    found = [
        found_page(found_event()),
        found_page(found_event()) | {"source_id": None, "path": "a/y_long.txt"},
    ]
    predicted.write_text("\n".join(map(json.dumps, found)) + "\n", "utf-8")
    score = score_files(gold, predicted)
    assert (score.pages, score.missing, score.f1) == (2, (), 1.0)


def test_a_page_without_findings_is_missing_and_counts(tmp_path: Path) -> None:
    score = score_pages({"x": gold_page(gold_event())}, {})
    assert (score.missing, score.recall.right, score.recall.of) == (("x",), 0, 1)


@pytest.mark.parametrize("line", ["[1]", "not json"])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "gold.jsonl").write_text(line, "utf-8")
    with pytest.raises(ScoreError, match=r"gold\.jsonl line 1"):
        score_files(tmp_path / "gold.jsonl", tmp_path / "gold.jsonl")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScoreError, match="cannot read"):
        score_files(tmp_path / "none.jsonl", tmp_path / "none.jsonl")
