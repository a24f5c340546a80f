"""Questions about the chronology in, records out: events by query and id, organisations, pages, counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, literal, select, text, tuple_

from timeline.chronology import (
    Counts,
    Event,
    EventPage,
    EventQuery,
    OrganizationPage,
    OrganizationSummary,
    StoredPage,
)
from timeline.errors import UsageError
from timeline.records import PageFindings
from timeline.store.connect import Store
from timeline.store.cursors import Cursor, read_cursor, render_cursor
from timeline.store.reading.filters import Meant, conditions, find_organization_numbers, read_meaning
from timeline.store.reading.sizes import Size, keep, read_size
from timeline.store.reading.tallies import is_tallied
from timeline.store.revisions import read
from timeline.store.tables import EVENTS, NAMES, ORGANIZATIONS, PAGES, PARTNERSHIPS, RECORDS
from timeline.store.writing.changes import resolve_id

_MANY = 20
# matching events from which on a list of them is not worth making for one screen
_DENSE = 20_000
_STREAM = 500
_KEEP_ORDER = text("SET LOCAL enable_sort TO off")
_ASK_EACH = select(
    *(
        func.set_config(f"enable_{way}", "off", True)
        for way in ("bitmapscan", "hashjoin", "material", "mergejoin")
    )
)
MOST = 1000


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One screen of a query's answer, each event as JSON text; see EventPage."""

    records: tuple[str, ...]
    next: str | None
    total: int


def find_events(store: Store, query: EventQuery, *, cursor: str | None = None, limit: int = 50) -> EventPage:
    """Give one screen of the events that a query asks for; undated ones come last in either order.

    Raises UsageError for a cursor of another list, or a limit outside 1 to 1,000.
    """
    found = find_event_records(store, query, cursor=cursor, limit=limit)
    events = tuple(Event.model_validate_json(record) for record in found.records)
    return EventPage(events=events, next=found.next, total=found.total)


def find_event_records(
    store: Store, query: EventQuery, *, cursor: str | None = None, limit: int = 50
) -> RecordPage:
    """Give the same screen as JSON texts, as they are kept: who only hands them on need not read them.

    Raises as find_events() does.
    """
    _check(limit)
    after = read_cursor(cursor, order=query.order) if cursor is not None else None
    with store.read() as connection:
        meant = read_meaning(connection, query, store.totals)
        if meant.is_few and after is None:
            where = conditions(connection, query, meant=meant)
            rows = connection.execute(_screen(query, where, limit, func.count().over())).all()
            total = rows[0].total if rows else 0
        else:
            size = read_size(store, connection, query, meant)
            where = _screen_conditions(connection, query, meant, size, limit)
            where += _beyond(EVENTS.c[query.order], EVENTS, after)
            rows = connection.execute(_screen(query, where, limit, literal(size.total))).all()
            total = size.total
    last = rows[limit - 1] if len(rows) > limit else None
    return RecordPage(
        tuple(_complete(row.record) for row in rows[:limit]),
        render_cursor(Cursor(query.order, last.key, last.id)) if last is not None else None,
        total,
    )


def _screen(
    query: EventQuery, where: list[ColumnElement[bool]], limit: int, total: ColumnElement[int]
) -> Select[str, int, str, int]:
    """Ask for one event more than fits; what each says stands apart, and is looked up of these alone."""
    table = EVENTS.c
    key = table[query.order]
    found = select(table.number, table.id, key.label("key"), total.label("total"))
    found = found.where(*where).order_by(key, table.id).limit(limit + 1)
    some = found.subquery()
    wanted = select(some.c.id, some.c.key, RECORDS.c.record, some.c.total)
    return wanted.join(RECORDS, RECORDS.c.event == some.c.number).order_by(some.c.key, some.c.id)


def iterate_events(store: Store, query: EventQuery) -> Iterator[Event]:
    """Stream all events that a query asks for, in its order, from one state of the database."""
    for records in iterate_event_records(store, query):
        for record in records:
            yield Event.model_validate_json(record)


def iterate_event_records(store: Store, query: EventQuery) -> Iterator[list[str]]:
    """Stream the same events as JSON texts, as they are kept, some hundred at a time."""
    key = EVENTS.c[query.order]
    with store.read() as connection:
        joined = select(RECORDS.c.record).join(EVENTS, EVENTS.c.number == RECORDS.c.event)
        wanted = joined.where(*conditions(connection, query)).order_by(key, EVENTS.c.id)
        rows = connection.execute(wanted, execution_options={"yield_per": _STREAM})
        for part in rows.partitions():
            yield [_complete(row[0]) for row in part]


def read_event(store: Store, id: str) -> Event | None:
    """Give the event of an id, or of the id it was joined into."""
    with store.read() as connection:
        joined = select(RECORDS.c.record).join(EVENTS, EVENTS.c.number == RECORDS.c.event)
        record = connection.execute(joined.where(EVENTS.c.id == resolve_id(connection, id))).scalar()
    return Event.model_validate_json(record) if record is not None else None


