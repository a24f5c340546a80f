"""A query in, how many events it has out, and between which days of the list; counted once for each state of the store."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar, cast

from sqlalchemy import ColumnElement, Connection, func, or_, select

from timeline.chronology import EventQuery
from timeline.store.connect import Store
from timeline.store.reading.filters import Meant, conditions, counting
from timeline.store.reading.tallies import Tally, is_monthly, is_tallied, read_tally
from timeline.store.tables import EVENTS, TALLIES

T = TypeVar("T")
_KEPT = 4096
# events of a stretch of days that are looked through as soon as a thousand are looked up elsewhere
_SHORT = 100_000


@dataclass(frozen=True, slots=True)
class Size:
    """How many events there are; `tally` says where they lie, None where that was not asked."""

    total: int
    tally: Tally | None


def read_size(store: Store, connection: Connection, query: EventQuery, meant: Meant) -> Size:
    """Count a query's events, once for each state of the chronology and each question."""
    known = (query.model_copy(update={"order": "newest"}), meant.revision)
    return keep(store, known, lambda: _measure(connection, query, meant))


def keep(store: Store, key: Hashable, count: Callable[[], T]) -> T:
    """Give what was counted under a key before, or count it; the key names the state of the store."""
    if key not in store.totals:
        if len(store.totals) >= _KEPT:
            store.totals.clear()
        store.totals[key] = count()
    return cast("T", store.totals[key])


def _measure(connection: Connection, query: EventQuery, meant: Meant) -> Size:
    if not is_tallied(query) and not _is_dated(query):
        return Size(_count(connection, query, meant), None)
    tally = read_tally(connection, query)
    if not tally.events:
        return Size(0, tally)
    if not is_tallied(query):
        return Size(_count_within(connection, query, meant, tally), tally)
    if is_monthly(query):
        return Size(tally.events, tally)
    return Size(tally.events - _count_beyond(connection, query, meant), tally)


def _is_dated(query: EventQuery) -> bool:
    return query.undated != "only" and (query.from_ is not None or query.to is not None)


def _count(connection: Connection, query: EventQuery, meant: Meant) -> int:
    return int(connection.execute(counting(connection, query, meant)).scalar_one())


def _count_within(connection: Connection, query: EventQuery, meant: Meant, tally: Tally) -> int:
    """Count what lies in a stretch of days: event by event where it is short, else as it is looked up in other tables.

    PostgreSQL weighs that itself.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    is_walked = is_sqlite and tally.events <= _SHORT and not meant.is_few
    where = conditions(connection, query, meant=meant, is_walked=is_walked)
    if is_walked or not is_sqlite:
        where += tally.within("newest")
    return int(connection.execute(select(func.count()).select_from(EVENTS).where(*where)).scalar_one())


def _count_beyond(connection: Connection, query: EventQuery, meant: Meant) -> int:
    """Count the events of the first and the last month that end before a query's span begins, or begin after its end."""
    first, last, beyond = EVENTS.c["from"], EVENTS.c.to, 0
    if query.from_ is not None:
        month = query.from_[:7]
        ends = [last >= month, last < query.from_]
        if query.to is not None:
            ends.append(or_(first < query.to[:7] + ":", first.is_(None)))
        beyond += _count_of_month(connection, query, meant, ends, TALLIES.c.to_month == month)
    if query.to is not None and len(query.to) >= 7:
        month = query.to[:7]
        begins = [first > query.to, first < month + ":"]
        if query.from_ is not None:
            begins.append(or_(last >= query.from_, last.is_(None)))
        beyond += _count_of_month(connection, query, meant, begins, TALLIES.c.from_month == month)
    return beyond


def _count_of_month(
    connection: Connection,
    query: EventQuery,
    meant: Meant,
    where: list[ColumnElement[bool]],
    month: ColumnElement[bool],
) -> int:
    anytime = query.model_copy(update={"from_": None, "to": None, "undated": "exclude"})
    tally = read_tally(connection, anytime, month)
    if not tally.events:
        return 0
    found = [*conditions(connection, anytime, meant=meant), *where, *tally.within("newest")]
    return int(connection.execute(select(func.count()).select_from(EVENTS).where(*found)).scalar_one())
