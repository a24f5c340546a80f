"""The chronology: what link/ makes of many pages' findings, and the questions that store/ answers about it.

Every record here goes out as JSON under the same names as in the tables; ids do not change once shown.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from timeline.records import (
    Amount,
    EventDate,
    EventType,
    PageFindings,
    PartnershipKind,
    Person,
    Place,
    RawSpan,
    Record,
    Role,
    Status,
)

Certainty = Literal["day", "month", "year", "unknown"]


class Organization(Record):
    """One organisation under all the names the pages give it."""

    id: str
    name: str
    names: tuple[str, ...] = ()


class EventParty(Record):
    """An organisation's part in an event of the chronology."""

    organization: str
    name: str
    role: Role


class Source(Record):
    """One report of an event: the page and the mention in it."""

    page: str
    mention: str
    path: str | None
    url: str | None
    outlet: str | None
    published: str | None
    is_reprint: bool = False
    sentence: RawSpan


class Event(Record):
    """One event of the chronology, with every report of it."""

    id: str
    type: EventType
    status: Status
    headline: bool
    title: str | None
    theme: str | None
    date: EventDate
    place: Place | None
    organizations: tuple[EventParty, ...]
    persons: tuple[Person, ...]
    amount: Amount | None
    sources: tuple[Source, ...]
    conflicts: tuple[str, ...] = ()
    confidence: float


class Partnership(Record):
    """A pair or group of organisations tied by an event."""

    id: str
    organizations: tuple[str, ...]
    parties: tuple[str, ...]
    kind: PartnershipKind
    edtf: str | None
    event: str


class Judgement(Record):
    """Why two things were joined or kept apart: verdict, score, reasons, by whom."""

    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    score: float
    reasons: tuple[str, ...]
    by: str
    at: str | None = None


class Timeline(Record):
    """A chronology: what link makes of many pages' findings."""

    organizations: tuple[Organization, ...]
    events: tuple[Event, ...]
    partnerships: tuple[Partnership, ...]
    judgements: tuple[Judgement, ...] = ()


class EventQuery(Record):
    """Which events are wanted: lists mean any of, different fields mean all of; days are ISO and inclusive.

    `organizations` holds ids or names; `match` "all" asks for events in which every one of them takes part. A day
    bound is met by the days an event can span, so an event of unknown year meets none; `undated` "only" asks for
    those events, whatever the bounds.
    """

    organizations: tuple[str, ...] = ()
    match: Literal["any", "all"] = "any"
    types: tuple[EventType, ...] = ()
    statuses: tuple[Status, ...] = ()
    from_: str | None = Field(None, alias="from")
    to: str | None = None
    q: str | None = None
    certainty: tuple[Certainty, ...] = ()
    headline: bool | None = None
    undated: Literal["include", "exclude", "only"] = "include"
    order: Literal["newest", "oldest"] = "newest"


class EventPage(Record):
    """One screen of a query's answer: `next` is the cursor of the following one, `total` counts all matches."""

    events: tuple[Event, ...]
    next: str | None
    total: int


class OrganizationSummary(Record):
    """An organisation with how often and when it acts; days ISO, null where no event of it is dated."""

    id: str
    name: str
    names: tuple[str, ...]
    events: int
    first: str | None
    last: str | None


class OrganizationPage(Record):
    """One screen of organisations."""

    organizations: tuple[OrganizationSummary, ...]
    next: str | None
    total: int


class PartnershipPage(Record):
    """One screen of partnerships."""

    partnerships: tuple[Partnership, ...]
    next: str | None
    total: int


class StoredPage(Record):
    """A page as the store keeps it: its raw text, and what was found in it."""

    id: str
    text: str
    findings: PageFindings


class SaveReport(Record):
    """What a save did: pages written, with their ids, and pages that were there already, word for word."""

    ingested: int
    unchanged: int
    written: tuple[str, ...] = ()


class Counts(Record):
    """How much a store holds."""

    pages: int
    events: int
    organizations: int
    partnerships: int


class FacetCount(Record):
    """How many of a query's events have one value of a field; `label` is what a reader calls the value."""

    value: str
    label: str
    count: int


ChangeKind = Literal["created", "updated", "merged", "split", "corrected", "deleted"]


class Change(Record):
    """One change of the chronology: `sequence` grows, `other` is what it was merged into or what was split off."""

    sequence: int
    kind: ChangeKind
    subject: Literal["event", "organization"]
    id: str
    other: str | None
    reason: str
    at: str | None
