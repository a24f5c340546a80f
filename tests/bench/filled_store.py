"""A number of events in, a store that holds the made chronology of tests/bench/chronicle.py out, by the way of a large merge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy import text

from tests.bench.chronicle import count_bodies, make_events, make_organizations, tie_of
from timeline.chronology import Timeline
from timeline.store import Evidence, Relinking, Scope, Store, open_store, replace_chronicle

T = TypeVar("T")
_PART = 5000


def fill(url: str, events: int) -> None:
    """Write events and their organisations into an empty store, and have the database look at what it holds."""
    with open_store(url) as store:
        replace_chronicle(store, lambda _: _parts_of(events), version=1)
        _settle(store)


def _parts_of(events: int) -> Callable[[Evidence], Iterator[Relinking]]:
    def parts(evidence: Evidence) -> Iterator[Relinking]:
        for organizations in _some(make_organizations(count_bodies(events))):
            yield Relinking(Timeline(organizations=organizations, events=(), partnerships=()), Scope())
        for some in _some(make_events(events)):
            ties = tuple(tie for event in some if (tie := tie_of(event)))
            yield Relinking(Timeline(organizations=(), events=some, partnerships=ties), Scope())

    return parts


def _some(records: Iterable[T]) -> Iterator[tuple[T, ...]]:
    waiting = iter(records)
    while some := tuple(islice(waiting, _PART)):
        yield some


def _settle(store: Store) -> None:
    if store.is_sqlite:
        with store.engine.connect() as plain:
            plain.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            plain.exec_driver_sql("ANALYZE")
    else:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as plain:
            plain.execute(text("VACUUM ANALYZE"))
