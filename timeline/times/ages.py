"""Years told by an age: rules for eras, centuries, decades, plan periods, public events, school years; words to date parts."""

from __future__ import annotations

import re

from timeline.times.tokens import (
    CN,
    CN_DIGITS,
    CN_NUMERAL,
    ERA,
    GAP,
    RANGE_SIGN,
    YEAR,
    Frame,
    Rule,
    Token,
    number,
    token,
)
from timeline.times.words import entries, words_of

_TENS = r"(?:[一二三四五六七八九]|一二|二三|三四|四五|五六|六七|七八|八九)十"


def _era_year(match: re.Match[str]) -> Token:
    base = int(entries("era")[match["era"]].get("base"))
    years = 1 if match["era_n"] == "元" else number(match["era_n"])
    return token(match, "year", YEAR, {"year": base + years})


def _century(match: re.Match[str]) -> Token:
    frame: Frame = {}
    if match["ct_n"]:
        frame["century"] = number(match["ct_n"])
    elif match["ct_w"]:
        frame["century_offset"] = {"上": -1, "下": 1}.get(match["ct_w"], 0)
    if match["ct_d"]:
        frame |= _decades(match["ct_d"])
    level = YEAR if "decade" in frame else ERA
    return token(match, "century", level, frame)


def _decade(match: re.Match[str]) -> Token:
    if match["dc_y"]:
        year = int(match["dc_y"])
        return token(match, "century", YEAR, {"century": year // 100 + 1, "decade": year % 100})
    return token(match, "century", YEAR, _decades(match["dc"]))


def _decades(text: str) -> Frame:
    """八十 is one decade, 七八十 are two."""
    if len(text) == 3:
        return {"decade": 10 * CN_DIGITS[text[0]], "last_decade": 10 * CN_DIGITS[text[1]]}
    return {"decade": number(text)}


def _plan(match: re.Match[str]) -> Token | None:
    value = number(match["pl"] or match["pl_long"])
    if not 6 <= value <= 20:
        return None
    frame: Frame = {"plan": value}
    if match["pl_part"]:
        frame["plan_part"] = "end" if "末" in match["pl_part"] else "begin"
    return token(match, "plan", YEAR, frame)


def _epoch(match: re.Match[str]) -> Token:
    entry = entries("epoch")[match["ep"]]
    frame: Frame = {"year": int(entry.get("year"))}
    if entry.get("month"):
        frame["month"] = int(entry.get("month"))
    return token(match, "year", YEAR, frame)


def _school_year(match: re.Match[str]) -> Token | None:
    first = int(match["sc_a"])
    if match["sc_b"] and int(match["sc_b"]) not in (first + 1, (first + 1) % 100):
        return None
    return token(
        match, "school_year", YEAR, {"year": first, "month": 9, "end_year": first + 1, "end_month": 8}
    )


RULES = (
    # 公元前221年
    Rule(
        "before_christ",
        rf"(?:公元前|(?<![以之目年月日天周提])前(?=\d{{3}}年))(?:\d{{1,4}}|[{CN}十百千]{{1,7}})年",
        lambda m: token(m, "year", YEAR, {"before_christ": 1}),
    ),
    # 民国二十六年
    Rule(
        "era",
        rf"(?P<era>{words_of('era')})(?P<era_n>元|\d{{1,3}}|[{CN}十]{{1,3}})年",
        _era_year,
    ),
    # 改革开放以来, where a bound stands behind it
    Rule("epoch", rf"(?P<ep>{words_of('epoch')})(?=以来|以后|之后|以前|之前|至今)", _epoch),
    # 2021-2022学年 | 2021学年
    Rule(
        "school_year",
        rf"(?<![\d.])(?P<sc_a>(?:19|20)\d\d)(?:年?{GAP}{RANGE_SIGN}{GAP}(?P<sc_b>(?:20)?\d\d))?年?学年(?:度)?",
        _school_year,
    ),
    # 20世纪 | 上世纪80年代 | 十九世纪七十年代
    Rule(
        "century",
        rf"(?:(?<![\d.{CN_NUMERAL}])(?P<ct_n>\d{{1,2}}|[{CN}十]{{1,3}}){GAP}|(?P<ct_w>[上本这下])个?)世纪(?![经传教])(?:(?P<ct_d>[1-9]0|{_TENS}){GAP}年代(?!表))?",
        _century,
    ),
    # 80年代 | 1980年代
    Rule(
        "decade",
        rf"(?<![\d.{CN_NUMERAL}])(?:(?P<dc_y>(?:1[5-9]|20)\d0)|(?P<dc>[2-9]0|{_TENS})){GAP}年代(?!表)",
        _decade,
    ),
    # “十四五”期间 | 第十三个五年规划期间
    Rule(
        "plan",
        r"[“\"'‘「]?(?:(?P<pl>十[一二三四五六七八九]?)五[”\"'’」]?|第(?P<pl_long>十[一二三四五六七八九]?|[六七八九])个五年(?:规划|计划))(?:(?P<pl_part>期?末|初(?=[，,。、期]|$))|期间|时期|(?=以来))",
        _plan,
    ),
)
