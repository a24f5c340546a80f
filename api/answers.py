"""What the API answers beyond the records of the chronology: evidence, facets, health; all frozen, all JSON."""

from __future__ import annotations

from pydantic import Field

from timeline.chronology import Event, FacetCount
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
