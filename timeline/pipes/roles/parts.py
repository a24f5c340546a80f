"""Organisations and their roles in one event: a telling with the bodies around it in, parts out.

A role comes from a word in the telling's own sentence (由A主办, A与B签署, 为A揭牌); bodies named later, in a sentence
about the same occasion, are borrowed and marked so. Who is only present (出席) never becomes a party.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline.pipes.entities.boundaries import is_ended
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.entities.pairs import find_both
from timeline.pipes.entities.people import PersonSpan
from timeline.pipes.entities.pointers import name_in_full
from timeline.pipes.roles.acts import (
    find_framed_actor,
    find_goals,
    find_settlers,
    gives,
    is_giver,
    whole_of,
)
from timeline.pipes.roles.bystanders import is_aside, is_watcher
from timeline.pipes.roles.cues import find_counted_actors, find_cued
from timeline.pipes.roles.hosts import (
    find_actors,
    find_namesakes,
    find_unveiled_in,
    is_builder,
    is_theme,
)
from timeline.pipes.roles.persons import is_person, with_affiliations
from timeline.pipes.roles.signers import find_signers
from timeline.pipes.tellings.drafts import Part, Telling
from timeline.pipes.tellings.phrases import object_of, trim_adverbs
from timeline.pipes.words.layout import find_clauses
from timeline.pipes.words.wording import at_end
from timeline.records import Role

_BREAK = re.compile(r"[，。；！？：:,;\n]|由")
# How many of a kind, which names none of them: 北湾区|三家|社区卫生服务中心
_CROWD = re.compile(r"(?<!第)[0-9一二两三四五六七八九十多数几]+余?(?:家|所)(?=[\u4e00-\u9fff]{2})")
# 西南首家绿色基金公司: what is said of a body, and not its name
_FIRST = re.compile(r".{0,4}?(?:首[家个座所]|第[一二三]家|唯一)")
_SCENE = 14


def find_parts(
    text: str,
    telling: Telling,
    bodies: Sequence[OrganizationSpan],
    people: Sequence[PersonSpan],
    times: Sequence[tuple[int, int]],
) -> list[Part]:
    """List the organisations of the telling's sentence with their roles."""
    sentence = telling.sentence
    mine = _told(text, telling, bodies, times)
    founded = find_unveiled_in(text, telling, mine)
    mine = [b for b in mine if b not in founded]
    watchers = {(b.start, b.end) for b in mine if is_watcher(text, b, telling, people)}
    free = [b for b in mine if (b.start, b.end) not in watchers]
    cued = find_cued(text, sentence, mine, skip=telling)
    out = [p for p in cued if not is_person(text, p, mine, people)]
    _add(out, [_part(b, "unveiled") for b in founded])
    if _has_sides(telling):
        parties = find_signers(text, telling, mine, watchers, times)
        parties = parties if len(parties) > 1 else find_settlers(text, telling, mine, times) or parties
        out = _without_sides(out, telling, parties)
        _add(out, with_affiliations(text, parties, mine, people))
    elif telling.occasion is not None and telling.type in ("groundbreaking", "opening"):
        _add(out, [_part(b, "host") for b in mine if is_builder(text, b, telling.occasion, bodies)])
    elif telling.type == "establishment" and telling.form == "verb" and object_of(text, telling) is not None:
        _add(out, _founders(telling, find_signers(text, telling, mine, watchers, times)))
        _add(out, [_part(b, "host") for b in find_actors(text, telling, free)])
    elif telling.type == "visit" or telling.form == "verb":
        _add(out, _acting(text, telling, mine, free))
    _add(out, [_part(b, "host") for b in find_namesakes(text, telling, mine)] if not out else [])
    if not any(p.role == "party" or (p.role == "host" and telling.type != "signing") for p in out):
        both = _both(text, telling, bodies)
        out = both + [p for p in out if not any(_lies_over(p, b) for b in both)]
    if not any(p.role in ("party", "host", "recipient") for p in out):
        actors = find_framed_actor(text, telling, bodies, times)
        _add(out, [p for p in actors if not is_person(text, p, mine, people)])
    _add(out, [_part(b, "attendee") for b in mine if _is_present(text, b, telling, watchers)])
    return _without_short_forms([_in_full(p, bodies) for p in sorted(out, key=lambda p: p.start)])


