"""How good the findings are: quality.json in, the measured scores and the known failures out."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import Field

from timeline.records import Record


class Score(Record):
    """One measured number: shares are from 0 to 1, wrong full days are counted."""

    pages: str = Field(description="what it was measured on")
    metric: str = Field(examples=["events_f1"])
    value: float


class KnownFailure(Record):
    """What still goes wrong, by cause."""

    cause: str
    example: str


class Quality(Record):
    """Scores as they were measured on a day, with what they do not say."""

    measured: str
    note: str
    scores: tuple[Score, ...]
    failures: tuple[KnownFailure, ...]


@cache
def read_quality() -> Quality:
    """Read the scores that this version was shipped with; docs/quality.md says how they were measured."""
    return Quality.model_validate_json((files("api") / "quality.json").read_text("utf-8"))
