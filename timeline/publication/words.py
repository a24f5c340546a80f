"""The words of lexicon/publication.yaml: a kind in, its entries, one alternation or one list of its words out, cached."""

from __future__ import annotations

import re
from functools import cache

from timeline.lexicon import Entry, load
from timeline.wordlists import WordList


@cache
def entries(kind: str) -> tuple[Entry, ...]:
    """Give the entries of one kind."""
    return tuple(e for e in load("publication") if e.kind == kind)


@cache
def alternation(kind: str, **wanted: str | int) -> str:
    """Join the words of a kind (and of given attributes) for a regular expression, longest first."""
    chosen = [e for e in entries(kind) if all(e.get(k) == v for k, v in wanted.items())]
    words = sorted({w for e in chosen for w in e.words}, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w) for w in words)


@cache
def word_list(kind: str) -> WordList:
    """Give the words of a kind as a list to search with."""
    return WordList(w for e in entries(kind) for w in e.words)


@cache
def field_names(kind: str) -> WordList:
    """Give the words of a kind as names of fields are written: site_name, SITE_NAME, Site_name, siteName, SiteName.

    >>> field_names("outlet_key").search('"siteName": ').group()
    'siteName'
    """
    words = [w for e in entries(kind) for w in e.words]
    camel = ["".join(part.capitalize() for part in w.split("_")) for w in words]
    lower = [w[0].lower() + w[1:] for w in camel]
    return WordList({*words, *(w.upper() for w in words), *(w.capitalize() for w in words), *camel, *lower})


@cache
def by_word(kind: str) -> dict[str, Entry]:
    """Give the entry of each word of a kind."""
    return {w.lower(): e for e in entries(kind) for w in e.words}
