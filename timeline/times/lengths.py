"""Lengths of time and what is counted by them: rules for 三年前, 近三个月, 五日内, 270天, 第三周, 最后五天."""

from __future__ import annotations

import re

from timeline.times.relative import WEEKDAYS
from timeline.times.tokens import (
    CN,
    CN_NUMERAL,
    DAY,
    MONTH,
    PART,
    WEEK,
    WEEKDAY,
    YEAR,
    Frame,
    Rule,
    Token,
    number,
    token,
)
from timeline.times.words import any_of, entries, words_of

# 3-5 | 三到五 | 1,000 | 十二 | 几 | 数十
_AMOUNT = (
    rf"(?:\d{{1,3}}(?:-|—|~|至|到)\d{{1,3}}(?!\d)|[{CN}两十]{{1,3}}(?:至|到)[{CN}十]{{1,3}}|\d{{1,4}}(?:,\d{{3}})*(?:\.\d)?万?"
    rf"|[{CN_NUMERAL}]{{1,7}}|数[十百千]?(?=[年月日天周个小多余]))"
)
_BACK = {"day": ("day_word", DAY), "month": ("month", MONTH), "year": ("year", YEAR)}
_ENDS = re.compile(r"([^-—~至到]+)[-—~至到]([^-—~至到]+)")
_PAIR = re.compile(r"([二三四五六七八九]?十)?([一二两三四五六七八九])([二两三四五六七八九])([十百])?")
_SCALES = {"十": 10, "百": 100, "千": 1000}
_UNIT_LEVEL = {"year": YEAR, "quarter": PART, "month": MONTH, "week": WEEK, "day": DAY, "workday": DAY}
_UNITS = any_of(w for w, e in entries("unit").items() if not e.get("bare"))
_PREFIX = rf"(?:(?<!接)(?<![亲附临远靠])(?:{words_of('span_before')}|{words_of('span_after')}|(?<![以之目年月日天周期生提元码街桥源龙])(?:{words_of('span_first', 'span_next')})|(?<![经度超通])(?:{words_of('pass')}))(?:的)?[ ]?)"


def _ordinal(match: re.Match[str]) -> Token:
    """第三周, 前两天, 最后五天, 首月: a part counted inside what stands before it."""
    unit = _unit(match["or_u"])
    if match["or_wd"]:
        frame: Frame = {"nth_weekday": WEEKDAYS[match["or_wd"]], "nth": number(match["or_n"] or "一")}
        return token(match, "ordinal", DAY, frame, is_weak=True)
    count = number(match["or_c"] or match["or_c2"] or match["or_n"] or "一") or 1
    if match["or_n"] or match["or_first"]:
        frame = {"nth": count, "nth_unit": unit}
    elif match["or_last"]:
        frame = {"nth": -count, "nth_end": -1, "nth_unit": unit}
    else:
        frame = {"nth": 1, "nth_end": count, "nth_unit": unit}
    return token(match, "ordinal", DAY if unit == "day" else WEEK, frame, is_weak=True)


def _unit(word: str) -> str:
    if word in entries("unit"):
        return str(entries("unit")[word].get("unit"))
    return "week" if word in entries("week") else "day"


def _span(match: re.Match[str]) -> Token | None:
    """近三年, 过去五年, 三年前, 五日内, 两个月以来, 再过三天, and a bare length."""
    before, after = match["du_pre"], match["du_suf"] or None
    frame = _length(match)
    if frame is None:
        return None
    unit = str(frame["unit"])
    if unit == "century" and "个" not in match["du_u"] and int(frame["halves"]) > 4:
        return None  # 21世纪教育: a name, not 21 centuries
    if (unit == "year" and 1900 <= int(frame["halves"]) // 2 <= 2100) or (
        unit == "day" and 3800 <= int(frame["halves"]) <= 4200
    ):
        return None  # 找一下2022年, 2023天津
    before = before.rstrip(" 的") if before else None
    if before is None and after is None:
        if match["du_u"] == "日" and int(frame["halves"]) <= 62 and match["du_n"].isdigit():
            return None  # 5日 is a date wherever it is a time at all
        if match["du_n"] in ("几", "数") or (
            match["du_u"] == "分" and not (match["du_2n"] or match["du_half2"])
        ):
            return None  # 好几天, 十分
        return token(match, "duration", DAY, frame)
    direction = _direction(before, after)
    if direction is None:
        return None
    if direction in ("previous", "following") and frame == {"unit": unit, "halves": 2} and unit in _BACK:
        kind, level = _BACK[unit]  # 前一天, 后一年: next to what was told
        return token(match, kind, level, {f"{unit}_back": -1 if direction == "previous" else 1})
    frame["direction"] = direction
    level = _UNIT_LEVEL.get(unit, WEEKDAY) if direction in ("ago", "later") else WEEKDAY
    return token(match, "span", level, frame)


