"""One by one against all at once: the same chronology, ids and all, after every step, on both databases."""

from __future__ import annotations

import importlib
import random
from pathlib import Path

import pytest

from tests.findings import make_extraction
from tests.link.gold import read_gold
from tests.merge.crowds import kept_rows, link_at_once, make_crowd_page, rows_to_keep
from timeline.chronology import Judgement
from timeline.link import link
from timeline.merge import link_store
from timeline.records import Extraction
from timeline.store import (
    Evidence,
    Store,
    find_changes,
    load_timeline,
    save_extractions,
    save_judgement,
    withdraw_judgement,
)


@pytest.fixture
def low_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let blocks be large that are small, so that few pages reach every bound."""
    for name in ("timeline.link.blocks", "timeline.merge.blocks"):
        monkeypatch.setattr(importlib.import_module(name), "BLOCK_CAP", 4)
        monkeypatch.setattr(importlib.import_module(name), "WINDOW", 2)


@pytest.mark.parametrize("seed", [6, 11, 108])
def test_pages_that_come_and_change_and_verdicts_give_what_all_at_once_gives(
    store: Store, low_bounds: None, seed: int
) -> None:
    chance, number = random.Random(seed), 0
    said: list[tuple[str, str]] = []
    while number < 36:
        fresh = range(number, number + chance.randint(1, 5))
        number = fresh.stop
        changed = [chance.randrange(number)] if chance.random() < 0.5 else []
        save_extractions(store, [make_crowd_page(chance, i) for i in dict.fromkeys((*fresh, *changed))])
        _say_something(store, chance, said)
        expected = link_at_once(store)
        link_store(store)
        assert load_timeline(store) == expected
        assert kept_rows(store) == rows_to_keep(store)


def test_the_gold_comes_out_the_same_in_any_parts(store: Store, root: Path) -> None:
    pages, _, _ = read_gold(root)
    random.Random(5).shuffle(pages)
    for at in range(0, len(pages), 25):
        save_extractions(store, [Extraction(text="", findings=page) for page in pages[at : at + 25]])
        expected = link_at_once(store)
        link_store(store)
        assert load_timeline(store) == expected
    groups = {frozenset((s.page, s.mention) for s in event.sources) for event in load_timeline(store).events}
    assert groups == {frozenset((s.page, s.mention) for s in e.sources) for e in link(pages).events}


def test_nothing_new_changes_nothing(store: Store) -> None:
    chance = random.Random(1)
    save_extractions(store, [make_crowd_page(chance, i) for i in range(9)])
    link_store(store)
    before, last = load_timeline(store), find_changes(store)[-1].sequence
    link_store(store)
    assert load_timeline(store) == before
    assert find_changes(store, since=last) == []


def test_an_ingest_reads_only_pages_that_it_can_touch(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save_extractions(store, [_far_page(i) for i in range(30)])
    link_store(store)
    read: list[str] = []
    findings = Evidence.findings

    def counted(self: Evidence, pages: set[str]) -> dict[str, str]:
        read.extend(pages)
        return findings(self, pages)

    monkeypatch.setattr(Evidence, "findings", counted)
    save_extractions(store, [_far_page(30), _far_page(3, again=True)])
    link_store(store)
    assert set(read) == {"far3", "far3-again", "far30"}


def _far_page(number: int, *, again: bool = False) -> Extraction:
    stem = "东南西北青白金玉云海山川河江湖林原岭泽石松柏梅兰竹菊星辰日月天"[number]
    event = {
        "date": f"2021-06-{number % 28 + 1:02d}",
        "orgs": {f"{stem}河大学": "party", f"{stem}川集团": "party"},
    }
    return make_extraction(f"far{number}{'-again' if again else ''}", event)


def _say_something(store: Store, chance: random.Random, said: list[tuple[str, str]]) -> None:
    timeline = load_timeline(store)
    reports = [f"{s.page}/{s.mention}" for event in timeline.events for s in event.sources]
    names = [name for o in timeline.organizations for name in o.names]
    pool = sorted(set(chance.choice([reports, names])))
    if len(pool) > 2 and chance.random() < 0.4:
        left, right = chance.sample(pool, 2)
        word = "same" if chance.random() < 0.5 else "different"
        verdict = Judgement(
            left=left, right=right, verdict=word, score=1.0, reasons=("seen",), by="person:lin"
        )  # type: ignore[arg-type]
        save_judgement(store, verdict)
        said.append((left, right))
    if said and chance.random() < 0.3:
        left, right = said.pop(chance.randrange(len(said)))
        withdraw_judgement(store, left, right, by="person:lin")
