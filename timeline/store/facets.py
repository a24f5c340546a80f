"""A query and a field in, how many of the query's events have each value out, the most frequent first."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import ColumnElement, Connection, Select, func, select

from timeline.chronology import EventQuery, FacetCount
from timeline.store.connect import Store
from timeline.store.filters import conditions
from timeline.store.tables import EVENTS, ORGANIZATIONS, PARTICIPATIONS

Facet = Literal["type", "year", "month", "organization", "certainty", "status"]
_DATED = {"year": 4, "month": 7}


def count_by(store: Store, query: EventQuery, field: Facet, *, limit: int = 1000) -> list[FacetCount]:
    """Count a query's events by a field; years and months by the first day an event can span, in time's order.

    Events of unknown year have no year, those known to the year only no month: they are counted under neither.
    """
    with store.read() as connection:
        where = conditions(connection, query)
        if field == "organization":
            return _by_organization(connection, where, limit)
        value = _value(field)
        wanted: Select[str, int] = select(value, func.count()).where(*where).group_by(value)
        if field in _DATED:
            wanted = wanted.where(EVENTS.c.certainty.in_(("day", "month") if field == "month" else _KNOWN))
            wanted = wanted.where(EVENTS.c["from"].is_not(None)).order_by(value)
        else:
            wanted = wanted.order_by(func.count().desc(), value)
        rows = connection.execute(wanted.limit(limit))
        return [FacetCount(value=row[0], label=row[0], count=row[1]) for row in rows]


_KNOWN = ("day", "month", "year")


def _value(field: Facet) -> ColumnElement[str]:
    if field in _DATED:
        return func.substr(EVENTS.c["from"], 1, _DATED[field])
    column: ColumnElement[str] = EVENTS.c[field]
    return column


def _by_organization(
    connection: Connection, where: list[ColumnElement[bool]], limit: int
) -> list[FacetCount]:
    parts, table = PARTICIPATIONS.c, ORGANIZATIONS.c
    events = func.count(parts.event.distinct())
    counted = (
        select(parts.organization, events.label("events"))
        .where(parts.event.in_(select(EVENTS.c.number).where(*where)))
        .group_by(parts.organization)
        .order_by(events.desc(), parts.organization)
        .limit(limit)
        .subquery()
    )
    wanted = select(table.id, table.name, counted.c.events).join(
        counted, counted.c.organization == table.number
    )
    rows = connection.execute(wanted.order_by(counted.c.events.desc(), table.id))
    return [FacetCount(value=row.id, label=row.name, count=row.events) for row in rows]
