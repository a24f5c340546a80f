"""From tokens to expressions: pieces that belong together joined coarse to fine, ranges closed, false friends left out."""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.records import TimeExpression
from timeline.times.phrases import Phrase, expression_of
from timeline.times.scan import scan
from timeline.times.tokens import (
    CN_NUMERAL,
    DAY,
    END_KEYS,
    GAP,
    HOLIDAY,
    MONTH,
    WEEK,
    WEEKDAY,
    YEAR,
    Frame,
    Token,
    number,
)
from timeline.times.words import entries, fold, words_of

_FILLERS = frozenset({"", " ", "  ", "的", "\u3000", "\u00a0"})
# 起至 | 到 | - | ——
_JOINT = re.compile(
    rf"{GAP}(?:起|开始)?[,，]?{GAP}(?:至|到|直至|直到|-{{1,2}}|~{{1,2}}|—{{1,2}}|―{{1,2}}){GAP}"
)
_COUNTED = rf"(?![{CN_NUMERAL}\d]+个?[季月天周年])"
_SUFFIX = re.compile(
    rf"""[ ]?(?:
        (?P<shift>[前后](?:[一两二三四五六七八九十]|\d{{1,2}})天)
      | (?P<about>{words_of("about")})
      | (?P<eve>{words_of("eve")})
      | (?P<during>{words_of("during")})
      | (?P<since>起至今(?![年日天晚晨早])|以来|至今(?![年日天晚晨早])|起(?![点步草飞诉义源伏码初到])|开始(?!至|到)|(?<=年)来(?![{"华京沪自源宾访到之"}]))
      | (?P<before>(?:之|以)前|前(?![往来去期言瞻沿景途方者线台])){_COUNTED}
      | (?P<after>(?:之|以|过)后|后(?![{"台勤续来者方期代果备盾卫"}])){_COUNTED}
      | (?P<within>之内|以内|内(?![{"地蒙外部陆"}]))
      | (?P<same>同期)
      | (?P<mark>止|为止)
    )""",
    re.VERBOSE,
)
_HOUR = re.compile(r"\d+[点时]")
_MONTH_DAY = re.compile(r"\d\d-\d\d|\d{1,2}/\d{1,2}")  # 09-01 | 5/1
_ORDINAL_DAY = re.compile(rf"第[{CN_NUMERAL}\d]{{1,3}}[天日]$")
_LENGTH_CUE = re.compile(rf"{words_of('length_cue')}$")
_BARE_MONTHS = frozenset({"month", "end_month"})
_FROM = re.compile(rf"(?:{words_of('from_mark')})[ ]?$")
_MAY_REPEAT = frozenset({"lunar", "part"})
_REACH = 4  # how far apart two pieces of one expression stand at most
_SINGLE = ("recent", "now", "duration")
_LISTED = ("、", "和", "及", "与", "，", ",")
_BETWEEN = re.compile(r"之?间(?![接隔谍断距歇])")
_TWO_ENDS = END_KEYS - {"end_hour", "end_minute", "end_second", "end_part"}
_NEEDS_YEAR = ("after_year", "decade_part")
_CLAUSE_EDGE = re.compile(r"[\s,，。；;、：:!！?？（）()《》“”\"'【】\[\]—-]")


def find(text: str) -> list[TimeExpression]:
    """Find the time expressions of a text, in order and without overlap, each with what it says of itself.

    >>> [(e.text, dict(e.known)) for e in find("6月9日至11日，论坛在某市举行")]
    [('6月9日至11日', {'month': 6, 'day': 9, 'end_day': 11})]
    """
    folded = fold(text)
    phrases = _phrases(folded, scan(folded))
    return [e for e in (expression_of(text, p) for p in _ranges(folded, phrases)) if e is not None]


