"""Bring a stored chronology up to date with its pages: what is new since the last linking, or all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from timeline.chronology import Timeline
from timeline.link import linking_version
from timeline.merge.bulk import Bulk
from timeline.merge.increment import relink
from timeline.merge.whole import relink_all
from timeline.merge.workbench import Workbench, has_duckdb
from timeline.store import Evidence, Relinking, Store, count_waiting, replace_chronicle, update_chronicle

__all__ = ["link_store", "link_store_in_bulk"]

_MANY = 20_000  # pages; more are not linked in memory


def link_store(store: Store, *, at: str | None = None) -> None:
    """Link the pages of a store that wait with all others; the same whether they came at once or one by one.

    Raises StoreError when the database refuses; the chronology is then as it was.
    """
    version = linking_version()
    if count_waiting(store, version=version) > _MANY and has_duckdb():
        link_store_in_bulk(store, at=at)
    else:
        update_chronicle(store, _relink, version=version, at=at)


def link_store_in_bulk(store: Store, *, at: str | None = None) -> None:
    """Link all pages of a store anew in bounded memory: what link_store() does when very many wait.

    Raises StoreError when the database refuses, UsageError where DuckDB is not installed.
    """
    with Workbench() as bench:

        def prepare(evidence: Evidence) -> Callable[[Evidence], Iterator[Relinking]]:
            return Bulk(bench, evidence).parts

        replace_chronicle(store, prepare, version=linking_version(), at=at)


def _relink(evidence: Evidence, previous: Timeline | None) -> Relinking:
    if previous is not None:
        return relink_all(evidence.every_findings(), previous)
    return relink(evidence)
