"""Events on PostgreSQL, in one table or parted by year: how fast each is filled by COPY and answers, in one run.

python -m tests.bench.partitions [EVENTS] [--folder DIR]. The parts lie in the order of the list (`newest`), so that a year
is one part and the list runs through them in turn: the best that parting can do for our questions.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from tests.bench.postgres import serve_postgres
from tests.bench.tables import print_table
from timeline.store import open_store
from timeline.store.rows import order_keys

_YEARS = range(2005, 2025)
_ASKED = 40
_MAKE = """
    INSERT INTO made (number, id, type, status, headline, title, theme, edtf, "from", "to", certainty, newest, oldest,
        confidence, sources, independent, conflicts, review, digest)
    SELECT n AS number, 'e' || left(md5(n::text), 16) AS id, (ARRAY['signing', 'forum', 'opening', 'launch', 'visit'])[1 + n % 5] AS type,
        'held' AS status, true AS headline, NULL::varchar AS title, 'theme ' || n AS theme, day::text AS edtf, day::text AS "from",
        day::text AS "to", 'day' AS certainty, (3652059 - ordinal) * 10000000 AS newest, ordinal * 10000000 AS oldest,
        0.9 AS confidence, 2 AS sources, 1 AS independent, 0 AS conflicts, 'automatic' AS review, md5(n::text) AS digest
    FROM (SELECT n, '2005-01-01'::date + (n * 7919 % 7300)::int AS day, 731947 + n * 7919 % 7300 AS ordinal
          FROM generate_series(1::bigint, :events) AS n) AS days
"""
_ACTS = """
    CREATE TABLE acts AS SELECT n AS event, (:events * 0.3 * power(random(), 3))::bigint AS organization
    FROM generate_series(1::bigint, :events) AS n
"""
_COLUMNS = "id, type, status, title, edtf, newest"
_LIST = "ORDER BY newest, id LIMIT 50"
QUESTIONS = {
    "first page": f"SELECT {_COLUMNS} FROM {{0}} {_LIST}",
    "first page of a year": f"SELECT {_COLUMNS} FROM {{0}} WHERE newest BETWEEN :low AND :high {_LIST}",
    "of a type": f"SELECT {_COLUMNS} FROM {{0}} WHERE type = :type {_LIST}",
    "of a type and a year": f"SELECT {_COLUMNS} FROM {{0}} WHERE type = :type AND newest BETWEEN :low AND :high {_LIST}",
    "count of a year": "SELECT count(*) FROM {0} WHERE newest BETWEEN :low AND :high",
    "one event by id": "SELECT * FROM {0} WHERE id = :id",
    "of an organisation": f"SELECT {_COLUMNS} FROM acts JOIN {{0}} ON number = event WHERE organization = :body {_LIST}",
}


def main() -> None:
    """Make the events, fill both tables, ask both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("events", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--folder")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(dir=options.folder) as folder,
        serve_postgres(Path(folder)) as url,
        open_store(url) as store,
        store.write() as connection,
    ):
        _measure(connection, options.events, Path(folder) / "rows")


def _measure(connection: Connection, events: int, file: Path) -> None:
    connection.execute(text("CREATE TABLE made (LIKE events)"))
    connection.execute(text(_MAKE), {"events": events})
    connection.execute(text(_ACTS), {"events": events})
    connection.execute(text("CREATE INDEX ON acts (organization, event)"))
    _copy(connection, "COPY made TO STDOUT", file, is_out=True)
    rows: dict[str, list[object]] = {}
    for name, make in (("plain", _make_plain), ("parted", _make_parted)):
        make(connection)
        start = time.perf_counter()
        _copy(connection, f"COPY {name} FROM STDIN", file, is_out=False)
        rows.setdefault(f"filled by COPY, {events:,} events, s", []).append(time.perf_counter() - start)
        connection.execute(text(f"ANALYZE {name}"))
    connection.execute(text("ANALYZE acts"))
    for question, statement in QUESTIONS.items():
        asked = [*_parameters(events)]
        found = [_time(connection, statement.format(name), asked) for name in ("plain", "parted")]
        rows[f"{question}, ms"] = list(found)
    print_table(("", "one table", "a part a year"), [(key, *cells) for key, cells in rows.items()])


def _make_plain(connection: Connection) -> None:
    connection.execute(
        text("CREATE TABLE plain (LIKE events INCLUDING DEFAULTS, PRIMARY KEY (number), UNIQUE (id))")
    )
    _index(connection, "plain")


def _make_parted(connection: Connection) -> None:
    """Make the parts; a key over parts must hold what parts them, so that neither id nor number is held apart."""
    connection.execute(
        text("CREATE TABLE parted (LIKE events INCLUDING DEFAULTS) PARTITION BY RANGE (newest)")
    )
    for year in _YEARS:
        low, high = _span(year)
        connection.execute(
            text(f"CREATE TABLE parted_{year} PARTITION OF parted FOR VALUES FROM ({low}) TO ({high})")
        )
    connection.execute(text("CREATE TABLE parted_rest PARTITION OF parted DEFAULT"))
    for column in ("id", "number"):
        connection.execute(text(f"CREATE INDEX ON parted ({column})"))
    _index(connection, "parted")


def _index(connection: Connection, name: str) -> None:
    """Make the indexes that the store's own table has."""
    query = text(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'events' AND indexname LIKE 'ix_%'"
    )
    for index, statement in connection.execute(query).all():
        made = statement.replace(index, f"{name}_{index}").replace(".events ", f".{name} ")
        connection.exec_driver_sql(made)


def _copy(connection: Connection, statement: str, file: Path, *, is_out: bool) -> None:
    cursor = connection.connection.cursor()
    with cursor.copy(statement) as copy, file.open("wb" if is_out else "rb") as rows:
        if is_out:
            rows.writelines(copy)
            return
        while block := rows.read(1 << 20):
            copy.write(block)


def _parameters(events: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(7)
    for _ in range(_ASKED):
        low, high = _span(chance.choice(_YEARS))
        yield {
            "low": low, "high": high - 1, "type": chance.choice(["signing", "forum", "visit"]),
            "id": chance.choice(["e" + "0" * 16, "e" + "f" * 16]), "body": int(events * 0.3 * chance.random() ** 3),
        }  # fmt: skip


def _span(year: int) -> tuple[int, int]:
    """Give the keys of a year's events in the list: from its last day's to those of the year before."""
    return order_keys(f"{year}-12-31")[0], order_keys(f"{year - 1}-12-31")[0]


def _time(connection: Connection, statement: str, asked: list[dict[str, Any]]) -> float:
    """Give the middle time of some askings, in milliseconds, after one that warms up."""
    ask: Callable[[dict[str, Any]], Any] = lambda values: connection.execute(text(statement), values).all()  # noqa: E731
    ask(asked[0])
    times = []
    for values in asked:
        start = time.perf_counter()
        ask(values)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
