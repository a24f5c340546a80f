"""What a telling must have beside it to be an event: drafts in, drafts with their names and bodies out, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from timeline import lexicon
from timeline.pipes.events.material import Material, time_ranges
from timeline.pipes.events.partnerships import judge_kind
from timeline.pipes.events.prizes import with_prize
from timeline.pipes.events.things import with_thing
from timeline.pipes.events.works import after_dash, with_work
from timeline.pipes.tellings.drafts import Draft, Part
from timeline.pipes.tellings.occasions import Occasion, halves, has_own_mark
from timeline.pipes.tellings.phrases import (
    ends_as,
    ends_as_body,
    is_common,
    is_described,
    is_specific,
    object_of,
    plain_name,
    split_bodies,
    subject_of,
    subjects_of,
    within_for,
)
from timeline.pipes.words.layout import find_clauses
from timeline.pipes.words.wording import anywhere, words_of

_SHORTEST = 4  # characters of the name of a body that turns into another
_TITLED = re.compile(r"《[^《》]{2,80}》")
_QUOTED = re.compile(r"[“「『][^“”「」『』\n]{2,40}[”」』]")
# Signings told by their number: 15个重点合作项目 | 20余份协议
_MANY = re.compile(
    r"[0-9一二两三四五六七八九十百]+余?多?(?:个|项|份|批)[^，。]{0,12}(?:项目|协议|合同|文件)|一批[^，。]{0,10}(?:项目|协议)"
    r"|(?:项目|协议|合同)[0-9一二两三四五六七八九十百]+余?多?(?:个|项|份)"
)
# What makes of a number a sum over time: 截至1月30日，…签约项目626个
_UP_TO = re.compile(r"截[至止]")
# What is said of a body, and its name: 设于该校的|“海洋技术中心”
_OF_NAME = re.compile(r"的(?P<name>[“「][^“”「」]{2,40}[”」])$")
# What an announcement says of a firm: 江城水处理|系|公司与乙集团于2021年5月共同设立
_FOUNDED_BY = re.compile(
    r"(?P<what>[\u4e00-\u9fffA-Za-z0-9（）()]{3,24}?)(?:系(?=本?公司)|(?<=公司)系由|(?<=集团)系由)"
)
# What makes an occasion the scene of something else: 全国机器人大赛|中摘得金奖
_WITHIN = ("中", "里")
# A visit told after what its visitor does first: 总统抵达江城，出席峰会并对该国进行|国事访问
_PAID = re.compile(r"(?:^|并|[，,])对[^，,。；的]{1,20}进行$")
_REST = 8  # characters of what a verb only leaves beside the body before it
# An edition to come, which is no event before it has a day: 期待|下届年会
_NEXT = re.compile(r"下一?届")


def with_arguments(material: Material, draft: Draft) -> list[Draft]:
    """Give the draft the name and body its type asks for, or nothing where they are missing."""
    telling, text = draft.telling, material.text
    if telling.occasion is not None:
        return _of_occasion(material, draft, telling.occasion)
    if telling.takes == "accord":
        found = object_of(text, telling)
        is_accord = found is not None and ends_as(text[found[0] : found[1]], "agreement")
        return _of_parties(material, draft) if is_accord else []
    if telling.takes == "parties":
        return _of_parties(material, draft)
    if telling.takes == "body":
        return _of_body(material, draft)
    if telling.takes == "work":
        return with_work(material, draft)
    if telling.takes in ("thing", "publication"):
        return with_thing(material, draft)
    if telling.takes == "talk":
        is_told = draft.date is not None and (draft.people or draft.parts)
        return [replace(draft, title=draft.theme)] if is_told else []
    if telling.takes == "prize":
        return with_prize(material, draft)
    return _of_visit(material, draft)


def _of_occasion(material: Material, draft: Draft, occasion: Occasion) -> list[Draft]:
    text = material.text
    if not occasion.is_named:
        return _of_unnamed(material, draft, occasion)
    is_vague = occasion.is_weak and not has_own_mark(occasion.name)
    is_scene = text.startswith(_WITHIN, occasion.end)
    is_scene = is_scene or _NEXT.match(occasion.name) is not None
    if draft.telling.form == "named" and draft.date is None and (is_vague or is_scene):
        return []
    out = []
    for half in halves(text, occasion):
        parts, body = draft.parts, None
        if half.type in ("unveiling", "establishment"):
            founds = next((low for low, _, kind in half.parts if kind == half.type), half.parts[0][0])
            body = text[half.start : founds]
            parts = _unveiled(text, (half.start, founds), parts)
        is_launch = draft.telling.type == "launch" and half.type == "other"
        telling = replace(draft.telling, type="launch" if is_launch else half.type, occasion=half)
        out.append(
            replace(
                draft, telling=telling, title=half.name, body=plain_name(body) if body else None, parts=parts
            )
        )
    return out


def _of_unnamed(material: Material, draft: Draft, occasion: Occasion) -> list[Draft]:
    """Keep 举行签约仪式, which is of a type that needs no name; 举行首映礼 with the work it is for."""
    text = material.text
    keeps = draft.telling.type in ("signing", "unveiling", "groundbreaking", "opening") or occasion.is_anaphor
    if draft.telling.form != "held":
        return []
    titled = list(_TITLED.finditer(text, draft.telling.sentence.start, draft.telling.start))
    if draft.telling.type == "launch" and titled and draft.date is not None:
        return [replace(draft, title=titled[-1].group())]
    is_founding = draft.telling.type in ("unveiling", "establishment")
    founded = _founded(material, draft) if is_founding else None
    hosts = [p for p in draft.parts if p.role == "host"]
    if draft.date is not None and hosts and occasion.head in words_of("roles", "alone"):
        return [replace(draft, title=occasion.name)]
    return [founded or draft] if keeps or founded else []


def _founded(material: Material, draft: Draft) -> Draft | None:
    """Give a ceremony without a name the body that its sentence opens with: “山海学院”昨日在校内举行|揭牌典礼."""
    text = material.text
    for subject in subjects_of(text, draft.telling, time_ranges(material, draft.telling.sentence)):
        span = _before_becoming(text, subject)
        is_own = span == subject and any((b.start, b.end) == span for b in material.bodies)
        is_own = is_own and draft.telling.type == "unveiling"  # 江城茶业协会召开|成立大会
        if _is_body(text[slice(*span)]) and not is_own:
            body = plain_name(text[slice(*span)])
            return replace(draft, body=body, parts=_unveiled(text, span, draft.parts))
    return None


def _of_parties(material: Material, draft: Draft) -> list[Draft]:
    telling, text = draft.telling, material.text
    parties = [p for p in draft.parts if p.role == "party"]
    found = object_of(text, telling)
    title = _agreement(text, found) if found else None
    if found and (judge_kind(text[slice(*found)]) is None or ends_as(text[slice(*found)], "decree")):
        return []
    is_told = draft.date is not None or telling.sentence.is_heading or telling.sentence.is_lead
    if telling.type == "signing":
        is_settled = anywhere("roles", "settle").search(text, telling.start, telling.end) is not None
        if (not parties or is_settled) and draft.date is not None:
            project = _project(material, draft)
            if project is not None:
                return [replace(draft, title=project)]
        clause = text[telling.clause[0] : telling.clause[1]]
        if draft.date is not None and not parties and _MANY.search(clause):
            return [] if _UP_TO.search(text, telling.sentence.start, telling.start) else [draft]
        if (
            len(parties) >= 2
            or (len(parties) == 1 and is_told)
            or (title and is_told and draft.date is not None)
        ):
            return [replace(draft, title=title)]
        return []
    return [replace(draft, title=title)] if parties and draft.date is not None else []


def _project(material: Material, draft: Draft) -> str | None:
    """Give the project that is signed without a word of its sides: 某某产业园项目签约落户高新区."""
    span = subject_of(material.text, draft.telling, time_ranges(material, draft.telling.sentence))
    phrase = material.text[span[0] : span[1]] if span else ""
    is_one = ends_as(phrase, "work") and is_specific(phrase) and not is_common(phrase)
    return plain_name(phrase) if is_one and len(phrase) >= 6 else None


def _of_body(material: Material, draft: Draft) -> list[Draft]:
    telling, text = draft.telling, material.text
    times = time_ranges(material, telling.sentence)
    after = _without_motion(text, object_of(text, telling))
    if after is not None and anywhere("organizations", "newborn").fullmatch(text[slice(*after)].strip()):
        return _of_founder(draft, text, after)
    span = within_for(text, telling) if telling.type == "unveiling" else None
    if span is not None and not _is_body(text[span[0] : span[1]]):
        return []
    if span is None and after is not None and _is_body(text[after[0] : after[1]]):
        span = after
    said = _FOUNDED_BY.match(text, *telling.clause) if span is None and after is None else None
    if said and said.end() <= telling.start and draft.date is not None:
        span = said.span("what")
    if span is None:
        before = subject_of(text, telling, times)
        if (
            before is not None
            and _is_body(text[before[0] : before[1]])
            and (after is None or telling.type == "unveiling" or _is_rest(text[after[0] : after[1]]))
        ):
            span = before
    if span is None:
        pointed = _pointed(material, draft)
        if pointed is not None and draft.date is not None:
            return [replace(draft, body=pointed.name, parts=(pointed, *draft.parts))]
        return _of_founder(draft, text, after)
    if telling.is_weak and not _is_joint_founding(material, draft):
        return []
    is_told = telling.sentence.is_heading or (telling.sentence.is_lead and bool(draft.parts or draft.people))
    if draft.date is None and not is_told:
        return []
    span = _called(text, span)
    body = plain_name(text[span[0] : span[1]])
    if is_described(body) and not (telling.sentence.is_lead and draft.date is not None):
        return [draft] if telling.sentence.is_heading else _of_founder(draft, text, after)
    return [replace(draft, body=body, parts=_unveiled(text, span, draft.parts))]


def _called(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Give the name of a founded body in the phrase that tells of it, without what it is and whose."""
    span = after_dash(text, _before_becoming(text, span))
    called = _OF_NAME.search(text, *span)
    span = called.span("name") if called else span
    owned = anywhere("organizations", "owned").search(text, *span)
    return (owned.end(), span[1]) if owned and span[1] - owned.end() >= 4 else span


