"""Who does something and to whom, by grammar alone: a telling whose actor or goal no name marks in, parts out; none where nobody is named.

拓界智能|推出…, 向|拓界智能|颁发, 授予|拓界智能|“…”称号, 赴|拓界智能|考察: what stands there is a name where it ends as names of firms and
bodies do, or is the head of one that the text names in full (阶跃 of 阶跃星辰).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.pipes.entities.gazetteer import areas_named
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.roles.frames import name_in
from timeline.pipes.tellings.drafts import Part, Telling
from timeline.pipes.tellings.phrases import Range, object_of, subject_of, trim_adverbs
from timeline.pipes.words.wording import anywhere, at_end
from timeline.records import Role

_MAKES = ("launch", "opening", "groundbreaking", "establishment", "award")
# 向|拓界智能|颁发, 给…
_GIVEN = re.compile(r"[向给为](?P<who>[^，。；：！？向给为]{2,40})$")
# 授予|拓界智能|“科普教育基地”, 授予|拓界智能|为…
_NAMED = re.compile(r"[了]?(?P<who>[^，。；：！？“「《为]{2,40}?)(?=[“「《]|为[^，。；]{2,})")
_AND = re.compile(r"、|以及|和|与|及|联合|携手|会同")
_WHERE = 24  # characters of a name behind 赴 or 走访
_UNIVERSITY = "大学"
_STEM = 2  # characters of the shortest name before the word that ends it
_SETTLE = 4  # characters after 签约 in which 落户 stands
_SHORTEST_SEAT, _LONGEST_SEAT = 4, 14
_HEAD = (2, 3)  # characters of a head that stands for a full name


def find_framed_actor(
    text: str, telling: Telling, bodies: Sequence[OrganizationSpan], times: Sequence[Range]
) -> list[Part]:
    """Give who makes or opens something by the subject of the verb, where its object says what: 拓界智能|发布新一代机器人."""
    if telling.form != "verb" or telling.type not in _MAKES or object_of(text, telling) is None:
        return []
    subject = subject_of(text, telling, times)
    if subject is None or subject[0] < telling.clause[0]:
        return []
    parts = [_part(text, span, bodies, "host") for span in _items(text, *subject)]
    return [p for p in parts if p is not None] if all(parts) else []


def find_goals(text: str, telling: Telling, bodies: Sequence[OrganizationSpan]) -> list[Part]:
    """Give who is given a prize, or visited: 向|拓界智能|颁发, 授予|拓界智能|称号, 赴|拓界智能|考察."""
    if telling.form != "verb" or telling.type not in ("award", "visit"):
        return []
    role: Role = "recipient" if telling.type == "award" else "host"
    spans = _given(text, telling) if telling.type == "award" else _visited(text, telling)
    parts = [_part(text, span, bodies, role) for span in spans]
    return [p for p in parts if p is not None]


def find_settlers(
    text: str, telling: Telling, bodies: Sequence[OrganizationSpan], times: Sequence[Range]
) -> list[Part]:
    """Give who settles and where: 晶原电子新型显示项目签约落户|青川经开区, 拓界智能签约入驻|青川产业园."""
    place = _settled(text, telling)
    if place is None:
        return []
    seat = Part(*place, text[slice(*place)], "party")
    subject = subject_of(text, telling, times)
    low, high = subject if subject is not None and subject[0] >= telling.clause[0] else (0, 0)
    firm = next((b for b in bodies if b.start == low < b.end <= high and b.kind != "place"), None)
    return [Part(firm.start, firm.end, firm.name, "party"), seat] if firm is not None else [seat]


def _settled(text: str, telling: Telling) -> Range | None:
    """Give the seat that stands behind 落户 or 入驻, within the verb or right after it."""
    word = anywhere("roles", "settle").search(text, telling.start, telling.end + _SETTLE)
    if telling.type != "signing" or telling.form != "verb" or word is None:
        return None
    low = word.end() + text.startswith(("于", "在"), word.end())
    for size in range(_LONGEST_SEAT, _SHORTEST_SEAT - 1, -1):
        if low + size <= telling.clause[1] and at_end("organizations", "seat").search(text[low : low + size]):
            span = name_in(text, low, low + size)
            return (
                span
                if span is not None and anywhere("organizations", "joint").search(text, *span) is None
                else None
            )
    return None


def gives(text: str, telling: Telling) -> bool:
    """Say whether who stands before a verb gives a prize, and does not get it: 学会|授予, and not 被|授予, 获|授予."""
    is_giving = anywhere("roles", "gives").match(text, telling.start) is not None
    low = max(telling.clause[0], telling.start - _WHERE)
    if text.find("被", low, telling.start) >= 0:  # 被|学会|授予
        return False
    return (
        is_giving and at_end("roles", "gets").search(text[max(0, telling.start - 3) : telling.start]) is None
    )


def is_giver(text: str, body: OrganizationSpan, telling: Telling) -> bool:
    """Say whether a body gives what another gets: 获|省政府|授予的“省长质量奖”, 被|学会|授予称号."""
    is_given = anywhere("roles", "gives").match(text, body.end) is not None
    is_got = at_end("roles", "gets").search(text[max(0, body.start - 3) : body.start]) is not None
    return is_given and is_got and telling.clause[0] <= body.start < telling.clause[1]


def whole_of(name: str, bodies: Sequence[OrganizationSpan]) -> str | None:
    """Give the one full name that a head can only stand for: 阶跃星辰 for 阶跃; none for places and common words.

    A head is the beginning of a firm's name; where two bodies begin so, or the head is a place, it stands for nobody.
    """
    if len(name) == _HEAD[0] and name.endswith(_UNIVERSITY[0]):  # 濠大 for 濠江大学
        schools = {b.name for b in bodies if b.name.startswith(name[0]) and b.name.endswith(_UNIVERSITY)}
        return schools.pop() if len(schools) == 1 else None
    if (
        len(name) not in _HEAD
        or areas_named(name)
        or anywhere("organizations", "generic", "common").fullmatch(name)
    ):
        return None
    longer = {b.name for b in bodies if b.name.startswith(name) and len(b.name) >= len(name) + 2}
    shortest = min(longer, key=len, default=None)
    is_one = shortest is not None and all(n.startswith(shortest) for n in longer)
    firms = {b.name for b in bodies if b.kind in (None, "company", "finance")}
    return max(longer & firms, key=len, default=None) if is_one else None


def _part(text: str, span: Range, bodies: Sequence[OrganizationSpan], role: Role) -> Part | None:
    """Make a part of a stretch that holds one name and nothing else."""
    named = name_in(text, *span)
    if named is None:
        return None
    inside = [b for b in bodies if named[0] <= b.start and b.end <= named[1]]
    if inside and (inside[0].start, inside[0].end) == named:
        return Part(*named, inside[0].name, role)
    phrase = text[slice(*named)]
    whole = whole_of(phrase, bodies)
    if whole is not None:
        return Part(*named, whole, role)
    return Part(*named, phrase, role) if not inside and is_firm(phrase) else None


def is_firm(phrase: str) -> bool:
    """Say whether a phrase ends as a name and is none of the fields that end so: 拓界智能, and not 人工智能."""
    end = at_end("organizations", "suffix", "short").search(phrase)
    if end is None or end.start() < _STEM or anywhere("organizations", "quantifier").match(phrase):
        return False
    return not anywhere("organizations", "field", "scope").match(phrase)


def _given(text: str, telling: Telling) -> list[Range]:
    before = trim_adverbs(text, telling.clause[0], telling.start)
    given = _GIVEN.search(text, *before) if before is not None else None
    given = given or _NAMED.match(text, telling.end, telling.clause[1])
    return _items(text, *given.span("who")) if given is not None and gives(text, telling) else []


def _visited(text: str, telling: Telling) -> list[Range]:
    """Find what stands between 赴 or 走访 and the end of the telling."""
    low = max(telling.clause[0], telling.start - _WHERE)
    words = list(anywhere("roles", "comes").finditer(text, low, telling.start))
    if words:
        edge = trim_adverbs(text, words[-1].end(), telling.start)
        return _items(text, *edge) if edge is not None else []
    found = object_of(text, telling)
    also = anywhere("roles", "toward").match(text, *found) if found is not None else None
    return _items(text, also.end() if also else found[0], found[1]) if found is not None else []


def _items(text: str, low: int, high: int) -> list[Range]:
    out, at = [], low
    for match in _AND.finditer(text, low, high):
        out.append((at, match.start()))
        at = match.end()
    return [span for span in [*out, (at, high)] if span[1] - span[0] > 1]
