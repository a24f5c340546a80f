"""A Timeline in, the chronology's rows changed to match in one transaction, and back; what is the same stays, ids and all."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, select

from timeline.chronology import Event, Judgement, Organization, Partnership, Timeline
from timeline.edtf import Edtf
from timeline.store.chronicle.part import save_part
from timeline.store.connect import Store
from timeline.store.revisions import hold, write
from timeline.store.tables import JUDGEMENTS, NAMES, ORGANIZATIONS, PARTNERSHIPS, RECORDS
from timeline.store.writing.corrected import Told

_ORDERS = {
    "partnerships": (PARTNERSHIPS.c.id,),
    "judgements": (JUDGEMENTS.c.left, JUDGEMENTS.c.right, JUDGEMENTS.c.by),
}


def load_timeline(store: Store) -> Timeline:
    """Read the whole chronology as link gave it, in its order, without what persons correct."""
    with store.read() as connection:
        return read_chronicle(connection)


def save_timeline(store: Store, timeline: Timeline, *, at: str | None = None) -> None:
    """Replace the chronology in one transaction; `at` is written beside each change.

    Raises StoreError when the database refuses; the chronology is then as it was.
    """
    with store.write() as connection:
        hold(connection, "changes")
        save_part(connection, timeline, None, at=at)
        # what linking keeps was not made with this chronology
        write(connection, "linking", 0)


def read_chronicle(connection: Connection) -> Timeline:
    """Do what load_timeline() does, within a transaction."""
    names: dict[int, list[str]] = {}
    for row in connection.execute(select(NAMES.c.organization, NAMES.c.name).order_by(NAMES.c.position)):
        names.setdefault(row.organization, []).append(row.name)
    query = select(ORGANIZATIONS.c.number, ORGANIZATIONS.c.id, ORGANIZATIONS.c.name).order_by(
        ORGANIZATIONS.c.id
    )
    organizations = tuple(
        Organization(id=row.id, name=row.name, names=tuple(names.get(row.number, ())))
        for row in connection.execute(query)
    )
    events, ties = _load_found(connection)
    return Timeline(
        organizations=organizations,
        events=tuple(sorted(events, key=_in_time)),
        partnerships=tuple(sorted(ties, key=lambda tie: tie.id)),
        judgements=tuple(Judgement.model_validate_json(t) for t in _records(connection, JUDGEMENTS)),
    )


def _load_found(connection: Connection) -> tuple[list[Event], list[Partnership]]:
    """Read what the machine found, beneath what persons say of it."""
    events, told = [], {}
    for row in connection.execute(select(RECORDS.c.record, RECORDS.c.machine)):
        if row.machine is None:
            events.append(Event.model_validate_json(row.record))
            continue
        found = Told.model_validate_json(row.machine)
        events.append(found.event)
        told[found.event.id] = found.partnerships
    ties = [Partnership.model_validate_json(text) for text in _records(connection, PARTNERSHIPS)]
    beneath = (tie for partnerships in told.values() for tie in partnerships)
    return events, [*(tie for tie in ties if tie.event not in told), *beneath]


def _records(connection: Connection, table: Table) -> Iterator[str]:
    for row in connection.execute(select(table.c.record).order_by(*_ORDERS[table.name])):
        yield row.record


def _in_time(event: Event) -> tuple[tuple[int, int, int, str], str]:
    edtf = event.date.edtf
    return (Edtf.parse(edtf).sort_key() if edtf else (10**9, 100, 0, ""), event.id)
