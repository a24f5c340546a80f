"""Times of day as they are written: rules for 11:30, 8点半, 20时1刻, 9~12点, 上午; what day they lie on is not theirs."""

from __future__ import annotations

import re

from timeline.times.tokens import (
    CLOCK,
    CN_NUMERAL,
    DAYPART,
    GAP,
    RANGE_SIGN,
    Frame,
    Rule,
    Token,
    number,
    token,
)
from timeline.times.words import entries, words_of

_DAYPARTS = words_of("daypart")


def clock_frame(match: re.Match[str], prefix: str) -> Frame:
    """Read hour, minute and second from the groups of one prefix."""
    frame: Frame = {}
    for key, group in (("hour", "h"), ("minute", "n"), ("second", "s")):
        value = match[f"{prefix}_{group}"]
        if value is not None:
            frame[key] = int(value)
    return frame


def _clock(match: re.Match[str]) -> Token | None:
    frame = clock_frame(match, "ck")
    _meridiem(frame, match["ck_x"] or match["ck_y"])
    return token(match, "clock", CLOCK, frame)


def _hours(match: re.Match[str]) -> Token | None:
    hour = number(match["hr"])
    if hour > 24:
        return None
    frame: Frame = {"hour": hour}
    if match["hr_half"]:
        frame["minute"] = 30
    elif match["hr_q"]:
        frame["minute"] = 15 * number(match["hr_q"])
    elif match["hr_n"]:
        minute = number(match["hr_n"].lstrip("零〇") or "0")
        if minute > 59:
            return None
        frame["minute"] = minute
    if match["hr_s"]:
        frame["second"] = number(match["hr_s"])
    _meridiem(frame, match["hr_x"])
    is_late = match["hr"] in ("十一", "十二")  # lists of points rarely reach 十一点
    is_weak = len(frame) == 1 and not match["hr_sure"] and not is_late
    lead = match["hr_lead"] or match["hr_about"]
    if lead:
        if len(lead) == 2 and not lead.isascii() and hour < 10:  # 十一二点
            frame["hour"] = hour + 10
        ends: Frame = {f"end_{key}": value for key, value in frame.items()}
        frame = {"hour": number(lead), **ends}
    return token(match, "clock", CLOCK, frame, is_weak=is_weak and not match["hr_lead"])


def _meridiem(frame: Frame, mark: str | None) -> None:
    if mark and mark.lower().startswith("p") and int(frame["hour"]) < 12:
        frame["hour"] = int(frame["hour"]) + 12


def _daypart(match: re.Match[str]) -> Token:
    word = match["dp"].replace(" ", "")
    return token(
        match,
        "daypart",
        DAYPART,
        {"part": word},
        is_weak=len(word) == 1 or bool(entries("daypart")[word].get("weak"))
        if word in entries("daypart")
        else False,
    )


RULES = (
    # 11:30 | AM9:00 | 7:47:18AM | 15.30分
    Rule(
        "clock",
        rf"(?:(?P<ck_y>[AaPp][Mm]){GAP})?(?<![\d:.])(?P<ck_h>[01]?\d|2[0-4])[:](?P<ck_n>[0-5]\d)(?::(?P<ck_s>[0-5]\d))?(?![\d:])(?:时|分)?(?:[ ]{{0,2}}(?P<ck_x>[AaPp][Mm](?![A-Za-z])))?",
        _clock,
    ),
    # 8点半 | 十一点 | 8时35分 | 20时1刻 | 3点十分 | 8点30 | 9~12点半 | 七八点
    Rule(
        "hours",
        rf"(?<![\d.:{CN_NUMERAL}第])(?:(?P<hr_lead>\d{{1,2}}){GAP}(?:{RANGE_SIGN}|[、和]){GAP}|(?P<hr_about>十?[一二三四五六七八九两])(?=[两二三四五六七八九]点))?"
        rf"(?P<hr>\d{{1,2}}|二?十[一二三四]?|[零〇一二三四五六七八九两]){GAP}(?P<hr_u>点钟?|时(?!代|间|期|候|而|刻|不|常|任|年|光))"
        rf"(?:(?P<hr_half>半)|(?P<hr_q>[一二三123])刻|过?(?P<hr_n>[0-5]?\d(?![\d.%度个元])|[零〇][一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)(?:分(?!之)(?:半)?|(?=[^\d分度秒]|$)))?"
        r"(?:(?P<hr_s>[0-5]?\d|[一二三四五六七八九十]{1,3})秒)?"
        r"(?P<hr_sure>多钟|[钟整许]|正(?![式在好是值逢])|多)?(?P<hr_x>[AaPp][Mm](?![A-Za-z]))?"
        r"(?![\d一二三四五六七八九]*[个度元点]|建议|意见|要求|措施|[一二三四五六七八九\d](?![\d一二三四五六七八九分刻]))",
        _hours,
    ),
    # 上午 | 晚
    Rule("daypart", rf"(?P<dp>{_DAYPARTS}|晚 上|下 午|上 午)(?!(?<=晚)[些期年报婚辈])(?:时分)?", _daypart),
)
