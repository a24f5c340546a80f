"""Opening a store: what is made, what is kept, what is refused and how."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from timeline.errors import StoreError
from timeline.store import Store, count, open_store
from timeline.store.connect import _MIGRATIONS
from timeline.store.tables import SCHEMA, Base


def test_a_new_store_is_empty_and_opens_again(url: str) -> None:
    for _ in range(2):
        with open_store(url) as store:
            assert count(store).model_dump() == {
                "pages": 0,
                "events": 0,
                "organizations": 0,
                "partnerships": 0,
            }


def test_the_migrations_make_what_the_tables_say(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Base.metadata)
    assert [change for change in found if "_search" not in str(change)] == []


def test_the_code_knows_the_newest_revision() -> None:
    assert ScriptDirectory(str(_MIGRATIONS)).get_current_head() == SCHEMA


def test_every_revision_can_be_undone(url: str) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import inspect

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with open_store(url) as store, store.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_two_processes_may_make_one_store(url: str, tmp_path: Path) -> None:
    """Take a store without its schema, and have two make it at once."""
    if url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path}/fresh.sqlite"
    else:
        with open_store(url) as store, store.write() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    with ThreadPoolExecutor(6) as pool:
        for opened in [pool.submit(open_store, url) for _ in range(6)]:
            opened.result().close()
    with open_store(url) as store:
        assert count(store).pages == 0


def test_many_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    """Turning a file to write-ahead logging is refused, not waited for, while another does the same."""
    for number in range(12):
        url = f"sqlite:///{tmp_path}/{number}.sqlite"
        with ThreadPoolExecutor(8) as pool:
            for opened in [pool.submit(open_store, url) for _ in range(8)]:
                opened.result().close()


def test_another_version_of_the_schema_is_refused(url: str) -> None:
    with open_store(url) as store, store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="has schema 9999"):
        open_store(url)


def test_tables_of_something_else_are_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        other.execute("CREATE TABLE events (name TEXT)")
    with pytest.raises(StoreError, match="holds tables of something else"):
        open_store(f"sqlite:///{tmp_path}/other.sqlite")
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("events",)]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("一页新闻" * 200, "utf-8")
    with pytest.raises(StoreError, match="not an SQLite database"):
        open_store(f"sqlite:///{tmp_path}/page.txt")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="make its folder"):
        open_store(f"sqlite:///{tmp_path}/nowhere/store.sqlite")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("timeline.sqlite", "not a database URL"),
        ("mysql://localhost/x", "no such kind of database: mysql"),
        ("postgresql+psycopg://nobody:secret@127.0.0.1:1/x", "refused|failed"),
    ],
)
def test_what_cannot_be_opened_is_told_without_its_password(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


@pytest.mark.postgres
def test_a_database_of_another_encoding_is_refused(postgres: str) -> None:
    from tests.store.conftest import _run

    _run(postgres, "CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(StoreError, match="UTF8"):
        open_store(postgres.replace("NAME", "ascii"))


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    from tests.findings import make_extraction
    from timeline.store import save_extractions

    with open_store(f"sqlite:///{tmp_path}/small.sqlite") as store:
        save_extractions(store, [make_extraction("a")])
        with store.read() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        store.close()
        from sqlalchemy import event

        event.listen(
            store.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={pages + 2}")
        )
        with pytest.raises(StoreError, match="the disk is full"):
            save_extractions(store, [make_extraction(f"b{i}", text="满" * 5000) for i in range(20)])
        assert count(store).pages == 1


@pytest.mark.postgres
def test_a_connection_that_was_cut_while_it_lay_idle_is_replaced(
    new_url: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.store.connect._IDLE_S", 0.0)
    with open_store(new_url("postgres")) as store:
        assert count(store).pages == 0
        with create_engine(store.engine.url).connect() as other:
            mine = "datname = current_database() AND pid <> pg_backend_pid()"
            other.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}"))
        assert count(store).pages == 0


def test_who_spares_memory_spares_it_alone(tmp_path: Path) -> None:
    names = ("mmap_size", "temp_store")
    with open_store(f"sqlite:///{tmp_path}/spared.sqlite") as store:
        found = []
        for is_sparing in (False, True, False):
            for begin in (store.read, store.write):
                with begin(is_sparing=is_sparing) as connection:
                    found.append([connection.execute(text(f"PRAGMA {name}")).scalar() for name in names])
    assert found[0] == found[1] == found[4] == found[5] == [1 << 30, 2]
    assert found[2] == found[3] == [0, 1]
