"""What passes between the rooms: inside a page, frozen dataclasses in clean offsets; going out, models in raw offsets.

All spans are half-open code points, all days ISO and inclusive. Going-out records are the JSON contract of the
project: every field is always there, unknown is null or [], and `from_` is written `from`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from timeline.brevity import show_briefly
from timeline.edtf import Edtf
from timeline.offsets import OffsetMap

SourceFormat = Literal["txt", "html", "md", "json", "jsonl", "csv", "feed", "warc", "text"]
SegmentKind = Literal[
    "headline", "byline", "article", "abstract", "teaser", "related", "caption", "comment", "navigation", "footer"
]  # fmt: skip
RepairStep = Literal[
    "gloss", "mojibake", "script", "width", "quote", "space", "linebreak", "control", "entity", "markup"
]
EvidenceKind = Literal["given", "declared", "stated", "citation", "dateline", "url", "clue"]
PublishedKind = Literal["given", "declared", "stated", "citation", "dateline", "url", "inferred", "none"]
TimeKind = Literal["date", "time", "range", "duration", "set"]
EventType = Literal[
    "signing", "forum", "unveiling", "establishment", "groundbreaking", "opening", "launch", "expo", "visit", "award", "other"
]  # fmt: skip
Status = Literal["held", "planned", "ongoing", "cancelled"]
Role = Literal[
    "party", "host", "organizer", "co_host", "supporter", "unveiled", "attendee", "witness", "recipient", "other"
]  # fmt: skip
PartnershipKind = Literal[
    "strategic_cooperation",
    "framework",
    "joint_venture",
    "project",
    "co_building",
    "investment",
    "licence",
    "other",
]


# ---- inside a page: read -> clean -> publication, pipes -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] of the text a record belongs to."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Declared:
    """One datum the source states about itself: meta[article:published_time], json-ld.datePublished, record.published."""

    name: str
    value: str
    where: str


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as it was read: `text` is what every outgoing offset points into."""

    id: str
    text: str
    format: SourceFormat
    path: str | None = None
    url: str | None = None
    source_id: str | None = None
    index: int = 0
    encoding: str = "utf-8"
    declared: tuple[Declared, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no page: which, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One rewrite that clean/ made; the span is of the raw text."""

    step: RepairStep
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the clean text of one kind; a teaser or an item may have its own title and stamp."""

    kind: SegmentKind
    start: int
    end: int
    title: Span | None = None
    stamp: Span | None = None


@dataclass(frozen=True, slots=True)
class CleanPage:
    """The repaired, simplified text with the way back to the raw one; `damaged` counts places left unrepaired."""

    raw: RawPage
    text: str
    offsets: OffsetMap
    segments: tuple[Segment, ...]
    repairs: tuple[Repair, ...] = ()
    damaged: int = 0
    script: Literal["hant"] | None = None
    warnings: tuple[str, ...] = ()

    def to_raw(self, start: int, end: int) -> tuple[str, int, int]:
        """Give the raw words of clean text[start:end] with their raw span."""
        low, high = self.offsets.to_before(start, end)
        return self.raw.text[low:high], low, high


@dataclass(frozen=True, slots=True)
class Reference:
    """What dates without a year are resolved against: the day a text speaks from, as precisely as it is known.

    `date` may be a day, a month or only a year; None is unknown. `latest` (ISO day) is a bound the text cannot be
    younger than. Values resolved against a reference that is not `is_certain` are marked "?".
    """

    date: Edtf | None = None
    kind: PublishedKind = "none"
    is_certain: bool = True
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression as it stands in a text, before any reference: what is said, implied and left open."""

    start: int
    end: int
    text: str
    kind: TimeKind
    known: Mapping[str, int | str] = field(default_factory=dict)
    implied: Mapping[str, int | str] = field(default_factory=dict)
    relation: str | None = None
    vagueness: Literal["", "about", "before", "after"] = ""


@dataclass(frozen=True, slots=True)
class ResolvedTime:
    """A time expression with its value: `from_` and `to` are inclusive ISO days (datetimes for kind "time")."""

    start: int
    end: int
    text: str
    kind: TimeKind
    edtf: Edtf | None
    from_: str | None
    to: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Publication:
    """When a page was published, by what evidence, and what the dates in each of its segments refer to."""

    published: Published
    reference: Reference
    references: Mapping[Segment, Reference] = field(default_factory=dict)
    outlet: str | None = None
    title: str | None = None
    authors: tuple[Author, ...] = ()
    byline: RawSpan | None = None
    warnings: tuple[str, ...] = ()

    def reference_for(self, segment: Segment) -> Reference:
        """Give the segment's own reference (a teaser's stamp), else the page's."""
        return self.references.get(segment, self.reference)


# ---- going out: the contract -----------------------------------------------------------------------------------


