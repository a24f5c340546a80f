"""Names of occasions in a text: 第三届山海论坛, “碧水行动”启动仪式, 甲市与乙集团战略合作签约仪式; text in, named spans out.

A name is found from its last word (论坛, 签约仪式) leftwards, to the first thing that cannot belong to it: a stop, a
date, a word of telling (出席, 举行, 由, 在). What is too general to be a name (本届论坛, 会议) is marked as such.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import itemgetter

from timeline import lexicon
from timeline.pipes.words.vocabulary import Hit, Vocabulary
from timeline.pipes.words.wording import anywhere, words_of
from timeline.records import EventType

_STOP = frozenset("，。；！？、：:;!?\n\t,|>【】[]{}=<_#*↓→★")
_OPENERS = {
    "》": "《",
    "”": "“",
    "」": "「",
    "』": "『",
    "）": "（",
    ")": "(",
    "’": "‘",
    "〉": "〈",
    '"': '"',
}
_CLOSER = {opener: closer for closer, opener in _OPENERS.items()}
_LIMIT = 70
# What makes of an opening the name of a part: 开幕|式, 揭幕|战
_CEREMONY = re.compile(r"[式词战]")
_NEAR = 18  # characters between a short name and the verb that opens or closes it
_LONG_HEAD = 4  # characters of a last word that says much by itself: 表彰大会
# The count or the year that opens a name: 第三届 | 首届 | 下届 | 2021 | 2016 年 | 2023·
_OPENING = re.compile(
    r"""第 \s* [0-9〇零一二三四五六七八九十百]{1,5} \s* (?:届|次|期|回|场|轮)  # 第三届
      | 首届 | 首次 | 下一?届 | 第[0-9]+屆
      | (?<![0-9一二三四五六七八九十])[0-9一二三四五六七八九十]{1,3}届(?=[^，。；]{0,12}次(?:全体)?会议)  # 十四届人大一次会议
      | (?<![0-9]) (?:19|20)\d{2} (?: \s? [（(][春夏秋冬上下][）)] )? \s? (?:年度|年)? (?![0-9月日./:：-])""",
    re.VERBOSE,
)
# A year that is a date of its own, not a part of the name: 2021年5月 | 2021年，
_CALENDAR = re.compile(
    r"\d{1,2}\s?月(?:份)?(?:\s?\d{1,2}\s?[日号])?|\d{1,2}\s?[日号](?=[\u4e00-\u9fff“ ])|[今昨明前][天日晚]|上午|下午|晚间"
)
# 全国人大常委会|第六次会议: a body, whose sitting is told apart by whose it is
_NAME_BEFORE = re.compile(r"[会院府组盟社区]$")
_CONTENT = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_BLANKS = re.compile(r"\s+")
_QUOTED = re.compile(r"[“「『《].+[”」』》]", re.DOTALL)
# What does not count where names are compared: “青禾”论坛 is 青禾论坛
_FOLDED = re.compile(r"[\s“”「」『』‘’\"'·•—\-–()（）《》，,、:：]")
# A name's second half: 暨第二届… | ——某某论坛 | 之开源专场 | 2023年年会 | （春季）
_BRACKET_AFTER = re.compile(r"\s?[（(][^（()）\n]{1,20}[）)]")
# How many of them: 十五场 | 6场 | 多个 | 一系列 | 各类
_COUNTED = re.compile(
    r"首[场轮]|[0-9多数几]{1,2}届(?!.{0,20}次)|(?:[0-9〇零一二三四五六七八九十百千两]+余?|多|数|几|各|每|若干|一系?)(?:场|个|次|项|批|系列|类|种|轮|余|多?[名位家人所])"
)
# A number of them inside: 板块下共计22场|分论坛, 共组织96场|签约活动
_MANY = re.compile(r"(?<![第0-9一二三四五六七八九十百])[0-9一二两三四五六七八九十百]+余?(?:场|批)")
_JOINTS = frozenset("和与及或对同")
# What a name does not begin with: ——, a joint, a byline in brackets
_LEADING = re.compile(
    r"(?:[—\-·\s]+ | [电讯]\s | [式会]暨 | 作为 | [和与及或暨同予而之距] | [（(][^（()）]{1,20}[）)])+",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A named occasion, or a word that points back to one (`is_named` False); `is_weak` where its last word says little."""

    start: int
    end: int
    name: str
    type: EventType
    head: str
    is_named: bool
    is_anaphor: bool
    parts: tuple[tuple[int, int, EventType], ...] = ()
    is_weak: bool = False


