"""Text in, names out: organisations, people and places as the trained tagger marks them, with how sure it is.

What counts as the exact name of a body, a person's title or a place's code is for organizations, people and places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from timeline.pipes.tagger import load_tagger, tag_spans

NameLabel = Literal["ORG", "PER", "LOC"]


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in text[start:end]; the score is the tagger's probability of the whole span, 0 to 1."""

    start: int
    end: int
    label: NameLabel
    score: float


def recognize(text: str) -> list[NameSpan]:
    """Find the names of a clean text of any length, in order, without overlaps."""
    return [
        NameSpan(start, end, cast(NameLabel, label), score)
        for start, end, label, score in tag_spans(load_tagger(), text)
    ]
