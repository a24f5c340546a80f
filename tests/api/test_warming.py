"""Counting ahead: after the start and after every change, once; stopped between two steps."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import warming
from api.facets import _count
from api.web import prepare
from tests.api.conftest import save_corpus
from tests.api.corpus import make_corpus
from timeline.store import Store, open_store, read_revision, save_timeline


def test_the_counts_of_the_first_page_are_ready_before_it_is_asked_for(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/c.sqlite"
    save_corpus(url)
    with open_store(url) as store:
        steps = len(list(prepare(store)))
        known = _count.cache_info().misses
        assert len(list(prepare(store))) == steps > 8
        assert _count.cache_info().misses == known


def test_it_counts_again_when_the_store_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "_PAUSE", 0.01)
    revisions: list[str] = []
    told = threading.Event()

    def note(store: Store) -> Iterator[None]:
        revisions.append(read_revision(store))
        told.set()
        yield

    with open_store(f"sqlite:///{tmp_path}/c.sqlite") as store:
        warmer = warming.Warmer(store, note)
        warmer.start()
        assert told.wait(30)
        told.clear()
        save_timeline(store, make_corpus()[1])
        assert told.wait(30)
        warmer.stop()
        assert len(revisions) == len(set(revisions)) == 2


def test_it_stops_between_two_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "_PAUSE", 0.01)
    begun, steps = threading.Event(), []

    def work(store: Store) -> Iterator[None]:
        for step in range(10**9):
            steps.append(step)
            begun.set()
            yield

    with open_store(f"sqlite:///{tmp_path}/c.sqlite") as store:
        warmer = warming.Warmer(store, work)
        warmer.start()
        assert begun.wait(30)
        warmer.stop()
        assert 0 < len(steps) < 10**9
