"""Organisations and their roles in one event: a telling with the bodies around it in, parts out.

A role comes from a word in the telling's own sentence (由A主办, A与B签署, 为A揭牌); bodies named later, in a sentence
about the same occasion, are borrowed and marked so. Who is only present (出席) never becomes a party.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline.pipes.entities.gazetteer import areas_named
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.entities.people import PersonSpan
from timeline.pipes.entities.pointers import find_both
from timeline.pipes.roles.bystanders import is_aside, is_watcher
from timeline.pipes.roles.cues import find_cued, framed_part
from timeline.pipes.roles.hosts import find_actors, find_namesakes, find_unveiled_in, is_theme
from timeline.pipes.roles.sides import find_list_sides, find_sides, sides_in
from timeline.pipes.tellings.drafts import Part, Telling
from timeline.pipes.tellings.phrases import is_counted, object_of, trim_adverbs
from timeline.pipes.words.layout import find_clauses
from timeline.pipes.words.wording import anywhere, at_end
from timeline.records import Role

_BREAK = re.compile(r"[，。；！？：:,;\n]|由")
# How many of a kind, which names none of them: 北湾区|三家|社区卫生服务中心
_CROWD = re.compile(r"(?<!第)[0-9一二两三四五六七八九十多数几]+余?(?:家|所)(?=[\u4e00-\u9fff]{2})")
_SCENE = 14
_SHORT = 4  # characters of a place in a counted list
_OPENING = 12  # characters in which a clause without a subject comes to its 与


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
    out = [p for p in cued if not _is_person(text, p, mine, people)]
    if telling.type == "signing" and telling.form == "held" and sum(p.role == "host" for p in out) >= 2:
        out = [replace(p, role="party") if p.role == "host" else p for p in out]
    _add(out, [_part(b, "unveiled") for b in founded])
    if _has_sides(telling):
        parties = _parties(text, telling, mine, watchers, times)
        _add(out, [p for p in parties if not _is_person(text, p, mine, people)])
    elif telling.occasion is not None and telling.type in ("groundbreaking", "opening"):
        _add(out, [_part(b, "host") for b in mine if b.start == telling.occasion.start])
    elif telling.type == "visit":
        _add(out, [_part(b, "host") for b in mine if _is_visited(text, b, telling)])
        _add(out, [_part(b, "attendee") for b in find_actors(text, telling, free)])
    elif telling.type == "award" and telling.form == "verb":
        taking = _given(text, mine, telling)
        _add(out, [_part(b, "recipient") for b in taking])
        _add(out, [_part(b, "host") for b in find_actors(text, telling, free)])
    elif telling.form == "verb":
        if telling.type == "establishment" and object_of(text, telling) is not None:
            _add(out, _founders(telling, _parties(text, telling, mine, watchers, times)))
        _add(out, [_part(b, "host") for b in find_actors(text, telling, free)])
    _add(out, [_part(b, "host") for b in find_namesakes(text, telling, mine)] if not out else [])
    if not any(p.role == "party" or (p.role == "host" and telling.type != "signing") for p in out):
        both = _both(text, telling, bodies)
        out = both + [p for p in out if not any(_lies_over(p, b) for b in both)]
    _add(out, [_part(b, "attendee") for b in mine if _is_present(text, b, telling, watchers)])
    return _without_short_forms(sorted(out, key=lambda p: p.start))


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


def _is_person(
    text: str, part: Part, bodies: Sequence[OrganizationSpan], people: Sequence[PersonSpan]
) -> bool:
    """Say whether a framed name is a person's and no body's: 郑远, 郑远导演, and not 郑远团队."""
    over = [p for p in people if p.start < part.end and part.start < p.end]
    rests = [text[p.end : part.end] for p in over]
    is_named = any(not rest or anywhere("people", "title", "address").fullmatch(rest) for rest in rests)
    return is_named and not any(b.start == part.start for b in bodies)


def _without_short_forms(parts: Sequence[Part]) -> list[Part]:
    """Drop a part whose name another part of the same role holds (北辰 beside 北辰电池), and names told twice."""
    return [
        p
        for at, p in enumerate(parts)
        if not any(o.role == p.role and len(o.name) > len(p.name) and p.name in o.name for o in parts)
        and not any((o.role, o.name) == (p.role, p.name) for o in parts[:at])
    ]


def _without_time(body: OrganizationSpan, times: Sequence[tuple[int, int]]) -> OrganizationSpan:
    """Cut a date off the end of a body's name (某某馆|今天)."""
    cut = min((start for start, end in times if body.start + 1 < start < body.end <= end), default=body.end)
    if cut == body.end:
        return body
    return replace(body, end=cut, name=body.name[: cut - body.end])


