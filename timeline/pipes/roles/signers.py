"""Who signs: a telling of a signing or another deal with the bodies of its sentence in, its sides as parts out.

A frame (A与B签署, A、B、C三方) tells the names that no tagger marks; bodies found complete it and check it. A clause without a subject
(并与A签署) takes that of the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.pipes.entities.gazetteer import areas_named
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.roles.acts import is_firm
from timeline.pipes.roles.cues import framed_part
from timeline.pipes.roles.hosts import opens_beside
from timeline.pipes.roles.sides import find_list_sides, find_sides, sides_in
from timeline.pipes.tellings.drafts import Part, Telling
from timeline.pipes.tellings.phrases import is_counted
from timeline.pipes.words.layout import find_clauses
from timeline.pipes.words.wording import anywhere, at_end

_BREAK = re.compile(r"[，。；！？：:,;\n]|由")
_SHORT = 4  # characters of a place in a counted list
_OPENING = 12  # characters in which a clause without a subject comes to its 与


def find_signers(
    text: str,
    telling: Telling,
    bodies: Sequence[OrganizationSpan],
    watchers: set[tuple[int, int]],
    times: Sequence[tuple[int, int]],
) -> list[Part]:
    """Find who signs: by the frame A与B, completed and checked by the bodies found."""
    found = [Part(b.start, b.end, b.name, "party") for b in _signing_sides(text, telling, bodies, watchers)]
    in_name = telling.occasion is not None and telling.occasion.is_named
    framed = _frames(text, telling, bodies, times)
    if (
        not in_name
        and len(framed) >= 2
        and framed[0][0] >= telling.clause[0]
        and not opens_beside(text, telling)
    ):
        found = [p for p in found if p.start >= telling.clause[0]]
    if not in_name:
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


def _frames(
    text: str, telling: Telling, bodies: Sequence[OrganizationSpan], times: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Give the stretches that grammar frames as sides: in the occasion's name, else before the verb."""
    known = [(b.start, b.end) for b in bodies]
    occasion = telling.occasion
    if occasion is not None and occasion.is_named:
        end = telling.start if telling.form == "named" else occasion.parts[0][0]
        framed = sides_in(text, occasion.start, end)
        backed = [f for f in framed if any(b.start == f[0] for b in bodies)]
        opens = [f for f in framed if f[0] == occasion.start or is_firm(text[slice(*f)])]
        opens = [f for f in opens if len(framed) == 2 and backed and f not in backed]
        after = telling.form == "held" and occasion.start >= telling.end
        return [*opens, *backed, *(find_sides(text, telling, times, known) if after else ())]
    framed = find_sides(text, telling, times, known)
    is_before = bool(framed) and framed[0][0] < telling.clause[0]
    is_lost = is_before and (opens_beside(text, telling) or not _is_backed(framed, bodies))
    return [] if is_lost else framed


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
    free = [b for b in bodies if (b.start, b.end) not in watchers and not _is_built(text, b)]
    inside: list[OrganizationSpan] = []
    if telling.occasion is not None:
        inside = [b for b in free if telling.occasion.start <= b.start and b.end <= telling.occasion.end]
        if len(inside) >= 2 or (inside and telling.form == "named"):
            return inside
    clauses = [
        c for c in find_clauses(text, telling.sentence.start, telling.sentence.end) if c[0] <= telling.start
    ]
    found = inside if telling.occasion is not None else []
    goes_on = telling.form == "verb" and opens_beside(text, telling)
    for low, high in reversed(clauses):
        if not _lends_sides(text, (low, high), telling):
            break
        able = bodies if _is_told(text, (low, high)) else free
        inside = [b for b in able if low <= b.start and b.end <= min(high, telling.start)]
        if low < telling.clause[0]:
            inside = [b for b in inside if not _is_founded(text, b)]
            inside = inside[:1] if goes_on else inside  # 甲、乙…展开座谈，并与|丙签署
        if len(found) == 1 and _points(text, telling):
            inside = [b for b in inside if b.name != found[0].name][-1:]
        found = [*inside, *[f for f in found if f not in inside]]
        if len(found) >= 2 and not (goes_on and low == telling.clause[0]):
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
    before = text[max(0, body.start - 7) : body.start].rstrip("“「《")
    return bool(at_end("organizations", "building").search(before))


def _points(text: str, telling: Telling) -> bool:
    """Say whether the clause of a signing only points to a side, or to both: 公司与…签署, 双方举行签约仪式."""
    return bool(anywhere("roles", "pair", "pronoun").search(text, telling.clause[0], telling.start))
