"""The lexicon as the grammar needs it: entries of times.yaml and holidays.yaml in, alternations and look-up tables out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from timeline.lexicon import Entry, load, load_table


@cache
def entries(kind: str) -> Mapping[str, Entry]:
    """Give the words of one kind, each with its entry."""
    return MappingProxyType({w: e for e in load("times") if e.kind == kind for w in e.words})


@cache
def holidays() -> Mapping[str, Entry]:
    """Give the festivals and solar terms, each with its entry."""
    return MappingProxyType({w: e for e in load("holidays") for w in e.words})


@cache
def days_off() -> Mapping[tuple[str, int], tuple[date, date]]:
    """Give the days people were off by decree, by the festival's first word and year; what is not there was not decreed yet."""
    found = {}
    for row in load_table("holidays_off"):
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        found[row["festival"], last.year] = (first, last)
    return MappingProxyType(found)


def any_of(words: Iterable[str]) -> str:
    """Write an alternation that prefers the longest word; a single class where all are one character."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    if all(len(w) == 1 for w in ordered):
        return "[" + "".join(re.escape(w) for w in ordered) + "]"
    return "(?:" + "|".join(re.escape(w) for w in ordered) + ")"


@cache
def words_of(*kinds: str) -> str:
    """Write the alternation of all words of some kinds."""
    return any_of(w for kind in kinds for w in entries(kind))


@cache
def _folding() -> tuple[dict[str, str], re.Pattern[str]]:
    pairs = {row["from"]: row["to"] for row in load_table("times_fold")}
    return pairs, re.compile(f"[{re.escape(''.join(pairs))}]")


def fold(text: str) -> str:
    """Write traditional words of time, full-width digits and signs the plain way, one character for one.

    >>> fold("６月９日後，３個月")
    '6月9日后，3个月'
    """
    pairs, foldable = _folding()
    # replacing the few that occur is several times cheaper than translating the page
    for old in sorted(set(foldable.findall(text))):
        text = text.replace(old, pairs[old])
    return text
