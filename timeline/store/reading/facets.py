"""A query and a field in, how many of the query's events have each value out, the most frequent first."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Select, func, select

from timeline.chronology import EventQuery, FacetCount
from timeline.store.connect import Store
from timeline.store.reading.filters import conditions, is_plain, read_meaning, reviews
from timeline.store.reading.tallies import is_monthly, is_tallied, tally_by, tally_by_month
from timeline.store.tables import EVENTS, ORGANIZATIONS, PARTICIPATIONS, PLACES, SOURCES

Facet = Literal["type", "year", "month", "organization", "place", "outlet", "certainty", "status", "review"]
_DATED = {"year": 4, "month": 7}
# Organisations beyond those wanted that are counted: a rejected event may put one behind its neighbours.
_SPARE = 50


def count_by(store: Store, query: EventQuery, field: Facet, *, limit: int = 1000) -> list[FacetCount]:
    """Count a query's events by a field; years and months by the first day an event can span, in time's order.

    Events of unknown year have no year, those known to the year only no month: they are counted under neither. Places
    are provinces, or what lies one step within the places that the query names; a place without a code is its name.
    """
    with store.read() as connection:
        if field == "organization":
            return _by_organization(connection, query, limit)
        if field == "place":
            return _by_place(connection, query, limit)
        if field == "outlet":
            return _by_outlet(connection, query, limit)
        if field == "year" or field == "month":
            return _by_time(connection, query, field, limit)
        if is_tallied(query) and is_monthly(query):
            kept = sorted(tally_by(connection, query, field).items(), key=lambda one: (-one[1], one[0]))
            return [FacetCount(value=value, label=value, count=n) for value, n in kept[:limit]]
        where = conditions(connection, query)
        column: ColumnElement[str] = EVENTS.c[field]
        wanted: Select[str, int] = select(column, func.count()).where(*where).group_by(column)
        rows = connection.execute(wanted.order_by(func.count().desc(), column).limit(limit))
        return [FacetCount(value=row[0], label=row[0], count=row[1]) for row in rows]


def _by_time(
    connection: Connection, query: EventQuery, field: Literal["year", "month"], limit: int
) -> list[FacetCount]:
    known = ("day", "month") if field == "month" else ("day", "month", "year")
    is_kept = is_tallied(query) and is_monthly(query)
    first_days = tally_by_month(connection, query, known) if is_kept else _by_day(connection, query, known)
    counts: Counter[str] = Counter()
    for first, count in first_days.items():
        counts[first[: _DATED[field]]] += count
    return [FacetCount(value=value, label=value, count=counts[value]) for value in sorted(counts)[:limit]]


def _by_day(connection: Connection, query: EventQuery, known: tuple[str, ...]) -> Counter[str]:
    """Count by the key of the list, which an index has in order, and add up: one key has one first day."""
    day = func.min(EVENTS.c["from"])
    # certainty as a value, not as a column: no other index is to be taken than that of the list
    dated = [EVENTS.c["from"].is_not(None), EVENTS.c.certainty.concat("").in_(known)]
    wanted = select(day, func.count()).where(*conditions(connection, query), *dated)
    counts: Counter[str] = Counter()
    for first, count in connection.execute(wanted.group_by(EVENTS.c.newest)):
        counts[first] += count
    return counts


def _of(connection: Connection, query: EventQuery, events: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """Keep to the parts of the events that are counted; where nothing is asked for, only reviews are looked up."""
    if is_plain(query):
        return reviews(query, read_meaning(connection, query), events)
    return [events.in_(select(EVENTS.c.number).where(*conditions(connection, query)))]


def _by_organization(connection: Connection, query: EventQuery, limit: int) -> list[FacetCount]:
    parts, table = PARTICIPATIONS.c, ORGANIZATIONS.c
    events = func.count(parts.event.distinct())
    counting = select(parts.organization, events.label("events")).where(*_of(connection, query, parts.event))
    if is_plain(query):
        # those that act most are known; only their events are counted
        most = select(table.number).order_by(table.rank, table.id).limit(limit + _SPARE).subquery()
        counting = counting.where(parts.organization.in_(select(most.c.number)))
    ranked = counting.group_by(parts.organization).order_by(events.desc(), parts.organization)
    counted = ranked.limit(limit).subquery()
    wanted = select(table.id, table.name, counted.c.events).join(
        counted, counted.c.organization == table.number
    )
    rows = connection.execute(wanted.order_by(counted.c.events.desc(), table.id))
    return [FacetCount(value=row.id, label=row.name, count=row.events) for row in rows]


def _by_place(connection: Connection, query: EventQuery, limit: int) -> list[FacetCount]:
    from timeline.areas import name_of, widen  # the table of districts takes a moment to load

    table, events = PLACES.c, func.count()
    wanted = _of(connection, query, table.event)
    coded = select(table.adcode, events).where(*wanted, table.adcode.is_not(None))
    counts: Counter[str] = Counter()
    digits = _digits_within(query.places)
    for code, count in connection.execute(coded.group_by(table.adcode)):
        counts[widen(code, digits)] += count
    named = select(table.folded, events).where(*wanted, table.adcode.is_(None))
    rows = connection.execute(named.group_by(table.folded).order_by(events.desc(), table.folded).limit(limit))
    found = [FacetCount(value=c, label=name_of(c) or c, count=n) for c, n in counts.items()]
    found += [FacetCount(value=name, label=name, count=count) for name, count in rows]
    return sorted(found, key=lambda one: (-one.count, one.value))[:limit]


def _digits_within(places: tuple[str, ...]) -> int:
    """Say how many digits of a code tell apart what lies one step within the widest of some places."""
    from timeline.areas import code_prefix, codes_named

    known = [len(code_prefix(code)) for place in places for code in codes_named(place)]
    return min(min(known) + 2, 6) if known else 2


def _by_outlet(connection: Connection, query: EventQuery, limit: int) -> list[FacetCount]:
    table = SOURCES.c
    events = func.count(table.event.distinct())
    wanted = select(table.outlet, events).where(
        *_of(connection, query, table.event), table.outlet.is_not(None)
    )
    rows = connection.execute(
        wanted.group_by(table.outlet).order_by(events.desc(), table.outlet).limit(limit)
    )
    return [FacetCount(value=row[0], label=row[0], count=row[1]) for row in rows]
