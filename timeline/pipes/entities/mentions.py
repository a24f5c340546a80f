"""A text with its sure bodies in, further mentions out: declared short forms, items of lists, sides of deals, repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from timeline.pipes.entities.boundaries import COUNT, Body, is_ended, keep_longest
from timeline.pipes.entities.makers import after_side
from timeline.pipes.entities.names import NameSpan
from timeline.pipes.words.wording import anywhere, at_end, words_of

_FILE = "organizations"
# （以下简称“东材院”）, (下称"白云药业公司"), （“昂立制药”）
_SHORT_FORM = r"""
    [(（] \s* (?P<cue> (?:{cues}) [:：为]? \s* )? ["“'‘「]? (?P<short> [一-鿿A-Za-z0-9·]{{2,16}} ) ["”'’」]?
    (?: \s* [,，、或] [^()（）]{{0,30}} )? [)）]
"""
# 海东稻作文化体验基地 + 揭牌; a bracketed place may stand inside
_FOUNDED = r"(?P<name>[一-鿿A-Za-z0-9·]{{2,26}}?(?:[(（][一-鿿]{{2,4}}[)）][一-鿿]{{0,8}})?(?:{kinds}))(?=(?:在[^，。；,;]{{1,10}})?(?:{verbs}))"
# “海东稻作文化体验基地”, 「智能体前沿研究院」
_QUOTED = r"[“\"「『](?P<name>[一-鿿A-Za-z0-9·()（）]{{2,26}}?(?:{kinds}))[”\"」』]"
# ，青禾智能 + 荣登 | 青禾智能 + 是江城的一家机器人公司
_SUBJECT = r"(?:^|(?<=[，。；：:;,\n“\"'‘ ]))(?P<name>[一-鿿]{{2,3}}(?:{short}))(?=(?:{agent})|是[^，。；]{{0,16}}?(?:{kinds}))"
# 生产商 + BeyondMeat: capitals and small letters, so that 企业ERP and 公司CEO are none
_LATIN = r"(?:{kinds})[“\"「]?(?P<name>[A-Z][A-Za-z]*[a-z][A-Za-z]*(?:[ &-]{{1,3}}[A-Z][A-Za-z]+){{0,3}})(?![A-Za-z0-9])"
# A、B、C: a stretch of items without other stops
_LIST = re.compile(r"[^，,。；;：:！!？?《》\s]{2,120}")
# what stands between two stops
_CLAUSE = re.compile(r"[^，。；]+")
_ITEM = re.compile(r"[一-鿿A-Za-z0-9·&-]{2,12}")
# 与青禾签署, 和问道达成: a bare side of a deal
_SIDE = r"(?P<joint>与|和|同)(?P<side>[一-鿿A-Za-z0-9·&-]{{2,12}}?)(?:正式|共同|成功|联合)?(?:{deals})"


def find_declared(text: str, bodies: Sequence[Body]) -> list[Body]:
    """Find the short forms that brackets after a body declare, there and wherever else they stand."""
    found = []
    for body in bodies:
        match = _short_form().match(text, body.end)
        if not match:
            continue
        short = match.group("short")
        is_quoted = text[match.start("short") - 1] in "\"“'‘「"
        if (match.group("cue") or is_quoted) and _is_short_for(short, text[body.start : body.end]):
            found += [Body(at, at + len(short), body.score) for at in _places_of(text, short)]
    return [f for f in found if not any(b.start <= f.start and f.end <= b.end and b != f for b in bodies)]


def find_school_shorts(text: str, bodies: Sequence[Body]) -> list[Body]:
    """Find a university by its first character and 大, where one of the text begins so: 濠大 for 濠江大学."""
    found = []
    ends = {
        text[b.start] + "大" for b in bodies if b.end - b.start > 3 and text[b.start : b.end].endswith("大学")
    }
    for short in sorted(ends):
        places = [at for at in _places_of(text, short) if _is_alone(text, at)]
        found += [Body(at, at + len(short), 0.5) for at in places]
    return [f for f in found if not any(b.start < f.end and f.start < b.end for b in bodies)]


def _is_alone(text: str, at: int) -> bool:
    """Say whether a short name of two characters stands by itself: before it a stop or a joint, after it who acts or what it does."""
    before = at == 0 or text[at - 1] in "，。；：、\n “" or anywhere(_FILE, "joint").search(text, at - 1, at)
    after = anywhere(_FILE, "joint", "deal", "trail").match(text, at + 2) or anywhere(
        "people", "title"
    ).match(text, at + 2)
    return bool(before) and after is not None


def find_offices(text: str, bodies: Sequence[Body], names: Sequence[NameSpan]) -> list[Body]:
    """Find the office that follows a place: 越南|国会, 青川市|委书记."""
    found = []
    for name in names:
        office = anywhere(_FILE, "office").match(text, name.end) if name.label == "LOC" else None
        if office and (len(office.group()) > 1 or anywhere("people", "title").match(text, office.end())):
            new = Body(name.start, office.end(), name.score)
            if not any(b.start < new.end and new.start < b.end for b in bodies):
                found.append(new)
    return found


def find_subjects(text: str, bodies: Sequence[Body]) -> list[Body]:
    """Find short names that open a clause and do what bodies do: 青禾智能荣登榜单, 青禾智能创始人."""
    hits = [m.span("name") for m in _subject().finditer(text)]
    found = [Body(*span, 0.5) for span in hits if not anywhere(_FILE, "field").match(text, *span)]
    return [f for f in found if not any(b.start < f.end and f.start < b.end for b in bodies)]


def find_branded(text: str, bodies: Sequence[Body], names: Sequence[NameSpan]) -> list[Body]:
    """Find brands that look like people after their place: 香港|许留山|签订, and not 杭州|张女士."""
    places = {n.end: n for n in names if n.label == "LOC"}
    found = []
    for name in names:
        place = places.get(name.start) if name.label == "PER" else None
        if place and not anywhere("people", "familiar", "title", "act").search(
            text[name.start : name.end + 2]
        ):
            new = Body(place.start, name.end, 0.5)
            if anywhere(_FILE, "deal", "verb", "agent").match(text, new.end):
                found += [
                    Body(at, at + new.end - new.start, 0.5)
                    for at in _places_of(text, text[new.start : new.end])
                ]
    return [f for f in found if not any(b.start < f.end and f.start < b.end for b in bodies)]


def find_foreign(text: str, bodies: Sequence[Body]) -> list[Body]:
    """Find names in Latin letters after a word for what they are: 生产商|BeyondMeat, 机车业者|Gogoro."""
    found = []
    for match in _latin().finditer(text):
        new = Body(match.start("name"), match.end("name"), 0.5)
        if not any(b.start < new.end and new.start < b.end for b in bodies):
            found += [Body(at, at + new.end - new.start, 0.5) for at in _places_of(text, match.group("name"))]
    return [f for f in found if not any(b.start < f.end and f.start < b.end for b in bodies)]


def find_placed(text: str, bodies: Sequence[Body], names: Sequence[NameSpan]) -> list[Body]:
    """Find a full name that the tagger cut after its place: 俄罗斯|铁路公司."""
    found = []
    for name in names:
        match = _after_place().match(text, name.end) if name.label == "LOC" else None
        if not match or anywhere(_FILE, "common", "generic").fullmatch(match.group()):
            continue
        is_broken = anywhere(
            _FILE, "particle", "breaker", "joint", "deal", "act", "verb", "quantifier"
        ).search(match.group("stem"))
        new = Body(name.start, match.end(), 0.5)
        if not is_broken and not any(b.start < new.end and new.start < b.end for b in bodies):
            found.append(new)
    return found


def find_founded(text: str, bodies: Sequence[Body]) -> list[Body]:
    """Find what is founded or unveiled under a name that bodies rarely have: 稻作文化体验基地|揭牌, “问道学堂”."""
    found = []
    for match in _founding(text):
        start = match.start("name")
        for stop in anywhere(_FILE, "breaker", "joint", "cut").finditer(text, start, match.end("name")):
            start = stop.end()
        count = COUNT.match(text, start)
        start = count.end() if count else start
        before = [b for b in bodies if b.start < start <= b.end or b.end == start]
        start = before[0].start if before else start
        if match.end("name") - start >= 5:
            found.append(Body(start, match.end("name"), 0.5))
    for match in _quoted().finditer(text):
        around = text[max(0, match.start() - 16) : match.end() + 40]
        if (is_ended(match.group("name")) and len(match.group("name")) >= 7) or anywhere(
            _FILE, "founding", "deal"
        ).search(around):
            found.append(Body(match.start("name"), match.end("name"), 0.5))
    return found


def _founding(text: str) -> Iterator[re.Match[str]]:
    """Match names before a verb of founding; no match reaches over a stop, and few clauses hold such an end at all."""
    for clause in _CLAUSE.finditer(text):
        if _founded_end().search(text, *clause.span()):
            yield from _founded().finditer(text, *clause.span())


def find_list_items(text: str, bodies: Sequence[Body], names: Sequence[NameSpan]) -> list[Body]:
    """Find bare items between two bodies of an enumeration: 星汉科技、问道、东原大学."""
    found = []
    begins = {b.start: min(x.end for x in bodies if x.start == b.start) for b in bodies}
    ends = {b.end: max(x.start for x in bodies if x.end == b.end) for b in bodies}
    for stretch in _LIST.finditer(text):
        items = list(_items(text, stretch.start(), stretch.end()))
        full = [begins.get(s, e + 1) <= e or ends.get(e, s - 1) >= s for s, e in items]
        for at in range(1, len(items) - 1):
            start, end = items[at]
            near = sum(full[max(0, at - 2) : at + 3])
            if near >= 2 and not full[at] and _is_bare(text, start, end, bodies, names):
                found.append(Body(start, end, 0.5))
    return found


def find_deal_sides(text: str, bodies: Sequence[Body], names: Sequence[NameSpan]) -> list[Body]:
    """Find the bare other side where one side of a deal is a body: 星汉科技与问道签署协议."""
    ends = {b.end for b in bodies}
    found = []
    for match in _sides().finditer(text):
        start, end = match.span("side")
        start = after_side(text, start, end)
        trail = at_end(_FILE, "trail").search(text[start:end])
        end = start + trail.start() if trail else end  # 与台文馆|今天|签署
        if match.start() in ends and _is_bare(text, start, end, bodies, names):
            found.append(Body(start, end, 0.5))
    return found


def find_repeats(text: str, bodies: Sequence[Body], names: Sequence[NameSpan]) -> list[Body]:
    """Mark a name found once wherever it stands in the text; a part of it found elsewhere gives way."""
    votes = Counter(text[b.start : b.end] for b in bodies)
    people = {text[n.start : n.end] for n in names if n.label == "PER"}
    others = [n for n in names if n.label != "ORG"]
    found = list(bodies)
    for name in sorted(votes, key=lambda n: (-len(n), n)):
        if (len(name) < 3 and votes[name] < 2) or name in people or "\n" in name:
            continue
        for at in _places_of(text, name):
            new = Body(at, at + len(name), 0.6)
            met = [b for b in found if b.start < new.end and new.start < b.end]
            crossing = [n for n in others if n.start < new.end and new.start < n.end] if not met else ()
            if not met and all(_covers(new, n) or _lends_name(new, n) for n in crossing):
                found.append(new)
            elif met and all(new.start <= b.start and b.end <= new.end for b in met):
                given_way = {(b.start, b.end) for b in met} - {(new.start, new.end)}
                found = [b for b in found if (b.start, b.end) not in given_way]
                found.append(new)
    return keep_longest(found)


def find_acting_places(text: str, bodies: Sequence[Body], names: Sequence[NameSpan]) -> list[Body]:
    """Find places that act as bodies: 青川市与东原大学签署, 由临江新区主办."""
    places = [
        Body(n.start, _with_admin(text, n.end), n.score, is_place=True) for n in names if n.label == "LOC"
    ]
    places = [p for p in places if not any(b.start < p.end and p.start < b.end for b in bodies)]
    places += [b for b in bodies if b.is_place]
    sides = sorted({(b.start, b.end) for b in [*bodies, *places]})
    found = []
    for place in places:
        if _described().match(text, place.end) or COUNT.match(text, place.end):
            continue  # 美国|食品生产商, 宁远县|6家合作社
        if _signs_by_head(text, place):
            found.append(place)
            continue
        is_zone = bool(at_end(_FILE, "seat").search(text[place.start : place.end]))
        if _deals(text, place, sides) or (is_zone and anywhere(_FILE, "act").match(text, place.end)):
            found.append(place)
    return found


def _signs_by_head(text: str, place: Body) -> bool:
    """Say whether the head of a place signs for it: 与江城县|县长秦岭代表双方签署."""
    if text[place.end - 1] not in words_of(_FILE, "admin") or not anywhere("people", "title").match(
        text, place.end
    ):
        return False
    clause = re.split(r"[，。；;！？\n]", text[place.end : place.end + 40])[0]
    return any(word in clause for word in words_of("roles", "stands_for"))


def _with_admin(text: str, end: int) -> int:
    """青川|市与 -> the end with 市, where a conjunction follows it."""
    letter = anywhere(_FILE, "admin").match(text, end)
    return letter.end() if letter and anywhere(_FILE, "joint").match(text, letter.end()) else end


def _deals(text: str, place: Body, sides: Sequence[tuple[int, int]]) -> bool:
    """Say whether a place stands beside a body at a conjunction, in a clause that tells of a deal."""
    if _sides().match(text, max(0, place.start - 1)) and anywhere(_FILE, "deal").match(text, place.end):
        return True
    longest = len(words_of(_FILE, "joint")[0])
    for start, end in sides:
        if start - place.end > longest or place.start - end > longest:
            continue
        left, right = (
            ((place.start, place.end), (start, end))
            if start >= place.end
            else ((start, end), (place.start, place.end))
        )
        gap = text[left[1] : right[0]]
        if (start, end) == (place.start, place.end) or not anywhere(_FILE, "joint").fullmatch(gap):
            continue
        clause = re.split(r"[。；;！？\n]", text[right[1] : right[1] + 60])[0]
        if anywhere(_FILE, "deal").search(clause) or gap in words_of(_FILE, "deal"):
            return True
    return False


def _covers(body: Body, name: NameSpan) -> bool:
    return body.start <= name.start and name.end <= body.end


def _lends_name(body: Body, place: NameSpan) -> bool:
    """Say whether a place is named after a body: 碧波国际|云上软件园."""
    return (
        place.label == "LOC"
        and place.start == body.start
        and 4 <= body.end - body.start < place.end - place.start
    )


def _is_short_for(short: str, name: str) -> bool:
    """Say whether a short form can stand for a name: most of its letters come from it, in order."""
    if anywhere(_FILE, "generic", "common").fullmatch(short):
        return False
    rest, hits = iter(name), 0
    for letter in short:
        hits += letter in rest
    return hits * 2 >= len(short) or is_ended(short) or short.isascii()


def _places_of(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        is_cut = name[0].isascii() and at > 0 and text[at - 1].isascii() and text[at - 1].isalnum()
        if not is_cut:
            yield at
        at = text.find(name, at + len(name))


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for part in text[start:end].split("、"):
        yield start, start + len(part)
        start += len(part) + 1


def _is_bare(text: str, start: int, end: int, bodies: Sequence[Body], names: Sequence[NameSpan]) -> bool:
    item = text[start:end]
    brand = at_end(_FILE, "short").search(item)
    stem = item[: brand.start()] if brand and brand.start() > 1 else item  # 拓界|智能
    broken = anywhere(_FILE, "particle", "quantifier", "joint", "deal", "act")
    if not _ITEM.fullmatch(item) or broken.search(stem) or anywhere(_FILE, "field").match(item):
        return False
    if at_end("people", "title").search(item):
        return False
    if anywhere(_FILE, "common", "generic", "tail").search(item) or item[0].isdigit():
        return False
    taken = any(b.start < end and start < b.end for b in bodies)
    return not taken and not any(n.start < end and start < n.end and n.label != "ORG" for n in names)


@cache
def _short_form() -> re.Pattern[str]:
    cues = "|".join(map(re.escape, words_of(_FILE, "alias")))
    return re.compile(_SHORT_FORM.format(cues=cues), re.VERBOSE)


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(
        _SUBJECT.format(
            short="|".join(map(re.escape, words_of(_FILE, "short"))),
            agent="|".join(map(re.escape, words_of(_FILE, "agent"))),
            kinds="|".join(map(re.escape, words_of(_FILE, "descriptor"))),
        )
    )


@cache
def _described() -> re.Pattern[str]:
    """Match what makes a place only tell where somebody is from: 美国|食品生产商."""
    kinds = "|".join(map(re.escape, words_of(_FILE, "descriptor")))
    return re.compile(f"[一-鿿]{{0,5}}?(?:{kinds})")


@cache
def _latin() -> re.Pattern[str]:
    return re.compile(_LATIN.format(kinds="|".join(map(re.escape, words_of(_FILE, "descriptor")))))


@cache
def _after_place() -> re.Pattern[str]:
    return re.compile(f"(?P<stem>[一-鿿]{{1,8}}?)(?:{'|'.join(map(re.escape, words_of(_FILE, 'suffix')))})")


@cache
def _founded() -> re.Pattern[str]:
    kinds = "|".join(map(re.escape, words_of(_FILE, "founded")))
    verbs = "|".join(map(re.escape, words_of(_FILE, "founding")))
    return re.compile(_FOUNDED.format(kinds=kinds, verbs=verbs))


@cache
def _founded_end() -> re.Pattern[str]:
    """Match where a name before a verb of founding ends."""
    kinds = "|".join(map(re.escape, words_of(_FILE, "founded")))
    verbs = "|".join(map(re.escape, words_of(_FILE, "founding")))
    return re.compile(rf"(?:{kinds})(?=(?:在[^，。；,;]{{1,10}})?(?:{verbs}))")


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile(_QUOTED.format(kinds="|".join(map(re.escape, words_of(_FILE, "founded", "suffix")))))


@cache
def _sides() -> re.Pattern[str]:
    deals = "|".join(w for w in words_of(_FILE, "deal") if w[0] in "签订达缔")
    return re.compile(_SIDE.format(deals=deals))
