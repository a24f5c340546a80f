"""The date of a telling: its own time expression, else the event it belongs to, a date line above, a teaser's stamp; or none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from timeline import lexicon
from timeline.edtf import Edtf
from timeline.errors import EdtfError
from timeline.pipes.events.later import told_later
from timeline.pipes.events.material import Material, item_of, paragraph_end
from timeline.pipes.tellings.drafts import BoundDate, Telling
from timeline.pipes.tellings.scope import (
    DURING,
    begins,
    begun,
    bind,
    borrow,
    by_then,
    connector_before,
    edition_at,
    find_governing,
    is_date,
    is_within,
    opening_connector,
    stretch,
)
from timeline.pipes.words.layout import Sentence
from timeline.pipes.words.wording import anywhere, at_end
from timeline.records import EventType, Reference, ResolvedTime
from timeline.wordlists import WordList

# What follows an occasion when more is told of it: 大会成果丰硕 | 论坛上
_AT_IT = re.compile(r"上|期间|成果|还|现场|中")

# 两家协会|还|续签了协议, 公司|还|与丙大学签署协议
_STILL = "还"
_ALSO = re.compile(r"还(?:[与和同][^，。]{2,30}|为[^，。]{2,30})?(?:共同|现场|分别|一并|正式|联合)?$")
_SEMICOLON = "；"
_SPOKEN = 3  # paragraphs in which an event stays what is spoken of
_LISTED = 6  # sentences that semicolons join
_SCENE = 4  # sentences before a ceremony that can tell its day
# What can have the day a report opens with: what was signed, unveiled, opened or held
_OPENED = frozenset({"parties", "body", "work", "occasion"})
# What is done at a ceremony, and what is one
_ACTS = frozenset({"signing", "unveiling", "award"})
_CEREMONIES = frozenset({"signing", "unveiling", "establishment", "opening", "groundbreaking", "launch"})


@dataclass(frozen=True, slots=True)
class Stage:
    """The named occasion told last with a date: on it falls what was done 论坛期间, whatever has been told since."""

    name: str
    date: BoundDate
    whole: int


@dataclass(frozen=True, slots=True)
class LastEvent:
    """The dated event told last: its item, its date, what sort of occasion it was; `whole` is where the last occasion is told.

    `paragraph` numbers the block of lines that tells of it, `at` is where; `closes` says that the date is its last day alone;
    `stage` is the occasion it may be a part of.
    """

    whole: int
    item: int
    date: BoundDate
    type: EventType | None
    paragraph: int = -1
    closes: bool = False
    is_history: bool = False
    at: int = -1
    stage: Stage | None = None


def find_date(
    material: Material, telling: Telling, last: LastEvent | None, *, planned: bool
) -> BoundDate | None:
    """Find when an event was: told beside it, carried from the event before, or by the page; None where nothing says."""
    text = material.text
    time = find_governing(text, telling, material.times, material.occasions)
    is_during = time is not None and time.text.endswith(DURING)
    if time is not None and time.edtf is not None and not is_during:
        return _within(material, telling, _own_days(material, telling, time), last)
    marked = _marked(material, telling)
    if marked is not None:
        return bind(marked, sure=False)
    above = _date_line(material, telling.sentence)
    if above is not None:
        return above
    if last is not None and last.item == item_of(material, telling.sentence):
        word = connector_before(text, telling) or _hour(material, telling, last)
        if not word and not planned:
            word = _occasion_before(material, telling, last) or _scene(material, telling, last)
            word = word or _edition(material, telling)
            mark = _carried(material, telling, last) if word is None and time is None else None
            if mark is not None:
                return replace(borrow(last.date, mark), whole=last.date.whole)
        if word and last.stage is not None and word.endswith(DURING):
            what = word[: -len(DURING[0])]
            if what and what in last.stage.name:
                return replace(borrow(last.stage.date, word), whole=last.stage.whole)
        if word:
            date = by_then(last.date, word) if last.closes and _is_during(material, telling, word) else None
            return replace(date or borrow(last.date, word), whole=last.whole if is_within(word) else None)
        occasion = telling.occasion
        if time is None and occasion is not None and part_words().search(occasion.name):
            return replace(borrow(last.date, occasion.head), whole=last.whole)
    elif time is None and not planned:
        scene = _told_scene(material, telling) or _opened(material, telling)
        if scene is not None:
            return scene
    if time is not None:
        return borrow(bind(time), time.text) if is_during else bind(time)
    is_news = telling.form == "held" and not planned
    return told_later(material, telling) or (_of_stamp(material) if is_news else None)


def _own_days(material: Material, telling: Telling, time: ResolvedTime) -> BoundDate:
    """Make the date of the time told beside a telling, with the last day where that is told or counted."""
    date = begun(bind(time)) if begins(time, telling) else bind(time)
    date = _until_close(material, telling, date)
    return stretch(material.text, telling, date, _reach(material, telling))


def _until_close(material: Material, telling: Telling, date: BoundDate) -> BoundDate:
    """Make the range of a first day whose last stands right behind it: 14日|开幕|、18日闭幕."""
    if telling.form != "held" or telling.takes == "closing" or date.edtf is None:
        return date
    text = material.text
    time = next((t for t in material.times if t.start >= telling.end), None)
    is_next = time is not None and time.start - telling.end <= 1 and is_date(time)
    if time is None or not is_next or time.edtf is None or not _closes().match(text, time.end):
        return date
    first = Edtf.parse(date.edtf)
    if first.is_interval or first.precision != "day" or time.edtf.precision != "day":
        return date
    try:
        value = Edtf.of_range(first, time.edtf)
    except EdtfError:
        return date
    reason = f"{date.reason}; {time.text} gives the last day"
    return replace(date, edtf=str(value), to=time.to[:10] if time.to else None, reason=reason)


@cache
def _closes() -> WordList:
    """Find the verbs that end an occasion."""
    return WordList([w for e in lexicon.load("events") if e.get("takes") == "closing" for w in e.words])


def _told_scene(material: Material, telling: Telling) -> BoundDate | None:
    """Give the day of the sentences before a ceremony that was not told as an event itself: 21日，平台交付。交付仪式上，…"""
    word = connector_before(material.text, telling)
    if (
        telling.type not in _ACTS
        or word is None
        or not is_within(word)
        or not at_end("roles", "afterwards").search(word)
    ):
        return None
    item = item_of(material, telling.sentence)
    before = [
        s for s in material.sentences if s.start < telling.sentence.start and item_of(material, s) == item
    ]
    for sentence in reversed(before[-_SCENE:]):
        days = [
            t for t in material.times if sentence.start <= t.start and t.end <= sentence.end and is_date(t)
        ]
        day = next((t for t in days if t.edtf is not None and t.edtf.precision == "day"), None)
        if day is not None:
            return borrow(bind(day, sure=False), word)
    return None


def _is_during(material: Material, telling: Telling, word: str) -> bool:
    """Say whether a word ties an act to all of an occasion, and not to its last day: 文化节|期间."""
    at = material.text.find(word, telling.sentence.start, telling.start)
    return word.endswith(DURING) or (at >= 0 and material.text.startswith(DURING, at + len(word)))


def _hour(material: Material, telling: Telling, last: LastEvent) -> str | None:
    """Give the hour that a sentence opens with, on the one day of the event before it: 下午，举行论坛."""
    start = telling.sentence.start
    hour = next((t for t in material.times if t.start == start and t.kind == "time" and t.edtf is None), None)
    is_day = last.date.from_ is not None and last.date.from_ == last.date.to
    return hour.text if hour is not None and is_day and hour.end <= telling.start else None


def _opened(material: Material, telling: Telling) -> BoundDate | None:
    """Give the day that a report opens with, where no event has taken it yet: 9月24日，天刚亮。…航线正式开通。"""
    sentence = telling.sentence
    if sentence.is_heading or telling.form == "named" or telling.is_weak or telling.takes not in _OPENED:
        return None
    item = item_of(material, sentence)
    own = [s for s in material.sentences if item_of(material, s) == item and not s.is_heading]
    first = own[0] if own else sentence
    if first is sentence or sum(first.start < s.start < sentence.start for s in own) >= _SCENE:
        return None
    told = [t for t in material.times if first.start <= t.start < sentence.end and is_date(t)]
    days = [t for t in told if t.start < sentence.start]
    day = days[0].edtf if len(days) == 1 and days[0].start == first.start else None
    if day is None or day.precision != "day" or day.is_approximate:
        return None
    if any(t.edtf is None or not t.edtf.is_compatible(day) for t in told):
        return None
    return borrow(bind(days[0], sure=False), days[0].text)


def _scene(material: Material, telling: Telling, last: LastEvent) -> str | None:
    """Give what an undated act of a ceremony goes on with: a paragraph that opens with 推介会上, or tells of the ceremony itself."""
    if telling.type not in _ACTS or telling.form != "verb" or telling.sentence.is_heading:
        return None
    sentence = telling.sentence
    first = next((s for s in material.sentences if s.paragraph == sentence.paragraph), sentence)
    opened = opening_connector(material.text, first) if first is not sentence else None
    if opened:
        return opened
    is_here = last.paragraph == sentence.paragraph and last.type in _CEREMONIES
    return material.text[telling.start : telling.end] if is_here else None


def _carried(material: Material, telling: Telling, last: LastEvent) -> str | None:
    """Give the mark or word by which a telling goes on with the event before it."""
    if _goes_on(material, telling, last):
        return _SEMICOLON
    return _STILL if _is_also(material, telling, last) else None


def _goes_on(material: Material, telling: Telling, last: LastEvent) -> bool:
    """Say whether a telling goes on behind a semicolon with what the event before it began: 5月8日，甲与乙签约；|丙研究院揭牌."""
    if telling.form == "named" or telling.sentence.is_heading:
        return False
    start = telling.sentence.start
    for before in reversed([s for s in material.sentences if s.end <= start][-_LISTED:]):
        if material.text[before.end - 1] not in "；;":
            return False
        start = before.start
        if before.start <= last.at < before.end:
            return True
    return False


def _is_also(material: Material, telling: Telling, last: LastEvent) -> bool:
    """Say whether an act is told along with the event before it: 两家协会|还|续签了协议; not what was done before."""
    if telling.type not in _ACTS or telling.form != "verb" or last.is_history:
        return False
    is_near = telling.sentence.paragraph - last.paragraph <= _SPOKEN
    is_before = anywhere("factuality", "past").search(material.text, telling.sentence.start, telling.start)
    return is_near and not is_before and bool(_ALSO.search(material.text, telling.clause[0], telling.start))


def _edition(material: Material, telling: Telling) -> str | None:
    """Give the words that a sentence opens with to speak of the occasion told before: 今年歌会一大亮点是…"""
    start = telling.sentence.start
    year = next((t for t in material.times if t.start == start), None)
    return edition_at(material.text, year, material.occasions) if year is not None else None


def _marked(material: Material, telling: Telling) -> ResolvedTime | None:
    """Give the day of the sentence before, where this one says what that marks: 7月2日，无人机起飞。这标志着航线开通."""
    sentence = telling.sentence
    if not anywhere("layout", "marks").match(material.text, sentence.start):
        return None
    before = [
        s for s in material.sentences if s.paragraph == sentence.paragraph and s.place == sentence.place - 1
    ]
    times = [
        t for s in before for t in material.times if s.start <= t.start and t.end <= s.end and is_date(t)
    ]
    return times[0] if times and times[0].edtf is not None else None


def _reach(material: Material, telling: Telling) -> int:
    """Give the end of what still speaks of a telling's days: its paragraph, and the next sentence if that opens with it."""
    end = paragraph_end(material, telling.sentence)
    after = next((s for s in material.sentences if s.start >= end), None)
    name = telling.occasion.name.rstrip("”」》") if telling.occasion is not None else ""
    opening = material.text[after.start : after.start + 8] if after is not None else ""
    tails = [name[-n:] for n in (2, 3, 4) if len(name) > n]
    return after.end if after is not None and any(tail in opening for tail in tails) else end


