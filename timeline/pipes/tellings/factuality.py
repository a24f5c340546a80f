"""Whether a telling tells of something that took place: a telling and its text in, a status out, or None for no event.

A cue counts inside the trigger's clause, before the trigger (将, 尚未, 累计); a speech cue makes what follows need a date
of its own. Cues that only look like cues (将军, 未来科技城) are pseudo words of their entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from timeline import lexicon
from timeline.pipes.tellings.drafts import Telling
from timeline.pipes.words.layout import Sentence
from timeline.pipes.words.vocabulary import Hit, Vocabulary
from timeline.records import Status

# What a decision only announces; an agreement or an award is made by deciding it
_DECIDED = frozenset({"establishment", "opening", "groundbreaking", "unveiling"})
_MARKS = (("“", "”"), ("「", "」"), ("《", "》"), ("『", "』"))

# What ends a question: 江湾大桥明天通车|？
_ASKS = ("？", "?")
# What ties a verb to the one before it
_AND = ("并",)
# What such a verb shares with the one before
_CARRIED = ("planned", "demanded")
_COMING = 3  # characters between a name and 将于
_OFF = ("cancelled", "moved")
# 还有|13天, 只剩|两周
_DAYS_LEFT = re.compile(r"\s?不?到?[0-9〇零一二两三四五六七八九十百]{1,4}多?(?:天|日|周|个星期|个月|个?小时)")
# 延期至|7月28日, 改至|明年3月
_NEW_DAY = re.compile(r"\s?(?:[0-9]{1,4}[年月日.-]|[今明本下]|同年)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the cues around a trigger say: a status, or None where they rule the event out."""

    status: Status | None
    cue: str | None = None
    is_past: bool = False
    is_speech: bool = False


def judge_telling(text: str, telling: Telling) -> Verdict:
    """Weigh the cues of the trigger's clause (of the whole sentence for 取消 and speech)."""
    return _judge(text, telling, _cues_in(text, telling.sentence))


def judge_tellings(text: str, tellings: Iterable[Telling]) -> Iterator[tuple[Telling, Verdict]]:
    """Give each telling with its verdict; the cues of a sentence are found once."""
    sentence, cues = None, list[Hit]()
    for telling in tellings:
        if telling.sentence is not sentence:
            sentence = telling.sentence
            cues = _cues_in(text, sentence)
        yield telling, _judge(text, telling, cues)


def _cues_in(text: str, sentence: Sentence) -> list[Hit]:
    start = sentence.start
    hits = _cues().find(text[start : sentence.end])
    return [Hit(h.start + start, h.end + start, h.word, h.entry) for h in hits]


