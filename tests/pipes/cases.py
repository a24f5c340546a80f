"""The rows of fixtures/cases as test parameters; a row marked known_failure must fail, and says so when it no longer does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "cases"


def rows(subject: str) -> list[Any]:
    """Give the rows of SUBJECT.jsonl, each with its text as its id."""
    found = []
    for line in (_FOLDER / f"{subject}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        marks = (
            [pytest.mark.xfail(strict=True, reason=row["known_failure"])] if row.get("known_failure") else []
        )
        found.append(pytest.param(row, id=row["text"][:24], marks=marks))
    return found
