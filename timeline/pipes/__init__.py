"""The door of pipes: a clean page and its publication in, events, partnerships and times out; the only room that knows spaCy."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from timeline.pipes import components, organizations, people, places, times  # noqa: F401  (register their factories)
from timeline.pipes.harvest import harvest
from timeline.records import Annotation, CleanPage, Publication, Segment, SegmentKind

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
_READ: frozenset[SegmentKind] = frozenset({"headline", "article", "abstract", "teaser", "related", "caption"})


def annotate(page: CleanPage, publication: Publication) -> Annotation:
    """Find the events, partnerships and time expressions of a page, each segment against its own reference."""
    segments = page.segments or (Segment("article", 0, len(page.text)),)
    docs = [_annotated(page, publication, s) for s in segments if s.kind in _READ and s.end > s.start]
    return harvest(page, docs)


@cache
def build_pipeline() -> Language:
    """Build the spaCy pipeline of our components on the character segmenter; one is made and kept."""
    nlp = spacy.blank("zh")
    for name in PIPELINE:
        nlp.add_pipe(name)
    return nlp


def _annotated(page: CleanPage, publication: Publication, segment: Segment) -> Doc:
    nlp = build_pipeline()
    text = page.text[segment.start : segment.end]
    doc = nlp.make_doc(text)
    doc._.source = text
    doc._.offset, doc._.segment, doc._.reference = segment.start, segment, publication.reference_for(segment)
    for _, component in nlp.pipeline:
        doc = component(doc)
        if doc._.tellings is not None and not doc._.tellings:
            break
    return doc
