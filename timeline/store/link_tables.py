"""The tables that linking reads instead of whole pages: names, where they are used, blocks of like reports, pairs judged.

All of it is made of the pages' findings and can be made anew. A `report` is the short name of a page's mention, a `key`
that of a name or a block (63 bits, made in link/).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, Integer
from sqlmodel import Field

from timeline.store.tables import Base, RawText, Sorted

Number = BigInteger().with_variant(Integer, "sqlite")
# rows of some numbers: the key is the table
_PLAIN = {"sqlite_with_rowid": False}


def _key() -> Any:
    return Field(sa_type=Number, primary_key=True, sa_column_kwargs={"autoincrement": False})


def _word() -> Any:
    return Field(sa_type=Sorted)


class LinkNameRow(Base, table=True):
    """A name by its key: the body it means, who acts when that is named, the organisation that this is."""

    __tablename__ = "link_names"
    __table_args__ = (
        Index("ix_link_names_stem", "stem"),
        Index("ix_link_names_backward", "backward"),
        Index("ix_link_names_body", "body"),
    )
    code: int = _key()
    key: str = _word()
    stem: str = _word()
    backward: str = _word()
    body: str = _word()
    actor: str | None = Field(default=None, sa_type=Sorted, nullable=True)
    organization: str = _word()


class LinkReportRow(Base, table=True):
    """A mention of a page by its short name; a mention of "" stands for what the page says outside of events."""

    __tablename__ = "link_reports"
    __table_args__ = (Index("ix_link_reports_page", "page"),)
    code: int = _key()
    page: str = _word()
    mention: str = _word()


class LinkUseRow(Base, table=True):
    """How often a report uses a name under a key."""

    __tablename__ = "link_uses"
    __table_args__ = (Index("ix_link_uses_report", "report"), _PLAIN)
    key: int = _key()
    report: int = _key()
    name: str = Field(sa_type=RawText, primary_key=True)
    type: str | None = Field(default=None, sa_type=Sorted, nullable=True)
    times: int = 1


class LinkBlockRow(Base, table=True):
    """A block that a report is in, under each of its days (month and day as MMDD)."""

    __tablename__ = "link_blocks"
    __table_args__ = (Index("ix_link_blocks_report", "report"), _PLAIN)
    key: int = _key()
    day: int = Field(primary_key=True)
    report: int = _key()


class LinkEdgeRow(Base, table=True):
    """Two reports that the rules take for one event, or would not tell apart."""

    __tablename__ = "link_edges"
    __table_args__ = (Index("ix_link_edges_right", "right"), _PLAIN)
    left: int = _key()
    right: int = _key()
    is_same: bool


class LinkPairRow(Base, table=True):
    """A short and a full name that the rules judged, with the names under which the judgement stands."""

    __tablename__ = "link_pairs"
    __table_args__ = (Index("ix_link_pairs_full", "full"), _PLAIN)
    short: int = _key()
    full: int = _key()
    is_same: bool
    score: float
    left: str = Field(sa_type=RawText)
    right: str = Field(sa_type=RawText)


class LinkWaitingRow(Base, table=True):
    """What was said since the last linking: a page, or the report or name that a person's verdict is about."""

    __tablename__ = "link_waiting"
    kind: str = Field(sa_type=Sorted, primary_key=True)
    subject: str = Field(sa_type=RawText, primary_key=True)


def _table(row: Any) -> Any:
    return Base.metadata.tables[str(row.__tablename__)]


LINK_NAMES, LINK_REPORTS, LINK_USES = _table(LinkNameRow), _table(LinkReportRow), _table(LinkUseRow)
LINK_BLOCKS, LINK_EDGES, LINK_PAIRS = _table(LinkBlockRow), _table(LinkEdgeRow), _table(LinkPairRow)
LINK_WAITING = _table(LinkWaitingRow)
EVIDENCE = (LINK_NAMES, LINK_REPORTS, LINK_USES, LINK_BLOCKS, LINK_EDGES, LINK_PAIRS)
