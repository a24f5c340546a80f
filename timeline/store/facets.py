"""A query and a field in, how many of the query's events have each value out, the most frequent first."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Select, func, select

from timeline.chronology import EventQuery, FacetCount
from timeline.store.connect import Store
from timeline.store.filters import conditions
from timeline.store.tables import EVENTS, ORGANIZATIONS, PARTICIPATIONS, PLACES, SOURCES

Facet = Literal["type", "year", "month", "organization", "place", "outlet", "certainty", "status", "review"]
_DATED = {"year": 4, "month": 7}


def count_by(store: Store, query: EventQuery, field: Facet, *, limit: int = 1000) -> list[FacetCount]:
    """Count a query's events by a field; years and months by the first day an event can span, in time's order.

    Events of unknown year have no year, those known to the year only no month: they are counted under neither. Places
    are provinces, or what lies one step within the places that the query names; a place without a code is its name.
    """
    with store.read() as connection:
        where = conditions(connection, query)
        if field == "organization":
            return _by_organization(connection, where, limit)
        if field == "place":
            return _by_place(connection, query, where, limit)
        if field == "outlet":
            return _by_outlet(connection, where, limit)
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


def _of(events: ColumnElement[int], where: list[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """Keep to the parts of the events that are counted; where all are, nothing needs to be looked up."""
    return [events.in_(select(EVENTS.c.number).where(*where))] if where else []


def _by_organization(
    connection: Connection, where: list[ColumnElement[bool]], limit: int
) -> list[FacetCount]:
    parts, table = PARTICIPATIONS.c, ORGANIZATIONS.c
    events = func.count(parts.event.distinct())
    counted = (
        select(parts.organization, events.label("events"))
        .where(*_of(parts.event, where))
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


def _by_place(
    connection: Connection, query: EventQuery, where: list[ColumnElement[bool]], limit: int
) -> list[FacetCount]:
    from timeline.areas import name_of, widen  # the table of districts takes a moment to load

    table, events = PLACES.c, func.count()
    coded = select(table.adcode, events).where(*_of(table.event, where), table.adcode.is_not(None))
    counts: Counter[str] = Counter()
    digits = _digits_within(query.places)
    for code, count in connection.execute(coded.group_by(table.adcode)):
        counts[widen(code, digits)] += count
    named = select(table.folded, events).where(*_of(table.event, where), table.adcode.is_(None))
    rows = connection.execute(named.group_by(table.folded).order_by(events.desc(), table.folded).limit(limit))
    found = [FacetCount(value=c, label=name_of(c) or c, count=n) for c, n in counts.items()]
    found += [FacetCount(value=name, label=name, count=count) for name, count in rows]
    return sorted(found, key=lambda one: (-one.count, one.value))[:limit]


def _digits_within(places: tuple[str, ...]) -> int:
    """Say how many digits of a code tell apart what lies one step within the widest of some places."""
    from timeline.areas import code_prefix, codes_named

    known = [len(code_prefix(code)) for place in places for code in codes_named(place)]
    return min(min(known) + 2, 6) if known else 2


def _by_outlet(connection: Connection, where: list[ColumnElement[bool]], limit: int) -> list[FacetCount]:
    table = SOURCES.c
    events = func.count(table.event.distinct())
    wanted = select(table.outlet, events).where(*_of(table.event, where), table.outlet.is_not(None))
    rows = connection.execute(
        wanted.group_by(table.outlet).order_by(events.desc(), table.outlet).limit(limit)
    )
    return [FacetCount(value=row[0], label=row[0], count=row[1]) for row in rows]
