"""Numbers that grow with each write of a subject, and the lock that goes with them: one writer of a subject at a time."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, bindparam, select, update

from timeline.store.connect import Store
from timeline.store.tables import REVISIONS

Subject = Literal["pages", "changes", "linking"]

_VALUES = select(REVISIONS.c.name, REVISIONS.c.value)
_VALUE = select(REVISIONS.c.value).where(REVISIONS.c.name == bindparam("name", type_=REVISIONS.c.name.type))


def hold(connection: Connection, subject: Subject) -> int:
    """Wait until no other transaction writes this subject, keep others out until the end, and read its number."""
    query = select(REVISIONS.c.value).where(REVISIONS.c.name == subject).with_for_update()
    return int(connection.execute(query).scalar_one())


def read(connection: Connection, subject: Subject) -> int:
    """Read a subject's number as this transaction sees it."""
    return int(connection.execute(_VALUE, {"name": subject}).scalar_one())


def grow(connection: Connection, subject: Subject, by: int = 1) -> int:
    """Add to a subject's number and give the new one; call hold() before."""
    table = REVISIONS
    connection.execute(update(table).where(table.c.name == subject).values(value=table.c.value + by))
    return read(connection, subject)


def write(connection: Connection, subject: Subject, value: int) -> None:
    """Set a subject's number; call hold() on what it speaks for before."""
    connection.execute(update(REVISIONS).where(REVISIONS.c.name == subject).values(value=value))


def read_revision(store: Store) -> str:
    """Name the state of the store: the name changes with every write, so that an answer can be kept until then."""
    with store.read() as connection:
        values = {row.name: row.value for row in connection.execute(_VALUES)}
    return f"{values['pages']}.{values['changes']}"
