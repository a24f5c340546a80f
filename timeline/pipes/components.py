"""The steps as spaCy components, and what they leave in a Doc: registered factories, extensions, groups of doc.spans.

They are for those who work with spaCy: doc.spans holds "names", "organizations", "people" and "places" with their labels,
doc._ what the steps found, span._ a name's attributes. pyproject.toml lists the components as entry points, so that
`spacy.blank("zh").add_pipe("timeline_names")` works wherever the package is installed. Extraction runs the same steps
without spaCy, whose import alone takes longer than a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from timeline.pipes import steps
from timeline.pipes.document import Document
from timeline.pipes.entities.names import NameSpan
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.entities.people import PersonSpan
from timeline.pipes.entities.places import PlaceSpan

# Group names of doc.spans, so that no file spells them twice.
NAMES, ORGANIZATIONS, PEOPLE, PLACES = "names", "organizations", "people", "places"
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
_FOUND = ("times", "sentences", "occasions", "tellings", "drafts", "ties")
_SPAN_DEFAULTS: dict[str, object] = {
    "score": 1.0,
    "name": None,  # the clean name of an organisation, person, place or occasion
    "title": None,  # a person's title
    "organization": None,  # a person's affiliation
    "adcode": None,  # a place's administrative code
}


def assemble() -> Language:
    """Build a spaCy pipeline of all components on the character segmenter."""
    nlp = spacy.blank("zh")
    for name in PIPELINE:
        nlp.add_pipe(name)
    return nlp


@Language.component("timeline_times", assigns=["doc._.times"])
def time_component(doc: Doc) -> Doc:
    """Write the resolved times of a document."""
    return _run(steps.write_times, doc)


@Language.component("timeline_occasions", assigns=["doc._.sentences", "doc._.occasions"])
def occasion_component(doc: Doc) -> Doc:
    """Write the sentences and the named occasions of a document."""
    return _run(steps.write_occasions, doc)


@Language.component(
    "timeline_triggers", requires=["doc._.sentences", "doc._.occasions"], assigns=["doc._.tellings"]
)
def trigger_component(doc: Doc) -> Doc:
    """Write where the document tells of events."""
    return _run(steps.write_tellings, doc)


@Language.component("timeline_names")
def name_component(doc: Doc) -> Doc:
    """Write the names of a document to doc.spans["names"]."""
    document = _document_of(_run(steps.write_names, doc))
    doc.spans[NAMES] = _spans(doc, ((n, n.label, {"score": n.score}) for n in document.names))
    return doc


@Language.component("timeline_organizations")
def organization_component(doc: Doc) -> Doc:
    """Write the organisations of a document to doc.spans["organizations"]."""
    document = _document_of(_run(steps.write_organizations, doc))
    doc.spans[ORGANIZATIONS] = _spans(
        doc, ((o, o.kind or "", {"score": o.score, "name": o.name}) for o in document.organizations)
    )
    return doc


@Language.component("timeline_people")
def people_component(doc: Doc) -> Doc:
    """Write the people of a document to doc.spans["people"]."""
    document = _document_of(_run(steps.write_people, doc))
    doc.spans[PEOPLE] = _spans(
        doc,
        (
            (p, "PER", {"name": p.name, "title": p.title, "organization": p.organization})
            for p in document.people
        ),
    )
    return doc


@Language.component("timeline_places")
def place_component(doc: Doc) -> Doc:
    """Write the places of a document to doc.spans["places"]."""
    document = _document_of(_run(steps.write_places, doc))
    doc.spans[PLACES] = _spans(
        doc, ((p, "LOC", {"name": p.name, "adcode": p.adcode}) for p in document.places)
    )
    return doc


@Language.component(
    "timeline_events",
    requires=["doc._.tellings", "doc._.times", "doc._.occasions"],
    assigns=["doc._.drafts", "doc._.ties"],
)
def event_component(doc: Doc) -> Doc:
    """Write the drafts of the document's events: status, date, roles, people, place, amount; and the ties between bodies."""
    return _run(steps.write_ties, _run(steps.write_drafts, doc))


def _run(step: Callable[[Document], None], doc: Doc) -> Doc:
    step(_document_of(doc))
    return doc


def _document_of(doc: Doc) -> Document:
    """Give what the steps have found in a Doc; a Doc that nothing was told of speaks from an unknown day."""
    if doc._.document is None:
        doc._.document = Document(doc.text)
    document: Document = doc._.document
    return document


def _spans(
    doc: Doc,
    found: Iterable[tuple[NameSpan | OrganizationSpan | PersonSpan | PlaceSpan, str, dict[str, object]]],
) -> list[Span]:
    out = []
    for one, label, attributes in found:
        span = doc.char_span(one.start, one.end, label=label, alignment_mode="expand")
        if span is not None:
            for name, value in attributes.items():
                setattr(span._, name, value)
            out.append(span)
    return out


def _found(name: str, doc: Doc) -> object:
    return getattr(_document_of(doc), name)


def _register_extensions() -> None:
    if not Doc.has_extension("document"):
        Doc.set_extension("document", default=None)
        for name in _FOUND:
            Doc.set_extension(name, getter=partial(_found, name))
        for name, default in _SPAN_DEFAULTS.items():
            Span.set_extension(name, default=default)


_register_extensions()