def _within(material: Material, telling: Telling, date: BoundDate, last: LastEvent | None) -> BoundDate:
    """Say of an event with a time word of its own that it was held at the one before: 同期揭牌."""
    if last is None or last.item != item_of(material, telling.sentence) or date.from_ is None:
        return date
    word = connector_before(material.text, telling)
    is_then = (
        last.date.from_ is not None
        and last.date.to is not None
        and last.date.from_ <= date.from_ <= last.date.to
    )
    return replace(date, whole=last.whole) if word and is_within(word) and is_then else date


@cache
def part_words() -> re.Pattern[str]:
    """Match what makes an occasion a part of another: 分论坛, 平行论坛."""
    words = [w for e in lexicon.load("occasions") if e.get("inside") for w in e.words]
    return re.compile("|".join(map(re.escape, words)))


def is_era(date: BoundDate | None) -> bool:
    """Say whether a date spans more than a year: 十年来签署… is no event."""
    if date is None or date.from_ is None or date.to is None:
        return False
    return int(date.to[:4]) * 12 + int(date.to[5:7]) - int(date.from_[:4]) * 12 - int(date.from_[5:7]) > 12


def is_far(material: Material, telling: Telling, date: BoundDate | None) -> bool:
    """Say whether a weak verb or a launch stands far from its date, past another verb's clause, with nothing to tie it."""
    if date is None or date.start is None or telling.sentence.is_heading or telling.type != "launch":
        return False
    if date.start >= telling.clause[0] or connector_before(material.text, telling):
        return False
    return (
        material.text.count("，", date.start, telling.start)
        + material.text.count(",", date.start, telling.start)
        > 2
    )


