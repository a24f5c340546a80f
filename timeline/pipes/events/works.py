"""What is built, opened or begun: a draft of a verb that takes a work in, drafts with the work's name and its builder out."""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.pipes.entities.gazetteer import areas_named
from timeline.pipes.events.material import Material, time_ranges
from timeline.pipes.tellings.drafts import Draft, Part
from timeline.pipes.tellings.occasions import stops_inside
from timeline.pipes.tellings.phrases import (
    ends_as,
    ends_as_body,
    is_common,
    is_described,
    is_specific,
    object_of,
    plain_name,
    split_bodies,
    subject_of,
    trim_adverbs,
)
from timeline.pipes.words.wording import anywhere

# The name behind a description: 全球首座机器人门店|“机甲工坊”
_LAST_QUOTED = re.compile(r"[“「][^“”「」]{2,20}[”」]$")
_DASHES = ("——", "--")
# What sort of thing it is, and its name: 合资公司|“青禾能源”
_CALLED = re.compile(r"(?P<kind>[\u4e00-\u9fff]{2,8})(?P<name>[“「][^“”「」]{2,20}[”」])")
# A work told before, by its last word: 标志着|该站|投入运营
_THAT = re.compile(r"[该此](?P<what>[\u4e00-\u9fff]{1,4})")
# What a name of a work is made of, up to where another phrase begins: 由甲集团建设的|永泉加氢站
_NAME = r"(?:(?!的)[\u4e00-\u9fffA-Za-z0-9（）()“”]){2,16}"
# What a name does not hold
_BREAK = re.compile(r"[，。；！？\s]")


def with_work(material: Material, draft: Draft) -> list[Draft]:
    """Give the draft the name of what is built or opened, or nothing where no name stands beside the verb."""
    telling, text = draft.telling, material.text
    before = subject_of(text, telling, time_ranges(material, telling.sentence))
    before = _told_before(material, draft, before) or before
    after = object_of(text, telling)
    if any(span is not None and ends_as(text[slice(*span)], "lane") for span in (before, after)):
        return []
    # 甲集团|开通|首条全货机航线: who opens what is no work itself
    is_work_after = after is not None and ends_as(text[slice(*after)], "work")
    acts = is_work_after and before is not None and not ends_as(text[slice(*before)], "work")
    measured = _measured(material, draft) if after is None or not acts else None
    for span in (after,) if acts else (before, after, measured):
        if span is None:
            continue
        whole, span = span, _before_is(text, after_dash(text, _after_pointer(text, span)))
        said = plain_name(text[whole[0] : span[0]].rstrip("—-"))
        phrase = text[span[0] : span[1]]
        is_work = ends_as(phrase, "work") or ends_as_body(phrase)
        quoted = _LAST_QUOTED.search(phrase) if is_described(phrase) else _called(phrase)
        if quoted:
            name = plain_name(quoted["name"] if quoted.re is _CALLED else quoted.group())
            kept = tuple(p for p in draft.parts if p.name != name)
            return [replace(draft, title=name, body=name, parts=kept)] if draft.date is not None else []
        is_own = draft.date is not None and not draft.is_aside and (telling.sentence.is_lead or acts)
        is_own = is_own or _opens_with_day(draft)
        is_named = telling.sentence.is_heading or is_own or not is_described(phrase)
        is_said = bool(anywhere("roles", "announce").search(phrase)) or phrase.startswith("由")
        if is_specific(phrase) and is_work and is_named and not is_common(phrase) and not is_said:
            is_told = telling.sentence.is_heading or (telling.sentence.is_lead and len(phrase) >= 6)
            if draft.date is None and not is_told:
                return []
            works = split_bodies(text, span) if telling.type == "groundbreaking" else [span]
            parts = tuple(p for p in draft.parts if not (span[0] <= p.start and p.end <= span[1]))
            parts += _builder(material, span) if not parts else ()
            names = [plain_name(text[s:e]) for s, e in works]
            return [replace(draft, title=name, body=said or name, parts=parts) for name in names]
    return []