def lend(parts: Sequence[Part]) -> list[Part]:
    """Mark parts as borrowed from another sentence."""
    return [replace(p, is_borrowed=True) for p in parts]


def _parties(
    text: str,
    telling: Telling,
    bodies: Sequence[OrganizationSpan],
    watchers: set[tuple[int, int]],
    times: Sequence[tuple[int, int]],
) -> list[Part]:
    """Find who signs: by the frame A与B, completed and checked by the bodies found."""
    found = [Part(b.start, b.end, b.name, "party") for b in _signing_sides(text, telling, bodies, watchers)]
    in_name = telling.occasion is not None and telling.occasion.is_named
    if telling.occasion is not None and in_name:
        framed = sides_in(
            text,
            telling.occasion.start,
            telling.start if telling.form == "named" else telling.occasion.parts[0][0],
        )
        backed = [f for f in framed if any(b.start == f[0] for b in bodies)]
        opens = [f for f in framed if f[0] == telling.occasion.start and len(framed) == 2]
        framed = [*(o for o in opens if backed and o not in backed), *backed]
        if telling.form == "held" and telling.occasion.start >= telling.end:
            framed += find_sides(text, telling, times, [(b.start, b.end) for b in bodies])
    else:
        framed = find_sides(text, telling, times, [(b.start, b.end) for b in bodies])
        if framed and framed[0][0] < telling.clause[0] and not _is_backed(framed, bodies):
            framed = []
        if len(framed) >= 2 and framed[0][0] >= telling.clause[0]:
            found = [p for p in found if p.start >= telling.clause[0]]
        framed = framed or _counted_sides(text, telling, bodies, times)
    for span in framed:
        over = [p for p in found if p.start < span[1] and span[0] < p.end]
        part = framed_part(text, span, bodies, "party")
        if part is None:
            continue
        # 新加坡食品集团| Arcadia: what stands before a Latin name only says what sort of firm it is
        found = [p for p in found if not (p.end + 1 == part.start and text[p.end] == " ")]
        if not over:
            watched = any(s < span[1] and span[0] < e for s, e in watchers)
            found += [] if watched and telling.form != "verb" else [part]
        elif not in_name and len(over) == 1 and over[0].start >= span[0] and over[0].end <= span[1]:
            found[found.index(over[0])] = part
    return found


def _is_backed(framed: Sequence[tuple[int, int]], bodies: Sequence[OrganizationSpan]) -> bool:
    """Say whether a body stands in one of the frames, as it must in a clause before the verb's own."""
    return any(low <= b.start and b.end <= high for low, high in framed for b in bodies)


