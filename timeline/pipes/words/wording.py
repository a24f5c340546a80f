"""The words of the lexicons as lists to search with: a file and kinds in, one cached list out, longest words first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from timeline import lexicon
from timeline.wordlists import WordEndings, WordList


class Words(tuple[str, ...]):
    """Words in order, of which one asks all the time whether they hold one."""

    _known: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        made = cls(words)
        made._known = frozenset(made)
        return made

    def __contains__(self, word: object) -> bool:
        return word in self._known


@cache
def words_of(file: str, *kinds: str) -> Words:
    """Give the words of these kinds of entries, longest first."""
    words = {w for e in lexicon.load(file) if e.kind in kinds for w in e.words}
    return Words.of(sorted(words, key=lambda w: (-len(w), w)))


@cache
def anywhere(file: str, *kinds: str) -> WordList:
    """Find the words where they stand; use .match(text, at) for "begins here"."""
    return WordList(words_of(file, *kinds))


@cache
def at_end(file: str, *kinds: str) -> WordEndings:
    """Find the words at the end of a text, or of text[:limit] when searched with a limit."""
    return WordEndings(words_of(file, *kinds))
