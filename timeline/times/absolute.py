"""Dates that say themselves: rules for years, months, days, numeric stamps and lunar days; words to date parts."""

from __future__ import annotations

import re

from timeline.times.hours import clock_frame
from timeline.times.tokens import (
    CLOCK,
    CN,
    CN_DIGITS,
    CN_NUMERAL,
    DAY,
    DAY_NUMBER,
    GAP,
    MONTH,
    MONTH_NUMBER,
    NOT_IN_NUMBER,
    RANGE_SIGN,
    YEAR,
    Frame,
    Rule,
    Token,
    full_year,
    number,
    token,
)
from timeline.times.words import words_of

_CLOCK_TAIL = (
    r"(?:[ T]{0,2}(?P<%s_h>[01]?\d|2[0-4]):(?P<%s_n>[0-5]\d)(?::(?P<%s_s>[0-5]\d))?(?:Z|[+-]\d\d:\d\d)?)?"
)
_NOT_AFTER_MONTH = rf"(?!{words_of('not_after_month')})"
_NOT_AFTER_DAY = rf"(?!{words_of('not_after_day')})"
_NOT_AFTER_HAO = rf"(?!{words_of('not_after_hao')})"
_NOT_COUNTED = rf"(?![ ]?{words_of('counter')})"


def _stamp(prefix: str) -> str:
    return _CLOCK_TAIL % (prefix, prefix, prefix)


def _date(match: re.Match[str], prefix: str) -> Token:
    frame: Frame = {
        "year": int(match[f"{prefix}_y"]),
        "month": int(match[f"{prefix}_m"]),
        "day": int(match[f"{prefix}_d"]),
    }
    clock = clock_frame(match, prefix)
    return token(match, "date", CLOCK if clock else DAY, frame | clock)


def _written(match: re.Match[str]) -> Token:
    frame: Frame = {"month": int(match["wr_m"]), "day": int(match["wr_d"])}
    if match["wr_y"]:
        frame = {"year": int(match["wr_y"]), **frame}
    return token(match, "day", DAY, frame)


def _dotted_range(match: re.Match[str]) -> Token:
    frame: Frame = {"year": int(match["dr_y"]), "month": int(match["dr_m"]), "day": int(match["dr_d"])}
    if match["dr_n"]:
        frame["end_month"] = int(match["dr_n"])
    return token(match, "date", DAY, frame | {"end_day": int(match["dr_e"])})


def _compact(match: re.Match[str]) -> Token:
    frame: Frame = {"year": int(match["cp_y"]), "month": int(match["cp_m"]), "day": int(match["cp_d"])}
    for key, group in (("hour", "cp_h"), ("minute", "cp_n"), ("second", "cp_s")):
        if match[group]:
            frame[key] = int(match[group])
    return token(match, "date", CLOCK if match["cp_h"] else DAY, frame)


def _year(match: re.Match[str]) -> Token | None:
    if match["y_n"]:
        return token(match, "year", YEAR, {"year": int(match["y_n"])})
    return token(match, "year", YEAR, {"year": int("".join(str(CN_DIGITS[c]) for c in match["y_c"]))})


def _year_span(match: re.Match[str]) -> Token:
    first, last = int(match["ys_a"]), int(match["ys_b"])
    if last < 100:
        last += first // 100 * 100
    return token(match, "year", YEAR, {"year": first, "end_year": last})


def _short_year(match: re.Match[str]) -> Token | None:
    text = match["sy"]
    if not text.isascii():
        digits = [CN_DIGITS[c] for c in text]
        if digits[1] == digits[0] + 1 and digits[0]:
            return None  # 六七年: six or seven years
        value = digits[0] * 10 + digits[1]
    else:
        value = int(text)
    is_weak = text[0] not in "0〇零"
    return token(match, "short_year", YEAR, {"year": full_year(value)}, is_weak=is_weak)


def _bare_year(match: re.Match[str]) -> Token:
    return token(match, "bare_year", YEAR, {"year": int(match["by"])}, is_weak=True)


