"""A bulk load in, its tables without their indexes until it is done out: sorting once costs less than a million look-ups."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, text

# what no constraint stands for and nothing is held apart by: these are the ones that can be made again
_SQLITE = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'index' AND tbl_name IN :tables AND sql LIKE 'CREATE INDEX%' ORDER BY name
"""
_POSTGRES = """
    SELECT indexname AS name, indexdef AS sql FROM pg_indexes
    WHERE schemaname = current_schema() AND tablename IN :tables AND indexdef LIKE 'CREATE INDEX%' ORDER BY indexname
"""


@contextmanager
def without_indexes(connection: Connection, tables: Collection[str]) -> Iterator[None]:
    """Take the indexes of some tables away, and make the same ones again at the end; unique ones stay.

    Belongs into a transaction that fills these tables from nothing: on PostgreSQL nobody else can read them until its
    end. What ends in an error ends with the transaction: the indexes are then there as before.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    query = text(_SQLITE if is_sqlite else _POSTGRES).bindparams(bindparam("tables", expanding=True))
    found = connection.execute(query, {"tables": sorted(tables)}).all()
    for row in found:
        connection.exec_driver_sql(f'DROP INDEX "{row.name}"')
    yield
    for row in found:
        connection.exec_driver_sql(row.sql)
