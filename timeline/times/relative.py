"""Dates told from elsewhere: rules for 今天, 去年, 上周五, 三年前, 近日, 同日, festivals, parts of years and months."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.times.tokens import (
    CN,
    CN_NUMERAL,
    DAY,
    GAP,
    HOLIDAY,
    MONTH,
    MONTH_PART,
    PART,
    RANGE_SIGN,
    WEEK,
    WEEKDAY,
    YEAR,
    Frame,
    Rule,
    Token,
    number,
    token,
)
from timeline.times.words import any_of, entries, holidays, words_of

_ROC = 1911  # the year before the first of the Republic, by which Taiwan counts
_WEEK = any_of([*entries("week"), "周周", "星期星期"])
_WHICH = words_of("week_offset")
WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {str(i): i for i in range(1, 8)} | {"天": 7}
_OFF_WORDS = r"(?:假期|期间|长假|小长假|黄金周|放假)"
_GUARDED = [w for e in holidays().values() for w in e.get("guarded") or ()]
_FREE = [w for w in holidays() if w not in _GUARDED]
_QUOTED = [w for w, e in holidays().items() if len(w) == 2 and e.get("holiday")]
_HELD = rf"(?:节|前|后|当天|那天|当日|这天|之际|{_OFF_WORDS})"


def _day_word(match: re.Match[str]) -> Token:
    word = match["dw"]
    entry = entries("day")[word]
    frame: Frame = {("day_back" if entry.get("back") else "day_offset"): int(entry.get("offset"))}
    if entry.get("told"):
        frame["strict"] = 1
    if entry.get("part"):
        frame["part"] = {"evening": "晚上", "morning": "早上"}[entry.get("part")]
    return token(match, "day_word", DAY, frame)


def _alone() -> Iterator[str]:
    """Write the days of one character, each before the words that only a verb or place can follow."""
    for word, entry in entries("day_alone").items():
        rest = "|".join(entry.get("before"))
        yield rf"(?<![如似若同犹自从至当现而迄古到即于往畴]){word}(?={rest})"


def _year_word(match: re.Match[str]) -> Token:
    entry = entries("year")[match["yw"]]
    return token(
        match, "year", YEAR, {("year_back" if entry.get("back") else "year_offset"): int(entry.get("offset"))}
    )


def _stated_year(match: re.Match[str]) -> Token:
    year = int(match["sy_n"])
    return token(match, "year", YEAR, {"year": year + _ROC if year < _ROC else year})


def _this_and_next(match: re.Match[str]) -> Token:
    first, last = ({"去": -1, "今": 0, "明": 1}[c] for c in match["tn"])
    return token(match, "year", YEAR, {"year_offset": first, "end_year_offset": last})


def _two_days(match: re.Match[str]) -> Token:
    first, last = ({"昨": -1, "今": 0, "明": 1, "后": 2}[c] for c in (match["td_a"], match["td_b"]))
    return token(match, "day_word", DAY, {"day_offset": first, "end_day_offset": last})


def _month_word(match: re.Match[str]) -> Token:
    word = match["mw"]
    if word in entries("lunar_month"):
        return token(
            match, "month", MONTH, {"lunar": 1, "month": int(entries("lunar_month")[word].get("month"))}
        )
    entry = entries("month")[word]
    return token(
        match,
        "month",
        MONTH,
        {("month_back" if entry.get("back") else "month_offset"): int(entry.get("offset"))},
    )


def _weekday(match: re.Match[str]) -> Token:
    frame: Frame = {"weekday": WEEKDAYS[match["wd"]]}
    if match["wd_o"]:
        frame["week_offset"] = int(entries("week_offset")[match["wd_o"]].get("offset"))
    if match["wd_2"]:
        frame["end_weekday"] = WEEKDAYS[match["wd_2"]]
    return token(match, "weekday", WEEKDAY, frame)


def _week(match: re.Match[str]) -> Token:
    frame: Frame = {"week_offset": int(entries("week_offset")[match["wk_o"]].get("offset"))}
    if match["wk_e"]:
        frame |= {"weekday": 6, "end_weekday": 7}
    return token(match, "week", WEEK, frame)


def _weekend(match: re.Match[str]) -> Token:
    return token(match, "weekend", WEEKDAY, {"weekday": 6, "end_weekday": 7})


def _quarter(match: re.Match[str]) -> Token:
    frame: Frame = {}
    if match["qt_n"] or match["qt_d"]:
        frame["quarter"] = number(match["qt_n"] or match["qt_d"])
        if match["qt_a"]:
            frame = {"quarter": number(match["qt_a"]), "end_quarter": frame["quarter"]}
    elif match["qt_f"] or match["qt_b"]:
        frame["quarter"] = number(match["qt_b"] or "1")
    elif match["qt_q"]:
        frame["quarter"] = int(match["qt_q"])
    elif match["qt_o"]:
        frame["quarter_offset"] = int(entries("week_offset")[match["qt_o"]].get("offset"))
    else:
        count = number(match["qt_c"])
        first = match["qt_p"] in ("前", "头")
        frame |= {"quarter": 1, "end_quarter": count} if first else {"quarters_next": count}
    year = match["qt_y"] or match["qt_y2"]
    if year:
        frame["year"] = int(year)
    if match["qt_t"]:
        frame["quarter_part"] = "end" if match["qt_t"] in "末底" else "begin"
    return token(match, "quarter", PART, frame)


def _year_part(match: re.Match[str]) -> Token:
    return token(match, "year_part", PART, {"year_part": str(entries("year_part")[match["yp"]].get("part"))})


def _after_year(match: re.Match[str]) -> Token:
    return token(
        match, "after_year", PART, {"year_part": str(entries("after_year")[match["ay"]].get("part"))}
    )


def _season(match: re.Match[str]) -> Token:
    entry = entries("season")[match["se"]]
    return token(match, "season", PART, {"season": int(entry.get("season"))}, is_weak=True)


def _season_year(match: re.Match[str]) -> Token:
    season = int(entries("season")[match["sn_s"]].get("season"))
    offset = {"去": -1, "今": 0, "明": 1, "这个": 0}[match["sn_y"]]
    return token(match, "season", PART, {"year_offset": offset, "season": season})


def _vacation(match: re.Match[str]) -> Token:
    entry = entries("vacation")[match["va"]]
    return token(
        match,
        "vacation",
        PART,
        {"month": int(entry.get("from")), "end_month": int(entry.get("to"))},
        is_weak=True,
    )


def _month_part(match: re.Match[str]) -> Token:
    entry = entries("month_part")[match["mp"] or match["mp_a"]]
    frame: Frame = {"from_day": int(entry.get("from")), "to_day": int(entry.get("to"))}
    return token(match, "month_part", MONTH_PART, frame)


def _decade_part(match: re.Match[str]) -> Token:
    entry = entries("decade_part")[match["dp_w"]]
    return token(match, "decade_part", PART, {"decade_part": str(entry.get("part"))})


def _holiday(match: re.Match[str]) -> Token | None:
    word = match["ho"] or match["ho_w"] or match["ho_q"]
    entry = holidays()[word]
    is_off = bool(match["ho_x"]) and entry.get("holiday") is not None
    frame: Frame = {"holiday": word}
    if is_off:
        frame["holiday_days"] = int(entry.get("holiday"))
    return token(match, "holiday", HOLIDAY, frame)


def _recent(match: re.Match[str]) -> Token:
    word = match["rc"]
    if word in entries("recent_years"):
        back = int(entries("recent_years")[word].get("back_years"))
        return token(match, "recent", DAY, {"recent_years": back})
    return token(match, "recent", DAY, {"recent": int(entries("recent")[word].get("back_days"))})


def _now(match: re.Match[str]) -> Token:
    return token(match, "now", DAY, {"now": 1}, is_weak=match["nw"] in entries("until_now"))


def _every(match: re.Match[str]) -> Token:
    return token(match, "every", YEAR, {"every": match["ev"]})


RULES = (
    # 去年12月 | 今明两年
    Rule("this_and_next", r"(?P<tn>今明|去今)两年", _this_and_next),
    # 去(111)年底 | 今(2023)年
    Rule("stated_year", rf"[去今明前]\({GAP}(?P<sy_n>1\d\d|20\d\d){GAP}\)年(?![级代])", _stated_year),
    # 今明两天 | 明后两日 | 今明后三天
    Rule("two_days", r"(?P<td_a>[昨今明])明?(?P<td_b>(?<=昨)今|(?<=今)明|(?<=明)后)[两三][天日]", _two_days),
    Rule(
        "year_word",
        rf"(?P<yw>(?<![目年月日之以周生前想])(?!(?<=[产成])后年)(?:{words_of('year')}))(?![级纪轻])",
        _year_word,
    ),
    # 上个月15号 | 腊月
    Rule("month_word", rf"(?P<mw>{words_of('month', 'lunar_month')})(?![色光亮])", _month_word),
    # 岁末年初 | 年底
    Rule("year_part", rf"(?P<yp>(?<![大多几\d{CN}])(?:{words_of('year_part')}))(?![奖会])", _year_part),
    # 第一季度 | 前三季度 | Q1 2025 | 上季度末
    Rule(
        "quarter",
        rf"(?:(?P<qt_p>[前后头])(?P<qt_c>[一二两三四1-4])个?季度|(?P<qt_o>{_WHICH})季度|(?:第(?P<qt_d>[一二三四1-4])个?|(?<![个\d])(?:(?P<qt_a>[一二三1-3]){GAP}(?:季度)?{GAP}(?:{RANGE_SIGN}|[、和]){GAP}第?)?(?P<qt_n>[一二三四1-4]))季度|(?P<qt_f>首)个?季度?|(?<=年)第?(?P<qt_b>[一二三四1-4])季(?![度节刊风赛])|"
        r"(?:(?P<qt_y2>(?:19|20)\d\d)年?[ ]?)?(?<![A-Za-z])[Qq](?P<qt_q>[1-4])(?![\dA-Za-z])(?:季度)?(?:[ ](?P<qt_y>(?:19|20)\d\d)(?!\d))?)(?P<qt_t>[初末底])?",
        _quarter,
    ),
    # 上周五 | 星期天 | 周六日 | 这星期 4
    Rule(
        "weekday",
        rf"(?P<wd_o>(?<![以之加])(?:{_WHICH}))?(?<![一二两三四五六七八九十几多])(?:{_WEEK})[ ]?(?P<wd>[一二三四五六日天]|[1-7](?![\d.个年月日天]))(?P<wd_2>[日天](?<=六日|六天))?(?![次围岁])",
        _weekday,
    ),
    # 上周 | 这个星期 | 本周末
    Rule(
        "week",
        rf"(?P<wk_o>(?<![以之加晚早])(?:{_WHICH}))(?:{words_of('week')})(?P<wk_e>末|的?周末)?(?![刊报年边])",
        _week,
    ),
    Rule("weekend", rf"(?:{words_of('weekend')})(?!版)", _weekend),
    # 昨晚 | 同日
    Rule(
        "day_word",
        rf"(?P<dw>(?<![目先以之])(?:{any_of(w for w in entries('day') if w != '今')}))(?!本)",
        _day_word,
    ),
    # 江城医院|昨|与云海大学签约
    Rule(
        "day_alone",
        rf"(?P<day_al>{'|'.join(_alone())})",
        lambda m: token(
            m, "day_word", DAY, {"day_offset": int(entries("day_alone")[m["day_al"]].get("offset"))}
        ),
    ),
    # 会议期间 | 同期
    Rule(
        "event_word",
        rf"(?:(?:{words_of('occasion')})期间|(?P<ev_same>(?<![年月度季周期比较])(?:{words_of('same_event')})(?![增相下上比减扩回高低数基水新间])))",
        lambda m: token(m, "event_word", DAY, {"event_back": 0}),
    ),
    # 春节前后 | 国庆期间 | 2024年冬至
    Rule(
        "holiday",
        rf"(?:(?P<ho>{any_of(_FREE)})|[“\"‘「](?P<ho_q>{any_of(_QUOTED)})[”\"’」](?={_HELD})|(?P<ho_w>{any_of(_GUARDED)})(?={_HELD}))(?:节气?)?(?P<ho_x>{_OFF_WORDS})?(?![路街联]|(?<=寒)天|(?<=暑)天)",
        _holiday,
    ),
    # 清明, 十一 where they fill a clause or follow a year
    Rule(
        "festival_alone",
        rf"(?P<fa>{any_of(_GUARDED)})(?![路街联])",
        lambda m: token(m, "holiday", HOLIDAY, {"holiday": m["fa"]}, is_weak=True),
    ),
    # 近日 | 近年来
    Rule(
        "recent",
        rf"(?P<rc>(?<![目最离节生假当次本终])(?:{words_of('recent', 'recent_years')}))(?![{CN_NUMERAL}\d的点]|(?<=日前)往)",
        _recent,
    ),
    Rule(
        "now",
        rf"(?P<nw>{any_of([w for w in [*entries('now'), *entries('until_now')] if w != '今'])})(?!(?<=今)[年日天晚晨早明])",
        _now,
    ),
    Rule("from_now", rf"(?:{words_of('from_now')})", lambda m: token(m, "now", DAY, {"from_now": 1})),
    # 2023年底 | 2021年春
    Rule(
        "after_year",
        rf"(?<=[年度])(?P<ay>{words_of('after_year')})(?![{CN}\d]|(?<=中)(?![，,。、；;\s)投完建开前后左]|$)|(?<=内)[地蒙外部陆]|(?<=初)[中一二三级步])",
        _after_year,
    ),
    # 今夏 | 去冬今春 | 这个夏天
    Rule(
        "season_year",
        r"(?P<sn_y>[今去明]|这个)(?P<sn_s>[春夏秋冬](?:(?<=这个.)[天季]|(?<!这个.)(?!天(?!气)|[季令奥运招游])))",
        _season_year,
    ),
    Rule("season", r"(?P<se>[春夏秋冬][季天]|(?<=[年今去明])[春夏秋冬](?![奥运招节游季天耕粮]))", _season),
    Rule("vacation", rf"(?P<va>{words_of('vacation')})", _vacation),
    # 上旬 | 月底 | 9月底
    Rule(
        "month_part",
        rf"(?:(?P<mp>(?:(?<=月)|(?<=月份)|(?<=月[ ]))(?:{words_of('month_part')})(?:(?<!月中)|(?=[，,。、；;\s)完投建开前后左之以]|$))|[上中下]旬|中[上下]旬|上中旬|[上下]半月)|(?P<mp_a>(?<!个)月[初中底末]))(?![国央医药小高考])",
        _month_part,
    ),
    Rule("decade_part", rf"(?<=年代|世纪)(?P<dp_w>{words_of('decade_part')})", _decade_part),
    # 每年9月 | 每隔3天 | 每周三 | 每个工作日
    Rule(
        "every",
        rf"(?P<ev>每(?:个|隔|逢)?(?:半?年度?|季度|月份?|天|日|晚|早|晨|小时|分钟|周?工作日|周末|双休日|(?:周|星期|礼拜)(?![ ]?[一二三四五六日天\d])|(?=周|星期|礼拜|半|\d|[{CN}两十])))",
        _every,
    ),
    Rule(
        "lunar_mark",
        rf"(?:{words_of('lunar_mark')})的?",
        lambda m: token(m, "lunar_mark", YEAR, {"lunar": 1}, is_weak=True),
    ),
    Rule(
        "solar_mark",
        rf"(?:{words_of('solar_mark')})的?",
        lambda m: token(m, "solar_mark", YEAR, {}, is_weak=True),
    ),
)
