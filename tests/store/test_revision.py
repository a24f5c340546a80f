"""The name of a store's state: the same while nothing is written, another after each write."""

from __future__ import annotations

from tests.api.corpus import make_corpus
from timeline.store import open_store, read_revision, save_extractions, save_timeline


def test_the_revision_changes_with_writes_only() -> None:
    extractions, timeline = make_corpus()
    with open_store("sqlite://") as store:
        empty = read_revision(store)
        assert read_revision(store) == empty
        save_extractions(store, extractions[:2])
        with_pages = read_revision(store)
        assert with_pages != empty
        save_extractions(store, extractions[:2])
        assert read_revision(store) == with_pages
        save_timeline(store, timeline)
        with_events = read_revision(store)
        assert with_events not in (empty, with_pages)
        save_timeline(store, timeline)
        assert read_revision(store) == with_events
