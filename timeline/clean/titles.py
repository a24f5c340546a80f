"""A line that holds a title in; the span of the bare title out: without field name, quotes, tags, marks of a heading."""

from __future__ import annotations

import re
from functools import cache

from timeline.lexicon import load
from timeline.records import Span

_TAGS = re.compile(r"(?:<[^<>]{1,300}>|\s)+")
_HEADING = re.compile(r"(?:#{1,6}|>|[*_]{2}|[-•·■●◆★▲])\s*")
_NUMBER = re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))\s?")  # 1.东港开工
_FIELD = re.compile(r"""[{\[(,\s]{0,20}["']?[A-Za-z_]\w{0,20}["']?\s?(?:=>|:|=)\s?""")  # { "title": …
_QUOTES = {"'": "'", '"': '"', "`": "`"}
_CLOSE = re.compile(r"(?:[\s,;)}\]]|<[^<>]{1,300}>|[*_]{2})+$")


def bare_title(text: str, start: int, end: int) -> Span:
    """Give the span of the bare title in text[start:end]; where nothing is left, the whole.

    >>> bare_title("title: '甲乙签约',", 0, 14)
    Span(start=8, end=12)
    """
    low, high = start, end
    is_field = False
    for pattern in (_TAGS, _HEADING, _FIELD, _label(), _NUMBER):
        match = pattern.match(text, low, high)
        if match:
            low = match.end()
            is_field = is_field or pattern is _FIELD
    close = _CLOSE.search(text[low:high])
    high = low + close.start() if close else high
    quote = _QUOTES.get(text[low : low + 1])
    if quote and text[low + 1 : high].endswith(quote):
        low, high = low + 1, high - 1
    elif quote and is_field:
        low += 1
    while low < high and text[high - 1].isspace():
        high -= 1
    return Span(low, high) if low < high else Span(start, end)


@cache
def _label() -> re.Pattern[str]:
    words = (re.escape(w) for e in load("segments") if e.kind == "heading" for w in e.words)
    return re.compile(rf"[【\[]?(?:{'|'.join(words)})[】\]]?\s?[:：]\s?")
