"""Finding lexicon words in a text: entries in, hits out (leftmost, longest); an entry's own pseudo words void a hit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from timeline.lexicon import Entry


class Hit(NamedTuple):
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
        found = self._words.find_matches_as_indexes(text)
        voids: dict[int, list[tuple[int, int]]] = {}  # by the entry whose hits they void
        if self._pseudo and found:
            for index, start, end in self._voids.find_matches_as_indexes(text, True):
                voids.setdefault(id(self._pseudo[index][1]), []).append((start, end))
        hits = []
        for index, start, end in found:
            word, entry = self._entries[index]
            if voids and _is_void(start, end, voids.get(id(entry), ())):
                return self._freed(text, voids)
            hits.append(Hit(start, end, word, entry))
        return hits

    def _freed(self, text: str, voids: Mapping[int, Sequence[tuple[int, int]]]) -> list[Hit]:
        """List the hits where a void one no longer covers others: 举|行动|土典礼 gives 动土典礼."""
        found = []
        for index, start, end in self._every.find_matches_as_indexes(text, True):
            word, entry = self._entries[index]
            if not _is_void(start, end, voids.get(id(entry), ())):
                found.append(Hit(start, end, word, entry))
        hits: list[Hit] = []
        for hit in sorted(found, key=lambda h: (h.start, -h.end)):
            if not hits or hit.start >= hits[-1].end:
                hits.append(hit)
        return hits


def _is_void(start: int, end: int, voids: Iterable[tuple[int, int]]) -> bool:
    """Say whether a hit stands in a pseudo word of its entry; one inside the hit's own word voids nothing."""
    for low, high in voids:
        if low < end and start < high:
            is_inner = start <= low and high <= end and (low, high) != (start, end)
            if not is_inner:
                return True
    return False