def find_occasions(text: str) -> list[Occasion]:
    """List the occasions of a text in order, without overlaps.

    >>> [o.name for o in find_occasions("5月8日，第三届山海论坛在江城举行，与会者高度评价本届论坛。")]
    ['第三届山海论坛', '论坛']
    """
    heads = _heads().find(text)
    if not heads:
        return []
    chains = [chain for chain in _chains(text, heads) if not chain[-1].entry.get("part")]
    before = ((max(0, chain[0].start - _LIMIT), chain[0].start) for chain in chains)
    stops = _boundaries().find_spans_in(text, before)
    out: list[Occasion] = []
    for chain in chains:
        floor = out[-1].end if out else 0
        start = _left_edge(text, chain, floor, stops)
        occasion = _occasion(text, start, chain)
        if occasion is not None:
            out.append(occasion)
    return out


def halves(text: str, occasion: Occasion) -> list[Occasion]:
    """Split 甲签约仪式暨2017乙论坛, two occasions held at once, where the second half opens with its own year or count."""
    if len(occasion.parts) == 2 and {p[2] for p in occasion.parts} >= {"signing"}:
        (_, cut, first), (_, _, second) = occasion.parts
        joint = re.compile(r"\s*暨\s*").match(text, cut)
        if first != second and joint and _OPENING.match(text, joint.end()):
            left, right = text[occasion.start : cut], text[joint.end() : occasion.end]
            return [
                replace(occasion, end=cut, name=left.strip(), type=first, parts=occasion.parts[:1]),
                replace(
                    occasion, start=joint.end(), name=right.strip(), type=second, parts=occasion.parts[1:]
                ),
            ]
    return [occasion]


def stops_in(phrase: str) -> bool:
    """Say whether a phrase holds a word that no name reaches across: 出席, 将, 到."""
    return bool(_boundaries().find_spans(phrase))


def stops_inside(phrase: str) -> bool:
    """Say whether such a word stands behind the first character of a phrase, which can be a part of another: 日|本."""
    return any(hit.start > 0 for hit in _boundaries().find(phrase))


def has_own_mark(name: str) -> bool:
    """Say whether a name has its own count, year or quotation marks: 第三届…论坛, “碧水”行动."""
    return bool(_OPENING.search(name) or _QUOTED.search(name))


@lru_cache(maxsize=4096)  # the names of a page are compared with each other
def fold_name(name: str) -> str:
    """Strip a name of blanks, quotation marks and joints, for comparing."""
    return _FOLDED.sub("", name).lower()


def _occasion(text: str, start: int, chain: list[Hit]) -> Occasion | None:
    last = chain[-1]
    end = last.end
    bracket = _BRACKET_AFTER.match(text, end)
    if bracket and bracket.group().strip(" （()）").isascii():
        end = bracket.end()
    end = _closing_quote(text, start, end)
    start, end = _balance(text, start, end)
    name = _BLANKS.sub(" ", text[start:end].replace("\n", "")).strip()
    if not name:
        return None
    hits = [h for h in chain if h.start >= start]
    parts = tuple((h.start, h.end, _type(h)) for h in hits) or ((last.start, last.end, _type(last)),)
    is_anaphor = _is_anaphor(text, start)
    head = next((h for h in reversed(hits) if not h.entry.get("strict") and not h.entry.get("part")), last)
    is_named = not is_anaphor and (_is_name(name, last, head) or _is_short_name(text, end, name, last))
    weak = bool(last.entry.get("weak"))
    if len(last.word) == 1 and not is_named:
        return None
    return Occasion(
        start, end, name, _joint_type(hits or [last]), last.word, is_named, is_anaphor, parts, weak
    )


