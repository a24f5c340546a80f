"""The Ray engine: portions shared out by Ray Data among actors that load the pipeline once; Ray is imported when asked for."""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any

from timeline.errors import UsageError
from timeline.run.portions import Portion
from timeline.run.shards import ShardReport

_MOST_BLOCKS = 10_000


def run_on_ray(
    work: Callable[[Portion], ShardReport],
    portions: Sequence[Portion],
    *,
    workers: int,
    address: str | None = None,
) -> Iterator[tuple[Portion, ShardReport]]:
    """Work on portions with Ray Data: on a Ray of this machine's own, or on the cluster at `address`.

    Actors never take the last CPU: Ray Data reads with tasks of its own, and where actors hold every CPU these wait for
    ever without an error. Relative paths are those of the folder in which the run was started, on every machine.

    Raises UsageError where Ray is not installed.
    """
    ray = _ray()
    if not portions:
        return
    is_ours = not ray.is_initialized()
    if is_ours:
        _connect(ray, workers, address)
    try:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        actors, share = share_out(ray.cluster_resources().get("CPU", 1.0), min(workers, len(portions)))
        rows = [{"number": number, "portion": pickle.dumps(p)} for number, p in enumerate(portions)]
        done = ray.data.from_items(rows, override_num_blocks=min(len(rows), _MOST_BLOCKS)).map(
            _Worker,
            fn_constructor_args=(work, os.getcwd()),
            compute=ray.data.ActorPoolStrategy(size=actors),
            num_cpus=share,
        )
        for row in done.iter_rows():
            yield portions[row["number"]], pickle.loads(row["report"])
    finally:
        if is_ours:
            ray.shutdown()


def share_out(cpus: float, workers: int) -> tuple[int, float]:
    """Give how many actors to start and how much of a CPU each holds, so that a whole CPU, or half of the only one, is left.

    >>> share_out(4, 8), share_out(1, 2)
    ((3, 1.0), (1, 0.5))
    """
    if cpus < 2:
        return 1, cpus / 2
    return max(1, min(workers, int(cpus) - 1)), 1.0


class _Worker:
    """Work on one portion at a time; the pipeline stays loaded from one to the next."""

    def __init__(self, work: Callable[[Portion], ShardReport], folder: str) -> None:
        self._work = work
        os.chdir(folder)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        report = self._work(pickle.loads(row["portion"]))
        return {"number": row["number"], "report": pickle.dumps(report)}


def _connect(ray: ModuleType, workers: int, address: str | None) -> None:
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    if address is None:  # one CPU more than there are workers: they are slots, and one is for reading
        ray.init(num_cpus=workers + 1, include_dashboard=False, **quiet)
    else:
        ray.init(address=address, **quiet)


def _ray() -> ModuleType:
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise UsageError('the engine ray needs Ray: pip install "dashiji[ray]"') from error
    module: ModuleType = ray
    return module
