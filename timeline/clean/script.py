"""Turn a traditional text into a simplified one, character for character; a simplified text is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from opencc import OpenCC

from timeline.offsets import Edit

_HAN = re.compile(r"[\u3400-\u9fff]")  # 漢
_LINE = re.compile(r"[^\n]+")  # one line
# a page is traditional when so much of its Han text is; running traditional text has 25 to 40 in 100
_PAGE_SHARE, _PAGE_LEAST = 0.09, 3
_LINE_SHARE, _LINE_LEAST = 0.12, 2


def is_traditional(text: str) -> bool:
    """Say whether a text as a whole is written in traditional characters.

    >>> is_traditional("兩江新區設立研發中心"), is_traditional("《瞭望》周刊记者于右任")
    (True, False)
    """
    return _has_share(text, _PAGE_SHARE, _PAGE_LEAST)


def find_traditional(text: str) -> Iterator[Edit]:
    """Give an edit for each run of characters that simplified Chinese writes otherwise.

    A traditional page is converted whole; of another page only the lines that are traditional by themselves.
    Words decide where characters alone cannot (乾隆 keeps its 乾); every edit keeps its length.
    """
    if not _traditional_count(text):
        return
    if is_traditional(text):
        yield from _differences(text, 0)
        return
    for line in _LINE.finditer(text):
        if _has_share(line[0], _LINE_SHARE, _LINE_LEAST):
            yield from _differences(line[0], line.start())


def simplify(text: str) -> str:
    """Convert a text to simplified characters without changing its length."""
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(simplify_character(c) for c in text)


@cache
def simplify_character(character: str) -> str:
    """Give the simplified form of one character, itself where there is none of the same length."""
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character


def _has_share(text: str, share: float, least: int) -> bool:
    count = _traditional_count(text)
    return count >= least and count >= share * len(_HAN.findall(text))


@lru_cache(maxsize=1)  # a page is asked twice
def _traditional_count(text: str) -> int:
    """Count the characters that no simplified text has: 瞭 or 於 stand in simplified names too, 國 does not."""
    return sum(simplify_character(c) != c for c in _beyond_standard().findall(text))


@cache
def _beyond_standard() -> re.Pattern[str]:
    """Match a Han character that the simplified standard, GB 2312, leaves out: 國, 珺."""
    cells = bytes(range(0xA1, 0xFF))
    rows = (bytes(b for cell in cells for b in (row, cell)) for row in range(0xB0, 0xF8))
    standard = "".join(row.decode("gb2312", errors="ignore") for row in rows)
    return re.compile(rf"[^\u0000-\u33ff\uff01-\uffee{standard}]")


def _differences(text: str, offset: int) -> Iterator[Edit]:
    converted = simplify(text)
    start = None
    for at, (old, new) in enumerate(zip(text + "\0", converted + "\0", strict=True)):
        if old != new and start is None:
            start = at
        elif old == new and start is not None:
            yield Edit(offset + start, offset + at, converted[start:at])
            start = None


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