def _month(match: re.Match[str]) -> Token:
    frame: Frame = {"month": number(match["mo"])}
    if match["mo_leap"]:
        frame |= {"lunar": 1, "leap": 1}
    return token(match, "month", MONTH, frame)


def _month_pair(match: re.Match[str]) -> Token | None:
    first, last = (CN_DIGITS[c] for c in match["mp2"])
    return token(match, "month", MONTH, {"month": first, "end_month": last}) if last == first + 1 else None


def _month_span(match: re.Match[str]) -> Token | None:
    first, last = number(match["ms_a"]), number(match["ms_b"])
    if first >= last:
        return None
    return token(match, "month", MONTH, {"month": first, "end_month": last})


def _day(match: re.Match[str]) -> Token:
    return token(match, "hao" if match["d_u"] == "号" else "day", DAY, {"day": number(match["d"])})


def _day_span(match: re.Match[str]) -> Token | None:
    first, last = number(match["ds_a"]), number(match["ds_b"])
    if first >= last and match["ds_more"]:
        return None
    return token(match, "day", DAY, {"day": first, "end_day": last})


def _bare_day(match: re.Match[str]) -> Token:
    return token(match, "bare_day", DAY, {"day": number(match["bd"])})


def _lunar_day(match: re.Match[str]) -> Token:
    text = match["ld"]
    day = number(text[1:]) if text[0] == "初" else number(text)
    if match["ld_new"]:
        return token(match, "lunar_date", DAY, {"lunar": 1, "month": 1, "day": day})
    return token(match, "lunar_day", DAY, {"lunar": 1, "day": day}, is_weak=text[0] == "初")


def _month_day(match: re.Match[str]) -> Token:
    frame: Frame = {"month": int(match["md_m"]), "day": int(match["md_d"])}
    return token(match, "month_day", DAY, frame, is_weak=not match["md_u"])


def _stated_today(match: re.Match[str]) -> Token:
    offset = {"昨": -1, "今": 0, "明": 1}[match["td_w"]]
    return token(match, "day", DAY, {"day_offset": offset, "day": number(match["td"])})


