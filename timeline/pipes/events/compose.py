"""Drafts of events: tellings with the times, bodies, people and places around them in, drafts out; joining is left to merge.py.

A verb counts only with what it takes: two sides for a signing, the name of a body for an unveiling, of something
built for an opening. What is ruled out by its cues, or has no argument of its own, gives no draft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from timeline.pipes.events.arguments import with_arguments
from timeline.pipes.events.attendance import find_attendance
from timeline.pipes.events.circumstances import find_present, find_sum, find_theme
from timeline.pipes.events.dating import LastEvent, Stage, find_date, is_era, is_far, is_inside, is_old
from timeline.pipes.events.material import Material, item_of, time_ranges
from timeline.pipes.events.whereabouts import find_place
from timeline.pipes.roles.cues import find_cued
from timeline.pipes.roles.labels import find_labelled, is_label_line
from timeline.pipes.roles.parts import find_parts, lend
from timeline.pipes.tellings.drafts import BoundDate, Draft, Named, Part, Telling
from timeline.pipes.tellings.factuality import Verdict, judge_tellings
from timeline.pipes.tellings.phrases import subject_of
from timeline.pipes.tellings.scope import is_after
from timeline.pipes.words.layout import Sentence
from timeline.pipes.words.wording import anywhere, words_of
from timeline.records import Role

# What opens a sentence about what was named before: 该|电站, 这条|铁路
_THIS = re.compile(r"^(?:该|这[条座个家所处项])")
# ，该|牧场由: a clause about what was named before, by its last word
_POINTED = re.compile(r"(?:^|[，,。！？；\s的])(?:该|这[条座个家所处])(?P<what>[\u4e00-\u9fff]{1,3})")
# 本届|种博会由: this one, by a short name
_SAME = re.compile(r"[本该这此][届次]")
# Who may take part in what a telling could tell
_ROLES: tuple[Role, ...] = ("party", "host", "recipient")
_SOME_DAY = BoundDate(None, None, None, None, None, "", 0.0)
_SAID = 9  # characters in which a short name stands
# What follows a verb that only qualifies a noun or a moment: 新成立的中心 | 签约后 | 揭牌之际
_SUBORDINATE = re.compile(
    r"(?:的|后|前|时|条件|验收|以来|之际|之后|之前|以后|期间|者|方|率|额|量|[一二两三四五六七八九十0-9]+(?:周年|年来|多?余?(?:年|个月)(?=[，,。；、]|以来|来|\s|$)))"
)


def compose_drafts(material: Material, tellings: Sequence[Telling]) -> list[Draft]:
    """Make the drafts of a text, in order; each may take the date of the one before it where a connector says so."""
    drafts = _compose(material, tellings)
    return [_with_present(material, _with_borrowed(material, d, drafts), drafts) for d in drafts]


def can_compose(material: Material, tellings: Sequence[Telling]) -> bool:
    """Say whether the tellings could give a draft, whoever were found beside them; the material's names are not looked at.

    A telling that is ruled out by its cues, its date, its grammar or its object dates none after it, so each is judged
    as the first, with someone in every role; no rule of arguments.py wants nobody. Most lack an object, which is seen
    before cues and dates are looked for.
    """
    able = (t for t in tellings if with_arguments(material, _at_best(t)))
    for telling, verdict in judge_tellings(material.text, able):
        date = _date(material, telling, verdict, tellings, None)
        bare = _bare(material, telling, verdict, date)
        if bare is None:
            continue
        parts, people = _anyone(telling)
        if with_arguments(material, replace(bare, parts=parts, people=people)):
            return True
    return False


def _at_best(telling: Telling) -> Draft:
    """Make the draft that lacks nothing but an object: dated and held; a paper must be shown at something told before."""
    parts, people = _anyone(telling)
    is_aside = telling.takes in ("thing", "publication")
    return Draft(telling, "held", date=_SOME_DAY, parts=parts, people=people, is_aside=is_aside)


def _anyone(telling: Telling) -> tuple[tuple[Part, ...], tuple[Named, ...]]:
    """Put somebody of each role at the head of a telling's clause."""
    at = telling.clause[0]
    party, host, recipient = (Part(at, at, role, role) for role in _ROLES)
    return (party, party, host, recipient), (Named(at, at, ""),)


