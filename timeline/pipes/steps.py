"""The steps of the pipeline in their order: each takes a document and writes one part of it; the work is in the files they name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from timeline import lexicon
from timeline.pipes.document import Document
from timeline.pipes.entities.names import recognize, recognize_all
from timeline.pipes.entities.organizations import find_organizations
from timeline.pipes.entities.people import find_people
from timeline.pipes.entities.places import PlaceSpan, find_places
from timeline.pipes.entities.pointers import find_pointed_bodies, find_pointed_places
from timeline.pipes.events.compose import can_compose, compose_drafts
from timeline.pipes.events.material import Material
from timeline.pipes.events.ties import can_tie, find_ties
from timeline.pipes.tellings.occasions import find_occasions
from timeline.pipes.tellings.triggers import find_tellings
from timeline.pipes.times import resolve_times
from timeline.pipes.words.layout import find_sentences


def run_steps(documents: Sequence[Document]) -> None:
    """Run every step on the documents of a page; where nothing can be told, the steps that look for names are left out.

    This is the gate. It loses nothing: what stands behind it can only fill in an event that a telling has begun, or a tie
    that its words begin, and the gate asks of each whether any names at all would make it one. Times are found on either
    side of it.
    """
    for document in documents:
        for step in SEARCH:
            step(document)
    told = [document for document in documents if is_open(document)]
    for document, names in zip(told, recognize_all([d.text for d in told]), strict=True):
        document.names = names
        for step in READING:
            step(document)


def is_open(document: Document) -> bool:
    """Say whether a searched document goes on to the steps that look for names: with the right ones it tells of an event or a tie."""
    if document.tellings and can_compose(_material(document), document.tellings):
        return True
    return can_tie(document.text, document.sentences)


def write_times(document: Document) -> None:
    """Write the resolved times."""
    document.times = resolve_times(document.text, document.reference)


def write_occasions(document: Document) -> None:
    """Write the sentences and the named occasions."""
    is_headline = document.segment.kind == "headline"
    document.sentences = find_sentences(document.text, is_headline=is_headline)
    document.occasions = find_occasions(document.text)


def write_tellings(document: Document) -> None:
    """Write where the document tells of events."""
    document.tellings = find_tellings(document.text, document.sentences, document.occasions)


def write_names(document: Document) -> None:
    """Write the names that the trained tagger marks."""
    document.names = recognize(document.text)


def write_organizations(document: Document) -> None:
    """Write the organisations, with exact boundaries, and the words that point to one (我校)."""
    named = [(o.start, o.end) for o in document.occasions if o.is_named]
    found = find_organizations(document.text, document.names, named)
    found += find_pointed_bodies(document.text, found, document.home)
    document.organizations = sorted(found, key=lambda body: body.start)


def write_people(document: Document) -> None:
    """Write the people, with title and affiliation."""
    document.people = find_people(document.text, document.names, document.organizations)


def write_places(document: Document) -> None:
    """Write the places, with their codes, and the words that point to one (我市)."""
    found = find_places(document.text, document.names)
    pointed = [
        p
        for p in find_pointed_places(document.text, document.home)
        if not any(f.start < p.end and p.start < f.end for f in found)
    ]
    found += [PlaceSpan(p.start, p.end, p.name, p.adcode) for p in pointed]
    document.places = sorted(found, key=lambda place: place.start)


def write_drafts(document: Document) -> None:
    """Write the drafts of the document's events: status, date, roles, people, place, amount."""
    document.drafts = compose_drafts(_material(document), document.tellings)


def _material(document: Document) -> Material:
    segment = document.segment
    return Material(
        text=document.text,
        sentences=document.sentences,
        occasions=document.occasions,
        times=document.times,
        bodies=document.organizations,
        people=[p for p in document.people if not (p.title or "").endswith(_press())],
        places=document.places,
        reference=document.reference,
        headings=sorted(s.start for s in document.sentences if s.is_heading),
        is_teaser=segment.kind == "teaser" and segment.stamp is not None,
    )


def write_ties(document: Document) -> None:
    """Write which bodies are told to work together without a signing."""
    document.ties = find_ties(
        document.text, document.sentences, document.organizations, document.times, document.occasions
    )


# What is run on every text, and what only where one of them found a telling; the names come between them.
SEARCH: tuple[Callable[[Document], None], ...] = (write_times, write_occasions, write_tellings)
READING: tuple[Callable[[Document], None], ...] = (
    write_organizations,
    write_people,
    write_places,
    write_drafts,
    write_ties,
)


@cache
def _press() -> tuple[str, ...]:
    """List what those who only report are called."""
    return tuple(word for e in lexicon.load("people") if e.kind == "press" for word in e.words)
