"""Which date governs an event: a telling with the times around it in, one bound date or none out; none is better than a wrong one.

The date must stand in the trigger's sentence, nearest before it, or in brackets right after the occasion; else the event
has the date of the occasion it belongs to (会上, 同期), and says so. 为期三天 after a first day makes the range.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from operator import attrgetter

from timeline import lexicon
from timeline.edtf import Edtf
from timeline.numerals import read_number
from timeline.pipes.tellings.drafts import BoundDate, Telling
from timeline.pipes.tellings.occasions import Occasion, stops_in
from timeline.pipes.tellings.phrases import is_numbered
from timeline.pipes.words.layout import Sentence
from timeline.pipes.words.wording import anywhere, at_end, words_of
from timeline.records import Reference, ResolvedTime
from timeline.wordlists import WordEndings, WordList

# 为期3天 | 历时两天 | 为期五天的 | 为期一周
_DURATION = re.compile(
    r"(?:为期|历时|会期|展期|持续|一连)\s?(?:(?P<days>[0-9一二两三四五六七八九十]{1,3})\s?[天日]|(?P<week>一周|一个?星期))"
)
# What makes a date before the trigger the end or the start of something else: 截至2024年底 | 到2028年
_FROM_OR_TO = re.compile(r"(?:截至|截止|截止到|到|至|自|自从|比|较)$")
_SINCE = re.compile(r"(?:以来|起|开始|之前|以前|前|后|之后|以后|至今|底前|期间(?!.{0,2}在))")
_AFTER_OCCASION = re.compile(
    r"\s*[”」』]?\s*[（(]$|(?:将|拟|定|预计)?(?:于|在|定于|时间[为是：:]|日期[为是：:])\s*$"
)
# What another clause foresees: 签署协议，|新实验室将于|9月启用
_FORESEEN = re.compile(r"[，,；;][^，,；;]{2,}(?:将|拟|预计)(?:于|在)\s*$")
_OPEN_BRACKET = "（("
_WEEK = 7  # days of 为期一周
# A year that says of what, not when: 2023年度|最佳奖
_SEASON = "年度"
# A day that only comes near: 在12月5日|国际志愿者日到来之际
_EVE = re.compile(r"[^，,。；]{0,16}(?:到来|来临|将至)(?:之际|前夕)")
# A day on which something else was said: 10月16日|在大会上所作的报告
_SAID = re.compile(r"[^，。；]{0,40}?所[作做发]的?")
# What ends 论坛期间 and 会期内: some day of it, not surely the first
DURING = ("期间", "期内", "其间")
# 从3月26日|起
_SINCE_THEN = "起"
# What has a first day and no last one
_BEGUN = frozenset({"opening", "launch"})
# 36小时后|抵达: a length of way, and no day
_HOURS = re.compile(r"(?:小时|分钟)[之以]?后$")
# How far behind the telling's own day that of a thing may stand: 6月3日|，由|2019年12月成立的集团
_ASIDE = 3
# How far before an occasion that nothing holds its date may stand: 2016年8月在|全国…大会上
_BESIDE = 8
_START = attrgetter("start")
_ATTENDED = 60  # characters between a date and the occasion that somebody attended on it
# Who speaks at an occasion, between its day and its name: ，市长李明远在|山海论坛|上
_SPEAKER = re.compile(r"(?:（[^（）]{1,12}）|\([^()]{1,12}\))?[，,](?!在)[^，,。；！？的\n]{2,40}[在于]")
_AT = re.compile(r"(?:[开闭]幕[式会])?上(?!的)")
_BREAK = re.compile(r"[。；！？\n]")


def find_governing(
    text: str, telling: Telling, times: Sequence[ResolvedTime], occasions: Sequence[Occasion]
) -> ResolvedTime | None:
    """Find the time expression in the telling's own sentence that says when it was, or None."""
    low, high = telling.sentence.start, telling.sentence.end
    near = times[bisect_left(times, low, key=_START) : bisect_left(times, high, key=_START)]
    mine = [t for t in near if t.end <= high and is_date(t)]
    mine = [t for t in mine if not _is_in_name(t, occasions) and not _is_in_title(text, t)]
    mine = [t for t in mine if not _HOURS.search(t.text)]
    mine = [t for t in mine if edition_at(text, t, occasions) is None]
    if telling.sentence.is_heading:
        mine = [t for t in mine if not _is_motto(text, t)]
    moved = _moved_to(text, telling, mine)
    if moved is not None:
        return moved
    left = [t for t in mine if t.end <= telling.start and not _is_bound_elsewhere(text, t, telling)]
    if telling.form == "named" and telling.occasion is not None:
        left = [t for t in left if _is_beside(text, t, telling.occasion)]
    left = _without_thing(text, left, telling)
    if left:
        said = [t for t in left if t.edtf is not None]
        return _inner(text, left[-1] if left[-1].edtf is not None or not said else said[-1], mine)
    edge = telling.occasion.end if telling.occasion is not None else telling.end
    for time in mine:
        if time.start >= min(edge, telling.end) and time.start <= max(edge, telling.end) + 14:
            between = text[min(edge, time.start) : time.start]
            if telling.form == "verb" and _FORESEEN.search(between):
                return None
            if _AFTER_OCCASION.search(between) and len(between) <= 12 and not {"]", "】"} & set(between):
                return time
    return None


