"""The tables, as SQLModel classes in a metadata of their own: what a row of each holds, under the contract's names.

Rows are made in rows.py from records that were validated before; a table model validates nothing. `number` is a row's
short name inside the database and never leaves it; a `record` is the JSON that goes out, other columns find it.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SCHEMA = "0007"

# code points that a database refuses in a text, and the mark that stands before their number: "a\x00" -> "a\x100;"
_REFUSED = re.compile("[\x00\x10\ud800-\udfff]")
_WRITTEN = re.compile("\x10(?P<number>[0-9a-f]+);")

# ids and names sort by code point on every backend
Sorted = String().with_variant(String(collation="C"), "postgresql")
Number = BigInteger().with_variant(Integer, "sqlite")
# few events are reviewed: only these are looked up
_REVIEWED = text("review <> 'automatic'")
# with these in an index, a span of time is looked for in the index alone
_SPAN = ("from", "to", "certainty")
_DISPUTED = text("conflicts > 0")
# below this an event is one that a person should look at
SURE = 0.6
_DOUBTFUL = text(f"confidence < {SURE}")


class RawText(TypeDecorator[str]):
    """Keep any Python text: what a database refuses (NUL, lone surrogates) is written as a mark and a number."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return value and _REFUSED.sub(lambda m: f"\x10{ord(m[0]):x};", value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return value and _WRITTEN.sub(lambda m: chr(int(m["number"], 16)), value)


class Base(SQLModel):
    """Share one metadata."""

    metadata: ClassVar[MetaData] = MetaData()


def _key(kind: Any = Sorted) -> Any:
    return Field(sa_type=kind, primary_key=True)


def _text(*, is_unique: bool = False, is_indexed: bool = False) -> Any:
    return Field(sa_type=Sorted, unique=is_unique, index=is_indexed)


def _maybe(kind: Any = Sorted) -> Any:
    return Field(default=None, sa_type=kind, nullable=True)


def _number(target: str | None = None, *, is_key: bool = False) -> Any:
    if target is None:
        return Field(
            default=None, sa_type=Number, primary_key=is_key, sa_column_kwargs={"autoincrement": False}
        )
    return Field(sa_type=Number, foreign_key=target, primary_key=is_key, ondelete="CASCADE")


def _from() -> Any:
    return Field(default=None, sa_column=Column("from", Sorted, nullable=True))


class PageRow(Base, table=True):
    """A page: its raw text and everything found in it."""

    __tablename__ = "pages"
    id: str = _key()
    source_id: str | None = _maybe(RawText)
    path: str | None = _maybe(RawText)
    url: str | None = _maybe(RawText)
    title: str | None = _maybe(RawText)
    outlet: str | None = _maybe(RawText)
    published: str | None = _maybe()
    text: str = Field(sa_type=RawText)
    findings: str = Field(sa_type=Text)
    digest: str = _text()


class MentionRow(Base, table=True):
    """One event as one page tells it."""

    __tablename__ = "mentions"
    page: str = Field(sa_type=Sorted, foreign_key="pages.id", primary_key=True, ondelete="CASCADE")
    id: str = _key()
    position: int
    type: str = _text()
    status: str = _text()
    headline: bool
    title: str | None = _maybe(RawText)
    edtf: str | None = _maybe()
    from_: str | None = _from()
    to: str | None = _maybe()
    sentence: str = Field(sa_type=RawText)
    start: int
    end: int
    confidence: float