def _chains(text: str, hits: Sequence[Hit]) -> list[list[Hit]]:
    """Join heads that make one name: 推介会暨签约仪式, 大会分论坛——某某论坛."""
    chains: list[list[Hit]] = []
    for hit in hits:
        if chains and _is_joined(text, chains[-1][-1], hit):
            chains[-1].append(hit)
        else:
            chains.append([hit])
    return chains


def _is_joined(text: str, left: Hit, right: Hit) -> bool:
    between = text[left.end : right.start]
    if len(between) > 45 or any(c in "，。；！？、,;!?\n" for c in _BLANKS.sub("", _quoted_out(between))):
        return False
    if "的" in _quoted_out(between) or stops_in(_quoted_out(between)):
        return False
    joint = between.lstrip('”」』》）)" ')
    if left.entry.get("part"):
        return joint.startswith("暨") or not between  # 签约|授牌仪式
    return joint.startswith(("暨", "——", "—", "--", "之", "·")) or _opens_inside(joint) or not joint


def _opens_inside(joint: str) -> bool:
    """Say whether a name goes on after a head: 论坛2023年年会, 大会数字金融创新论坛."""
    return (
        len(joint) <= 25
        and joint[:1] not in _JOINTS
        and bool(re.match(r"[\u4e00-\u9fff0-9A-Za-z]", joint))
        and not _CALENDAR.match(joint)
    )


def _quoted_out(text: str) -> str:
    return re.sub(r"“[^“”]*”|「[^「」]*」|《[^《》]*》|『[^『』]*』", "", text)


def _left_edge(text: str, chain: Sequence[Hit], floor: int, stops: Sequence[tuple[int, int]]) -> int:
    """Walk left from the first head to where its name must begin, past a mark that closes in the name (首届“某论坛”)."""
    head, end = chain[0], chain[-1].end
    low = max(floor, head.start - _LIMIT)
    near = stops[bisect_left(stops, (low, low)) : bisect_right(stops, head.start, key=itemgetter(1))]
    ends = {end for _, end in near}
    at = _walk(text, head.start, low, ends)
    mark = text[at - 1 : at]
    if at > low and mark and mark in _CLOSER and text.find(_CLOSER[mark], head.end, end + 1) >= 0:
        at = _walk(text, at - 1, low, ends)
    return _after_date(text, at, head.start, end)


def _walk(text: str, at: int, low: int, ends: set[int]) -> int:
    while at > low:
        char = text[at - 1]
        if char in _OPENERS:
            opened = text.rfind(_OPENERS[char], low, at - 1)
            if opened < 0:
                break
            at = opened
            continue
        if char in _STOP or char == "的" or char in _OPENERS.values():
            break
        if char in " \u3000" and not _keeps_blank(text, at):
            break
        if at in ends:
            break
        at -= 1
    return at


def _keeps_blank(text: str, at: int) -> bool:
    """Keep a blank between figures, Latin letters and what follows them: 2021 全球, Kcon V3 大会, 2016 年."""
    before = text[at - 2] if at >= 2 else ""
    after = text[at] if at < len(text) else ""
    return bool(before) and ((before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum()))


def _after_date(text: str, start: int, end: int, last: int) -> int:
    """Move the edge past a date that the walk took in (5月8日第三届… -> 第三届…), and to the opening count."""
    for match in _CALENDAR.finditer(text, start, end):
        if _is_outside_quotes(text, start, match.start()):
            start = match.end()
    while start < end and text[start] in " \u3000·":
        start += 1
    for match in _OPENING.finditer(text, start, end):
        if not _is_outside_quotes(text, start, match.start()):
            continue
        prefix = text[start : match.start()].strip()
        is_plain = text[match.end() : last].endswith(words_of("roles", "sitting"))
        is_plain = is_plain and bool(_NAME_BEFORE.search(prefix))
        if (len(prefix) > 8 and match.group()[0] in "第首" and not is_plain) or prefix[-1:] in _JOINTS:
            start = match.start()
        break
    lead = _LEADING.match(text, start, end)
    return lead.end() if lead and lead.end() <= end else start


def _is_outside_quotes(text: str, start: int, at: int) -> bool:
    return all(text.count(o, start, at) <= text.count(c, start, at) for c, o in _OPENERS.items() if o != c)


