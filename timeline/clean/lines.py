"""Clean text in; its lines, and the paragraphs glued into one line, out, each with what can be seen of it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from timeline.clean.cuts import find_cuts, has_cuts
from timeline.clean.shapes import find_shapes, is_only_stamp
from timeline.clean.wording import find_field, find_wording
from timeline.patterns import regex

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_LATIN = re.compile(r"[A-Za-z]")
_TAG = regex(r"<[^<>\n]{1,400}>|&nbsp;|\\[rnt\"']", needs=(("<", "&nbsp;", "\\\\"),))
_BULLET = re.compile(r"[\s\-•·*#▲◆◇■□●○★☆>|【\[（(\"']+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one paragraph of a glued line: text[start:end] without blanks around it, and its marks."""

    start: int
    end: int
    text: str
    han: int
    marks: frozenset[str]

    def has(self, *marks: str) -> bool:
        """Say whether the line bears any of the marks."""
        return not self.marks.isdisjoint(marks)


def find_lines(text: str) -> tuple[Line, ...]:
    """Cut a text into lines and mark each; what is not blank belongs to exactly one."""
    out = []
    is_tagged = _TAG.is_possible(text)
    for start, end in _stretches(text):
        shown = text[start:end]
        if is_tagged:
            shown = _TAG.sub(" ", shown).strip()
        han = len("".join(_HAN.findall(shown)))
        out.append(Line(start, end, shown, han, frozenset(_marks(shown, han))))
    return tuple(out)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    is_cut = has_cuts(text)
    for line in text.split("\n"):
        cuts = find_cuts(line) if is_cut else ()
        for low, high in pairwise((0, *cuts, len(line))):
            part = line[low:high]
            left, right = len(part) - len(part.lstrip()), len(part.rstrip())
            if left < right:
                yield at + low + left, at + low + right
        at += len(line) + 1


def _marks(shown: str, han: int) -> Iterator[str]:
    """Give the names of what a line with so many Han characters shows."""
    bullet = _BULLET.match(shown)
    bare = shown[bullet.end() :] if bullet else shown
    is_stamp = is_only_stamp(shown)
    if not (han or is_stamp or _LATIN.search(bare)):
        yield "debris"
        return
    if bullet:
        yield "bullet"
    if is_stamp:
        yield "stamp_only"
    if han * 2 < len(shown) and len(_LATIN.findall(shown)) > len(shown) / 2:
        yield "latin"
    yield from find_shapes(shown, bare, is_stamp=is_stamp)
    yield from find_wording(shown, bare)
    if shown[0] < "\x80":
        yield from find_field(shown)
