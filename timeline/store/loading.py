"""Rows in by the thousand: by COPY on PostgreSQL, by one prepared statement on SQLite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert

# below this a COPY costs more than it saves
_FEW = 50


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, all of which name the same columns; those that they do not name stay empty."""
    if not rows:
        return
    if connection.dialect.name == "sqlite" or len(rows) < _FEW:
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    binders = [table.c[name].type.bind_processor(connection.dialect) for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(
                    [
                        bind(row[name]) if bind else row[name]
                        for name, bind in zip(names, binders, strict=True)
                    ]
                )
    finally:
        cursor.close()
