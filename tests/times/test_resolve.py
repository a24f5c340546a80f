"""What the resolver answers, row by row: fixtures/cases/times.jsonl against references, times_moment.jsonl at a moment."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from timeline.edtf import Edtf
from timeline.records import Reference
from timeline.times import tag, tag_at

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "cases"


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", _rows("times.jsonl"), ids=lambda row: f"{row['text']} @ {row['reference']}")
def test_values_against_a_reference(row: dict[str, Any]) -> None:
    told = row["reference"]
    is_certain = not (told or "").endswith("?")
    reference = Reference(Edtf.parse(told.rstrip("?")) if told else None, is_certain=is_certain)
    found = [[t.text, str(t.edtf) if t.edtf else None] for t in tag(row["text"], reference)]
    assert found == row["times"]


@pytest.mark.parametrize("row", _rows("times_moment.jsonl"), ids=lambda row: row["text"])
def test_values_at_a_moment(row: dict[str, Any]) -> None:
    found = [
        [t.text, t.kind, t.from_, t.to] for t in tag_at(row["text"], datetime.fromisoformat(row["moment"]))
    ]
    assert found == row["times"]


def test_each_parted_row_has_one_reason() -> None:
    rows = _rows("times_parted.jsonl")
    ids = [case for row in rows for case in row["ids"]]
    assert len(ids) == len(set(ids))
    assert {row["kind"] for row in rows} == {"wrong", "taste", "missed"}
    assert all(row["reason"] for row in rows)


def test_every_value_says_why() -> None:
    for row in _rows("times.jsonl"):
        assert all(t.reason for t in tag(row["text"], Reference(Edtf.parse("2021-07-01"))))


def test_a_bound_moves_the_year_back() -> None:
    reference = Reference(Edtf.parse("2022"), latest="2022-03-01")
    (found,) = tag("6月9日签约", reference)
    assert str(found.edtf) == "2021-06-09"


def test_the_reason_names_rule_and_anchor() -> None:
    (found,) = tag("6月9日签约", Reference(Edtf.parse("2021-07-01")))
    assert found.reason == "the nearest past of 2021-07-01"
