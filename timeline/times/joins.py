"""From tokens to phrases: pieces that stand together are joined coarse to fine; brackets beside a date are taken in."""

from __future__ import annotations

import re

from timeline.times.closings import close
from timeline.times.phrases import Phrase
from timeline.times.tokens import CN_NUMERAL, DAY, MONTH, WEEK, WEEKDAY, YEAR, Frame, Token

_FILLERS = frozenset({"", " ", "  ", "的", "\u3000", "\u00a0"})
_COMMAS = frozenset({",", "，"})
_ORDINAL_DAY = re.compile(rf"第[{CN_NUMERAL}\d]{{1,3}}[天日]$")
_MAY_REPEAT = frozenset({"lunar", "part"})
_REACH = 4  # how far apart two pieces of one expression stand at most
_SINGLE = frozenset({"recent", "now", "duration"})
_NEVER_JOINS = _SINGLE | {"every"}
_ONLY_JOINS = frozenset({"after_year", "decade_part", "ordinal", "bare_day"})
_SPANS = frozenset({"end_year", "end_month", "end_day", "direction"})
# what days and weeks are numbered in: 2021年第3周, 上月第二天
_COUNTED_IN = ("year", "year_offset", "month", "month_offset", "month_back", "year_back", "quarter")
_STRENGTHENED = frozenset({"short_year", "solar_mark", "lunar_mark"})
_STRENGTHENS = frozenset({"ordinal", "season", "vacation", "lunar_day"})


def join_tokens(text: str, tokens: list[Token]) -> list[Phrase]:
    """Join the tokens of a folded text to phrases, in order and without overlap, each with the word that bounds it."""
    phrases: list[Phrase] = []
    last: Phrase | None = None
    position, count = 0, len(tokens)
    while position < count:
        piece = tokens[position]
        position += 1
        if last is not None:
            if piece.start - last.end <= _REACH:
                joined = _join(text, last, piece)
                if joined is not None:
                    last = joined
                    continue
                taken = _aside(text, last, tokens, position - 1)
                if taken is not None:
                    last, position = taken
                    continue
            if not _opens(text, piece):
                continue
            last = close(text, last)
            phrases.append(last)
            if piece.start < last.end:
                last = None
                continue
        elif not _opens(text, piece) or (phrases and piece.start < phrases[-1].end):
            continue
        kind, start, end, level, frame, is_weak = piece
        last = Phrase(start, end, kind, kind, level, frame, is_weak)
    if last is not None:
        phrases.append(close(text, last))
    return phrases


def _opens(text: str, piece: Token) -> bool:
    """Say whether a piece can begin a phrase, rather than only go on one."""
    kind = piece.kind
    if kind in _ONLY_JOINS:
        return False
    if kind == "hao" and piece.start:
        return not _is_name_before(text, piece.start)
    if kind == "daypart":
        return _ORDINAL_DAY.search(text, max(0, piece.start - 6), piece.start) is None
    return True


def _is_name_before(text: str, at: int) -> bool:
    """嫦娥五号, 天宫2号: letters right before a bare number with 号, but for prepositions."""
    before = text[at - 1]
    return (before.isalnum() or before in "〕)]】") and before not in "在于到从至自和与及是的月年期定"


def _join(text: str, phrase: Phrase, piece: Token) -> Phrase | None:
    """Take a piece into the phrase before it when it is finer, next to it and says nothing twice."""
    gap = text[phrase.end : piece.start]
    if phrase.first == "every" and gap in ("", "的", " "):
        return phrase._replace(end=piece.end, last=piece.kind, level=max(piece.level, phrase.level))
    if gap not in _FILLERS and not (gap in _COMMAS and _goes_on(phrase, piece)):
        return None
    frame, kind = phrase.frame, piece.kind
    if phrase.first in _SINGLE or kind in _NEVER_JOINS:
        return None
    if not _SPANS.isdisjoint(frame) and not _may_follow_span(phrase, piece):
        return None
    if not _fits(phrase, piece, gap):
        return None
    if not frame.keys().isdisjoint(piece.frame) and not (frame.keys() & piece.frame.keys()) <= _MAY_REPEAT:
        return None
    return Phrase(
        phrase.start,
        piece.end,
        phrase.first,
        kind,
        max(piece.level, phrase.level),
        {**frame, **piece.frame},
        phrase.is_weak and piece.is_weak and _stays_weak(phrase, kind),
        phrase.suffix,
    )


