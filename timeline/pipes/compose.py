"""Drafts of events: tellings with the times, bodies, people and places around them in, drafts out; joining is left to merge.py.

A verb counts only with what it takes: two sides for a signing, the name of a body for an unveiling, of something
built for an opening. What is ruled out by its cues, or has no argument of its own, gives no draft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from timeline import lexicon
from timeline.edtf import Edtf
from timeline.numerals import Amount, find_amounts
from timeline.pipes.drafts import BoundDate, Draft, Named, Part, Telling
from timeline.pipes.factuality import Verdict, judge_telling
from timeline.pipes.layout import Sentence
from timeline.pipes.occasions import Occasion, halves
from timeline.pipes.organizations import OrganizationSpan
from timeline.pipes.people import PersonSpan
from timeline.pipes.phrases import (
    ends_as,
    ends_as_body,
    is_specific,
    object_of,
    plain_name,
    split_bodies,
    subject_of,
    subjects_of,
    within_for,
)
from timeline.pipes.places import PlaceSpan
from timeline.pipes.roles import find_cued, find_parts, lend
from timeline.pipes.scope import bind, borrow, connector_before, find_governing, is_after, is_date, stretch
from timeline.records import EventType, Reference, ResolvedTime

# What follows a verb that only qualifies a noun or a moment: 新成立的中心 | 签约后 | 揭牌之际
_SUBORDINATE = re.compile(r"(?:的|后|前|时|以来|之际|之后|之前|以后|期间|者|方|率|额|量|[一二两三四五六七八九十0-9]+(?:周年|年来))")
# 以“…”为主题 | 主题为“…” | 主题是… | 围绕“…”主题
_THEME = re.compile(
    r"""(?: (?:以|围绕|聚焦) \s? [“「＂"](?P<a>[^“”「」＂"\n]{3,60})[”」＂"] \s? (?:这一)? (?:为)? 主题
          | 主题 (?:为|是|：|:) \s? [“「＂"](?P<b>[^”」＂"\n]{3,60})[”」＂"] )""",
    re.VERBOSE,
)
# A place before the verb: 在江城会展中心(举行)
_WHERE = re.compile(r"(?:在|于)(?P<where>[^，。；、在于的！？：]{2,30})$")
_TITLED = re.compile(r"《[^《》]{2,80}》")
_QUOTED = re.compile(r"[“「『][^“”「」『』\n]{2,40}[”」』]")
# What follows an occasion when more is told of it: 大会成果丰硕 | 论坛上
_AT_IT = re.compile(r"上|期间|成果|还|现场|中")
# Signings told by their number: 15个重点合作项目 | 20余份协议
_MANY = re.compile(r"[0-9一二两三四五六七八九十百]+余?多?(?:个|项|份|批)[^，。]{0,12}(?:项目|协议|合同|文件)|一批[^，。]{0,10}(?:项目|协议)")
# A product with its own name: 第三代车规级芯片“某某X3”
_NAMED = re.compile(r"(?P<what>[^“”「」]{2,30})[“「][^“”「」]{1,20}[”」]")
_PRIZE = re.compile(r"奖|称号|榜|冠军|金牌|证书|认证|评测|名单|名录|图谱|荣誉|先进|示范|十佳|百强|五百强|500强|单位")


@dataclass(frozen=True, slots=True)
class Material:
    """Everything found in one text that a draft may take."""

    text: str
    sentences: Sequence[Sentence]
    occasions: Sequence[Occasion]
    times: Sequence[ResolvedTime]
    bodies: Sequence[OrganizationSpan]
    people: Sequence[PersonSpan]
    places: Sequence[PlaceSpan]
    reference: Reference
    is_teaser: bool = False


@dataclass(frozen=True, slots=True)
class _Last:
    """The dated event told last: its item, its date, and what sort of occasion it was."""

    item: int
    date: BoundDate
    type: EventType | None


def compose_drafts(material: Material, tellings: Sequence[Telling]) -> list[Draft]:
    """Make the drafts of a text, in order; each may take the date of the one before it where a connector says so."""
    drafts = _compose(material, tellings)
    return [_with_borrowed(material, d, drafts) for d in drafts]


