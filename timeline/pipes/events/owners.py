"""Whose page tells of an event without a subject: a page's text, its joined events and its home in, events with the owner's part out.

与江城学院签署协议 and 两校签署协议 have the page's own body as the other side; what a chronicle says was held is held by whose it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from timeline import lexicon
from timeline.pipes.entities.home import Home
from timeline.pipes.tellings.drafts import Draft, Part, Telling
from timeline.pipes.tellings.phrases import trim_adverbs
from timeline.pipes.tellings.sameness import is_same_body
from timeline.pipes.words.chronicle import find_eras
from timeline.pipes.words.wording import anywhere, at_end, words_of
from timeline.records import Role

_HOSTED = frozenset({"forum", "other", "award", "launch", "groundbreaking", "opening"})
_HOLDS = frozenset({"host", "co_host", "organizer", "party"})
# What stands before the first word of a clause: 5月8日上午，| 日前 | 3日至5日
_DATES = re.compile(r"[\s0-9一二三四五六七八九十〇年月日号至到上下中午旬晚—\-~～、，,.:：]*")


@dataclass(frozen=True, slots=True)
class Owner:
    """The one body that a page speaks for: text[start:end] of the page names it."""

    start: int
    end: int
    name: str
    kind: str
    is_chronicle: bool


def find_owner(text: str, home: Home) -> Owner | None:
    """Find the one body a page speaks for where the page names it; None where there is none, or more than one."""
    names = {name for _, name in home.bodies}
    if len(names) != 1:
        return None
    kind, name = home.bodies[0]
    at = text.find(name)
    return Owner(at, at + len(name), name, kind, bool(find_eras(text))) if at >= 0 else None


def with_owner(text: str, draft: Draft, owner: Owner | None) -> Draft:
    """Add the owner of the page where the grammar of the telling leaves a side or a host out."""
    if owner is None or any(is_same_body(p.name, owner.name) for p in draft.parts):
        return draft
    role = _role(text, draft, owner)
    if role is None:
        return draft
    part = Part(owner.start, owner.end, owner.name, role, is_borrowed=True)
    return replace(draft, parts=(part, *draft.parts))


def _role(text: str, draft: Draft, owner: Owner) -> Role | None:
    telling = draft.telling
    if telling.type == "signing":
        parties = [p for p in draft.parts if p.role == "party"]
        return "party" if len(parties) == 1 and _lacks_side(text, telling, owner) else None
    if telling.type == "visit":
        is_here = at_end("roles", "here").search(text[max(0, telling.start - 4) : telling.start])
        return "host" if is_here and not any(p.role == "host" for p in draft.parts) else None
    is_held_by = any(p.role in _HOLDS for p in draft.parts)
    if telling.type not in _HOSTED or is_held_by or draft.status == "planned":
        return None
    return "host" if _lacks_host(text, telling, owner) else None


def _lacks_side(text: str, telling: Telling, owner: Owner) -> bool:
    """Say whether a signing leaves the first side out (与甲公司签署), or means the owner by 双方 or 两校."""
    if telling.form == "held":
        return False
    low = _opening(text, telling)
    if text.startswith(words_of("roles", "beside"), low) and owner.kind != "government":
        return True
    pair = anywhere("roles", "pair").search(text, low, telling.start)
    kinds = _kinds().get(pair.group()) if pair else None
    return kinds is not None and owner.kind in kinds


def _lacks_host(text: str, telling: Telling, owner: Owner) -> bool:
    """Say whether nobody is told to hold an occasion: 5月8日，|召开…大会; in a chronicle also …大会|召开."""
    occasion = telling.occasion
    low = _opening(text, telling)
    if occasion is not None and occasion.start >= telling.end:
        return trim_adverbs(text, low, telling.start) is None
    is_seen = bool(anywhere("roles", "watch", "toward").search(text, low, telling.start))
    return owner.is_chronicle and telling.form != "named" and not is_seen


def _opening(text: str, telling: Telling) -> int:
    """Give where the first word of a telling's clause stands, after its dates."""
    low = telling.clause[0]
    dates = _DATES.match(text, low, telling.start)
    low = dates.end() if dates else low
    edge = next((w for w in words_of("roles", "adverb") if text.startswith(w, low)), "")
    return low + len(edge) if low + len(edge) <= telling.start else low


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """Give the words for both sides that say of what kind they are, with those kinds."""
    return {
        word: tuple(e.get("means"))
        for e in lexicon.load("roles")
        if e.kind == "pair" and e.get("means")
        for word in e.words
    }
