"""Where a time word can begin: its first character and what must follow it, so that the rules are tried at few places only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from timeline.times.tokens import CN, CN_NUMERAL
from timeline.times.words import any_of, entries, holidays, words_of

NUMERALS = "".join(sorted(set(CN_NUMERAL) | set("卅")))

# Kinds of the lexicon whose words begin an expression by themselves.
_STARTERS = (
    "day", "year", "month", "lunar_month", "lunar_mark", "solar_mark", "weekend", "year_part", "vacation", "daypart",
    "recent", "recent_years", "from_now", "now", "until_now", "same_event", "era", "epoch", "no_time",
)  # fmt: skip
_PERIODS = "年月日号点时周天刻载秒旬季世星礼小分交工钟昼夜晚"
_COUNTABLE = f"[{NUMERALS}\\d]"
Cue = tuple[str, str]  # the first character, and the regex of what has to follow


def find_words() -> set[str]:
    """Give the words that a time can begin with."""
    words = {w for kind in _STARTERS for w in entries(kind) if len(w) > 1} | set(holidays())
    return words | {word + "期间" for word in entries("occasion")}


def find_tails() -> Mapping[str, str]:
    """Give the characters that a time can begin with where no word does, and the regex of what has to follow each."""
    tails: dict[str, list[str]] = {}
    for first, tail in (*_numbers(), *_foreign(), *_counted(), *_signs(), *_parts()):
        tails.setdefault(first, []).append(tail)
    return {first: "|".join(dict.fromkeys(some)) for first, some in tails.items()}


def _numbers() -> Iterator[Cue]:
    """Digits and numerals, where a unit, a range sign or a separator of dates follows."""
    digits = (
        rf"(?<![\d.]\d)(?:\d{{0,3}}(?:,\d{{3}})*(?:\.\d)?万?[ \u3000\xa0]{{0,2}}[{_PERIODS}个多余来几半~—―至到:、和及与]"
        r"|\d?[./·\-]\d{1,2}(?![\d%％亿万元倍])|(?<=[12])\d{3}(?:(?!\d)|\d{4}|[ ]?[-/.·Qq])"
        r"|\d?[ ]?(?:st|nd|rd|th)?[ ]?[-A-Zto]|\d?(?<=月\d\d)|(?<=月\d)|(?<=月[ ]\d)\d?|(?<=月份\d)\d?)"
    )
    for digit in "0123456789":
        yield digit, digits
    counted = (
        rf"[{NUMERALS}O]{{0,7}}[ \u3000\xa0]{{0,2}}(?:[{_PERIODS}]|[多来余](?=[个{_PERIODS}半{NUMERALS}])|个(?:半|多|来)?[{_PERIODS}]"
        rf"|[~—―至到\-、和及](?={_COUNTABLE}))|(?<=月[{NUMERALS}])|(?<=月[ ][{NUMERALS}])"
    )
    for numeral in NUMERALS:
        yield numeral, counted
    yield "十", r"[一二三四五六七八九]?五[期时末以]"


def _foreign() -> Iterator[Cue]:
    for quote in "“\"'‘「":
        yield quote, rf"十[{CN}]?五"
    for quote in '“"‘「':
        yield quote, any_of(w for w, e in holidays().items() if e.get("holiday")) + '[”"’」]'
    for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"):
        yield month[0], month[1:]
    for letter in "AaPp":
        yield letter, r"[Mm][ ]?\d"
    for quarter in "Qq":
        yield quarter, "[1-4]"


def _counted() -> Iterator[Cue]:
    """Words that begin a time only before a unit or a number: 上, 近, 过去."""
    week = any_of(entries("week"))
    for word in entries("week_offset"):
        yield word[0], rf"{re.escape(word[1:])}(?:{week}|季度|{words_of('weekend')}|个?世纪)"
    for word in entries("week"):
        yield word[0], rf"{re.escape(word[1:])}[ ]?[一二三四五六日天1-7周星礼]"
    for kind in ("span_before", "span_after", "span_first", "span_next", "pass", "span_last"):
        for word in entries(kind):
            yield word[0], rf"{re.escape(word[1:])}的?[ ]?{_COUNTABLE}"


def _signs() -> Iterator[Cue]:
    """Characters with what makes a time of them."""
    yield from (
        ("第", rf"{_COUNTABLE}{{1,4}}个?[{_PERIODS}五]"),
        ("首", "个?[季月周天日星礼]"),
        ("每", ""),
        ("最", "后"),
    )
    yield from (
        ("今", r"[(明年]"),
        ("昨", "[今(]"),
        ("明", "[后(]"),
        ("去", "今"),
        ("公", "元"),
        ("数", "[十百千]?[年月日天周个小余多]"),
        ("大", "年|半"),
    )
    yield "廿", "(?<=历廿)"
    for first in "闰初前头":
        yield first, _COUNTABLE
    for word in "今去明":
        yield word, "[春夏秋冬]"
    yield "这", "个[春夏秋冬]"
    for word in "春夏秋冬":
        yield word, "[季天]"
    for word in "上中下":
        yield word, "[上中下]?旬|[ ]午|半月"
    yield "月", "[初中底末]"


def _parts() -> Iterator[Cue]:
    """Words that go on a time: 底 after 年, 初 after 月, 晚 after 日; and 晚 before an hour."""
    before = "年度月份旬代纪日号天)今去明春节夕诞五六一二三四七八九十"
    for kind in ("after_year", "month_part", "decade_part", "season", "daypart"):
        for word in entries(kind):
            if len(word) == 1 or kind != "daypart":
                yield word[0], rf"(?<=[{before}][{re.escape(word[0])}]){re.escape(word[1:])}"
    for word in (w for w in entries("daypart") if len(w) == 1):
        yield word, r"(?=[ ]?[\d一二三四五六七八九十两]|[ ][上午])"
