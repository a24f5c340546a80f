"""The pool engine: portions shared out among processes; a worker that is killed costs a retry, never the run."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from timeline.run.portions import Portion
from timeline.run.shards import ShardReport, report_lost

_TRIES = 3  # of a portion by itself, before it is given up
_AHEAD = 2  # portions waiting at the pool, a worker


def run_in_pool(
    work: Callable[[Portion], ShardReport], portions: Sequence[Portion], *, workers: int
) -> Iterator[tuple[Portion, ShardReport]]:
    """Work on portions in so many processes.

    When a worker dies, the portions that were out are worked on again one at a time, so that one which kills its worker
    is told from those beside it; after some tries it is reported as lost, and the run goes on.
    """
    waiting = deque(portions)
    while waiting:
        out: dict[Future[ShardReport], Portion] = {}
        try:
            with _pool(min(workers, len(waiting))) as pool:
                yield from _drain(pool, work, waiting, out, workers * _AHEAD)
        except BrokenProcessPool:
            for portion in out.values():
                yield portion, _alone(work, portion)


def _drain(
    pool: ProcessPoolExecutor,
    work: Callable[[Portion], ShardReport],
    waiting: deque[Portion],
    out: dict[Future[ShardReport], Portion],
    ahead: int,
) -> Iterator[tuple[Portion, ShardReport]]:
    """Keep the pool busy until all is done; `out` holds what it was given and has not given back."""
    while waiting or out:
        while waiting and len(out) < ahead:
            portion = waiting[0]
            out[pool.submit(work, portion)] = portion
            waiting.popleft()
        done, _ = wait(out, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda f: f.exception() is not None):
            report = future.result()
            yield out.pop(future), report


def _alone(work: Callable[[Portion], ShardReport], portion: Portion) -> ShardReport:
    for _ in range(_TRIES):
        try:
            with _pool(1) as pool:
                return pool.submit(work, portion).result()
        except BrokenProcessPool:
            continue
    return report_lost(portion, f"its worker was killed {_TRIES} times in a row: try fewer pages a shard")


def _pool(workers: int) -> ProcessPoolExecutor:
    context = get_context("forkserver")
    context.set_forkserver_preload(["timeline.extract"])
    return ProcessPoolExecutor(workers, mp_context=context)
