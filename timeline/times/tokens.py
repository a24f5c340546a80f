"""The shapes time expressions are built from: what a token is, and the fragments of regex its rules share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from timeline.numerals import read_number

Frame = dict[str, int | str]

# Coarse to fine: a token joins the one before it when it is finer.
ERA, YEAR, PART, MONTH, MONTH_PART, WEEK, HOLIDAY, DAY, WEEKDAY, DAYPART, CLOCK = range(11)

CN = "〇零一二三四五六七八九"
CN_NUMERAL = CN + "十百千万两廿俩仨几半"
GAP = r"[ \u3000\u00a0]{0,2}"
MONTH_NUMBER = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九])"
DAY_NUMBER = (
    r"(?:(?:3[01]|[12]\d|0?[1-9])(?!\d)|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?"
    r"|廿[一二三四五六七八九]?|卅一?|[一二三][〇零一二三四五六七八九]|[一二三四五六七八九])"
)
NOT_IN_NUMBER = rf"(?<![\d.{CN_NUMERAL}第])"
RANGE_SIGN = r"(?:-{1,2}|~{1,2}|—{1,2}|―{1,2}|至|到)"

# What a frame may say of the end of a range, part by part.
END_KEYS = frozenset(
    f"end_{key}"
    for key in [
        "year",
        "year_offset",
        "year_back",
        "month",
        "month_offset",
        "month_back",
        "day",
        "day_offset",
        "day_back",
        "strict",
        "weekday",
        "week_offset",
        "quarter",
        "quarter_offset",
        "quarter_part",
        "season",
        "year_part",
        "from_day",
        "to_day",
        "hour",
        "minute",
        "second",
        "part",
        "holiday",
        "holiday_days",
        "lunar",
        "leap",
        "nth",
        "nth_end",
        "nth_unit",
        "nth_weekday",
        "now",
        "shift",
        "century",
        "century_offset",
        "decade",
        "decade_part",
        "last_decade",
        "unit",
        "halves",
        "direction",
        "vague",
        "unit2",
        "count2",
        "plan",
        "recent",
        "recent_years",
        "from_now",
        "quarters_next",
        "every",
    ]
)


class Token(NamedTuple):
    """One piece of a time expression; a weak one counts only beside a strong one."""

    kind: str
    start: int
    end: int
    level: int
    frame: Mapping[str, int | str]
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A named piece of the grammar: its regex, and what a match of it means (None: no time after all)."""

    name: str
    pattern: str
    build: Callable[[re.Match[str]], Token | None]


def number(text: str) -> int:
    """Read a numeral that a regex has already found to be one.

    >>> number("廿八"), number("一七"), number("两")
    (28, 17, 2)
    """
    if text.isascii():
        return int(text)
    if text in _UP_TO_99:
        return _UP_TO_99[text]
    if len(text) == 2 and text[0] in CN and text[1] in CN:
        return CN_DIGITS[text[0]] * 10 + CN_DIGITS[text[1]]
    return read_number(text) or 0


def _up_to_99() -> dict[str, int]:
    """List the numerals that dates are mostly written with: 九, 十, 十一, 二十, 九十九."""
    units = ["", *"一二三四五六七八九"]
    tens = ["", "十", *(f"{digit}十" for digit in units[2:])]
    found = {
        f"{ten}{unit}": 10 * i + j for i, ten in enumerate(tens) for j, unit in enumerate(units) if i or j
    }
    return found | {"一十": 10, "两": 2, "廿": 20, "卅": 30}


_UP_TO_99 = _up_to_99()
CN_DIGITS = dict(zip("〇一二三四五六七八九", range(10), strict=True)) | {"零": 0, "O": 0}


def full_year(short: int) -> int:
    """Give the year a two-digit one means in news, which tells of the 1930s more than of the 2030s: 21 is 2021."""
    return 2000 + short if short <= 30 else 1900 + short


def token(match: re.Match[str], kind: str, level: int, frame: Frame, *, is_weak: bool = False) -> Token:
    """Make the token of a whole match."""
    return Token(kind, match.start(), match.end(), level, frame, is_weak)
