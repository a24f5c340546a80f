"""A server that listens on loopback over the made-up corpus, with a token, for clients that speak HTTP to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from api import create_app
from tests.api.conftest import save_corpus
from timeline.settings import Settings
from timeline.store import open_store, save_token


@dataclass(frozen=True, slots=True)
class Served:
    """Where the server is, and a token that covers all."""

    url: str
    token: str


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a server over the corpus, for tests that leave its events as they are."""
    yield from serve(tmp_path_factory.mktemp("served"))


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Served]:
    """Give a server over a corpus of its own, to be changed."""
    yield from serve(tmp_path)


def serve(folder: Path) -> Iterator[Served]:
    """Serve a corpus in a folder until the generator is closed."""
    database = f"sqlite:///{folder}/served.sqlite"
    save_corpus(database)
    with open_store(database) as store:
        save_token(store, "all", "dsj_test", scopes=["write", "review"], at="2024-05-18T09:00:00Z")
    app = create_app(Settings(database=database))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Served(f"http://127.0.0.1:{port}", "dsj_test")
    server.should_exit = True
    thread.join(20)