def _moved_to(text: str, telling: Telling, times: Sequence[ResolvedTime]) -> ResolvedTime | None:
    """Find the new day of what was put off: 原定于4月21日举办的展览会延期至|7月28日|举办."""
    if telling.form == "verb":
        return None
    for time in times:
        before = at_end("factuality", "moved").search(text[max(0, time.start - 6) : time.start])
        if before and time.edtf is not None:
            return time
    return None


def is_date(time: ResolvedTime) -> bool:
    """Say whether a time expression can date an event: a day, a month, a range, a vague 近日; no duration, clock or set."""
    return time.kind in ("date", "range") or (time.kind == "time" and time.edtf is not None)


def bind(time: ResolvedTime, *, sure: bool = True) -> BoundDate:
    """Make a bound date of a resolved time."""
    edtf = str(time.edtf) if time.edtf is not None else None
    confidence = 0.0 if edtf is None else 0.9 if sure else 0.6
    if time.edtf is not None and (time.edtf.is_approximate or time.edtf.is_uncertain):
        confidence = 0.5
    low, high = (day[:10] if day else None for day in (time.from_, time.to))
    return BoundDate(edtf, low, high, time.start, time.end, time.reason, confidence)


def borrow(date: BoundDate, word: str) -> BoundDate:
    """Make the date of an event that is told as part of another one."""
    reason = f"{word}: as the event it belongs to; {date.reason}"
    edtf = date.edtf
    low, high = date.from_, date.to
    if edtf is not None and "/" in edtf and word.startswith(words_of("roles", "first_act")):
        edtf, high = edtf.split("/")[0], low
    elif edtf is not None and word.endswith(DURING) and ".." not in edtf:
        edtf = "/".join(str(Edtf.parse(p).plain().with_qualifier("~")) for p in edtf.split("/"))
    return BoundDate(edtf, low, high, date.start, date.end, reason, date.confidence * 0.8)


def by_then(date: BoundDate, word: str) -> BoundDate:
    """Make the date of what was done at some time of an occasion of which only the last day is told."""
    reason = f"{word}: by the last day of the event it belongs to; {date.reason}"
    return BoundDate(f"../{date.edtf}", None, date.to, date.start, date.end, reason, date.confidence * 0.6)


def begins(time: ResolvedTime, telling: Telling) -> bool:
    """Say whether a time gives the day from which what is opened is in use: |从3月26日起|，二号航站楼启用."""
    first = time.edtf.start if time.edtf is not None else None
    is_day = first is not None and first.precision == "day"
    return is_day and telling.type in _BEGUN and time.text.endswith(_SINCE_THEN)


def begun(date: BoundDate) -> BoundDate:
    """Make the first day of a span that only says since when."""
    first = date.edtf.split("/")[0] if date.edtf is not None else None
    return replace(date, edtf=first, to=date.from_)


