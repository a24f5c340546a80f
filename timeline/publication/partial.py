"""Month and day without a year that say when the text was written or put up: a layout in, yearless candidates out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, takewhile

from timeline.patterns import regex
from timeline.publication.evidence import Candidate
from timeline.publication.layout import Layout
from timeline.publication.words import alternation, by_word
from timeline.records import Span

_MONTH_DAY = r"(?P<month>1[0-2]|0?[1-9])(?:月|-|/)(?P<day>3[01]|[12]\d|0?[1-9])日?"
# 06-10 12:00 | 06月10日 18:33, with nothing of a year before it
_CLOCKED = regex(rf"(?<![\d.\-/年]){_MONTH_DAY}[ ]{{1,2}}(?:[01]?\d|2[0-3])[:：][0-5]\d(?!\d)")
_CLOCK = regex(r"[ ](?:[01]?\d|2[0-3])[:：][0-5]\d")
# 今天（6月9日） | 昨日（6月8日） | 明天(11月28日)
_DEICTIC = regex(
    rf"(?P<word>{alternation('deictic')})[ ]?(?:{alternation('daytime')})?[(（](?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日[)）]",
)
_DAY_IN_BRACKETS = regex("日[)）]")
_LONGEST_BYLINE = 90
_REACH = 24  # characters before 日） in which such a day begins
_MOST_LINES = 40
_MOST = 3


def partial_candidates(layout: Layout) -> list[Candidate]:
    """Find the stamps of bylines that lack their year, and 今天 with its month and day."""
    return [*_of_bylines(layout), *_of_deictics(layout)]


def _of_bylines(layout: Layout) -> Iterator[Candidate]:
    clocks = (layout.line_at(m.start()) for m in _CLOCK.finditer(layout.page.text))
    for line, _ in groupby(takewhile(lambda line: line.number < min(layout.first, _MOST_LINES), clocks)):
        if len(line.text) > _LONGEST_BYLINE or (line.is_outside and line.kind != "navigation"):
            continue
        for m in _CLOCKED.finditer(line.text):
            day = _leap_day(m)
            if day:
                span = Span(line.start + m.start(), line.start + m.end())
                note = "a stamp without its year"
                yield Candidate("stated", "page", None, day.month, day.day, 0.75, m.group(), span, note)


def _of_deictics(layout: Layout) -> Iterator[Candidate]:
    found = 0
    for m in _deictics(layout.page.text):
        day = _leap_day(m)
        if day is None or not layout.is_own(m.start()):
            continue
        day -= timedelta(days=int(by_word("deictic")[m["word"]].get("days")))
        span = Span(m.start(), m.end())
        note = f"{m['word']} with its day"
        yield Candidate("dateline", "original", None, day.month, day.day, 0.8, m.group(), span, note)
        found += 1
        if found >= _MOST:
            return


def _deictics(text: str) -> Iterator[re.Match[str]]:
    free = 0
    for end in _DAY_IN_BRACKETS.finditer(text):
        if m := _DEICTIC.search(text, max(free, end.start() - _REACH), end.end()):
            yield m
        free = end.end()


def _leap_day(m: re.Match[str]) -> date | None:
    try:
        return date(2024, int(m["month"]), int(m["day"]))
    except ValueError:
        return None
