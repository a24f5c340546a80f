"""Rows past the query builder: the same is read back as of an insert of its own, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select

from timeline.errors import StoreError
from timeline.store import Store
from timeline.store.link_tables import LINK_EDGES, LINK_PAIRS
from timeline.store.loading import insert_rows, insert_tuples
from timeline.store.tables import PAGES

# what a database refuses, quotes, tabs, line ends and backslashes, none at all
_TEXTS = ["东原大学", "a\x00b", "\ud800", "\x10", 'it\'s "so"', "a\tb\nc\\N", "\\.", "", None]


def _page(number: int) -> dict[str, Any]:
    text = _TEXTS[number % len(_TEXTS)]
    return {
        "id": f"{number:04}", "source_id": text, "path": None, "url": text, "title": text, "outlet": None, "published": None,
        "text": text or "", "findings": "{}", "digest": "d",
    }  # fmt: skip


@pytest.mark.parametrize("many", [1, 49, 50, 300])
def test_rows_are_as_the_query_builder_writes_them(store: Store, many: int) -> None:
    rows = [_page(number) for number in range(many)]
    query = select(PAGES).order_by(PAGES.c.id)
    with store.write() as connection:
        insert_rows(connection, PAGES, rows)
        found = [dict(row._mapping) for row in connection.execute(query)]
        connection.execute(PAGES.delete())
        connection.execute(insert(PAGES), rows)
        assert found == [dict(row._mapping) for row in connection.execute(query)] == rows


@pytest.mark.parametrize("many", [3, 120])
def test_tuples_go_to_the_columns_that_are_named(store: Store, many: int) -> None:
    edges = [(left, left + 1, left % 2 == 0) for left in range(many)]
    pairs = [(2**62 + short, short, True, short / 3, "a\x00", "b") for short in range(many)]
    with store.write() as connection:
        insert_tuples(connection, LINK_EDGES, ("left", "right", "is_same"), edges)
        insert_tuples(connection, LINK_PAIRS, ("short", "full", "is_same", "score", "left", "right"), pairs)
        assert [tuple(r) for r in connection.execute(select(LINK_EDGES).order_by("left"))] == edges
        assert [tuple(r) for r in connection.execute(select(LINK_PAIRS).order_by("short"))] == pairs


def test_nothing_is_no_statement(store: Store) -> None:
    with store.write() as connection:
        insert_rows(connection, PAGES, [])
        insert_tuples(connection, LINK_EDGES, ("left", "right", "is_same"), [])
        assert connection.execute(select(PAGES)).all() == []


@pytest.mark.parametrize("many", [2, 100])
def test_what_the_database_refuses_is_our_error(store: Store, many: int) -> None:
    rows = [_page(number) for number in range(many)]
    with pytest.raises(StoreError), store.write() as connection:
        insert_rows(connection, PAGES, [*rows, rows[0]])
    with store.read() as connection:
        assert connection.execute(select(PAGES)).all() == []