def _without_sides(parts: list[Part], telling: Telling, sides: Sequence[Part]) -> list[Part]:
    """Make sides of those who hold their own signing: 甲与|乙|举行签约仪式, 甲、乙举行…"""
    hosts = [p for p in parts if p.role == "host"]
    if telling.type != "signing":
        return parts
    if telling.form == "held" and len(hosts) >= 2:
        return [replace(p, role="party") if p in hosts else p for p in parts]
    return [p for p in parts if p not in hosts or len(sides) < 2 or not any(_lies_over(p, s) for s in sides)]


def _in_full(part: Part, bodies: Sequence[OrganizationSpan]) -> Part:
    """Give a part whose name is only the head or the last word of another the name in full: 阶跃 is 阶跃星辰, 管委会 is 江城高新区管委会."""
    whole = whole_of(part.name, bodies) or name_in_full(part.name, bodies)
    return replace(part, name=whole) if whole is not None else part


def _acting(
    text: str, telling: Telling, bodies: Sequence[OrganizationSpan], free: Sequence[OrganizationSpan]
) -> list[Part]:
    """List who acts before a verb, after whom a visit or a prize goes to; `free` are the bodies that are not only present."""
    actors = find_actors(text, telling, free)
    if (
        telling.takes in ("work", "body") and object_of(text, telling) is None
    ):  # 甲校与乙市共建的|甲校研究院|开工
        actors = [b for b in actors if b.end < telling.start - 2] or actors
    if telling.type not in ("visit", "award"):
        listed = find_counted_actors(text, telling, bodies)
        _add(listed, [_part(b, "host") for b in actors])
        return listed
    out: list[Part] = []
    if telling.type == "visit":
        _add(out, [_part(b, "host") for b in bodies if _is_visited(text, b, telling)])
        _add(out, find_goals(text, telling, bodies) if not out else [])
        _add(out, [_part(b, "attendee") for b in actors])
        return out
    _add(out, [_part(b, "recipient") for b in _given(text, bodies, telling)])
    _add(out, find_goals(text, telling, bodies))
    _add(out, [_part(b, "host") for b in bodies if is_giver(text, b, telling)])
    _add(out, [_part(b, "host") for b in actors])
    return out


def _told(
    text: str, telling: Telling, bodies: Sequence[OrganizationSpan], times: Sequence[tuple[int, int]]
) -> list[OrganizationSpan]:
    """Give the bodies of the sentence that can take part: not those told in passing or talked about."""
    low, high = telling.sentence.start, telling.sentence.end
    return [
        _without_time(b, times)
        for b in bodies
        if low <= b.start
        and b.end <= high
        and not is_aside(text, b, telling, bodies)
        and not is_theme(text, b)
        and not _CROWD.search(b.name)
        and not _FIRST.match(b.name)
    ]


def _has_sides(telling: Telling) -> bool:
    is_joint = telling.is_weak and telling.takes == "body"
    return telling.type == "signing" or telling.takes == "parties" or is_joint


def _both(text: str, telling: Telling, bodies: Sequence[OrganizationSpan]) -> list[Part]:
    """Take whom 双方 means before a verb of dealing or founding, from the sentences before."""
    if telling.takes not in ("parties", "body", "thing", "publication") and telling.type != "signing":
        return []
    role: Role = "party" if telling.type == "signing" or telling.is_weak else "host"
    low = telling.clause[0]
    if trim_adverbs(text, low, telling.start) is None:  # 两地召开会议，|续签协议
        low = max((c[0] for c in find_clauses(text, telling.sentence.start, low) if c[1] <= low), default=low)
    return lend([_part(b, role) for b in find_both(text, low, telling.start, bodies)])


