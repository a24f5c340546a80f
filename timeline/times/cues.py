"""Where a time word can begin: its first character and what must follow it, so that the rules are tried at few places only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeline.times.tokens import CN, CN_NUMERAL
from timeline.times.words import entries, holidays

NUMERALS = "".join(sorted(set(CN_NUMERAL) | set("卅")))

# Kinds of the lexicon whose words begin an expression by themselves.
_STARTERS = (
    "day", "year", "month", "lunar_month", "lunar_mark", "solar_mark", "weekend", "year_part", "vacation", "daypart",
    "recent", "recent_years", "from_now", "now", "until_now", "same_event", "era", "epoch", "no_time",
)  # fmt: skip
_PERIODS = "年月日号点时周天刻载秒旬季世星礼小分交工钟昼夜晚"
_COUNTABLE = f"[{NUMERALS}\\d]"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def find_words() -> set[str]:
    """Give the words that a time can begin with, and whatever else can be written out: 上周, 首个月, “国庆”."""
    words = {w for kind in _STARTERS for w in entries(kind) if len(w) > 1} | set(holidays())
    words |= {word + "期间" for word in entries("occasion")}
    return words.union(_quoted(), _weeks(), _signs())


def find_patterns() -> tuple[str, ...]:
    """Give the regexes of one character each that a time can begin with where no word does: they look at what follows.

    Each opens with the class of its characters, to which a search can skip.
    """
    return (*_numbers(), _counted(), _parts(), _clocks())


def _numbers() -> Iterator[str]:
    """Digits and numerals, where a unit, a range sign or a separator of dates follows."""
    yield (
        rf"[0-9](?=(?<![\d.]\d)(?:\d{{0,3}}(?:,\d{{3}})*(?:\.\d)?万?[ \u3000\xa0]{{0,2}}[{_PERIODS}个多余来几半~—―至到:、和及与]"
        r"|\d?[./·\-]\d{1,2}(?![\d%％亿万元倍])|(?<=[12])\d{3}(?:(?!\d)|\d{4}|[ ]?[-/.·Qq])"
        r"|\d?[ ]?(?:st|nd|rd|th)?[ ]?[-A-Zto]|\d?(?<=月\d\d)|(?<=月\d)|(?<=月[ ]\d)\d?|(?<=月份\d)\d?))"
    )
    yield (
        rf"[{NUMERALS}](?=[{NUMERALS}O]{{0,7}}[ \u3000\xa0]{{0,2}}(?:[{_PERIODS}]|[多来余](?=[个{_PERIODS}半{NUMERALS}])|个(?:半|多|来)?[{_PERIODS}]"
        rf"|[~—―至到\-、和及](?={_COUNTABLE}))|(?<=月[{NUMERALS}])|(?<=月[ ][{NUMERALS}])|(?<=历廿)|(?<=十)[一二三四五六七八九]?五[期时末以])"
    )


def _quoted() -> Iterator[str]:
    """“十四五”, “国庆”."""
    yield from (f"{quote}十{digit}五" for quote in "“\"'‘「" for digit in ("", *CN))
    for word in (w for w, e in holidays().items() if e.get("holiday")):
        yield from (quote + word + closing for quote in '“"‘「' for closing in '”"’」')


def _weeks() -> Iterator[str]:
    """上周, 这个季度, 周三, 星期 4."""
    periods = (*entries("week"), "季度", *entries("weekend"), "世纪", "个世纪")
    yield from (word + period for word in entries("week_offset") for period in periods)
    for word in entries("week"):
        yield from (word + gap + day for gap in ("", " ") for day in "一二三四五六日天1234567周星礼")


def _signs() -> Iterator[str]:
    """Characters with what makes a time of them."""
    pairs = (
        ("首", "季月周天日星礼"),
        ("首个", "季月周天日星礼"),
        ("最", "后"),
        ("今", "(明年"),
        ("昨", "今("),
        ("明", "后("),
        ("去", "今("),
        ("前", "("),
        ("公", "元"),
        *((f"数{scale}", "年月日天周个小余多") for scale in ("", *"十百千")),
        ("大", "年半"),
        *((word, "春夏秋冬") for word in ("今", "去", "明", "这个")),
        *((word, "季天") for word in "春夏秋冬"),
        *((word, "旬") for first in "上中下" for word in (first, *(first + more for more in "上中下"))),
        *((word, ("半月", " 午")) for word in "上中下"),
        ("月", "初中底末"),
    )
    yield from (word + after for word, entry in entries("day_alone").items() for after in entry.get("before"))
    yield from ("每", *_MONTHS, *(sign + number for sign in "Qq" for number in "1234"))
    yield from (word + after for word, some in pairs for after in some)


def _counted() -> str:
    """Words that begin a time only before a number: 近, 过去, 第."""
    kinds = ("span_before", "span_after", "span_first", "span_next", "pass", "span_last")
    words = {word for kind in kinds for word in entries(kind)}
    return (
        rf"[第闰初前头{_firsts(words)}](?=(?:{_rests(words)})的?[ ]?{_COUNTABLE}"
        rf"|(?<=[闰初前头]){_COUNTABLE}|(?<=第){_COUNTABLE}{{1,4}}个?[{_PERIODS}五])"
    )


def _parts() -> str:
    """Words that go on a time: 底 after 年, 初 after 月, 晚 after 日."""
    kinds = ("after_year", "month_part", "decade_part", "season", "daypart")
    words = {word for kind in kinds for word in entries(kind) if len(word) == 1 or kind != "daypart"}
    return rf"[{_firsts(words)}](?<=[年度月份旬代纪日号天)今去明春节夕诞五六一二三四七八九十].)(?={_rests(words)})"


def _clocks() -> str:
    """晚 and AM before an hour."""
    dayparts = "".join(word for word in entries("daypart") if len(word) == 1)
    hour = r"[ ]?[\d一二三四五六七八九十两]|[ ][上午]"
    return rf"[AaPp{dayparts}](?=(?<=[{dayparts}])(?:{hour})|(?<=[AaPp])[Mm][ ]?\d)"


def _firsts(words: Iterable[str]) -> str:
    return "".join(sorted({word[0] for word in words}))


def _rests(words: Iterable[str]) -> str:
    """Write what follows the first character of each word, behind that."""
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(word[1:])
    return "|".join(f"(?<={first})(?:{'|'.join(sorted(rests))})" for first, rests in sorted(found.items()))
