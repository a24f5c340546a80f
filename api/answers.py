"""What the API answers beyond the records of the chronology: evidence, facets, lists, health; all frozen, all JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from timeline.access import Delivery, Webhook
from timeline.chronology import Change, Correction, Event, FacetCount, Judgement
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


class Without(Record):
    """How many events a filter would have without one of its parameters."""

    parameter: str
    total: int


class Facets(Record):
    """The facets of a filter, with the number of its events; of none, what to leave out of it to find some."""

    total: int
    facets: tuple[Facet, ...]
    without: tuple[Without, ...]


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
    version: str = Field(description="of the program, and so of its rules")
    dataset: str = Field(description="names the state of the store; it changes with every write")
    pages: int
    events: int
    organizations: int
    partnerships: int
    formats: tuple[str, ...]


class Health(Record):
    """Whether the server, and for /readyz its store, answers."""

    status: str = Field(examples=["ok"])


class IngestedPage(Record):
    """What became of one page that was sent: `reason` says why it was skipped."""

    id: str | None
    outcome: Literal["ingested", "unchanged", "skipped"]
    events: int = Field(description="events that the page tells of")
    reason: str | None


class Ingested(Record):
    """What became of pages that were sent, in their order; where `is_linked` is false the chronology follows soon."""

    pages: tuple[IngestedPage, ...]
    is_linked: bool


class CorrectionList(Record):
    """Corrections in the order in which they were made."""

    corrections: tuple[Correction, ...]


class CorrectedEvent(Record):
    """An event as it is shown now, with the corrections just made of it."""

    event: Event
    corrections: tuple[Correction, ...]


class JudgementList(Record):
    """Verdicts, by the rules or by persons, the surest first."""

    judgements: tuple[Judgement, ...]


class Judged(Record):
    """The verdicts that were written; where `is_linked` is false the chronology follows soon."""

    judgements: tuple[Judgement, ...]
    is_linked: bool


class WebhookList(Record):
    """Who is told of changes."""

    webhooks: tuple[Webhook, ...]


class DeliveryList(Record):
    """Attempts to tell one webhook, the last one first."""

    deliveries: tuple[Delivery, ...]