def _compose(material: Material, tellings: Sequence[Telling]) -> list[Draft]:
    out: list[Draft] = []
    last: LastEvent | None = None
    for telling, verdict in judge_tellings(material.text, tellings):
        date = _date(material, telling, verdict, tellings, last)
        for draft in _drafts(material, telling, verdict, date, out):
            out.append(draft)
            is_back = draft.is_history and last is not None and not last.is_history
            if draft.date is not None and draft.date.edtf is not None and not (verdict.is_past or is_back):
                kind = draft.telling.type if draft.telling.occasion else None
                item = item_of(material, telling.sentence)
                goes_on = last is not None and last.item == item and kind is None
                whole = last.whole if last is not None and goes_on else telling.start
                closes = telling.takes == "closing" and "/" not in draft.date.edtf
                paragraph = telling.sentence.paragraph
                stage = last.stage if last is not None and last.item == item else None
                if kind is not None and draft.title and not closes:
                    stage = Stage(draft.title, draft.date, telling.start)
                last = LastEvent(
                    whole, item, draft.date, kind, paragraph, closes, draft.is_history, telling.start, stage
                )
    return out


def _date(
    material: Material,
    telling: Telling,
    verdict: Verdict,
    tellings: Sequence[Telling],
    last: LastEvent | None,
) -> BoundDate | None:
    """Give the date of a telling; a plan does not take that of another event told in its sentence."""
    if verdict.status is None:
        return None
    is_plan = verdict.status == "planned"
    is_soon = is_plan and verdict.cue in words_of("factuality", "soon", "left")
    date = find_date(material, telling, last, planned=is_plan)
    is_lent = is_plan and (
        _is_of_other(material, telling, date, tellings) or _is_of_attribute(material, telling, date)
    )
    # 15日，运动会|进入倒计时; 15日，总统表示，峰会将|举行
    is_said = is_plan and verdict.is_speech and date is not None and _is_earlier(telling, date)
    is_before = (is_soon or is_said) and date is not None and not is_after(date, material.reference)
    return None if is_lent or is_before else date


def _drafts(
    material: Material, telling: Telling, verdict: Verdict, date: BoundDate | None, told: Sequence[Draft]
) -> list[Draft]:
    bare = _bare(material, telling, verdict, date)
    if bare is None:
        return []
    draft = replace(
        bare,
        theme=find_theme(material, telling),
        parts=_parts(material, telling),
        people=find_present(material, telling),
    )
    found = with_arguments(material, draft) or _of_same_work(material, draft, told)
    if not found:
        return []
    place, amount = find_place(material, telling), find_sum(material, telling)
    return [replace(d, place=place, amount=amount, confidence=_confidence(d, verdict)) for d in found]


def _bare(material: Material, telling: Telling, verdict: Verdict, date: BoundDate | None) -> Draft | None:
    """Make the draft of a telling without who and where, or None where cues, date or grammar rule it out."""
    status = verdict.status
    if status is None:
        return None
    if telling.form == "verb":
        if _is_subordinate(material.text, telling, date) or is_far(material, telling, date):
            return None
        if status == "planned" and date is None and not telling.sentence.is_heading:
            return None
        if (verdict.is_speech and date is None) or is_era(date):
            return None
    if status == "ongoing" and telling.type == "visit" and date is not None and not _spans_days(date):
        status = "held"
    if status == "held" and date is not None and is_after(date, material.reference):
        status = "planned"
    return Draft(
        telling,
        status,
        date=date,
        whole=date.whole if date is not None else None,
        is_history=verdict.is_past or is_old(date, material.reference),
        is_aside=date is not None and date.start is not None and not is_inside(date.start, telling.sentence),
    )


def _spans_days(date: BoundDate) -> bool:
    """Say whether a date is more than one day, so that 正在 can be meant; 韩|正在京会见 of one day is a name's end."""
    return date.from_ is None or date.from_ != date.to


def _is_of_other(
    material: Material, telling: Telling, date: BoundDate | None, tellings: Sequence[Telling]
) -> bool:
    """Say whether the date before a planned verb is that of something told between: 5月8日签署协议，将共同设立…"""
    if telling.form != "verb" or date is None or date.start is None:
        return False
    if not telling.sentence.start <= date.start < telling.clause[0]:
        return False
    between = any(date.start < t.start and t.end <= telling.clause[0] for t in tellings)
    return between and not is_after(date, material.reference)


def _is_earlier(telling: Telling, date: BoundDate) -> bool:
    """Say whether a date stands in an earlier clause of a telling's sentence."""
    return date.start is not None and telling.sentence.start <= date.start < telling.clause[0]


def _is_of_attribute(material: Material, telling: Telling, date: BoundDate | None) -> bool:
    """Say whether the date of an earlier clause stands by a coming event named as an aside: 13日集会，抗议即将举行|的峰会."""
    is_attribute = telling.form == "held" and material.text.startswith("的", telling.end)
    return is_attribute and date is not None and date.start is not None and date.start < telling.clause[0]


