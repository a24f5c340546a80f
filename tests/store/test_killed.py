"""An ingest killed in the middle, again and again, and taken up by running it again: the same store as without."""

from __future__ import annotations

import signal
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.store.killed import count_statements, ingest_until
from timeline.chronology import EventQuery
from timeline.store import (
    count,
    find_changes,
    find_organizations,
    iterate_events,
    iterate_partnerships,
    load_findings,
    load_timeline,
    open_store,
)


def contents(url: str) -> dict[str, Any]:
    """Read everything that outsiders can see of a store."""
    with open_store(url) as store:
        return {
            "counts": count(store),
            "pages": list(load_findings(store)),
            "events": list(iterate_events(store, EventQuery())),
            "organizations": find_organizations(store, limit=1000),
            "partnerships": list(iterate_partnerships(store, EventQuery())),
            "timeline": load_timeline(store),
            "changes": find_changes(store, limit=10**6),
            "found": [find_organizations(store, q=q).total for q in ("东原", "大学", "海")],
        }


@pytest.mark.parametrize(
    ("kind", "pages"), [("sqlite", 2000), pytest.param("postgres", 300, marks=pytest.mark.postgres)]
)
def test_a_killed_ingest_is_taken_up_again(kind: str, pages: int, new_url: Callable[[str], str]) -> None:
    whole, broken = new_url(kind), new_url(kind)
    statements = count_statements(whole, pages)
    random = Random(pages)
    # while pages are saved, and while the chronology is linked and written; what two killed runs have done is at most
    # what they were let do, so that a third has the rest before it
    first, second = random.randint(2, statements // 6), random.randint(statements // 6, statements // 3)
    rest = statements - first - second
    points = [first, second, random.randint(rest // 2, rest * 3 // 4)]
    codes = [ingest_until(broken, pages, point) for point in points]
    assert codes == [-signal.SIGKILL] * 3, points
    assert ingest_until(broken, pages) == 0
    found, wanted = contents(broken), contents(whole)
    assert wanted["counts"].pages == pages
    for name, value in wanted.items():
        assert found[name] == value, name