def _counted_sides(
    text: str, telling: Telling, bodies: Sequence[OrganizationSpan], times: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Take the items of a counted list as sides where at least half of them hold a body."""
    items = find_list_sides(text, telling, times)
    sure = [i for i in items if any(i[0] <= b.start and b.end <= i[1] for b in bodies)]
    are_places = bool(items) and bool(anywhere("roles", "pair").match(text, items[-1][1]))
    are_places = are_places and all(end - start <= _SHORT for start, end in items)
    are_seats = len(items) > 2 and all(areas_named(text[start:end]) for start, end in items[:-1])
    return items if len(sure) * 2 >= len(items) or are_places or are_seats else []


def _signing_sides(
    text: str, telling: Telling, bodies: Sequence[OrganizationSpan], watchers: set[tuple[int, int]]
) -> list[OrganizationSpan]:
    """Find who signs: bodies before the verb in its clause, or in the occasion's name; else in the clauses before it."""
    free = [b for b in bodies if (b.start, b.end) not in watchers]
    if telling.occasion is not None:
        inside = [b for b in free if telling.occasion.start <= b.start and b.end <= telling.occasion.end]
        inside = [b for b in inside if not _is_built(text, b)]
        if len(inside) >= 2 or (inside and telling.form == "named"):
            return inside
    clauses = [
        c for c in find_clauses(text, telling.sentence.start, telling.sentence.end) if c[0] <= telling.start
    ]
    found = [b for b in free if telling.occasion and telling.occasion.start <= b.start < telling.occasion.end]
    for low, high in reversed(clauses):
        if not _lends_sides(text, (low, high), telling):
            break
        able = bodies if _is_told(text, (low, high)) else free
        inside = [b for b in able if low <= b.start and b.end <= min(high, telling.start)]
        if low < telling.clause[0]:
            inside = [b for b in inside if not _is_founded(text, b)]
        if len(found) == 1 and _points(text, telling):
            inside = [b for b in inside if b.name != found[0].name][-1:]
        found = [*inside, *[f for f in found if f not in inside]]
        if len(found) >= 2:
            break
    is_host = (
        telling.form == "held" and telling.occasion is not None and telling.occasion.start >= telling.end
    )
    if is_host and len(found) == 1 and not _points(text, telling):
        return []
    if telling.form == "verb":
        right = [
            b
            for b in free
            if 0 <= b.start - telling.end <= 3 and not _BREAK.search(text, telling.end, b.start)
        ]
        found += [b for b in right if len(found) < 2]
    return found


def _is_visited(text: str, body: OrganizationSpan, telling: Telling) -> bool:
    """Say whether a visit goes to a body: 到|青禾集团|调研, 考察|青禾集团."""
    words = at_end("roles", "toward")
    if telling.clause[0] <= body.start and body.end <= telling.start:
        is_next = not _BREAK.search(text, body.end, telling.start) and telling.start - body.end <= _SCENE
        return is_next and bool(words.search(text[max(0, body.start - 4) : body.start]))
    gap = text[telling.end : body.start] if body.start >= telling.end else None
    return gap in ("", "了") and bool(words.search(text[telling.start : telling.end]))


def _given(text: str, bodies: Sequence[OrganizationSpan], telling: Telling) -> list[OrganizationSpan]:
    """List the bodies that a prize is given to: 向|青禾集团|颁发, 向|古城小学|、|河湾小学|等授予."""
    out: list[OrganizationSpan] = []
    for body in bodies:
        if telling.clause[0] < body.start and body.end <= telling.start:
            is_next = bool(out) and text[out[-1].end : body.start] in ("、", "和", "及")
            out += [body] if is_next or text[body.start - 1] in "向给为" else []
    return out


def _lends_sides(text: str, clause: tuple[int, int], telling: Telling) -> bool:
    """Say whether the sides of a signing can stand in a clause: in its own, or before it where it has no subject of its own.

    12个项目签约 has one; what somebody only said or learned (记者从…获悉) lends its body to 与…签约 alone.
    """
    low = telling.clause[0]
    if clause[0] >= low:
        return True
    own = text[low : telling.start].strip()
    if is_counted(own) and not anywhere("roles", "pair").match(own):
        return False
    return not _is_told(text, clause) or bool(anywhere("roles", "with").search(own[:_OPENING]))


def _is_told(text: str, clause: tuple[int, int]) -> bool:
    """Say whether a clause only says who told something: 青禾集团负责人介绍."""
    return bool(at_end("roles", "told").search(text[slice(*clause)].rstrip("，,：: ")))


def _is_founded(text: str, body: OrganizationSpan) -> bool:
    """Say whether a clause tells of founding a body, which then signs nothing: 揭牌成立「先进材料研究院」."""
    return bool(
        at_end("organizations", "founding").search(text[max(0, body.start - 8) : body.start].rstrip("「“了"))
    )


def _is_built(text: str, body: OrganizationSpan) -> bool:
    """Say whether a body is what the sides build: 三方共建|海洋医药研究院|签约仪式."""
    return bool(at_end("organizations", "building").search(text[max(0, body.start - 6) : body.start]))


def _points(text: str, telling: Telling) -> bool:
    """Say whether the clause of a signing only points to a side, or to both: 公司与…签署, 双方举行签约仪式."""
    return bool(anywhere("roles", "pair", "pronoun").search(text, telling.clause[0], telling.start))


def _is_present(text: str, body: OrganizationSpan, telling: Telling, watchers: set[tuple[int, int]]) -> bool:
    occasion = telling.occasion
    if occasion is not None and occasion.start <= body.start and body.end <= occasion.end:
        return False
    if (body.start, body.end) in watchers:
        return True
    return telling.type in ("forum", "expo", "visit", "other", "launch", "award") and (
        telling.clause[0] <= body.start < telling.clause[1]
    )
