"""A server of one's own over the corpus, with a token, and a client that is logged in at it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import create_app
from tests.api.conftest import save_corpus
from timeline.settings import Settings
from timeline.store import open_store, save_token

TOKEN = "made-up-token-of-a-reviewer"
BROWSER = {"accept": "text/html", "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a store with the corpus and two tokens, to be copied."""
    file = tmp_path_factory.mktemp("web") / "corpus.sqlite"
    save_corpus(f"sqlite:///{file}")
    with open_store(f"sqlite:///{file}") as store:
        save_token(store, "lin", TOKEN, scopes=("review",), at="2026-01-01T00:00:00Z")
        save_token(store, "reader", TOKEN + "-reader", scopes=("read",), at="2026-01-01T00:00:00Z")
    return file


@pytest.fixture
def visitor(corpus: Path, tmp_path: Path) -> Iterator[TestClient]:
    """Give a browser without a session at a server that may be written to."""
    shutil.copy(corpus, tmp_path / "corpus.sqlite")
    app = create_app(Settings(database=f"sqlite:///{tmp_path}/corpus.sqlite"))
    with TestClient(app, headers=BROWSER, follow_redirects=False) as client:
        yield client


@pytest.fixture
def reviewer(visitor: TestClient) -> TestClient:
    """Give a browser that is logged in."""
    log_in(visitor, TOKEN)
    return visitor


def log_in(client: TestClient, token: str, *, after: str = "") -> None:
    """Log in as a person does, by the form."""
    form = hidden(client.get("/login").text)
    answer = client.post("/login", data={**form, "token": token, "next": after})
    assert answer.status_code == 303, answer.text


def hidden(page: str, action: str | None = None) -> dict[str, str]:
    """Give the hidden fields of a page's first form with an action; of any form where none is named."""
    forms: Callable[[str], bool] = lambda form: action is None or f'action="{action}"' in form  # noqa: E731
    form = next(f for f in re.findall(r'<form method="post".*?</form>', page, re.DOTALL) if forms(f))
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
