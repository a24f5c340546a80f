"""Noun phrases around a trigger: who or what stands before it, what stands after it; spans in, spans out, words from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from timeline import lexicon
from timeline.pipes.tellings.drafts import Telling
from timeline.pipes.words.layout import find_clauses

Range = tuple[int, int]

# A place before the verb: 在江西省上饶市 | 于会展中心
_WHERE = re.compile(r"(?<![现存])(?:在|于)[^，。；、的]{1,40}$")
_QUANTITY = re.compile(
    r"(?:约|近|超|共|全部|首批|首|等)?(?:首(?:台|批|个|座|条|家|期|款)(?=.{0,4}$)|(?:[0-9〇零一二三四五六七八九十百千万两.]+|多|数|几|各|每|这|该|此|其)(?:余|多)?"
    r"(?:个|家|项|所|批|座|场|位|名|次|条|处|类|种|地|方|校|支|款|套)|若干|一批|一些|一?系列|有关|相关|上述|双方|各方|该|此|其)"
)
# What stands between 为 and the new body's name: 为在海外新设立两处|工坊揭牌
_NEW = re.compile(
    r"(?:在[^，。]{1,8}?)?(?:新)?(?:设立|成立|组建|建立|落成)的?(?:[一二两三四五六七八九十0-9]+[处个家座所])?"
)
# A count inside a phrase: 全省10000余个重点项目
_COUNTED = re.compile(
    r"(?<![第0-9〇零一二三四五六七八九十百千万两])[0-9〇零一二三四五六七八九十百千万两]+(?:余|多)?(?:(?:个|家|批|座|条|场|位|名|处|款)(?![月国])|项(?!目))"
)
# What makes a year before it that of a number: 2024年|第一批重点项目
_BATCH = re.compile(r"(?<=年)第[0-9一二三四五六七八九十]{1,3}[批轮期]")
# What is said of a thing that is not named: 我省|首家…, 全省|最大…
_DESCRIBED = re.compile(
    r"(?:这?标志着)?[^，“「《]{0,4}?(?:首[个家座条批台款颗艘部支所趟列套单例]|第[一二三四五六七八九十][个家座条]|最大|最长|最高|唯一)"
)
# 揭牌|成立「先进材料研究院」: a second verb before the object
_FOUNDS = re.compile(r"(?:成立|设立|启用)(?=[了“「])")
# What no name holds
_BROKEN = re.compile(r"[！？!?。；]|\.\.\.")
_OPENERS = "“「『《‘"
_CLOSERS = "”」』》’"
_EDGE = re.compile(r"^[\s、，,：:—\-·]+|[\s、，,：:]+$")
_QUOTES = re.compile(r"[“”「」『』‘’\"]")
_BREAK = re.compile(r"\s*\n\s*")
# A bracket that the phrase leaves open: 数据中心（二期
_UNCLOSED = re.compile(r"[（(][^（）()]*$")
# 实训中心|料|明年落成
_EXPECTED = "料"
# 海洋研究所|（筹）
_PENDING = re.compile(r"[（(](?:筹|筹建|筹备|暂定名|暂名)[)）]$")
# What joins the names of bodies: A、B及C | “甲”“乙”
_AND = re.compile(r"、|及|和|与|暨|以及|(?<=[”」])(?=[“「])")


def subject_of(text: str, telling: Telling, times: Sequence[Range]) -> Range | None:
    """Give what stands before the trigger as its subject; for 由A揭牌 and bare verbs, the clause before counts."""
    return next(subjects_of(text, telling, times), None)


def subjects_of(text: str, telling: Telling, times: Sequence[Range]) -> Iterator[Range]:
    """Give what can be the subject, nearest first: one phrase of each of the last three clauses."""
    clauses = [
        c for c in find_clauses(text, telling.sentence.start, telling.sentence.end) if c[0] < telling.start
    ]
    for low, high in reversed(clauses[-3:]):
        span = _bare(text, low, min(high, telling.start), times)
        if span is not None:
            yield span


def object_of(text: str, telling: Telling) -> Range | None:
    """Give what stands after the trigger up to its clause's end, without 了 and 的."""
    start, end = telling.end, telling.clause[1]
    more = _FOUNDS.match(text, start, end)
    start = more.end() if more else start
    while start < end and text[start] in "了的 \n":
        start += 1
    if end > start and text[end - 1] in "。；！？":
        end -= 1
    cut = _joint().search(text, start, end)
    if cut and _is_outside(text, start, cut.start()):
        end = cut.start()
    return _strip(text, start, end)


def within_for(text: str, telling: Telling) -> Range | None:
    """Give the X of 为X揭牌."""
    low = telling.clause[0]
    at = text.rfind("为", low, telling.start)
    if at < 0 or telling.start - at > 60:
        return None
    new = _NEW.match(text, at + 1, telling.start)
    return trim_adverbs(text, new.end() if new else at + 1, telling.start)


def split_bodies(text: str, span: Range) -> list[Range]:
    """Split A、B及C where each part is the name of a body of its own."""
    parts, low = [], span[0]
    for match in _AND.finditer(text[span[0] : span[1]]):
        at, end = span[0] + match.start(), span[0] + match.end()
        if _is_outside(text, low, at) and ends_as_body(text[low:at].strip()) and end < span[1]:
            parts.append((low, at))
            low = end
    parts.append((low, span[1]))
    stripped = [_strip(text, *p) for p in parts]
    return [p for p in stripped if p is not None]


def ends_as_body(phrase: str) -> bool:
    """Say whether a phrase ends as the names of bodies and built things do."""
    bare = _QUOTES.sub("", phrase).rstrip("等》）) ")
    return _UNCLOSED.sub("", bare).endswith(_body_endings())


