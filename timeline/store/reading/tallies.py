"""A query in, what the kept counts say of it: how many events, between which days of the list, how many of each value.

The table `tallies` has a row for each month and kind of event, some thousand in all, so that nobody counts a million
events; the triggers of the schema hold it right. What it does not tell apart (words, organisations, places, outlets,
sources, changes) it does not count, but it still says between which days to look.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, false, func, or_, select

from timeline.chronology import EventQuery
from timeline.store.rows import key_range
from timeline.store.tables import EVENTS, TALLIES

Tallied = Literal["type", "certainty", "status", "review"]
_UNTOLD = ("organizations", "roles", "places", "outlets", "q", "min_sources", "updated_since")
_PLAIN = EventQuery()


@dataclass(frozen=True, slots=True)
class Tally:
    """So many events at most, exactly so many where whole months are asked for, all of them between two days of the list.

    `low` and `high` are days as key_range() takes them, None of no events.
    """

    events: int
    low: int | None
    high: int | None

    def within(self, order: Literal["newest", "oldest"]) -> list[ColumnElement[bool]]:
        """Say between which keys of the list the events lie; nothing where some have no day, false of no events."""
        if self.low is None or self.high is None:
            return [false()]
        keys = key_range(order, self.low, self.high)
        return [EVENTS.c[order].between(*keys)] if keys is not None else []


def is_tallied(query: EventQuery) -> bool:
    """Say whether a query asks only for what the kept counts tell apart, but perhaps for days within a month."""
    return all(getattr(query, name) == getattr(_PLAIN, name) for name in _UNTOLD)


def is_monthly(query: EventQuery) -> bool:
    """Say whether a query's span begins with a month and ends with one."""
    return query.undated == "only" or (_begins(query.from_) and _ends(query.to))


def read_tally(connection: Connection, query: EventQuery, *more: ColumnElement[bool]) -> Tally:
    """Add up the counts of the months that a query touches, of those rows of which more holds."""
    table = TALLIES.c
    wanted = select(func.coalesce(func.sum(table.events), 0), func.min(table.low), func.max(table.high))
    return Tally(*connection.execute(wanted.where(*_conditions(query), *more)).one())


def tally_by(connection: Connection, query: EventQuery, field: Tallied) -> Counter[str]:
    """Count by a field, for a query that is_tallied() and is_monthly()."""
    column: ColumnElement[Any] = TALLIES.c[field]
    wanted = select(column, func.sum(TALLIES.c.events)).where(*_conditions(query)).group_by(column)
    return Counter({value: int(events) for value, events in connection.execute(wanted)})


def tally_by_month(connection: Connection, query: EventQuery, known: tuple[str, ...]) -> Counter[str]:
    """Count by the month that events begin in, those of the certainties `known`, for such a query."""
    table = TALLIES.c
    dated = [table.from_month != "", table.certainty.in_(known)]
    wanted = select(table.from_month, func.sum(table.events)).where(*_conditions(query), *dated)
    rows = connection.execute(wanted.group_by(table.from_month))
    return Counter({month: int(events) for month, events in rows})


def _conditions(query: EventQuery) -> list[ColumnElement[bool]]:
    """Give the conditions on the table of counts; a day stands for its month."""
    table = TALLIES.c
    found: list[ColumnElement[bool]] = [table.events > 0, table.review.in_(query.reviews)]
    for column, values in (
        (table.type, query.types),
        (table.status, query.statuses),
        (table.certainty, query.certainty),
    ):
        if values:
            found.append(column.in_(values))
    for column, values in ((table.type, query.not_types), (table.status, query.not_statuses)):
        if values:
            found.append(column.not_in(values))
    if query.headline is not None:
        found.append(table.headline == query.headline)
    if query.undated == "only":
        return [*found, table.certainty == "unknown"]
    if query.undated == "exclude" or query.from_ is not None or query.to is not None:
        found.append(table.certainty != "unknown")
    if query.from_ is not None:
        found.append(or_(table.to_month >= query.from_[:7], table.to_month == ""))
    if query.to is not None:
        found.append(table.from_month <= query.to[:7])
    return found


def _begins(day: str | None) -> bool:
    return day is None or (len(day) == 10 and day.endswith("-01"))


def _ends(day: str | None) -> bool:
    if day is None:
        return True
    try:
        last = date.fromisoformat(day)
    except ValueError:
        return False
    return last == date.max or last.month != date.fromordinal(last.toordinal() + 1).month