RULES = (
    # 2021年6月9日 | 6月9日: the commonest shapes in one piece
    Rule(
        "written",
        rf"(?<![\d.前元第{CN_NUMERAL}])(?:(?P<wr_y>(?:1[5-9]|20)\d\d){GAP}年{GAP})?(?P<wr_m>1[0-2]|0?[1-9]){GAP}月{GAP}(?P<wr_d>3[01]|[12]\d|0?[1-9]){GAP}日{_NOT_AFTER_DAY}",
        _written,
    ),
    # 2021.06.09-06.11 | 2021.6.9-11
    Rule(
        "dotted_range",
        r"(?<![\d./A-Za-z\-])(?P<dr_y>(?:19|20)\d\d)\.(?P<dr_m>1[0-2]|0?[1-9])\.(?P<dr_d>3[01]|[12]\d|0?[1-9])[ ]?(?:-{1,2}|—{1,2}|~|至)[ ]?"
        r"(?:(?P<dr_n>1[0-2]|0?[1-9])\.)?(?P<dr_e>3[01]|[12]\d|0?[1-9])(?![\d.:/%％年月日时]|-\d)",
        _dotted_range,
    ),
    # 2021-06-09 | 2019.9.6 | 1994.01-19 | 2018-11-29 18:59 | 2018-12-1209:03
    Rule(
        "iso",
        r"(?<![\d./A-Za-z])(?P<iso_y>(?:1[5-9]|2[01])\d\d)[ ]?[-/.·][ ]?(?P<iso_m>1[0-2]|0?[1-9])[ ]?[-/.·][ ]?"
        r"(?P<iso_d>3[01]|[12]\d|0?[1-9])(?!\d(?!\d?:\d\d))(?:-(?=\d\d:\d\d))?" + _stamp("iso"),
        lambda m: _date(m, "iso"),
    ),
    # 2022 11 23
    Rule(
        "spaced",
        r"(?<![\d.\-/A-Za-z])(?P<sp_y>(?:19|20)\d\d)[ ](?P<sp_m>1[0-2]|0[1-9])[ ](?P<sp_d>3[01]|[12]\d|0[1-9])"
        r"(?![\d.%]|[ ]\d{2}(?!:))" + _stamp("sp"),
        lambda m: _date(m, "sp"),
    ),
    # 1/16/2022
    Rule(
        "american",
        r"(?<![\d./-])(?P<us_m>1[0-2]|0?[1-9])/(?P<us_d>3[01]|[12]\d|0?[1-9])/(?P<us_y>(?:19|20)\d\d)(?!\d),?"
        + _stamp("us"),
        lambda m: _date(m, "us"),
    ),
    # 26/05/2021, where no month has that number
    Rule(
        "european",
        r"(?<![\d./-])(?P<eu_d>3[01]|2\d|1[3-9])/(?P<eu_m>1[0-2]|0?[1-9])/(?P<eu_y>(?:19|20)\d\d)(?!\d),?"
        + _stamp("eu"),
        lambda m: _date(m, "eu"),
    ),
    # 20240307 | 2017092003
    Rule(
        "compact",
        r"(?:(?<![\dA-Za-z.\-])|(?<=\d{8}-))(?P<cp_y>(?:19|20)\d\d)(?P<cp_m>0[1-9]|1[0-2])(?P<cp_d>0[1-9]|[12]\d|3[01])"
        r"(?:(?P<cp_h>[01]\d|2[0-3])(?:(?P<cp_n>[0-5]\d)(?P<cp_s>[0-5]\d)?)?)?(?![\dA-Za-z]|\.\d|-(?!(?:19|20)\d{6}(?!\d))\d)",
        _compact,
    ),
    # 1995-1997年 | 2020至2025年 | 1985到89年
    Rule(
        "year_span",
        rf"(?<![\d.\-])(?P<ys_a>(?:1[5-9]|2[01])\d\d){GAP}{RANGE_SIGN}{GAP}(?P<ys_b>(?:1[5-9]|2[01])\d\d|\d\d){GAP}年(?!{GAP}{MONTH_NUMBER}{GAP}月)(?:度)?",
        _year_span,
    ),
    # 2017-7 | 1999.08 | 2008/03
    Rule(
        "year_month",
        r"(?<![\d./A-Za-z])(?P<ym_y>(?:19|20)\d\d)(?:-(?P<ym_m>1[0-2]|0?[1-9])(?!\d|-\d)|/(?P<ym_l>1[0-2]|0?[1-9])(?![\d/])"
        r"|\.(?P<ym_p>1[0-2]|0[1-9])(?![\d.%％亿万元倍]))",
        lambda m: token(
            m,
            "month",
            MONTH,
            {"year": int(m["ym_y"]), "month": int(m["ym_m"] or m["ym_l"] or m["ym_p"])},
        ),
    ),
    # 2021年 | 二〇二一年 | 2021年度
    Rule(
        "year",
        rf"(?<!公元前)(?<!前)(?<![\d.])(?:公元(?=\d|[{CN}]))?(?:(?P<y_n>(?:1\d|2[0-2])\d\d|(?<=公元)[1-9]\d{{1,2}})|(?P<y_c>[一二][{CN}O]{{3}})){GAP}年(?!代)(?!(?<=1[0-7]00年)[前后来间])(?:度|份)?",
        _year,
    ),
    # 两千年 | 两千一十六年
    Rule(
        "year_2000",
        r"(?P<y2k>两千[零〇]?[一二三四五六七八九十]{0,3})年(?![前后多来间内])",
        lambda m: token(m, "year", YEAR, {"year": number(m["y2k"])}),
    ),
    # 1-5月 | 2——4月 | 3、4月份
    Rule(
        "month_span",
        rf"(?<!月){NOT_IN_NUMBER}(?P<ms_a>{MONTH_NUMBER}){GAP}(?:{RANGE_SIGN}|[、和及]){GAP}(?P<ms_b>{MONTH_NUMBER}){GAP}月(?:份)?{_NOT_AFTER_MONTH}",
        _month_span,
    ),
    # 五六月份 | 七八月间
    Rule(
        "month_pair",
        rf"{NOT_IN_NUMBER}(?P<mp2>[一二三四五六七八九]{{2}})月(?:份|(?=间|[，,。、；;\s]|$))",
        _month_pair,
    ),
    # 9月 | 九月份 | 闰四月
    Rule(
        "month",
        rf"(?P<mo_leap>闰)?{NOT_IN_NUMBER}(?P<mo>{MONTH_NUMBER}){GAP}月(?:份)?{_NOT_AFTER_MONTH}",
        _month,
    ),
    # 15至17日 | 10-12日 | 6、7两日 | 6日、7日 stay two
    Rule(
        "day_span",
        rf"{NOT_IN_NUMBER}(?P<ds_month>(?<=月)|(?<=月[ \u3000\xa0]))?(?P<ds_a>{DAY_NUMBER}){GAP}(?:{RANGE_SIGN}{GAP}|(?P<ds_more>[、和及与](?:{DAY_NUMBER}[、和及]){{0,8}}))"
        rf"(?P<ds_b>{DAY_NUMBER}){GAP}(?:[两三四五])?[日号]{_NOT_AFTER_DAY}{_NOT_AFTER_HAO}(?(ds_month)|(?!之?[内后]|以[内后]))",
        _day_span,
    ),
    # 今(30)日 | 昨(29)日
    Rule(
        "stated_today",
        rf"(?P<td_w>[今昨]|(?<![说证表声文])明)\({GAP}(?P<td>{DAY_NUMBER}){GAP}\)[日天]",
        _stated_today,
    ),
    # 9日 | 15号
    Rule(
        "day",
        rf"{NOT_IN_NUMBER}(?P<d_month>(?<=月)|(?<=月[ \u3000\xa0]))?(?P<d>{DAY_NUMBER}){GAP}"
        rf"(?:(?P<d_u>号){_NOT_AFTER_HAO}|日{_NOT_AFTER_DAY}(?(d_month)|(?!之?[内后]|以[内后])))",
        _day,
    ),
    # 初八 | 廿一 | 初8
    Rule(
        "lunar_day",
        r"(?P<ld_new>大年)?(?P<ld>初(?:[一二三四五六七八九十]|10|[1-9](?!\d))|(?:(?<=历)|(?<=月)|(?<=月[ ]))廿(?:[一二三四五六七八九]|(?![一二三四五六七八九])))(?![日号学年班级中届])",
        _lunar_day,
    ),
    # 10月22 | 四月十三, where nothing is counted
    Rule(
        "bare_day",
        rf"(?:(?<=月)|(?<=月[ ])|(?<=月份))(?P<bd>(?:3[01]|[12]\d|0?[1-9])(?!\d(?!\d:\d\d))|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?){_NOT_COUNTED}",
        _bare_day,
    ),
    # 6.8(周二) | 9.4号 | 11/3号 | 09-01 20:01
    Rule(
        "month_day",
        r"(?:(?<![\d.:/\-A-Za-z])|(?<=/\d-)|(?<=/\d\d-))(?P<md_m>1[0-2]|0?[1-9])[./\-·](?P<md_d>3[01]|[12]\d|0?[1-9])(?![\d./·%％亿万元倍]|-\d{3}|[ ]?(?:[年天个小分]|周(?![一二三四五六日天])))(?P<md_u>[号日])?",
        _month_day,
    ),
    # 21年 in 21年6月 | 零七年 | 一七年
    Rule(
        "short_year",
        rf"(?<![\d.,第{CN_NUMERAL}])(?P<sy>\d\d|[{CN}]{{2}}){GAP}年(?!代|级|来|间|龄|后|内|前(?![一二两三四五六七八九十\d]+个?[季月天])|[之以多余半左]|限|历史|时间)(?:度|份)?",
        _short_year,
    ),
    # 2018, beside a year of a range
    Rule("bare_year", r"(?<![\d.A-Za-z/])(?P<by>(?:19|20)\d\d)(?![\d.%A-Za-z/])", _bare_year),
)
