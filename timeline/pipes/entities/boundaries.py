"""Spans of bodies in, the same bodies with exact edges out: brackets closed, joined names cut, cut names joined.

Each rule is a function of a text and its bodies; `set_boundaries` runs them in their order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from timeline import lexicon
from timeline.pipes.entities.gazetteer import areas_named
from timeline.pipes.entities.makers import after_maker, after_owner, after_side, is_brand
from timeline.pipes.entities.names import NameSpan
from timeline.pipes.words.vocabulary import Vocabulary
from timeline.pipes.words.wording import anywhere, at_end, words_of
from timeline.wordlists import WordList

_FILE = "organizations"
_OPEN, _CLOSE = "(（", ")）"
# （天津）有限公司, (集团)股份有限公司: what may follow a span that stopped too early
_BRACKET = re.compile(r"[(（][一-鿿]{2,6}[)）]")
# 联合国开发计划署|驻华代表处: where a body keeps an office
_POSTED = re.compile(r"驻[一-鿿]{1,5}?(?:代表处|办事处|联络处|总领事馆|领事馆|大使馆|使馆)")
# 中国驻|肯尼亚使馆
_POSTED_TO = re.compile(r"(?:中国)?驻$")
# 星汉（天津 -> 星汉: the part of a name before an open bracket
_BEFORE = re.compile(r"[一-鿿A-Za-z0-9·&]{2,16}$")
# what no name begins with: quotes, blanks, list marks, and the \\r\\n of text lifted out of a script
_EDGE = re.compile(r"(?:\\[rnt]|[\s\"'“”‘’「」『』、，。：:;；·|/*#>-])+")
# 两处, 3家: a count before a name
COUNT = re.compile(r"(?:[一二两三四五六七八九十]{1,3}|[0-9]{1,4})(?:余)?[处家个所座批]")
# 省内3个|区县: a count inside a phrase, which then names nobody
_COUNTED = re.compile(
    r"[0-9]+(?:余|多)?[个家名位所]|[一二两三四五六七八九十多数几](?:余|多)?个|[两各多]国(?!语)|(?<!第)[两三四五六七八九十][市县省州地](?=[文政党人教卫商科交农水法税公]|$)|^[两三四五六七八九十]大(?!连|学)"
)
_LONGEST_END = 16  # characters of the longest word that ends a name
# 第九届
_ORDINAL = re.compile(r"第[一二三四五六七八九十百零0-9]{1,4}届$")
_QUOTES = "\"'“”‘’「」『』"


@dataclass(frozen=True, slots=True)
class Body:
    """text[start:end] names an organisation; the score says how sure that is."""

    start: int
    end: int
    score: float
    is_place: bool = False


def set_boundaries(text: str, bodies: Sequence[Body], names: Sequence[NameSpan]) -> list[Body]:
    """Run every rule of this file, in order."""
    found = list(bodies)
    found = [_close_bracket(text, b) for b in found]
    found = [_extend(text, b, names) for b in found]
    found = [_cut_verb(text, b) for b in found]
    found = _join_parts(text, found, names)
    found = [part for b in found for part in _split(text, b, names)]
    found = [_trim_lead(text, b) for b in found]
    found = [_trim_unit(text, b) for b in found]
    found = [_trim_person(text, b) for b in found]
    found = [_trim_project(text, b) for b in found]
    found = [_trim_quotes(text, b) for b in found]
    return keep_longest([b for b in found if is_name(text, b)])


def keep_longest(bodies: Sequence[Body]) -> list[Body]:
    """Of overlapping bodies keep the longest, in order of the text."""
    kept: list[Body] = []
    for body in sorted(bodies, key=lambda b: (b.start - b.end, b.start, -b.score)):
        # what is kept does not overlap, so that the last to begin before this one ends is the last to end
        at = bisect_left(kept, body.end, key=_start_of)
        if at == 0 or kept[at - 1].end <= body.start:
            kept.insert(at, body)
    return kept


def _start_of(body: Body) -> int:
    return body.start


def is_ended(name: str) -> bool:
    """Say whether a name ends as full names of bodies do."""
    return bool(at_end(_FILE, "suffix", "name").search(name))


def is_name(text: str, body: Body) -> bool:
    """Say whether a span is a name and not a common word: 多家公司 and 有关部门 are none."""
    name = text[body.start : body.end]
    if len(name) < 2 or anywhere(_FILE, "generic").fullmatch(name):
        return False
    count = COUNT.match(name)
    if count and count.group()[0] not in "一1":
        return False
    name = name[count.end() :] if count else name
    if _COUNTED.search(name):
        return False
    head = anywhere(_FILE, "quantifier").match(name)
    while head and not anywhere(_FILE, "common").fullmatch(name):
        name = name[head.end() :]
        head = anywhere(_FILE, "quantifier").match(name)
    if anywhere(_FILE, "common", "generic").fullmatch(name):
        return False
    name = text[body.start : body.end]
    if not is_ended(name) and anywhere(_FILE, "tail").match(text, body.end):
        return not _starts_with_place(name)
    return bool(name.strip())


def _starts_with_place(name: str) -> bool:
    return any(areas_named(name[:size]) for size in range(2, min(len(name), 6) + 1))


def with_post(text: str, body: Body) -> Body:
    """Take in who keeps an office abroad: 中国驻|肯尼亚使馆."""
    posted = _POSTED_TO.search(text, max(0, body.start - 3), body.start)
    is_office = posted is not None and bool(at_end(_FILE, "suffix").search(text[body.start : body.end]))
    return replace(body, start=posted.start()) if posted and is_office else body


def _close_bracket(text: str, body: Body) -> Body:
    """天津）有限公司 -> 星汉（天津）有限公司; 星汉（天津 -> 星汉（天津）."""
    name = text[body.start : body.end]
    first = next((i for i, c in enumerate(name) if c in _OPEN + _CLOSE), -1)
    if first >= 0 and name[first] in _CLOSE:
        opening = max(text.rfind(c, max(0, body.start - 12), body.start) for c in _OPEN)
        before = _BEFORE.search(text, max(0, opening - 16), opening) if opening > 0 else None
        if before:
            return replace(body, start=_after_breaker(text, before.start(), opening))
    depth = sum(c in _OPEN for c in name) - sum(c in _CLOSE for c in name)
    if depth == 1 and text[body.end : body.end + 1] in tuple(_CLOSE):
        return replace(body, end=body.end + 1)
    if depth == 1:
        return replace(body, end=body.start + max(name.rfind(c) for c in _OPEN))
    return body


def _after_breaker(text: str, start: int, end: int) -> int:
    for stop in anywhere(_FILE, "breaker", "joint").finditer(text, start, end):
        start = stop.end() if end - stop.end() >= 2 else start
    return start


def _extend(text: str, body: Body, names: Sequence[NameSpan]) -> Body:
    """星汉生物科技|（天津）有限公司, GE航空|中国, 中科院东原物理|所, 第九届|马拉松组委会 -> the whole."""
    start, end = body.start, body.end
    low = max(0, end - _LONGEST_END)
    whole = at_end(_FILE, "suffix").search(text[low:end])
    if whole is not None and low + whole.start() < start:  # 市|水利和|湖泊局
        start = low + whole.start()
        start -= (
            text[max(0, start - 1) : start] in words_of(_FILE, "admin")
            and not text[start - 2 : start - 1].isalpha()
        )
    ordinal = _ORDINAL.search(text, max(0, start - 7), start)
    if ordinal and at_end(_FILE, "convened").search(text[start:end]):
        start = ordinal.start()
    if text[start : start + 1].isascii():
        scope = next((n.end for n in names if n.label == "LOC" and n.start == end), end)
        end = scope if text[end:scope] in words_of(_FILE, "scope") else end
    posted = _POSTED.match(text, end)
    end = posted.end() if posted else end
    letter = anywhere(_FILE, "tail_letter").match(text, end)
    if letter and _wants_letter(text, start, end):
        end = letter.end()
    bracket = _BRACKET.match(text, end)
    suffix = anywhere(_FILE, "suffix").match(text, bracket.end() if bracket else end)
    branch = _branch().match(text, bracket.end()) if bracket and areas_named(bracket.group()[1:-1]) else None
    if suffix and (bracket or _is_part(suffix.group())):
        end = suffix.end()
    elif branch and not _broken().search(branch.group("trade")):
        end = branch.end()
    elif not bracket and at_end(_FILE, "parent").search(text[start:end]):
        institute = _institute().match(text, end)
        is_name_ = (
            institute and not _verbs().find(institute.group()) and not _broken().search(institute.group())
        )
        end = institute.end() if institute and is_name_ else end
    elif bracket and _is_campus(text[start:end], bracket.group()[1:-1]):
        end = bracket.end()
    return replace(body, start=start, end=end)


@cache
def _branch() -> re.Pattern[str]:
    """Match what ends the name of a firm after its place: 青禾（天津）|网络有限公司."""
    firms = [
        w for e in lexicon.load(_FILE) if e.kind == "suffix" and e.get("body") == "company" for w in e.words
    ]
    ends = "|".join(map(re.escape, sorted((w for w in firms if len(w) > 3), key=len, reverse=True)))
    return re.compile(f"(?P<trade>[一-鿿]{{1,10}}?)(?:{ends})")


@cache
def _institute() -> re.Pattern[str]:
    """Match the institute inside an academy: 东湾分院|深海装备研究所."""
    kinds = "|".join(map(re.escape, words_of(_FILE, "institute")))
    return re.compile(f"[一-鿿]{{2,12}}?(?:{kinds})")


def _broken() -> WordList:
    return anywhere(_FILE, "particle", "breaker", "joint", "deal", "act", "quantifier")


def _is_campus(name: str, place: str) -> bool:
    """Say whether a bracketed place tells a school or hospital from its namesake: 东原矿业大学（北京）."""
    return bool(at_end(_FILE, "campus").search(name)) and bool(areas_named(place))


def _wants_letter(text: str, start: int, end: int) -> bool:
    """Say whether 中科院东原物理 lacks its 所: it opens with a known body and has no end, nor does a post follow."""
    is_open = not is_ended(text[start:end]) and not at_end(_FILE, "tail_letter").search(text[start:end])
    return (
        is_open
        and bool(anywhere(_FILE, "name").match(text, start))
        and not anywhere("people", "title").match(text, end)
    )


def _cut_verb(text: str, body: Body) -> Body:
    """东原大学|在会展中心, 星汉科技|共建创新中心 -> what stands before the verb, where that is a name by itself."""
    name = text[body.start : body.end]
    for verb in _verbs().find(name):
        left = name[: verb.start]
        is_scene = text[max(0, body.start - 1) : body.start] in ("在", "于", "赴")
        if verb.end == len(name) and (areas_named(left) or (is_scene and len(left) <= 3)):
            return replace(body, end=body.start)
        if len(left) >= 3 and (is_ended(left) or at_end(_FILE, "short").search(left)):
            return replace(body, end=body.start + verb.start)
    return body


@cache
def _verbs() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load(_FILE) if e.kind == "verb")


def _is_part(word: str) -> bool:
    """Say whether a word right after a body is a part of it: 东原大学|图书馆, and not 北岭集团|党委."""
    return len(word) >= 3 and not anywhere(_FILE, "unit", "generic").fullmatch(word)


def _join_parts(text: str, bodies: list[Body], names: Sequence[NameSpan]) -> list[Body]:
    """国际货币|与|金融委员会 and 东原大学|创意与|艺术学院 are one body each; 江西|省|教育厅 too."""
    places = [Body(n.start, n.end, n.score) for n in names if n.label == "LOC"]
    out: list[Body] = []
    for body in sorted(bodies, key=lambda b: b.start):
        last = out[-1] if out else None
        place = next((p for p in places if p.end == body.start or _is_hyphen(text, p.end, body.start)), None)
        if last and _is_one(text, last, body, names):
            out[-1] = replace(last, end=body.end, score=min(last.score, body.score))
        elif place and (not last or last.end <= place.start) and not _has_place(text, body):
            out.append(replace(body, start=place.start))
        else:
            out.append(body)
    return out


def _is_hyphen(text: str, left: int, right: int) -> bool:
    return right - left == 1 and text[left] in "-－—·"


def _has_place(text: str, body: Body) -> bool:
    return text[body.start : body.end].startswith(("中国", "国家"))


def _is_one(text: str, left: Body, right: Body, names: Sequence[NameSpan]) -> bool:
    gap = text[left.end : right.start]
    if len(gap) > 7:
        return False
    if any(left.end <= n.start and n.end <= right.start for n in names) or anywhere("people", "title").match(
        gap
    ):
        return False
    if not gap:
        return is_ended(text[right.start : right.end]) and text[right.start : right.end] not in words_of(
            _FILE, "name"
        )
    joint = anywhere(_FILE, "joint").search(gap)
    if not joint or joint.end() != len(gap) or anywhere(_FILE, "particle", "deal").search(gap):
        return False
    whole = at_end(_FILE, "suffix").search(text[left.start : right.end])
    if whole is not None and left.start + whole.start() < left.end:
        return True
    name = text[left.start : left.end]
    is_unit = is_ended(text[right.start : right.end]) and not _starts_with_place(
        text[right.start : right.end]
    )
    if joint.start() == 0:
        return is_unit and not is_ended(name) and _is_open(name) and len(joint.group()) == 1
    return is_unit and gap[: joint.start()].isalpha() and is_ended(name)


def _is_open(name: str) -> bool:
    """国际货币, 中国质量: begins as a full name does and has no end of any kind."""
    return (
        len(name) >= 4
        and not at_end(_FILE, "short", "seat").search(name)
        and bool(anywhere(_FILE, "scope").match(name))
    )


def _split(text: str, body: Body, names: Sequence[NameSpan]) -> list[Body]:
    """东原大学与星汉集团 -> two bodies, where what stands before the conjunction is a name by itself."""
    name = text[body.start : body.end]
    for joint in anywhere(_FILE, "joint").finditer(name):
        left, right = _without_trail(name[: joint.start()]), name[joint.end() :]
        whole = at_end(_FILE, "suffix").search(name)
        if whole is not None and whole.start() < joint.start():
            continue
        if len(left) < 2 or len(right) < 3 or not (is_ended(right) or at_end(_FILE, "short").search(right)):
            continue
        is_place = bool(areas_named(left)) or bool(at_end(_FILE, "seat").search(left))
        is_place = is_place and joint.group() not in words_of(_FILE, "compound")
        is_firm = joint.group() in words_of(_FILE, "compound") and is_brand(left) and is_ended(right)
        if is_ended(left) or is_place or is_firm or _is_elsewhere(text, left, body, names):
            at = body.start + len(left)
            first = replace(body, end=at, is_place=is_place and not is_ended(left))
            return [first, *_split(text, replace(body, start=body.start + joint.end()), names)]
    return [body]


def _without_trail(name: str) -> str:
    """Drop the time word between a first side and its joint: 东原大学|今日|与."""
    trail = at_end(_FILE, "trail").search(name)
    return name[: trail.start()] if trail and trail.start() >= 2 else name


def _is_elsewhere(text: str, name: str, body: Body, names: Sequence[NameSpan]) -> bool:
    """Say whether a name is marked outside a body."""
    return any(text[n.start : n.end] == name for n in names if n.end <= body.start or body.end <= n.start)


def _trim_lead(text: str, body: Body) -> Body:
    """全资子公司星汉科技 -> 星汉科技; a lead of one letter goes only where the rest is a known end."""
    for cut in anywhere(_FILE, "cut").finditer(text, body.start, body.end):
        if is_ended(text[cut.end() : body.end]) and body.end - cut.end() >= 3:
            body = replace(body, start=cut.end())
    start = after_owner(text, after_maker(text, body.start, body.end), body.end)
    body = replace(body, start=after_side(text, start, body.end))
    lead = anywhere(_FILE, "lead").match(text, body.start, body.end)
    if not lead or body.end - lead.end() < 3:
        return body
    rest = text[lead.end() : body.end]
    is_between = is_ended(text[max(0, body.start - 12) : body.start])
    if len(lead.group()) == 1 and not is_between and not _starts_with_place(rest):
        return body
    return replace(body, start=lead.end()) if is_ended(rest) or len(rest) >= 4 else body


def _trim_unit(text: str, body: Body) -> Body:
    """星汉集团党委|书记 -> 星汉集团: the party unit before a post belongs to the post, except of a place."""
    unit = at_end(_FILE, "unit").search(text[body.start : body.end])
    if not unit or unit.start() < 2 or not anywhere("people", "title", "post").match(text, body.end):
        return body
    rest = text[body.start : body.start + unit.start()]
    return body if areas_named(rest) else replace(body, end=body.start + unit.start())


def _trim_person(text: str, body: Body) -> Body:
    """东原大学周立新|校长 -> 东原大学: a name between a body and a title is a person's."""
    if is_ended(text[body.start : body.end]) or not anywhere("people", "title", "act").match(text, body.end):
        return body
    for size in (3, 2):
        at = body.end - size
        if (
            at - body.start >= 3
            and text[at] in words_of("people", "surname")
            and is_ended(text[body.start : at])
        ):
            return replace(body, end=at)
    return body


def _trim_project(text: str, body: Body) -> Body:
    """东原医药集团|海北总部（青川）项目 -> 东原医药集团: what is built is named after who builds it."""
    bracket = _BRACKET.match(text, body.end)
    name = text[body.start : body.end]
    if is_ended(name) or not anywhere(_FILE, "project").match(text, bracket.end() if bracket else body.end):
        return body
    for size in range(len(name) - 2, 3, -1):
        if is_ended(name[:size]):
            return replace(body, end=body.start + size)
    return body


def _trim_quotes(text: str, body: Body) -> Body:
    start, end = body.start, body.end
    edge = _EDGE.match(text, start, end)
    start = edge.end() if edge else start
    trail = at_end(_FILE, "trail").search(text[start:end])
    end = start + trail.start() if trail and trail.start() >= 2 else end
    while end > start and (text[end - 1] in _QUOTES or text[end - 1].isspace()):
        end -= 1
    return replace(body, start=start, end=end)
