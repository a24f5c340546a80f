"""Places marked by hand in made-up sentences, and how well a finder does on them: sentences in, precision, recall and codes out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from timeline.pipes.entities.places import PlaceSpan

_GOLD = Path(__file__).resolve().parents[2] / "fixtures" / "gold" / "places.jsonl"


@dataclass(frozen=True, slots=True)
class PlaceScore:
    """Strict span F1 in percent, the share of right spans whose code is right, and what was missed or made up."""

    f1: float
    codes: float
    errors: tuple[str, ...]


def read_gold() -> Iterator[tuple[str, list[tuple[int, int, str | None]]]]:
    """Give each sentence with its places as start, end and code, in order."""
    for line in _GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        at, places = 0, []
        for words, code in row["places"]:
            start = row["text"].index(words, at)
            at = start + len(words)
            places.append((start, at, code))
        yield row["text"], places


def score_places(find: Callable[[str], list[PlaceSpan]]) -> PlaceScore:
    """Score a finder of places on the gold."""
    wanted = found = right = coded = 0
    errors = []
    for text, gold in read_gold():
        want = {(start, end): code for start, end, code in gold}
        have = {(p.start, p.end): p.adcode for p in find(text)}
        wanted, found = wanted + len(want), found + len(have)
        both = want.keys() & have.keys()
        right += len(both)
        coded += sum(want[span] == have[span] for span in both)
        errors += [f"missed {text[s:e]}: {text}" for s, e in sorted(want.keys() - have.keys())]
        errors += [f"made up {text[s:e]}: {text}" for s, e in sorted(have.keys() - want.keys())]
        errors += [
            f"{text[slice(*s)]} is {have[s]}, not {want[s]}" for s in sorted(both) if want[s] != have[s]
        ]
    f1 = 200 * right / (wanted + found) if wanted + found else 100.0
    return PlaceScore(round(f1, 1), round(100 * coded / right, 1) if right else 0.0, tuple(errors))