def _phrases(text: str, tokens: list[Token]) -> list[Phrase]:
    phrases: list[Phrase] = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        position += 1
        is_near = bool(phrases) and piece.start - phrases[-1].end <= _REACH
        if is_near and (joined := _join(text, phrases[-1], piece)) is not None:
            phrases[-1] = joined
        elif is_near and (taken := _aside(text, phrases[-1], tokens, position - 1)) is not None:
            phrases[-1], position = taken
        elif (opened := _open(text, piece)) is not None:
            if phrases:
                phrases[-1] = _close(text, phrases[-1])
            if not phrases or opened.start >= phrases[-1].end:
                phrases.append(opened)
    if phrases:
        phrases[-1] = _close(text, phrases[-1])
    return phrases


def _open(text: str, piece: Token) -> Phrase | None:
    """Begin a phrase, unless the piece can only go on one."""
    if piece.kind in (*_NEEDS_YEAR, "ordinal", "bare_day"):
        return None
    if piece.kind == "hao" and piece.start and _is_name_before(text, piece.start):
        return None
    if piece.kind == "daypart" and _ORDINAL_DAY.search(text, max(0, piece.start - 6), piece.start):
        return None
    return Phrase(piece.start, piece.end, piece.kind, piece.kind, piece.level, piece.frame, piece.is_weak)


def _is_name_before(text: str, at: int) -> bool:
    """嫦娥五号, 天宫2号: letters right before a bare number with 号, but for prepositions."""
    before = text[at - 1]
    return (before.isalnum() or before in "〕)]】") and before not in "在于到从至自和与及是的月年期定"


def _join(text: str, phrase: Phrase, piece: Token) -> Phrase | None:
    """Take a piece into the phrase before it when it is finer, next to it and says nothing twice."""
    gap = text[phrase.end : piece.start]
    if phrase.first == "every" and gap in ("", "的", " "):
        return replace(phrase, end=piece.end, last=piece.kind, level=max(piece.level, phrase.level))
    if gap not in _FILLERS and not (gap in (",", "，") and _goes_on(phrase, piece)):
        return None
    if phrase.first in _SINGLE or piece.kind in ("recent", "now", "duration", "every"):
        return None
    if phrase.has("end_year", "end_month", "end_day", "direction") and not _may_follow_span(phrase, piece):
        return None
    if not _fits(phrase, piece, gap):
        return None
    if not (phrase.frame.keys() & piece.frame.keys()) <= _MAY_REPEAT:
        return None
    return Phrase(
        phrase.start,
        piece.end,
        phrase.first,
        piece.kind,
        max(piece.level, phrase.level),
        {**phrase.frame, **piece.frame},
        _stays_weak(phrase, piece),
        phrase.suffix,
    )


def _goes_on(phrase: Phrase, piece: Token) -> bool:
    """2021年，6月 and 6月9日，星期三 go on over a comma."""
    if piece.kind == "weekday":
        return phrase.last in ("day", "date") and phrase.has("month") and "week_offset" not in piece.frame
    return phrase.last == "year" and piece.kind == "month"


def _stays_weak(phrase: Phrase, piece: Token) -> bool:
    if phrase.first in ("short_year", "solar_mark", "lunar_mark") or piece.kind in (
        "ordinal",
        "season",
        "vacation",
        "lunar_day",
    ):
        return False
    if piece.kind == "daypart" or phrase.last == "daypart":
        return False
    return phrase.is_weak and piece.is_weak


def _may_follow_span(phrase: Phrase, piece: Token) -> bool:
    if phrase.frame.get("direction") in ("ago", "later"):
        is_day = (
            piece.kind == "day_word"
            and phrase.frame["unit"] in ("year", "month")
            and piece.frame.get("day_offset") == 0
        )
        return is_day or piece.kind in ("quarter", "clock", "daypart", "month")
    return piece.kind in ("daypart", "clock", "weekday") and phrase.has("end_day")


