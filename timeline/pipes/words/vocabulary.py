"""Finding lexicon words in a text: entries in, hits out (leftmost, longest); an entry's own pseudo words void a hit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from timeline.lexicon import Entry

Span = tuple[int, int]
_Place = tuple[int, int, int]  # the number of a word, and where it starts and ends
_END = itemgetter(2)


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
        sizes: dict[str, dict[int, None]] = {}  # of the words by their first character, the longest first
        for word, entry in pairs:
            first.setdefault(word, entry)
            sizes.setdefault(word[0], {})[len(word)] = None
        self._entries = list(first.items())
        self._numbers = {word: number for number, word in enumerate(first)}
        self._sizes = {character: tuple(some) for character, some in sizes.items()}
        self._words = AhoCorasick(list(first), matchkind=MatchKind.LeftmostLongest)
        voided: dict[str, set[int]] = {}  # by a pseudo word, the entries whose hits it voids
        for entry in listed:
            for word in entry.get("pseudo", ()):
                voided.setdefault(word, set()).add(id(entry))
        self._voided = list(voided.values())
        self._pseudo = AhoCorasick(list(voided)) if voided else None
        self._longest = max(map(len, voided), default=0)
        self._characters = frozenset("".join((*first, *voided)))
        self._reach = max(map(len, (*first, *voided)), default=0)

    def find(self, text: str) -> list[Hit]:
        """List the hits in order; words that only look like ours are left out."""
        entries = self._entries
        return [Hit(start, end, *entries[number]) for number, start, end in self._places(text)]

    def find_spans(self, text: str) -> list[Span]:
        """List where the same hits stand, for those who ask no more."""
        return [(start, end) for _, start, end in self._places(text)]

    def find_spans_in(self, text: str, stretches: Iterable[Span]) -> list[Span]:
        """List where the hits stand that end in some stretches of a text, given in order; the rest of it is hardly read."""
        out: list[Span] = []
        for low, high in self._joined(text, stretches):
            part = text[low : high + self._reach]
            out += [(low + at, low + end) for _, at, end in self._places(part) if low + end <= high]
        return out

    def _joined(self, text: str, stretches: Iterable[Span]) -> Iterator[Span]:
        """Let stretches begin where no word reaches across; those that meet so become one."""
        first, last = 0, 0
        for low, high in stretches:
            while low > last and text[low - 1] in self._characters:
                low -= 1
            if low > last:
                if first < last:
                    yield first, last
                first = low
            last = max(last, high)
        if first < last:
            yield first, last

    def _places(self, text: str) -> Sequence[_Place]:
        found = self._words.find_matches_as_indexes(text)
        voids = self._pseudo.find_matches_as_indexes(text, True) if found and self._pseudo else None
        return self._freed(text, found, voids) if voids else found

    def _freed(self, text: str, found: Sequence[_Place], voids: Sequence[_Place]) -> list[_Place]:
        """Leave out what is void, and find what it covered: 举|行动|土典礼 gives 动土典礼."""
        touched = {at for _, low, high in voids for at in range(low, high)}
        places: list[_Place] = []
        done = 0  # up to here nothing is left to be found
        for place in found:
            _, start, end = place
            if start >= done and start not in touched and end - 1 not in touched:
                places.append(place)
                done = end
                continue
            done = max(start, done)
            while done < end:
                freed = self._longest_at(text, done, voids)
                if freed is None:
                    done += 1
                else:
                    places.append(freed)
                    done = freed[2]
        return places

    def _longest_at(self, text: str, at: int, voids: Sequence[_Place]) -> _Place | None:
        """Give the longest word that begins at a place and is not void."""
        for size in self._sizes.get(text[at : at + 1], ()):
            word = text[at : at + size]
            number = self._numbers.get(word)
            if number is not None and not self._is_void((number, at, at + len(word)), voids):
                return number, at, at + len(word)
        return None

    def _is_void(self, place: _Place, voids: Sequence[_Place]) -> bool:
        """Say whether a word stands in a pseudo word of its entry; one inside the word itself voids nothing.

        The pseudo words come in the order of their ends.
        """
        number, start, end = place
        entry = id(self._entries[number][1])
        for pseudo, low, high in islice(voids, bisect_right(voids, start, key=_END), None):
            if high >= end + self._longest:
                return False
            is_inner = start <= low and high <= end and (low, high) != (start, end)
            if low < end and not is_inner and entry in self._voided[pseudo]:
                return True
        return False
