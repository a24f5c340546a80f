"""The components of the pipeline that find events: each reads and writes extensions of a Doc, the work is in the files they name."""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from timeline import lexicon
from timeline.pipes.compose import compose_drafts
from timeline.pipes.extensions import PEOPLE, PLACES, text_of
from timeline.pipes.layout import find_sentences
from timeline.pipes.material import Material
from timeline.pipes.occasions import find_occasions
from timeline.pipes.organizations import organizations_of
from timeline.pipes.people import PersonSpan
from timeline.pipes.places import PlaceSpan
from timeline.pipes.triggers import find_tellings
from timeline.records import Reference


@Language.component("timeline_occasions", assigns=["doc._.sentences", "doc._.occasions"])
def occasion_component(doc: Doc) -> Doc:
    """Write the sentences and the named occasions of a document."""
    is_headline = doc._.segment is not None and doc._.segment.kind == "headline"
    doc._.sentences = find_sentences(text_of(doc), is_headline=is_headline)
    doc._.occasions = find_occasions(text_of(doc))
    return doc


@Language.component(
    "timeline_triggers", requires=["doc._.sentences", "doc._.occasions"], assigns=["doc._.tellings"]
)
def trigger_component(doc: Doc) -> Doc:
    """Write where the document tells of events."""
    doc._.tellings = find_tellings(text_of(doc), doc._.sentences, doc._.occasions)
    return doc


@Language.component(
    "timeline_events", requires=["doc._.tellings", "doc._.times", "doc._.occasions"], assigns=["doc._.drafts"]
)
def event_component(doc: Doc) -> Doc:
    """Write the drafts of the document's events: status, date, roles, people, place, amount."""
    material = Material(
        text=text_of(doc),
        sentences=doc._.sentences,
        occasions=doc._.occasions,
        times=doc._.times,
        bodies=organizations_of(doc),
        people=_people_of(doc),
        places=_places_of(doc),
        reference=doc._.reference or Reference(),
        is_teaser=doc._.segment is not None
        and doc._.segment.kind == "teaser"
        and doc._.segment.stamp is not None,
    )
    doc._.drafts = compose_drafts(material, doc._.tellings)
    return doc


def _people_of(doc: Doc) -> list[PersonSpan]:
    """Give the people of a document, without those who only report."""
    return [
        PersonSpan(s.start_char, s.end_char, s._.name, s._.title, None, None, s._.organization)
        for s in doc.spans.get(PEOPLE, ())
        if not (s._.title or "").endswith(_press())
    ]


@cache
def _press() -> tuple[str, ...]:
    return tuple(word for e in lexicon.load("people") if e.kind == "press" for word in e.words)


def _places_of(doc: Doc) -> list[PlaceSpan]:
    return [PlaceSpan(s.start_char, s.end_char, s._.name, s._.adcode) for s in doc.spans.get(PLACES, ())]
