"""Where a text tells of events: text, sentences and occasions in, tellings out; whether they took place is left to factuality.py.

A verb of holding is bound to its occasion, before it (论坛…举行) or after it (召开…座谈会). An occasion that nothing holds
is a telling of its own (出席…峰会). Verbs of the other kinds tell of an event by themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from timeline import lexicon
from timeline.pipes.tellings.drafts import Telling
from timeline.pipes.tellings.occasions import Occasion
from timeline.pipes.words.layout import Sentence, find_clauses
from timeline.pipes.words.vocabulary import Hit, Vocabulary
from timeline.pipes.words.wording import words_of

_LIST = re.compile(r"\s*(?:、|和|及|以及|与|，以及)\s*")
_REACH_RIGHT = 30
_REACH_LEFT = 90
_TITLE = 60  # characters of a title on either side of a verb in it
_BREAKS = frozenset("。！？；!?;")
# A noun right after an occasion's name, which is then a part of another name: 亚运会|中国代表团, 论坛|组委会
_NOUN_AFTER = re.compile(
    r"(?!中(?!国|央|华)|火[热爆])[\u4e00-\u9fff](?<![上的期开闭在将于今昨日并致举召现暨和与及等之以为是由发前后时签进圆顺成落正启揭收拉登延取推改因吸历顷近先热盛全再又首])"
)


def find_tellings(text: str, sentences: Sequence[Sentence], occasions: Sequence[Occasion]) -> list[Telling]:
    """List the tellings of a text in order."""
    hits = [
        h
        for h in _verbs().find(text)
        if not (_is_inside(h, occasions) or _is_quoted(text, h) or _is_in_title(text, h))
    ]
    out: list[Telling] = []
    for sentence, mine, named in _by_sentence(sentences, hits, occasions):
        clauses = find_clauses(text, sentence.start, sentence.end)
        bound = _bind(text, mine, named)
        for hit in mine:
            clause = _clause_of(clauses, hit.start)
            occasion = bound.get(hit.start)
            if occasion is not None:
                out.append(_held(hit, occasion, sentence, clause))
            elif hit.entry.kind == "hold":
                continue
            else:
                out.append(_told(hit, sentence, clause))
        held = {o.start for o in bound.values()}
        for hit in mine:
            for o in _listed_with(text, bound.get(hit.start), named):
                if o.start not in held:
                    held.add(o.start)
                    out.append(_held(hit, o, sentence, _clause_of(clauses, hit.start)))
        for o in named:
            if o.start not in held and o.is_named and not _modifies(text, o.end):
                head = o.parts[-1]
                clause = _clause_of(clauses, o.start)
                out.append(Telling(o.type, "named", head[0], head[1], sentence, clause, o))
    return sorted(out, key=lambda t: (t.start, t.end))


def _by_sentence(
    sentences: Sequence[Sentence], hits: Sequence[Hit], occasions: Sequence[Occasion]
) -> Iterator[tuple[Sentence, list[Hit], list[Occasion]]]:
    """Give the sentences that hold a verb or an occasion, in order, each with those."""
    starts = [s.start for s in sentences]
    verbs: dict[int, list[Hit]] = {}
    named: dict[int, list[Occasion]] = {}
    for hit in hits:
        number = bisect_right(starts, hit.start) - 1
        if number >= 0 and hit.end <= sentences[number].end:
            verbs.setdefault(number, []).append(hit)
    for occasion in occasions:
        number = bisect_right(starts, occasion.start) - 1
        if number >= 0 and occasion.start < sentences[number].end:
            named.setdefault(number, []).append(occasion)
    for number in sorted(verbs.keys() | named.keys()):
        yield sentences[number], verbs.get(number, []), named.get(number, [])


def _held(hit: Hit, occasion: Occasion, sentence: Sentence, clause: tuple[int, int]) -> Telling:
    kind = occasion.type if hit.entry.kind == "hold" or occasion.type == "expo" else hit.entry.kind
    takes = str(hit.entry.get("takes"))
    return Telling(kind, "held", hit.start, hit.end, sentence, clause, occasion, takes)  # type: ignore[arg-type]


def _told(hit: Hit, sentence: Sentence, clause: tuple[int, int]) -> Telling:
    takes, weak = str(hit.entry.get("takes", "")), bool(hit.entry.get("weak", False))
    return Telling(hit.entry.kind, "verb", hit.start, hit.end, sentence, clause, None, takes, weak)  # type: ignore[arg-type]


def _bind(text: str, hits: Sequence[Hit], occasions: Sequence[Occasion]) -> dict[int, Occasion]:
    """Give each verb of holding the occasion it holds, and each occasion one verb at most."""
    out: dict[int, Occasion] = {}
    taken: set[int] = set()
    holds = [h for h in hits if h.entry.kind in ("hold", "launch")]
    holds = [h for h in holds if not _is_spent(text, h)]
    for hit in holds:
        after = next((o for o in occasions if o.start >= hit.end), None)
        if after is not None and after.start not in taken and _is_object(text, hit, after):
            out[hit.start] = after
            taken.add(after.start)
    for hit in holds:
        if hit.start in out or _needs_object(hit):
            continue
        before = [o for o in occasions if o.end <= hit.start and hit.start - o.end <= _REACH_LEFT]
        for o in reversed(before):
            between = text[o.end : hit.start]
            if any(c in _BREAKS or c in "]】" for c in between) or any(
                o.end <= h.start < hit.start for h in holds if h is not hit and not _needs_object(h)
            ):
                break
            if o.start in taken:
                break
            if not o.is_named and text[max(0, o.start - 1) : o.start] in ("在", "于"):
                continue
            told = any(o.end <= h.start < hit.start and h.entry.kind != "hold" for h in hits)
            if told and _modifies(text, o.end):  # 峰会|新闻中心启用，并举行
                continue
            out[hit.start] = o
            taken.add(o.start)
            break
    return {
        at: o
        for at, o in out.items()
        if _is_hold(at, hits) or _is_begun(text, at, o) or (o.type == "expo" and o.is_named and o.start > at)
    }


def _needs_object(hit: Hit) -> bool:
    """Say whether a verb holds only the occasion right after it: 承办|第十届研讨会."""
    return bool(hit.entry.get("takes") == "active")


def _is_spent(text: str, hit: Hit) -> bool:
    """Say whether a verb of holding only says since when, or names who holds it: 开幕|后的第四日, 由甲承办|的论坛."""
    if _needs_object(hit):
        opened = max(text.rfind(mark, 0, hit.start) for mark in "，。；\n")
        return text.startswith(("的", "单位", "方"), hit.end) or "由" in text[opened + 1 : hit.start]
    return text.startswith(words_of("roles", "spent"), hit.end)


def _listed_with(text: str, occasion: Occasion | None, occasions: Sequence[Occasion]) -> list[Occasion]:
    """List the named occasions that one verb holds along with another: 召开A、B和C."""
    if occasion is None:
        return []
    out, low, high = [], occasion.start, occasion.end
    for o in occasions:
        if o.is_named and o.start >= high and _LIST.fullmatch(text[high : o.start]):
            out.append(o)
            high = o.end
    for o in reversed(occasions):
        if o.is_named and o.end <= low and _LIST.fullmatch(text[o.end : low]):
            out.append(o)
            low = o.start
    return out


def _is_begun(text: str, at: int, occasion: Occasion) -> bool:
    """Say whether a verb of launching stands right after an occasion: …活动今天(6月9日)启动."""
    if not occasion.is_named or occasion.end > at or _modifies(text, occasion.end):
        return False
    between = re.sub(r"[（(][^（()）]{0,12}[）)]", "", text[occasion.end : at])
    return len(between) <= 8 and not any(c in "，、的" for c in between)


def _is_hold(at: int, hits: Sequence[Hit]) -> bool:
    return any(h.start == at and h.entry.kind == "hold" for h in hits)


def _is_object(text: str, hit: Hit, occasion: Occasion) -> bool:
    """Say whether nothing but an attribute stands between a verb and the occasion after it."""
    between = text[hit.end : occasion.start]
    marks = "，。；！？,;" if occasion.is_named else "，。；！？,;、"
    if len(between) > _REACH_RIGHT or any(c in marks for c in between):
        return False
    if text[occasion.end : occasion.end + 3].lstrip("”」").startswith("以来"):
        return False
    return not between.startswith(("的", "后", "时", "期间")) or between == "的"


def _modifies(text: str, end: int) -> bool:
    """Say whether what follows a name makes it a part of a longer one: 亚运会|代表团."""
    return bool(_NOUN_AFTER.match(text, end))


def _is_quoted(text: str, hit: Hit) -> bool:
    """Say whether a verb is only spoken of: 别让“云签约”变成“空签约”."""
    opened = max(text.rfind(mark, max(0, hit.start - 6), hit.start) for mark in "“「")
    closed = [at for mark in "”」" if (at := text.find(mark, hit.end, hit.end + 3)) >= 0]
    return opened >= 0 and bool(closed) and not any(mark in text[opened : hit.start] for mark in "”」")


def _is_in_title(text: str, hit: Hit) -> bool:
    """Say whether a verb stands in the title of a book or paper: 小说《签约之后》."""
    opened = text.rfind("《", max(0, hit.start - _TITLE), hit.start)
    if opened < 0 or "》" in text[opened : hit.start] or "\n" in text[opened : hit.start]:
        return False
    closed = text.find("》", hit.end, hit.end + _TITLE)
    return closed >= 0 and "\n" not in text[hit.end : closed]


def _is_inside(hit: Hit, occasions: Sequence[Occasion]) -> bool:
    return any(o.start <= hit.start and hit.end <= o.end for o in occasions)


def _clause_of(clauses: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    for low, high in clauses:
        if low <= at < high:
            return low, high
    return clauses[0] if clauses else (at, at)


@cache
def _verbs() -> Vocabulary:
    return Vocabulary(lexicon.load("events"))
