"""Names and organisations in, people out: each with the title and the affiliation that the text gives.

A title before the name is kept as it stands, with the bodies it names (国务院侨办经济科技司副司长于建明); after the name it is the
bare title (戴建武所长). What a list shares goes to each of its people, where a title can be shared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from timeline import lexicon
from timeline.pipes.entities.names import NameSpan
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.words.wording import anywhere, at_end, words_of

_FILE = "people"
_WINDOW = 14  # the longest title, with room
_LONGEST_CHAIN = 90
# 副书记、 | 主任: between two titles of one person
_AND = re.compile(r"(?:[、，,/&]|兼任?|及|和|暨)$")
_BLANK = re.compile(r"[ \t\u3000]{1,2}$")
_BETWEEN = re.compile(r"[、，,]|和|与|及|以及|[ \u3000]")
_LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}(?:[a-z]{0,10})$")  # CJ before 麦科勒姆
_CLAUSE = re.compile(r"^|[，。；：、,;:]|(?<=[与和及])", re.MULTILINE)
_ITEM = re.compile(r"(?<=[、，。；：\s])[\u4e00-\u9fff]{2,4}$")  # 高远 before 、
_STANDING = re.compile(r"[(（](?P<what>[^（()）]{1,8})[)）]$")  # 副书记（挂职）
_HELD = re.compile(r"[(（](?P<what>[^（()）]{1,8})[)）]")
# COO |David Lee
_LATIN = re.compile(r"[A-Z][a-zß-ÿ]{1,14}(?:[ ·-][A-Z](?:\.|[a-zß-ÿ]{1,14})?){1,3}(?![A-Za-zß-ÿ])")
_SPACE = re.compile(r"[:：]?[ \t\u3000]{0,2}")
_DOTS = "·•・．. "


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """A person: the span of the name, the title with its span, and the body the title belongs to."""

    start: int
    end: int
    name: str
    title: str | None
    title_start: int | None
    title_end: int | None
    organization: str | None


@dataclass(frozen=True, slots=True)
class _Chain:
    """The titles before a name: where they begin, where the first body's own title begins, and that body."""

    start: int
    organization: str | None
    has_title: bool


def find_people(
    text: str, names: Sequence[NameSpan], organizations: Sequence[OrganizationSpan]
) -> list[PersonSpan]:
    """Find the people of a clean text, in order, each with title and affiliation where they are stated."""
    bodies = [o for o in organizations if o.kind != "place"]
    taken = [(o.start, o.end) for o in bodies]
    spans = [(n.start, n.end) for n in names if n.label == "PER"]
    spans = _join_foreign(text, [_with_edges(text, *s) for s in spans if not _meets(s, taken)])
    spans += [s for s in _listed(text, spans) if not _meets(s, taken)]
    spans += [s for s in _titled(text, taken) if not _meets(s, spans) and not _meets(s, taken)]
    spans = _repeat(text, sorted(spans), taken + [(n.start, n.end) for n in names if n.label != "PER"])
    areas = [(n.start, n.end) for n in names if n.label == "LOC"]
    people = []
    for at, (start, end) in enumerate(spans):
        floor = spans[at - 1][1] if at else -1
        near = [b for b in bodies if floor <= b.start]
        people.append(_describe(text, start, end, near, [a for a in areas if floor <= a[0]], floor))
    return _share(text, people)