def find_organizations(
    store: Store, *, q: str | None = None, cursor: str | None = None, limit: int = 50
) -> OrganizationPage:
    """Give one screen of organisations, the most active first; `q` is an id, or every word of it part of a name.

    Raises UsageError for a cursor of another list, or a limit outside 1 to 1,000.
    """
    _check(limit)
    after = read_cursor(cursor, order="rank") if cursor is not None else None
    table = ORGANIZATIONS.c
    with store.read() as connection:
        where = _named(connection, q)
        total = _count_organizations(store, connection, q, where)
        wanted = (
            select(ORGANIZATIONS)
            .where(*where, *_beyond(table.rank, ORGANIZATIONS, after))
            .order_by(table.rank, table.id)
            .limit(limit + 1)
        )
        rows = connection.execute(wanted).all()
        summaries = _summaries(connection, rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    return OrganizationPage(
        organizations=summaries,
        next=render_cursor(Cursor("rank", last.rank, last.id)) if last is not None else None,
        total=total,
    )


def read_organization(store: Store, id: str) -> OrganizationSummary | None:
    """Give the organisation of an id, or of the id it was joined into."""
    with store.read() as connection:
        wanted = select(ORGANIZATIONS).where(ORGANIZATIONS.c.id == resolve_id(connection, id))
        found = _summaries(connection, connection.execute(wanted).all())
    return found[0] if found else None


def read_page(store: Store, id: str) -> StoredPage | None:
    """Give a page's raw text with its findings."""
    with store.read() as connection:
        row = connection.execute(select(PAGES.c.text, PAGES.c.findings).where(PAGES.c.id == id)).first()
    if row is None:
        return None
    return StoredPage(id=id, text=row.text, findings=PageFindings.model_validate_json(row.findings))


def count(store: Store) -> Counts:
    """Count what the store holds."""
    tables = {"pages": PAGES, "events": EVENTS, "organizations": ORGANIZATIONS, "partnerships": PARTNERSHIPS}
    with store.read() as connection:
        return Counts(
            **{
                name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in tables.items()
            }
        )


def _complete(record: str) -> str:
    """Give a record with every field there is now: those that were kept before reviews were known lack the last one."""
    if '"review":"' in record[-24:]:
        return record
    return Event.model_validate_json(record).model_dump_json()


def _check(limit: int) -> None:
    if not 1 <= limit <= MOST:
        raise UsageError(f"limit is {limit}; take 1 to {MOST}")


def _beyond(key: ColumnElement[Any], table: Table, after: Cursor | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    return [tuple_(key, table.c.id) > tuple_(after.key, after.id)]


def _screen_conditions(
    connection: Connection, query: EventQuery, meant: Meant, size: Size, limit: int
) -> list[ColumnElement[bool]]:
    """Give the conditions on one screen, put in the way in which as many events as there are are found soonest.

    Many matches lie close together in any order: all events are walked until a screen is full. Few that are found in
    other tables are looked up there and sorted.
    """
    is_walked = size.total > _MANY * max(limit, 50)
    is_dense = size.total > _DENSE
    where = conditions(connection, query, meant=meant, is_walked=is_walked, is_dense=is_dense)
    between = size.tally.within(query.order) if size.tally is not None else []
    if connection.dialect.name == "sqlite":
        # it would leave a short list of numbers for a long stretch of days
        return [*where, *between] if is_walked or is_tallied(query) or not size.total else where
    if is_dense or (is_tallied(query) and (is_walked or between)):
        # an index has them in order, but by its estimates PostgreSQL would rather sort thousands for a screen
        connection.execute(_KEEP_ORDER)
    if is_dense and query.q is not None:
        connection.execute(_ASK_EACH)
    return [*where, *between]


def _count_organizations(
    store: Store, connection: Connection, q: str | None, where: list[ColumnElement[bool]]
) -> int:
    """Count organisations, once for each state of the chronology and each part of a name."""
    wanted = select(func.count()).select_from(ORGANIZATIONS).where(*where)
    known = ("organizations", q, read(connection, "changes"))
    return keep(store, known, lambda: int(connection.execute(wanted).scalar_one()))


def _named(connection: Connection, q: str | None) -> list[ColumnElement[bool]]:
    numbers = find_organization_numbers(connection, q, is_part=True) if q is not None else None
    return [ORGANIZATIONS.c.number.in_(numbers)] if numbers is not None else []


def _summaries(connection: Connection, rows: Any) -> tuple[OrganizationSummary, ...]:
    names: dict[int, list[str]] = {row.number: [] for row in rows}
    wanted = select(NAMES.c.organization, NAMES.c.name).where(NAMES.c.organization.in_(names))
    for row in connection.execute(wanted.order_by(NAMES.c.organization, NAMES.c.position)):
        names[row.organization].append(row.name)
    return tuple(
        OrganizationSummary(
            id=row.id,
            name=row.name,
            names=tuple(names[row.number]),
            events=row.events,
            first=row.first,
            last=row.last,
        )
        for row in rows
    )
