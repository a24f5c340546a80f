"""How test_lexicon.py asks each room whether an entry fires in a text: file name -> callable(entry, text)."""

from __future__ import annotations

from collections.abc import Callable

from timeline.lexicon import Entry

FINDERS: dict[str, Callable[[Entry, str], bool]] = {}
