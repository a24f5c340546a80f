"""From folded text to tokens: a cheap look at what follows a character finds where a time can begin, and the rules are tried there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from timeline.times import absolute, ages, english, hours, lengths, relative
from timeline.times.cues import NUMERALS, find_patterns, find_words
from timeline.times.starts import ORDER, first_characters
from timeline.times.tokens import Rule, Token
from timeline.times.words import entries
from timeline.wordlists import WordStarts

_Meaning = tuple[str, int, Mapping[str, int | str], bool]
_Match = Callable[[str, int], re.Match[str] | None]
_Matchers = tuple[tuple[str, _Match], ...]
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
# What stands behind the Chinese numeral that a rule begins with; for a rule that is not named here, anything can.
_NUMERAL_RUN = re.compile(rf"[{NUMERALS}O]+[ \u3000\xa0]{{0,4}}(?P<after>.?)")
_RANGE = "-~—―至到、和及与"
_BEHIND_NUMERAL = {
    "century": "世",
    **dict.fromkeys(("decade", "year", "year_2000", "short_year"), "年"),
    **dict.fromkeys(("month", "month_pair"), "月"),
    "day": "日号",
    "days_ago": "日",
    "hours": "点时",
    "quarter": "季" + _RANGE,
    **dict.fromkeys(("month_span", "day_span"), _RANGE),
}
_KNOWN_BEHIND = frozenset("".join(_BEHIND_NUMERAL.values()))
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
    friends, rules_at, meaning_of = grammar.friends, grammar.rules_at, grammar.meaning
    for start in grammar.cues(text):
        if start < at:
            continue
        words = friends.get(text[start])
        if words is not None and text.startswith(words, start):
            at = start + max(len(word) for word in words if text.startswith(word, start))
            continue
        at = start + 1
        for name, match_at in rules_at(text, start):
            match = match_at(text, start)
            if match is not None:
                meaning = meaning_of(name, match)
                if meaning is not None:
                    at = match.end()
                    found.append(Token(meaning[0], start, at, meaning[1], meaning[2], meaning[3]))
                break
    return found


class _Grammar:
    """The rules by what they can begin with, each compiled when it is first needed, and what their words were found to mean."""

    def __init__(self, rules: dict[str, Rule]) -> None:
        self._words = WordStarts(find_words())
        self._patterns = [re.compile(pattern) for pattern in find_patterns()]
        self.friends = _friends()
        self._rules = rules
        self._order = [item.split(":") for item in ORDER.split()]
        self._matchers: dict[str, _Match] = {}
        self._by_shape: dict[str, _Matchers] = {}
        self._by_first: dict[str, _Matchers] = {}
        self._by_numeral: dict[tuple[str, str], _Matchers] = {}
        self._kept: dict[tuple[str, str], _Meaning | None] = {}

    def cues(self, text: str) -> list[int]:
        """Give the places at which a time can begin, in order."""
        found = self._words.find(text)
        for pattern in self._patterns:
            found.update([hit.start() for hit in pattern.finditer(text)])
        return sorted(found)

    def rules_at(self, text: str, start: int) -> _Matchers:
        """Give the rules that can begin at a place, in the order of the grammar."""
        first = text[start]
        found = self._by_first.get(first)
        if found is not None:
            return found
        if "0" <= first <= "9":
            run = _RUN.match(text, start)
            shape = _AFTER_DIGITS.get(run["after"], "other") if run is not None else "other"
            return self._by_shape.get(shape) or self._of_shape(shape)
        if first not in NUMERALS:
            return self._of_first(first)
        run = _NUMERAL_RUN.match(text, start)
        after = run["after"] if run is not None and run["after"] in _KNOWN_BEHIND else ""
        return self._by_numeral.get((first, after)) or self._of_numeral(first, after)

    def meaning(self, name: str, match: re.Match[str]) -> _Meaning | None:
        """Give kind, level, frame and weakness of a match; None where it is no time after all."""
        key = (name, match[0])
        try:
            return self._kept[key]
        except KeyError:
            token = self._rules[name].build(match)
        meaning = None if token is None else (token.kind, token.level, token.frame, token.is_weak)
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[key] = meaning
        return meaning

    def _of_shape(self, shape: str) -> _Matchers:
        names = _DIGIT_RULES[shape].split()
        found = tuple((name, self._matcher(name)) for name, _ in self._order if name in names)
        return self._by_shape.setdefault(shape, found)

    def _of_first(self, first: str) -> _Matchers:
        firsts = first_characters()
        names = [name for name, starts in self._order if "w" in starts and first in firsts[name]]
        return self._by_first.setdefault(first, tuple((name, self._matcher(name)) for name in names))

    def _of_numeral(self, first: str, after: str) -> _Matchers:
        firsts = first_characters()
        names = [
            name
            for name, starts in self._order
            if ("c" in starts or ("w" in starts and first in firsts[name]))
            and (name not in _BEHIND_NUMERAL or (after and after in _BEHIND_NUMERAL[name]))
        ]
        found = tuple((name, self._matcher(name)) for name in names)
        return self._by_numeral.setdefault((first, after), found)

    def _matcher(self, name: str) -> _Match:
        if name not in self._matchers:
            self._matchers[name] = re.compile(self._rules[name].pattern).match
        return self._matchers[name]


@cache
def _grammar() -> _Grammar:
    rules = all_rules()
    names = {item.split(":")[0] for item in ORDER.split()}
    if set(rules) != names:
        raise AssertionError(f"grammar and order differ: {set(rules) ^ names}")
    return _Grammar(rules)


def all_rules() -> dict[str, Rule]:
    """Give every rule of the grammar by its name."""
    rules = (*absolute.RULES, *ages.RULES, *hours.RULES, *relative.RULES, *lengths.RULES, *english.RULES)
    return {rule.name: rule for rule in rules}


def _friends() -> dict[str, tuple[str, ...]]:
    """Give the false friends, words that are no time, by their first character."""
    found: dict[str, list[str]] = {}
    for word in entries("no_time"):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(words) for first, words in found.items()}
