"""Where an event takes place: a telling with its material in, the place that the words before or after it name out, or none.

A place is what stands between 在 and the verb (在溪州奥体中心|鸣枪开跑): areas and venues that are known, and by its last word what
is not (柳河镇, 集团总部). What only looks like one (在会上, 在线, 在大会期间) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from timeline import lexicon
from timeline.pipes.entities.gazetteer import venue_endings
from timeline.pipes.entities.places import PlaceSpan, code_of
from timeline.pipes.events.material import Material, time_ranges
from timeline.pipes.tellings.drafts import Named, Telling
from timeline.pipes.words.wording import anywhere, at_end, words_of
from timeline.wordlists import WordEndings

_FILE = "places"
# 在|江城会展中心(举行), 假|縣府大廳(簽訂); not 关于, 由于, 放假
_WHERE = re.compile(
    r"(?:在|(?<![由关對对至鉴基善终限属等处敢勇乐])于|(?<![放请休长暑寒虚年节])假(?:座)?)"
    r"(?P<where>[^，。；在于的了将把被由为让！？：:“”《》\s]{1,30})$"
)
_CLOSED = re.compile(r"[（(][^（()）]{1,12}[)）]")


def find_place(material: Material, telling: Telling) -> Named | None:
    """Find where an event took place, or None where nothing in its clause or sentence says."""
    low = telling.clause[0]
    for end in _verbs(material.text, telling.clause, telling.start):
        found = _stated(material, low, end)
        if found:
            return found
    return _known(material, telling) or _settled(material, telling)


def _verbs(text: str, clause: tuple[int, int], at: int) -> Iterator[int]:
    """Give where what may say a place ends: before the telling, before 举行 that leads to it, before 举行 of what it names."""
    low, high = clause
    held = [m.start() for m in anywhere(_FILE, "held").finditer(text, low, high)]
    for end in (at, *(h for h in reversed(held) if h < at), *(h for h in held if h > at)):
        while manner := at_end(_FILE, "manner").search(text[max(low, end - 6) : end]):
            end = max(low, end - 6) + manner.start()
        yield end


def _stated(material: Material, low: int, high: int) -> Named | None:
    """Read what stands between 在 and a verb."""
    text = material.text
    match = _WHERE.search(text, low, high)
    if not match or any(p.start <= match.start() < p.end for p in material.people):
        return None
    start, end = match.span("where")
    inside = [p for p in material.places if start <= p.start and p.end <= end]
    row = _row(text, inside, end)
    if len(row) > 1:
        return Named(row[0].start, end, text[row[0].start : end], code=row[-1].adcode)
    end = _without_company(material, start, end)
    full = _short().get(text[start:end])
    if full:
        return Named(start, end, full, code=code_of([full]))
    inside = [p for p in inside if p.end <= end]
    if _is_site(material, start, end):
        return Named(start, end, text[start:end], code=_code_within(material, start, end))
    if not inside:
        return None
    first, last = inside[0], inside[-1] if _is_beside(inside) else inside[0]
    return Named(first.start, last.end, text[first.start : last.end], code=last.adcode or first.adcode)


def _code_within(material: Material, start: int, end: int) -> str | None:
    """Give the code of the area that a venue's name begins with, where that begins no body's name."""
    first = next((p for p in material.places if p.start == start and p.end <= end), None)
    is_body = first and any(b.start == start and b.end > first.end for b in material.bodies)
    return None if first is None or is_body else first.adcode


def _row(text: str, places: list[PlaceSpan], end: int) -> list[PlaceSpan]:
    """Give the places that are told side by side up to the verb: 北京和上海|同时(开幕)."""
    row: list[PlaceSpan] = []
    for place in reversed(places):
        gap = text[place.end : row[0].start] if row else text[place.end : end]
        if gap not in ((*words_of("organizations", "joint"), "、") if row else ("",)):
            break
        row.insert(0, place)
    return row


def _is_beside(places: list[PlaceSpan]) -> bool:
    return all(left.end == right.start for left, right in pairwise(places))


def _without_company(material: Material, start: int, end: int) -> int:
    """Give where the place ends before those whom it is told of: 在东莞|与东莞市人民政府(签署)."""
    spans = [(p.start, p.end) for p in material.places] + [(b.start, b.end) for b in material.bodies]
    stops = [m.start() for m in anywhere("organizations", "joint").finditer(material.text, start + 1, end)]
    comma = material.text.find("、", start, end)
    stops += [comma] if comma >= 0 else []
    return min((s for s in stops if not any(low < s < high for low, high in spans)), default=end)


def _is_site(material: Material, start: int, end: int) -> bool:
    """Say whether words are a place by their last one, with no verb, day or 各 among them: 二号楼报告厅, 大均乡."""
    text = material.text
    word = _CLOSED.sub("", text[start:end])
    ending = _sites().search(word)
    if not ending or len(word) < 2 or at_end(_FILE, "nowhere").search(word):
        return False
    if anywhere("organizations", "quantifier", "generic").match(word, 0) and ending.start() == 0:
        return False
    if word.startswith(words_of(_FILE, "any")):
        return False
    is_told = any(low < end and start < high for low, high in time_ranges(material))
    return not is_told and not anywhere("organizations", "deal", "act", "verb").search(word[: ending.start()])


def _known(material: Material, telling: Telling) -> Named | None:
    low, text = telling.clause[0], material.text
    before = [
        p
        for p in material.places
        if low <= p.start and p.end <= telling.start and text[max(0, p.start - 1)] in "在于"
    ]
    return (
        Named(before[-1].start, before[-1].end, before[-1].name, code=before[-1].adcode) if before else None
    )


def _settled(material: Material, telling: Telling) -> Named | None:
    """Find where what the sentence tells of settles: 揭牌，落户|合肥."""
    low, high = telling.sentence.start, telling.sentence.end
    for match in anywhere(_FILE, "landing").finditer(material.text, low, high):
        at = match.end()
        place = next((p for p in material.places if p.start == at and p.end <= high), None)
        if place:
            return Named(at, place.end, place.name, code=place.adcode)
        body = next((b for b in material.bodies if b.start == at and b.end <= high), None)
        if body:
            return Named(at, body.end, body.name)
    return None


@cache
def _sites() -> WordEndings:
    return WordEndings([*venue_endings(), *words_of(_FILE, "site")])


@cache
def _short() -> dict[str, str]:
    """Map a city's short name to its full one: 沪 -> 上海."""
    return {w: e.get("means") for e in lexicon.load(_FILE) if e.kind == "short" for w in e.words}