def is_old(date: BoundDate | None, reference: Reference) -> bool:
    """Say whether an event lies well before the page: more than two months, or in a year before it."""
    if date is None or date.to is None or reference.date is None or not reference.is_certain:
        return False
    first, _ = reference.date.bounds()
    if first is None:
        return False
    if date.from_ is not None and date.from_[5:] == "01-01" and date.to[5:] == "12-31":
        return date.to < f"{first.year:04d}"
    year, month = first.year, first.month - 2
    if month < 1:
        year, month = year - 1, month + 12
    return date.to < f"{year:04d}-{month:02d}-{min(first.day, 28):02d}"


def _of_stamp(material: Material) -> BoundDate | None:
    """Give an undated event of a teaser its stamp's month: a teaser tells what is news, but not of which day."""
    day = material.reference.date
    if not material.is_teaser or day is None or day.precision != "day" or not day.is_year_known:
        return None
    point = day.points[0]
    month = Edtf.parse(f"{point.year}-{point.month}")
    low, high = month.bounds()
    if low is None or high is None:
        return None
    reason = f"no date in the teaser; about the month of its stamp {day}"
    return BoundDate(f"{month}~", low.isoformat(), high.isoformat(), None, None, reason, 0.3)


def is_inside(at: int, sentence: Sentence) -> bool:
    """Say whether a place in the text lies in a sentence."""
    return sentence.start <= at < sentence.end


