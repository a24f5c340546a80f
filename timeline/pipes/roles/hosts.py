"""Who holds an occasion by its own name, and who acts before a verb: a telling with the bodies of its sentence in, bodies out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from timeline.pipes.entities.boundaries import is_ended
from timeline.pipes.entities.gazetteer import areas_named
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.tellings.drafts import Telling
from timeline.pipes.tellings.occasions import Occasion
from timeline.pipes.words.layout import find_clauses
from timeline.pipes.words.wording import anywhere, at_end, words_of

_EDITION = re.compile(
    r"[“「\"]?(?:20[0-9]{2}年?(?:度)?)?(?:第[0-9一二三四五六七八九十百]{1,4}(?:届|次|期))?(?:首届|首次)?[ ]?"
)
_HELD_BY_NAMESAKE = ("forum", "expo", "launch", "other", "award")
# What follows a body that only lends its name: 青川集团|杯, 青川大学|与
_NO_HOST = ("杯", "与", "和", "、", "暨", "-", "—")
_ZONE = 10  # characters of the name of a zone
_OPENING = 16  # characters in which a clause without a subject comes to its 与
# ，已于3月29日|与, ，并|与
_BARE = re.compile(r"[，,]?\s?[并还又也已曾将再正式同时于在0-9年月日上下午晚前近昨今天]{0,14}")
_QUOTE = '“「《"'
_CLOSING = '”」』》"'
_THEME = re.compile(r"[^“”「」《》\"，。]{1,40}[”」》\"]")


def find_namesakes(text: str, telling: Telling, bodies: Sequence[OrganizationSpan]) -> list[OrganizationSpan]:
    """List the bodies whose name an occasion carries: 2021|青川孵化联盟|论坛, 甲集团与乙集团|合并大会."""
    occasion = telling.occasion
    if occasion is None or not occasion.is_named or telling.type not in _HELD_BY_NAMESAKE:
        return []
    before = [b for b in bodies if b.end == occasion.start and b.kind != "place" and is_ended(b.name)]
    if before:  # 江城茶业协会|第二届会员大会
        return before
    inside = [b for b in bodies if occasion.start <= b.start < b.end <= occasion.end and b.kind != "place"]
    inside = [b for b in inside if is_ended(b.name) or (_is_brand(b.name) and text.count(b.name) >= 2)]
    if not inside:
        return _zone(text, occasion)
    if not _EDITION.fullmatch(text[occasion.start : inside[0].start]):
        return []
    if len(inside) == 2 and text[inside[0].end : inside[1].start] in ("与", "和"):
        return inside
    return inside[:1] if text[inside[0].end : inside[0].end + 1] not in _NO_HOST else []


def _zone(text: str, occasion: Occasion) -> list[OrganizationSpan]:
    """Give the zone that an occasion is named after: 江城东部新区|投资环境推介会."""
    seat = anywhere("organizations", "seat").search(text, occasion.start, occasion.start + _ZONE)
    if seat is None or seat.start() - occasion.start < 2 or text[seat.end() : seat.end() + 1] in _NO_HOST:
        return []
    name = text[occasion.start : seat.end()]
    if not areas_named(name) and not any(areas_named(name[:size]) for size in (2, 3, 4)):
        return []
    return [OrganizationSpan(occasion.start, seat.end(), name, "zone", 0.5)]


def is_builder(
    text: str, body: OrganizationSpan, occasion: Occasion, bodies: Sequence[OrganizationSpan]
) -> bool:
    """Say whether a ceremony's work is named after who builds it: 青禾集团|江城基地开工仪式.

    A short name counts where the page speaks of it without that work: 金川重装新能源|装备产业园 may be the name of the park.
    """
    if body.start != occasion.start:
        return False
    rest = text[body.end : body.end + 2]
    return is_ended(body.name) or any(b.name == body.name and text[b.end : b.end + 2] != rest for b in bodies)


def find_unveiled_in(
    text: str, telling: Telling, bodies: Sequence[OrganizationSpan]
) -> list[OrganizationSpan]:
    """List the bodies that a joint ceremony founds by its name: 甲校与乙集团签约暨|青川产业学院|揭牌仪式."""
    occasion = telling.occasion
    if occasion is None or telling.type != "signing" or len(occasion.parts) < 2:
        return []
    edges = {start for start, _, kind in occasion.parts if kind in ("unveiling", "establishment")}
    first = occasion.parts[0][0] - 1 if edges else -1  # 甲院与乙医院“|实训基地|”签约授牌仪式
    return [
        b
        for b in bodies
        if b.end in edges or (text[b.end : b.end + 1] in _CLOSING and (b.end == first or b.end + 1 in edges))
    ]


def is_theme(text: str, body: OrganizationSpan) -> bool:
    """Say whether a body only begins what is talked about: 就“|青川创新中心|高质量发展”展开研讨."""
    if text[body.start - 1 : body.start] not in tuple(_QUOTE):
        return False
    on = at_end("roles", "topic").search(text[max(0, body.start - 4) : body.start - 1])
    return on is not None and _THEME.match(text, body.end) is not None


def _is_brand(name: str) -> bool:
    return bool(at_end("organizations", "short").search(name))


def find_actors(text: str, telling: Telling, bodies: Sequence[OrganizationSpan]) -> list[OrganizationSpan]:
    """List who acts: the bodies before the verb in its clause; 旗下 and 并与 go on with who acted in the clause before."""
    low = telling.clause[0]
    mine = [b for b in bodies if low <= b.start and b.end <= telling.start]
    goes_on = bool(_goes_on().match(text, low))
    if not goes_on and (mine or not anywhere("organizations", "owned").match(text, low)):
        return mine
    before = [c for c in find_clauses(text, telling.sentence.start, low) if c[1] <= low][-1:]
    return [b for b in bodies for c in before if c[0] <= b.start < c[1]][:1] + mine


def opens_beside(text: str, telling: Telling) -> bool:
    """Say whether the clause of a signing leaves its subject to the one before: 并|与, 已于3月29日|与, and not 双方与."""
    low = telling.clause[0]
    side = anywhere("roles", "beside").search(text, low, min(telling.start, low + _OPENING))
    return side is not None and _BARE.fullmatch(text, low, side.start()) is not None


@cache
def _goes_on() -> re.Pattern[str]:
    """Match what a clause begins with that goes on with the subject of the one before: 并|与, 还|联合, 就|“…”展开研讨."""
    also, side, topic = (
        "|".join(map(re.escape, words_of("roles", kind))) for kind in ("also", "beside", "topic")
    )
    return re.compile(rf"[，,]?\s?(?:(?:{also})(?:{side})|(?:{topic})[{_QUOTE}])")