def _with_borrowed(material: Material, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Add who is told to host or support it in the sentences after, where they speak of 本次论坛 or 活动."""
    sentence = draft.telling.sentence
    if draft.telling.sentence.is_heading or draft.telling.form == "named":
        return draft
    item = _item(material, sentence)
    ends = [d.telling.sentence.start for d in drafts if d.telling.sentence.start > sentence.start and d.title]
    after = [s for s in material.sentences if s.start > sentence.start and s.paragraph - sentence.paragraph <= 2]
    borrowed: list[Part] = []
    for other in after[:4]:
        if _item(material, other) != item or (ends and other.start >= min(ends)):
            break
        if _speaks_of(material, other, draft):
            mine = [b for b in material.bodies if other.start <= b.start and b.end <= other.end]
            borrowed += lend(find_cued(material.text, other, mine))
    known = {p.name for p in draft.parts}
    return replace(draft, parts=(*draft.parts, *[p for p in borrowed if p.name not in known]))


def _speaks_of(material: Material, sentence: Sentence, draft: Draft) -> bool:
    """Say whether a sentence opens with the event before it: 本次论坛由…, 基地由…"""
    if any(not o.is_named and sentence.start <= o.start <= sentence.start + 10 for o in material.occasions):
        return True
    name = (draft.body or draft.title or "").rstrip("”」》")
    opening = material.text[sentence.start : sentence.start + 12]
    return any(len(name) > n and opening.startswith((name[-n:], f"该{name[-n:]}")) for n in (2, 3, 4))


def _compose(material: Material, tellings: Sequence[Telling]) -> list[Draft]:
    out: list[Draft] = []
    last: _Last | None = None
    for telling in tellings:
        verdict = judge_telling(material.text, telling)
        if verdict.status is None:
            continue
        date = _date(material, telling, last, planned=verdict.status == "planned")
        for draft in _draft(material, telling, verdict, date):
            out.append(draft)
            if draft.date is not None and draft.date.edtf is not None and not draft.is_history:
                kind = draft.telling.type if draft.telling.occasion else None
                last = _Last(_item(material, telling.sentence), draft.date, kind)
    return out


def _draft(material: Material, telling: Telling, verdict: Verdict, date: BoundDate | None) -> list[Draft]:
    text = material.text
    if telling.form == "verb" and (_is_subordinate(text, telling, date) or _is_far(material, telling, date)):
        return []
    if verdict.status == "planned" and date is None and not telling.sentence.is_heading and telling.form == "verb":
        return []
    if telling.form == "verb" and ((verdict.is_speech and date is None) or _is_era(date)):
        return []
    status = verdict.status or "held"
    if status == "held" and date is not None and is_after(date, material.reference):
        status = "planned"
    draft = Draft(
        telling,
        status,
        theme=_theme(material, telling),
        date=date,
        parts=tuple(find_parts(text, telling, material.bodies, material.people, _time_ranges(material))),
        people=_people(material, telling),
        place=_place(material, telling),
        amount=_amount(material, telling),
        is_history=verdict.is_past or _is_old(date, material.reference),
        is_aside=date is not None and date.start is not None and not _in_sentence(date.start, telling.sentence),
    )
    found = _with_arguments(material, draft)
    return [replace(d, confidence=_confidence(d, verdict)) for d in found]


def _with_arguments(material: Material, draft: Draft) -> list[Draft]:
    """Give the draft the name and body its type asks for, or nothing where they are missing."""
    telling, text = draft.telling, material.text
    if telling.occasion is not None:
        return _of_occasion(text, draft, telling.occasion)
    if telling.takes == "parties":
        return _of_parties(material, draft)
    if telling.takes == "body":
        return _of_body(material, draft)
    if telling.takes == "work":
        return _of_work(material, draft)
    if telling.takes in ("thing", "publication"):
        return _of_thing(material, draft)
    if telling.takes == "talk":
        is_told = draft.date is not None and (draft.people or draft.parts)
        return [replace(draft, title=draft.theme)] if is_told else []
    if telling.takes == "prize":
        return _of_prize(material, draft)
    return _of_visit(material, draft)


def _of_occasion(text: str, draft: Draft, occasion: Occasion) -> list[Draft]:
    if not occasion.is_named:
        keeps = draft.telling.type in ("signing", "unveiling", "groundbreaking", "opening") or occasion.is_anaphor
        return [draft] if keeps and draft.telling.form == "held" else []
    out = []
    for half in halves(text, occasion):
        body = text[half.start : half.parts[0][0]] if half.type in ("unveiling", "establishment") else None
        parts = draft.parts
        if body is not None:
            parts = _unveiled(text, (half.start, half.parts[0][0]), parts)
        telling = replace(draft.telling, type=half.type, occasion=half)
        out.append(replace(draft, telling=telling, title=half.name, body=plain_name(body) if body else None, parts=parts))
    return out


def _of_parties(material: Material, draft: Draft) -> list[Draft]:
    telling, text = draft.telling, material.text
    parties = [p for p in draft.parts if p.role == "party"]
    found = object_of(text, telling)
    title = _agreement(text, found) if found else None
    is_told = draft.date is not None or telling.sentence.is_heading or telling.sentence.is_lead
    if telling.type == "signing":
        clause = text[telling.clause[0] : telling.clause[1]]
        if draft.date is not None and not parties and _MANY.search(clause):
            return [draft]
        if len(parties) >= 2 or (len(parties) == 1 and is_told) or (title and is_told and draft.date is not None):
            return [replace(draft, title=title)]
        return []
    return [replace(draft, title=title)] if parties and draft.date is not None else []


def _of_body(material: Material, draft: Draft) -> list[Draft]:
    telling, text = draft.telling, material.text
    times = _time_ranges(material)
    after = object_of(text, telling)
    span = within_for(text, telling) if telling.type == "unveiling" else None
    if span is not None and not _is_body(text[span[0] : span[1]]):
        return []
    if span is None and after is not None and _is_body(text[after[0] : after[1]]):
        span = after
    if span is None:
        before = subject_of(text, telling, times)
        if before is not None and _is_body(text[before[0] : before[1]]) and (after is None or telling.type == "unveiling" or len(text[after[0]:after[1]]) <= 8):
            span = before
    if span is None:
        return _of_founder(draft, text, after)
    if telling.is_weak and not _is_joint_founding(material, draft):
        return []
    body = plain_name(text[span[0] : span[1]])
    return [replace(draft, body=body, parts=_unveiled(text, span, draft.parts))]


def _is_joint_founding(material: Material, draft: Draft) -> bool:
    """Say whether 共建 founds something now: told in a heading or dated, not planned, not what a signing is about."""
    telling = draft.telling
    if telling.sentence.is_heading:
        return True
    if draft.date is None or draft.status == "planned":
        return False
    return not _signs().search(material.text, telling.sentence.start, telling.sentence.end)


def _of_founder(draft: Draft, text: str, after: tuple[int, int] | None) -> list[Draft]:
    """Keep a founding whose founder is named though the new body has no name of its own (成立全资子公司)."""
    hosts = [p for p in draft.parts if p.role == "host"]
    if draft.telling.type == "establishment" and hosts and after and ends_as_body(text[after[0] : after[1]]):
        return [] if draft.telling.is_weak else [draft]
    return []


def _of_work(material: Material, draft: Draft) -> list[Draft]:
    telling, text = draft.telling, material.text
    before = subject_of(text, telling, _time_ranges(material))
    after = object_of(text, telling)
    for span in (before, after):
        if span is None:
            continue
        phrase = text[span[0] : span[1]]
        if is_specific(phrase) and (ends_as(phrase, "work") or ends_as_body(phrase)):
            if draft.date is None and not (telling.sentence.is_heading or telling.sentence.is_lead):
                return []
            works = split_bodies(text, span) if telling.type == "groundbreaking" else [span]
            parts = tuple(p for p in draft.parts if not (span[0] <= p.start and p.end <= span[1]))
            names = [plain_name(text[s:e]) for s, e in works]
            return [replace(draft, title=name, body=name, parts=parts) for name in names]
    return []


def _of_thing(material: Material, draft: Draft) -> list[Draft]:
    telling, text = draft.telling, material.text
    before = subjects_of(text, telling, _time_ranges(material))
    for number, span in enumerate((object_of(text, telling), *before)):
        if span is None:
            continue
        title = _thing(text[span[0] : span[1]], is_published=telling.takes == "publication")
        if title is not None and (number < 2 or "《" in title):
            is_told = telling.sentence.is_heading or telling.sentence.is_lead or bool(_TITLED.search(title))
            return [replace(draft, title=title)] if draft.date is not None or is_told else []
    return []


def _of_prize(material: Material, draft: Draft) -> list[Draft]:
    telling, text = draft.telling, material.text
    after = object_of(text, telling)
    rest = text[after[0] : after[1]] if after else ""
    is_told = draft.date is not None or telling.sentence.is_heading
    before = subject_of(text, telling, _time_ranges(material))
    if not draft.parts and before is not None and 2 <= before[1] - before[0] <= 15 and before[0] >= telling.clause[0]:
        name = plain_name(text[before[0] : before[1]])
        draft = replace(draft, parts=(Part(before[0], before[1], name, "recipient"),))
    if is_told and draft.parts and (_PRIZE.search(rest) or _TITLED.search(rest) or _QUOTED.search(rest)):
        parts = tuple(replace(p, role="recipient") if p.role == "host" and p.end <= telling.start else p for p in draft.parts)
        return [replace(draft, parts=parts)]
    return []


def _of_visit(material: Material, draft: Draft) -> list[Draft]:
    telling = draft.telling
    is_told = draft.date is not None or telling.sentence.is_heading or telling.sentence.is_lead
    low = telling.clause[0]
    has_actor = any(low <= p.start and p.end <= telling.end for p in draft.people) or any(
        low <= p.start and p.end <= telling.start for p in draft.parts
    )
    return [draft] if is_told and has_actor else []


def _is_era(date: BoundDate | None) -> bool:
    """Say whether a date spans more than a year: 十年来签署… is no event."""
    if date is None or date.from_ is None or date.to is None:
        return False
    return int(date.to[:4]) * 12 + int(date.to[5:7]) - int(date.from_[:4]) * 12 - int(date.from_[5:7]) > 12


def _is_far(material: Material, telling: Telling, date: BoundDate | None) -> bool:
    """Say whether a weak verb or a launch stands far from its date, past another verb's clause, with nothing to tie it."""
    if date is None or date.start is None or telling.sentence.is_heading or telling.type != "launch":
        return False
    if date.start >= telling.clause[0] or connector_before(material.text, telling):
        return False
    return material.text.count("，", date.start, telling.start) + material.text.count(",", date.start, telling.start) > 2


def _is_subordinate(text: str, telling: Telling, date: BoundDate | None) -> bool:
    match = _SUBORDINATE.match(text, telling.end)
    if not match:
        return False
    dated_here = date is not None and date.start is not None and date.start >= telling.clause[0]
    return not (match.group() == "的" and dated_here)


def _is_body(phrase: str) -> bool:
    bare = phrase.strip()
    return is_specific(bare) and (ends_as_body(bare) or bool(_QUOTED.fullmatch(bare)))


def _unveiled(text: str, span: tuple[int, int], parts: Sequence[Part]) -> tuple[Part, ...]:
    """Make the founded bodies parts of their own; other roles inside their names fall away."""
    bodies = [Part(s, e, plain_name(text[s:e]), "unveiled") for s, e in split_bodies(text, span)]
    kept = [p for p in parts if not any(b.start <= p.start and p.end <= b.end for b in bodies)]
    return tuple(sorted([*kept, *bodies], key=lambda p: p.start))


def _agreement(text: str, span: tuple[int, int]) -> str | None:
    phrase = text[span[0] : span[1]]
    titled = _TITLED.search(phrase)
    if titled:
        return titled.group()
    bare = plain_name(phrase)
    return bare if ends_as(bare, "agreement") and 3 <= len(bare) <= 40 and is_specific(bare) else None


def _thing(phrase: str, *, is_published: bool) -> str | None:
    titled = _TITLED.search(phrase)
    if titled and titled.start() <= 12:
        return titled.group()
    bare = plain_name(phrase)
    if not is_specific(bare) or bare.startswith("等"):
        return None
    if is_published and ends_as(bare, "paper"):
        return None
    if ends_as(bare, "product"):
        quoted = _QUOTED.search(bare)
        return bare if quoted or len(bare) >= 6 else None
    named = _NAMED.fullmatch(bare)
    if named and ends_as(named["what"], "product"):
        return bare
    return bare if _QUOTED.fullmatch(phrase.strip()) else None


def _date(material: Material, telling: Telling, last: _Last | None, *, planned: bool) -> BoundDate | None:
    text = material.text
    time = find_governing(text, telling, material.times, material.occasions)
    if time is not None and time.edtf is not None:
        limit = _paragraph_end(material, telling.sentence)
        return stretch(text, telling, bind(time), limit)
    above = _date_line(material, telling.sentence)
    if above is not None:
        return above
    if last is not None and last.item == _item(material, telling.sentence):
        word = connector_before(text, telling)
        if not word and not planned:
            word = _occasion_before(material, telling, last)
        if word:
            return borrow(last.date, word)
    if time is not None:
        return bind(time)
    return _of_stamp(material) if telling.form == "held" and not planned else None


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


def _in_sentence(at: int, sentence: Sentence) -> bool:
    return sentence.start <= at < sentence.end


def _date_line(material: Material, sentence: Sentence) -> BoundDate | None:
    """Give the date that stands alone on the line above, as chronicles have it; it may be a stamp, so only about."""
    above = [s for s in material.sentences if s.end <= sentence.start][-1:]
    for line in above:
        for time in material.times:
            if is_date(time) and line.start <= time.start and time.end <= line.end and line.end - line.start - (time.end - time.start) <= 2:
                if time.edtf is None or time.edtf.precision != "day":
                    return None
                about = time.edtf.with_qualifier("~")
                return BoundDate(str(about), time.from_, time.to, time.start, time.end, f"the date line above; {time.reason}", 0.5)
    return None


def _occasion_before(material: Material, telling: Telling, last: _Last) -> str | None:
    """Give an unnamed occasion earlier in the sentence: 大会成果丰硕，集中签署…"""
    for o in material.occasions:
        if o is telling.occasion or last.type is None:
            continue
        before = telling.sentence.start <= o.start and o.end <= telling.start
        is_it = o.type == last.type or ((o.is_anaphor or o.type == "other") and bool(_AT_IT.match(material.text, o.end)))
        if before and not o.is_named and is_it:
            return o.head
    return None


def _paragraph_end(material: Material, sentence: Sentence) -> int:
    after = [s for s in material.sentences if s.paragraph == sentence.paragraph and s.start >= sentence.start]
    return after[min(2, len(after) - 1)].end if after else sentence.end


def _item(material: Material, sentence: Sentence) -> int:
    """Number the item a sentence stands in: headings begin items."""
    return sum(1 for s in material.sentences if s.is_heading and s.start <= sentence.start)


def _time_ranges(material: Material) -> list[tuple[int, int]]:
    return [(t.start, t.end) for t in material.times if is_date(t)]


def _theme(material: Material, telling: Telling) -> str | None:
    match = _THEME.search(material.text, telling.sentence.start, _paragraph_end(material, telling.sentence))
    return (match["a"] or match["b"]).strip() if match else None


def _people(material: Material, telling: Telling) -> tuple[Named, ...]:
    low, high = telling.sentence.start, telling.sentence.end
    return tuple(
        Named(p.start, p.end, p.name, p.title, p.organization)
        for p in material.people
        if low <= p.start and p.end <= high
    )


def _place(material: Material, telling: Telling) -> Named | None:
    text = material.text
    low = telling.clause[0]
    match = _WHERE.search(text, low, telling.start)
    if match:
        start, end = match.span("where")
        inside = [p for p in material.places if start <= p.start < end]
        if inside:
            end = max(inside[-1].end, min(end, inside[-1].end))
            return Named(inside[0].start, end, text[inside[0].start : end], code=inside[-1].adcode or inside[0].adcode)
    before = [p for p in material.places if low <= p.start and p.end <= telling.start and text[max(0, p.start - 1)] in "在于"]
    if before:
        return Named(before[-1].start, before[-1].end, before[-1].name, code=before[-1].adcode)
    return None


def _amount(material: Material, telling: Telling) -> tuple[int, int, float, str] | None:
    if telling.type not in ("signing", "groundbreaking", "opening", "establishment", "other"):
        return None
    low = telling.sentence.start
    found: list[Amount] = find_amounts(material.text[low : telling.sentence.end])
    if not found:
        return None
    first = found[0]
    return first.start + low, first.end + low, first.value, first.currency


def _is_old(date: BoundDate | None, reference: Reference) -> bool:
    """Say whether an event lies well before the page: more than two months."""
    if date is None or date.to is None or reference.date is None or not reference.is_certain:
        return False
    first, _ = reference.date.bounds()
    if first is None:
        return False
    year, month = first.year, first.month - 2
    if month < 1:
        year, month = year - 1, month + 12
    return date.to < f"{year:04d}-{month:02d}-{min(first.day, 28):02d}"


def _confidence(draft: Draft, verdict: Verdict) -> float:
    score = 0.45
    score += 0.2 if draft.date is not None and draft.date.edtf is not None else 0.0
    score += 0.1 if draft.telling.form == "held" else 0.0
    score += 0.1 if draft.title or draft.body else 0.0
    score += 0.1 if draft.telling.sentence.is_lead or draft.telling.sentence.is_heading else 0.0
    score -= 0.15 if draft.telling.is_weak or verdict.is_speech else 0.0
    return round(max(0.1, min(0.95, score)), 2)


@cache
def _signs() -> re.Pattern[str]:
    words = [w for e in lexicon.load("events") if e.kind == "signing" for w in e.words]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