def _part(body: OrganizationSpan, role: Role) -> Part:
    return Part(body.start, body.end, body.name, role)


def _add(parts: list[Part], more: Sequence[Part]) -> None:
    """Add the parts that lie over none of those there."""
    for part in more:
        if not any(_lies_over(p, part) for p in parts):
            parts.append(part)


def _lies_over(one: Part, other: Part) -> bool:
    return one.start < other.end and other.start < one.end


def _founders(telling: Telling, sides: Sequence[Part]) -> list[Part]:
    """Take both sides before a founding as its founders: 甲集团与乙科技|成立合资公司."""
    inside = [p for p in sides if telling.clause[0] <= p.start and p.end <= telling.start]
    return [replace(p, role="host") for p in inside] if len(inside) == len(sides) > 1 else []


def _without_short_forms(parts: Sequence[Part]) -> list[Part]:
    """Drop a part whose name another part of the same role holds (北辰 beside 北辰电池), and names told twice.

    Who does something is not told again as present.
    """
    acting = {p.name for p in parts if p.role != "attendee"}
    return [
        p
        for at, p in enumerate(parts)
        if not (p.role == "attendee" and p.name in acting)
        and not any(o.role == p.role and _is_short_of(p.name, o.name) for o in parts)
        and not any((o.role, o.name) == (p.role, p.name) for o in parts[:at])
    ]


def _is_short_of(name: str, other: str) -> bool:
    """Say whether a name is short for another that holds it, and not whose that is: 北辰 of 北辰电池, not 江城大学 of 江城大学研究院."""
    is_part = len(other) > len(name) and name in other
    return is_part and (other.endswith(name) or not is_ended(name))


def _without_time(body: OrganizationSpan, times: Sequence[tuple[int, int]]) -> OrganizationSpan:
    """Cut a date off the end of a body's name (某某馆|今天)."""
    cut = min((start for start, end in times if body.start + 1 < start < body.end <= end), default=body.end)
    if cut == body.end:
        return body
    return replace(body, end=cut, name=body.name[: cut - body.end])


def lend(parts: Sequence[Part]) -> list[Part]:
    """Mark parts as borrowed from another sentence."""
    return [replace(p, is_borrowed=True) for p in parts]


def _is_visited(text: str, body: OrganizationSpan, telling: Telling) -> bool:
    """Say whether a visit goes to a body: 到|青禾集团|调研, 考察|青禾集团."""
    words = at_end("roles", "toward")
    if telling.clause[0] <= body.start and body.end <= telling.start:
        is_next = not _BREAK.search(text, body.end, telling.start) and telling.start - body.end <= _SCENE
        return is_next and bool(words.search(text[max(0, body.start - 4) : body.start]))
    gap = text[telling.end : body.start] if body.start >= telling.end else None
    return gap in ("", "了") and bool(words.search(text[telling.start : telling.end]))


def _given(text: str, bodies: Sequence[OrganizationSpan], telling: Telling) -> list[OrganizationSpan]:
    """List the bodies that a prize is given to: 向|青禾集团|颁发, 授予|青禾集团|称号, 向|古城小学|、|河湾小学|等授予."""
    out: list[OrganizationSpan] = []
    for body in bodies:
        if body.start >= telling.end:
            is_next = gives(text, telling) and not text[telling.end : body.start].strip("了给 ")
        elif telling.clause[0] < body.start and body.end <= telling.start:
            is_listed = bool(out) and text[out[-1].end : body.start] in ("、", "和", "及")
            is_next = is_listed or text[body.start - 1] in "向给为"
        else:
            is_next = False
        out += [body] if is_next else []
    return out


def _is_present(text: str, body: OrganizationSpan, telling: Telling, watchers: set[tuple[int, int]]) -> bool:
    occasion = telling.occasion
    if occasion is not None and occasion.start <= body.start and body.end <= occasion.end:
        return False
    if (body.start, body.end) in watchers:
        return True
    return telling.type in ("forum", "expo", "visit", "other", "launch", "award") and (
        telling.clause[0] <= body.start < telling.clause[1]
    )
