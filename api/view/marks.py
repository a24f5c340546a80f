"""Marked text: a text and spans in, pieces out that together are the text, each with the kinds of span it lies in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from timeline.records import EventMention, PageFindings

# Characters a quotation shows on a list; the event's own page shows the whole sentence.
QUOTE_LENGTH = 150


@dataclass(frozen=True, slots=True)
class Mark:
    """text[start:end] is of a kind: organization, person, date, place, amount, trigger, sentence, time, evidence."""

    start: int
    end: int
    kind: str
    anchor: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that lies in the same spans throughout.

    `anchor` stands where a span that can be pointed to begins, `name` is the clean name of the organisation it lies in.
    """

    text: str
    kinds: tuple[str, ...]
    anchor: str | None = None
    name: str | None = None

    @property
    def css(self) -> str:
        return " ".join(f"m-{kind}" for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Quote:
    """The evidence sentence in pieces; cut where it is long, which the two flags say."""

    pieces: tuple[Piece, ...]
    is_cut_before: bool = False
    is_cut_after: bool = False


def quote(mention: EventMention, *, length: int | None = QUOTE_LENGTH) -> Quote:
    """Mark a mention's spans in its sentence; with a length, show the stretch around the date and the trigger."""
    sentence = mention.sentence
    low, high = sentence.start, sentence.end
    if length is not None and high - low > length:
        low, high = _window(mention, length)
    text = sentence.text[low - sentence.start : high - sentence.start]
    marks = (move(mark, -low) for mark in mention_marks(mention))
    return Quote(tuple(split(text, marks)), low > sentence.start, high < sentence.end)


def mention_marks(mention: EventMention) -> Iterator[Mark]:
    """List the spans of a mention, its sentence left out."""
    yield Mark(mention.trigger.start, mention.trigger.end, "trigger")
    for party in mention.organizations:
        yield Mark(party.start, party.end, "organization", name=party.name)
    for person in mention.persons:
        yield Mark(person.start, person.end, "person")
    if mention.place:
        yield Mark(mention.place.start, mention.place.end, "place")
    if mention.amount:
        yield Mark(mention.amount.start, mention.amount.end, "amount")
    if mention.date.start is not None and mention.date.end is not None:
        yield Mark(mention.date.start, mention.date.end, "date")


def page_marks(findings: PageFindings) -> Iterator[Mark]:
    """List every span found in a page: times, events with their parts, and evidence for its publication."""
    for time in findings.times:
        yield Mark(time.start, time.end, "time")
    for mention in findings.events:
        yield Mark(mention.sentence.start, mention.sentence.end, "sentence", f"m-{mention.id}")
        yield from mention_marks(mention)
    for evidence in findings.published.evidence:
        if evidence.start is not None and evidence.end is not None:
            yield Mark(evidence.start, evidence.end, "evidence")


def split(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Cut a text where any span begins or ends; a span outside the text, or empty, marks nothing."""
    clipped = (
        replace(
            m, start=max(0, m.start), end=min(len(text), m.end), anchor=m.anchor if m.start >= 0 else None
        )
        for m in marks
    )
    kept = sorted((m for m in clipped if m.start < m.end), key=lambda m: (m.start, m.end, m.kind))
    edges = sorted({0, len(text), *(m.start for m in kept), *(m.end for m in kept)})
    open_marks: list[Mark] = []
    upcoming = 0
    for low, high in pairwise(edges):
        open_marks = [m for m in open_marks if m.end > low]
        anchor = None
        while upcoming < len(kept) and kept[upcoming].start == low:
            open_marks.append(kept[upcoming])
            anchor = anchor or kept[upcoming].anchor
            upcoming += 1
        kinds = tuple(dict.fromkeys(sorted(m.kind for m in open_marks)))
        name = next((m.name for m in open_marks if m.name), None)
        yield Piece(text[low:high], kinds, anchor, name)


def move(mark: Mark, by: int) -> Mark:
    """Shift a mark, as its text is cut at the front."""
    return replace(mark, start=mark.start + by, end=mark.end + by)


def _window(mention: EventMention, length: int) -> tuple[int, int]:
    """Choose what of a long sentence is shown: the trigger, the date where it fits, and what follows and leads."""
    sentence, trigger, when = mention.sentence, mention.trigger, mention.date
    low, high = trigger.start, min(trigger.end, trigger.start + length)
    if when.start is not None and when.end is not None and sentence.start <= when.start < sentence.end:
        wide = min(low, when.start), max(high, when.end)
        if wide[1] - wide[0] <= length:
            low, high = wide
    spare = length - (high - low)
    low = max(sentence.start, low - spare // 2)
    high = min(sentence.end, low + length)
    return max(sentence.start, high - length), high
