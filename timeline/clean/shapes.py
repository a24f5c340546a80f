"""A line, and the same without its bullet, in; the marks that rest on its dates, its first and last signs and its form out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.patterns import regex

_FINALS, _CLOSERS = frozenset("。！？!?；;：:…"), "”’」』\"')）】],"  # 举行。”
_LATIN_ENDS = frozenset(".\"')")
_LATIN_FINAL = re.compile(r"[a-z]{2}\.[\"')]?$")  # held.
# what the marks of most lines do not rest on: a digit, a sign of lists, paths, tables, books, pictures
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[|丨｜/>›»→….#\t《图]")
_SENTENCE = re.compile(r"[。！？!?]")
_COMMAS = re.compile(r"[，,、；;。！？][^，,、；;。！？]*[，,、；;。！？]")
# 2021-06-09 | 2021年6月 | 06-09 | 二〇二一年六月九日
_DAY = (
    r"(?:(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}\s?日?)?|\d{1,2}[-/]\d{1,2}"
    r"|[一二][〇○零O一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_CLOCK = r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?"
_STAMP_ONLY = re.compile(  # [2023-09-21 13:18:00] | 3天前
    rf"""
    \W{{0,4}}
    (?: {_DAY} \s{{0,3}} (?:(?:星期|周)[一二三四五六日天])? \s{{0,3}} T? (?:{_CLOCK})?
      | {_CLOCK}
      | \d{{1,3}}\s?(?:天|小时|分钟|周|个月)前 )
    \W{{0,4}}
    """,
    re.VERBOSE,
)
_STAMP_SIZE = 42  # of the longest stamp
_STAMP = regex(
    rf"{_DAY}\s{{0,3}}T?{_CLOCK}|(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}",
    needs=((":", "：", "19", "20"),),
)
_STAMP_FIRST = re.compile(
    rf"(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?:\s{{0,3}}T?{_CLOCK})?(?:\s|[|丨｜]|$)"
)
_DATED = re.compile(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日\s?(?:[^\s\d:：|]|(?:19|20)\d\d)"
)  # 6月9日，江河论坛
_MONTH_DAY = re.compile(r"\d{1,2}月\d{1,2}日(?:[上下]午|晚|至\d{1,2}日)?[，,]?")  # 6月9日
_SLOT = re.compile(r"\d{1,2}[:：]\d\d\s?[-—–~～至到]{1,2}\s?\d{1,2}[:：]\d\d\s?\S")  # 09:00-09:30 嘉宾签到
_DATELINE = regex(  # 新华社北京4月24日电（记者江山） | 经济日报北京11月27日讯
    r"[\u3400-\u9fffA-Za-z]{2,16}\d{1,2}月\d{1,2}日[\u3400-\u9fff]{0,2}(?:电|讯|消息)",
    needs=("月", "日", ("电", "讯", "消息")),
)
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]|第[一二三四五六七八九十]{1,3}[，、章节条]")
_FIGURE = regex(r"图\s?[\d一二三四五]{1,2}\s?[:：.、\s]", needs=("图",))  # 图1：签约现场
_FLOOR = regex(r"(?:第?\s?\d{1,4}\s?[楼#]|#\d{1,4})\s", needs=(("楼", "#"),))  # 2楼 山里人
_HEADING = regex(r"#{1,6}\s", needs=("#",))
_CUT_START = regex(r"\W?(?:\.{3}|…(?!…))", needs=(("...", "…"),))  # ...县举行开工仪式
_CUT_END = regex(r"(?:\.{3}|(?<!…)…)\W?$", needs=(("...", "…"),))  # 全力打造...
_BROKEN_STARTS = frozenset("，。、；）》”」)")
_OPEN_ENDS = frozenset("，、（《“「")  # a sentence goes on in the next line
_RANK = re.compile(r"\W{0,3}\d{1,2}\W{0,2}\S.{2,50}\s\d{2,7}")  # 3 秋季养生的七个要点 11199
_CRUMBS = regex(
    r"\s[>›»→]{1,2}\s|[>»]{2}|^[>›»]|\S\s?[>›»]\s?\S{2,20}\s?[>›»]", needs=((">", "›", "»", "→"),)
)  # 首页 > 新闻 > 正文
_PERSON = regex(  # 江河市水务局局长 江山
    r"\S{0,40}(?:书记|主任|院长|校长|教授|所长|记者|通讯员|董事长|总裁|局长|市长|县长|研究员|处长|会长|总经理)\s[\u4e00-\u9fff]{2,4}"
)
_CITATION = regex(  # 《江河日报》（2016-06-03 第8版）
    r"\W{0,3}《[^《》]{2,20}》\s{0,2}[（(][^（）()]{3,40}[）)]\W{0,3}", needs=("《",)
)
_EDITION = regex(r"第?\s?[A-Z]?\d{1,3}\s?版\s?[:：]?\s?\S{0,8}", needs=("版",))  # 第03版：要闻
_BAR = regex(
    r"[^|丨｜/]{1,12}(?:\s?[|丨｜/]\s?[^|丨｜/]{1,12}){2,}", needs=(("|", "丨", "｜", "/"),)
)  # 首页 | 归档 | 关于
_PHONE = regex(  # 0531-85193561
    r"(?<!\d)(?:0\d{2,3}[-－—\s]?\d{7,8}|1[3-9]\d{9}|400[-\s]?\d{3}[-\s]?\d{4})(?!\d)",
    needs=(("0", "1"),),
)
_SHORT = 80


def is_only_stamp(shown: str) -> bool:
    """Say whether a line is a date or an hour and nothing else.

    >>> is_only_stamp("[2023-09-21 13:18]"), is_only_stamp("9月21日，论坛开幕")
    (True, False)
    """
    return len(shown) <= _STAMP_SIZE and bool(_STAMP_ONLY.fullmatch(shown))


def is_final(shown: str) -> bool:
    """Say whether a line ends as a sentence does."""
    if shown.rstrip(_CLOSERS)[-1:] in _FINALS:
        return True
    return shown[-1:] in _LATIN_ENDS and bool(_LATIN_FINAL.search(shown, max(0, len(shown) - 4)))


def find_shapes(shown: str, bare: str, *, is_stamp: bool) -> Iterator[str]:
    """Give the marks of a line, which is more than its bullet.

    >>> sorted(find_shapes("一、5月18日，两校签约。", "一、5月18日，两校签约。", is_stamp=False))
    ['commas', 'final', 'item', 'sentence']
    """
    size, last = len(shown), shown[-1]
    if is_final(shown):
        yield "final"
    if size <= 40 and last in ":：":
        yield "colon_end"
    # 两校的（ | 两校,
    if size >= 6 and (last in _OPEN_ENDS or (last in ",(" and "\u4e00" <= shown[-2] <= "\u9fff")):
        yield "open_end"
    if "。" in shown or (size > 40 and _SENTENCE.search(shown)):
        yield "sentence"
    if _COMMAS.search(shown):
        yield "commas"
    if shown[0] in _BROKEN_STARTS:
        yield "broken_start"
    if _ITEM.match(bare):
        yield "item"
    if size <= 50 and len(shown.split()) > 1 and _PERSON.fullmatch(shown):
        yield "person"
    if _DIGIT.search(shown):
        yield from _stamped(shown, bare, is_open=not is_stamp and "。" not in shown)
        yield from _numbered(shown, bare)
    if _SIGN.search(shown):
        yield from _drawn(shown, bare)


def _stamped(shown: str, bare: str, *, is_open: bool) -> Iterator[str]:
    """Give the marks of a line with a digit that rest on a date or an hour."""
    size = len(shown)
    if size <= 120 and _STAMP.search(shown):
        yield "stamp"
        if is_open and size <= 40 and not _COMMAS.search(shown):
            yield "short_stamp"
    if bare[0].isdecimal():
        if is_open and _STAMP_FIRST.match(bare):
            yield "stamp_first"
        if size >= 14 and _DATED.match(bare):
            yield "dated"
        if _SLOT.match(bare):
            yield "slot"
        if _MONTH_DAY.fullmatch(shown):
            yield "opener"
    elif _DATELINE.match(bare):
        yield "dateline"


def _numbered(shown: str, bare: str) -> Iterator[str]:
    """Give the marks of a short line with a digit that rest on another number."""
    if len(shown) > _SHORT:
        return
    if shown[-1].isdecimal() and _RANK.fullmatch(shown):
        yield "rank"
    if _EDITION.fullmatch(shown):
        yield "citation"
    if _FLOOR.match(shown):
        yield "reply"
    if _PHONE.search(shown):
        yield "contact"


def _drawn(shown: str, bare: str) -> Iterator[str]:
    """Give the marks of a line with a sign that running text seldom has."""
    size = len(shown)
    if _HEADING.match(shown):
        yield "heading"
    if _CUT_START.match(shown):
        yield "cut_start"
    if _CUT_END.search(shown, size - 4 if size > 4 else 0):
        yield "cut_end"
    if (shown[0] == "|" and shown.count("|") > 2) or "\t" in shown:
        yield "table"
    if size <= 120 and _CRUMBS.search(shown):
        yield "crumbs"
    if size <= _SHORT:
        if _BAR.fullmatch(shown) and not _STAMP.search(shown):
            yield "bar"
        if _CITATION.fullmatch(shown):
            yield "citation"
        if _FIGURE.match(bare):
            yield "caption"
