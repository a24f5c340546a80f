"""Names and text in, places out: neighbours joined, venues kept whole, the administrative code where one is certain.

Places inside the names of bodies and people are not places of their own. A name that several areas share (朝阳区) has no code
unless a place before it settles which one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from timeline.areas import code_prefix, widen
from timeline.pipes.entities.boundaries import COUNT, Body, is_name
from timeline.pipes.entities.gazetteer import Area, areas_named, find_known_places, is_inside, venue_endings
from timeline.pipes.entities.names import NameSpan
from timeline.pipes.words.wording import anywhere, at_end, words_of

_FILE = "places"
_SURE = ("province", "city", "country", "zone")
# 在 + 青川国际会展中心 + 隆重 + 举行
_VENUE = r"""
    (?: {at} ) \s* (?P<venue> [一-鿿A-Za-z0-9·（）()“”"]{{2,26}}? (?:{ending}) [一-鿿A-Za-z0-9]{{0,6}}? )
    (?= (?:{manner})? (?:{held}) )
"""
# 青川 + 国际会展中心: what may stand between a place and the end of a venue's name
_TAIL = r"[一-鿿A-Za-z0-9·]{{0,10}}?(?:{ending})(?:[一-鿿A-Za-z0-9]{{1,3}}厅)?"
# （仙居）
_BRACKETED = re.compile(r"[(（](?P<name>[一-鿿]{2,8})[)）]")
_BRACKETS = {"(": ")", "（": "）"}


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place or venue with its administrative code; None where the name is ambiguous or has no code."""

    start: int
    end: int
    name: str
    adcode: str | None

    @property
    def level(self) -> int | None:
        """Give 1 for a province, 2 for a city, 3 for a district or county; None without a code."""
        return len(code_prefix(self.adcode)) // 2 if self.adcode else None

    @property
    def parent(self) -> str | None:
        """Give the code of the city or province that the place lies in; None for a province, or without a code."""
        if self.adcode is None or self.level == 1:
            return None
        wider = widen(self.adcode, 4) if self.level == 3 else self.adcode
        return wider if wider != self.adcode else widen(self.adcode, 2)


@dataclass(frozen=True, slots=True)
class _Part:
    """A place with the simple places it is made of, widest first."""

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]


def find_places(text: str, names: Sequence[NameSpan]) -> list[PlaceSpan]:
    """Find the places of a clean text, in order, without overlaps."""
    blocked = [n for n in names if n.label != "LOC" and not _is_zone(text, n) and _is_whole(text, n)]
    joined = _join(text, sorted(_simple(text, names, blocked)))
    joined = [p for p in joined if not _is_word(text, p)]
    joined = [_extend_to_bracket(text, place) for place in joined]
    joined = [_extend_to_venue(text, place, blocked) for place in joined]
    for start, end in _venues(text):
        inner = [p for p in joined if start <= p.start and p.end <= end]
        if not any(p.start < end and start < p.end for p in joined if p not in inner):
            parts = inner[0].parts if inner and inner[0].start == start else ()
            joined = [p for p in joined if p not in inner] + [_Part(start, end, parts)]
    joined += [
        _Part(s, e, ())
        for s, e in _bodies_as_venues(text, blocked)
        if not _meets((s, e), [(p.start, p.end) for p in joined])
    ]
    return [_span(text, place) for place in _apart(joined)]


def code_of(names: Sequence[str]) -> str | None:
    """Give the code of the last of nested place names, widest first; None where it is not certain."""
    chosen: Area | None = None
    for name in names:
        areas = areas_named(name)
        if chosen:
            parent = chosen
            inside = [a for a in areas or areas_named(f"{name}区") if is_inside(a, parent)]
            areas = tuple(inside) or (() if parent.level and any(a.level for a in areas) else areas)
        chosen = _only(areas) or (chosen if chosen and not areas else None)
    return chosen.adcode if chosen else None


def _only(areas: Sequence[Area]) -> Area | None:
    """Choose where one area holds all others of the name, or is the one province or city of the name."""
    if len(areas) == 1:
        return areas[0]
    for level in (1, 2):
        of_level = [a for a in areas if a.level == level]
        if len(of_level) == 1 and (
            level == 1 or all(a is of_level[0] or is_inside(a, of_level[0]) for a in areas)
        ):
            return of_level[0]
    return None


def _simple(text: str, names: Sequence[NameSpan], blocked: Sequence[NameSpan]) -> list[tuple[int, int]]:
    """Take what the tagger marks and the gazetteer knows; of two, the longer: 临港|新片区."""
    taken = [(n.start, n.end) for n in blocked]
    marked = [_without_building(text, n) for n in names if n.label == "LOC" or _is_zone(text, n)]
    known = [s for s in _known(text) if not _meets(s, taken)]
    marked = [m for m in marked if not _is_within(m, known)]
    return marked + [s for s in known if not _meets(s, marked)]


def _is_within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Say whether a span is a part of one of the others, which come in order."""
    for low, high in others:
        if low > span[0]:
            break
        if span[1] <= high and (low, high) != span:
            return True
    return False


def _without_building(text: str, name: NameSpan) -> tuple[int, int]:
    """武侯区|新建一座公园, 黄石|的博物馆: a verb or 的 ends what the tagger took for a place."""
    verb = anywhere(_FILE, "building", "of").search(text, name.start + 2, name.end)
    return name.start, verb.start() if verb else name.end


def _is_whole(text: str, name: NameSpan) -> bool:
    """Say whether a marked body or person can be one: 朝阳区新建两所小学 holds a count, and is none."""
    is_body = name.label == "ORG"
    return not is_body or (
        is_name(text, Body(name.start, name.end, name.score))
        and not COUNT.search(text, name.start + 2, name.end)
    )


def _is_word(text: str, place: _Part) -> bool:
    """Say whether a place is only a word here: a dish (兰州|拉面), a district by its plain name (新城区)."""
    word = text[place.start : place.end]
    is_goods = bool(anywhere(_FILE, "goods").match(text, place.end) or at_end(_FILE, "goods").search(word))
    return is_goods or word in words_of(_FILE, "plain")


def _known(text: str) -> Iterator[tuple[int, int]]:
    """Give places of the gazetteer that can be taken without the tagger: full names, cities, countries."""
    for start, end in find_known_places(text):
        if text.startswith(words_of(_FILE, "after_city"), end) and text[end - 1] == "市":
            end -= 1
        name = text[start:end]
        areas = areas_named(name)
        is_full = any(a.name == name for a in areas) and end - start > 2
        is_long = end - start > 2 and len(areas) == 1 and areas[0].level == 3
        if is_full or is_long or any(a.kind in _SURE and a.level < 3 for a in areas):
            yield start, end


def _is_zone(text: str, name: NameSpan) -> bool:
    """Say whether what the tagger took for a body is a zone or a hall: 红岛经济区, 国际会议中心."""
    word = text[name.start : name.end]
    is_hall = bool(_hall().search(word)) and bool(list(_cut_known(word)))
    return name.label == "ORG" and (is_hall or bool(at_end("organizations", "seat").search(word)))


def _cut_known(word: str) -> list[tuple[int, int]]:
    return [s for s in find_known_places(word) if s[0] == 0]


def _meets(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    start, end = span
    for low, high in others:  # noqa: SIM110 - half the time of any(), and asked a thousand times a page
        if low < end and start < high:
            return True
    return False


def _join(text: str, simple: Sequence[tuple[int, int]]) -> list[_Part]:
    """江西省|上饶市, 肯尼亚|首都|内罗毕, 台州|（仙居）: neighbours make one place."""
    out: list[_Part] = []
    for start, end in simple:
        pieces = tuple(_cut(text, start, end))
        last = out[-1] if out else None
        gap = text[last.end : start] if last else "-"
        if last and (not gap or gap in words_of(_FILE, "capital")) and _can_join(text, last, pieces):
            out[-1] = _Part(last.start, end, last.parts + pieces)
        elif last and gap in _BRACKETS and gap and text[end : end + 1] == _BRACKETS[gap]:
            out[-1] = _Part(last.start, end + 1, last.parts + pieces)
        else:
            out.append(_Part(start, end, pieces))
    return out


def _can_join(text: str, left: _Part, right: Sequence[tuple[int, int]]) -> bool:
    """Two places of one level side by side are two places: 北京上海 are not one."""
    a = areas_named(text[slice(*left.parts[-1])]) if left.parts else ()
    b = areas_named(text[slice(*right[0])])
    if not a or not b or any(x.level == 0 for x in (*a, *b)):
        return True
    return any(is_inside(y, x) for x in a for y in b)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """江西省上饶市 as one span of the tagger -> its two places."""
    at = start
    if areas_named(text[start:end]):
        yield start, end
        return
    for low, high in find_known_places(text[start:end]):
        if start + low == at:
            at = start + high
            yield start + low, at
    if at < end:
        yield at, end


def _extend_to_bracket(text: str, place: _Part) -> _Part:
    """台州|（仙居）: a bracket that holds a place inside the one before it."""
    match = _BRACKETED.match(text, place.end)
    if not match or not place.parts:
        return place
    outer, inner = areas_named(text[slice(*place.parts[-1])]), areas_named(match.group("name"))
    if not any(is_inside(b, a) for a in outer for b in inner):
        return place
    return _Part(place.start, match.end(), (*place.parts, match.span("name")))


def _extend_to_venue(text: str, place: _Part, blocked: Sequence[NameSpan]) -> _Part:
    """青川|国际会展中心 -> the whole, where no verb or body stands between."""
    match = _tail().match(text, place.end)
    if not match or anywhere("organizations", "particle", "deal", "act", "joint").search(match.group()):
        return place
    if anywhere(_FILE, "held", "building").search(match.group()) or _meets(
        match.span(), [(n.start, n.end) for n in blocked]
    ):
        return place
    return _Part(place.start, match.end(), place.parts)


def _venues(text: str) -> Iterator[tuple[int, int]]:
    for match in _held_venues().finditer(text):
        start, end = match.span("venue")
        if not anywhere("organizations", "particle", "deal").search(match.group("venue")):
            yield start, end


def _bodies_as_venues(text: str, names: Sequence[NameSpan]) -> Iterator[tuple[int, int]]:
    """在东原大学举行: a body where something is held."""
    for name in names:
        if (
            name.label == "ORG"
            and _after_body().match(text, name.end)
            and _before_body().search(text, max(0, name.start - 3), name.start)
        ):
            yield name.start, name.end


def _apart(places: Sequence[_Part]) -> list[_Part]:
    kept: list[_Part] = []
    for place in sorted(places, key=lambda p: (p.start - p.end, p.start)):
        if not _meets((place.start, place.end), [(k.start, k.end) for k in kept]):
            kept.append(place)
    return sorted(kept, key=lambda p: p.start)


def _span(text: str, place: _Part) -> PlaceSpan:
    code = code_of([text[s:e] for s, e in place.parts]) if place.parts else None
    return PlaceSpan(place.start, place.end, text[place.start : place.end].replace("\n", ""), code)


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, words))


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(_TAIL.format(ending=_any(venue_endings())))


@cache
def _hall() -> re.Pattern[str]:
    return re.compile(f"(?:{_any([w for w in venue_endings() if len(w) > 1])})$")


@cache
def _held_venues() -> re.Pattern[str]:
    return re.compile(
        _VENUE.format(
            at=_any(words_of(_FILE, "at")), ending=_any(venue_endings()),
            manner=_any(words_of(_FILE, "manner")), held=_any(words_of(_FILE, "held")),
        ),
        re.VERBOSE,
    )  # fmt: skip


@cache
def _after_body() -> re.Pattern[str]:
    return re.compile(f"(?:{_any(words_of(_FILE, 'manner'))})?(?:{_any(words_of(_FILE, 'held'))})")


@cache
def _before_body() -> re.Pattern[str]:
    return re.compile(f"(?:{_any(words_of(_FILE, 'at'))})$")