def _closing_quote(text: str, start: int, end: int) -> int:
    """Take in the mark that closes a name quoted as a whole: “第八届…论坛”."""
    while end < len(text) and text[end] in _OPENERS and text[end] != '"':
        opened = text.rfind(_OPENERS[text[end]], max(0, start - 1), end)
        if opened < 0:
            break
        end += 1
    return end


def _balance(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in an opening mark just left of the name when its closing mark is the name's last or inner sign."""
    if end > start and text[end - 1] in _OPENERS and start > 0 and text[start - 1] == _OPENERS[text[end - 1]]:
        return start - 1, end
    return start, end


def _is_anaphor(text: str, start: int) -> bool:
    return any(text.startswith(_anaphors(), at) for at in range(max(0, start - 3), start + 1))


def _is_name(name: str, last: Hit, head: Hit) -> bool:
    inner = fold_name(name)
    own = inner[: len(inner) - len(fold_name(last.word))] if inner.endswith(fold_name(last.word)) else inner
    if _COUNTED.match(name) or _MANY.search(name) or _procedures().search(name):
        return False
    if _OPENING.search(name) or (_QUOTED.search(name) and len(own) >= 2):
        return True
    if head.entry.get("strict"):
        return False
    is_telling = len(last.word) >= _LONG_HEAD and last.entry.kind != "other"
    usual = 6 if head.entry.get("weak") else 3 if is_telling else 4
    needed = int(str(head.entry.get("own", usual)))
    return len(_CONTENT.findall(own)) >= needed


def _is_short_name(text: str, end: int, name: str, last: Hit) -> bool:
    """Say whether a name too short for one is opened or closed as only occasions are: 江城灯会|昨日开幕."""
    if last.entry.get("weak") and len(last.word) > 1:
        return False
    kinds = ("festive", "exhibits") if last.entry.kind == "expo" else ("festive",)
    verb = anywhere("roles", *kinds).search(text, end, end + _NEAR)
    if verb is None or any(c in _STOP or c == "的" for c in text[end : verb.start()]):
        return False
    if _CEREMONY.match(text, verb.end()) or text.startswith(words_of("roles", "spent"), verb.end()):
        return False
    if _COUNTED.match(name) or _MANY.search(name) or _procedures().search(name):
        return False
    own = fold_name(name).removesuffix(fold_name(last.word))
    needed = 2 if last.entry.kind == "expo" or len(last.word) > 1 else 4
    return len(_CONTENT.findall(own)) >= needed


def _type(hit: Hit) -> EventType:
    kind: EventType = hit.entry.kind  # type: ignore[assignment]
    return kind


def _joint_type(hits: Sequence[Hit]) -> EventType:
    """Give the type of a name with several heads: a signing is a signing whatever it is joined with."""
    strong = [h for h in hits if not h.entry.get("weak")] or list(hits)
    kinds = [_type(h) for h in strong]
    for kind in ("signing", "forum"):
        if kind in kinds and len(kinds) > 1:
            return kind
    return next((kind for kind in reversed(kinds) if kind != "other"), "other")


@cache
def _procedures() -> re.Pattern[str]:
    """Match what makes a sitting mere procedure: 第五届董事会第十二次会议."""
    words = [w for e in lexicon.load("occasions") if e.kind == "procedure" for w in e.words]
    return re.compile(rf"(?:{'|'.join(words)})[^，。]{{0,16}}会议$")


@cache
def _heads() -> Vocabulary:
    entries = lexicon.load("occasions")
    friends = [w for e in entries if e.kind == "false_friend" for w in e.words]
    return Vocabulary(
        lexicon.Entry(
            e.words, e.kind, e.examples, (), {**e.attributes, "pseudo": [*friends, *e.get("pseudo", ())]}
        )
        for e in entries
        if e.kind not in ("false_friend", "boundary", "anaphor", "tail", "sub", "procedure")
    )


@cache
def _boundaries() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load("occasions") if e.kind == "boundary")


@cache
def _anaphors() -> tuple[str, ...]:
    return tuple(w for e in lexicon.load("occasions") if e.kind == "anaphor" for w in e.words)
