"""Every engine makes the same files, byte for byte; a killed worker costs a retry, and a page that kills every worker its shard alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run.made import digests, write_sources
from timeline.run import Portion, ShardReport, plan, run_shards
from timeline.run.cluster import share_out
from timeline.run.pool import run_in_pool

HANG = 240  # seconds after which a run is taken to hang: it takes twenty


def test_all_engines_make_the_same_files(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="the engine ray was NOT tested: it is not installed")
    write_sources(tmp_path / "pages")
    made = {}
    for engine in ("local", "pool", "ray"):
        command = [sys.executable, "-m", "timeline", "run", "pages", "--out", engine, "--engine", engine]
        done = subprocess.run(
            [*command, "--workers", "2", "--per-shard", "8"],
            cwd=tmp_path, capture_output=True, text=True, timeout=HANG, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "5 shards, 5 made now: 35 pages, 35 events, 3 skipped" in done.stderr
        made[engine] = digests(tmp_path / engine)
    assert made["local"] == made["pool"] == made["ray"]


@pytest.mark.parametrize("cpus", [0.5, 1, 2, 3, 16])
@pytest.mark.parametrize("workers", [1, 2, 64])
def test_actors_leave_a_cpu_for_reading(cpus: float, workers: int) -> None:
    actors, share = share_out(cpus, workers)
    assert 1 <= actors <= workers
    assert cpus - actors * share >= min(1.0, cpus / 2)


def test_a_killed_worker_costs_a_retry(tmp_path: Path) -> None:
    portions = plan([write_sources(tmp_path / "pages")], per_shard=3)
    run_shards(portions, tmp_path / "local")
    killed = []

    def kill_one(report: ShardReport) -> None:
        workers = multiprocessing.active_children()
        if not killed and workers:
            killed.append(workers[0].pid)
            os.kill(workers[0].pid or 0, signal.SIGKILL)

    report = run_shards(portions, tmp_path / "pool", engine="pool", workers=2, on_shard=kill_one)
    assert killed
    assert report.pages == 35
    assert digests(tmp_path / "pool") == digests(tmp_path / "local") | {
        name: digest for name, digest in digests(tmp_path / "pool").items() if name.startswith("partial/")
    }


def test_what_kills_every_worker_is_reported_and_the_rest_goes_on() -> None:
    portions = [Portion((name,), 1) for name in ("a", "poison", "b", "c", "d")]
    reports = dict(run_in_pool(_die_of_poison, portions, workers=2))
    (failure,) = reports[portions[1]].failures
    assert failure.source == "poison"
    assert "killed" in failure.reason
    assert [reports[p].shard for p in portions] == ["a", None, "b", "c", "d"]


def _die_of_poison(portion: Portion) -> ShardReport:
    if portion.name == "poison":
        os.kill(os.getpid(), signal.SIGKILL)
    return ShardReport(portion.name, portion.name, 1, 1, 0, ())
