"""The door of run: many pages in, extractions out: as a stream for one machine, as shards in a folder for any number of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from timeline.run.engines import EngineName, open_engine
from timeline.run.folder import list_shards, read_shard, read_shard_lines
from timeline.run.folder import write_whole as _write_whole
from timeline.run.pages import run
from timeline.run.portions import Portion, plan
from timeline.run.shards import Recipe, ShardReport, make_shard
from timeline.run.version import rules_version

__all__ = [
    "EngineName",
    "Portion",
    "RunReport",
    "ShardReport",
    "list_shards",
    "plan",
    "read_shard",
    "read_shard_lines",
    "run",
    "run_shards",
]


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: its shards in the order of the input, and how many of them were made now."""

    shards: tuple[ShardReport, ...]
    made: int

    @property
    def pages(self) -> int:
        return sum(shard.pages for shard in self.shards)

    @property
    def events(self) -> int:
        return sum(shard.events for shard in self.shards)

    @property
    def failures(self) -> int:
        return sum(len(shard.failures) for shard in self.shards)


def run_shards(
    portions: Iterable[Portion],
    out: str | Path,
    *,
    engine: EngineName = "local",
    workers: int = 0,
    address: str | None = None,
    published: str | None = None,
    fields: Mapping[str, str] | None = None,
    max_bytes: int = 64 * 2**20,
    on_shard: Callable[[ShardReport], None] | None = None,
) -> RunReport:
    """Extract portions of pages into shards under `out`, and write what became of them into its manifest.

    A shard is a function of its portion, the caller's options, the rules and the model alone, and its name is their hash:
    one that is there is not made again, and every engine makes the same files. `workers` 0 takes a process a core;
    `address` is that of a running Ray cluster. `on_shard` is called for each shard as it is done, in any order.
    The manifest has a line a shard, in the order of the input, and is there only when all are done.

    Raises UsageError where an engine's library is missing, and StoreError where `out` cannot be written.
    """
    folder = Path(out)
    folder.joinpath("shards").mkdir(parents=True, exist_ok=True)
    manifest = folder / "manifest.jsonl"
    manifest.unlink(missing_ok=True)
    options = tuple(sorted((fields or {}).items()))
    work = partial(make_shard, Recipe(str(folder), rules_version(), published, options, max_bytes))
    portions = list(portions)
    order = {portion: number for number, portion in enumerate(portions)}
    done: dict[int, ShardReport] = {}
    for portion, report in open_engine(engine, workers=workers, address=address)(work, portions):
        done[order[portion]] = report
        if on_shard is not None:
            on_shard(report)
    reports = tuple(done[number] for number in sorted(done))
    lines = "".join(json.dumps(r.to_json(), ensure_ascii=False) + "\n" for r in reports)
    _write_whole(manifest, lines.encode())
    return RunReport(reports, sum(report.is_new for report in reports))
