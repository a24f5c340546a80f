"""A server over the made-up corpus, opened once, and a client that speaks to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import create_app
from tests.api.corpus import make_corpus
from timeline.settings import Settings
from timeline.store import open_store, save_extractions, save_timeline


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a store that holds the corpus."""
    url = f"sqlite:///{tmp_path_factory.mktemp('corpus')}/corpus.sqlite"
    save_corpus(url)
    return url


@pytest.fixture(scope="session")
def client(database: str) -> Iterator[TestClient]:
    """Give a client of a server over the corpus."""
    app = create_app(Settings(database=database, max_request_bytes=100_000))
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def folder() -> Path:
    """Give the folder of the front door."""
    return Path(__file__).parent.parent.parent / "api"


def save_corpus(url: str) -> None:
    """Write the corpus into a store."""
    extractions, timeline = make_corpus()
    with open_store(url) as store:
        save_extractions(store, extractions)
        save_timeline(store, timeline)
