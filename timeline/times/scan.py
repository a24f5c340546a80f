"""From folded text to tokens: a cheap regex finds where a time word can begin, the grammar's rules are tried only there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from timeline.times import absolute, english, lengths, relative
from timeline.times.tokens import CN, CN_NUMERAL, Rule, Token
from timeline.times.words import any_of, entries, holidays, words_of

# The order is the grammar's precedence: what comes first wins where two rules begin at one place. Behind each rule
# stands what it can begin with: d a digit, c a Chinese numeral, w any other character.
_ORDER = (
    "iso:d spaced:d american:d compact:d year_span:d year_month:d english:dw plan:cw century:dcw "
    "decade:dc year:dcw year_2000:c before_christ:w era:w this_and_next:w year_word:w quarter:dcw "
    "year_part:w every:w recent:w from_now:w now:w holiday:cw month_span:dc month:dcw lunar_day:cw "
    "stated_today:w clock:dw day_span:dc month_day:d hours:dc days_ago:dc day:dc bare_day:dc weekday:w "
    "week:w weekend:w day_word:w ordinal:w short_year:dc month_word:w span:dcw event_word:w after_year:w "
    "season_year:w season:w vacation:w month_part:w decade_part:w daypart:cw lunar_mark:w solar_mark:w "
    "festival_alone:cw bare_year:d "
)
_STARTERS = [
    "day",
    "year",
    "month",
    "lunar_month",
    "lunar_mark",
    "solar_mark",
    "weekend",
    "year_part",
    "vacation",
    "daypart",
    "recent",
    "recent_years",
    "from_now",
    "now",
    "until_now",
    "era",
    "no_time",
]
_PERIODS = "年月日号点时周天刻载秒旬季世星礼小分交工钟昼"
_DIGITS = frozenset("0123456789")
_RUN = re.compile(r"[0-9]+[ \u3000\xa0]{0,2}(?P<after>[^0-9]?)")
# Which rules can begin with digits, by the character behind these.
_DIGIT_RULES = {
    "年": "year short_year span decade quarter",
    "月": "month bare_day span",
    "日": "day days_ago span",
    ":": "clock bare_day bare_year",
    "sign": "iso compact american year_span year_month month_span day_span month_day hours span bare_day bare_year english quarter",
    "list": "month_span day_span hours bare_day bare_year year_span",
    "count": "span hours quarter century decade bare_day bare_year",
    "other": "quarter iso spaced compact english bare_day bare_year span hours",
}
_AFTER_DIGITS = (
    {"年": "年", "月": "月", "日": "日", "号": "日", ":": ":"}
    | dict.fromkeys("-/.·~—―至到", "sign")
    | dict.fromkeys("、和及与", "list")
    | dict.fromkeys("点时周天刻载秒季世星礼小分交工钟昼个多余来几半,万年代旬夜晚", "count")
)
_AFTER_DIGITS["年"] = "年"
# What the branches of the cue begin with most often in news comes first: a speed matter only.
_COMMON = "一12中大0上年日三下月过二5期43全十第6789本五两来六前后春四内百时目七近八年千万最当"
_NUMERALS = "".join(sorted(set(CN_NUMERAL) | set("卅")))


def scan(text: str) -> list[Token]:
    """Give the tokens of a folded text in order; no two overlap."""
    cue, grammars, rules = _grammar()
    found: list[Token] = []
    at = 0
    search = cue.search
    while (hit := search(text, at)) is not None:
        start = hit.start()
        match = grammars[_shape(text, start)].match(text, start)
        if match is None:
            at = start + 1
            continue
        at = match.end()
        name = match.lastgroup
        if name is None or name == "no_time":
            continue
        token = rules[name].build(match)
        if token is None:
            at = start + 1
        else:
            found.append(token)
    return found


def _shape(text: str, start: int) -> str:
    """Name the rules that can begin here: by what follows the digits, else by the first character."""
    first = text[start]
    if first in _DIGITS:
        run = _RUN.match(text, start)
        assert run is not None
        return _AFTER_DIGITS.get(run["after"], "other")
    return "c" if first in _NUMERALS else "w"


@cache
def _grammar() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]], dict[str, Rule]]:
    rules = {rule.name: rule for rule in (*absolute.RULES, *relative.RULES, *lengths.RULES, *english.RULES)}
    order = [item.split(":") for item in _ORDER.split()]
    if sorted(rules) != sorted(name for name, _ in order):
        raise AssertionError(f"grammar and order differ: {set(rules) ^ {name for name, _ in order}}")
    grammars = {kind: _branches(rules, [name for name, starts in order if kind in starts]) for kind in "cw"}
    for shape, names in _DIGIT_RULES.items():
        grammars[shape] = _branches(rules, [name for name, _ in order if name in names.split()])
    return re.compile(_cue()), grammars, {f"r_{name}": rules[name] for name in rules}


def _branches(rules: dict[str, Rule], names: Iterable[str]) -> re.Pattern[str]:
    branches = [f"(?P<no_time>{words_of('no_time')})"]
    branches += [f"(?P<r_{name}>{rules[name].pattern})" for name in names]
    return re.compile("|".join(branches))


def _cue() -> str:
    """Write the regex of places to look at; each branch begins with one plain character, which makes its search fast."""
    tails: dict[str, list[str]] = {}
    for word in _starting_words():
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    for first, tail in _cues():
        tails.setdefault(first, []).append(tail)
    order = sorted(tails, key=lambda c: (_COMMON.find(c) if c in _COMMON else 99, c))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(dict.fromkeys(tails[first]))})" for first in order)


def _starting_words() -> list[str]:
    words = {w for kind in _STARTERS for w in entries(kind) if len(w) > 1} | set(holidays())
    return sorted(words, key=lambda w: (-len(w), w))


def _cues() -> Iterable[tuple[str, str]]:
    digits = (
        rf"(?<![\d.]\d)(?:\d{{0,3}}(?:,\d{{3}})*(?:\.\d)?万?[ \u3000\xa0]{{0,2}}[{_PERIODS}个多余来几半~—―至到:、和及与]"
        rf"|\d?[./·\-]\d{{1,2}}(?![\d%％亿万元倍])|(?<=[12])\d{{3}}(?:(?!\d)|\d{{4}}|[ ]?[-/.·Qq])|\d?[ ]?(?:st|nd|rd|th)?[ ]?[-A-Zto]|\d?(?<=月\d\d)|(?<=月\d)|(?<=月[ ]\d)\d?)"
    )
    for digit in "0123456789":
        yield digit, digits
    counted = rf"[{_NUMERALS}O]{{0,7}}[ \u3000\xa0]{{0,2}}(?:[{_PERIODS}多来余]|个(?:半|多|来)?[{_PERIODS}]|[~—―至到\-、和及](?=[{_NUMERALS}\d]))|(?<=月[{_NUMERALS}])|(?<=月[ ][{_NUMERALS}])"
    for numeral in _NUMERALS:
        yield numeral, counted
    for quote in "“\"'‘「":
        yield quote, rf"十[{CN}]?五"
    for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"):
        yield month[0], month[1:]
    for letter in "AaPp":
        yield letter, r"[Mm][ ]?\d"
    for quarter in "Qq":
        yield quarter, "[1-4]"
    week = any_of(entries("week"))
    for word in entries("week_offset"):
        yield word[0], rf"{re.escape(word[1:])}(?:{week}|季度|{words_of('weekend')}|个?世纪)"
    for word in entries("week"):
        yield word[0], rf"{re.escape(word[1:])}[ ]?[一二三四五六日天1-7周星礼]"
    number = rf"的?[ ]?[{_NUMERALS}\d]"
    for kind in ("span_before", "span_after", "span_first", "span_next", "pass", "span_last"):
        for word in entries(kind):
            yield word[0], re.escape(word[1:]) + number
    yield from (
        ("第", rf"[{_NUMERALS}\d]{{1,4}}个?[{_PERIODS}五]"),
        ("首", "个?[季月周天日]"),
        ("每", ""),
        ("最", "后"),
        ("今", r"[(明年]"),
        ("去", "今"),
    )
    yield from (
        ("公", "元"),
        ("数", "[年月日天周个小]"),
        ("十", r"[一二三四五六七八九]?五[期时末以]"),
        ("闰", rf"[{_NUMERALS}\d]"),
        ("初", rf"[{_NUMERALS}\d]"),
        ("前", rf"[{_NUMERALS}\d]"),
        ("头", rf"[{_NUMERALS}\d]"),
        ("大", "年|半"),
    )
    for kind in ("after_year", "month_part", "decade_part", "season", "daypart"):
        for word in entries(kind):
            if len(word) == 1 or kind != "daypart":
                yield (
                    word[0],
                    rf"(?<=[年度月份旬代纪日号天)今去明春节夕诞五六一二三四七八九十][{re.escape(word[0])}]){re.escape(word[1:])}",
                )
    for word in entries("daypart"):
        yield word[0], r"(?=[ ]?[\d一二三四五六七八九十两]|[ ][上午])"
    for word in "今去明":
        yield word, "[春夏秋冬]"
    for word in "春夏秋冬":
        yield word, "[季天]"
    for word in "上中下":
        yield word, "[上中下]?旬|[ ]午"
    yield "月", "[初中底末]"
    for word in entries("occasion"):
        yield word[0], re.escape(word[1:]) + "期间"
