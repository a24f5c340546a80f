"""Finding lexicon words in a text: entries in, hits out (leftmost, longest); an entry's own pseudo words void a hit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from timeline.lexicon import Entry


@dataclass(frozen=True, slots=True)
class Hit:
    """One word of an entry at text[start:end]."""

    start: int
    end: int
    word: str
    entry: Entry


class Vocabulary:
    """The words of some entries, built once, searched in one pass.

    >>> entry = Entry(("签约",), "signing", ("两校签约。",), (), {"pseudo": ["签约率"]})
    >>> [hit.start for hit in Vocabulary([entry]).find("签约率上升后，两校签约。")]
    [9]
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        listed = tuple(entries)
        pairs = [(word, entry) for entry in listed for word in entry.words]
        pairs.sort(key=lambda pair: len(pair[0]), reverse=True)
        first: dict[str, Entry] = {}
        for word, entry in pairs:
            first.setdefault(word, entry)
        self._entries = list(first.items())
        self._words = AhoCorasick([w for w, _ in self._entries], matchkind=MatchKind.LeftmostLongest)
        self._pseudo = [(p, e) for e in listed for p in e.get("pseudo", ())]
        self._voids = AhoCorasick([p for p, _ in self._pseudo] or ["\0"])
        self._every = AhoCorasick([w for w, _ in self._entries])

    def find(self, text: str) -> list[Hit]:
        """List the hits in order; words that only look like ours are left out."""
        voids: list[tuple[int, int, Entry]] = []
        if self._pseudo:
            voids = [
                (s, e, self._pseudo[i][1]) for i, s, e in self._voids.find_matches_as_indexes(text, True)
            ]
        hits, is_clear = [], True
        for index, start, end in self._words.find_matches_as_indexes(text):
            word, entry = self._entries[index]
            if any(_is_void(start, end, void, entry) for void in voids):
                is_clear = False
            else:
                hits.append(Hit(start, end, word, entry))
        return hits if is_clear else self._freed(text, voids)

    def _freed(self, text: str, voids: list[tuple[int, int, Entry]]) -> list[Hit]:
        """List the hits where a void one no longer covers others: 举|行动|土典礼 gives 动土典礼."""
        found = []
        for index, start, end in self._every.find_matches_as_indexes(text, True):
            word, entry = self._entries[index]
            if not any(_is_void(start, end, void, entry) for void in voids):
                found.append(Hit(start, end, word, entry))
        hits: list[Hit] = []
        for hit in sorted(found, key=lambda h: (h.start, -h.end)):
            if not hits or hit.start >= hits[-1].end:
                hits.append(hit)
        return hits


def _is_void(start: int, end: int, void: tuple[int, int, Entry], entry: Entry) -> bool:
    low, high, owner = void
    is_apart = high <= start or end <= low
    is_inside_word = start <= low and high <= end and (low, high) != (start, end)
    return owner is entry and not is_apart and not is_inside_word