def ends_as(phrase: str, kind: str) -> bool:
    """Say whether a phrase ends with a word of one kind of roles.yaml."""
    return _QUOTES.sub("", phrase).rstrip("》）) 等").endswith(_words(kind))


def is_specific(phrase: str) -> bool:
    """Say whether a phrase names one thing: no count, no 有关, at least four characters."""
    bare = _QUOTES.sub("", phrase).strip()
    if _BROKEN.search(bare) or phrase.count("《") != phrase.count("》"):
        return False
    return 4 <= len(bare) <= 45 and not _QUANTITY.match(bare) and not _COUNTED.search(bare)


def is_described(phrase: str) -> bool:
    """Say whether a phrase describes one thing instead of naming it: 全国首个数据法庭, 我省最大风电项目."""
    return bool(_DESCRIBED.match(phrase))


def is_numbered(text: str, end: int) -> bool:
    """Say whether a year that ends here is that of a number: 2024年|第一批重点项目."""
    return bool(_BATCH.match(text, end))


def is_common(phrase: str) -> bool:
    """Say whether a phrase is a common noun that names nothing: 重点项目, 自来水厂."""
    return phrase.strip() in _words("common")


def is_counted(phrase: str) -> bool:
    """Say whether a phrase counts things instead of naming one: 25家企业, 多个部门, 双方."""
    return bool(_QUANTITY.match(_QUOTES.sub("", phrase).strip()))


def plain_name(phrase: str) -> str:
    """Drop blanks, line breaks and a pair of quotation marks around a phrase."""
    bare = _PENDING.sub("", _BREAK.sub("", phrase).strip())
    if (
        len(bare) > 2
        and bare[0] in _OPENERS[:3]
        and bare[-1] in _CLOSERS
        and not any(c in _OPENERS for c in bare[1:])
    ):
        bare = bare[1:-1]
    return bare


def _bare(text: str, low: int, high: int, times: Sequence[Range]) -> Range | None:
    """Cut adverbs, places and dates off the end of a clause's beginning, and what only qualifies off its front."""
    before = -1
    while high != before:
        before = high
        found = trim_adverbs(text, low, high)
        if found is None:
            return None
        low, high = found
        where = _WHERE.search(text, low, high)
        if where and _is_outside(text, low, where.start()):
            high = where.start()
        for start, end in times:
            if low <= start < high <= end + 1 and _is_outside(text, low, start):
                high = start - (text[start - 1] == _EXPECTED and start - low > 4)
    for start, end in times:
        if low <= start and end <= high and _is_outside(text, low, start) and not is_numbered(text, end):
            low = end
    rubric = text.rfind("】", low, high)  # 【今日视点】|滨江大桥
    found = trim_adverbs(text, max(low, rubric + 1), high)
    if found is None:
        return None
    low, high = found
    low = _after_attribute(text, low, high)
    byline = _byline().match(text, low, high)
    low = byline.end() if byline else low
    lead = _leading().match(text, low, high)
    low = lead.end() if lead and lead.end() < high else low
    if text[low:high].startswith(("由", "在", "于", "经", "据", "为", "随着", "作为")):
        return None
    return _strip(text, low, high)


def _after_attribute(text: str, low: int, high: int) -> int:
    at = high - 1
    while at > low:
        if text[at] == "的" and _is_outside(text, low, at):
            return at + 1
        at -= 1
    return low


def trim_adverbs(text: str, low: int, high: int) -> Range | None:
    """Cut the adverbs and blanks off the end of a phrase, and marks off both ends."""
    words, lengths = _adverbs()
    while high > low:
        cut = next((n for n in lengths if high - n >= low and text[high - n : high] in words), 0)
        if not cut:
            break
        high -= cut
    return _strip(text, low, high)


def _strip(text: str, low: int, high: int) -> Range | None:
    while low < high and (text[low].isspace() or text[low] in "、，,：:—-·"):
        low += 1
    while high > low and (text[high - 1].isspace() or text[high - 1] in "、，,：:"):
        high -= 1
    return (low, high) if high > low else None


def _is_outside(text: str, low: int, at: int) -> bool:
    if text.count('"', low, at) % 2:
        return False
    marks = zip(_OPENERS + "（(", _CLOSERS + "）)", strict=True)
    return all(text.count(o, low, at) <= text.count(c, low, at) for o, c in marks)


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(w for e in lexicon.load("roles") if e.kind == kind for w in e.words)


@cache
def _body_endings() -> tuple[str, ...]:
    bodies = tuple(w for e in lexicon.load("organizations") if e.kind == "suffix" for w in e.words)
    return bodies + _words("work") + _words("body")


@cache
def _adverbs() -> tuple[frozenset[str], tuple[int, ...]]:
    words = frozenset((*_words("adverb"), " ", "\n"))
    return words, tuple(sorted({len(w) for w in words}, reverse=True))


@cache
def _leading() -> re.Pattern[str]:
    words = sorted(_words("connector") + _words("lead"), key=len, reverse=True)
    return re.compile(r"(?:(?:" + "|".join(map(re.escape, words)) + r")[，,\s]*)+")


@cache
def _byline() -> re.Pattern[str]:
    """Match what stands between a dateline and its report: 5月9日|电（记者林晓）|…, （记者林晓）|…"""
    press = "|".join(
        map(re.escape, (w for e in lexicon.load("people") if e.kind == "press" for w in e.words))
    )
    return re.compile(
        rf"\s?(?:电|讯|消息)?\s?[（(][^（()）]{{0,12}}(?:{press})[^（()）]{{0,30}}[）)]\s?|(?:电|讯)\s"
    )


@cache
def _joint() -> re.Pattern[str]:
    words = sorted(_words("joint"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))
