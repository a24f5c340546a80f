"""Partnerships told without a signing: a text with its sentences, bodies and times in, ties between bodies out.

由A、B和C联合开展的项目, 公司与D共建实验室, E是F的战略合作伙伴, G入股H. The words stand in lexicon/ties.yaml. A tie needs two bodies
that grammar puts beside its word, and no cue that it is only planned, wished for or denied.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from timeline import lexicon
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.roles.sides import find_listed
from timeline.pipes.tellings.drafts import BoundDate, Telling
from timeline.pipes.tellings.factuality import judge_telling
from timeline.pipes.tellings.occasions import Occasion
from timeline.pipes.tellings.phrases import ends_as, ends_as_body, is_specific, object_of, plain_name
from timeline.pipes.tellings.scope import bind, find_governing
from timeline.pipes.words.layout import Sentence, find_clauses
from timeline.pipes.words.vocabulary import Hit, Vocabulary
from timeline.records import PartnershipKind, ResolvedTime

# What stands between the bodies of one list: A、B和C | A（简称甲）与B
_LISTED = re.compile(
    r"[\s、和与及暨以同跟联合携手会”“等]*(?:[（(][^（）()]{0,20}[）)])?[\s、和与及暨以同跟联合携手会”“等]*"
)
# What stands between the last body and its word: 等单位|联合, 三方|共同, 在江城|共建
_BESIDE = re.compile(
    r"(?:等?[0-9一二两三四五六七八九十多]*[家个]?(?:单位|机构|高校|院校|企业|部门|方)?)?[\s，]?"
    r"(?:在[^，。]{2,10}|于[^，。]{2,12})?(?:已|还|又|正式|先后|分别|一起|携手|强强|成功|的)*"
)
# What is told of the thing that a tie is about: 先行区项目|是…, 系统|投入使用
_TOLD = re.compile(
    r"通过|入选|获|是|为|属于|由|将|经|以|在|于|正式|已|日前|近日|完成|启动|投入|建成|落成|上线|揭牌|成立"
)
_THINGS = ("product", "work", "agreement")
_WITH = re.compile(r"(?:与|和|同|跟|及|携手|联合|会同)[“]?$")
_IS = re.compile(r"^(?:还|也|均|已)?(?:是|为|成为|系|作为|晋升为|正式成为)")
_GETS = re.compile(r"^(?:已)?(?:获|获得|取得|得到|经|受)$")


# Whose 授权 and 战略伙伴 are acts of state
_PUBLIC = ("place", "government")


@dataclass(frozen=True, slots=True)
class Tie:
    """Bodies tied by text[start:end], the sentence at `sentence`; spans are of the text given."""

    start: int
    end: int
    sentence: Sentence
    parties: tuple[str, ...]
    kind: PartnershipKind
    subject: str | None = None
    creates: tuple[str, ...] = ()
    date: BoundDate | None = None


def can_tie(text: str, sentences: Sequence[Sentence]) -> bool:
    """Say whether a text could tie bodies, whatever they are: with a word for it that no cue rules out."""
    starts = [sentence.start for sentence in sentences]
    for hit in _words().find(text):
        number = bisect_right(starts, hit.start) - 1
        is_inside = number >= 0 and hit.end <= sentences[number].end
        if is_inside and _is_told(text, _telling(text, sentences[number], hit)):
            return True
    return False


def find_ties(
    text: str,
    sentences: Sequence[Sentence],
    bodies: Sequence[OrganizationSpan],
    times: Sequence[ResolvedTime],
    occasions: Sequence[Occasion],
) -> list[Tie]:
    """List the ties of a text in order; a sentence gives one tie of the same bodies at most."""
    out: list[Tie] = []
    hits = _words().find(text)
    for sentence in sentences:
        mine = [b for b in bodies if sentence.start <= b.start and b.end <= sentence.end]
        if not mine:
            continue
        for hit in hits:
            if not (sentence.start <= hit.start and hit.end <= sentence.end):
                continue
            found = tuple(dict.fromkeys(_parties(text, sentence, hit, [_until(b, hit) for b in mine])))
            if len(found) >= 2 and not any(
                set(found) <= set(t.parties) and t.sentence == sentence for t in out
            ):
                tie = _tie(text, sentence, hit, found, times, occasions)
                out += [tie] if tie is not None else []
    return out


def _tie(
    text: str,
    sentence: Sentence,
    hit: Hit,
    parties: tuple[str, ...],
    times: Sequence[ResolvedTime],
    occasions: Sequence[Occasion],
) -> Tie | None:
    telling = _telling(text, sentence, hit)
    if not _is_told(text, telling):
        return None
    time = find_governing(text, telling, times, occasions)
    after = object_of(text, telling) if hit.entry.kind == "between" else None
    subject, creates = _about(
        text, after, is_founded=hit.entry.get("means") in ("co_building", "joint_venture")
    )
    return Tie(
        hit.start,
        hit.end,
        sentence,
        parties,
        hit.entry.get("means"),
        subject,
        creates,
        bind(time) if time else None,
    )


def _telling(text: str, sentence: Sentence, hit: Hit) -> Telling:
    clauses = find_clauses(text, sentence.start, sentence.end)
    clause = next((c for c in clauses if c[0] <= hit.start < c[1]), (sentence.start, sentence.end))
    return Telling("signing", "verb", hit.start, hit.end, sentence, clause)


def _is_told(text: str, telling: Telling) -> bool:
    return judge_telling(text, telling).status in ("held", "ongoing")


def _about(
    text: str, after: tuple[int, int] | None, *, is_founded: bool
) -> tuple[str | None, tuple[str, ...]]:
    """Say what a tie is about, and what body it creates, where the words after it name one."""
    if after is None:
        return None, ()
    phrase = text[after[0] : after[1]]
    for end in (*(m.start() for m in _TOLD.finditer(phrase, 4)), len(phrase)):
        name = plain_name(phrase[:end])
        is_body = is_founded and ends_as_body(name)
        if is_specific(name) and (is_body or any(ends_as(name, kind) for kind in _THINGS)):
            return name, (name,) if is_body else ()
    return None, ()


def _until(body: OrganizationSpan, hit: Hit) -> OrganizationSpan:
    """Cut a body's name where the word that ties it begins: 北辰电池|合资成立."""
    if not body.start < hit.start < body.end:
        return body
    return replace(body, end=hit.start, name=body.name[: hit.start - body.end])


