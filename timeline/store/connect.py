"""A database URL in, an open Store of this schema out; transactions and the translation of a driver's errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from timeline.errors import StoreError
from timeline.store.tables import SCHEMA, Base

_BACKENDS = ("sqlite", "postgresql")
_MIGRATIONS = Path(__file__).parent / "migrations"
# any fixed number: it names the lock under which one process migrates
_MIGRATION_LOCK = 0x646A7368
_MEMORY = (None, "", ":memory:")
_WAIT_MS = 60_000
_TURN_MS = 20
_LAVISH = ("mmap_size=1073741824", "temp_store=MEMORY")
_SPARING = ("mmap_size=0", "temp_store=FILE")
_IDLE_S = 5.0  # after which a connection may have been cut without our knowing


class Store:
    """An open database: hands out transactions, keeps no state of the chronology. Close it, or use it in `with`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.totals: dict[Any, Any] = {}
        self.doubts: tuple[tuple[int, int, int], list[Any]] | None = None
        self._file: tuple[int, int] | None = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def name(self) -> str:
        """Name the database as messages may show it, without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def remember_file(self) -> None:
        """Keep in mind which file an SQLite database is, to notice when it is taken away."""
        self._file = self._find_file()

    def _find_file(self) -> tuple[int, int] | None:
        if not self.is_sqlite or self.engine.url.database in _MEMORY:
            return None
        try:
            found = Path(str(self.engine.url.database)).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _check_file(self) -> None:
        # what is open of a file that was deleted can be read and written still, and is lost at the end
        if self._file is not None and self._find_file() != self._file:
            raise StoreError(
                f"{self.name}: the file was taken away or replaced while it was open; start again"
            )

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @contextmanager
    def read(self, *, is_sparing: bool = False) -> Iterator[Connection]:
        """Open a transaction that sees one state of the database throughout; with `is_sparing`, see write().

        Raises StoreError for whatever the database refuses.
        """
        self._check_file()
        with _translated(self.name, self.engine), self.engine.connect() as connection:
            connection.execution_options(is_sparing=is_sparing)
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def write(self, *, is_sparing: bool = False) -> Iterator[Connection]:
        """Open a transaction that writes all or nothing.

        With `is_sparing` SQLite leans on the disk, for who goes through all there is: it neither maps the file, whose
        pages would count as this process's own, nor sorts in memory.

        Raises StoreError for whatever the database refuses; then nothing of it was written.
        """
        self._check_file()
        with _translated(self.name, self.engine), self.engine.connect() as connection:
            connection.execution_options(is_write=True, is_sparing=is_sparing)
            with connection.begin():
                yield connection


def open_store(url: str) -> Store:
    """Open a database, making or migrating its schema: sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME.

    Raises StoreError when the URL is of another kind, the database cannot be reached, or holds something else.

    >>> with open_store("sqlite://") as store:
    ...     store.is_sqlite
    True
    """
    engine = _engine(_parse(url))
    store = Store(engine)
    try:
        with store.read() as connection:
            is_current = _revision(connection) == SCHEMA
        if not is_current:
            with store.write() as connection:
                _migrate(connection, store.name)
        store.remember_file()
    except BaseException:
        store.close()
        raise
    return store


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            f"not a database URL: {url!r}; write sqlite:///FILE or postgresql+psycopg://…"
        ) from error
    if parsed.get_backend_name() not in _BACKENDS:
        raise StoreError(f"no such kind of database: {parsed.drivername}; take sqlite or postgresql+psycopg")
    if parsed.drivername == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        try:
            return _listen(
                create_engine(url, connect_args={"connect_timeout": 10, "client_encoding": "utf8"})
            )
        except (NoSuchModuleError, ImportError) as error:
            raise StoreError(f"no driver for {url.drivername}; take postgresql+psycopg") from error
    is_memory = url.database in _MEMORY
    arguments = {"check_same_thread": False, "timeout": _WAIT_MS / 1000}
    pool = {"poolclass": StaticPool} if is_memory else {"pool_size": 8, "max_overflow": 64}
    engine = create_engine(url, connect_args=arguments, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _end_sparing)
    return engine


def _listen(engine: Engine) -> Engine:
    """Ask a PostgreSQL connection whether it still stands, but only one that lay idle: each question is a round trip."""

    def note(_: Any, record: ConnectionPoolEntry) -> None:
        record.info["idle_since"] = monotonic()

    def ask(connection: Any, record: ConnectionPoolEntry, _: object) -> None:
        if monotonic() - record.info.get("idle_since", monotonic()) < _IDLE_S:
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError(str(error)) from error

    event.listen(engine, "connect", _prepare_postgres)
    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", ask)
    return engine


def _prepare_postgres(connection: Any, _: object) -> None:
    # answers are short: planning each with its own values pays, compiling them to machine code does not
    connection.execute("SET jit TO off")
    connection.execute("SET plan_cache_mode TO force_custom_plan")
    connection.commit()


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # transactions are begun by _begin_sqlite: the driver would leave DDL outside of them
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
    _write_ahead(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "cache_size=-65536", *_LAVISH):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the file to write-ahead logging; it stays so.

    SQLite does not wait here as it does elsewhere: while another connection turns a new file, it refuses at once
    (sqlite.org/pragma.html, journal_mode; sqlite.org/c3ref/busy_handler.html on deadlocks).
    """
    for attempts_left in reversed(range(_WAIT_MS // _TURN_MS)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or not attempts_left:
                raise
            sleep(_TURN_MS / 1000)


def _begin_sqlite(connection: Connection) -> None:
    # a writer takes the lock at once: one that upgrades later may be refused half-way
    options = connection.get_execution_options()
    is_write = options.get("is_write", False)
    if options.get("is_sparing", False):
        connection.info["is_sparing"] = True
        for pragma in _SPARING:
            connection.exec_driver_sql(f"PRAGMA {pragma}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def _end_sparing(connection: sqlite3.Connection | None, record: ConnectionPoolEntry) -> None:
    if record.info.pop("is_sparing", False) and connection is not None:
        for pragma in _LAVISH:
            connection.execute(f"PRAGMA {pragma}")


def _revision(connection: Connection) -> str | None:
    """Read the schema's revision, None where the database holds no schema of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def _migrate(connection: Connection, name: str) -> None:
    # alembic takes a fifth of a second to import, and only a new or an old database needs it
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise StoreError(f"{name} is encoded in {encoding}; make a database with ENCODING 'UTF8'")
    revision = _revision(connection)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreError(
            f"{name} has schema {revision}, which this version does not know; take a newer timeline"
        )
    strangers = set(inspect(connection).get_table_names()) & set(Base.metadata.tables)
    if revision is None and strangers:
        raise StoreError(
            f"{name} holds tables of something else ({', '.join(sorted(strangers))}); take another"
        )
    command.upgrade(config, "head")


@contextmanager
def _translated(name: str, engine: Engine) -> Iterator[None]:
    """Turn a driver's error into ours, with what to do."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{name}: {_explain(error.orig, is_lost=error.connection_invalidated)}") from error
    except engine.dialect.loaded_dbapi.Error as error:  # the driver asked directly, as for COPY
        raise StoreError(f"{name}: {_explain(error)}") from error
    except UnicodeEncodeError as error:
        raise StoreError(f"{name}: a text holds what no database keeps: {error.reason}") from error


def _explain(error: BaseException | None, *, is_lost: bool = False) -> str:
    words = next(iter(str(error).strip().splitlines()), type(error).__name__)
    state = getattr(error, "sqlstate", None) or ""
    if "disk is full" in words or state == "53100":
        return "the disk is full; nothing of this transaction was written"
    if "database is locked" in words or state == "55P03":
        return "another program holds the database; nothing of this transaction was written"
    if "unable to open database file" in words:
        return "the file cannot be opened; make its folder, or check who may write there"
    if "not a database" in words:
        return "the file is not an SQLite database; take another"
    if "malformed" in words:
        return (
            "the file is damaged; take a copy that is whole, or rescue what is left with sqlite3's .recover"
        )
    if is_lost or state.startswith(("57P", "08")) or "server closed the connection" in words:
        return f"the database went away; nothing of this transaction was written ({words})"
    if words.startswith("connection"):
        return f"the database cannot be reached; does it run, and is this its address? ({words})"
    if "readonly" in words:
        return "the database may only be read; check who may write there"
    return words
