"""Bring a stored chronology up to date with its pages, and load the shards of a run into one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from timeline.chronology import Timeline
from timeline.link import linking_version
from timeline.merge.bulk import Bulk
from timeline.merge.increment import relink
from timeline.merge.whole import relink_all
from timeline.merge.workbench import Workbench, has_duckdb
from timeline.run import list_shards, read_shard_lines
from timeline.store import (
    Evidence,
    Relinking,
    Store,
    count,
    count_waiting,
    open_store,
    replace_chronicle,
    save_lines,
    update_chronicle,
)

__all__ = ["MergeReport", "link_store", "link_store_in_bulk", "merge_shards"]

_MANY = 20_000  # pages; more are not linked in memory


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: shards read, pages new and known, and the chronology's size afterwards."""

    shards: int
    ingested: int
    unchanged: int
    events: int
    organizations: int


def merge_shards(
    folder: str | Path, *, database: str, on_shard: Callable[[Path], None] | None = None
) -> MergeReport:
    """Load the shards of a finished run into a database and link them: the same as an ingest of the run's sources.

    A merge that is cut off is taken up by running it again; one of a run that was merged before changes nothing.

    Raises ReadError where the folder holds no finished run or a shard is damaged, StoreError when the database refuses.
    """
    ingested = unchanged = 0
    shards = list_shards(folder)
    with open_store(database) as store:
        for shard in shards:
            report = save_lines(store, read_shard_lines(shard))
            ingested += report.ingested
            unchanged += report.unchanged
            if on_shard is not None:
                on_shard(shard)
        link_store(store)
        counts = count(store)
    return MergeReport(len(shards), ingested, unchanged, counts.events, counts.organizations)


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
    with _no_sweeping(), Workbench() as bench:

        def prepare(evidence: Evidence) -> Callable[[Evidence], Iterator[Relinking]]:
            return Bulk(bench, evidence).parts

        replace_chronicle(store, prepare, version=linking_version(), at=at)


@contextmanager
def _no_sweeping() -> Iterator[None]:
    """Leave the search for cycles of garbage out: millions of records make none, and it looks at all that are alive."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _relink(evidence: Evidence, previous: Timeline | None) -> Relinking:
    if previous is not None:
        return relink_all(evidence.every_findings(), previous)
    return relink(evidence)