def _date_line(material: Material, sentence: Sentence) -> BoundDate | None:
    """Give the date that stands alone on the line above, as chronicles have it; it may be a stamp, so only about."""
    above = [s for s in material.sentences if s.end <= sentence.start][-1:]
    for line in above:
        for time in material.times:
            if (
                is_date(time)
                and line.start <= time.start
                and time.end <= line.end
                and line.end - line.start - (time.end - time.start) <= 2
            ):
                if time.edtf is None or time.edtf.precision != "day":
                    return None
                about = time.edtf.with_qualifier("~")
                return BoundDate(
                    str(about),
                    time.from_,
                    time.to,
                    time.start,
                    time.end,
                    f"the date line above; {time.reason}",
                    0.5,
                )
    return None


def _occasion_before(material: Material, telling: Telling, last: LastEvent) -> str | None:
    """Give an unnamed occasion earlier in the sentence: 大会成果丰硕，集中签署…"""
    for o in material.occasions:
        if o is telling.occasion or last.type is None:
            continue
        before = telling.sentence.start <= o.start and o.end <= telling.start
        is_it = o.type == last.type or (
            (o.is_anaphor or o.type == "other") and bool(_AT_IT.match(material.text, o.end))
        )
        if before and not o.is_named and is_it:
            return o.head
    return None