def _parts(material: Material, telling: Telling) -> tuple[Part, ...]:
    """List who takes part by the telling's sentence, with those whom a label in it names (主办单位A)."""
    parts = find_parts(material.text, telling, material.bodies, material.people, time_ranges(material))
    if telling.form == "verb":
        return tuple(parts)
    labelled = find_labelled(material.text, telling.sentence.start, telling.sentence.end, material.bodies)
    kept = [p for p in parts if not any(m.start < p.end and p.start < m.end for m in labelled)]
    return tuple(sorted([*kept, *labelled], key=lambda p: p.start))


def _of_same_work(material: Material, draft: Draft, told: Sequence[Draft]) -> list[Draft]:
    """Give a dated verb without a subject the work told before: 工程全长168公里，2018年12月开工建设."""
    telling, date = draft.telling, draft.date
    is_dated = date is not None and date.start is not None and is_inside(date.start, telling.sentence)
    if telling.takes != "work" or not is_dated or draft.status == "planned":
        return []
    subject = subject_of(material.text, telling, time_ranges(material, telling.sentence))
    is_it = subject is not None and bool(_goes_on("project").fullmatch(material.text[slice(*subject)]))
    for other in reversed(told[-5:]):
        name = other.title or ""
        opens = len(name) >= 4 and material.text.startswith(name, telling.sentence.start)
        opens = opens or (
            is_it and item_of(material, other.telling.sentence) == item_of(material, telling.sentence)
        )
        if other.telling.takes == "work" and (opens or _speaks_of(material, telling.sentence, other)):
            parts = draft.parts or tuple(lend([p for p in other.parts if p.role == "host"]))
            return [replace(draft, title=other.title, body=other.body, parts=parts)]
    return []


def _is_subordinate(text: str, telling: Telling, date: BoundDate | None) -> bool:
    match = _SUBORDINATE.match(text, telling.end)
    if not match:
        return False
    dated_here = date is not None and date.start is not None and date.start >= telling.clause[0]
    return not (match.group() == "的" and dated_here)


