"""An EventQuery in, SQL conditions on the events' table out."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    false,
    func,
    literal_column,
    or_,
    select,
    union,
)

from timeline.chronology import EventQuery
from timeline.store import search
from timeline.store.changes import resolve_id
from timeline.store.tables import EVENTS, NAMES, ORGANIZATIONS, PARTICIPATIONS

Numbers = Select[int] | CompoundSelect[int]


def conditions(
    connection: Connection, query: EventQuery, *, is_walked: bool = False
) -> list[ColumnElement[bool]]:
    """Give the conditions that all must hold for an event to be in the query's answer.

    With `is_walked`, what the query searches for is checked event by event along the order of the list.
    """
    table = EVENTS.c
    # SQLite seeks by number wherever it can; a sum with nothing in it stops it from that
    is_sqlite = connection.dialect.name == "sqlite"
    number = table.number + literal_column("0") if is_walked and is_sqlite else table.number
    found: list[ColumnElement[bool]] = [*_dates(query), *_organizations(connection, query, number)]
    for column, values in (
        (table.type, query.types),
        (table.status, query.statuses),
        (table.certainty, query.certainty),
    ):
        if values:
            found.append(column == values[0] if len(values) == 1 else column.in_(values))
    if query.headline is not None:
        found.append(table.headline == query.headline)
    searched = _searched(connection, query)
    if searched is not None:
        found.append(number.in_(searched))
    return found


def counting(connection: Connection, query: EventQuery) -> Select[int]:
    """Give the query that counts an answer; a search alone is counted in its index."""
    searched = _searched(connection, query)
    plain = EventQuery(q=query.q, order=query.order)
    if searched is not None and query == plain:
        return select(func.count()).select_from(searched.subquery())
    return select(func.count()).select_from(EVENTS).where(*conditions(connection, query))


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


def _organizations(
    connection: Connection, query: EventQuery, number: ColumnElement[int]
) -> list[ColumnElement[bool]]:
    numbers = [
        n
        for wanted in query.organizations
        if (n := find_organization_numbers(connection, wanted)) is not None
    ]
    if not query.organizations:
        return []
    if query.match == "all":
        return [_takes_part(found, number) for found in numbers] or [false()]
    if not numbers:
        return [false()]
    return [_takes_part(numbers[0] if len(numbers) == 1 else union(*numbers), number)]


def _takes_part(numbers: Numbers, number: ColumnElement[int]) -> ColumnElement[bool]:
    events = select(PARTICIPATIONS.c.event).where(PARTICIPATIONS.c.organization.in_(numbers))
    return number.in_(events)