def _opens_with_day(draft: Draft) -> bool:
    """Say whether a paragraph opens with the day of what it tells: 26日，全省首座智慧粮仓落成."""
    sentence, date = draft.telling.sentence, draft.date
    at = date.start if date is not None else None
    return at is not None and sentence.place == 0 and sentence.start <= at <= sentence.start + 2


def _measured(material: Material, draft: Draft) -> tuple[int, int] | None:
    """Give the work that a sentence opens with to say how large it is: 江湾铁路|全长200公里，2016年12月开工建设."""
    telling, date = draft.telling, draft.date
    low = telling.sentence.start
    size = anywhere("roles", "measure").search(material.text, low, telling.clause[0])
    if size is None or date is None or (date.start is not None and date.start < low):
        return None
    low = max(low, material.text.rfind("，", low, size.start()) + 1)  # 据了解，|园区占地200亩
    name = trim_adverbs(material.text, low, size.start())
    return name if name is not None and not _BREAK.search(material.text, *name) else None


def _called(phrase: str) -> re.Match[str] | None:
    """Find the name of a firm or house behind what it is: 合资公司|“青禾能源”."""
    called = _CALLED.fullmatch(phrase)
    return called if called and ends_as_body(called["kind"]) else None


def _told_before(material: Material, draft: Draft, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """Give the work that a word points to, in the clauses before: 永泉加氢站迎来首车，标志着|该站|投入运营."""
    text, telling = material.text, draft.telling
    that = _THAT.fullmatch(text, *span) if span is not None else None
    if that is None or span is None:
        return None
    low = telling.sentence.start
    times = sorted(time_ranges(material, telling.sentence))
    for end in (m.end() for m in re.finditer(re.escape(that["what"]), text[low : span[0]])):
        edge = max((e for _, e in times if e <= low + end), default=low)
        name = re.search(rf"(?:[的，、：\s]|^)(?P<name>{_NAME})$", text[edge : low + end])
        found = trim_adverbs(text, edge + name.start("name"), low + end) if name else None
        phrase = text[slice(*found)] if found else ""
        is_plain = not stops_inside(phrase) and not anywhere("roles", "lead").match(phrase)
        if ends_as(phrase, "work") and is_plain:
            return found
    return None


def _builder(material: Material, span: tuple[int, int]) -> tuple[Part, ...]:
    """Give the firm whose name a work begins with: 青禾集团|江城工厂.

    The page must speak of the firm elsewhere, or a place must part the names: 青禾茶业（江城）一期项目, 青禾茶业|江城旗舰店.
    """
    firms = [b for b in material.bodies if b.kind in ("company", "finance")]
    own = next((b for b in firms if b.start == span[0] and b.end < span[1]), None)
    if own is None:
        return ()
    is_told = any(b.name == own.name and not span[0] <= b.start < span[1] for b in firms)
    at = own.end + material.text.startswith(("（", "("), own.end)
    is_placed = any(areas_named(material.text[at : at + size]) for size in (2, 3, 4))
    is_placed = is_placed or any(p.start == at for p in material.places)
    return (Part(own.start, own.end, own.name, "host"),) if is_told or is_placed else ()


def _after_pointer(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Take the name behind a word that points to whose it is: 该院|日间医疗中心, 公司|年产万吨生产线."""
    pointer = anywhere("roles", "pointer").match(text, *span)
    is_whose = pointer is not None and span[1] - pointer.end() >= 4 and text[pointer.end()] not in "的与和"
    return (pointer.end(), span[1]) if pointer and is_whose else span


def after_dash(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Take the name behind what it is: 渤海首个千亿方大气田——|渤中气田一期项目."""
    dash = max(text.rfind(mark, *span) + len(mark) if mark in text[slice(*span)] else -1 for mark in _DASHES)
    what = text[span[0] : dash].rstrip("—-") if dash > span[0] else ""
    return (dash, span[1]) if is_described(what) or ends_as_body(what) else span


def _before_is(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Take the name before what is said of it: 引江补汉工程|是后续工程首个项目."""
    cut = text.find("是", *span)
    return (span[0], cut) if cut > 0 and ends_as(text[span[0] : cut], "work") else span
