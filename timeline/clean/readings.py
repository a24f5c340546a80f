"""What a character can be read as: pinyin with and without tone marks, one syllable per reading (from pypinyin)."""

from __future__ import annotations

import unicodedata
from functools import cache


@cache
def find_readings(character: str) -> frozenset[str]:
    """Give every reading with its tone mark, as a gloss spells it.

    >>> sorted(find_readings("重"))[:2]
    ['chóng', 'tóng']
    """
    from pypinyin.constants import PINYIN_DICT  # a quarter of a second to import, and few pages have glosses

    return frozenset(PINYIN_DICT.get(ord(character), "").split(",")) - {""}


@cache
def find_plain_readings(character: str) -> frozenset[str]:
    """Give every reading without tone marks; ü is also given as v and u, as keyboards spell it.

    >>> sorted(find_plain_readings("女"))
    ['nu', 'nv', 'nü', 'ru']
    """
    plain = {drop_tone(reading) for reading in find_readings(character)}
    return frozenset(plain | {p.replace("ü", v) for p in plain for v in "uv"})


def drop_tone(syllable: str) -> str:
    """Take the tone mark off a syllable and leave the dots of ü and the hat of ê."""
    bare = (
        "".join(m for m in unicodedata.normalize("NFD", c) if m not in _TONE_MARKS)
        for c in unicodedata.normalize("NFC", syllable)
    )
    return unicodedata.normalize("NFC", "".join(bare))


_TONE_MARKS = frozenset("\u0300\u0301\u0304\u030c")
