"""Bodies by their place in a sentence: A与B签署, 由A、B主办; a text with a trigger or role word in, the spans of the names out.

A name that the tagger misses or cuts short is still one when grammar frames it; what carries a verb, a count or a
pronoun is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from timeline import lexicon
from timeline.pipes.entities.gazetteer import areas_named
from timeline.pipes.roles.frames import is_pronoun, name_in
from timeline.pipes.tellings.drafts import Telling
from timeline.pipes.tellings.phrases import Range, ends_as_body, trim_adverbs
from timeline.pipes.words.layout import find_clauses
from timeline.pipes.words.vocabulary import Vocabulary
from timeline.pipes.words.wording import anywhere, at_end, words_of

# Where the second side of A与B ends: 与乙集团|在江城签署, 与乙集团|就…
_SIDE_END = re.compile(
    r"[，。；！？（(\n]|提供|捐|赠|在|于|就|关于|正式|成功|共同|双方|举行|达成|联合|分别|签|共建|携手|合作|牵手|为|以|今[天日签举]|昨|日前|近日|宣布|进行|展开|将|互"
)
_REST = 14  # characters of a name behind a word inside it
# 甲集团、乙科技、丙大学 + 等6家单位
_LISTED = re.compile(
    r"(?P<items>[^，。；：]{2,120}?)(?:等[0-9一二三四五六七八九十百数多]+余?(?:家|所)(?:公司|企业|单位|机构|高校|院校|银行)?|[三四五六七八九]方|[两三四五六七八九][市县地省国校区州](?:[\u4e00-\u9fff]{0,6}(?:部门|政府|党委|代表))?)$"
)
# 江城集团|在会展中心
_WHERE = re.compile(r"(?<![现存])[在于][^，。；、]{1,20}$")
# 等多家机构 | 等 | 等单位 | 五方 | 3家公司
_TAIL = re.compile(
    r"(?:等[0-9一二两三四五六七八九十多几]*(?:家|个)?(?:单位|机构|部门|企业|公司|方)?|[0-9一二两三四五六七八九十多几]+(?:家|个)(?:单位|机构|部门|企业|公司)?|[两三四五六七八九]方)$"
)
# 宁远县|6家
_COUNT = re.compile(r"(?<!等)[0-9一二两三四五六七八九十多几]+余?[家个所]$")
# 台中17日|电）
_WIRE = re.compile(r"(?:电|讯)[）)]\s*")
_FEWEST = 3  # places that make a list of sides without a count
_MOST_JOINTS = 6
_LONGEST_LIST = 90  # characters of a list between two role words
_JOINED = re.compile(r"、|以及|和|与|及|联合|携手|会同|[，,]")
_BRACKETED = re.compile(r"[（(][^（）()]{0,40}[）)]")


def find_sides(
    text: str, telling: Telling, times: Sequence[Range], known: Sequence[Range] = ()
) -> list[Range]:
    """Find the two sides of A与B before a trigger, in its own clause or the one before; a joint inside a known body joins nothing."""
    clauses = [
        c for c in find_clauses(text, telling.sentence.start, telling.sentence.end) if c[0] < telling.start
    ]
    for low, high in reversed(clauses[-2:]):
        found = _sides(text, low, min(high, telling.start), times, known, gives=telling.type == "other")
        if found:
            return found
    return []


def find_list_sides(text: str, telling: Telling, times: Sequence[Range]) -> list[Range]:
    """Find the items of a list that ends by its count before a trigger: A、B、C等6家公司|签署, A、B、C三方|签署."""
    low = max(
        (end for _, end in times if telling.clause[0] <= end < telling.start), default=telling.clause[0]
    )
    edge = trim_adverbs(text, low, telling.start)
    counted = _LISTED.search(text, *edge) if edge else None
    if counted:
        return _items(text, *counted.span("items"))
    return _listed_places(text, *edge) or _listed_bodies(text, *edge) if edge else []


def _listed_bodies(text: str, low: int, high: int) -> list[Range]:
    """Find the items of a list that all end as bodies do: 市检察院、区教体局、区妇联|会签."""
    where = _WHERE.search(text, low, high)
    items = _items(text, low, where.start() if where else high)
    return items if len(items) > 1 and all(ends_as_body(text[slice(*item)]) for item in items) else []


def find_counted(text: str, cue: int, floor: int) -> list[Range]:
    """Find the items of a counted list before a role word: A、B、C等12家单位|共同发起."""
    low = max(floor, max(text.rfind(mark, 0, cue) for mark in "，。；：！？\n") + 1)
    edge = trim_adverbs(text, low, cue)
    counted = _LISTED.search(text, *edge) if edge else None
    if counted is None:
        return []
    start, end = counted.span("items")
    for kind in ("also", "beside"):  # 并|与|甲集团、乙银行
        more = anywhere("roles", kind).match(text, start, end)
        start = more.end() if more else start
    return _items(text, start, end)


def _listed_places(text: str, low: int, high: int) -> list[Range]:
    """Find the items of a list of places whose last is the department of one: 甲市、乙市、丙市文旅局|在丁签署."""
    where = _WHERE.search(text, low, high)
    items = _items(text, low, where.start() if where else high)
    places = [bool(areas_named(text[s:e])) for s, e in items]
    is_list = len(items) >= _FEWEST and all(places[:-1]) and ends_as_body(text[slice(*items[-1])])
    return items if is_list else []


def sides_in(text: str, low: int, high: int) -> list[Range]:
    """Find the two sides of A与B in a name: 甲大学与乙集团|战略合作签约仪式."""
    return _sides(text, low, high, (), ())


def find_listed(text: str, cue: int, floor: int, known: Sequence[Range]) -> list[Range]:
    """Find the names between 由 and a role word, 由A、B和C|主办; a joint inside a known body splits nothing."""
    opened = text.rfind("由", max(floor, cue - 120), cue)
    if opened < 0 or any(c in "。；！？\n" for c in text[opened:cue]):
        return []
    return _listed_between(text, opened + 1, cue, known)


def _listed_between(text: str, low: int, high: int, known: Sequence[Range]) -> list[Range]:
    edge = trim_adverbs(text, low, high)
    if edge is None:
        return []
    low, high = edge
    high = _without_tail(text, low, high)
    out, at = [], low
    inner = _masked(text[low:high])
    for match in _JOINED.finditer(inner):
        if any(s < low + match.start() and low + match.end() < e for s, e in known):
            continue
        if match.group() == "及" and not _ends_side(text[at : low + match.start()]):
            continue
        out.append((at, low + match.start()))
        at = low + match.end()
    out.append((at, high))
    return [s for s in (name_in(text, *pair) for pair in out) if s is not None]


def find_next_listed(text: str, cue: int, floor: int, known: Sequence[Range]) -> list[Range]:
    """Find the names between one role word and the next: 由A主办，|B、C|承办; none where anything else is told between."""
    low = floor + 1
    if text[floor : floor + 1] not in ("，", "、", ",", "；") or cue - low > _LONGEST_LIST:
        return []
    if any(c in "，。；！？,\n" for c in text[low:cue]):
        return []
    return _listed_between(text, low, cue, known)


def _sides(
    text: str, low: int, high: int, times: Sequence[Range], known: Sequence[Range], *, gives: bool = False
) -> list[Range]:
    words = _joints() if not gives else _givers()
    hits = [h for h in words.find(_masked(text[low:high])) if h.start > 1]
    hits = [h for h in hits if not any(s < low + h.start and low + h.end < e for s, e in known)]
    # 及 stands in names more often than between sides: 运输及物流局|与|海湾铁路公司
    for hit in sorted(hits[-_MOST_JOINTS:], key=lambda h: h.word in ("及", "以及")):
        lefts = _lefts(text, low, low + hit.start, times)
        rights = _rights(text, low + hit.end, high, times)
        if lefts and rights:
            return [*lefts, *rights]
        if lefts and any(s == low + hit.end for s, _ in known) and text[lefts[0][0]] != "在":
            return lefts  # 甲集团、乙科技与|学校, of which the bodies found tell the second
        if rights and (len(hits) == 1 or _points_back(text, low, low + hit.start)):
            return rights
    return []


def _points_back(text: str, low: int, high: int) -> bool:
    """Say whether the first side is only a word for somebody named before: 公司|与, 我校|与."""
    edge = trim_adverbs(text, low, high)
    return edge is not None and any(is_pronoun(text[max(edge[0], edge[1] - n) : edge[1]]) for n in (2, 3))


def _lefts(text: str, low: int, high: int, times: Sequence[Range]) -> list[Range]:
    for start, end in sorted(times):
        if low <= start and end <= high:
            if high - end <= 2:
                high = start
            else:
                low = end
    while high > low and text[high - 1] in "（(今天昨日前近":
        high -= 1
    edge = trim_adverbs(text, low, high)
    if edge is None:
        return []
    low = edge[0]
    high = edge[1] + 1 if text[edge[1] : high] == "新" else edge[1]
    where = _WHERE.search(text, low, high)
    high = where.start() if where and where.start() - low >= 2 else high
    bracket = _BRACKETED.search(text, low, high)
    if bracket and bracket.end() == high:
        high = bracket.start()
    wire = _WIRE.match(text, low, high)
    low = wire.end() if wire else low
    for mark in ("——", "】", " -- "):
        at = text.rfind(mark, low, high)
        low = at + len(mark) if at >= 0 else low
    while low < high and text[low] in "）),，)）\"'":
        low += 1
    return _items(text, low, _without_tail(text, low, high))


def _rights(text: str, low: int, high: int, times: Sequence[Range]) -> list[Range]:
    high = min([high, *(start for start, _ in times if start > low + 1)])
    stop = _SIDE_END.search(_masked(text[low:high]), 2)
    end = low + stop.start() if stop else high
    if stop and _COUNT.search(text, low, end):
        return []  # 宁远县6家|合作社
    end = _without_tail(text, low, end)
    both = anywhere("roles", "pair").search(text, low + 2, end)
    end = both.start() if both else end  # 瑙鲁|两国政府
    # 山海|合作论坛常设秘书处
    if anywhere("organizations", "inner").match(text, end) and not ends_as_body(text[low:end]):
        whole = anywhere("organizations", "suffix").search(text, end, min(high, end + _REST))
        end = whole.end() if whole else end
    return _items(text, low, end)


def _items(text: str, low: int, high: int) -> list[Range]:
    """Split A、B及C; what is no name among them falls out."""
    out, at = [], low
    whole = at_end("organizations", "name").search(text[low:high])
    for match in re.finditer("、|以及|及", _masked(text[low:high])):
        if whole is not None and match.start() > whole.start():
            break  # 运输及物流局
        out.append((at, low + match.start()))
        at = low + match.end()
    out.append((at, high))
    return [s for s in (name_in(text, *pair) for pair in out) if s is not None]


def _ends_side(name: str) -> bool:
    """Say whether a side can end before 及: 青禾集团|及, and not 运输|及|物流局."""
    return len(name) >= 4 or ends_as_body(name) or name in words_of("organizations", "name")


def _without_tail(text: str, low: int, high: int) -> int:
    """Drop 等单位, 五方, 等多家机构 from the end of a list."""
    match = _TAIL.search(text, low, high)
    return match.start() if match else high


def _masked(text: str) -> str:
    """Blank what stands in brackets and quotation marks, keeping every offset."""
    return re.sub(
        r"[（(][^（）()]*[）)]|“[^“”]*”|《[^《》]*》|「[^「」]*」", lambda m: "\u25a1" * len(m.group()), text
    )


@cache
def _joints() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load("roles") if e.kind == "with")


@cache
def _givers() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load("roles") if e.kind == "to")