def _meets(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    start, end = span
    for low, high in others:  # noqa: SIM110 - half the time of any(), and asked a thousand times a page
        if low < end and start < high:
            return True
    return False


def _join_foreign(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """布鲁诺| |杰瑞 is one person; 李明| |王立新 are two."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            continue
        left = text[slice(*out[-1])] if out else ""
        if out and start == out[-1][1] and left.endswith(tuple("·•・")):
            out[-1] = (out[-1][0], end)
            continue
        is_gap = bool(out) and start > out[-1][1] and text[out[-1][1] : start] in tuple(_DOTS)
        if is_gap and (text[start - 1] != " " or not _is_chinese(left)):
            out[-1] = (out[-1][0], end)
            continue
        out.append((start, end))
    return out


def _is_chinese(name: str) -> bool:
    """Say whether a name can be a Chinese one: a surname and one or two letters."""
    double = name[:2] in words_of(_FILE, "double")
    return len(name) in ((3, 4) if double else (2, 3)) and (double or name[0] in words_of(_FILE, "surname"))


def _with_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """CJ|麦科勒姆 -> with its letters; 陈泉摄 -> without the byline's verb."""
    latin = _LATIN.match(text, start)
    if latin and latin.end() > end:
        return start, latin.end()
    letters = _LETTERS.search(text, max(0, start - 12), start)
    byline = at_end(_FILE, "byline").search(text[start:end])
    if byline and byline.start() >= 2 and end - start <= 4:
        end = start + byline.start()
    if end - start == 3 and text[start : start + 2] in words_of(_FILE, "japanese"):
        last = anywhere(_FILE, "given_end").match(text, end)
        end = last.end() if last and _ends_name(text, last.end(), True) else end
    is_open = any(dot in text[start:end] for dot in "·•・") and text[end : end + 1].isalpha()
    if is_open and not _ends_name(text, end, True) and _ends_name(text, end + 1, True):
        end += 1
    if end - start == 2 and _is_last(text, end) and _is_chinese(text[start : end + 1]):
        end += 1
    return (letters.start() if letters else start), end


def _is_last(text: str, at: int) -> bool:
    """Say whether 和 or 同 ends a name, since nobody comes after it: 许正|和表示, 许正|和。"""
    joint = anywhere("organizations", "joint").match(text, at)
    if not joint or joint.end() != at + 1:
        return False
    after = text[at + 1 : at + 2]
    return not after.isalnum() or bool(anywhere(_FILE, "spoken").match(text, at + 1))


def _listed(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the item between two people of a list: 李遊宇、|杭间|、顾传熙."""
    found = []
    for (_, left), (right, _) in pairwise(sorted(spans)):
        item = text[left + 1 : right - 1]
        if (
            text[left : left + 1] == "、" == text[right - 1 : right]
            and _is_chinese(item)
            and not _is_word(text, left + 1)
        ):
            found.append((left + 1, right - 1))
    for start, end in spans:
        count = anywhere(_FILE, "count").match(text, end)
        if count and anywhere(_FILE, "title").match(text, count.end()):
            found += _before(text, start)
    return found


def _before(text: str, at: int) -> list[tuple[int, int]]:
    """Find the items of a list before its last one: |方舟|、|高远|、丁一三位教授."""
    found = []
    while at > 0 and text[at - 1] == "、":
        end = at - 1
        item = _ITEM.search(text, max(0, end - 5), end)
        if not item or not _is_chinese(item.group()) or _is_word(text, item.start()):
            break
        found.append(item.span())
        at = item.start()
    return found


def _titled(text: str, bodies: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find names that a title or body before and a verb or stop after give away: 董事长|高远|出席, 作者：|田雨."""
    found = []
    starts = {m.end(): False for m in _CLAUSE.finditer(text)} | {end: True for _, end in bodies}
    posts = {m.end() for m in anywhere(_FILE, "title", "label").finditer(text)}
    starts |= dict.fromkeys(posts, True)
    starts |= {m.end(): True for m in _HELD.finditer(text) if anywhere(_FILE, "standing").match(m["what"])}
    for start, is_announced in sorted(starts.items()):
        gap = _SPACE.match(text, start)
        at = gap.end() if gap else start
        latin = _LATIN.match(text, at) if start in posts else None
        if latin:
            found.append(latin.span())
            continue
        double = text[at : at + 2] in words_of(_FILE, "double")
        if not double and (text[at : at + 1] not in words_of(_FILE, "surname") or _is_word(text, at)):
            continue
        for size in (4, 3) if double else (3, 2):
            given = text[at + (2 if double else 1) : at + size]
            is_name = given.isalpha() and not given.isascii() and not _is_word(text, at + 1)
            if is_name and _ends_name(text, at + size, is_announced):
                found.append((at, at + size))
                break
    return found


def _is_word(text: str, at: int) -> bool:
    """Say whether a word begins here that only looks like a name: 项目, 董事长, 战略合作."""
    words = ("common", "generic", "tail", "deal", "suffix", "unit", "act", "verb")
    return bool(
        anywhere(_FILE, "title", "modifier", "prefix", "body", "act", "count").match(text, at)
        or anywhere("organizations", *words).match(text, at)
    )


def _ends_name(text: str, end: int, is_announced: bool) -> bool:
    """Say whether a name can end here: a stop, verb or title follows; where nothing announced it, a title and a verb."""
    if is_announced:
        is_stop = not text[end : end + 1].isalnum()
        return is_stop or bool(anywhere(_FILE, "act", "title", "address").match(text, end))
    title = anywhere(_FILE, "title").match(text, end)
    return bool(title) and bool(anywhere(_FILE, "act").match(text, title.end() if title else end))


def _repeat(
    text: str, spans: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Mark a name of three letters and more wherever it stands in the text."""
    found = list(spans)
    for name in sorted({text[s:e] for s, e in spans if e - s >= 3}, key=lambda n: (-len(n), n)):
        at = text.find(name)
        while at >= 0:
            span = (at, at + len(name))
            if not _meets(span, found) and not _meets(span, taken):
                found.append(span)
            at = text.find(name, at + len(name))
    return sorted(found)


def _describe(
    text: str,
    start: int,
    end: int,
    bodies: Sequence[OrganizationSpan],
    areas: Sequence[tuple[int, int]],
    floor: int,
) -> PersonSpan:
    name = re.sub(r"\s*\n\s*", "", text[start:end])
    chain = _read_chain(text, start, bodies, areas, floor)
    after = anywhere(_FILE, "title", "address").match(text, end)
    if chain.has_title:
        stop = start - len(_blank(text, start))
        return PersonSpan(
            start, end, name, text[chain.start : stop].strip(), chain.start, stop, chain.organization
        )
    if after and not _is_other(text, after.end(), after.group()):
        return PersonSpan(start, end, name, after.group(), after.start(), after.end(), chain.organization)
    return PersonSpan(start, end, name, None, None, None, chain.organization)


def _is_other(text: str, end: int, title: str) -> bool:
    """李明代表公司致辞, 李明一行: what follows a name and is no title there."""
    entry = next(e for e in lexicon.load(_FILE) if e.kind in ("title", "address") and title in e.words)
    verbs = entry.get("not_after_name", ())
    return title in verbs


def _blank(text: str, at: int) -> str:
    match = _BLANK.search(text, max(0, at - 2), at)
    return match.group() if match else ""


def _read_chain(
    text: str,
    start: int,
    bodies: Sequence[OrganizationSpan],
    areas: Sequence[tuple[int, int]],
    floor: int,
) -> _Chain:
    """Walk left from a name over its titles and their bodies, not past the person before: A副书记、管委会主任 张三."""
    at = start - len(_blank(text, start))
    standing = _STANDING.search(text, max(0, at - 10), at)
    is_held = standing and anywhere(_FILE, "standing").match(standing["what"])
    title = _title_before(text, standing.start() if standing and is_held else at)
    title = at if standing and is_held and title == standing.start() else title
    if title == at or title <= floor:
        body = next((b for b in bodies if b.end == at), None)
        return _Chain(at, body.name if body and at == start else None, False)
    first, organization = at, None
    while title < at and start - title <= _LONGEST_CHAIN:
        first, owner = _own(text, title, bodies, areas)
        organization = owner or organization
        joint = _AND.search(text, max(0, first - 2), first)
        at = joint.start() if joint else first
        title = _title_before(text, at) if joint else at
        if title <= floor:
            break
    return _Chain(first, organization, True)


def _title_before(text: str, at: int) -> int:
    """Give where the title that ends here begins, with what modifies it; `at` itself where there is none."""
    low = max(0, at - _WINDOW)
    match = at_end(_FILE, "title").search(text[low:at])
    if not match:
        return at
    begin = low + match.start()
    while True:
        more = at_end(_FILE, "title", "prefix", "modifier").search(text[max(0, begin - _WINDOW) : begin])
        if not more:
            return begin
        begin = max(0, begin - _WINDOW) + more.start()


def _own(
    text: str, title: int, bodies: Sequence[OrganizationSpan], areas: Sequence[tuple[int, int]]
) -> tuple[int, str | None]:
    """Give where the body of a title begins, and its name where it is one and not a word such as 公司."""
    begin, name = title, None
    for _ in range(4):
        body = next((b for b in bodies if b.start < begin <= b.end), None)
        area = next((a for a in areas if a[1] == begin), None)
        low = max(0, begin - _WINDOW)
        word = at_end(_FILE, "body").search(text[low:begin])
        if body:
            begin, name = body.start, body.name
        elif area:
            begin = area[0]
        elif word and low + word.start() < begin and name is None:
            at = low + word.start()
            if begin - at == 1 and begin == title and text[at] == text[begin]:  # 里岸市|市长
                break
            begin = at
        else:
            near = next((b for b in bodies if 0 < begin - b.end <= 8), None)
            gap = text[near.end : begin] if near else ""
            if (
                near
                and name is None
                and gap.isalpha()
                and not anywhere("organizations", "particle", "joint").search(gap)
            ):
                begin, name = near.start, near.name
            else:
                break
    return _with_tenure(text, begin), name


def _with_tenure(text: str, begin: int) -> int:
    """Take in what says when a post was held, before its body: 时任|云海大学校长; 原 only where a clause begins."""
    word = at_end(_FILE, "tenure").search(text[max(0, begin - 3) : begin])
    if not word or word.start() == word.end():
        return begin
    at = max(0, begin - 3) + word.start()
    return begin if begin - at == 1 and text[at - 1 : at].isalnum() and at else at


def _share(text: str, people: Sequence[PersonSpan]) -> list[PersonSpan]:
    """Give the title of a list to each of its people: 公司股东李明、王立新; 李明、王立新等教授."""
    out: list[PersonSpan] = []
    for person in people:
        last = out[-1] if out else None
        if last and person.title is None and _is_list(text, last, person) and _can_share(last):
            person = replace(
                person, title=last.title, title_start=last.title_start, title_end=last.title_end,
                organization=last.organization,
            )  # fmt: skip
        out.append(person)
    for at in range(len(out) - 1, -1, -1):
        after = out[at + 1] if at + 1 < len(out) else None
        title = _title_of_list(text, out[at])
        if out[at].title is None and title:
            out[at] = replace(
                out[at], title=title[0], title_start=title[1], title_end=title[1] + len(title[0])
            )
        elif (
            after
            and out[at].title is None
            and _is_list(text, out[at], after)
            and _is_after(after)
            and _can_share(after)
        ):
            out[at] = replace(
                out[at], title=after.title, title_start=after.title_start, title_end=after.title_end
            )
    return out


def _is_list(text: str, left: PersonSpan, right: PersonSpan) -> bool:
    return bool(_BETWEEN.fullmatch(text[left.end : right.start]))


def _is_after(person: PersonSpan) -> bool:
    return person.title_start is not None and person.title_start >= person.end


def _can_share(person: PersonSpan) -> bool:
    """Say whether a title can be held by several people at once: ranks, deputies, members."""
    title = person.title or ""
    last = at_end(_FILE, "title").search(title)
    word = last.group() if last else title
    ranks = [e for e in lexicon.load(_FILE) if e.kind == "title" and e.get("shared")]
    return word.startswith("副") or word in words_of(_FILE, "plural") or any(word in e.words for e in ranks)


def _title_of_list(text: str, person: PersonSpan) -> tuple[str, int] | None:
    """王立新等教授, 王立新两位院士 -> the rank after the count."""
    count = anywhere(_FILE, "count").match(text, person.end)
    title = anywhere(_FILE, "title").match(text, count.end()) if count else None
    return (title.group(), title.start()) if title else None
