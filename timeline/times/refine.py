"""From a text to its time expressions: phrases closed to ranges, what stays weak left out."""

from __future__ import annotations

import re

from timeline.records import TimeExpression
from timeline.times.closings import with_between, with_opening
from timeline.times.joins import join_tokens
from timeline.times.phrases import Draft, Phrase, draft_of, expression_of
from timeline.times.scan import scan
from timeline.times.tokens import END_KEYS, GAP, Frame, number
from timeline.times.words import entries, fold, words_of

# 起至 | 到 | - | ——
_JOINT = re.compile(
    rf"{GAP}(?:起|开始)?[,，]?{GAP}(?:至|到|直至|直到|-{{1,2}}|~{{1,2}}|—{{1,2}}|―{{1,2}}|(?<=[ ])(?:to|through|until)(?=[ ])){GAP}"
)
_JOINT_REACH = 10
_MAY_BEGIN = frozenset({"", "since", "about", "within"})
_WEAK_ENDS = (("bare_year", "bare_year"), ("clock", "clock"))
_HOUR = re.compile(r"\d+[点时]")
_MONTH_DAY = re.compile(r"\d\d-\d\d|\d{1,2}/\d{1,2}")  # 09-01 | 5/1
_LENGTH_CUE = re.compile(rf"{words_of('length_cue')}$")
_BARE_MONTHS = frozenset({"month", "end_month"})
_RECURS = frozenset({"clock", "day", "weekday", "month", "daypart"})
_LISTED = frozenset({"、", "和", "及", "与"})
_COMMAS = frozenset({"，", ","})
_CLAUSE_EDGE = re.compile(r"[\s,，。；;、：:!！?？（）()《》“”\"'【】\[\]—-]")


def find(text: str) -> list[TimeExpression]:
    """Find the time expressions of a text, in order and without overlap, each with what it says of itself.

    >>> [(e.text, dict(e.known)) for e in find("6月9日至11日，论坛在某市举行")]
    [('6月9日至11日', {'month': 6, 'day': 9, 'end_day': 11})]
    """
    return [expression_of(draft) for draft in find_drafts(text)]


def find_drafts(text: str) -> list[Draft]:
    """Find the same without making records of them, for those who resolve them at once."""
    folded = fold(text)
    tokens = scan(folded)
    if not tokens:
        return []
    return [draft_of(text, phrase) for phrase in _settled(folded, join_tokens(folded, tokens))]


def _settled(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Close the ranges, then leave out what stayed weak."""
    out: list[Phrase] = []
    position, count = 0, len(phrases)
    while position < count:
        phrase: Phrase | None = phrases[position]
        assert phrase is not None
        position += 1
        while position < count and phrases[position].start - phrase.end <= _JOINT_REACH:
            joined = _range(text, phrase, phrases[position])
            if joined is None:
                break
            phrase = joined
            position += 1
        phrase = _settle(text, with_between(text, phrase))
        if phrase is not None:
            out.append(with_opening(text, _recurring(text, out[-1], phrase) if out else phrase))
    return out


def _range(text: str, phrase: Phrase, after: Phrase) -> Phrase | None:
    if phrase.suffix not in _MAY_BEGIN or not END_KEYS.isdisjoint(phrase.frame):
        return None
    joint = _JOINT.match(text, phrase.end)
    if joint is None or joint.end() != after.start:
        return None
    if "duration" in (phrase.first, after.first):
        return phrase._replace(end=after.end) if phrase.first == after.first else None
    if phrase.first in ("recent", "plan") or after.first in ("recent", "plan", "every"):
        return None
    both = (phrase.first, after.first)
    if phrase.is_weak and after.is_weak and both not in _WEAK_ENDS:
        is_slashed = both == ("month_day", "month_day") and "/" in text[after.start : after.end]
        if not is_slashed:
            return None
    if after.has("direction") or not END_KEYS.isdisjoint(after.frame):
        return None
    frame: Frame = dict(phrase.frame) | {f"end_{key}": value for key, value in after.frame.items()}
    suffix = after.suffix if after.suffix in ("about", "mark") else ""
    level = max(phrase.level, after.level)
    return Phrase(phrase.start, after.end, phrase.first, after.last, level, frame, False, suffix)


def _settle(text: str, phrase: Phrase) -> Phrase | None:
    """Decide on what is weak: 11年 is a length; a shape that fills its clause is a date; else it is none."""
    if phrase.first == "month" and phrase.frame.keys() <= _BARE_MONTHS:
        return _as_length(text, phrase, "month")
    if phrase.frame.keys() == {"day"}:
        phrase = _as_length(text, phrase, "day")
    if phrase.first == "every" and text[phrase.start : phrase.end] in entries("every"):
        return None
    if not phrase.is_weak:
        return phrase
    if _fills_clause(text, phrase):
        return phrase if _may_stand_alone(text, phrase) else None
    said = text[phrase.start : phrase.end]
    if phrase.first == "short_year":
        count = number(said.rstrip("年度 "))
        return phrase._replace(
            first="duration", frame={"unit": "year", "halves": 2 * count}, is_weak=False, suffix=""
        )
    if phrase.first == phrase.last == "clock" and _HOUR.match(said):
        return phrase
    return None


def _as_length(text: str, phrase: Phrase, unit: str) -> Phrase:
    """拘役3-5月, 工期8月 and 为期三日 are lengths: the word before says so."""
    if _LENGTH_CUE.search(text, max(0, phrase.start - 4), phrase.start) is None:
        return phrase
    frame: Frame = {"unit": unit, "halves": 2 * int(phrase.frame[unit])}
    return phrase._replace(first="duration", frame=frame, is_weak=False, suffix="")


def _may_stand_alone(text: str, phrase: Phrase) -> bool:
    """Say whether a weak shape that fills its clause is a time: 廿一 is, 2018 is not, 09-01 only as the whole text."""
    if phrase.first == "month_day":
        return _is_whole(text, phrase) and _MONTH_DAY.fullmatch(text, phrase.start, phrase.end) is not None
    return phrase.first not in ("bare_year", "lunar_mark", "solar_mark", "now", "daypart")


def _fills_clause(text: str, phrase: Phrase) -> bool:
    before = phrase.start == 0 or _CLAUSE_EDGE.match(text, phrase.start - 1)
    after = phrase.end == len(text) or _CLAUSE_EDGE.match(text, phrase.end)
    return bool(before and after)


def _is_whole(text: str, phrase: Phrase) -> bool:
    return (
        phrase.end - phrase.start + 8 > len(text)
        and not text[: phrase.start].strip(" ,，。")
        and not text[phrase.end :].strip(" ,，。")
    )


def _recurring(text: str, before: Phrase, phrase: Phrase) -> Phrase:
    """每日6时至9时、17时至20时, 每月1日、15日: what is listed after a recurring time recurs too."""
    if before.first != "every" or phrase.first not in _RECURS:
        return phrase
    gap = text[before.end : phrase.start]
    is_listed = gap in _LISTED or (gap in _COMMAS and phrase.first == "clock")
    return phrase._replace(first="every") if is_listed else phrase
