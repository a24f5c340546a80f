"""Everything at once on a workbench: the same chronology, ids and all, as in memory and as one by one."""

from __future__ import annotations

import gc
import importlib
import random
from collections.abc import Iterator

import numpy as np
import pytest

from tests.merge.crowds import kept_rows, make_crowd_page, rows_to_keep
from timeline.chronology import Judgement
from timeline.link import link
from timeline.merge import link_store, link_store_in_bulk
from timeline.merge.bulk import Bulk
from timeline.merge.components import find_components
from timeline.store import (
    Evidence,
    Relinking,
    Store,
    find_changes,
    load_findings,
    load_timeline,
    save_extractions,
    save_judgement,
)


@pytest.fixture
def low_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let parts be small, so that few pages make several."""
    for name in ("_PART", "_ROWS"):
        monkeypatch.setattr(importlib.import_module("timeline.merge.bulk"), name, 7)
    monkeypatch.setattr(importlib.import_module("timeline.merge.bulk_events"), "_CHUNK", 11)
    monkeypatch.setattr(importlib.import_module("timeline.merge.bulk_events"), "_ROWS", 50)
    monkeypatch.setattr(importlib.import_module("timeline.merge.workbench"), "_ROWS", 13)


@pytest.mark.parametrize("seed", [8])
def test_everything_at_once_is_what_memory_gives(store: Store, low_bounds: None, seed: int) -> None:
    chance = random.Random(seed)
    save_extractions(store, [make_crowd_page(chance, i) for i in range(60)])
    link_store_in_bulk(store)
    first = load_timeline(store)
    assert first == link(load_findings(store))
    assert kept_rows(store) == rows_to_keep(store)
    names = sorted({name for o in first.organizations for name in o.names})
    for left, right, word in ((names[0], names[1], "same"), (names[2], names[3], "different")):
        save_judgement(
            store,
            Judgement(left=left, right=right, verdict=word, score=1.0, reasons=("seen",), by="person:lin"),  # type: ignore[arg-type]
        )
    save_extractions(store, [make_crowd_page(chance, i) for i in range(50, 70)])
    expected = link(load_findings(store), previous=load_timeline(store))
    link_store_in_bulk(store)
    assert load_timeline(store) == expected
    assert kept_rows(store) == rows_to_keep(store)
    last = find_changes(store)[-1].sequence
    link_store_in_bulk(store)
    assert load_timeline(store) == expected
    assert find_changes(store, since=last) == []


def test_very_many_pages_take_this_way(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("timeline.merge"), "_MANY", 5)
    ways: list[str] = []
    monkeypatch.setattr(
        importlib.import_module("timeline.merge"), "link_store_in_bulk", lambda store, at: ways.append("bulk")
    )
    chance = random.Random(1)
    save_extractions(store, [make_crowd_page(chance, i) for i in range(5)])
    link_store(store)
    assert ways == []
    save_extractions(store, [make_crowd_page(chance, i) for i in range(6, 12)])
    link_store(store)
    assert ways == ["bulk"]


def test_what_writing_a_part_leaves_is_freed_before_the_next(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.import_module("timeline.merge.bulk"), "_PART", 40)
    left: list[int] = []

    def counted(made: Bulk, evidence: Evidence) -> Iterator[Relinking]:
        for part in parts(made, evidence):
            if part.timeline.events:
                left.append(gc.collect())
            yield part

    parts = Bulk.parts
    monkeypatch.setattr(Bulk, "parts", counted)
    chance = random.Random(3)
    save_extractions(store, [make_crowd_page(chance, i) for i in range(400)])
    link_store_in_bulk(store)
    # making a part leaves ten objects in cycles, writing it twenty-five and more
    assert len(left) > 5
    assert max(left[1:]) < 25


def test_components_follow_long_ways() -> None:
    chain = np.arange(999, dtype=np.int64)
    labels = find_components(1002, chain, chain + 1)
    assert labels.tolist() == [0] * 1000 + [1000, 1001]
    none = np.array([], dtype=np.int64)
    assert find_components(3, none, none).tolist() == [0, 1, 2]
