"""Regular expressions that wait: a pattern as text in, an object with the verbs of `re` out, compiled at its first use.

Most patterns of a room meet no text that they could match, in a process that reads one page above all. Such a pattern says what
each of its matches holds (a 月, a slash): a text without it is not searched, and the pattern is not compiled for it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

Need = str | tuple[str, ...]


def regex(source: str, flags: int = 0, *, needs: tuple[Need, ...] = ()) -> Pattern:
    """Make a pattern; every match of it holds all of `needs`, of a tuple among them at least one.

    >>> day = regex(r"(?P<month>[0-9]{1,2})(?:月|-)[0-9]{1,2}", needs=(("月", "-"),))
    >>> day.search("6月9日")["month"], day.search("论坛开幕")
    ('6', None)
    """
    return Pattern(source, flags, tuple((need,) if isinstance(need, str) else need for need in needs))


class Pattern:
    """A regular expression with what its matches hold; it is compiled when a text with all of that first comes."""

    __slots__ = ("_compiled", "_flags", "_needs", "_source")

    def __init__(self, source: str, flags: int, needs: tuple[tuple[str, ...], ...]) -> None:
        self._source, self._flags, self._needs = source, flags, needs
        self._compiled: re.Pattern[str] | None = None

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first match, as re.Pattern.search does."""
        return self._ready().search(text, start, end) if self.is_possible(text) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match at `start`, as re.Pattern.match does."""
        return self._ready().match(text, start, end) if self.is_possible(text) else None

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match all of text[start:end], as re.Pattern.fullmatch does."""
        return self._ready().fullmatch(text, start, end) if self.is_possible(text) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Find all matches, as re.Pattern.finditer does."""
        return self._ready().finditer(text, start, end) if self.is_possible(text) else iter(())

    def sub(self, replacement: str, text: str) -> str:
        """Replace all matches, as re.Pattern.sub does."""
        return self._ready().sub(replacement, text) if self.is_possible(text) else text

    def is_possible(self, text: str) -> bool:
        """Say whether a text holds what every match holds."""
        for words in self._needs:
            for word in words:
                if word in text:
                    break
            else:
                return False
        return True

    def _ready(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._source, self._flags)
        return self._compiled