def _with_borrowed(material: Material, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Add who is told to host or support it in the sentences after, where they speak of 本次论坛 or 活动."""
    sentence = draft.telling.sentence
    if draft.telling.sentence.is_heading or (draft.telling.form == "named" and draft.date is None):
        return draft
    item = item_of(material, sentence)
    ends = [d.telling.sentence.start for d in drafts if d.telling.sentence.start > sentence.start and d.title]
    after = [
        s for s in material.sentences if s.start > sentence.start and s.paragraph - sentence.paragraph <= 2
    ]
    borrowed: list[Part] = []
    last = after[:4][-1].start if after else sentence.start
    later = (s for s in material.sentences if s.start > last and _is_of_edition(material.text, s, draft))
    for other in [*after[:4], *islice(later, 2)]:
        is_past = bool(ends) and other.start >= min(ends)
        is_of_it = _speaks_of(material, other, draft) or _gives_role(material.text, other, draft)
        if item_of(material, other) != item or (is_past and (not is_of_it or other.start > min(ends))):
            break
        if is_of_it:
            mine = [b for b in material.bodies if other.start <= b.start and b.end <= other.end]
            borrowed += lend(find_cued(material.text, other, mine))
            borrowed += lend(find_labelled(material.text, other.start, other.end, mine))
            borrowed += _both_hosts(material, other, draft, drafts) if draft.telling.takes == "body" else ()
    if draft.title and draft.telling.occasion is not None and draft is next(d for d in drafts if d.title):
        for line in material.sentences:
            if line.start > sentence.start and is_label_line(material.text, line.start):
                mine = [b for b in material.bodies if line.start <= b.start and b.end <= line.end]
                borrowed += lend(find_labelled(material.text, line.start, line.end, mine))
    known = {p.name for p in draft.parts}
    if draft.telling.takes == "work":  # who pays for what is opened is its host
        borrowed = [replace(p, role="host") if p.role == "party" else p for p in borrowed]
    return replace(draft, parts=(*draft.parts, *[p for p in borrowed if p.name not in known]))


def _both_hosts(material: Material, sentence: Sentence, draft: Draft, drafts: Sequence[Draft]) -> list[Part]:
    """Give the sides of the signing told beside a founding where a later sentence says who founds it: 中心由|双方|共建."""
    pair = anywhere("roles", "pair").search(material.text, sentence.start, sentence.end)
    is_agent = pair is not None and material.text[pair.start() - 1] == "由"
    if pair is None or not is_agent or not anywhere("roles", "host").match(material.text, pair.end()):
        return []
    item = item_of(material, draft.telling.sentence)
    for other in drafts:
        sides = [p for p in other.parts if p.role == "party"]
        is_beside = other.telling.type == "signing" and item_of(material, other.telling.sentence) == item
        if is_beside and len(sides) >= 2:
            return lend([replace(p, role="host") for p in sides])
    return []


def _with_present(material: Material, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Add who is told to be there in the sentences after."""
    people, parts = find_attendance(material, draft, drafts)
    seen = {p.name for p in draft.people}
    known = {p.name for p in draft.parts}
    more = {p.name: p for p in reversed(people) if p.name not in seen}
    bodies = {p.name: p for p in reversed(parts) if p.name not in known}
    return replace(
        draft,
        people=(*draft.people, *sorted(more.values(), key=lambda p: p.start)),
        parts=(*draft.parts, *sorted(bodies.values(), key=lambda p: p.start)),
    )


def _speaks_of(material: Material, sentence: Sentence, draft: Draft) -> bool:
    """Say whether a sentence opens with the event before it: 本次论坛由…, 基地由…"""
    for o in material.occasions:
        if not o.is_named and sentence.start <= o.start <= sentence.start + 10:
            return o.type == draft.telling.type or draft.whole is None
    name = (draft.body or draft.title or "").rstrip("”」》")
    opening = material.text[sentence.start : sentence.start + 12]
    is_work = draft.telling.takes == "work" or draft.telling.type in ("opening", "groundbreaking")
    if is_work and _goes_on("project").match(opening):
        return True
    if draft.telling.occasion is not None and _goes_on("affair").match(opening):
        return True
    same = _SAME.match(opening)
    if (
        draft.telling.occasion is not None
        and same
        and len(name) > 1
        and name[-1] in opening[same.end() : _SAID]
    ):
        return True
    is_thing = is_work or draft.telling.takes == "body"
    pointed = (
        list(_POINTED.finditer(material.text, max(0, sentence.start - 1), sentence.end)) if is_thing else []
    )
    if len(name) > 1 and any(
        name[-1] in m["what"] or _is_work_of(material, m["what"], draft) for m in pointed
    ):
        return True
    return any(len(name) >= n and _THIS.sub("", opening).startswith(name[-n:]) for n in (2, 3, 4))


def _is_work_of(material: Material, what: str, draft: Draft) -> bool:
    """Say whether 该店 means a work of which its own sentence says that it is one: 首座机器人4S店“机甲工坊”."""
    told = draft.telling.sentence
    kinds = [what[:size] for size in (3, 2, 1) if what[:size] in words_of("roles", "work")]
    return any(material.text.find(kind, told.start, told.end) >= 0 for kind in kinds)


def _gives_role(text: str, sentence: Sentence, draft: Draft) -> bool:
    """Say whether a sentence says as what somebody took part in what was told: 江城科技馆|作为承办方, 项目业主|青禾集团."""
    if draft.telling.type in ("opening", "groundbreaking"):
        return anywhere("roles", "proprietor").search(text, sentence.start, sentence.end) is not None
    if draft.telling.occasion is None:
        return False
    mark = text.find("作为", sentence.start, sentence.end)
    return mark >= 0 and anywhere("layout", "label").match(text, mark + 2) is not None


@cache
def _goes_on(kind: str) -> re.Pattern[str]:
    """Match an opening that means any work or occasion told before: 项目由… | 该工程… | 本次赛事由…"""
    words = "|".join(map(re.escape, words_of("layout", kind)))
    return re.compile(rf"(?:该|本次|此次|本届|这次|今届|今年)?(?:{words})")


def _is_of_edition(text: str, sentence: Sentence, draft: Draft) -> bool:
    """Say whether a later sentence takes an edition up by its last word: 本届|博览会|由…"""
    name = (draft.title or "").rstrip("”」》")
    same = _SAME.match(text, sentence.start)
    if draft.telling.occasion is None or same is None or len(name) < 3:
        return False
    return text.startswith((name[-2:], name[-3:]), same.end())


def _confidence(draft: Draft, verdict: Verdict) -> float:
    score = 0.45
    score += 0.2 if draft.date is not None and draft.date.edtf is not None else 0.0
    score += 0.1 if draft.telling.form == "held" else 0.0
    score += 0.1 if draft.title or draft.body else 0.0
    score += 0.1 if draft.telling.sentence.is_lead or draft.telling.sentence.is_heading else 0.0
    score -= 0.15 if draft.telling.is_weak or verdict.is_speech else 0.0
    return round(max(0.1, min(0.95, score)), 2)
