"""From folded text to tokens: a cheap regex finds where a time word can begin, the grammar's rules are tried only there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from timeline.times import absolute, english, hours, lengths, relative
from timeline.times.cues import NUMERALS, cue_pattern
from timeline.times.tokens import Rule, Token
from timeline.times.words import words_of

# The order is the grammar's precedence: what comes first wins where two rules begin at one place. Behind each rule
# stands what it can begin with: d a digit, c a Chinese numeral, w any other character.
_ORDER = (
    "dotted_range:d school_year:d iso:d spaced:d american:d compact:d year_span:d year_month:d english:dw plan:cw epoch:w century:dcw "
    "decade:dc year:dcw year_2000:c before_christ:w era:w this_and_next:w two_days:w year_word:w quarter:dcw "
    "year_part:w every:w recent:w from_now:w now:w holiday:cw month_span:dc month_pair:c month:dcw lunar_day:cw "
    "stated_today:w clock:dw day_span:dc month_day:d hours:dc days_ago:dc day:dc bare_day:dc weekday:w "
    "week:w weekend:w day_word:w ordinal:w short_year:dc month_word:w span:dcw event_word:w after_year:w "
    "season_year:w season:w vacation:w month_part:w decade_part:w daypart:cw lunar_mark:w solar_mark:w "
    "festival_alone:cw bare_year:d "
)
_DIGITS = frozenset("0123456789")
_RUN = re.compile(r"[0-9]+[ \u3000\xa0]{0,2}(?P<after>[^0-9]?)")
# Which rules can begin with digits, by the character behind these.
_DIGIT_RULES = {
    "年": "school_year year short_year span decade quarter",
    "月": "month bare_day span",
    "日": "day days_ago span",
    ":": "clock bare_day bare_year",
    "sign": "dotted_range school_year iso compact american year_span year_month month_span day_span month_day hours span bare_day bare_year english quarter",
    "list": "month_span day_span hours bare_day bare_year year_span",
    "count": "span hours quarter century decade bare_day bare_year",
    "other": "dotted_range school_year quarter iso spaced compact english bare_day bare_year span hours",
}
_AFTER_DIGITS = (
    {"年": "年", "月": "月", "日": "日", "号": "日", ":": ":"}
    | dict.fromkeys("-/.·~—―至到", "sign")
    | dict.fromkeys("、和及与", "list")
    | dict.fromkeys("点时周天刻载秒季世星礼小分交工钟昼个多余来几半,万代旬夜晚", "count")
)


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
    return "c" if first in NUMERALS else "w"


@cache
def _grammar() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]], dict[str, Rule]]:
    rules = {
        rule.name: rule
        for rule in (*absolute.RULES, *hours.RULES, *relative.RULES, *lengths.RULES, *english.RULES)
    }
    order = [item.split(":") for item in _ORDER.split()]
    if sorted(rules) != sorted(name for name, _ in order):
        raise AssertionError(f"grammar and order differ: {set(rules) ^ {name for name, _ in order}}")
    grammars = {kind: _branches(rules, [name for name, starts in order if kind in starts]) for kind in "cw"}
    for shape, names in _DIGIT_RULES.items():
        grammars[shape] = _branches(
            rules, [name for name, _ in order if name in names.split()], with_friends=False
        )
    return re.compile(cue_pattern()), grammars, {f"r_{name}": rules[name] for name in rules}


def _branches(rules: dict[str, Rule], names: Iterable[str], *, with_friends: bool = True) -> re.Pattern[str]:
    """Join rules to one regex, after the false friends, of which none begins with a digit."""
    branches = [f"(?P<no_time>{words_of('no_time')})"] if with_friends else []
    branches += [f"(?P<r_{name}>{rules[name].pattern})" for name in names]
    return re.compile("|".join(branches))
