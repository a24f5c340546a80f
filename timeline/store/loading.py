"""Rows in by the thousand, past the query builder: by COPY on PostgreSQL, by one prepared statement on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert

# below this a COPY costs more than it saves
_FEW = 50


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, all of which name the same columns; those that they do not name stay empty."""
    if not rows:
        return
    names = tuple(rows[0])
    pick: Callable[[Mapping[str, Any]], tuple[Any, ...]] = (
        itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    )
    insert_tuples(connection, table, names, [pick(row) for row in rows])


def insert_tuples(
    connection: Connection, table: Table, names: Sequence[str], rows: Collection[Sequence[Any]]
) -> None:
    """Insert rows given as their values in the order of these columns; the other columns stay empty.

    The values go to the driver as the columns' types write them: the same as an insert of the query builder.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _insert_at_once(connection, table, names, _written(connection, table, names, rows))
    elif len(rows) < _FEW:
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
    else:
        copy_rows(connection, table.name, names, _written(connection, table, names, rows))


def copy_rows(
    connection: Connection, table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Copy rows into a table of PostgreSQL, their values as the driver takes them."""
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(f'COPY "{table}" ({_quoted(names)}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
    finally:
        cursor.close()


def _written(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> list[tuple[Any, ...]]:
    """Bring values to what the driver takes, column by column: most columns need nothing."""
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for i, name in enumerate(names):
        write = table.c[name].type.bind_processor(connection.dialect)
        if write is not None:
            columns[i] = map(write, columns[i])
    return list(zip(*columns, strict=True))


def _insert_at_once(
    connection: Connection, table: Table, names: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    places = ", ".join("?" * len(names))
    connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({_quoted(names)}) VALUES ({places})', rows)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