def _parties(text: str, sentence: Sentence, hit: Hit, bodies: Sequence[OrganizationSpan]) -> list[str]:
    """Name the bodies that a word ties, by where they stand; 由A和B frames names that the tagger cut short."""
    before = [b for b in bodies if b.end <= hit.start]
    if hit.entry.kind == "between":
        listed = [b.name for b in _listed(text, hit, before)]
        framed = find_listed(text, hit.start, sentence.start, [(b.start, b.end) for b in before])
        is_known = any(b.start < end and start < b.end for start, end in framed for b in before)
        return [text[s:e] for s, e in framed] if len(framed) > len(listed) and is_known else listed
    found = (_owned if hit.entry.kind == "of" else _granted)(text, hit, bodies)
    return [] if any(b.kind in _PUBLIC for b in found) else [b.name for b in found]


def _granted(text: str, hit: Hit, bodies: Sequence[OrganizationSpan]) -> list[OrganizationSpan]:
    """Take A and B of A入股B, or of A获B授权."""
    before = [b for b in bodies if b.end <= hit.start]
    after = [b for b in bodies if 0 <= b.start - hit.end <= 1]
    near = [
        b for b in before if hit.start - b.end <= 6 and not re.search(r"[，。；]", text[b.end : hit.start])
    ]
    if near and after:
        return [near[-1], after[0]]
    if len(near) == 1 and len(before) >= 2 and _GETS.search(text[before[-2].end : near[0].start]):
        return [before[-2], near[0]]
    return []


def _listed(text: str, hit: Hit, before: Sequence[OrganizationSpan]) -> list[OrganizationSpan]:
    """Take the list that ends right before the word; one body behind 与 is tied to the body before it."""
    if not before or not _BESIDE.fullmatch(text, before[-1].end, hit.start):
        return []
    out = [before[-1]]
    for body in reversed(before[:-1]):
        gap = text[body.end : out[0].start]
        if not gap or not _LISTED.fullmatch(gap):
            break
        out.insert(0, body)
    if len(out) >= 2:
        return out
    is_second = bool(_WITH.search(text, max(0, out[0].start - 3), out[0].start))
    earlier = [b for b in before[:-1] if not re.search(r"[。；]", text[b.end : out[0].start])]
    if is_second and earlier and out[0].start - earlier[-1].end <= 40:
        return [earlier[-1], out[0]]
    return []


def _owned(text: str, hit: Hit, bodies: Sequence[OrganizationSpan]) -> list[OrganizationSpan]:
    """Take A and B of A是B的战略合作伙伴, or of A与B互为合作伙伴."""
    before = [b for b in bodies if b.end <= hit.start]
    if len(before) < 2:
        return []
    one, other = before[-2], before[-1]
    between, rest = text[one.end : other.start], text[other.end : hit.start]
    if _IS.search(between) and len(between) <= 6 and len(rest) <= 8 and not re.search(r"[，。]", rest):
        return [one, other]
    is_mutual = _WITH.fullmatch(between) and re.match(r"(?:已|也)?(?:互为|结为|成为|是|为)", rest)
    return [one, other] if is_mutual and len(rest) <= 10 else []


@cache
def _words() -> Vocabulary:
    return Vocabulary(lexicon.load("ties"))
