"""What a draft may take from a text: everything found in it, with the questions of layout that several files ask."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.entities.people import PersonSpan
from timeline.pipes.entities.places import PlaceSpan
from timeline.pipes.tellings.occasions import Occasion
from timeline.pipes.tellings.scope import is_date
from timeline.pipes.words.layout import Sentence
from timeline.records import Reference, ResolvedTime

_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Material:
    """Everything found in one text that a draft may take; `headings` are where those sentences start that begin an item."""

    text: str
    sentences: Sequence[Sentence]
    occasions: Sequence[Occasion]
    times: Sequence[ResolvedTime]
    bodies: Sequence[OrganizationSpan]
    people: Sequence[PersonSpan]
    places: Sequence[PlaceSpan]
    reference: Reference
    headings: Sequence[int] = ()
    is_teaser: bool = False


def item_of(material: Material, sentence: Sentence) -> int:
    """Number the item a sentence stands in: headings begin items."""
    return bisect_right(material.headings, sentence.start)


def paragraph_end(material: Material, sentence: Sentence) -> int:
    """Give where the second sentence after one ends, or its paragraph."""
    after = [s for s in material.sentences if s.paragraph == sentence.paragraph and s.start >= sentence.start]
    return after[min(2, len(after) - 1)].end if after else sentence.end


def time_ranges(material: Material, sentence: Sentence | None = None) -> list[tuple[int, int]]:
    """List where dates stand, in the whole text or those that begin in one sentence."""
    times = material.times
    if sentence is not None:
        first, last = (bisect_left(times, at, key=_START) for at in (sentence.start, sentence.end))
        times = times[first:last]
    return [(t.start, t.end) for t in times if is_date(t)]