def _judge(text: str, telling: Telling, cues: Sequence[Hit]) -> Verdict:
    start, (low, _) = telling.start, telling.clause
    if telling.form != "verb" and telling.occasion is not None and telling.occasion.start < start:
        low = min(low, telling.occasion.start)
    near = _near(text, telling, cues, low)
    kinds = {h.entry.kind: h.word for h in near}
    last = near[-1].entry.kind if near else ""
    is_speech = any(h.entry.kind == "speech" for h in cues if h.end <= start)
    is_past = "past" in kinds
    off = [h for h in cues if h.entry.kind in _OFF and abs(h.start - telling.end) <= 40]
    moved = [h for h in off if h.entry.kind == "moved" and _NEW_DAY.match(text, h.end)]
    cancelled = moved or [h for h in off if h.entry.kind == "cancelled"]
    if cancelled and telling.form != "verb":
        return Verdict("planned" if moved else "cancelled", cancelled[0].word, is_past, is_speech)
    if text[telling.clause[1] - 1 : telling.clause[1]] in _ASKS and telling.form != "named":
        return Verdict(None, "asked", is_past, is_speech)
    if _is_of_notice(text, telling, cues):
        return Verdict(None, "notice", is_past, is_speech)
    papers = [h for h in cues if h.entry.kind == "paper" and h.end <= start]
    if papers and telling.type == "launch" and telling.form == "verb":
        return Verdict(None, papers[0].word, is_past, is_speech)
    for kind in ("negated", "generic"):
        if kind in kinds:
            return Verdict(None, kinds[kind], is_past, is_speech)
    coming = [h for h in cues if h.entry.kind == "planned" and 0 <= h.start - telling.end <= _COMING]
    if telling.form == "named" and coming and not set("，。；") & set(text[telling.end : coming[0].start]):
        return Verdict("planned", coming[0].word, is_past, is_speech)
    soon = next((h for h in cues if h.start == telling.end and _is_soon(text, h)), None)
    if soon is not None:
        return Verdict("planned", soon.word, is_past, is_speech)
    if "planned" in kinds and last != "intended":
        return Verdict("planned", kinds["planned"], is_past, is_speech)
    if "decided" in kinds and telling.form == "verb" and telling.type in _DECIDED:
        return Verdict("planned", kinds["decided"], is_past, is_speech)
    if telling.form != "named" and ("intended" in kinds or "demanded" in kinds):
        return Verdict(None, kinds.get("intended", kinds.get("demanded")), is_past, is_speech)
    if "ongoing" in kinds and telling.takes != "closing":
        return Verdict("ongoing", kinds["ongoing"], is_past, is_speech)
    return Verdict("held", None, is_past, is_speech)


def _is_soon(text: str, cue: Hit) -> bool:
    """Say whether a cue tells that something is about to be: 开幕|在即, 开幕|还有13天."""
    return cue.entry.kind == "soon" or (cue.entry.kind == "left" and bool(_DAYS_LEFT.match(text, cue.end)))


def _near(text: str, telling: Telling, cues: Sequence[Hit], low: int) -> list[Hit]:
    """List the cues before a telling that speak of it: those of its clause, of two kinds those of the one it goes on with."""
    far = _reach(text, telling, low)
    floors = ((h, far if h.entry.kind in _CARRIED else low) for h in cues)
    told = [h for h, floor in floors if floor <= h.start and h.end <= telling.start]
    return [h for h in told if not _is_in_name(text, h, telling)]


def _reach(text: str, telling: Telling, low: int) -> int:
    """Give where a clause begins whose verb goes on with the one before: 要求邻国结束制裁，并|启用管道, 将建设公园，|设立中心."""
    if (
        telling.form == "verb"
        and not text[low : telling.start].strip()
        and not text.startswith("了", telling.end)
    ):
        return telling.sentence.start
    opens = text.startswith(_AND, low)
    goes_on = opens or (telling.form == "verb" and any(mark in text[low : telling.start] for mark in _AND))
    if not goes_on or low <= telling.sentence.start:
        return low
    before = max(text.rfind(mark, telling.sentence.start, low - 1) for mark in "，, ")
    return max(before + 1, telling.sentence.start)


def _is_of_notice(text: str, telling: Telling, cues: Sequence[Hit]) -> bool:
    """Say whether a telling stands in the name of a paper: 关于召开股东大会的通知."""
    edge = telling.occasion.end if telling.occasion is not None else telling.end
    about = text.rfind("关于", telling.sentence.start, telling.start)
    ends = [h.start for h in cues if h.entry.kind == "notice" and h.start >= min(edge, telling.end)]
    return about >= 0 and any(end - about <= 80 and "，" not in text[about:end] for end in ends)


def _is_in_name(text: str, hit: Hit, telling: Telling) -> bool:
    """Say whether a cue stands in the occasion's name or between quotation marks: 「创新探索方阵」."""
    if telling.occasion is not None and telling.occasion.start <= hit.start < telling.occasion.end:
        return True
    low = telling.sentence.start
    return any(
        text.count(left, low, hit.start) > text.count(right, low, hit.start)
        and text.find(right, hit.end, hit.end + 40) >= 0
        for left, right in _MARKS
    )


@cache
def _cues() -> Vocabulary:
    return Vocabulary(lexicon.load("factuality"))
