"""Where a text says it first appeared: newspaper citations and datelines in, candidates out, years mostly unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from timeline.patterns import regex
from timeline.publication.evidence import Candidate
from timeline.publication.layout import Layout
from timeline.publication.stamps import FIRST_YEAR, LAST_YEAR, match_at
from timeline.publication.words import alternation
from timeline.records import Span

_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_WEEKDAY = r"(?:[ ]?[(（]?(?:星期|周)[一二三四五六日天][)）]?)?"
_END = alternation("outlet_end")
_KNOWN = alternation("outlet")
_REPORTER = alternation("reporter")

# 《中国科学报》 (2016-06-03 第8版 聚焦) | 《人民日报》（2022年07月05日 08版） | 《 人民日报 》（ 2022年07月05日 08 版） | 《…》 (-06-03 第8版)
_CITATION = regex(
    rf"""《[ ]?(?P<paper>[^《》\n]{{2,16}}?)[ ]?》[ ]{{0,3}}[(（]?[ ]{{0,2}}
    (?:(?P<year>(?:19|20)\d{{2}})[ ]?年?)?[ ]?[-/.]?[ ]?{_MONTH}[ ]?[-/.月][ ]?{_DAY}[ ]?日?{_WEEKDAY}[ ,，]{{0,3}}
    (?P<section>第?[ ]?[A-Z]?\d{{1,3}}[ ]?版)?(?P<rest>[^()（）。\n]{{0,14}}?[)）])?""",
    re.VERBOSE,
    needs=("《", "》"),
)
# 人民日报 2021年6月9日 第04版 | 光明日报（2021年06月09日 03版）: without brackets round the name only with its page
_BARE_CITATION = regex(
    rf"""(?P<paper>[\u4e00-\u9fff]{{2,10}}(?:{alternation("paper_end", bare=1)}))[ ]?[(（】\]]?[ ]?
    (?P<year>(?:19|20)\d{{2}})[ ]?[-/.年][ ]?{_MONTH}[ ]?[-/.月][ ]?{_DAY}[ ]?日?{_WEEKDAY}[ ,，(（]{{0,3}}
    (?P<section>第?[ ]?[A-Z]?\d{{1,3}}[ ]?版)""",
    re.VERBOSE,
    needs=("版", ("19", "20")),
)
# 第8版 | 08 版: without it no such citation stands on a page
_SECTION = regex(r"版(?:(?<=\d版)|(?<=\d[ ]版))")
# 新华社北京6月9日电 | 中新网重庆2021年6月9日电 (记者 | 经济日报-中国经济网北京6月9日讯 | IT之家9月30日消息 | 本报北京6月9日讯
_DATELINE = regex(
    rf"""(?P<agency>(?:{_KNOWN})(?:-[\u4e00-\u9fff]{{2,6}}网)?|{alternation("own_outlet")}|[\u4e00-\u9fff]{{1,6}}(?:{_END}))
    [ ]?(?:客户端)?(?:(?:{_REPORTER})[\u4e00-\u9fff]{{2,3}})?(?P<place>[\u4e00-\u9fff·、]{{0,14}}?)[ ]?
    (?:(?P<year>(?:19|20)\d{{2}})[ ]?年[ ]?)?(?P<month>1[0-2]|0?[1-9])[ ]?月[ ]?{_DAY}[ ]?日?[ ]?
    (?:[(（]?(?:{_REPORTER})[^，。()（）]{{1,20}}[)）]?)?(?:{alternation("dispatch")})(?!{alternation("not_dispatch")})""",
    re.VERBOSE,
)
# 6|月9日电: where a dateline may end; what names it is read backwards from here
_SENT = regex(
    rf"""月[ ]?\d{{1,2}}[ ]?日?[ ]?(?:[(（]?(?:{_REPORTER})[^，。()（）]{{1,20}}[)）]?)?(?:{alternation("dispatch")})""",
    re.VERBOSE,
)
# 上海2021年5月10日 /美通社/ -- | 2018年1月31日，云南—— | 中国北京，2020年3月4日 -
_RELEASE = regex(
    rf"""(?m)^[ \t'"（(【]{{0,3}}(?:[\u4e00-\u9fff]{{2,8}}[，, ]{{0,2}})?(?P<year>20\d{{2}})[ ]?年[ ]?{_MONTH}[ ]?月[ ]?{_DAY}[ ]?日
    [ ]?(?:/[\u4e00-\u9fff]{{2,6}}/|[，, ]{{0,2}}(?:[\u4e00-\u9fff]{{2,6}})?[ ]?(?:—|–|-{{1,2}}|－)|[ ]?讯)""",
    re.VERBOSE,
)
# （2021年6月9日）近日，: a day in brackets before the first words
_BRACKETED = regex(
    rf"""(?m)^[ \t]{{0,4}}[（(](?P<year>20\d{{2}})[ ]?年[ ]?{_MONTH}[ ]?月[ ]?{_DAY}[ ]?日[)）](?=[ ]?[\u4e00-\u9fff]{{2}})""",
    re.VERBOSE,
)
# 【6月9日讯】 | 6月9日消息， | 北岭6月9日电
_PLAIN = regex(
    rf"""(?m)^[ \t【\[(（]{{0,4}}(?:[\u4e00-\u9fff]{{2,5}}(?=\d{{1,2}}月\d{{1,2}}日电))?(?:(?P<year>20\d{{2}})[ ]?年[ ]?)?(?P<month>1[0-2]|0?[1-9])[ ]?月[ ]?{_DAY}[ ]?日[ ]?
    (?:{alternation("dispatch")})(?=[，,：:　】)）\]]|[ ])""",
    re.VERBOSE,
    needs=("月", "日"),
)
_PAPER_END = regex(rf"(?:{alternation('paper_end')})$")
_QUOTED = regex(rf"(?:{alternation('quoting')})[^，。]{{0,6}}$")
_CITED = regex(alternation("quoting"))
_OWN = regex(rf"^(?:{alternation('own_outlet')})")
_LEAD = 400
_REACH = 48
_LONGEST_PLACE = 13  # characters that may stand before the year of a release in its line


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A citation or dateline: its candidate, the outlet it names (None for 本报), and whether it is a paper's own."""

    candidate: Candidate
    outlet: str | None
    is_own: bool = False


def find_citations(layout: Layout) -> list[Dispatch]:
    """Find where the text cites the paper, day and page that it was printed in."""
    text = layout.page.text
    out: list[Dispatch] = []
    for pattern in (_CITATION, _BARE_CITATION) if _SECTION.search(text) else (_CITATION,):
        for m in pattern.finditer(text):
            if not _is_day(m) or not (m["section"] or _PAPER_END.search(m["paper"])):
                continue
            line = layout.line_at(m.start())
            rest = len(line.text) - (m.end() - m.start())
            is_edge = m.start() - line.start <= 3 or line.end - m.end() <= 3
            is_apart = rest <= 30 or is_edge or bool(m["section"])
            if not is_apart:
                continue
            if any(
                d.candidate.span and d.candidate.span.start <= m.start() < d.candidate.span.end for d in out
            ):
                continue
            trust = 0.93 if m["section"] else 0.8
            if rest > 60:
                # in running text it is rather another article that is cited
                trust -= 0.2 if is_edge else 0.55
            if line.kind in ("teaser", "comment") and not layout.is_code:
                trust -= 0.4
            note = f"printed in {m['paper']}" + (f", {m['section'].strip()}" if m["section"] else "")
            out.append(Dispatch(_made("citation", m, trust, note), m["paper"].strip()))
    return out


def find_datelines(layout: Layout) -> list[Dispatch]:
    """Find the dateline that opens the text; one that a sentence quotes (据新华社6月9日电) dates another text."""
    text = layout.page.text
    body = layout.body()
    out: list[Dispatch] = []
    tails = list(_SENT.finditer(text))
    dated = _dated_lines(layout)
    for pattern, found in (
        (_DATELINE, _sent(text, tails)),
        (_RELEASE, match_at(_RELEASE, text, dated)),
        (_BRACKETED, match_at(_BRACKETED, text, dated)),
        (_PLAIN, _PLAIN.finditer(text) if tails else ()),
    ):
        for m in found:
            if not _is_day(m) or not layout.is_own(m.start()) or any(_lies_in(d, m) for d in out):
                continue
            trust = 0.85
            if _QUOTED.search(text[max(0, m.start() - 10) : m.start()]) or _CITED.match(m.group()):
                trust = 0.4
            if m.start() > body.start + _LEAD:
                trust -= 0.4
            agency = m["agency"] if pattern is _DATELINE else None
            is_own = bool(agency and _OWN.search(agency))
            place = m["place"] if pattern is _DATELINE else ""
            note = f"dateline of {agency}" if agency else "dateline of a release"
            made = _made("dateline", m, round(trust, 2), note + (f" in {place}" if place else ""))
            out.append(Dispatch(made, None if is_own else agency, is_own))
    return sorted(out, key=lambda d: d.candidate.span.start if d.candidate.span else 0)[:6]


def _lies_in(told: Dispatch, m: re.Match[str]) -> bool:
    """Say whether a dateline is the end of one that names its agency: 本报|江城6月13日电."""
    span = told.candidate.span
    return span is not None and span.start < m.end() and m.start() < span.end


def _dated_lines(layout: Layout) -> list[int]:
    """Give where the lines begin that have a year near their beginning."""
    out: list[int] = []
    for year in layout.years:
        start = layout.page.text.rfind("\n", max(0, year - _LONGEST_PLACE - 1), year) + 1
        if (start or year <= _LONGEST_PLACE) and start not in out[-1:]:
            out.append(start)
    return out


def _sent(text: str, tails: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    for tail in tails:
        low = max(0, tail.start() - _REACH)
        low = max(low, text.rfind("\n", low, tail.start()) + 1)
        if m := _DATELINE.search(text, low, tail.end() + 2):
            yield m


def _made(kind: str, m: re.Match[str], trust: float, note: str) -> Candidate:
    year = int(m["year"]) if m["year"] else None
    return Candidate(
        "citation" if kind == "citation" else "dateline",
        "original",
        year,
        int(m["month"]),
        int(m["day"]),
        trust,
        m.group().strip(),
        Span(m.start(), m.start() + len(m.group().rstrip())),
        note,
    )


def _is_day(m: re.Match[str]) -> bool:
    if m["year"] and not FIRST_YEAR <= int(m["year"]) <= LAST_YEAR:
        return False
    month, day = int(m["month"]), int(m["day"])
    return day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)
