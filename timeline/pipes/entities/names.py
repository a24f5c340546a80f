"""Text in, names out: organisations, people and places as the trained tagger marks them, with how sure it is.

What counts as the exact name of a body, a person's title or a place's code is for organizations, people and places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal, cast

from timeline.pipes.entities.gazetteer import is_tiled
from timeline.pipes.entities.tagger import load_tagger, tag_spans
from timeline.pipes.words.wording import at_end

_TOGETHER = 6_000  # characters of texts that are tagged in one pass
# 🌟, ✨ and what joins them
_PICTURES = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3"
_PICTURE = re.compile(f"[{_PICTURES}]")
_LETTERS = re.compile(f"[^{_PICTURES}]+")
NameLabel = Literal["ORG", "PER", "LOC"]


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in text[start:end]; the score is the tagger's probability of the whole span, 0 to 1."""

    start: int
    end: int
    label: NameLabel
    score: float


def recognize(text: str) -> list[NameSpan]:
    """Find the names of a clean text of any length, in order, without overlaps; nothing but areas is a place (云南省普洱市)."""
    return recognize_all([text])[0]


def recognize_all(texts: Sequence[str]) -> list[list[NameSpan]]:
    """Find the names of each text, short ones together in one pass of the tagger, which is quicker than one by one."""
    found: list[list[NameSpan]] = []
    together: list[str] = []
    for text in texts:
        if together and sum(map(len, together)) + len(text) > _TOGETHER:
            found += _recognize(together)
            together = []
        together.append(text)
    return found + (_recognize(together) if together else [])


def is_picture(char: str) -> bool:
    """Say whether a character is a picture, which no name holds: 🌟."""
    return bool(_PICTURE.match(char))


def _recognize(texts: Sequence[str]) -> list[list[NameSpan]]:
    found: list[list[NameSpan]] = [[] for _ in texts]
    ends = list(accumulate(len(text) + 1 for text in texts))
    # a line end is where the tagger cuts, so that no text is read with its neighbour
    for start, end, label, score in tag_spans(load_tagger(), "\n".join(texts)):
        at = bisect_right(ends, start)
        floor = ends[at - 1] if at else 0
        name = NameSpan(start - floor, end - floor, cast(NameLabel, label), score)
        for one in _without_pictures(texts[at], name):
            found[at].append(_as_area(texts[at], one) if label == "ORG" else one)
    return found


def _without_pictures(text: str, name: NameSpan) -> list[NameSpan]:
    """Cut a name where a picture stands at its edge or in it: 🌟|青禾集团|🌟, 青禾集团|🤝|北辰银行."""
    word = text[name.start : name.end]
    if not _PICTURE.search(word):
        return [name]
    pieces = [m.span() for m in _LETTERS.finditer(word)]
    return [replace(name, start=name.start + s, end=name.start + e) for s, e in pieces if e - s > 1]


def _as_area(text: str, name: NameSpan) -> NameSpan:
    """Give a body that is nothing but areas as a place, without a verb of building after it: 成都市武侯区|新建."""
    verb = at_end("places", "building").search(text[name.start : name.end])
    end = name.start + verb.start() if verb else name.end
    return replace(name, end=end, label="LOC") if is_tiled(text[name.start : end]) else name
