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
Review = Literal["automatic", "confirmed", "corrected", "rejected"]


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

    shown = ("id", "type", "status", "date", "title", "organizations", "place", "sources")

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
    review: Review = "automatic"


class Partnership(Record):
    """A pair or group of organisations tied by an event; `is_signed` false where no report tells of a signing.

    `subject` says what it is about, `creates` names the bodies it founds, as the reports call them.
    """

    id: str
    organizations: tuple[str, ...]
    parties: tuple[str, ...]
    kind: PartnershipKind
    edtf: str | None
    event: str
    is_signed: bool = True
    subject: str | None = None
    creates: tuple[str, ...] = ()


class Judgement(Record):
    """Why two things were joined or kept apart: verdict, score, reasons, by whom."""

    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    score: float
    reasons: tuple[str, ...]
    by: str
    at: str | None = None


CorrectionField = Literal["date", "type", "status", "title", "place", "party", "verdict"]


class Correction(Record):
    """What a person says of an event, laid over what the machine found; it outlives every later run.

    `date` is set to an EDTF value, `type` and `status` to one of their words, `title` and `place` to a text (null
    empties them). A `party` is added under a role, which it takes instead of another one, or removed; its value is an
    organisation's id or name, and is kept as the id with the `name` beside it. A `verdict` is confirmed or rejected.
    Instants are ISO 8601 in UTC; what was withdrawn stays in the history. The store makes the `id` of what is said, by
    whom and when, and notes the `reports` ("page/mention@start-end", the last two of the sentence) that the event had
    then: by these the correction finds its event again where it was given another id.
    """

    id: str = ""
    event: str
    field: CorrectionField
    action: Literal["set", "add", "remove"] = "set"
    value: str | None = None
    role: Role | None = None
    name: str | None = None
    by: str
    reason: str = ""
    at: str
    reports: tuple[str, ...] = ()
    withdrawn_by: str | None = None
    withdrawn_at: str | None = None


ReviewKind = Literal["unknown_year", "conflict", "unsure_merge", "low_confidence"]


class ReviewCandidate(Record):
    """An answer that a reviewer may pick: an EDTF date for an unknown year, with why it is possible."""

    value: str
    reason: str


class ReviewItem(Record):
    """One thing that needs eyes: an event, or the two things (events or organisations) of an unsure merge."""

    kind: ReviewKind
    subject: Literal["event", "organization"]
    ids: tuple[str, ...]
    title: str
    reason: str
    candidates: tuple[ReviewCandidate, ...] = ()


class ReviewPage(Record):
    """One screen of the review list; `counts` says how many of each kind wait."""

    items: tuple[ReviewItem, ...]
    next: str | None
    total: int
    counts: dict[ReviewKind, int]


class Applied(Record):
    """What became of one line of a file of corrections and verdicts; `reason` says why it was refused or changed nothing."""

    line: int
    subject: Literal["correction", "verdict"] | None
    id: str | None
    outcome: Literal["applied", "unchanged", "refused"]
    reason: str = ""


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
    those events, whatever the bounds. `roles` are those that the wanted organisations play (any organisation's where
    none is wanted). `places` are names or administrative codes and hold what lies within them. `min_sources` counts
    independent sources. `updated_since` is a sequence number of the change log.
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
    roles: tuple[Role, ...] = ()
    places: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    not_types: tuple[EventType, ...] = ()
    not_statuses: tuple[Status, ...] = ()
    reviews: tuple[Review, ...] = ("automatic", "confirmed", "corrected")
    min_sources: int = 1
    updated_since: int | None = None
    order: Literal["newest", "oldest"] = "newest"


class EventPage(Record):
    """One screen of a query's answer: `next` is the cursor of the following one, `total` counts all matches."""

    events: tuple[Event, ...]
    next: str | None
    total: int


class PairEvidence(Record):
    """One event that ties a pair: the kinds of its partnerships, and the pages that tell of it on their own."""

    event: str
    title: str | None
    type: EventType
    status: Status
    edtf: str | None
    kinds: tuple[PartnershipKind, ...]
    sources: int


class Pair(Record):
    """Two organisations that events tie, with these as evidence, the newest first.

    `events` counts all of them, of which `evidence` holds the first fifty; `sources` counts the pages that tell of any
    of them and are no reprints. `first` and `last` are ISO days, null where no event is dated.
    """

    organizations: tuple[str, str]
    names: tuple[str, str]
    events: int
    sources: int
    first: str | None
    last: str | None
    kinds: dict[PartnershipKind, int]
    evidence: tuple[PairEvidence, ...]


class PairPage(Record):
    """One screen of pairs, those with the most events first."""

    pairs: tuple[Pair, ...]
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
