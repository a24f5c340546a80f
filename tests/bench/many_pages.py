"""Many pages to shards: pages a second in this process and in a pool, growth with the number of pages, and memory a worker.

Run with `python -m tests.bench.many_pages [PAGES]`. Made pages of about 1,500 characters in one JSONL file; wall time, so
that what the pool and the disk cost is in it, and the processor time of this process and its workers together, which other
work on the machine does not lengthen. Memory is the most that one process held, in MB.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.tables import print_table
from tests.bench.text import make_dull, make_pages
from timeline.run import EngineName, plan, run_shards


def main() -> None:
    """Print the table."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 1200
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        sources = {}
        for number in (pages // 4, pages // 2, pages):
            sources[number] = Path(folder) / f"{number}.jsonl"
            _write(sources[number], number)
        head = (
            "engine", "pages", "with events", "s", "pages/s", "processor, s", "MB of shards a 1,000 pages", "memory, MB",
        )  # fmt: skip
        rows = [_run(Path(folder), path, number, "local", 1) for number, path in sources.items()]
        rows.append(_run(Path(folder), sources[pages], pages, "pool", cores))
        print_table(head, rows)


def _write(path: Path, number: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for n, text in enumerate(_texts(number)):
            file.write(json.dumps({"id": n, "text": text}, ensure_ascii=False) + "\n")


def _texts(number: int) -> Iterator[str]:
    """Give pages of which a tenth tell of events."""
    telling = iter(make_pages(number // 10 + 1))
    for n in range(number):
        yield next(telling) if n % 10 == 0 else make_dull(1450, seed=n)


def _run(folder: Path, path: Path, number: int, engine: EngineName, workers: int) -> tuple[object, ...]:
    out = folder / f"{engine}-{number}"
    peaks, spent = [0], {0: 0.0}  # the most memory at each shard, and the processor time so far by worker

    def look(_: object) -> None:
        peaks.append(_most_memory(is_here=engine == "local"))
        spent.update({worker.pid or 0: _spent(worker.pid) for worker in multiprocessing.active_children()})

    begun, before = time.perf_counter(), time.process_time()
    report = run_shards(plan([path], per_shard=50), out, engine=engine, workers=workers, on_shard=look)
    took, processor = time.perf_counter() - begun, time.process_time() - before + sum(spent.values())
    size = sum(file.stat().st_size for file in (out / "shards").iterdir())
    name = "this process" if engine == "local" else f"pool of {workers}"
    share = f"{(number // 10) / number:.0%}"
    weight = size / 1e6 / number * 1000
    return name, report.pages, share, took, report.pages / took, processor, weight, max(peaks)


def _spent(process: int | None) -> float:
    """Give the processor time of a worker so far, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _most_memory(*, is_here: bool) -> int:
    """Give the most memory, in MB, that this process or one of its workers held so far."""
    if is_here:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    peaks = [0]
    for worker in multiprocessing.active_children():
        lines = Path(f"/proc/{worker.pid}/status").read_text().splitlines()
        peaks += [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")]
    return max(peaks)


if __name__ == "__main__":
    main()
