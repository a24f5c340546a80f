"""What surrounds an event in its sentence: theme, people and amount; a telling with its material in, found pieces out."""

from __future__ import annotations

import re

from timeline.numerals import Amount, find_amounts
from timeline.pipes.events.material import Material, paragraph_end
from timeline.pipes.tellings.drafts import Named, Telling

# 以“…”为主题 | 主题为“…” | 主题是… | 围绕“…”主题
_THEME = re.compile(
    r"""(?: (?:以|围绕|聚焦) \s? [“「＂"](?P<a>[^“”「」＂"\n]{3,60})[”」＂"] \s? (?:这一)? (?:为)? 主题
          | 主题 (?:为|是|：|:) \s? [“「＂"](?P<b>[^”」＂"\n]{3,60})[”」＂"] )""",
    re.VERBOSE,
)


def find_theme(material: Material, telling: Telling) -> str | None:
    match = _THEME.search(material.text, telling.sentence.start, paragraph_end(material, telling.sentence))
    return (match["a"] or match["b"]).strip() if match else None


def find_present(material: Material, telling: Telling) -> tuple[Named, ...]:
    low, high = telling.sentence.start, telling.sentence.end
    mine = [p for p in material.people if low <= p.start and p.end <= high]
    once = {p.name: p for p in sorted(mine, key=lambda p: (p.title is not None, -p.start))}
    return tuple(
        Named(p.start, p.end, p.name, p.title, p.organization)
        for p in sorted(once.values(), key=lambda p: p.start)
    )


def find_sum(material: Material, telling: Telling) -> tuple[int, int, float, str] | None:
    if telling.type not in ("signing", "groundbreaking", "opening", "establishment", "other"):
        return None
    low = telling.sentence.start
    found: list[Amount] = find_amounts(material.text[low : telling.sentence.end])
    if not found:
        return None
    first = found[0]
    return first.start + low, first.end + low, first.value, first.currency
