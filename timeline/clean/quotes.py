"""Find straight quotation marks in running text: a text in, edits that open and close them out; marks of a page's source stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.offsets import Edit

_MARK = re.compile('"')
# What running text has beside a pair: a character or a mark of Chinese, not the colon, comma or bracket of a source
_PROSE = re.compile(r"[\u3001-\u3011\u3400-\u9fff\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
# What stands before the value of a field: brief: "… | 'title' => "…
_FIELD = re.compile(r"[A-Za-z_\]'\"]\s{0,2}(?:=>|[:=])\s{0,2}\Z")
_NEAR = 8  # characters in which that stands


def find_quotes(text: str) -> Iterator[Edit]:
    """Give an edit for each straight mark of the lines that quote: the first opens, the second closes, and so on.

    A straight mark does not say which side it stands on, so that 首届"青川论坛"在"学府"会馆举行 could quote 在. A line
    whose marks do not come in pairs, of which one pair stands between no Chinese, or that is a field, is left as it is.

    >>> "".join(e.text for e in find_quotes('首届"青川论坛"举行。'))
    '“”'
    >>> list(find_quotes('"title": "两校签约", "day": 5'))
    []
    """
    at = text.find('"')
    while at >= 0:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        marks = [match.start() for match in _MARK.finditer(text, at, end)]
        pairs = list(zip(marks[::2], marks[1::2], strict=False))
        is_field = bool(_FIELD.search(text[max(0, at - _NEAR) : at]))
        if not is_field and len(marks) % 2 == 0 and all(_quotes(text, *pair) for pair in pairs):
            for opening, closing in pairs:
                yield Edit(opening, opening + 1, "“")
                yield Edit(closing, closing + 1, "”")
        at = text.find('"', end)


def _quotes(text: str, opening: int, closing: int) -> bool:
    """Say whether a pair of marks quotes: words that touch both, Chinese on one side at least."""
    inside = text[opening + 1 : closing]
    before = text[opening - 1 : opening] if opening else ""
    is_prose = bool(_PROSE.match(before) or _PROSE.match(text, closing + 1))
    return is_prose and bool(inside) and inside == inside.strip()
