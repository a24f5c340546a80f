"""A telling of a launch in, the draft with the name of what is launched or published out, or nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

from timeline.pipes.events.material import Material, time_ranges
from timeline.pipes.tellings.drafts import Draft, Part
from timeline.pipes.tellings.phrases import ends_as, is_specific, object_of, plain_name, subjects_of
from timeline.pipes.words.wording import words_of

_TITLED = re.compile(r"《[^《》]{2,80}》")
_QUOTED = re.compile(r"[“「『][^“”「」『』\n]{2,40}[”」』]")
# A product with its own name: 第三代车规级芯片“某某X3”
_NAMED = re.compile(r"(?P<what>[^“”「」]{2,30})[“「][^“”「」]{1,20}[”」]")
# The same with a dash: 全新纯电SUV——|某某S7
_DASHED = re.compile(r"(?P<what>[^—]{2,30})(?:——|--)(?P<name>[^—，。]{2,20})")
# What only counts things: 雪地音乐会等30余项活动
_AND_MORE = re.compile(r"等[0-9一二两三四五六七八九十百多数]+余?[个项场款种类条批]")
# What praises a thing and does not name it: 丰富多彩的|特别节目
_PRAISED = re.compile(r"^[^“”《》「」\"]*的[^“”《》「」\"]{2,4}$")
# What only lists where: 央视频、音乐之声等平台
_LIST_OF = re.compile(r"、[^《》“”]*等[\u4e00-\u9fff]{2,4}$")
# The edition in a document's title: （2023年版）
_EDITION = re.compile(r"[（(][^（()）]{1,14}[）)](?=》$)")
# The version of a product: 星槎大模型|3.0
_VERSION = re.compile(r"\s?[A-Za-z]?[0-9.]{1,6}(?:版本?|版)?$")
# The figure of a month or quarter, not a thing of its own: 2023年12月份…景气指数
_FIGURE = re.compile(r"(?:20[0-9]{2}年)?(?:[0-9]{1,2}月份?|[前一二三四]{1,2}季度|[上下]半年).*指数$")
# A product named by the code of its model: 澜山汽车|M9
_MODEL = re.compile(r"[\u4e00-\u9fff]{2,8}[A-Za-z0-9 -]{0,10}[A-Z]{1,4}-?[0-9]{1,4}[A-Za-z]{0,4}")
_QUOTED_NAME = 3  # characters of the shortest name in quotation marks: “惠农贷”
_SAID = 4  # characters of an object that is said to be published


def with_thing(material: Material, draft: Draft) -> list[Draft]:
    """Give the draft the name of what is launched, shown or published, or nothing where none stands beside the verb."""
    telling, text = draft.telling, material.text
    after = object_of(text, telling)
    said = after[1] - after[0] if after is not None else 0
    is_launched = text[telling.start : telling.end] in words_of("roles", "launches")
    is_said = said > _SAID if telling.takes == "publication" else is_launched and said > 1
    before = () if is_said else subjects_of(text, telling, time_ranges(material, telling.sentence))
    for number, span in enumerate(chain((after,), before)):
        if span is None:
            continue
        title = _name(
            text[span[0] : span[1]],
            is_published=telling.takes == "publication",
            is_shown=draft.is_aside,
        )
        if title is not None and (number < 2 or "《" in title):
            is_told = draft.date is not None or telling.sentence.is_heading
            parts = tuple(p for p in draft.parts if not _is_quoted_in(text, p, span))
            return [replace(draft, title=title, parts=parts)] if is_told else []
    return []


def _is_quoted_in(text: str, part: Part, span: tuple[int, int]) -> bool:
    """Say whether a part is only what a launched thing is called: “|黔珠|”班列."""
    return span[0] < part.start and part.end < span[1] and text[part.start - 1] in "“「"


def _name(phrase: str, *, is_published: bool, is_shown: bool = False) -> str | None:
    """Name what is launched; a paper (指引, 办法) counts only where it is shown at an event."""
    titled = _TITLED.search(phrase)
    if titled and titled.start() <= 12:
        is_paper = not is_shown and ends_as(_EDITION.sub("", titled.group()), "paper")
        return None if is_paper else titled.group()
    bare = plain_name(phrase)
    if len(bare) == _QUOTED_NAME and _QUOTED.fullmatch(phrase.strip()):
        return bare
    if not is_specific(bare) or bare.startswith("等") or _AND_MORE.search(bare):
        return None
    if (
        _LIST_OF.search(bare)
        or _FIGURE.match(bare)
        or _PRAISED.search(bare)
        or (is_published and ends_as(bare, "paper"))
    ):
        return None
    if ends_as(_VERSION.sub("", bare), "product"):
        quoted = _QUOTED.search(phrase)
        return bare if quoted or len(bare) >= 6 else None
    if not is_published and _MODEL.fullmatch(bare):
        return bare
    dashed = _DASHED.fullmatch(bare)
    if dashed and ends_as(dashed["what"], "product"):
        return dashed["name"]
    named = _NAMED.fullmatch(bare)
    if named and ends_as(named["what"], "product"):
        return bare
    return bare if _QUOTED.fullmatch(phrase.strip()) else None