def stretch(text: str, telling: Telling, date: BoundDate, limit: int) -> BoundDate:
    """Make the range of a first day and a 为期N天 in the same sentence or the next ones, up to `limit`."""
    if date.edtf is None or "/" in date.edtf or telling.form == "verb" or telling.takes == "closing":
        return date
    if telling.type in ("signing", "visit"):
        return date
    match = _DURATION.search(text, telling.sentence.start, limit)
    days = _days(match) if match else None
    if match is None or days is None or not 1 < days < 60:
        return date
    start = Edtf.parse(date.edtf)
    if start.precision != "day" or start.is_approximate:
        return date
    end = _days_later(start, days - 1)
    if end is None:
        return date
    value = Edtf.of_range(start, end)
    low, high = value.bounds()
    return BoundDate(
        str(value),
        low.isoformat() if low else None,
        high.isoformat() if high else None,
        date.start,
        date.end,
        f"{date.reason}; {match.group()} gives the last day",
        date.confidence,
    )


def _days(match: re.Match[str]) -> int | None:
    return _WEEK if match["week"] else read_number(match["days"])


def connector_before(text: str, telling: Telling) -> str | None:
    """Give the word that ties a sentence or clause to the event before it: 会上, 同期, 签约仪式上."""
    head = text[telling.sentence.start : telling.start]
    match = _connectors().match(head)
    if match:
        return match.group("word")
    clause = text[telling.clause[0] : telling.start]
    match = _connectors().match(clause) or _together().search(clause)
    return match.group("word") if match else None


def opening_connector(text: str, sentence: Sentence) -> str | None:
    """Give the connector that a sentence opens with: 推介会上，…"""
    match = _connectors().match(text, sentence.start, sentence.end)
    return match.group("word") if match else None


def is_within(word: str) -> bool:
    """Say whether a connector puts an event inside the one before it (会上, 同期), not only on its day (同日) or after it (会后)."""
    return not _only_then().search(word)


def is_after(date: BoundDate, reference: Reference) -> bool:
    """Say whether a date lies wholly after the day the page speaks from."""
    if date.from_ is None or reference.date is None or not reference.is_certain:
        return False
    _, latest = reference.date.bounds()
    return latest is not None and date.from_ > latest.isoformat()


def _days_later(start: Edtf, days: int) -> Edtf | None:
    point = start.points[0]
    if point.month is None or point.month == "XX" or point.day is None or point.day == "XX":
        return None
    known = start.is_year_known
    anchor = start.plain().bounds()[0] if known else Edtf.parse(f"2023-{point.month}-{point.day}").bounds()[0]
    if anchor is None:
        return None
    last = Edtf.of_day(anchor + timedelta(days=days))
    if known:
        return last.with_qualifier(point.qualifier)
    tail = last.points[0]
    if tail.month is not None and tail.month < point.month:
        return None
    return Edtf.parse(f"XXXX-{tail.month}-{tail.day}")


def _is_in_name(time: ResolvedTime, occasions: Sequence[Occasion]) -> bool:
    return any(o.start <= time.start and time.end <= o.end and o.is_named for o in occasions)


def _is_beside(text: str, time: ResolvedTime, occasion: Occasion) -> bool:
    """Say whether a date stands right before an occasion that nothing holds, or before who attended it: 3月28日，市长出席|交接仪式."""
    gap = text[time.end : occasion.start]
    is_day = time.kind != "range" and time.edtf is not None and not time.edtf.is_approximate
    if is_day and _is_attended(gap) and not text.startswith("的", occasion.end):
        return True
    if (
        is_day
        and _SPEAKER.fullmatch(gap)
        and _AT.match(text, occasion.end)
        and not stops_in(gap[:-1].strip("，,"))
    ):
        return True
    return 0 <= occasion.start - time.end <= _BESIDE and not stops_in(gap.lstrip("，, 的在于"))


def _is_attended(gap: str) -> bool:
    """Say whether between a date and an occasion stands only who attended it: ，市长李明远|出席."""
    present = at_end("roles", "present").search(gap)
    if present is None or len(gap) > _ATTENDED or _BREAK.search(gap):
        return False
    rest = gap[: present.start()]
    return not anywhere("roles", "meets", "abroad").search(rest)


def _is_motto(text: str, time: ResolvedTime) -> bool:
    """Say whether a feast only stands in the motto of a heading: 潮声里的|中秋|：文化节开幕."""
    return not any(c.isdecimal() for c in time.text) and text.startswith(("：", ":"), time.end)


