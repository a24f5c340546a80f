"""Words that point to a body or place named elsewhere (我校, 公司, 我市): a text, its bodies and its page's home in, what they mean out.

The first person (我校, 我市) means the page's own body or place, as far as outlet or title tell it, or the one body of its kind that
the text names in other sentences; the third (公司, 该校) means the nearest body of its kind before it. Only a pointer that takes part in a deal counts; one that nothing settles stays out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from timeline import lexicon
from timeline.pipes.entities.boundaries import is_ended
from timeline.pipes.entities.home import Home
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.words.vocabulary import Hit, Vocabulary
from timeline.pipes.words.wording import Words, anywhere, at_end
from timeline.wordlists import WordList

_SENTENCE = re.compile(r"[。！？!?；\n]")
# 公司|曾|与, 公司|已于5月8日|与: what may stand between a pointer and its joint
_BETWEEN = re.compile(
    r"[曾已还也将拟并正再就]?(?:去年|今年|日前|近日)?[也还]?(?:于?[0-9]{1,4}[年月日][0-9年月日]{0,8})?"
)
# ，|该公司: where a clause opens
_OPENS = re.compile(r"(?:^|[，。；：！？\n])[\s也还并]?$")
# 我校（|江城大学）
_POINTER_BEFORE = re.compile(r"(?:[我本][校院所局会司]|公司|学校|医院|集团)[（(]$")
# 青禾集团有限公司|（以下简称“公司”）
_SHORT_AFTER = re.compile(
    r"[（(](?:以下|下)?(?:简称|称)[：:]?[“\"]?(?:公司|学校|医院|集团|学院|研究院)[”\"]?"
)
# 江城大学|研究生院: 我校 means the whole school
_SCHOOL = re.compile(r".{2,12}?大学(?=.)")
_BREAK = re.compile(r"[，,。；：]")
_BACK = 300  # characters in which a body stays what is spoken of
_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Pointed:
    """text[start:end] points to a place of this name and code."""

    start: int
    end: int
    name: str
    adcode: str


def find_pointed_bodies(text: str, bodies: Sequence[OrganizationSpan], home: Home) -> list[OrganizationSpan]:
    """List the pointers that stand as a side of a deal, under the name of the body they mean."""
    out = []
    taken = [(b.start, b.end) for b in bodies]
    declared = _declared(text, bodies)
    for hit in _bodies().find(text):
        if any(s < hit.end and hit.start < e for s, e in taken) or not _is_side(text, hit):
            continue
        told = next((declared[kind] for kind in hit.entry.get("means") if kind in declared), None)
        if told is not None:
            name: str | None = told
        elif hit.entry.get("first"):
            name = home.body_of(hit.entry.get("means")) or _only(text, hit, bodies)
        else:
            name = _parent(hit, _told(text, hit, bodies)) or home.body_of(hit.entry.get("means"))
        if name is not None:
            whole = _SCHOOL.match(name) if "校" in hit.word else None
            name = whole.group() if whole else name
            kind = str(hit.entry.get("means")[0])
            out.append(OrganizationSpan(hit.start, hit.end, name, kind, _SCORE))
    acting = [p for p in find_pointed_places(text, home) if _is_side(text, p)]
    out += [OrganizationSpan(p.start, p.end, p.name, "place", _SCORE) for p in acting]
    return sorted(out, key=lambda b: b.start)


def name_in_full(word: str, bodies: Sequence[OrganizationSpan]) -> str | None:
    """Give the one body whose name a word ends (管委会 of 江城高新区管委会); None where two end so, or the word can mean more."""
    if word not in _ends():
        return None
    names = {b.name for b in bodies if b.name.endswith(word) and b.name != word}
    return names.pop() if len(names) == 1 else None


def find_pointed_places(text: str, home: Home) -> list[Pointed]:
    """List 我市, 本省 and their kin with the area they mean on this page; those that nothing settles are left out."""
    out = []
    for hit in _places().find(text):
        area = home.area_of(int(hit.entry.get("level")))
        if area is not None and area.adcode:
            out.append(Pointed(hit.start, hit.end, area.name, area.adcode))
    return out


def _is_side(text: str, hit: Hit | Pointed) -> bool:
    """Say whether a pointer stands before 与 or after it, or right before a verb of dealing."""
    joint = anywhere("organizations", "joint")
    between = _BETWEEN.match(text, hit.end)
    end = between.end() if between else hit.end
    after = anywhere("organizations", "deal").match(text, end)
    before = joint.search(text[max(0, hit.start - 2) : hit.start])
    is_after_joint = before is not None and before.end() == min(2, hit.start)
    opens = (
        not hit.entry.get("first") and _OPENS.search(text[max(0, hit.start - 2) : hit.start])
        if isinstance(hit, Hit)
        else None
    )
    if isinstance(hit, Hit) and hit.entry.get("opens"):
        founding = anywhere("organizations", "founding").match(text, hit.end)
        return bool(opens) and bool(joint.match(text, end) or after or founding)
    is_first = isinstance(hit, Hit) and hit.entry.get("first")
    if isinstance(hit, Hit) and is_first and _is_goal(text, hit):
        return True
    if is_first and anywhere("people", "title").match(text, hit.end):  # 我校|校长
        return True
    is_agent = text[hit.start - 1 : hit.start] == "由" and anywhere("organizations", "act").match(text, end)
    return bool(joint.match(text, end)) or bool(after) or is_after_joint or bool(opens) or bool(is_agent)


def _is_goal(text: str, hit: Hit) -> bool:
    """Say whether somebody comes to the page's own body: 来|我院|调研."""
    comes = at_end("roles", "toward").search(text[max(0, hit.start - 3) : hit.start])
    return comes is not None and anywhere("roles", "meets").match(text, hit.end) is not None


