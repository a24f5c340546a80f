"""A telling of a prize in, the draft with who gives it and who gets it out, or nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.pipes.events.material import Material, time_ranges
from timeline.pipes.roles.acts import gives
from timeline.pipes.tellings.drafts import Draft, Part, Telling
from timeline.pipes.tellings.phrases import is_specific, object_of, plain_name, subject_of
from timeline.pipes.words.wording import words_of
from timeline.records import Role

_TITLED = re.compile(r"《[^《》]{2,80}》")
_QUOTED = re.compile(r"[“「『][^“”「」『』\n]{2,40}[”」』]")
_TITLE = 6  # characters of a title with its rank
# A list that was put out before: 公布首批名单，清河县入选
_LISTED = re.compile(r"名单|榜单|名录")
# What says of what rank a title is: 获评|全国文明校园, 入选|国家级绿色工厂
_RANKED = re.compile(
    r"(?:20[0-9]{2}年度?)?(?:首批|第[一二三四五六七八九十0-9]{1,3}批)?"
    r"(?:全国|国家(?!队)级?|世界级?|中国|亚洲|全球|联合国|[省市]级|全省|全市)"
)
_OF_PRIZE = re.compile(r"(?:奖|奖项|评选|榜|榜单|名单)$")
# Behind whom it stands gets what is given: 云溪县|被学会授予称号
_GOT = ("被", "获")
_PRIZE = re.compile(
    r"奖|称号|榜|冠军|金牌|证书|认证|评测|名单|名录|图谱|荣誉|合格证|先进|示范|十佳|百强|五百强|500强|单位"
    r"|等功|勋章|(?:名誉|荣誉)(?:博士|市民|院士|教授)"
)


def with_prize(material: Material, draft: Draft) -> list[Draft]:
    """Give the draft those who get a prize, or nothing where nobody gets one or it is none."""
    telling, text = draft.telling, material.text
    after = object_of(text, telling)
    rest = text[after[0] : after[1]] if after else ""
    is_told = draft.date is not None or telling.sentence.is_heading
    before = subject_of(text, telling, time_ranges(material, telling.sentence))
    if (
        not draft.parts
        and before is not None
        and 2 <= before[1] - before[0] <= 15
        and before[0] >= telling.clause[0]
    ):
        name = plain_name(text[before[0] : before[1]])
        role: Role = "host" if gives(text, telling) else "recipient"
        draft = replace(draft, parts=(Part(before[0], before[1], name, role),))
    name = plain_name(text[before[0] : before[1]]) if before else ""
    if is_told and not rest and is_specific(name) and _OF_PRIZE.search(name):
        return [replace(draft, title=name, parts=tuple(p for p in draft.parts if p.name != name))]
    if not rest and _LISTED.search(text, telling.sentence.start, telling.clause[0]):
        rest = text[telling.sentence.start : telling.clause[0]]
    is_given = any(
        p.role == "recipient" and text[p.start - 1 : p.start] in ("向", "给", "为") for p in draft.parts
    )
    taking = telling.clause[0] if is_given else _taking(text, telling)
    names = text[telling.start : telling.end] in words_of("roles", "naming")  # 命名“江湾大桥”
    is_titled = not names and bool(_TITLED.search(rest) or _QUOTED.search(rest))
    titles = text[telling.start : telling.end] in words_of("roles", "titling")
    is_titled = is_titled or bool(titles and _RANKED.match(rest) and len(rest) >= _TITLE)
    if is_told and draft.parts and (_PRIZE.search(rest) or is_titled):
        parts = tuple(
            replace(p, role="recipient") if p.role == "host" and p.end <= taking else p for p in draft.parts
        )
        return [replace(draft, parts=parts)]
    return []


def _taking(text: str, telling: Telling) -> int:
    """Give up to where those stand who get a prize: 甲集团|荣获, 甲集团|被省政府授予; none does before 省政府授予."""
    low = telling.clause[0]
    got = max(text.rfind(word, low, telling.start) for word in _GOT)
    return got if got >= low else low if gives(text, telling) else telling.start
