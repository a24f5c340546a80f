"""What the years in a text say about the page's own: a layout in, clues out (event names, tenses, weekdays, 今年)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from timeline.patterns import regex
from timeline.publication.anchors import anchor_clues
from timeline.publication.evidence import Clue
from timeline.publication.layout import Layout
from timeline.publication.stamps import FIRST_YEAR, LAST_YEAR, match_at
from timeline.publication.words import alternation, by_word, word_list
from timeline.records import Span
from timeline.wordlists import Found

# 2021中科院…论坛 | 2016 年大数据产业峰会 | 2023·青川发展论坛; not 2021年6月…
_OCCASION = regex(
    rf"""(?<![\d.\-/年至到])(?P<year>20\d{{2}})[ ]?(?:年度?|·|•|’|')?[ ]?(?!\d{{1,2}}[ ]?[月.\-/\d])
    (?P<name>[^\s，。！？；：、（）()\d]{{1,28}}?\n?[^\s，。！？；：、（）()\d]{{0,16}}?(?:{alternation("occasion")}))""",
    re.VERBOSE,
)
# 2023年 | 2023年6月 | 2023年底; as a range (2023-2025年) it is a plan and says nothing here
_YEAR = regex(
    r"""(?<![\d.\-—－~～/])(?P<year>(?:19|20)\d{2})[ ]?年(?!代|级|版|[-—－~～至到])(?:[ ]?(?P<month>1[0-2]|0?[1-9])[ ]?月(?:[ ]?(?P<day>[0-3]?\d)[ ]?日)?)?""",
    re.VERBOSE,
)
_UNTIL_BEFORE = regex(rf"(?:{alternation('until')})[ ]?$")
_TOWARDS = regex(rf"(?:{alternation('towards')})[^，。]{{0,4}}$")
_FUTURE_AFTER = regex(rf"^[底末初前年内，,\s]{{0,4}}[^。；！？]{{0,24}}?(?:{alternation('future_sure')})")
_DONE = regex(rf"(?:{alternation('done')})")
_BUDGET = regex(rf"^[^，。]{{0,24}}?(?:{alternation('budget')})")
_PART_YEAR = regex(rf"^[ ]?(?:{alternation('part_year')}|第?[一二三四1-4]季|\d|—|-|~)")
_WHOLE = regex(rf"^[^。；]{{0,40}}?(?:{alternation('whole_year')})[^。；]{{0,24}}?\d")
# （2018 | 是 2018
_AFTER_WORD = regex(r"20(?:(?<=[(（是即]20)|(?<=[(（是即][ ]20))\d{2}")
# 今年（2018年） | 今年是2018年 | 去年（2017年）
_THIS_YEAR = regex(rf"(?P<which>{alternation('deictic_year')})(?:[(（]|是|即|，即)[ ]?(?P<year>20\d{{2}})年?")
# 6月9日（星期三） | 6月9日 周三
_WEEKDAY = regex(
    r"""(?<![年\d])(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日[ ]?[(（，,]?[ ]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])""",
    re.VERBOSE,
    needs=("月", ("星期", "周", "礼拜")),
)
_WEEKDAY_END = regex(r"日[ ]?[(（，,]?[ ]?(?:星期|周|礼拜)[一二三四五六日天]")
_WEEKDAYS = "一二三四五六日"
_MOST_WEEKDAYS = 8
_LEAD = 260


@dataclass(frozen=True, slots=True)
class _Mention:
    """A year in running text with what the clause says of it."""

    year: int
    month: int | None
    day: int | None
    start: int
    end: int
    is_future: bool
    is_goal: bool


def find_clues(layout: Layout) -> list[Clue]:
    """Find everything in the page's own text that rules years in or out."""
    return [
        *_of_occasions(layout),
        *_of_years(layout),
        *_of_this_year(layout),
        *_of_weekdays(layout),
        *anchor_clues(layout),
    ]


def _of_occasions(layout: Layout) -> Iterator[Clue]:
    """A year in the name of the event that the title or the lead tells of is the page's year, or nearly."""
    text = layout.page.text
    lead = layout.body().start + _LEAD if layout.first < len(layout.lines) else _LEAD
    seen: set[int] = set()
    for m in match_at(_OCCASION, text, layout.years, lead):
        year = int(m["year"])
        if year in seen or not layout.is_own(m.start()) or not FIRST_YEAR <= year <= LAST_YEAR:
            continue
        if word_list("recent").search(re.split(r"[。\n]", text[: m.start()])[-1]):
            continue
        seen.add(year)
        yield _hint(m, date(year, 1, 1), date(year, 12, 31), 1.6, "the year in the event's own name")


def _of_years(layout: Layout) -> Iterator[Clue]:
    mentions = list(_mentions(layout))
    text = layout.page.text
    for m in mentions:
        if m.is_future and m.is_goal:
            high = date(m.year, 12, 31)
            yield Clue(
                ((None, high),),
                2.0,
                text[m.start : m.end],
                Span(m.start, m.end),
                "spoken of as still to come",
            )
    past = [m for m in mentions if not m.is_future]
    if not past:
        return
    newest = max(past, key=lambda m: (m.year, m.month or 0, m.day or 0))
    span, words = Span(newest.start, newest.end), text[newest.start : newest.end]
    low = date(newest.year, newest.month or 1, 1) - timedelta(days=45)
    yield Clue(((low, None),), 1.5, words, span, "spoken of as past or present")
    near = (date(newest.year, 1, 1), date(newest.year + 1, 12, 31))
    yield Clue((near,), 0.8, words, span, "the newest year mentioned", is_hint=True)
    yield from _of_whole_years(layout, newest.year)


def _of_whole_years(layout: Layout, newest: int) -> Iterator[Clue]:
    """A whole year's figures, or 过去一年, are told in the year after."""
    text = layout.page.text
    low, high = date(newest + 1, 1, 1), date(newest + 1, 12, 31)
    for m in match_at(_YEAR, text, layout.years):
        if int(m["year"]) != newest or m["month"] or not layout.is_own(m.start()):
            continue
        rest = text[m.end() : m.end() + 90]
        before = text[max(0, m.start() - 3) : m.start()]
        if not _PART_YEAR.match(rest) and _WHOLE.match(rest) and not _UNTIL_BEFORE.search(before):
            yield _hint(m, low, high, 0.9, "figures of the whole year")
            break
    recent = next((m for m in word_list("recent").finditer(text) if layout.is_own(m.start())), None)
    if recent:
        yield _hint(recent, low, high, 0.9, f"told after {newest}, the newest year mentioned")


def _mentions(layout: Layout) -> Iterator[_Mention]:
    text = layout.page.text
    for m in match_at(_YEAR, text, layout.years):
        year = int(m["year"])
        if not FIRST_YEAR <= year <= LAST_YEAR or not layout.is_own(m.start()):
            continue
        if layout.line_at(m.start()).kind == "byline":
            continue
        if layout.line_at(m.start()).number > layout.last and layout.first < len(layout.lines):
            continue
        before, rest = text[max(0, m.start() - 8) : m.start()], text[m.end() : m.end() + 40]
        clause = re.split(r"[。；！？\n]", rest, maxsplit=1)[0]
        towards = _TOWARDS.search(before) is not None
        sure = _FUTURE_AFTER.match(clause) is not None
        is_future = sure or (towards and not _DONE.search(clause))
        month = int(m["month"]) if m["month"] else None
        day = int(m["day"]) if m["day"] else None
        yield _Mention(
            year,
            month,
            day,
            m.start(),
            m.end(),
            is_future or _BUDGET.match(rest) is not None,
            sure and month is None,
        )


def _of_this_year(layout: Layout) -> Iterator[Clue]:
    text = layout.page.text
    if not any(_AFTER_WORD.match(text, year) for year in layout.years):
        return
    for m in _THIS_YEAR.finditer(text):
        year = int(m["year"]) - int(by_word("deictic_year")[m["which"]].get("years"))
        if layout.is_own(m.start()) and FIRST_YEAR <= year <= LAST_YEAR:
            words, span = m.group(), Span(m.start(), m.end())
            year_days = (date(year, 1, 1), date(year, 12, 31))
            yield Clue((year_days,), 3.0, words, span, f"{m['which']} with its number")


def _of_weekdays(layout: Layout) -> Iterator[Clue]:
    text = layout.page.text
    found = islice(_WEEKDAY.finditer(text), _MOST_WEEKDAYS) if _WEEKDAY_END.search(text) else ()
    for m in found:
        if not layout.is_own(m.start()):
            continue
        wanted = _WEEKDAYS.index(m["weekday"].replace("天", "日"))
        ranges: list[tuple[date | None, date | None]] = []
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            try:
                day = date(year, int(m["month"]), int(m["day"]))
            except ValueError:
                continue
            if day.weekday() == wanted:
                ranges.append((day - timedelta(days=90), day + timedelta(days=120)))
        yield Clue(
            tuple(ranges), 1.2, m.group(), Span(*m.span()), "the weekday fits these years only", is_hint=True
        )


def _hint(m: re.Match[str] | Found, low: date, high: date, weight: float, note: str) -> Clue:
    words = m.group().replace("\n", "")
    return Clue(((low, high),), weight, words, Span(m.start(), m.end()), note, is_hint=True)
