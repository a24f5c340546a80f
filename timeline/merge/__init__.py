"""Bring a stored chronology up to date with its pages, and load the shards of a run into one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from timeline.chronology import Timeline
from timeline.link import linking_version
from timeline.merge.bulk import Bulk
from timeline.merge.increment import relink
from timeline.merge.whole import relink_all
from timeline.merge.workbench import Workbench, has_duckdb, without_sweeping
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


def link_store_in_bulk(
    store: Store, *, at: str | None = None, on_linked: Callable[[int], None] | None = None
) -> None:
    """Link all pages of a store anew in bounded memory: what link_store() does when very many wait.

    `on_linked` is told how many pairs of reports were compared once that is done and nothing is written yet.

    Raises StoreError when the database refuses, UsageError where DuckDB is not installed.
    """
    with without_sweeping(), Workbench() as bench:

        def prepare(evidence: Evidence) -> Callable[[Evidence], Iterator[Relinking]]:
            bulk = Bulk(bench, evidence)
            if on_linked is not None:
                on_linked(bulk.pairs)
            return bulk.parts

        replace_chronicle(store, prepare, version=linking_version(), at=at)


def _relink(evidence: Evidence, previous: Timeline | None) -> Relinking:
    if previous is not None:
        return relink_all(evidence.every_findings(), previous)
    return relink(evidence)