def _is_rest(phrase: str) -> bool:
    """Say whether what stands after a founding is too little to be what is founded: 成立|不到一年, and not 设立|首个试验站."""
    return len(phrase) <= _REST and not ends_as_body(phrase)


def _pointed(material: Material, draft: Draft) -> Part | None:
    """Give the body that a founding's subject only points to: 2010年3月18日，|中心|正式成立; anybody where no names were looked for."""
    text, telling = material.text, draft.telling
    span = subject_of(text, telling, time_ranges(material, telling.sentence))
    if span is None or not anywhere("roles", "pointer").fullmatch(text[slice(*span)]):
        return None
    if any(p.start == p.end for p in draft.parts):
        return Part(*span, text[slice(*span)], "unveiled")
    body = next((b for b in material.bodies if (b.start, b.end) == span), None)
    return Part(*span, body.name, "unveiled") if body is not None else None


def _without_motion(text: str, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """Cut the paper off that a founding is decided by: 设立青禾种业有限公司|的议案."""
    if span is None or not ends_as(text[span[0] : span[1]], "motion"):
        return span
    cut = text.rfind("的", *span)
    return (span[0], cut) if cut > span[0] else span


def _before_becoming(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Take the body before what it turns into: 江城医院|正式成为江城大学附属医院."""
    turned = anywhere("roles", "becomes").search(text, *span)
    return (span[0], turned.start()) if turned and turned.start() - span[0] >= _SHORTEST else span


def _is_joint_founding(material: Material, draft: Draft) -> bool:
    """Say whether 共建 founds something now: told in a heading or dated, not planned, not what a signing is about."""
    telling = draft.telling
    if _signs().search(material.text, telling.sentence.start, telling.sentence.end):
        return False
    return telling.sentence.is_heading or (draft.date is not None and draft.status != "planned")


def _of_founder(draft: Draft, text: str, after: tuple[int, int] | None) -> list[Draft]:
    """Keep a founding whose founder is named though the new body has no name of its own (成立全资子公司)."""
    hosts = [p for p in draft.parts if p.role == "host"]
    what = text[after[0] : after[1]] if after else ""
    if draft.telling.type == "establishment" and hosts and ends_as_body(what) and not _is_temporary(what):
        return [] if draft.telling.is_weak else [draft]
    return []


def _of_visit(material: Material, draft: Draft) -> list[Draft]:
    telling = draft.telling
    is_told = draft.date is not None or telling.sentence.is_heading or telling.sentence.is_lead
    is_paid = _PAID.search(material.text, telling.clause[0], telling.start)
    low = telling.sentence.start if is_paid else telling.clause[0]
    if not is_paid and anywhere("roles", "topic", "toward").match(
        material.text, low
    ):  # 甲行长率团，|就信贷工作到我县考察
        clauses = find_clauses(material.text, telling.sentence.start, low)
        low = next((c[0] for c in reversed(clauses) if c[1] <= low), low)
    has_actor = any(low <= p.start and p.end <= telling.end for p in draft.people) or any(
        low <= p.start and p.end <= telling.start for p in draft.parts
    )
    speakers = ("statesman", "delegation") if draft.date is not None else ("statesman",)
    has_actor = has_actor or bool(anywhere("people", *speakers).search(material.text, low, telling.start))
    return [draft] if is_told and has_actor else []


def _is_body(phrase: str) -> bool:
    bare = phrase.strip()
    return (
        is_specific(bare)
        and not _is_temporary(bare)
        and not anywhere("organizations", "lead", "newborn").fullmatch(bare)
        and (ends_as_body(bare) or bool(_QUOTED.fullmatch(bare)))
    )


def _is_temporary(phrase: str) -> bool:
    """Say whether a phrase speaks of a body made for one task: 调查组, 工作专班."""
    return bool(anywhere("roles", "temporary").search(phrase))


def _unveiled(text: str, span: tuple[int, int], parts: Sequence[Part]) -> tuple[Part, ...]:
    """Make the founded bodies parts of their own; other roles inside their names fall away."""
    bodies = [Part(s, e, plain_name(text[s:e]), "unveiled") for s, e in split_bodies(text, span)]
    kept = [
        p for p in parts if not any(b.start < p.end and p.start < b.end == max(b.end, p.end) for b in bodies)
    ]
    return tuple(sorted([*kept, *bodies], key=lambda p: p.start))


def _agreement(text: str, span: tuple[int, int]) -> str | None:
    phrase = text[span[0] : span[1]]
    titled = _TITLED.search(phrase)
    if titled:
        return titled.group()
    bare = plain_name(phrase)
    return bare if ends_as(bare, "agreement") and 3 <= len(bare) <= 40 and is_specific(bare) else None


@cache
def _signs() -> re.Pattern[str]:
    words = [w for e in lexicon.load("events") if e.kind == "signing" for w in e.words]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
