"""Names and organisations in, people out: each with the title and the affiliation that the text gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from timeline.pipes.extensions import PEOPLE
from timeline.pipes.names import NameSpan, spans_of
from timeline.pipes.organizations import OrganizationSpan, organizations_of


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """A person: the span of the name, the title with its span, and the body the title belongs to."""

    start: int
    end: int
    name: str
    title: str | None
    title_start: int | None
    title_end: int | None
    organization: str | None


def find_people(
    text: str, names: Sequence[NameSpan], organizations: Sequence[OrganizationSpan]
) -> list[PersonSpan]:
    """Find the people of a clean text, in order, each with title and affiliation where they are stated."""
    return [
        PersonSpan(n.start, n.end, text[n.start : n.end], None, None, None, None)
        for n in names
        if n.label == "PER"
    ]


@Language.component("timeline_people")
def people_component(doc: Doc) -> Doc:
    """Write the people of a document to doc.spans["people"]."""
    spans = []
    for person in find_people(doc.text, spans_of(doc), organizations_of(doc)):
        span = doc.char_span(person.start, person.end, label="PER", alignment_mode="expand")
        if span is not None:
            span._.name, span._.title, span._.organization = person.name, person.title, person.organization
            spans.append(span)
    doc.spans[PEOPLE] = spans
    return doc
