"""Words in groups in, numbers over the characters of a text out: the lexicon as the name tagger sees it.

A model keeps the words it was trained with, so that a new entry of the lexicon changes no shipped weight's meaning.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick, MatchKind

from timeline import lexicon
from timeline.pipes.entities.gazetteer import areas_named, known_names

GROUPS = ("place", "suffix", "title", "name", "surname")
# group -> lexicon file and kinds of entries
_SOURCES = {
    "suffix": ("organizations", ("suffix", "short", "seat")),
    "title": ("people", ("title",)),
    "name": ("organizations", ("name",)),
    "surname": ("people", ("surname",)),
}
_CLASSES = 4093


@dataclass(frozen=True, slots=True)
class WordMarks:
    """Word lists by group, each word with a class, ready to be searched."""

    words: Mapping[str, tuple[tuple[str, int], ...]]
    matchers: Mapping[str, AhoCorasick]

    def number(self, text: str, group: str) -> npt.NDArray[np.int64]:
        """Number each character by its place in the longest word of the group: class * 4 + begin, middle, end, single."""
        words = self.words[group]
        out = np.zeros(len(text) + 1, dtype=np.int64)
        for index, start, end in self.matchers[group].find_matches_as_indexes(text):
            word, kind = words[index]
            out[start:end] = kind * 4 + 2
            out[start], out[end - 1] = kind * 4 + 1, kind * 4 + 3
            if end - start == 1 or word.isascii():
                out[start] = kind * 4 + 4
        return out


def gather_marks() -> WordMarks:
    """Take the word lists from the lexicon and the gazetteer as they are now."""
    words = {"place": {n: 0 if areas_named(n)[0].name == n else 1 for n in known_names()}}
    for group, (file, kinds) in _SOURCES.items():
        entries = [e for e in lexicon.load(file) if e.kind in kinds]
        words[group] = {w: _class(f"{e.kind} {e.get('body')}") for e in reversed(entries) for w in e.words}
    return _build({group: tuple(sorted(table.items())) for group, table in words.items()})


def write_marks(marks: WordMarks) -> bytes:
    """Give the word lists as lines of group, class and word."""
    lines = [f"{group}\t{kind}\t{word}" for group in GROUPS for word, kind in marks.words[group]]
    return "\n".join(lines).encode()


def read_marks(content: bytes) -> WordMarks:
    """Read what write_marks wrote."""
    words: dict[str, list[tuple[str, int]]] = {group: [] for group in GROUPS}
    for line in content.decode().split("\n"):
        group, kind, word = line.split("\t")
        words[group].append((word, int(kind)))
    return _build({group: tuple(table) for group, table in words.items()})


def _build(words: Mapping[str, tuple[tuple[str, int], ...]]) -> WordMarks:
    matchers = {
        group: AhoCorasick([w for w, _ in table], matchkind=MatchKind.LeftmostLongest)
        for group, table in words.items()
    }
    return WordMarks(words, matchers)


def _class(name: str) -> int:
    return zlib.crc32(name.encode()) % _CLASSES
