"""Mentions by the generator, merged into a database: time of each stage and the most memory used, as their number grows.

python -m tests.bench.merge_speed [MENTIONS...] [--folder DIR] [--database URL] [--unwritten]; each size runs in a process
of its own. Times are those of the clock and, in brackets, of the processor; "written" is the making of events, too. With
--unwritten nothing is stored: the time and memory are those of linking alone, and of the generator.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import cast

from tests.bench.generator import make_lines
from timeline.chronology import Judgement, Organization
from timeline.merge import link_store_in_bulk
from timeline.merge.bulk import Bulk
from timeline.merge.workbench import Workbench, without_sweeping
from timeline.store import Evidence, count, open_store, save_lines

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
    print(
        "mentions | pages stored | linked | written | whole, s of clock (of processor) | most memory | events | organisations | pairs"
    )
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
    clock = _Clock()
    with open_store(database) as store:
        with shard.open("rb") as file:
            save_lines(store, (line.rstrip(b"\n") for line in file))
        shard.unlink()
        clock.lap()
        compared: list[int] = []

        def note(pairs: int) -> None:
            compared.append(pairs)
            clock.lap()

        link_store_in_bulk(store, on_linked=note)
        clock.lap()
        counts = count(store)
    print(
        f"{mentions:,} | {' | '.join(clock.laps)} | {clock.whole()} | {_megabytes():.0f} MB | "
        f"{counts.events:,} | {counts.organizations:,} | {compared[-1]:,}",
        flush=True,
    )


class _Clock:
    """Wall clock and processor seconds of one stage after the other."""

    def __init__(self) -> None:
        self._first = self._last = (time.perf_counter(), time.process_time())
        self.laps: list[str] = []

    def lap(self) -> None:
        self.laps.append(self._since(self._last))
        self._last = (time.perf_counter(), time.process_time())
        print(f"  … {self.laps[-1]}, {_megabytes():.0f} MB at most", file=sys.stderr, flush=True)

    def whole(self) -> str:
        return self._since(self._first)

    def _since(self, then: tuple[float, float]) -> str:
        return f"{time.perf_counter() - then[0]:.0f} s ({time.process_time() - then[1]:.0f})"


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
    clock = _Clock()
    evidence = cast(Evidence, _Lines(mentions))
    with without_sweeping(), Workbench() as bench:
        bulk = Bulk(bench, evidence)
        clock.lap()
        counts: Counter[str] = Counter()
        for part in bulk.parts(evidence):
            counts["events"] += len(part.timeline.events)
            counts["organisations"] += len(part.timeline.organizations)
        clock.lap()
    print(
        f"{mentions:,} | - | {' | '.join(clock.laps)} | {clock.whole()} | {_megabytes():.0f} MB | "
        f"{counts['events']:,} | {counts['organisations']:,} | {bulk.pairs:,}",
        flush=True,
    )


def _megabytes() -> float:
    """Give the most memory that this process used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
