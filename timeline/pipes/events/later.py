"""The day of an undated telling that is told beside it: by the sentence that goes on with it, or by a label; or none."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.pipes.events.material import Material, item_of
from timeline.pipes.tellings.drafts import BoundDate, Telling
from timeline.pipes.tellings.occasions import Occasion
from timeline.pipes.tellings.scope import bind, borrow, is_date, stretch
from timeline.pipes.words.layout import Sentence
from timeline.pipes.words.wording import anywhere, words_of
from timeline.records import ResolvedTime

_AFTER = 3  # sentences in which an occasion stays what is spoken of
_LABELS = 6  # lines below a heading in which its labels stand
_OPENS = 4  # characters in which a sentence takes an occasion up: 本次|论坛
_FACTS = ("day_label", "time_label", "place_label")
_COLONS = ("：", ":")


def told_later(material: Material, telling: Telling) -> BoundDate | None:
    """Give the day that the text tells of an undated named occasion only after it.

    第三届山海论坛在江城落幕。|论坛于6月15日至17日举行; a heading with the line |时间：6月15日| below, beside one of 地点.
    """
    occasion = telling.occasion
    if not telling.sentence.is_heading and telling.form != "named":
        above = _labels_above(material, telling.sentence)
        if above is not None:
            return above
    if occasion is None or not occasion.is_named:
        return None
    item = item_of(material, telling.sentence)
    after = [s for s in material.sentences if s.start > telling.sentence.start]
    if telling.sentence.is_heading:
        return _labelled(material, after[:_LABELS])
    if telling.form != "held":
        return None
    for sentence in after[:_AFTER]:
        if item_of(material, sentence) != item or _is_other(material, sentence, occasion):
            return None
        taken = _taken_up(material, sentence, occasion)
        if taken is not None:
            return stretch(material.text, telling, taken, sentence.end)
    return None


def _is_other(material: Material, sentence: Sentence, occasion: Occasion) -> bool:
    """Say whether a sentence tells of another named occasion."""
    inside = (o for o in material.occasions if sentence.start <= o.start < sentence.end)
    return any(o.is_named and o.name != occasion.name for o in inside)


def _taken_up(material: Material, sentence: Sentence, occasion: Occasion) -> BoundDate | None:
    """Give the day by which a sentence takes an occasion up: 本次论坛|于6月15日至17日|举行."""
    for short in material.occasions:
        is_it = not short.is_named and short.type == occasion.type and occasion.name.endswith(short.head)
        if not is_it or not sentence.start <= short.start <= sentence.start + _OPENS:
            continue
        for time in _days(material, sentence):
            gap = material.text[short.end : time.start].strip()
            if time.start >= short.end and (not gap or gap in words_of("roles", "held_on")):
                return borrow(bind(time, sure=False), short.head)
    return None


def _labelled(material: Material, lines: Sequence[Sentence]) -> BoundDate | None:
    """Give the day behind a label of the lines below a heading; 时间 alone needs 地点 beside it, as a stamp has none."""
    text = material.text
    has_place = any(_label(text, line, "place_label") for line in lines)
    for line in lines:
        label = _label(text, line, "day_label") or (_label(text, line, "time_label") if has_place else None)
        if label is None:
            continue
        start = line.start + len(label) + 1
        for time in _days(material, line):
            if time.start >= start and not text[start : time.start].strip():
                return borrow(bind(time, sure=False), label)
    return None


def _labels_above(material: Material, sentence: Sentence) -> BoundDate | None:
    """Give the day of the labels that stand right above a report's first sentence."""
    before = [s for s in material.sentences if s.end <= sentence.start][-_LABELS:]
    if not before or not any(_label(material.text, before[-1], kind) for kind in _FACTS):
        return None
    return _labelled(material, before)


def _label(text: str, line: Sentence, kind: str) -> str | None:
    """Give the label of a kind that a line opens with, before its colon."""
    match = anywhere("roles", kind).match(text, line.start)
    return match.group() if match is not None and text.startswith(_COLONS, match.end()) else None


def _days(material: Material, sentence: Sentence) -> list[ResolvedTime]:
    """List the days and spans of days that a sentence tells."""
    inside = (t for t in material.times if sentence.start <= t.start and t.end <= sentence.end and is_date(t))
    return [
        t for t in inside if t.edtf is not None and t.edtf.precision == "day" and not t.edtf.is_approximate
    ]
