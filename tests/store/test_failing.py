"""The disk full, the database gone, a file that is none: a clear error, nothing half-written, and all well when it is back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, text

from tests.findings import make_extraction
from timeline.chronology import Correction, EventQuery
from timeline.errors import StoreError
from timeline.merge import link_store
from timeline.records import Extraction
from timeline.store import (
    Store,
    count,
    find_corrections,
    find_events,
    load_timeline,
    open_store,
    save_correction,
    save_extractions,
)

A, B = "东原大学", "南河集团"


def make_pages(first: int, count: int, *, size: int = 0) -> list[Extraction]:
    days = (f"2021-06-{1 + i % 28:02d}" for i in range(first, first + count))
    rows: Iterator[dict[str, Any]] = ({"date": day, "orgs": {A: "party", B: "party"}} for day in days)
    return [
        make_extraction(f"p{i:04d}", row, text="页" * (size + 1))
        for i, row in zip(range(first, first + count), rows, strict=True)
    ]


def contents(store: Store) -> tuple[object, ...]:
    return count(store), load_timeline(store), find_events(store, EventQuery(q=A)).total


@pytest.fixture
def filled(url: str) -> Iterator[Store]:
    """Open a store of its own, whose schema and settings a test may change, with ten linked pages."""
    with open_store(url) as store:
        save_extractions(store, make_pages(0, 10))
        link_store(store)
        yield store


@contextmanager
def full_disk(store: Store, table: str) -> Iterator[None]:
    """Leave no room for many more rows of a table."""
    if store.is_sqlite:
        with store.read() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()

        def limit(connection: Any, _: object) -> None:
            connection.execute(f"PRAGMA max_page_count={pages + 4}")

        store.engine.dispose()
        event.listen(store.engine, "connect", limit)
        yield
        event.remove(store.engine, "connect", limit)
        store.engine.dispose()
        return
    # no disk of a test's own to fill: the server raises what it would raise, some rows later
    with store.write() as connection:
        rows = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
        connection.execute(text(_RAISING.format(table, rows + 5)))
        when = f"AFTER INSERT ON {table} FOR EACH ROW"
        connection.execute(text(f"CREATE TRIGGER full_disk {when} EXECUTE FUNCTION full_disk()"))
    yield
    with store.write() as connection:
        connection.execute(text("DROP FUNCTION full_disk() CASCADE"))


_RAISING = """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF (SELECT count(*) FROM {0}) >= {1} THEN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
    END IF;
    RETURN NEW; END $$"""
FULL = "the disk is full; nothing of this transaction was written"


def test_a_full_disk_leaves_no_page_half_written(filled: Store) -> None:
    before = contents(filled)
    with full_disk(filled, "pages"):
        with pytest.raises(StoreError, match=FULL):
            save_extractions(filled, make_pages(10, 40, size=4000))
        assert contents(filled) == before
    assert save_extractions(filled, make_pages(10, 40, size=4000)).ingested == 40


def test_a_full_disk_leaves_the_chronology_as_it_was(filled: Store) -> None:
    save_extractions(filled, make_pages(10, 200))
    before = contents(filled)
    with full_disk(filled, "sources"):
        with pytest.raises(StoreError, match=FULL):
            link_store(filled)
        assert contents(filled) == before
    link_store(filled)
    assert sum(len(e.sources) for e in load_timeline(filled).events) == 210


def test_a_full_disk_keeps_a_correction_out(filled: Store) -> None:
    before = contents(filled)
    target = find_events(filled, EventQuery()).events[0].id
    words = {
        "event": target,
        "field": "title",
        "by": "lin",
        "at": "2024-05-01T00:00:00Z",
        "reason": "因" * 1900,
    }
    with full_disk(filled, "corrections"):
        with pytest.raises(StoreError, match=FULL):
            _correct_often(filled, words)
        kept = find_corrections(filled)
        assert find_events(filled, EventQuery()).events[0].title == kept[-1].value
    assert [event.sources for event in before[1].events] == [e.sources for e in load_timeline(filled).events]  # type: ignore[attr-defined]


def _correct_often(store: Store, words: dict[str, Any]) -> None:
    for number in range(40):
        save_correction(store, Correction.model_validate({**words, "value": f"{number}" * 20}))


@pytest.mark.postgres
def test_a_connection_that_is_cut_writes_nothing(new_url: Callable[[str], str]) -> None:
    with open_store(new_url("postgres")) as store:
        save_extractions(store, make_pages(0, 10))
        _cut_while_saving(store)


def _cut_while_saving(store: Store) -> None:
    before = contents(store)
    seen = 0

    def cut(connection: Any, *_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == 5:
            with create_engine(store.engine.url).connect() as other:
                mine = "datname = current_database() AND pid <> pg_backend_pid()"
                other.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}"))

    event.listen(store.engine, "before_cursor_execute", cut)
    with pytest.raises(StoreError, match="the database went away; nothing of this transaction was written"):
        save_extractions(store, make_pages(10, 40))
    event.remove(store.engine, "before_cursor_execute", cut)
    assert contents(store) == before
    assert save_extractions(store, make_pages(10, 40)).ingested == 40


def test_a_server_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached; does it run"):
        open_store(f"postgresql+psycopg://somebody@/db?host={tmp_path}")


def test_a_file_that_is_taken_away_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with open_store(f"sqlite:///{file}") as store:
        save_extractions(store, make_pages(0, 3))
        file.rename(tmp_path / "elsewhere.sqlite")
        with pytest.raises(StoreError, match="taken away"):
            save_extractions(store, make_pages(3, 3))
        with pytest.raises(StoreError, match="taken away"):
            count(store)
        (tmp_path / "elsewhere.sqlite").rename(file)
        assert count(store).pages == 3


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with open_store(f"sqlite:///{file}") as store:
        save_extractions(store, make_pages(0, 200, size=500))
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)
    with pytest.raises(StoreError, match="is damaged"), open_store(f"sqlite:///{file}") as store:
        count(store)
