"""Many pages to shards: pages a second in this process and in a pool, growth with the number of pages, and memory a worker.

Run with `python -m tests.bench.many_pages [PAGES]`. Made pages of about 1,500 characters in one JSONL file; wall time, so
that what the pool and the disk cost is in it. Memory is the most that one process held, in MB.
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
        head = ("engine", "pages", "with events", "s", "pages/s", "MB of shards a 1,000 pages", "memory, MB")
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
    peaks = [0]
    begun = time.perf_counter()
    report = run_shards(
        plan([path], per_shard=100),
        out,
        engine=engine,
        workers=workers,
        on_shard=lambda shard: peaks.append(_most_memory(is_here=engine == "local")),
    )
    took = time.perf_counter() - begun
    size = sum(file.stat().st_size for file in (out / "shards").iterdir())
    memory = max(peaks)
    name = "this process" if engine == "local" else f"pool of {workers}"
    share = f"{(number // 10) / number:.0%}"
    return name, report.pages, share, took, report.pages / took, size / 1e6 / number * 1000, memory


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