class EventRow(Base, table=True):
    """One event of the chronology; `newest` and `oldest` ascend in either order of the dates, unknown years last."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_newest", "newest", "id", *_SPAN),
        Index("ix_events_oldest", "oldest", "id", *_SPAN),
        Index("ix_events_type", "type", "newest", "id", *_SPAN),
        Index("ix_events_certainty", "certainty", "newest", "id"),
        Index("ix_events_independent", "independent", "newest", "id", "certainty", "status"),
        Index("ix_events_conflicts", "newest", "id", sqlite_where=_DISPUTED, postgresql_where=_DISPUTED),
        Index("ix_events_doubtful", "newest", "id", sqlite_where=_DOUBTFUL, postgresql_where=_DOUBTFUL),
        Index(
            "ix_events_review", "review", "newest", "id", sqlite_where=_REVIEWED, postgresql_where=_REVIEWED
        ),
    )
    number: int | None = _number(is_key=True)
    id: str = _text(is_unique=True)
    type: str = _text()
    status: str = _text()
    headline: bool
    title: str | None = _maybe(RawText)
    theme: str | None = _maybe(RawText)
    edtf: str | None = _maybe()
    from_: str | None = _from()
    to: str | None = _maybe()
    certainty: str = _text()
    newest: int = Field(sa_type=Number)
    oldest: int = Field(sa_type=Number)
    confidence: float
    sources: int
    independent: int
    conflicts: int
    review: str = _text()
    digest: str = _text()


class TallyRow(Base, table=True):
    """How many events share a month and their kind; the database itself keeps it right with every write of events.

    Months are YYYY-MM, "" where that end is open or unknown. `low` and `high` enclose the day, as a number, under which
    each of these events stands in the list.
    """

    __tablename__ = "tallies"
    __table_args__: ClassVar[dict[str, Any]] = {"sqlite_with_rowid": False}
    from_month: str = _key()
    to_month: str = _key()
    type: str = _key()
    status: str = _key()
    certainty: str = _key()
    headline: bool = Field(primary_key=True)
    review: str = _key()
    events: int
    low: int = Field(sa_type=Number)
    high: int = Field(sa_type=Number)


class RecordRow(Base, table=True):
    """An event as it goes out, apart from the columns that find it: these stay narrow, so that many fit a page.

    `machine` is what was found of it and of its partnerships, null where no person corrects it.
    """

    __tablename__ = "event_records"
    event: int = _number("events.number", is_key=True)
    record: str = Field(sa_type=Text)
    machine: str | None = _maybe(Text)


class OrganizationRow(Base, table=True):
    """One organisation, with how often and when it acts; `rank` ascends from the most active on."""

    __tablename__ = "organizations"
    __table_args__ = (Index("ix_organizations_rank", "rank", "id"),)
    number: int | None = _number(is_key=True)
    id: str = _text(is_unique=True)
    name: str = Field(sa_type=RawText)
    events: int = 0
    first: str | None = _maybe()
    last: str | None = _maybe()
    rank: int = 0
    digest: str = _text()


class OrganizationNameRow(Base, table=True):
    """One of an organisation's names; `folded` is what a search compares."""

    __tablename__ = "organization_names"
    organization: int = _number("organizations.number", is_key=True)
    position: int = Field(primary_key=True)
    name: str = Field(sa_type=RawText)
    folded: str = _text(is_indexed=True)


class ParticipationRow(Base, table=True):
    """An organisation's part in an event."""

    __tablename__ = "participations"
    __table_args__ = (
        Index("ix_participations_organization", "organization", "event"),
        Index("ix_participations_role", "role", "event"),
    )
    event: int = _number("events.number", is_key=True)
    position: int = Field(primary_key=True)
    organization: int = _number("organizations.number")
    name: str = Field(sa_type=RawText)
    role: str = _text()


class PersonRow(Base, table=True):
    """A person named in an event."""

    __tablename__ = "people"
    event: int = _number("events.number", is_key=True)
    position: int = Field(primary_key=True)
    name: str = Field(sa_type=RawText)
    title: str | None = _maybe(RawText)
    organization: str | None = _maybe(RawText)


class PlaceRow(Base, table=True):
    """Where an event was; `folded` is what a filter compares, codes begin with those of what they lie in."""

    __tablename__ = "places"
    __table_args__ = (
        Index("ix_places_adcode", "adcode", "event"),
        Index("ix_places_folded", "folded", "event"),
    )
    event: int = _number("events.number", is_key=True)
    name: str = Field(sa_type=RawText)
    folded: str = _text()
    adcode: str | None = _maybe()


