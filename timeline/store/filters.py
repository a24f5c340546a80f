"""An EventQuery in, SQL conditions on the events' table out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Table,
    and_,
    exists,
    false,
    func,
    intersect,
    literal_column,
    or_,
    select,
    union,
)

from timeline.chronology import EventQuery, Review
from timeline.store import search
from timeline.store.changes import resolve_id
from timeline.store.tables import CHANGES, EVENTS, NAMES, ORGANIZATIONS, PARTICIPATIONS, PLACES, SOURCES

Numbers = Select[int] | CompoundSelect[int]


def conditions(
    connection: Connection, query: EventQuery, *, is_walked: bool = False, is_dense: bool = False
) -> list[ColumnElement[bool]]:
    """Give the conditions that all must hold for an event to be in the query's answer.

    With `is_walked`, what the query looks up elsewhere is checked event by event along the order of the list; with
    `is_dense`, so many events match that each is asked for its own parts, and no list of the matching ones is made.
    """
    table = EVENTS.c
    # SQLite seeks by number wherever it can; a sum with nothing in it stops it from that
    is_sqlite = connection.dialect.name == "sqlite"
    number = table.number + literal_column("0") if is_walked and is_sqlite else table.number
    reach = Reach(number, is_dense)
    found = [*_dates(query), *_organizations(connection, query, reach), *_columns(query)]
    found += reviews(connection, query, number)
    if query.places:
        found.append(reach.where(PLACES, or_(*map(_lies_in, query.places))))
    if query.outlets:
        found.append(reach.where(SOURCES, SOURCES.c.outlet.in_(query.outlets)))
    if query.updated_since is not None:
        changed = select(CHANGES.c.id).where(CHANGES.c.sequence > query.updated_since)
        found.append(table.id.in_(changed.where(CHANGES.c.subject == "event")))
    searched = _searched(connection, query)
    if searched is not None:
        found.append(number.in_(searched))
    return found


def counting(connection: Connection, query: EventQuery) -> Select[int]:
    """Give the query that counts an answer; a search alone is counted in its index."""
    searched = _searched(connection, query)
    plain = EventQuery(q=query.q, order=query.order)
    if searched is not None and query == plain and not reviews(connection, query, EVENTS.c.number):
        return select(func.count()).select_from(searched.subquery())
    return select(func.count()).select_from(EVENTS).where(*conditions(connection, query))


@dataclass(frozen=True, slots=True)
class Reach:
    """How a condition on an event's parts is put: as a list of events to be in, or as a question to each event."""

    number: ColumnElement[int]
    is_dense: bool

    def where(self, parts: Table, *clauses: ColumnElement[bool]) -> ColumnElement[bool]:
        """Say that an event has a part of which the clauses hold."""
        if self.is_dense:
            return exists().where(parts.c.event == EVENTS.c.number, *clauses)
        return self.number.in_(select(parts.c.event).where(*clauses))

    def where_all(
        self, parts: Table, wanted: Sequence[Sequence[ColumnElement[bool]]]
    ) -> list[ColumnElement[bool]]:
        """Say that an event has a part for each of several groups of clauses; no group at all is no event."""
        if self.is_dense or len(wanted) < 2:
            return [self.where(parts, *clauses) for clauses in wanted] or [false()]
        return [self.number.in_(intersect(*(select(parts.c.event).where(*c) for c in wanted)))]


def is_plain(query: EventQuery) -> bool:
    """Say whether a query asks for all events, but for what persons made of them."""
    return query == EventQuery(reviews=query.reviews, order=query.order)


def _searched(connection: Connection, query: EventQuery) -> Select[int] | None:
    if query.q is None:
        return None
    is_sqlite = connection.dialect.name == "sqlite"
    return search.find_numbers(search.EVENTS_INDEX, query.q, is_sqlite=is_sqlite)


