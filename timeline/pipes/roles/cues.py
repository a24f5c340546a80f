"""Bodies before a role word (由A主办，B承办): a sentence with the bodies found in it in, parts with their roles out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from timeline import lexicon
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.roles.acts import is_firm
from timeline.pipes.roles.frames import name_in, settle
from timeline.pipes.roles.sides import find_counted, find_listed, find_next_listed
from timeline.pipes.tellings.drafts import Part, Telling
from timeline.pipes.tellings.phrases import ends_as_body, trim_adverbs
from timeline.pipes.words.layout import Sentence
from timeline.pipes.words.vocabulary import Hit, Vocabulary
from timeline.pipes.words.wording import anywhere, at_end
from timeline.records import Role

_BREAK = re.compile(r"[，。；！？：:,;\n]|由")
_LIST_GAP = re.compile(
    r"[\s、和与及暨以同联合携手会”“》《等]*(?:（[^（）]{0,20}）|\([^()]{0,20}\))?[\s、和与及暨以同”“》《等]*"
)
# What opens a short form: 中国人民银行数字货币研究所(以下简称|央行数字货币研究所
_SHORT_FOR = re.compile(r"\s?[（(](?:以下)?简称[：:]?[“「]?")
_STOPS = ("，", "。", "；", ",", "\n", "", "的")
_AGENT = 60  # characters between 由 and the verb of those who hold
_DIGIT = re.compile(r"[0-9]")
_SHORTEST = 4  # characters of a name that a clause opens with
_BRACKETED = re.compile(r"[（(][^（()）]{0,20}[）)]")
_CUT = re.compile(r"\s*\n\s*")
_COMMON = re.compile(
    r"^(?:作为|是)?(?:本|此|该)?[届次]?[等共同联合一起分别具体正式、，和与及并也的方家单位)）两三四五六七八九十多]{0,10}$"
)


def find_cued(
    text: str, sentence: Sentence, bodies: Sequence[OrganizationSpan], *, skip: Telling | None = None
) -> list[Part]:
    """List the bodies that stand before a role word: 由A、B主办，C承办; with `skip`, words of holding count only there."""
    out: list[Part] = []
    floor = sentence.start
    for cue in _cues(text, sentence, skip):
        if any(b.start < cue.start and cue.end < b.end for b in bodies):
            continue  # 省交通|投资|集团
        role: Role = cue.entry.kind  # type: ignore[assignment]
        if role == "party" and skip is not None and skip.type in ("opening", "groundbreaking"):
            role = "host"  # who pays for what is built
        known = [(b.start, b.end) for b in bodies]
        if skip is not None and skip.occasion is not None and cue.entry.get("holding"):
            inner = skip.occasion
            bodies = [b for b in bodies if not (inner.start < b.start and b.end < inner.end)]
        is_bare = bool(cue.entry.get("holding")) and not _is_passive(text, cue)
        listed = [] if is_bare else find_listed(text, cue.start, floor, known)
        if not listed and out and not is_bare:
            listed = find_next_listed(text, cue.start, floor, known)
        listed = listed or ([] if is_bare else _counted(text, cue.start, floor, bodies))
        is_told = text[cue.end : cue.end + 1] in _STOPS
        if not listed and not is_bare and is_told and not _before(text, cue, bodies, floor):
            listed = _opening_name(text, cue, floor)
        if is_bare and not _before(text, cue, bodies, floor):
            listed = _opening_name(text, cue, floor)
        if listed:
            framed = [framed_part(text, span, bodies, role) for span in listed]
            out += [part for part in framed if part is not None]
        else:
            out += [Part(b.start, b.end, b.name, role) for b in _before(text, cue, bodies, floor)]
        floor = cue.end
    return out


def find_counted_actors(text: str, telling: Telling, bodies: Sequence[OrganizationSpan]) -> list[Part]:
    """List who acts by a counted list before a verb: 甲中心、乙医院等8家单位|共同启动."""
    listed = _counted(text, telling.start, telling.clause[0], bodies)
    framed = [framed_part(text, span, bodies, "host") for span in listed]
    return [part for part in framed if part is not None]


def _counted(text: str, at: int, floor: int, bodies: Sequence[OrganizationSpan]) -> list[tuple[int, int]]:
    """Take a counted list before a role word where a body stands in it and the rest end as names do."""
    items = find_counted(text, at, floor)
    sure = [any(s <= b.start and b.end <= e for b in bodies) for s, e in items]
    are_names = all(is_sure or is_firm(text[s:e]) for is_sure, (s, e) in zip(sure, items, strict=True))
    return items if len(items) > 1 and any(sure) and are_names else []


def _opening_name(text: str, cue: Hit, floor: int) -> list[tuple[int, int]]:
    """Give the name that fills a clause up to a role word, where it ends as bodies do: 昨日，|体育学院|承办的联赛闭幕."""
    low = max(floor, max(text.rfind(mark, 0, cue.start) for mark in "，。；：！？、\n】 ") + 1)
    edge = trim_adverbs(text, low, cue.start)
    span = name_in(text, *edge) if edge else None
    is_one = span is not None and ends_as_body(text[slice(*span)]) and not _DIGIT.search(text, *span)
    return [span] if span is not None and is_one and span[1] - span[0] >= _SHORTEST else []


def framed_part(
    text: str, span: tuple[int, int], bodies: Sequence[OrganizationSpan], role: Role
) -> Part | None:
    """Make a part of a framed name, or none where the frame names nobody."""
    found = settle(text, span, bodies)
    known = next((b.name for b in bodies if (b.start, b.end) == found), None)
    return Part(*found, known or _CUT.sub("", text[slice(*found)]), role) if found else None


def _cues(text: str, sentence: Sentence, skip: Telling | None) -> list[Hit]:
    hits = _role_words().find(text[sentence.start : sentence.end])
    moved = [Hit(h.start + sentence.start, h.end + sentence.start, h.word, h.entry) for h in hits]
    return [h for h in moved if _is_cue(text, h, skip)]


def _is_cue(text: str, cue: Hit, skip: Telling | None) -> bool:
    only = cue.entry.get("only")
    if skip is not None and only and skip.type not in only:
        return False
    if cue.entry.get("passive") and not (_has_agent(text, cue) or _goes_on(text, cue)):
        return False
    if skip is not None and skip.type == "signing" and skip.end <= cue.start < skip.clause[1]:
        return False
    if _is_sought(text, cue):
        return False
    if not cue.entry.get("holding"):
        is_held = skip is not None and skip.takes != "active" and skip.start <= cue.start < skip.end
        return skip is None or (not is_held and _is_near(cue, skip))
    if _is_passive(text, cue):
        return True
    if skip is None or skip.form != "held" or skip.occasion is None:
        return False
    return skip.start <= cue.start < skip.end and skip.occasion.start >= skip.end


def _is_sought(text: str, cue: Hit) -> bool:
    """Say whether somebody only asks for what a role word says: 寻求|北辰电池支持."""
    opened = max(text.rfind(mark, 0, cue.start) for mark in "，。；\n") + 1
    return anywhere("roles", "seeks").search(text, opened, cue.start) is not None


def _is_passive(text: str, cue: Hit) -> bool:
    """Say whether a verb of holding follows its holders: 展览由甲馆与乙社|联合举办."""
    return text[cue.end : cue.end + 1] in _STOPS and _has_agent(text, cue)


def _has_agent(text: str, cue: Hit) -> bool:
    """Say whether 由 stands before a verb in its clause."""
    breaks = max(text.rfind(mark, 0, cue.start) for mark in "，。；\n")
    return text.rfind("由", max(0, cue.start - _AGENT), cue.start) > breaks


def _goes_on(text: str, cue: Hit) -> bool:
    """Say whether a clause goes on with one of 由 that told a role: 由甲集团投资建设，乙公司|承建."""
    comma = text.rfind("，", max(0, cue.start - _AGENT), cue.start)
    opened = max(text.rfind(mark, 0, max(0, comma)) for mark in "，。；\n")
    is_of_role = comma > 0 and at_end("roles", "host", "organizer").search(text[opened + 1 : comma])
    is_named = ends_as_body(text[comma + 1 : cue.start])
    return bool(is_of_role) and is_named and "由" in text[opened + 1 : comma]


def _is_near(cue: Hit, telling: Telling) -> bool:
    """Say whether a role word can speak of an occasion that is only named in passing: in its own clause."""
    return telling.form != "named" or telling.clause[0] <= cue.start < telling.clause[1]


def _before(text: str, cue: Hit, bodies: Sequence[OrganizationSpan], floor: int) -> list[OrganizationSpan]:
    """Take the list of bodies that ends right before a role word, back to 由, a comma or the role word before."""
    out: list[OrganizationSpan] = []
    edge = cue.start
    for body in reversed([b for b in bodies if floor <= b.start and b.end <= cue.start]):
        is_first = not out
        gap = text[body.end : edge]
        gap = _BRACKETED.sub("", gap) if is_first else gap
        limit = 10 if is_first else 6
        if _BREAK.search(gap) and not (is_first and cue.entry.get("holding") and len(gap) <= 14):
            break
        if is_first and cue.entry.get("holding") and len(gap) > 16:
            break
        if is_first and not cue.entry.get("holding") and not _is_plain_gap(gap):
            break
        if not is_first and (len(gap) > limit + 20 or not _is_list_gap(gap)):
            break
        out.append(body)
        edge = body.start
    return out[::-1]


def _is_plain_gap(gap: str) -> bool:
    if anywhere("roles", "leaders").fullmatch(gap.removeprefix("等").removesuffix("共同").removesuffix("的")):
        return True  # 市政府|有关领导|见证下
    bare = re.sub(r"[（(][^（）()]{0,25}[）)]", "", gap)
    return bool(_COMMON.match(bare)) or (len(bare) <= 12 and "等" in bare)


def _is_list_gap(gap: str) -> bool:
    return (
        bool(_LIST_GAP.fullmatch(gap)) or (len(gap) <= 16 and "、" in gap) or bool(_SHORT_FOR.fullmatch(gap))
    )


@cache
def _role_words() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load("roles") if e.get("side") == "before")
