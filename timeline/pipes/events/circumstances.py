"""What surrounds an event in its sentence: theme, people and amount; a telling with its material in, found pieces out."""

from __future__ import annotations

import re

from timeline.numerals import find_amounts
from timeline.pipes.events.material import Material, paragraph_end
from timeline.pipes.tellings.drafts import Named, Telling
from timeline.pipes.words.layout import Sentence
from timeline.pipes.words.wording import anywhere

# 以“…”为主题 | 主题为“…” | 主题是… | 围绕“…”主题
_THEME = re.compile(
    r"""(?: (?:以|围绕|聚焦) \s? [“「＂"](?P<a>[^“”「」＂"\n]{3,60})[”」＂"] \s? (?:这一)? (?:为)? 主题
          | 主题 (?:为|是|：|:) \s? [“「＂"](?P<b>[^”」＂"\n]{3,60})[”」＂"] )""",
    re.VERBOSE,
)


def find_theme(material: Material, telling: Telling) -> str | None:
    """Give what an event is told to be about, in its sentence or the two after it: 以“…”为主题."""
    match = _THEME.search(material.text, telling.sentence.start, paragraph_end(material, telling.sentence))
    return (match["a"] or match["b"]).strip() if match else None


def find_present(material: Material, telling: Telling) -> tuple[Named, ...]:
    """List the people of the telling's sentence, each once, in order."""
    low, high = telling.sentence.start, telling.sentence.end
    mine = [p for p in material.people if low <= p.start and p.end <= high]
    once = {p.name: p for p in sorted(mine, key=lambda p: (p.title is not None, -p.start))}
    return tuple(
        Named(p.start, p.end, p.name, p.title, p.organization)
        for p in sorted(once.values(), key=lambda p: p.start)
    )


def find_sum(material: Material, telling: Telling) -> tuple[int, int, float, str] | None:
    """Give the sum that an event is about: its span (code points, half-open), the amount and the currency; or None."""
    if telling.type not in ("signing", "groundbreaking", "opening", "establishment", "other"):
        return None
    sentence = telling.sentence
    found = _sums(material.text, sentence.start, sentence.end)
    if found:
        return found[0]
    later = [s for s in material.sentences if sentence.end <= s.start and s.paragraph == sentence.paragraph]
    for other in later[:2]:
        at = _sum_told(material.text, other)
        found = [one for one in _sums(material.text, other.start, other.end) if at and 0 <= one[0] - at <= 3]
        if found:
            return found[0]
    return None


def _sums(text: str, low: int, high: int) -> list[tuple[int, int, float, str]]:
    return [(a.start + low, a.end + low, a.value, a.currency) for a in find_amounts(text[low:high])]


def _sum_told(text: str, sentence: Sentence) -> int | None:
    """Give where the sum begins in a sentence that opens with it, about nothing else: 项目|总投资|约18亿元."""
    subject = anywhere("roles", "sum_subject").match(text, sentence.start)
    word = anywhere("roles", "sum").match(text, subject.end() if subject else sentence.start)
    return word.end() if word else None