def _fits(phrase: Phrase, piece: Token, gap: str) -> bool:
    kind = piece.kind
    if phrase.first == "every":
        return kind not in ("span", "year")
    if kind == "span":  # 昨天的两天后
        return (
            phrase.level == DAY
            and gap == "的"
            and piece.frame.get("direction") in ("ago", "later")
            and not phrase.has("hour")
        )
    if kind == "after_year":
        return phrase.last in ("year", "short_year") and gap == ""
    if kind == "bare_day":
        return phrase.last == "month"
    if kind == "decade_part":
        return phrase.last == "century" and gap == ""
    if kind == "century":
        return phrase.last == "century" and not phrase.has("decade")
    if kind == "ordinal":
        return phrase.level <= WEEK and phrase.has(
            "year", "year_offset", "month", "month_offset", "month_back", "year_back", "quarter"
        )
    if kind == "lunar_day":
        return phrase.has("month", "month_offset", "lunar") or phrase.first == "lunar_mark"
    if kind == "bare_year" or phrase.first == "bare_year":
        return False
    if kind in ("lunar_mark", "solar_mark"):
        return phrase.level == YEAR
    if kind in ("short_year", "year") and phrase.first not in ("lunar_mark", "solar_mark"):
        return False
    if kind == "month_part":
        return phrase.has("month", "month_offset", "month_back", "lunar") and phrase.level <= MONTH
    if kind == "season" and not phrase.has("year", "year_offset", "year_back"):
        return False
    if phrase.first == "lunar_mark" and phrase.level == YEAR and kind in ("year", "short_year"):
        return True
    if kind in ("weekday",) and "week_offset" in piece.frame:
        return False
    return piece.level > phrase.level


def _aside(text: str, phrase: Phrase, tokens: list[Token], position: int) -> tuple[Phrase, int] | None:
    """Take in a date that stands in brackets after the phrase: 今天(11月6日), 6月9日(周三)."""
    piece = tokens[position]
    opening = text[phrase.end : piece.start]
    if opening.replace("即", "").strip() != "(" or phrase.first in ("recent", "now", "duration"):
        return None
    close = text.find(")", piece.start, piece.start + 30)
    if close < 0:
        return None
    inside = [t for t in tokens[position : position + 8] if t.end <= close]
    covered = sum(t.end - t.start for t in inside) + text.count(" ", piece.start, close)
    if not inside or covered < close - piece.start:
        return None
    frame: Frame = dict(phrase.frame)
    aside: Frame = {}
    for part in inside:
        aside |= part.frame
    if "lunar" not in aside and not any(key in frame for key in aside):
        frame |= aside
    level = max(phrase.level, WEEKDAY if phrase.level >= DAY else phrase.level)
    joined = replace(phrase, end=close + 1, frame=frame, level=level, is_weak=False, last="aside")
    return joined, position + len(inside)


def _close(text: str, phrase: Phrase) -> Phrase:
    """Take the word that bounds the phrase: 前, 以来, 左右, 期间."""
    match = _SUFFIX.match(text, phrase.end)
    if match is None or phrase.first in ("recent", "now", "duration", "every") or phrase.has("direction"):
        return phrase
    name = match.lastgroup or ""
    if name == "shift":
        if phrase.level < HOLIDAY or phrase.has("end_day", "hour"):
            return phrase
        text_of = match["shift"]
        count = number(text_of[1:-1]) * (-1 if text_of[0] == "前" else 1)
        return replace(phrase, end=match.end(), frame={**phrase.frame, "shift": count})
    if name in ("since",) and match["since"] == "来" and phrase.last != "year":
        return phrase
    if name == "within" and phrase.last not in ("year", "month", "aside", "day", "quarter", "week"):
        return phrase
    if name == "same" and phrase.last not in ("year", "month", "quarter", "year_part"):
        return phrase
    if name == "same":
        return replace(phrase, end=match.end())
    if name == "about" and match["about"] in ("许", "上下") and not phrase.has("hour"):
        return phrase
    return replace(phrase, end=match.end(), suffix=name)


