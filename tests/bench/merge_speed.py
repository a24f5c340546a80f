"""Mentions by the generator, merged into a database: time of each stage and the most memory used, as their number grows.

python -m tests.bench.merge_speed [MENTIONS...] [--folder DIR] [--database URL] [--unwritten]; each size runs in a process
of its own. With --unwritten nothing is stored: the time and memory are those of linking alone.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import cast

from tests.bench.generator import make_lines
from timeline.chronology import Judgement, Organization
from timeline.link import linking_version
from timeline.merge.bulk import Bulk
from timeline.merge.workbench import Workbench
from timeline.store import Evidence, Relinking, Store, count, open_store, replace_chronicle, save_lines

_TELLINGS_AN_EVENT = 1.64  # what the generator makes of an event


def main() -> None:
    """Run the sizes that are asked for, one process each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mentions", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--folder")
    parser.add_argument("--database")
    parser.add_argument("--unwritten", action="store_true")
    parser.add_argument("--here", action="store_true")
    options = parser.parse_args()
    if options.here and options.unwritten:
        _link_alone(options.mentions[0])
        return
    if options.here:
        _merge(options.mentions[0], options.folder, options.database)
        return
    print("mentions | pages stored | linked | written | whole | most memory | events | organisations | pairs")
    for mentions in options.mentions:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            database = options.database or f"sqlite:///{folder}/merge.sqlite"
            arguments = [str(mentions), "--here", "--folder", folder, "--database", database]
            arguments += ["--unwritten"] if options.unwritten else []
            subprocess.run([sys.executable, "-m", __spec__.name, *arguments], check=True)  # type: ignore[union-attr]


def _merge(mentions: int, folder: str, database: str) -> None:
    lines = islice(make_lines(int(mentions / _TELLINGS_AN_EVENT)), mentions // 3)
    shard = Path(folder) / "lines"
    with shard.open("wb") as file:
        file.writelines(line + b"\n" for line in lines)
    start = time.perf_counter()
    with open_store(database) as store:
        with shard.open("rb") as file:
            save_lines(store, (line.rstrip(b"\n") for line in file))
        shard.unlink()
        stored = time.perf_counter()
        linked, pairs = _link(store)
        done = time.perf_counter()
        counts = count(store)
    print(
        f"{mentions:,} | {stored - start:.0f} s | {linked - stored:.0f} s | {done - linked:.0f} s | {done - start:.0f} s | "
        f"{_megabytes():.0f} MB | {counts.events:,} | {counts.organizations:,} | {pairs:,}",
        flush=True,
    )


class _Lines:
    """Stand in for the evidence of a store with nothing but these pages."""

    def __init__(self, mentions: int) -> None:
        self._mentions = mentions

    def every_findings(self) -> Iterator[bytes]:
        for line in islice(make_lines(int(self._mentions / _TELLINGS_AN_EVENT)), self._mentions // 3):
            yield line[line.index(b',"findings":') + 12 : -1]

    def verdicts(self) -> tuple[Judgement, ...]:
        return ()

    def every_source(self) -> Iterator[tuple[int, str, str]]:
        return iter(())

    def every_organization(self) -> list[Organization]:
        return []

    def has_events(self) -> bool:
        return False

    def find_events(self, ids: Collection[str]) -> set[str]:
        return set()


def _link_alone(mentions: int) -> None:
    start = time.perf_counter()
    evidence = cast(Evidence, _Lines(mentions))
    with Workbench() as bench:
        bulk = Bulk(bench, evidence)
        linked = time.perf_counter()
        print(f"{mentions:,}: joined after {linked - start:.0f} s, {_megabytes():.0f} MB at most", flush=True)
        counts: Counter[str] = Counter()
        for part in bulk.parts(evidence):
            counts["events"] += len(part.timeline.events)
            counts["organisations"] += len(part.timeline.organizations)
    done, busy = time.perf_counter(), time.process_time()
    print(
        f"{mentions:,} | - | {linked - start:.0f} s | - | {done - start:.0f} s ({busy:.0f} s of processor) | {_megabytes():.0f} MB | "
        f"{counts['events']:,} | {counts['organisations']:,} | {bulk.pairs:,}",
        flush=True,
    )


def _megabytes() -> float:
    """Give the most memory that this process used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _link(store: Store) -> tuple[float, int]:
    """Link in bulk; give when the pages were linked and nothing written yet, and how many pairs were compared."""
    seen: list[tuple[float, int]] = []
    with Workbench() as bench:

        def prepare(evidence: Evidence) -> Callable[[Evidence], Iterator[Relinking]]:
            bulk = Bulk(bench, evidence)
            seen.append((time.perf_counter(), bulk.pairs))
            return bulk.parts

        replace_chronicle(store, prepare, version=linking_version())
    return seen[-1]


if __name__ == "__main__":
    main()