class Record(BaseModel):
    """The base of what goes out: frozen, no unknown fields, JSON under the names of the contract."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    shown: ClassVar[tuple[str, ...]] = ()  # the fields a record is shown by; none: all that say something

    def to_json(self) -> dict[str, Any]:
        """Give plain values under the contract's names."""
        return self.model_dump(mode="json", by_alias=True)

    def __repr__(self) -> str:
        """Show the record in a short line; `to_json` gives all of it."""
        return show_briefly(self, self.shown or type(self).model_fields)

    __str__ = __repr__


class RawSpan(Record):
    """raw[start:end] == text."""

    text: str
    start: int
    end: int


class Evidence(Record):
    """One thing that speaks for a publication date; a span of null stands outside the text (a url, a field)."""

    kind: EvidenceKind
    edtf: str | None
    text: str
    start: int | None = None
    end: int | None = None
    weight: float
    note: str
    used: bool


class Published(Record):
    """The publication date with its evidence, winner first, losers kept."""

    edtf: str | None = None
    kind: PublishedKind = "none"
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


AuthorRole = Literal["author", "reporter", "correspondent", "editor", "photographer"]


class Author(Record):
    """Somebody who wrote, sent in, edited or pictured the page, as its byline says; a span of null stands outside the text."""

    name: str
    role: AuthorRole
    start: int | None = None
    end: int | None = None


class Repairs(Record):
    """How much clean/ rewrote, and how many places stay damaged."""

    mojibake: int = 0
    glosses: int = 0
    script: Literal["hant"] | None = None
    damaged: int = 0


class TimeMention(RawSpan):
    """A time expression with its value."""

    kind: TimeKind
    edtf: str | None
    from_: str | None = Field(alias="from")
    to: str | None
    reason: str


class EventDate(Record):
    """When an event was: the words, their value, the days it can span, and how it is known."""

    edtf: str | None = None
    from_: str | None = Field(None, alias="from")
    to: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None
    reason: str = "no time expression governs this event"
    confidence: float = 0.0


class Place(RawSpan):
    """Where an event was: clean name, administrative code where the gazetteer knows it."""

    name: str
    adcode: str | None = None


class Participant(RawSpan):
    """An organisation in its role; `is_borrowed` where it stands outside the trigger's clause."""

    name: str
    role: Role
    is_borrowed: bool = False


class Person(Record):
    """A person named in an event, with title and affiliation where the text gives them."""

    name: str
    title: str | None = None
    organization: str | None = None
    start: int
    end: int


class Amount(RawSpan):
    """A sum of money in whole units of its currency (ISO 4217)."""

    value: float
    currency: str


class EventMention(Record):
    """One event as one page tells it; `part_of` is the id of the page's event that this one was held as a part of."""

    shown = ("type", "status", "date", "title", "organizations", "place")

    id: str
    type: EventType
    status: Status
    headline: bool
    title: str | None
    theme: str | None
    date: EventDate
    trigger: RawSpan
    place: Place | None
    organizations: tuple[Participant, ...]
    persons: tuple[Person, ...]
    amount: Amount | None
    sentence: RawSpan
    segment: Literal["article", "teaser", "abstract"]
    confidence: float
    part_of: str | None = None


class PagePartnership(Record):
    """Who works with whom since when, as one page tells it; `is_signed` false where no signing is told.

    `event` is the mention that tells it, null where the page tells it in passing. `subject` says what it is about in
    clean words, `creates` names the bodies it founds, `sentence` is where it is told.
    """

    parties: tuple[str, ...]
    kind: PartnershipKind
    edtf: str | None
    event: str | None
    is_signed: bool = True
    subject: str | None = None
    creates: tuple[str, ...] = ()
    sentence: RawSpan | None = None


class PageFindings(Record):
    """Everything one page gave: the object `timeline extract` prints and POST /api/v1/extract returns."""

    shown = ("id", "title", "published", "times", "events", "partnerships", "warnings")

    id: str
    source_id: str | None
    path: str | None
    url: str | None
    title: str | None
    outlet: str | None
    authors: tuple[Author, ...] = ()
    byline: RawSpan | None = None
    published: Published
    repairs: Repairs
    times: tuple[TimeMention, ...]
    events: tuple[EventMention, ...]
    partnerships: tuple[PagePartnership, ...]
    warnings: tuple[str, ...]


class Extraction(Record):
    """A page's findings with the raw text their offsets point into: what run.py yields and the store keeps."""

    text: str
    findings: PageFindings


@dataclass(frozen=True, slots=True)
class Annotation:
    """What pipes/ found in one page, in the contract's terms."""

    times: tuple[TimeMention, ...]
    events: tuple[EventMention, ...]
    partnerships: tuple[PagePartnership, ...]
    warnings: tuple[str, ...] = ()