def find_organization_numbers(
    connection: Connection, wanted: str, *, is_part: bool = False
) -> Numbers | None:
    """Give a query for the numbers of the organisations meant by an id, else by a whole name, else by a part of one.

    With `is_part` a whole name is a part like any other. None where the words hold nothing to look for.
    """
    table = ORGANIZATIONS.c
    by_id = select(table.number).where(table.id == resolve_id(connection, wanted.strip()))
    if connection.execute(by_id).first() is not None:
        return by_id
    by_name = select(NAMES.c.organization).where(NAMES.c.folded == search.fold(wanted))
    if not is_part and connection.execute(by_name.limit(1)).first() is not None:
        return by_name
    is_sqlite = connection.dialect.name == "sqlite"
    return search.find_numbers(search.ORGANIZATIONS_INDEX, wanted, is_sqlite=is_sqlite)


def _dates(query: EventQuery) -> list[ColumnElement[bool]]:
    table = EVENTS.c
    if query.undated == "only":
        return [table.certainty == "unknown"]
    found: list[ColumnElement[bool]] = []
    if query.undated == "exclude" or query.from_ is not None or query.to is not None:
        found.append(table.certainty != "unknown")
    # an open end reaches as far as the bound
    if query.from_ is not None:
        found.append(or_(table.to >= query.from_, table.to.is_(None)))
    if query.to is not None:
        found.append(or_(table["from"] <= query.to, table["from"].is_(None)))
    return found


def _columns(query: EventQuery) -> list[ColumnElement[bool]]:
    """Give the conditions on an event's own columns."""
    table = EVENTS.c
    found: list[ColumnElement[bool]] = []
    # nearly all events are known to the day: an index of these is no help, and SQLite would take it for one
    certainty = table.certainty.concat("") if "day" in query.certainty else table.certainty
    for column, values in (
        (table.type, query.types),
        (table.status, query.statuses),
        (certainty, query.certainty),
    ):
        if values:
            found.append(column == values[0] if len(values) == 1 else column.in_(values))
    for column, values in ((table.type, query.not_types), (table.status, query.not_statuses)):
        if values:
            found.append(column.not_in(values))
    if query.headline is not None:
        found.append(table.headline == query.headline)
    if query.min_sources > 1:
        found.append(table.independent >= query.min_sources)
    return found


def reviews(
    connection: Connection, query: EventQuery, number: ColumnElement[int]
) -> list[ColumnElement[bool]]:
    """Leave out what was reviewed otherwise; nearly all events never were, so only the reviewed ones are looked up."""
    if "automatic" not in query.reviews:
        return [EVENTS.c.review != "automatic", EVENTS.c.review.in_(query.reviews)]
    unwanted = tuple(review for review in get_args(Review) if review not in query.reviews)
    left_out = _left_out(unwanted)
    if not unwanted or connection.execute(left_out.limit(1)).first() is None:
        return []
    return [number.not_in(left_out)]


@cache
def _left_out(unwanted: tuple[Review, ...]) -> Select[int]:
    table = EVENTS.alias("reviewed").c
    return select(table.number).where(table.review != "automatic", table.review.in_(unwanted))


def _lies_in(place: str) -> ColumnElement[bool]:
    """Say that a place is the one of a name or an administrative code, or lies within it.

    A name that the table of districts knows stands for its codes; any other is a whole name or the beginning of one.
    """
    from timeline.areas import code_prefix, codes_named  # the table of districts takes a moment to load

    table, folded = PLACES.c, search.fold(place)
    if not folded:
        return false()
    codes = codes_named(folded)
    if not codes:
        return and_(table.folded >= folded, table.folded < folded + chr(sys.maxunicode))
    inside = [and_(table.adcode >= (stem := code_prefix(code)), table.adcode < stem + ":") for code in codes]
    return or_(table.folded == folded, *inside)


def _organizations(connection: Connection, query: EventQuery, reach: Reach) -> list[ColumnElement[bool]]:
    parts = PARTICIPATIONS.c
    plays = [parts.role.in_(query.roles)] if query.roles else []
    if not query.organizations:
        return [reach.where(PARTICIPATIONS, *plays)] if plays else []
    numbers = [
        n
        for wanted in query.organizations
        if (n := find_organization_numbers(connection, wanted)) is not None
    ]
    if query.match == "all":
        return reach.where_all(PARTICIPATIONS, [[parts.organization.in_(n), *plays] for n in numbers])
    if not numbers:
        return [false()]
    meant = numbers[0] if len(numbers) == 1 else union(*numbers)
    return [reach.where(PARTICIPATIONS, parts.organization.in_(meant), *plays)]
