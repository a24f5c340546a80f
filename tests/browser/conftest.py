"""A real server over the made-up corpus and a real chromium; where there is no chromium, a skip that nobody overlooks."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from api import create_app
from tests.api.conftest import save_corpus
from timeline.settings import Settings
from timeline.store import open_store, save_token

TOKEN = "made-up-token-of-an-editor"
_FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server that answers while the tests run."""
    url = f"sqlite:///{tmp_path_factory.mktemp('browser')}/corpus.sqlite"
    save_corpus(url)
    with serve(url) as address:
        yield address


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[str]:
    """Give the address of a server of one's own, whose store may be written to by whoever has TOKEN."""
    url = f"sqlite:///{tmp_path}/corpus.sqlite"
    save_corpus(url)
    with open_store(url) as store:
        save_token(store, "林编辑", TOKEN, scopes=("read", "write", "review"), at="2026-01-01T00:00:00Z")
    with serve(url) as address:
        yield address


@contextmanager
def serve(url: str) -> Iterator[str]:
    """Serve a store on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(
        create_app(Settings(database=url, webhook_hosts=("127.0.0.1",))),
        host="127.0.0.1",
        port=port,
        log_level="warning",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 30
    while not server.started and time.monotonic() < end:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Give a running chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("NO CHROMIUM ON PATH: the pages were NOT opened in a browser (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    flags = [*_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else _FLAGS
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """Give the list that a page's console writes its errors to; it must be empty at a test's end."""
    return []


@pytest.fixture
def page(chromium: Any, address: str, complaints: list[str]) -> Iterator[Any]:
    """Give an empty page of a wide, light, Chinese browser; errors of its console fail the test."""
    yield from open_page(chromium, complaints, base_url=address)


@pytest.fixture
def writing(chromium: Any, desk: str, complaints: list[str]) -> Iterator[Any]:
    """Give an empty page at the server that may be written to."""
    yield from open_page(
        chromium, complaints, base_url=desk, permissions=["clipboard-read", "clipboard-write"]
    )


@pytest.fixture
def narrow(chromium: Any, address: str, complaints: list[str]) -> Iterator[Any]:
    """Give an empty page of a telephone, 390 px wide, without script."""
    telephone = {"width": 390, "height": 844}
    yield from open_page(
        chromium, complaints, base_url=address, viewport=telephone, java_script_enabled=False
    )


def open_page(chromium: Any, complaints: list[str], **options: Any) -> Iterator[Any]:
    """Give an empty page of a browser of these options, whose console must stay silent."""
    wide = {"width": 1280, "height": 900}
    context = chromium.new_context(**{"locale": "zh-CN", "viewport": wide, **options})
    opened = context.new_page()
    _listen(opened, complaints)
    yield opened
    context.close()
    assert complaints == []


def _listen(page: Any, complaints: list[str]) -> None:
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: _note_failure(request, complaints))


def _note_failure(request: Any, complaints: list[str]) -> None:
    """Note a request that failed; one that the browser itself dropped because the page was left is no fault."""
    if "ERR_ABORTED" not in (request.failure or ""):
        complaints.append(f"failed: {request.url}: {request.failure}")