class SourceRow(Base, table=True):
    """One report of an event."""

    __tablename__ = "sources"
    __table_args__ = (
        Index("ix_sources_page", "page", "mention"),
        Index("ix_sources_outlet", "outlet", "event"),
    )
    event: int = _number("events.number", is_key=True)
    position: int = Field(primary_key=True)
    page: str = _text()
    mention: str = _text()
    outlet: str | None = _maybe(RawText)
    is_reprint: bool


class PartnershipRow(Base, table=True):
    """Organisations tied by an event."""

    __tablename__ = "partnerships"
    __table_args__ = (Index("ix_partnerships_event", "event"),)
    number: int | None = _number(is_key=True)
    id: str = _text(is_unique=True)
    event: int = _number("events.number")
    kind: str = _text()
    edtf: str | None = _maybe()
    record: str = Field(sa_type=Text)
    digest: str = _text()


class PartnerRow(Base, table=True):
    """One organisation of a partnership."""

    __tablename__ = "partners"
    __table_args__ = (Index("ix_partners_organization", "organization", "partnership"),)
    partnership: int = _number("partnerships.number", is_key=True)
    position: int = Field(primary_key=True)
    organization: int = _number("organizations.number")


class JudgementRow(Base, table=True):
    """Why two things were joined or kept apart."""

    __tablename__ = "judgements"
    __table_args__ = (Index("ix_judgements_verdict", "verdict", "score"),)
    left: str = _key()
    right: str = _key()
    by: str = _key()
    verdict: str = _text()
    score: float
    record: str = Field(sa_type=Text)
    digest: str = _text()


class CorrectionRow(Base, table=True):
    """What a person says of an event; `target` is the event it is laid over now, null where its reports are gone."""

    __tablename__ = "corrections"
    number: int | None = _number(is_key=True)
    id: str = _text(is_unique=True)
    target: str | None = Field(default=None, sa_type=Sorted, nullable=True, index=True)
    field: str = _text()
    withdrawn_at: str | None = _maybe()
    record: str = Field(sa_type=Text)


class ChangeRow(Base, table=True):
    """One change of the chronology, numbered in the order in which they became visible."""

    __tablename__ = "changes"
    sequence: int = Field(sa_type=Number, primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = _text()
    subject: str = _text()
    id: str = _text(is_indexed=True)
    other: str | None = _maybe()
    reason: str = Field(sa_type=RawText)
    at: str | None = _maybe()


class ForwardRow(Base, table=True):
    """Where an id that is no more has gone."""

    __tablename__ = "forwards"
    id: str = _key()
    target: str = _text(is_indexed=True)


class RevisionRow(Base, table=True):
    """A number that grows with each write of its subject: pages, changes."""

    __tablename__ = "revisions"
    name: str = _key()
    value: int = Field(sa_type=Number)


def _table(row: type[SQLModel]) -> Table:
    return Base.metadata.tables[str(row.__tablename__)]


PAGES, MENTIONS = _table(PageRow), _table(MentionRow)
EVENTS, TALLIES, RECORDS, SOURCES = (
    _table(EventRow),
    _table(TallyRow),
    _table(RecordRow),
    _table(SourceRow),
)
ORGANIZATIONS, NAMES = _table(OrganizationRow), _table(OrganizationNameRow)
PARTICIPATIONS, PEOPLE, PLACES = _table(ParticipationRow), _table(PersonRow), _table(PlaceRow)
PARTNERSHIPS, PARTNERS = _table(PartnershipRow), _table(PartnerRow)
JUDGEMENTS, CORRECTIONS, CHANGES, FORWARDS, REVISIONS = (
    _table(JudgementRow),
    _table(CorrectionRow),
    _table(ChangeRow),
    _table(ForwardRow),
    _table(RevisionRow),
)
