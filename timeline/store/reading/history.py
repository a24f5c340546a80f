"""The id of one event in, what the log says of it and whom it ties out."""

from __future__ import annotations

from sqlalchemy import select

from timeline.chronology import Change, Partnership
from timeline.store.connect import Store
from timeline.store.tables import CHANGES, EVENTS, FORWARDS, PARTNERSHIPS
from timeline.store.writing.changes import resolve_id

_MOST = 200


def find_history(store: Store, event: str) -> list[Change]:
    """List what the log says of an event or of what was joined into it, in order; the latest two hundred."""
    table = CHANGES.c
    with store.read() as connection:
        here = resolve_id(connection, event)
        joined = connection.execute(
            select(FORWARDS.c.id).where(FORWARDS.c.target == here).limit(_MOST)
        ).scalars()
        query = select(CHANGES).where(table.subject == "event", table.id.in_([here, *joined]))
        rows = connection.execute(query.order_by(table.sequence.desc()).limit(_MOST)).all()
        return [Change.model_validate(dict(row._mapping)) for row in reversed(rows)]


def find_ties(store: Store, event: str) -> list[Partnership]:
    """List the partnerships that one event makes."""
    with store.read() as connection:
        joined = select(PARTNERSHIPS.c.record).join(EVENTS, EVENTS.c.number == PARTNERSHIPS.c.event)
        query = joined.where(EVENTS.c.id == resolve_id(connection, event)).order_by(PARTNERSHIPS.c.id)
        return [Partnership.model_validate_json(row.record) for row in connection.execute(query)]