def _length(match: re.Match[str]) -> Frame | None:
    amount = _amount(match["du_n"])
    if amount is None:
        return None
    frame: Frame = {"unit": _unit(match["du_u"]), "halves": round(amount[0] * 2)}
    if amount[1] > amount[0]:
        frame |= {"vague": 1, "most": amount[1]}
    if match["du_n"] in ("几", "数") or "几" in match["du_n"]:
        frame["vague"] = 1
    if match["du_more"]:
        frame["vague"] = 1
    inner = match["du_half"] or ""
    if "半" in inner or match["du_half2"]:
        frame["halves"] = int(frame["halves"]) + 1
    elif inner:
        frame["vague"] = 1
    if match["du_2n"]:
        frame |= {"unit2": _unit(match["du_2u"]), "count2": number(match["du_2n"])}
    return frame


def _amount(text: str) -> tuple[float, int] | None:
    """Read the least and the most that a number can stand for: 3-5, 三五, 十一二, 几十; the most is 0 where it is one number."""
    if text in ("半", "大半"):
        return 0.5, 0
    if ends := _ENDS.fullmatch(text):
        low, high = number(ends[1]), number(ends[2])
        return (low, high) if 0 < low < high else None
    if text[0] in "几数" and len(text) == 2:
        scale = _SCALES.get(text[1], 0)
        return (2 * scale, 10 * scale - 1) if scale else None
    if pair := _PAIR.fullmatch(text):  # 三五 | 十一二 | 二三十
        low, high = (number("".join(filter(None, (pair[1], digit, pair[4])))) for digit in (pair[2], pair[3]))
        is_said = high == low + 1 or (pair[2], pair[3]) == ("三", "五") or (high - low) in (10, 100)
        return (low, high) if low < high and is_said else None
    text = text.replace(",", "")
    if text[-1:] == "几" or text == "数":
        text = text[:-1] or "三"
    if set(text) & set("几半数"):
        return None
    count = float(text) if text.replace(".", "").isdecimal() else float(number(text) or _SCALES.get(text, 0))
    return (count, 0) if count else None


def _direction(before: str | None, after: str | None) -> str | None:
    if before in entries("pass"):
        return "later"
    if before in entries("span_after"):
        return "next"
    if after in entries("ever_since") or before in entries("span_before"):
        return "last"
    if after in entries("within"):
        return "within" if before is None else "last"
    if before in entries("span_first"):
        return "previous"
    if before in entries("span_next"):
        return "following"
    if before is None and after in entries("before"):
        return "ago"
    if before is None and after in entries("after"):
        return "later"
    return None


RULES = (
    # 三年前 | 近三个月 | 两个半月以内 | 一年半后 | 再过十天 | 270天
    Rule(
        "span",
        rf"(?P<du_pre>{_PREFIX})?(?<![\d.第月{CN_NUMERAL}])(?P<du_n>大?半(?![夜晚])|{_AMOUNT})[ ]?(?P<du_more>[多余来几])?(?P<du_half>个半(?=月|小时|钟头|季度|星期|年)|个[多来](?=月|星期|礼拜|小时|世纪))?[ ]?"
        rf"(?P<du_u>{_UNITS}|(?<=[仨俩])月|(?<=[半多来])月|(?<=两)月|(?<=[几数])月|(?<=[近前后][一二三四五六七八九十\d])月)"
        rf"(?![级岁游报刊薪龄租检鉴])(?!(?:(?<=个周)|(?<=个星期)|(?<=个礼拜))[二三四五六日天](?!次))(?P<du_half2>半(?!年|月|天|小))?(?P<du_tail>多|整|钟)?"
        rf"(?:(?:[零又，,、][ ]?)?(?P<du_2n>\d{{1,4}}|[{CN}十两]{{1,3}})[ ]?(?P<du_2u>{_UNITS}))?"
        rf"(?P<du_suf>(?!{words_of('within')}[{CN_NUMERAL}\d]+个?[年月天日]以[上下])(?:{words_of('before')}(?![一二两三四五六七八九十\d]+个?[季月天])|{words_of('after')}|{words_of('within')}|{words_of('ever_since')}(?![之自]))?)",
        _span,
    ),
    # 2日前, where no month stands before it: days ago, as 两天前 is
    Rule(
        "days_ago",
        rf"(?<![\d月{CN_NUMERAL}第])(?P<da>[123一二三])日前(?![往来去])",
        lambda m: token(m, "span", DAY, {"unit": "day", "halves": 2 * number(m["da"]), "direction": "ago"}),
    ),
    # 第三周 | 前两天 | 最后五天 | 第3个星期日 | 首月
    Rule(
        "ordinal",
        rf"(?:第(?P<or_n>\d{{1,2}}|[{CN}十]{{1,4}})|(?P<or_first>首)|(?P<or_last>最后|(?<=年)后)(?:的)?(?P<or_c>\d{{1,2}}|[{CN}十两]{{1,3}})?|(?P<or_lead>(?<=[年月度周季])[前头])(?P<or_c2>\d{{1,2}}|[{CN}十两]{{1,3}}))个?"
        rf"(?:(?P<or_u>天|日|月份?|周|星期|礼拜)(?:(?<=周|期|拜)(?P<or_wd>[一二三四五六日天]))?)",
        _ordinal,
    ),
)
