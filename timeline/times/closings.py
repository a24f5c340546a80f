"""What stands around a phrase and belongs to it: 前, 以来, 左右, 期间 behind it, 间 behind a range, 从 or 自 before one."""

from __future__ import annotations

import re

from timeline.times.phrases import Phrase
from timeline.times.tokens import CN_NUMERAL, END_KEYS, HOLIDAY, number
from timeline.times.words import entries, words_of

_COUNTED = rf"(?![{CN_NUMERAL}\d]+个?[季月天周年])"
_SUFFIX = re.compile(
    rf"""[ ]?(?:
        (?P<shift>[前后](?:[一两二三四五六七八九十]|\d{{1,2}})天)
      | (?P<about>{words_of("about")})
      | (?P<eve>{words_of("eve")})
      | (?P<during>{words_of("during")})
      | (?P<since>起至今(?![年日天晚晨早])|以来|至今(?![年日天晚晨早])|起(?![点步草飞诉义源伏码初到])|开始(?!至|到)|(?<=年)来(?![{"华京沪自源宾访到之"}]))
      | (?P<before>(?:之|以)前|前(?![往来去期言瞻沿景途方者线台夜])){_COUNTED}
      | (?P<after>(?:之|以|过)后|后(?![{"台勤续来者方期代果备盾卫"}])){_COUNTED}
      | (?P<within>之内|以内|内(?![{"地蒙外部陆"}]))
      | (?P<same>同期)
      | (?P<mark>止|为止)
    )""",
    re.VERBOSE,
)
# Few phrases have such a word behind them: one look at the next character spares the rest the search.
_BEGINS = frozenset(" 前后之以过内起至开来止为同") | {
    word[0] for kind in ("about", "eve", "during") for word in entries(kind)
}
_UNBOUNDED = frozenset({"recent", "now", "duration", "every"})
_HAS_WITHIN = frozenset({"year", "month", "aside", "day", "quarter", "week"})
_HAS_SAME = frozenset({"year", "month", "quarter", "year_part"})
_BETWEEN = re.compile(r"之?间(?![接隔谍断距歇])")
_FROM = re.compile(rf"(?:{words_of('from_mark')})[ ]?$")


def close(text: str, phrase: Phrase) -> Phrase:
    """Take the word that bounds the phrase: 前, 以来, 左右, 期间."""
    end = phrase.end
    if text[end : end + 1] not in _BEGINS or phrase.first in _UNBOUNDED or "direction" in phrase.frame:
        return phrase
    match = _SUFFIX.match(text, end)
    if match is None:
        return phrase
    name = match.lastgroup or ""
    if name == "shift":
        return _shifted(phrase, match)
    if name == "same":
        return phrase._replace(end=match.end()) if phrase.last in _HAS_SAME else phrase
    if (
        (name == "since" and match["since"] == "来" and phrase.last != "year")
        or (name == "within" and phrase.last not in _HAS_WITHIN)
        or (name == "about" and match["about"] in ("许", "上下") and "hour" not in phrase.frame)
    ):
        return phrase
    return phrase._replace(end=match.end(), suffix=name)


def _shifted(phrase: Phrase, match: re.Match[str]) -> Phrase:
    """春节前两天 is so many days from the day named."""
    if phrase.level < HOLIDAY or phrase.has("end_day", "hour"):
        return phrase
    said = match["shift"]
    count = number(said[1:-1]) * (-1 if said[0] == "前" else 1)
    return phrase._replace(end=match.end(), frame={**phrase.frame, "shift": count})


def with_between(text: str, phrase: Phrase) -> Phrase:
    """Take in 间 behind a range."""
    if phrase.suffix or phrase.first == "every" or text[phrase.end : phrase.end + 1] not in ("间", "之"):
        return phrase
    if END_KEYS.isdisjoint(phrase.frame):
        return phrase
    match = _BETWEEN.match(text, phrase.end)
    return phrase if match is None else phrase._replace(end=match.end())


def with_opening(text: str, phrase: Phrase) -> Phrase:
    """Take in 从 or 自 where the expression is a range or runs on from its date."""
    if phrase.suffix == "since" or not END_KEYS.isdisjoint(phrase.frame):
        opening = _FROM.search(text, max(0, phrase.start - 3), phrase.start)
        if opening is not None:
            return phrase._replace(start=opening.start())
    return phrase
