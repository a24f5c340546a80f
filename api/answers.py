"""What the API answers beyond the records of the chronology: evidence, facets, health; all frozen, all JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from timeline.chronology import Change, Event, FacetCount
from timeline.records import EventMention, Published, Record


class EventEvidence(Record):
    """One report of an event: the page, when it was published and by what evidence, and the mention with its spans."""

    page: str
    title: str | None
    outlet: str | None
    url: str | None
    path: str | None
    published: Published
    mention: EventMention


class EventWithEvidence(Event):
    """An event with the evidence of each of its reports; spans point into GET /api/v1/pages/{page}."""

    evidence: tuple[EventEvidence, ...]


class Facet(Record):
    """How the events of a filter spread over one field; the field's own filter is left out of the count."""

    field: str
    counts: tuple[FacetCount, ...]


class Facets(Record):
    """The facets of a filter, with the number of its events."""

    total: int
    facets: tuple[Facet, ...]


class Partner(Record):
    """An organisation that shares events with another: `signed` counts agreements, `together` every shared event."""

    id: str
    name: str
    signed: int
    together: int
    first: str | None
    last: str | None
    types: tuple[FacetCount, ...]


class OrganizationDetail(Record):
    """An organisation with all its names and its partners, the closest first."""

    id: str
    name: str
    names: tuple[str, ...]
    events: int
    first: str | None
    last: str | None
    partners: tuple[Partner, ...]


class OrganizationMatch(Record):
    """An organisation a name may mean, and why."""

    id: str
    name: str
    reason: Literal["its id", "one of its names", "part of one of its names"]


class ResolvedName(Record):
    """What a name means: one match is the answer, several are a question, none is none."""

    name: str
    matches: tuple[OrganizationMatch, ...]


class ResolvedNames(Record):
    """What each of several names means, in their order."""

    resolved: tuple[ResolvedName, ...]


class ChangePage(Record):
    """One screen of changes: `next` is the `since` to ask with from now on, `is_complete` that nothing waits there."""

    changes: tuple[Change, ...]
    next: int
    is_complete: bool


class Meta(Record):
    """What this server holds and speaks."""

    name: str = Field(examples=["dashiji"])
    version: str
    pages: int
    events: int
    organizations: int
    partnerships: int
    formats: tuple[str, ...]


class Health(Record):
    """Whether the server, and for /readyz its store, answers."""

    status: str = Field(examples=["ok"])


class ExtractRequest(Record):
    """One page to extract: its text, or its HTML with `is_html`, and what is known about it beforehand."""

    text: str = Field(min_length=1, description="the page's text, or its HTML")
    is_html: bool = False
    url: str | None = Field(None, max_length=2000)
    title: str | None = Field(None, max_length=1000)
    published: str | None = Field(None, max_length=10, description="ISO day, month or year it was published")

    @field_validator("text", "url", "title", "published")
    @classmethod
    def _is_text(cls, value: str | None) -> str | None:
        if value is not None and any("\ud800" <= char <= "\udfff" for char in value):
            raise ValueError("half of a surrogate pair is no character")
        return value
