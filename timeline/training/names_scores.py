"""Gold and found spans in, strict precision, recall and F1 by label out; ground marked IGN counts neither way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline.pipes.entities.tagger import LABELS

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 in per cent, and how many gold names there are."""

    precision: float
    recall: float
    f1: float
    gold: int


def score_spans(gold: Sequence[Iterable[Span]], found: Sequence[Iterable[Span]]) -> dict[str, Score]:
    """Score texts one by one; a span is right when start, end and label are."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for wanted, got in zip(gold, found, strict=True):
        neutral = [s for s in wanted if s[2] == "IGN"]
        want = {s for s in wanted if s[2] in LABELS}
        have = {s for s in got if s in want or not any(s[0] < n[1] and n[0] < s[1] for n in neutral)}
        right.update(s[2] for s in have & want)
        wrong.update(s[2] for s in have - want)
        missed.update(s[2] for s in want - have)
    return {label: _score(right[label], wrong[label], missed[label]) for label in LABELS}


def _score(right: int, wrong: int, missed: int) -> Score:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(round(100 * precision, 1), round(100 * recall, 1), round(100 * f1, 1), right + missed)
