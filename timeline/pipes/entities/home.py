"""Where a page speaks from: outlet, title and frame in, the areas and bodies that 我市 and 我校 mean on it out, nothing where nothing tells.

苏州日报 speaks from 苏州市 in 江苏省; 江城大学新闻网 speaks for 江城大学. The page's own head and foot (江城大学新闻网, 版权所有 江城大学)
count where the outlet tells nothing, a title only where both are silent and it names one place, or one body of a kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from timeline import lexicon
from timeline.areas import Area, is_inside, name_of
from timeline.pipes.entities.gazetteer import areas_named, find_known_places
from timeline.pipes.words.wording import anywhere, words_of

_FILE = "organizations"
_LONGEST = 24  # characters of an outlet that can begin with the name of its body
_SHORTEST = 4  # characters of the name of a body
_NAME = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9（）()]{{{_SHORTEST},{_LONGEST}}}")


# 江城|地|质学院: no particle
_EARTH = re.compile(r"地(?=[质理方产区铁球震面])")


@dataclass(frozen=True, slots=True)
class Home:
    """The areas a page speaks from, widest first, and the bodies it can speak for, by their kind."""

    areas: tuple[Area, ...] = ()
    bodies: tuple[tuple[str, str], ...] = ()

    def area_of(self, level: int) -> Area | None:
        """Give the area of a level (1 province, 2 city, 3 district) that the page speaks from."""
        return next((area for area in self.areas if area.level == level), None)

    def body_of(self, kinds: Sequence[str]) -> str | None:
        """Give the one body of these kinds that the page speaks for; None where there is none, or more than one."""
        names = {name for kind, name in self.bodies if kind in kinds}
        return names.pop() if len(names) == 1 else None


def find_home(outlet: str | None, title: str | None, frame: Sequence[str] = ()) -> Home:
    """Find where a page speaks from by its outlet, else by the lines of its head and foot, else by its title.

    >>> [area.name for area in find_home("苏州日报", None).areas]
    ['江苏省', '苏州市']
    >>> find_home("江城大学新闻网", None).body_of(["school"])
    '江城大学'
    >>> find_home(None, "北京与上海签约").areas
    ()
    >>> find_home(None, None, ["版权所有 江城大学"]).body_of(["school"])
    '江城大学'
    """
    told = title if title and not _first().search(title) else ""
    areas = _areas(outlet or "", is_start=True) or _areas(told, is_start=False)
    owners = [_owner(line) for line in frame]
    own = [body for name in owners if name for body in _bodies(name)]
    bodies = _bodies(outlet or "") or list(dict.fromkeys(own)) or _bodies(told)
    schools = [name for kind, name in bodies if kind == "school"]
    kept = [
        b for b in bodies if not any(b[1] != s and b[1].startswith(s) for s in schools)
    ]  # 江城大学|档案馆
    return Home(tuple(areas), tuple(kept))


def _areas(text: str, *, is_start: bool) -> list[Area]:
    """Give the one chain of areas that a text names, widest first; none where it names several places."""
    chain: list[Area] = []
    spans = find_known_places(text)
    if is_start:
        spans = [s for s in spans if s[0] == 0] + [s for s in spans[1:] if s[0] == spans[0][1]]
    for start, end in spans:
        named = [a for a in areas_named(text[start:end]) if a.adcode and a.level]
        if not is_start:
            named = [a for a in named if a.level < 3 or a.name == text[start:end]]
        if not named:
            continue
        if chain:
            named = [a for a in named if a == chain[-1] or is_inside(a, chain[-1])]
        chosen = _sole(named)
        if chosen is None:
            return []
        if chosen not in chain:
            chain.append(chosen)
    return _with_parents(chain[-1]) if chain else []


def _sole(areas: Sequence[Area]) -> Area | None:
    """Choose the one area of a name, or the one that holds all others."""
    if len(areas) == 1:
        return areas[0]
    widest = [a for a in areas if all(b is a or is_inside(b, a) for b in areas)]
    return widest[0] if len(widest) == 1 else None


def _with_parents(area: Area) -> list[Area]:
    code = area.adcode or ""
    wider = [f"{code[:digits]}".ljust(6, "0") for digits in (2, 4) if digits < 2 * area.level]
    parents = [p for c in wider if (p := area_of_code(c)) is not None]
    return [*parents, area]


def _bodies(text: str) -> list[tuple[str, str]]:
    """Give the bodies that a text opens with or names, by kind: 江城大学|新闻网."""
    longest: dict[str, str] = {}
    head = text[:_LONGEST]
    for suffix in anywhere(_FILE, "suffix").finditer(head):
        name = head[: suffix.end()]
        if len(name) >= _SHORTEST and not anywhere(
            _FILE, "joint", "deal", "act", "particle", "founding"
        ).search(_EARTH.sub("", name)):
            longest.update(dict.fromkeys(_kinds_of(suffix.group()), name))
    return sorted(longest.items())


def _owner(line: str) -> str | None:
    """Give the body that a line of the frame names as whose page it is: 江城大学|新闻网, 版权所有|江城大学."""
    line = line.strip()
    signed = _signed().fullmatch(line)
    if signed:
        line = signed["who"] or signed["sender"]
    elif line.startswith(("（", "(")) and line.endswith(("）", ")")):
        line = line[1:-1]
    mark = _owners().match(line)
    low = mark.end() if mark else 0
    ends = [m.end() for m in anywhere(_FILE, "suffix").finditer(line, low, low + _LONGEST)]
    for end in reversed(ends):
        rest = line[end:].strip()
        if mark or signed or not rest or anywhere("layout", "site").match(rest):
            name = line[low:end].strip()
            return name if _NAME.fullmatch(name) else None
    return None


@cache
def _first() -> re.Pattern[str]:
    """Match a word by which a page speaks of itself: 我校, 本院."""
    words = [w for e in lexicon.load("roles") if e.kind == "pointer" and e.get("first") for w in e.words]
    return re.compile("|".join(map(re.escape, words)))


@cache
def _signed() -> re.Pattern[str]:
    """Match a signature below a report: （江城大学 国际处 供稿）"""
    words = "|".join(map(re.escape, words_of("layout", "signed")))
    return re.compile(
        rf"[（(［\[【]\s*(?:(?:{words})[:：]\s*(?P<who>[^（()）]{{4,30}})|(?P<sender>[^（()）]{{4,30}}?)\s*(?:{words}))\s*[）)］\]】]"
    )


@cache
def _owners() -> re.Pattern[str]:
    words = "|".join(map(re.escape, words_of("layout", "owner")))
    return re.compile(rf"\s*(?:(?:{words})[\s:：©]*)+(?:[0-9]{{4}}(?:-[0-9]{{4}})?\s*)?")


@cache
def area_of_code(adcode: str) -> Area | None:
    """Give the area of a code; None where no area has it."""
    name = name_of(adcode)
    return next((a for a in areas_named(name) if a.adcode == adcode), None) if name else None


@cache
def _kinds_of(suffix: str) -> tuple[str, ...]:
    """Give the kinds of bodies whose names end so: 大学 a school."""
    entries = (e for e in lexicon.load(_FILE) if e.kind == "suffix" and suffix in e.words)
    return tuple(dict.fromkeys(str(e.get("body")) for e in entries))
