"""From folded text to tokens: a cheap regex finds where a time word can begin, the grammar's rules are tried only there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from timeline.times import absolute, english, hours, lengths, relative
from timeline.times.cues import NUMERALS, cue_pattern
from timeline.times.starts import ORDER, first_characters
from timeline.times.tokens import Rule, Token
from timeline.times.words import any_of, entries

_Meaning = tuple[str, int, Mapping[str, int | str], bool]
_KEPT = 20_000  # meanings kept: a page says 今年 many times, and a rule reads its own words alone
_RUN = re.compile(r"[0-9]+[ \u3000\xa0]{0,2}(?P<after>[^0-9]?)")
# Which rules can begin with digits, by the character behind these.
_DIGIT_RULES = {
    "年": "written school_year year short_year span decade quarter",
    "月": "written month bare_day span",
    "日": "day days_ago span",
    ":": "clock bare_day bare_year",
    "sign": "dotted_range school_year iso compact american european year_span year_month month_span day_span month_day hours span bare_day bare_year english quarter",
    "list": "month_span day_span hours bare_day bare_year year_span quarter",
    "count": "span hours quarter century decade bare_day bare_year",
    "other": "dotted_range school_year quarter iso spaced compact english bare_day bare_year span hours",
}
_AFTER_DIGITS = (
    {"年": "年", "月": "月", "日": "日", "号": "日", ":": ":"}
    | dict.fromkeys("-/.·~—―至到", "sign")
    | dict.fromkeys("、和及与", "list")
    | dict.fromkeys("点时周天刻载秒季世星礼小分交工钟昼个多来余几半,万代旬夜晚", "count")
)


def scan(text: str) -> list[Token]:
    """Give the tokens of a folded text in order; no two overlap."""
    grammar = _grammar()
    found: list[Token] = []
    at = 0
    search, match_at, meaning_of = grammar.cue.search, grammar.match, grammar.meaning
    while (hit := search(text, at)) is not None:
        start = hit.start()
        match = match_at(text, start)
        if match is None:
            at = start + 1
            continue
        name = match.lastgroup
        if name == "no_time":
            at = match.end()
            continue
        meaning = meaning_of(name, match)
        if meaning is None:
            at = start + 1
        else:
            at = match.end()
            found.append(Token(meaning[0], start, at, meaning[1], meaning[2], meaning[3]))
    return found


class _Grammar:
    """The rules, joined to one regex for each way to begin when it is first needed, and what their words were found to mean."""

    def __init__(self, rules: dict[str, Rule]) -> None:
        self.cue = re.compile(cue_pattern())
        self._rules = rules
        self._order = [item.split(":") for item in ORDER.split()]
        self._by_shape: dict[str, re.Pattern[str]] = {}
        self._by_first: dict[str, re.Pattern[str]] = {}
        self._kept: dict[tuple[str, str], _Meaning | None] = {}

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Match the first rule, in the order of the grammar, that can begin at a place."""
        first = text[start]
        pattern = self._by_first.get(first)
        if pattern is None:
            if "0" <= first <= "9":
                run = _RUN.match(text, start)
                shape = _AFTER_DIGITS.get(run["after"], "other") if run is not None else "other"
                pattern = self._by_shape.get(shape) or self._digit_pattern(shape)
            else:
                pattern = self._first_pattern(first)
        return pattern.match(text, start)

    def meaning(self, branch: str | None, match: re.Match[str]) -> _Meaning | None:
        """Give kind, level, frame and weakness of a match; None where it is no time after all."""
        key = (branch or "", match[0])
        try:
            return self._kept[key]
        except KeyError:
            token = self._rules[key[0].removeprefix("r_")].build(match)
        meaning = None if token is None else (token.kind, token.level, token.frame, token.is_weak)
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[key] = meaning
        return meaning

    def _digit_pattern(self, shape: str) -> re.Pattern[str]:
        names = _DIGIT_RULES[shape].split()
        branches = branches_of(self._rules, (name for name, _ in self._order if name in names), ())
        return self._by_shape.setdefault(shape, re.compile(branches))

    def _first_pattern(self, first: str) -> re.Pattern[str]:
        firsts, is_numeral = first_characters(), first in NUMERALS
        names = (
            name
            for name, starts in self._order
            if (is_numeral and "c" in starts) or ("w" in starts and first in firsts[name])
        )
        friends = [word for word in entries("no_time") if word[0] == first]
        branches = branches_of(self._rules, names, friends)
        return self._by_first.setdefault(first, re.compile(branches or r"(?!)"))


@cache
def _grammar() -> _Grammar:
    rules = {
        rule.name: rule
        for rule in (*absolute.RULES, *hours.RULES, *relative.RULES, *lengths.RULES, *english.RULES)
    }
    names = {item.split(":")[0] for item in ORDER.split()}
    if set(rules) != names:
        raise AssertionError(f"grammar and order differ: {set(rules) ^ names}")
    return _Grammar(rules)


def branches_of(rules: dict[str, Rule], names: Iterable[str], friends: Iterable[str]) -> str:
    """Join rules to one regex, behind the false friends: words that are no time."""
    friends = list(friends)
    branches = [f"(?P<no_time>{any_of(friends)})"] if friends else []
    branches += [f"(?P<r_{name}>{rules[name].pattern})" for name in names]
    return "|".join(branches)
