"""Roles told by a label before the name: 主办单位：A, 承办机构B、C; a text with its bodies in, parts out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from timeline import lexicon
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.tellings.drafts import Part
from timeline.pipes.tellings.phrases import ends_as_body
from timeline.pipes.words.vocabulary import Vocabulary
from timeline.pipes.words.wording import anywhere
from timeline.records import Role

# What stands between a label and its names: ：| 为 | 是
_COLON = re.compile(r"\s?[:：]?\s?(?:为|是|包括|有)?\s?[“]?")
_COLONS = ("：", ":")
# One name of a list behind a colon
_ITEM = re.compile(r"[^\s、，,。；;：:]{3,30}")
_NEXT = re.compile(r"\s?[、，,和与及暨]\s?")


def find_labelled(text: str, low: int, high: int, bodies: Sequence[OrganizationSpan]) -> list[Part]:
    """List the bodies that follow a label in text[low:high], each list up to its end."""
    out: list[Part] = []
    mine = [b for b in bodies if low <= b.start and b.end <= high]
    for hit in _labels().find(text[low:high]):
        at, role = low + hit.end, hit.entry.get("role")
        gap: re.Pattern[str] = _COLON
        if hit.entry.get("colon"):
            if text[at : at + 1] in _COLONS:
                out += _listed(text, at + 1, high, mine, _role(role))
            continue
        for body in (b for b in mine if b.start >= at):
            if not gap.fullmatch(text, at, body.start):
                break
            out.append(Part(body.start, body.end, body.name, _role(role)))
            at, gap = body.end, _NEXT
    return out


def _listed(text: str, low: int, high: int, bodies: Sequence[OrganizationSpan], role: Role) -> list[Part]:
    """Read the names behind a colon up to a blank or a stop: 主办：物理学院、量子材料研究中心."""
    out: list[Part] = []
    for match in _ITEM.finditer(text, low, high):
        if match.start() > low and (text[match.start() - 1] not in "、,，" or not out):
            break
        body = next((b for b in bodies if b.start == match.start()), None)
        if body is not None:
            out.append(Part(body.start, body.end, body.name, role))
        elif ends_as_body(match.group()):
            out.append(Part(match.start(), match.end(), match.group(), role))
        else:
            break
    return out


def is_label_line(text: str, start: int) -> bool:
    """Say whether a sentence begins with a label: 主办单位：江城大学."""
    match = anywhere("layout", "label").match(text, start)
    return match is not None and text[match.end() : match.end() + 1] in _COLONS


def _role(name: str) -> Role:
    role: Role = name  # type: ignore[assignment]
    return role


@cache
def _labels() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load("layout") if e.kind == "label")
