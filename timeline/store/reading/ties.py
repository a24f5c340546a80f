"""Partnerships of the events a query asks for, out: a screen at a time by cursor, or all of them streamed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select, tuple_

from timeline.chronology import EventQuery, Partnership, PartnershipPage
from timeline.store.connect import Store
from timeline.store.cursors import Cursor, read_cursor, render_cursor
from timeline.store.reading.filters import conditions
from timeline.store.tables import EVENTS, PARTNERSHIPS

_STREAM = 500


def find_partnerships(
    store: Store, query: EventQuery, *, cursor: str | None = None, limit: int = 50
) -> PartnershipPage:
    """Give one screen of the partnerships that a query's events tie, in the order of the events.

    Raises UsageError for a cursor of another list.
    """
    order = f"ties-{query.order}"
    after = read_cursor(cursor, order=order) if cursor is not None else None
    key, table = EVENTS.c[query.order], PARTNERSHIPS.c
    with store.read() as connection:
        where = conditions(connection, query)
        joined = PARTNERSHIPS.join(EVENTS, table.event == EVENTS.c.number)
        total = connection.execute(select(func.count()).select_from(joined).where(*where)).scalar_one()
        beyond = [tuple_(key, table.id) > tuple_(after.key, after.id)] if after else []
        rows = connection.execute(
            select(table.record, table.id, key.label("key"))
            .select_from(joined)
            .where(*where, *beyond)
            .order_by(key, table.id)
            .limit(limit + 1)
        ).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return PartnershipPage(
        partnerships=tuple(Partnership.model_validate_json(row.record) for row in rows[:limit]),
        next=render_cursor(Cursor(order, last.key, last.id)) if last is not None else None,
        total=total,
    )


def iterate_partnerships(store: Store, query: EventQuery) -> Iterator[Partnership]:
    """Stream all partnerships that a query's events tie, from one state of the database."""
    key, table = EVENTS.c[query.order], PARTNERSHIPS.c
    with store.read() as connection:
        wanted = (
            select(table.record)
            .join(EVENTS, table.event == EVENTS.c.number)
            .where(*conditions(connection, query))
            .order_by(key, table.id)
        )
        for row in connection.execute(wanted, execution_options={"yield_per": _STREAM}):
            yield Partnership.model_validate_json(row.record)