def _only(text: str, hit: Hit, bodies: Sequence[OrganizationSpan]) -> str | None:
    """Give the one full name of the pointer's kinds in a text, besides those in sentences that hold the pointer itself."""
    kinds = hit.entry.get("means")
    names = {b.name for b in bodies if b.kind in kinds and is_ended(b.name)}
    beside = {b.name for b in bodies if hit.word in text[slice(*_sentence_of(text, b.start))]}
    others = names - beside
    return others.pop() if len(others) == 1 else None


def _sentence_of(text: str, at: int) -> tuple[int, int]:
    start = max(
        (m.end() for m in _SENTENCE.finditer(text, max(0, at - _BACK), at)), default=max(0, at - _BACK)
    )
    end = _SENTENCE.search(text, at, at + _BACK)
    return start, end.start() if end else min(len(text), at + _BACK)


def _told(text: str, hit: Hit, bodies: Sequence[OrganizationSpan]) -> str | None:
    """Give whom a pointer of the third person means: the one that ends so (出版社), else the nearest of its kinds."""
    if hit.entry.get("ends"):
        return name_in_full(hit.word, [b for b in bodies if b.end <= hit.start])
    return _nearest(text, hit, bodies)


def _nearest(text: str, hit: Hit, bodies: Sequence[OrganizationSpan]) -> str | None:
    """Give the nearest body of the pointer's kinds before it: the last of its own sentence, else the first of one before."""
    kinds = hit.entry.get("means")
    breaks = [m.end() for m in _SENTENCE.finditer(text, max(0, hit.start - _BACK), hit.start)]
    own = breaks[-1] if breaks else 0
    is_firm = "company" in kinds
    before = [b for b in bodies if b.end <= hit.start and not _ranks().match(text, b.end)]
    here = [b for b in before if own <= b.start and (b.kind in kinds or (is_firm and not b.kind))]
    if here:
        best = _alike(hit, here)
        last = best[-1].name
        wholes = [b.name for b in best if b.name.endswith(last) or b.name.startswith(last)]
        return max(wholes, key=len)  # 青禾股份有限公司（证券简称：青禾）
    near = [b for b in before if hit.start - _BACK <= b.start < own]
    near = [
        b for b in near if b.kind in kinds or b.name.endswith(hit.word) or (is_firm and _is_latin(b.name))
    ]
    near = [b for b in near if not anywhere("organizations", "quantifier").match(b.name)]
    for at in reversed([max(0, hit.start - _BACK), *breaks[:-1]]):
        if any(b.start >= at for b in near):
            return _alike(hit, [b for b in near if b.start >= at])[0].name
    return None


def _alike(hit: Hit, bodies: Sequence[OrganizationSpan]) -> Sequence[OrganizationSpan]:
    """Prefer the bodies that are called what a pointer says they are: 集团 means no railway office where a group is told of."""
    what = hit.word.removeprefix("该")
    if "company" in hit.entry.get("means") and what != "集团":
        return bodies  # every firm is a 公司, whatever its name ends in
    return [b for b in bodies if b.name.endswith((what, f"{what}有限公司"))] or bodies


def _is_latin(name: str) -> bool:
    """Say whether a body has a Latin name, which firms have: Helvion, JX Nippon."""
    return name[0].isascii() and name[0].isalpha()


def _parent(hit: Hit, name: str | None) -> str | None:
    """Give the body that an association's branch belongs to, where the pointer names its kind: 学会 of 青川茶学会|绿茶分会."""
    at = name.find(hit.word) if name is not None and "association" in hit.entry.get("means") else -1
    return name[: at + len(hit.word)] if name is not None and at > 1 else name


def _declared(text: str, bodies: Sequence[OrganizationSpan]) -> dict[str, str]:
    """Read by brackets who a page speaks for, by kind: 我校（江城大学）, 青禾集团有限公司（以下简称“公司”）."""
    found: dict[str, str] = {}
    for body in bodies:
        is_told = _POINTER_BEFORE.search(text, max(0, body.start - 8), body.start) or _SHORT_AFTER.match(
            text, body.end
        )
        if is_told and body.kind:
            found.setdefault(body.kind, body.name)
    return found


@cache
def _bodies() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load("roles") if e.kind == "pointer")


@cache
def _ranks() -> WordList:
    """Find the ranks of those who speak for nobody but themselves: 江城医院|教授."""
    entries = (e for e in lexicon.load("people") if e.kind == "title" and e.get("body") == "rank")
    return WordList(Words.of(sorted({w for e in entries for w in e.words}, key=lambda w: (-len(w), w))))


@cache
def _places() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load("places") if e.kind == "self")


@cache
def _ends() -> frozenset[str]:
    return frozenset(
        w for e in lexicon.load("roles") if e.kind == "pointer" and e.get("ends") for w in e.words
    )
