"""Roles told by a label before the name: 主办单位：A, 承办机构B、C; a text with its bodies in, parts out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from timeline import lexicon
from timeline.pipes.drafts import Part
from timeline.pipes.organizations import OrganizationSpan
from timeline.pipes.vocabulary import Vocabulary
from timeline.pipes.wording import anywhere
from timeline.records import Role

# What stands between a label and its names: ：| 为 | 是
_COLON = re.compile(r"\s?[:：]?\s?(?:为|是|包括|有)?\s?[“]?")
_NEXT = re.compile(r"\s?[、，,和与及暨]\s?")


def find_labelled(text: str, low: int, high: int, bodies: Sequence[OrganizationSpan]) -> list[Part]:
    """List the bodies that follow a label in text[low:high], each list up to its end."""
    out: list[Part] = []
    mine = [b for b in bodies if low <= b.start and b.end <= high]
    for hit in _labels().find(text[low:high]):
        at, role = low + hit.end, hit.entry.get("role")
        gap: re.Pattern[str] = _COLON
        for body in (b for b in mine if b.start >= at):
            if not gap.fullmatch(text, at, body.start):
                break
            out.append(Part(body.start, body.end, body.name, _role(role)))
            at, gap = body.end, _NEXT
    return out


def is_label_line(text: str, start: int) -> bool:
    """Say whether a sentence begins with a label: 主办单位：江城大学."""
    match = anywhere("layout", "label").match(text, start)
    return match is not None and text[match.end() : match.end() + 1] in ("：", ":")


def _role(name: str) -> Role:
    role: Role = name  # type: ignore[assignment]
    return role


@cache
def _labels() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load("layout") if e.kind == "label")
