"""A load without indexes: they are gone while it goes on, and the same ones stand again behind it."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import Connection, inspect

from tests.merge.crowds import make_crowd_page
from timeline.merge import link_store_in_bulk
from timeline.store import Store, save_extractions
from timeline.store.indexes import without_indexes


def _indexes(connection: Connection, table: str) -> list[str]:
    """Name the indexes of a table that hold nothing apart."""
    return sorted(
        str(found["name"]) for found in inspect(connection).get_indexes(table) if not found["unique"]
    )


def test_indexes_are_gone_and_come_back(store: Store) -> None:
    with store.write() as connection:
        before = {name: _indexes(connection, name) for name in ("events", "sources", "places")}
        with without_indexes(connection, ["events", "sources"]):
            assert _indexes(connection, "events") == []
            assert _indexes(connection, "sources") == []
            assert _indexes(connection, "places") == before["places"]
        assert {name: _indexes(connection, name) for name in before} == before
        assert len(before["events"]) > 3


def test_a_failed_load_leaves_the_indexes(store: Store) -> None:
    with store.read() as connection:
        before = _indexes(connection, "events")
    with (
        pytest.raises(ZeroDivisionError),
        store.write() as connection,
        without_indexes(connection, ["events"]),
    ):
        raise ZeroDivisionError
    with store.read() as connection:
        assert _indexes(connection, "events") == before


def test_a_whole_merge_keeps_every_index(store: Store) -> None:
    with store.read() as connection:
        tables = inspect(connection).get_table_names()
        before = {name: _indexes(connection, name) for name in tables}
    chance = random.Random(3)
    save_extractions(store, [make_crowd_page(chance, i) for i in range(10)])
    for _ in range(2):
        link_store_in_bulk(store)
        with store.read() as connection:
            assert {name: _indexes(connection, name) for name in tables} == before
