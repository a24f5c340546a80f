"""The door of pipes: a clean page and its publication in, events, partnerships and times out; the only room that knows spaCy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from timeline.pipes import components, organizations, people, places, times  # noqa: F401  (register their factories)
from timeline.pipes.harvest import harvest
from timeline.records import Annotation, CleanPage, Publication, Reference, Segment, SegmentKind, Span

__all__ = ["annotate", "build_pipeline"]

# The order matters: names are looked for only where something is told.
PIPELINE = (
    "timeline_times",
    "timeline_occasions",
    "timeline_triggers",
    "timeline_names",
    "timeline_organizations",
    "timeline_people",
    "timeline_places",
    "timeline_events",
)
_LONGEST = 6_000  # characters of one Doc; nearly every page has fewer
_ENDS = ("\n", "。", "；", "，", " ")
_READ: frozenset[SegmentKind] = frozenset({"headline", "article", "abstract", "teaser", "related", "caption"})


def annotate(page: CleanPage, publication: Publication) -> Annotation:
    """Find the events, partnerships and time expressions of a page, each segment against its own reference."""
    segments = page.segments or (Segment("article", 0, len(page.text)),)
    docs = [
        _annotated(page, segment, span, publication.reference_for(segment))
        for segment in segments
        if segment.kind in _READ
        for span in _blocks(page.text, segment)
    ]
    return harvest(page, docs)


@cache
def build_pipeline() -> Language:
    """Build the spaCy pipeline of our components on the character segmenter; one is made and kept."""
    nlp = spacy.blank("zh")
    for name in PIPELINE:
        nlp.add_pipe(name)
    return nlp


def _blocks(text: str, segment: Segment) -> Iterator[Span]:
    """Cut a very long segment at line or sentence ends, so that the cost of a page grows with its length alone."""
    start = segment.start
    while segment.end - start > _LONGEST:
        ends = [text.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in _ENDS]
        end = next((at + 1 for at in ends if at >= 0), start + _LONGEST)
        yield Span(start, end)
        start = end
    if segment.end > start:
        yield Span(start, segment.end)


def _annotated(page: CleanPage, segment: Segment, span: Span, reference: Reference) -> Doc:
    nlp = build_pipeline()
    text = page.text[span.start : span.end]
    doc = nlp.make_doc(text)
    doc._.source = text
    doc._.offset, doc._.segment, doc._.reference = span.start, segment, reference
    for _, component in nlp.pipeline:
        doc = component(doc)
        if doc._.tellings is not None and not doc._.tellings:
            break
    return doc
