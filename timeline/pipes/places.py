"""Names and text in, places out: neighbours joined, venues kept whole, the administrative code where one is certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from timeline.pipes.extensions import PLACES
from timeline.pipes.gazetteer import areas_named
from timeline.pipes.names import NameSpan, spans_of


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place or venue with its administrative code; None where the name is ambiguous or has no code."""

    start: int
    end: int
    name: str
    adcode: str | None


def find_places(text: str, names: Sequence[NameSpan]) -> list[PlaceSpan]:
    """Find the places of a clean text, in order, without overlaps."""
    found = []
    for name in names:
        if name.label == "LOC":
            areas = areas_named(text[name.start : name.end])
            code = areas[0].adcode if len(areas) == 1 else None
            found.append(PlaceSpan(name.start, name.end, text[name.start : name.end], code))
    return found


@Language.component("timeline_places")
def place_component(doc: Doc) -> Doc:
    """Write the places of a document to doc.spans["places"]."""
    spans = []
    for place in find_places(doc.text, spans_of(doc)):
        span = doc.char_span(place.start, place.end, label="LOC", alignment_mode="expand")
        if span is not None:
            span._.name, span._.adcode = place.name, place.adcode
            spans.append(span)
    doc.spans[PLACES] = spans
    return doc
