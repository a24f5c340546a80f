"""An ingest of ready pages in a process of its own that is killed at a statement, for tests of what is left."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Iterator
from importlib import import_module
from random import Random
from typing import Any

from sqlalchemy import Engine, event

from tests.findings import make_extraction
from timeline.records import Extraction


def make_pages(count: int) -> Iterator[Extraction]:
    """Make pages of which every fourth tells of an event that another page told of, some without its year."""
    random = Random(8)
    names = [f"{a}{b}{kind}" for a in "东南西北中" for b in "原河陵湖山川江海" for kind in ("大学", "集团")]
    rows: list[dict[str, Any]] = []
    for number in range(count):
        if rows and number % 4 == 0:
            row = dict(random.choice(rows))
            row["date"] = "XXXX" + row["date"][4:] if random.random() < 0.3 else row["date"]
        else:
            one, other = random.sample(names, 2)
            day = f"{random.randint(2012, 2023)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
            row = {"date": day, "orgs": {one: "party", other: "party"}}
            rows.append(row)
        yield make_extraction(f"p{number:05d}", dict(row), published=None)


def ingest_until(url: str, count: int, last_statement: int | None = None) -> int:
    """Ingest in a child process, killed (-9) at a statement of its own counting; give its exit code, or -9.

    Unkilled it exits with 0, or 1 after an error.
    """
    child = os.fork()
    if not child:
        code = 1
        try:
            _ingest(url, count, last_statement)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def count_statements(url: str, count: int) -> int:
    """Ingest in this process, and count the statements that it takes."""
    return _ingest(url, count, None)


def _ingest(url: str, count: int, last_statement: int | None) -> int:
    seen = 0

    def die_in_time(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == last_statement:
            os.kill(os.getpid(), signal.SIGKILL)

    # the package gives the function under this name
    module: Any = import_module("timeline.ingest")
    extract = module.preview
    module.preview = lambda *_, **__: make_pages(count)
    event.listen(Engine, "before_cursor_execute", die_in_time)
    try:
        module.ingest((), database=url)
    finally:
        event.remove(Engine, "before_cursor_execute", die_in_time)
        module.preview = extract
    return seen
