"""What stands before a firm's name inside a marked stretch: a text and a stretch of it in, where the name itself begins out."""

from __future__ import annotations

from functools import cache

from timeline import lexicon
from timeline.pipes.words.vocabulary import Vocabulary
from timeline.pipes.words.wording import anywhere, at_end, words_of

_FILE = "organizations"
_LATIN = 3  # characters of a Latin name: GE集团
_BRAND = 4  # characters of a Chinese one: 青禾光电
_SHORTEST = 4  # characters of a name behind a label, where nothing ends it


def after_maker(text: str, start: int, end: int) -> int:
    """Skip what says what a firm makes: 德国阀门制造商|Arcadia集团, LED封装厂|青禾光电.

    >>> text = "LED封装厂青禾光电"
    >>> text[after_maker(text, 0, len(text)):]
    '青禾光电'
    """
    for kind in anywhere(_FILE, "descriptor", "maker").finditer(text, start, end):
        name = text[kind.end() : end]
        is_latin = len(name) >= _LATIN and name[0].isascii()
        is_maker = kind.group() in words_of(_FILE, "maker")
        if is_latin or (is_maker and len(name) >= _BRAND and _is_firm(name)):
            start = kind.end()
    return start


def after_owner(text: str, start: int, end: int) -> int:
    """Skip whose a firm is: 江城城建集团下属|江城水务公司, 蓝鹊航空母公司|蓝鹊控股.

    >>> text = "江城城建集团下属江城水务公司"
    >>> text[after_owner(text, 0, len(text)):]
    '江城水务公司'
    """
    for owned in anywhere(_FILE, "owned").finditer(text, start, end):
        name = text[owned.end() : end]
        if _is_firm(text[start : owned.start()]) and len(name) >= _BRAND and _is_firm(name):
            start = owned.end()
    return start


def after_side(text: str, start: int, end: int) -> int:
    """Skip what says which side of a deal a body is: 甲方|青禾集团, 中标方|北辰电池.

    >>> text = "中方江城商务局"
    >>> text[after_side(text, 0, len(text)):]
    '江城商务局'
    """
    label = next(iter(_sides().find(text[start:end])), None)
    if label is None or label.start > 0:
        return start
    name = text[start + label.end : end]
    return start + label.end if len(name) >= _SHORTEST or _is_firm(name) else start


def is_brand(name: str) -> bool:
    """Say whether a name is a firm's by its last word alone: 青禾光电, and not 人工智能."""
    end = at_end(_FILE, "short").search(name)
    return end is not None and end.start() > 1 and anywhere(_FILE, "field", "scope").match(name) is None


@cache
def _sides() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load(_FILE) if e.kind == "side")


def _is_firm(name: str) -> bool:
    return bool(at_end(_FILE, "suffix", "name", "short").search(name))