def _ranges(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Close the ranges, then leave out what stayed weak."""
    out: list[Phrase] = []
    position = 0
    while position < len(phrases):
        phrase = phrases[position]
        position += 1
        while position < len(phrases):
            joined = _range(text, phrase, phrases[position])
            if joined is None:
                break
            phrase = joined
            position += 1
        kept = _settle(text, _with_between(text, phrase))
        if kept is not None:
            out.append(_with_opening(text, _recurring(text, out[-1], kept) if out else kept))
    return out


def _range(text: str, phrase: Phrase, after: Phrase) -> Phrase | None:
    if phrase.suffix not in ("", "since", "about", "within") or not END_KEYS.isdisjoint(phrase.frame):
        return None
    end = phrase.end
    joint = _JOINT.match(text, end)
    if joint is None or joint.end() != after.start:
        return None
    if "duration" in (phrase.first, after.first):
        return _length_range(phrase, after)
    if phrase.first in ("recent", "plan") or after.first in ("recent", "plan", "every"):
        return None
    if (
        phrase.is_weak
        and after.is_weak
        and (phrase.first, after.first) not in (("bare_year", "bare_year"), ("clock", "clock"))
    ):
        return None
    if after.has("direction") or not END_KEYS.isdisjoint(after.frame):
        return None
    frame: Frame = dict(phrase.frame) | {f"end_{key}": value for key, value in after.frame.items()}
    suffix = after.suffix if after.suffix in ("about", "mark") else ""
    return replace(
        phrase,
        end=after.end,
        last=after.last,
        level=max(phrase.level, after.level),
        frame=frame,
        is_weak=False,
        suffix=suffix,
    )


def _length_range(phrase: Phrase, after: Phrase) -> Phrase | None:
    if phrase.first == after.first == "duration":
        return replace(phrase, end=after.end)
    return None


def _settle(text: str, phrase: Phrase) -> Phrase | None:
    """Decide on what is weak: 11年 is a length; a shape that fills its clause is a date; else it is none."""
    said = text[phrase.start : phrase.end]
    if phrase.first == "every" and said in entries("every"):
        return None
    if phrase.frame.keys() <= _BARE_MONTHS and _LENGTH_CUE.search(
        text, max(0, phrase.start - 4), phrase.start
    ):
        return replace(
            phrase,
            first="duration",
            frame={"unit": "month", "halves": 2 * int(phrase.frame["month"])},
            suffix="",
        )
    if not phrase.is_weak:
        return phrase
    if _fills_clause(text, phrase):
        return phrase if _may_stand_alone(text, phrase) else None
    if phrase.first == "short_year":
        count = number(said.rstrip("年度 "))
        return replace(
            phrase, first="duration", frame={"unit": "year", "halves": 2 * count}, is_weak=False, suffix=""
        )
    if phrase.first == phrase.last == "clock" and _HOUR.match(said):
        return phrase
    return None


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
    return not text[: phrase.start].strip(" ,，。") and not text[phrase.end :].strip(" ,，。")


def _recurring(text: str, before: Phrase, phrase: Phrase) -> Phrase:
    """每日6时至9时、17时至20时: what is listed after a recurring hour recurs too."""
    if before.first == "every" and phrase.first == "clock" and text[before.end : phrase.start] in _LISTED:
        return replace(phrase, first="every")
    return phrase


def _with_between(text: str, phrase: Phrase) -> Phrase:
    """Take in 间 behind a range of years, months or days."""
    if phrase.suffix or phrase.first == "every" or _TWO_ENDS.isdisjoint(phrase.frame):
        return phrase
    match = _BETWEEN.match(text, phrase.end)
    return phrase if match is None else replace(phrase, end=match.end())


def _with_opening(text: str, phrase: Phrase) -> Phrase:
    """Take in 从 or 自 where the expression is a range or runs on from its date."""
    if phrase.suffix == "since" or not END_KEYS.isdisjoint(phrase.frame):
        opening = _FROM.search(text, max(0, phrase.start - 3), phrase.start)
        if opening is not None:
            return replace(phrase, start=opening.start())
    return phrase
