"""From folded text to tokens: every rule of the grammar in one regex, tried where a time word can begin."""

from __future__ import annotations

import re
from functools import cache

from timeline.times import absolute, english, relative
from timeline.times.tokens import CN, Rule, Token
from timeline.times.words import entries, holidays, words_of

# The order is the grammar's precedence: what comes first wins where two rules begin at one place.
_ORDER = (
    "iso spaced american compact year_span year_month english plan century decade year year_2000 era this_and_next "
    "year_word quarter year_part every recent from_now now holiday month_span month lunar_day "
    "stated_today clock day_span month_day hours days_ago day bare_day weekday week weekend ordinal short_year month_word span day_word "
    "after_year season vacation month_part decade_part daypart lunar_mark solar_mark festival_alone bare_year"
).split()
_FIRST = CN + "0123456789十百千两半几廿三仨俩卅公闰初第首最头前后今去\"“'‘「JFMASONDQqAaPp周星礼每晚早下上中"


@cache
def _grammar() -> tuple[re.Pattern[str], dict[str, Rule]]:
    rules = {rule.name: rule for rule in (*absolute.RULES, *relative.RULES, *english.RULES)}
    if sorted(rules) != sorted(_ORDER):
        raise AssertionError(f"grammar and order differ: {set(rules) ^ set(_ORDER)}")
    first = "".join(sorted(set(_FIRST) | _lexicon_firsts()))
    branches = [f"(?P<no_time>{words_of('no_time')})"]
    branches += [f"(?P<r_{name}>{rules[name].pattern})" for name in _ORDER]
    pattern = re.compile(f"(?=[{re.escape(first)}])(?:{'|'.join(branches)})")
    return pattern, {f"r_{name}": rules[name] for name in _ORDER}


def _lexicon_firsts() -> set[str]:
    kinds = (
        "day year month lunar_month lunar_mark solar_mark week_offset week weekend year_part after_year season vacation "
        "month_part decade_part daypart recent recent_years from_now now until_now span_before span_after span_first "
        "span_next pass era no_time"
    ).split()
    words = [w for kind in kinds for w in entries(kind)]
    return {w[0] for w in (*words, *holidays())}


def scan(text: str) -> list[Token]:
    """Give the tokens of a folded text in order; no two overlap."""
    pattern, rules = _grammar()
    found: list[Token] = []
    at = 0
    while (match := pattern.search(text, at)) is not None:
        at = max(match.end(), match.start() + 1)
        name = match.lastgroup
        if name is None or name == "no_time":
            continue
        token = rules[name].build(match)
        if token is None:
            at = match.start() + 1
        else:
            found.append(token)
    return found
