"""Where portions are worked on: this process, a pool of processes, or Ray; one small interface, the same shards from each.

An engine takes the work (a function of a portion, safe to send to another process) and the portions, and gives each portion
with its report as it is done, in any order. It never gives up for one portion: what kills every worker it meets is reported.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Literal

from timeline.run.portions import Portion
from timeline.run.shards import ShardReport

EngineName = Literal["local", "pool", "ray"]
Work = Callable[[Portion], ShardReport]
Engine = Callable[[Work, Sequence[Portion]], Iterator[tuple[Portion, ShardReport]]]


def open_engine(name: EngineName, *, workers: int = 0, address: str | None = None) -> Engine:
    """Give an engine; `workers` 0 is one a core, `address` that of a Ray cluster.

    Raises UsageError where its library is not installed.
    """
    workers = workers or os.cpu_count() or 1
    if name == "local":
        return run_here
    if name == "pool":
        from timeline.run.pool import run_in_pool

        return partial(run_in_pool, workers=workers)
    from timeline.run.cluster import run_on_ray

    return partial(run_on_ray, workers=workers, address=address)


def run_here(work: Work, portions: Sequence[Portion]) -> Iterator[tuple[Portion, ShardReport]]:
    """Work on one portion after another in this process."""
    for portion in portions:
        yield portion, work(portion)
