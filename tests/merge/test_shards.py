"""Shards of a run, merged, against an ingest of the same sources: one chronology, on both databases and both ways."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.run.made import write_sources
from timeline.errors import ReadError
from timeline.ingest import ingest
from timeline.merge import merge_shards
from timeline.run import plan, run_shards
from timeline.store import load_timeline, open_store, save_lines

TABLES = ("pages", "mentions", "events", "event_records", "organizations", "partnerships", "sources", "judgements", "changes",
          "link_names", "link_uses", "link_blocks", "link_edges", "link_pairs")  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a folder of sources, and of the shards of their run."""
    folder = tmp_path_factory.mktemp("merge")
    sources = write_sources(folder / "sources")
    run_shards(plan([str(sources)], per_shard=10), folder / "out", engine="local")
    return sources, folder / "out"


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
@pytest.mark.parametrize("many", [3, 1000], ids=["in bulk", "in memory"])
def test_a_merge_is_an_ingest(
    made: tuple[Path, Path],
    new_url: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    many: int,
) -> None:
    sources, out = made
    ingested, merged = new_url(kind), new_url(kind)
    ingest([sources], database=ingested)
    monkeypatch.setattr(importlib.import_module("timeline.merge"), "_MANY", many)
    report = merge_shards(out, database=merged)
    assert (report.ingested, report.unchanged) == (35, 0)
    assert report.events > 30
    with open_store(ingested) as one, open_store(merged) as other:
        assert load_timeline(one) == load_timeline(other)
        for name in TABLES:
            assert _rows(one, name) == _rows(other, name), name
    again = merge_shards(out, database=merged)
    assert (again.ingested, again.unchanged, again.events) == (0, 35, report.events)


def test_what_is_no_run_is_refused(tmp_path: Path, new_url: Callable[[str], str]) -> None:
    with pytest.raises(ReadError, match="manifest"):
        merge_shards(tmp_path, database=new_url("sqlite"))
    with open_store(new_url("sqlite")) as store, pytest.raises(ReadError, match="not a line of a shard"):
        save_lines(store, [b'{"text": "a"}'])


def _rows(store: object, name: str) -> list[tuple[object, ...]]:
    # rows have numbers in the order in which they were written: what they number is compared by the chronology
    unnumbered = {"events": "id, digest", "event_records": "record", "organizations": "id, digest", "partnerships": "id, kind",
                  "sources": "page, mention, position", "changes": "kind, subject, id, other, reason"}  # fmt: skip
    columns = unnumbered.get(name, "*")
    with store.read() as connection:  # type: ignore[attr-defined]
        return sorted(
            (tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM {name}"))), key=repr
        )