def _goes_on(phrase: Phrase, piece: Token) -> bool:
    """2021年，6月 and 6月9日，星期三 go on over a comma."""
    if piece.kind == "weekday":
        return phrase.last in ("day", "date") and phrase.has("month") and "week_offset" not in piece.frame
    return phrase.last == "year" and "month" in piece.frame and piece.kind in ("month", "day")


def _stays_weak(phrase: Phrase, kind: str) -> bool:
    """Say whether two weak pieces are weak together."""
    return (
        phrase.first not in _STRENGTHENED
        and kind not in _STRENGTHENS
        and kind != "daypart"
        and phrase.last != "daypart"
    )


def _may_follow_span(phrase: Phrase, piece: Token) -> bool:
    if phrase.frame.get("direction") in ("ago", "later"):
        is_day = (
            piece.kind == "day_word"
            and phrase.frame["unit"] in ("year", "month")
            and piece.frame.get("day_offset") == 0
        )
        return is_day or piece.kind in ("quarter", "clock", "daypart", "month") or "month" in piece.frame
    return piece.kind in ("daypart", "clock", "weekday") and phrase.has("end_day")


def _fits(phrase: Phrase, piece: Token, gap: str) -> bool:
    kind = piece.kind
    if kind in _SPECIAL:
        return _fits_specially(phrase, piece, gap)
    if kind == "day_word" and phrase.has("holiday") and piece.frame.get("day_back"):
        return False  # 五一假期第二天
    if phrase.first == "bare_year" or (phrase.first == "every" and kind == "year"):
        return False
    if "year" in piece.frame and not phrase.frame.keys() <= {"lunar"}:
        return False  # 本周 2020-02-15
    return piece.level > phrase.level


_SPECIAL = frozenset({
    "span", "after_year", "bare_day", "decade_part", "century", "ordinal", "lunar_day", "bare_year", "lunar_mark", "solar_mark",
    "short_year", "year", "month_part", "season", "weekday",
})  # fmt: skip


def _fits_specially(phrase: Phrase, piece: Token, gap: str) -> bool:
    """Say whether a piece that needs a certain kind before it has it."""
    kind, last = piece.kind, phrase.last
    if phrase.first == "every":
        return kind not in ("span", "year")
    match kind:
        case "span":  # 昨天的两天后
            is_from_day = phrase.level == DAY and gap == "的" and not phrase.has("hour")
            return is_from_day and piece.frame.get("direction") in ("ago", "later")
        case "after_year":
            return last in ("year", "short_year") and gap == ""
        case "bare_day":
            return last == "month"
        case "decade_part":
            return last == "century" and gap == ""
        case "century":
            return last == "century" and not phrase.has("decade")
        case "ordinal":
            return phrase.level <= WEEK and phrase.has(*_COUNTED_IN)
        case "lunar_day":
            return phrase.has("month", "month_offset", "lunar") or phrase.first == "lunar_mark"
    if kind == "bare_year" or phrase.first == "bare_year":
        return False
    match kind:
        case "lunar_mark" | "solar_mark":
            return phrase.level == YEAR
        case "short_year" | "year":
            return phrase.first in ("lunar_mark", "solar_mark") and phrase.level == YEAR
        case "month_part":
            return phrase.level <= MONTH and phrase.has("month", "month_offset", "month_back", "lunar")
        case "season" if not phrase.has("year", "year_offset", "year_back"):
            return False
        case "weekday" if "week_offset" in piece.frame:
            return False
    return piece.level > phrase.level


def _aside(text: str, phrase: Phrase, tokens: list[Token], position: int) -> tuple[Phrase, int] | None:
    """Take in a date that stands in brackets after the phrase: 今天(11月6日), 6月9日(周三)."""
    piece = tokens[position]
    opening = text[phrase.end : piece.start]
    if "(" not in opening or opening.replace("即", "").strip() != "(" or phrase.first in _SINGLE:
        return None
    close_at = text.find(")", piece.start, piece.start + 30)
    if close_at < 0:
        return None
    inside = [t for t in tokens[position : position + 8] if t.end <= close_at]
    covered = sum(t.end - t.start for t in inside) + text.count(" ", piece.start, close_at)
    if not inside or covered < close_at - piece.start:
        return None
    frame: Frame = dict(phrase.frame)
    aside: Frame = {}
    for part in inside:
        aside |= part.frame
    if "lunar" not in aside and "nth" not in aside and not any(key in frame for key in aside):
        frame |= aside
    level = max(phrase.level, WEEKDAY if phrase.level >= DAY else phrase.level)
    joined = phrase._replace(end=close_at + 1, frame=frame, level=level, is_weak=False, last="aside")
    return joined, position + len(inside)
