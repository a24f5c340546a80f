"""Tables beside the database while millions of mentions are linked: rows in, joins over them out, in bounded memory.

A DuckDB database of its own; what does not fit in the memory it may use lies in a temporary folder.
"""

from __future__ import annotations

import gc
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from types import TracebackType
from typing import Any

import numpy as np

from timeline.errors import StoreError, UsageError
from timeline.merge.blobs import Blobs

MEMORY, _SPARING = "600MB", "400MB"
_ROWS = 20_000

_TYPES = {"int": "BIGINT", "str": "VARCHAR", "bytes": "BLOB", "float": "DOUBLE", "bool": "BOOLEAN"}
_DTYPES: Mapping[str, Any] = {
    "int": np.int64,
    "str": object,
    "bytes": object,
    "float": np.float64,
    "bool": np.bool_,
}


def has_duckdb() -> bool:
    """Say whether the library that this needs is installed."""
    return find_spec("duckdb") is not None


@contextmanager
def without_sweeping() -> Iterator[None]:
    """Leave the search for cycles of garbage out: it looks at all that is alive, and records are in none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def sweep_young() -> None:
    """Free the cycles among what was made since the last time: a statement with a list of thousands of ids is in one."""
    gc.collect(0)


class Workbench:
    """An open set of tables; use it in `with`, it is gone afterwards.

    Raises UsageError where DuckDB is not installed, StoreError where a table is refused, as for want of room.
    """

    def __init__(self, *, threads: int = 2) -> None:
        try:
            import duckdb
        except ImportError as error:
            raise UsageError('a merge of this size needs DuckDB: pip install "dashiji[scale]"') from error
        self._refusal: type[Exception] = duckdb.Error
        self._folder = tempfile.mkdtemp(prefix="timeline-merge-")
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "threads": threads,
            "temp_directory": self._folder,
            "preserve_insertion_order": False,
        }
        # no file of its own: that would be written anew with every few thousand rows; what has no room is put in the folder
        self._connection = duckdb.connect(":memory:", config=settings)

    def __enter__(self) -> Workbench:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        if isinstance(error, self._refusal):
            words = next(iter(str(error).splitlines()), "no reason given")
            raise StoreError(
                f"{self._folder}: linking was refused a table ({words}); free memory and disk, or name a larger one in TMPDIR"
            ) from error

    def table(self, name: str, /, **columns: str) -> Filler:
        """Make an empty table, of columns of "int", "str", "bytes", "float" or "bool", and give what fills it."""
        made = ", ".join(f'"{column}" {_TYPES[kind]}' for column, kind in columns.items())
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} ({made})")
        return Filler(self, name, columns)

    def run(self, statement: str) -> None:
        """Run a statement that gives nothing back."""
        self._connection.execute(statement)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Stream the rows of a query."""
        found = self._connection.cursor().execute(query)
        while rows := found.fetchmany(_ROWS):
            yield from rows

    def find(
        self, columns: str, table: str, key: str, kind: str, values: Collection[Any]
    ) -> Iterator[tuple[Any, ...]]:
        """Stream these columns of the rows whose key, of a kind that table() knows, is one of the values."""
        self.table("wanted", **{key: kind})
        self.insert("wanted", {key: _array(kind, list(values))})
        yield from self.rows(f'SELECT {columns} FROM {table} JOIN wanted USING ("{key}")')

    def blobs(self) -> Blobs:
        """Make an empty list of byte strings, which lies on the disk."""
        return Blobs(self._folder)

    @contextmanager
    def sparing(self) -> Iterator[None]:
        """Use a third less memory inside of `with`, where little is asked and others need the room."""
        self.run(f"SET memory_limit = '{_SPARING}'")
        try:
            yield
        finally:
            self.run(f"SET memory_limit = '{MEMORY}'")

    def arrays(self, query: str) -> dict[str, Any]:
        """Give the whole answer as one array a column: numbers only, none of them missing."""
        return dict(self._connection.execute(query).fetchnumpy())

    def value(self, query: str) -> Any:
        """Give the one value of a query."""
        row = self._connection.execute(query).fetchone()
        return row[0] if row else None

    def insert(self, name: str, columns: Mapping[str, Any]) -> None:
        """Append rows, given as one array a column."""
        self._connection.register("fresh_rows", dict(columns))
        self._connection.execute(f"INSERT INTO {name} SELECT * FROM fresh_rows")
        self._connection.unregister("fresh_rows")


class Filler:
    """Gathers rows for a table and writes them some thousands at a time; call flush() at the end."""

    def __init__(self, bench: Workbench, name: str, columns: Mapping[str, str]) -> None:
        self._bench, self._name, self._columns = bench, name, columns
        self._rows: list[Sequence[Any]] = []

    def add(self, *row: Any) -> None:
        """Take a row; a missing number is -1, for there are none in these arrays."""
        self._rows.append(row)
        if len(self._rows) >= _ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what was gathered."""
        if self._rows:
            kinds = self._columns.items()
            columns = zip(kinds, zip(*self._rows, strict=True), strict=True)
            self._bench.insert(self._name, {name: _array(kind, values) for (name, kind), values in columns})
            self._rows.clear()


def _array(kind: str, values: Sequence[Any]) -> Any:
    if _DTYPES[kind] is not object:
        return np.array(values, dtype=_DTYPES[kind])
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out
