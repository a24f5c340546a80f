"""What year and month the entries of a chronicle are of: a page's text in, stretches with what their days count from out.

大事记（2021年）, or a line 2021年 and below it lines of months (3月) and of days (8日，学校召开…): a day below a month's line is of
that month, whenever the page was put up. Pages of other kinds have no such stretches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from timeline.edtf import Edtf
from timeline.numerals import read_number
from timeline.pipes.words.wording import anywhere

_HEAD = 8  # lines in which a page says that it is a chronicle
_LONGEST = 40  # characters of such a line
# A blank between two characters: 大 事 记
_APART = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|年度|[）)]|大|$)")
# A line that names a year, a month or both alone: 2014年 | 【3月】 | 2014年3月 | 十一月
_ALONE = re.compile(
    r"""[\s【\[●■◆▲*\#（(]* (?:(?P<year>(?:19|20)\d{2}) \s? 年 (?:度)?)? \s?
    (?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) \s? 月 (?:份)?)? [】\]）):：\s]*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Era:
    """From text[start:] on, a date that states less is of this year or month; `line` is where the line begins that says so."""

    line: int
    start: int
    date: Edtf


def find_eras(text: str) -> list[Era]:
    """List the stretches of a chronicle in order; none where the page is no chronicle or tells no year.

    >>> [(e.start, str(e.date)) for e in find_eras("校史大事记（2014年）\\n3月\\n8日 学校揭牌。")]
    [(13, '2014'), (16, '2014-03')]
    """
    lines = list(_lines(text))
    head = next((line for line in lines[:_HEAD] if _is_chronicle(line[2])), None)
    if head is None:
        return []
    found = _YEAR.search(head[2])
    year = int(found.group()) if found else None
    eras = [Era(head[0], head[1], Edtf.of_parts(year))] if year is not None else []
    for low, high, line in lines:
        alone = _ALONE.fullmatch(line) if low > head[0] else None
        if alone is None or not (alone["year"] or alone["month"]):
            continue
        year = int(alone["year"]) if alone["year"] else year
        month = read_number(alone["month"]) if alone["month"] else None
        if year is not None:
            eras.append(Era(low, high, Edtf.of_parts(year, month)))
    return eras


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at, at + len(line), line.strip()
        at += len(line)


def _is_chronicle(line: str) -> bool:
    line = _APART.sub("", line)
    return len(line) <= _LONGEST and bool(anywhere("layout", "chronicle").search(line))