def edition_at(text: str, time: ResolvedTime, occasions: Sequence[Occasion]) -> str | None:
    """Give the words by which a year only says which of its kind is meant: 今年|歌会一大亮点, after 第八届…歌会."""
    if time.edtf is None or time.edtf.precision != "year" or time.edtf.is_interval:
        return None
    at = time.end + text.startswith("的", time.end)
    short = next((o.head for o in occasions if not o.is_named and o.start == at), "")
    tails = (o.name.rstrip("”」》")[-2:] for o in occasions if o.is_named and o.end <= time.start)
    short = short or next((tail for tail in tails if text.startswith(tail, at)), "")
    return text[time.start : at + len(short)] if short else None


def _is_in_title(text: str, time: ResolvedTime) -> bool:
    """Say whether a date stands inside 《…》: it belongs to the document's name."""
    opened = text.rfind("《", max(0, time.start - 60), time.start)
    return (
        opened >= 0
        and text.find("》", opened, time.start) < 0
        and text.find("》", time.end, time.end + 60) >= 0
    )


def _is_bound_elsewhere(text: str, time: ResolvedTime, telling: Telling) -> bool:
    """Say whether a date before the trigger belongs to something else: a bound (截至…), or a past clause (…以来)."""
    if time.edtf is not None and time.edtf.is_open and not begins(time, telling):
        return True
    if time.text.endswith(_SEASON) or text.startswith(_SEASON, time.end) or text.startswith("度", time.end):
        return True
    if is_numbered(text, time.end) or _EVE.match(text, time.end):
        return True
    if _SAID.match(text, time.end):
        return True
    is_held = telling.occasion is not None and telling.occasion.end == time.start
    if (
        time.text in words_of("roles", "that_day")
        and not is_held
        and at_end("roles", "opened").search(text[max(0, time.start - 4) : time.start])
    ):
        return True
    if _FROM_OR_TO.search(text, max(telling.sentence.start, time.start - 3), time.start):
        return True
    return bool(_SINCE.match(text, time.end)) and telling.clause[0] > time.end


def _without_thing(text: str, left: list[ResolvedTime], telling: Telling) -> list[ResolvedTime]:
    """Leave out a date by which a thing spoken of began, alone or right behind the telling's own: 5月2日，|去年9月1日|动工的医院启用."""
    if not left:
        return left
    time = left[-1]
    verb = _begun_things().match(text, time.end)
    if verb is None or verb.end() >= telling.start or not text.startswith("的", verb.end()):
        return left
    is_own = len(left) > 1 and time.start - left[-2].end > _ASIDE
    return left if is_own else left[:-1]


@cache
def _begun_things() -> WordList:
    """Find the verbs by which bodies and works begin to be."""
    entries = (e for e in lexicon.load("events") if e.kind in ("establishment", "groundbreaking", "opening"))
    return WordList([word for entry in entries for word in entry.words])


def _inner(text: str, time: ResolvedTime, mine: Sequence[ResolvedTime]) -> ResolvedTime:
    """Prefer the date in brackets: 今天（6月12日）."""
    for other in mine:
        if other.start == time.end + 1 and text[time.end] in _OPEN_BRACKET and other.edtf is not None:
            return other if time.edtf is None or time.edtf.is_compatible(other.edtf) else time
    return time


@cache
def _connectors() -> re.Pattern[str]:
    words = sorted(
        (w for e in lexicon.load("roles") if e.kind == "connector" for w in e.words), key=len, reverse=True
    )
    ends = "|".join(w for e in lexicon.load("roles") if e.kind == "afterwards" for w in e.words)
    opened, that_day = ("|".join(words_of("roles", kind)) for kind in ("opened", "that_day"))
    return re.compile(
        r"[\s“，,]*(?:在|此外，|据了解，|另外，)?(?:本次|此次|当天的?)?(?P<word>"
        + rf"(?:{opened})(?:{that_day})|"
        + "|".join(map(re.escape, words))
        + rf"|[\u4e00-\u9fff]{{2,10}}(?:{ends})(?=，))"
    )


@cache
def _only_then() -> WordEndings:
    return at_end("roles", "then")


@cache
def _together() -> re.Pattern[str]:
    words = [w for e in lexicon.load("roles") if e.kind == "together" for w in e.words]
    return re.compile("(?P<word>" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")")
