"""How likely a character is after two others: the shipped n-gram counts, and the same with a page's own n-grams mixed in."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from operator import add

import numpy as np
from numpy.typing import NDArray

from timeline.clean.script import simplify_character

LINE_EDGE = "\n"
UNSEEN_COST = 16.0  # nats, for a character that neither the model nor the page knows
MODEL_FILE = "characters.npz"
_PAGE_SHARE = 0.3
_PAGE_MOST = 200_000  # characters of a page that are counted
_SINGLE_QUOTES = {"‘": "“", "’": "”"}
_WIDE_MARKS = dict(zip(",!?:;()", "，！？：；（）", strict=True))
_BLANKS = re.compile(r"[^\S\n]+")  # a run of blanks inside a line

Counts = Mapping[str, NDArray[np.integer]]


@cache
def fold(character: str) -> str:
    """Give the class a character is counted under: simplified, digits as 0, letters as a, wide marks, one kind of quotes."""
    if character < "\x80":
        if character.isdigit():
            return "0"
        if character.isalpha():
            return "a"
        return _WIDE_MARKS.get(character, LINE_EDGE if character.isspace() else character)
    if character == "\u3000":
        return LINE_EDGE
    return _SINGLE_QUOTES.get(character) or simplify_character(character)


def fold_line(line: str) -> str:
    """Fold a line of text as the model counts it, without its blanks."""
    return "".join(map(fold, _BLANKS.sub("", line)))


def count_ngrams(lines: Iterable[str]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count characters, pairs and triples of folded lines; a line begins and ends with a line edge."""
    ones: Counter[str] = Counter()
    twos: Counter[str] = Counter()
    threes: Counter[str] = Counter()
    for line in lines:
        edged = LINE_EDGE * 2 + line + LINE_EDGE
        pairs = list(map(add, edged, edged[1:]))
        ones.update(edged[2:])
        twos.update(pairs[1:])
        threes.update(map(add, pairs, edged[2:]))
    return ones, twos, threes


class CharacterModel:
    """Probabilities of a character after two others, interpolated over three orders (Witten and Bell).

    Counts stay in sorted arrays; what follows a context is unpacked when the context first comes up.
    """

    def __init__(self, counts: Counts) -> None:
        self._characters = "".join(map(chr, counts["characters"].tolist()))
        self._ids = {c: i for i, c in enumerate(self._characters)}
        ones = counts["ones"].tolist()
        total, floor = sum(ones), 0.05
        self._ones = {
            c: (n + floor) / (total + 2 * floor * len(ones))
            for c, n in zip(self._characters, ones, strict=True)
        }
        self._unseen = floor / (total + 2 * floor * len(ones))
        self._pairs = np.cumsum(counts["pairs"], dtype=np.int64)
        self._pair_counts = counts["pair_counts"]
        self._starts = np.concatenate(([0], np.cumsum(counts["pair_kinds"], dtype=np.int64)))
        self._nexts, self._next_counts = counts["nexts"], counts["next_counts"]
        self._after_one: dict[str, _Followers] = {}
        self._after_two: dict[str, _Followers] = {}

    def knows(self, character: str) -> bool:
        """Say whether the corpus had this character."""
        return character in self._ids

    def probability(self, character: str, before: str, second: str) -> float:
        """Give P(character | second, before), all three folded; `second` stands two places ahead."""
        shorter = self.pair_probability(character, before)
        return self._followers_of_two(second, before).interpolate(character, shorter)

    def pair_probability(self, character: str, before: str) -> float:
        """Give P(character | before), both folded."""
        return self._followers_of_one(before).interpolate(character, self._ones.get(character, self._unseen))

    def _followers_of_one(self, before: str) -> _Followers:
        found = self._after_one.get(before)
        if found is None:
            row, size = self._ids.get(before, -1), len(self._characters)
            low, high = np.searchsorted(self._pairs, (row * size, (row + 1) * size)) if row >= 0 else (0, 0)
            ids = (self._pairs[low:high] - row * size).tolist()
            found = self._after_one[before] = self._unpack(ids, self._pair_counts[low:high])
        return found

    def _followers_of_two(self, second: str, before: str) -> _Followers:
        found = self._after_two.get(second + before)
        if found is None:
            low = high = 0
            if second in self._ids and before in self._ids:
                key = self._ids[second] * len(self._characters) + self._ids[before]
                at = int(np.searchsorted(self._pairs, key))
                if at < len(self._pairs) and self._pairs[at] == key:
                    low, high = self._starts[at], self._starts[at + 1]
            found = self._after_two[second + before] = self._unpack(
                np.cumsum(self._nexts[low:high], dtype=np.int64).tolist(), self._next_counts[low:high]
            )
        return found

    def _unpack(self, ids: list[int], counts: NDArray[np.integer]) -> _Followers:
        return _Followers({self._characters[i]: n for i, n in zip(ids, counts.tolist(), strict=True)})


class PageModel:
    """The shipped model with the n-grams of one page mixed in, since its names and terms come up again; costs in nats."""

    def __init__(self, model: CharacterModel, text: str) -> None:
        self._model = model
        self._ones, self._twos, self._threes = count_ngrams(map(fold_line, text[:_PAGE_MOST].split("\n")))
        self._costs: dict[str, float] = {}

    def cost(self, character: str, before: str, second: str) -> float:
        """Give -log P(character | second, before) of folded characters."""
        key = second + before + character
        value = self._costs.get(key)
        if value is None:
            value = self._costs[key] = self._cost(character, before, second)
        return value

    def pair_cost(self, character: str, before: str) -> float:
        """Give -log P(character | before) of folded characters, a cheap bound on what a context of two will say."""
        seen = self._ones.get(before, 0)
        own = self._twos.get(before + character, 0) / (seen + 2) if seen else 0.0
        value = -math.log(
            (1 - _PAGE_SHARE) * self._model.pair_probability(character, before) + _PAGE_SHARE * own
        )
        return value if self._model.knows(character) or own else max(value, UNSEEN_COST)

    def text_cost(self, text: str, context: str) -> Iterator[float]:
        """Give the cost of each character of a text after its context, in order."""
        second, before = (fold(c) for c in (LINE_EDGE * 2 + context)[-2:])
        for character in map(fold, text):
            yield self.cost(character, before, second)
            second, before = before, character

    def _cost(self, character: str, before: str, second: str) -> float:
        seen = self._ones.get(before, 0)
        own = self._twos.get(before + character, 0) / (seen + 2) if seen else 0.0
        seen = self._twos.get(second + before, 0)
        if seen:
            own = (self._threes.get(second + before + character, 0) + own) / (seen + 1)
        likely = self._model.probability(character, before, second)
        value = -math.log((1 - _PAGE_SHARE) * likely + _PAGE_SHARE * own)
        return value if self._model.knows(character) or own else max(value, UNSEEN_COST)


class _Followers:
    """What was seen after a context, with the share that backs off to a shorter one."""

    __slots__ = ("counts", "kinds", "total")

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts, self.kinds, self.total = counts, len(counts), sum(counts.values())

    def interpolate(self, character: str, shorter: float) -> float:
        if not self.kinds:
            return shorter
        return (self.counts.get(character, 0) + self.kinds * shorter) / (self.total + self.kinds)


@cache
def load_model() -> CharacterModel:
    """Load the shipped counts, once."""
    with files(__package__).joinpath("model", MODEL_FILE).open("rb") as file, np.load(file) as archive:
        return CharacterModel({name: archive[name] for name in archive.files})
