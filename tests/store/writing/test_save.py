"""Writing pages: whole or not at all, once however often, by several at once."""

from __future__ import annotations

import multiprocessing
from typing import Any

import pytest
from sqlalchemy import text

import timeline.merge
from tests.findings import make_extraction, make_page
from timeline.errors import StoreError
from timeline.link import link
from timeline.merge import link_store
from timeline.records import Extraction
from timeline.store import (
    Store,
    count,
    load_findings,
    load_timeline,
    open_store,
    read_page,
    save_extractions,
)

SIGNING = {"date": "2023-12-06", "orgs": {"东原大学": "party", "南河集团": "party"}}


def test_a_page_comes_back_as_it_was(store: Store) -> None:
    page = make_extraction("a", SIGNING, text="东原大学与南河集团\n签约。", title="签约")
    report = save_extractions(store, [page])
    assert (report.ingested, report.unchanged) == (1, 0)
    stored = read_page(store, "a")
    assert stored is not None
    assert (stored.text, stored.findings) == (page.text, page.findings)
    assert list(load_findings(store)) == [page.findings]
    assert read_page(store, "b") is None


@pytest.mark.parametrize(
    "words", ["a\x00b", "a\x10b", "\ud800孤", "\x1f\ufffe\U0001f600", "\x100;", "a\r\nb\u2028"]
)
def test_any_text_is_kept_to_the_character(store: Store, words: str) -> None:
    save_extractions(store, [Extraction(text=words, findings=make_page("a"))])
    stored = read_page(store, "a")
    assert stored is not None
    assert stored.text == words


def test_the_same_page_twice_changes_nothing(store: Store) -> None:
    pages = [make_extraction(f"p{i}", SIGNING) for i in range(5)]
    save_extractions(store, pages)
    before = _everything(store)
    report = save_extractions(store, [*pages, pages[0]])
    assert (report.ingested, report.unchanged) == (0, 6)
    assert _everything(store) == before


def test_new_findings_replace_the_old_ones(store: Store) -> None:
    save_extractions(store, [make_extraction("a", SIGNING, SIGNING), make_extraction("b", SIGNING)])
    report = save_extractions(store, [make_extraction("a", {"type": "visit"})])
    assert (report.ingested, report.unchanged) == (1, 0)
    with store.read() as connection:
        rows = connection.execute(text("SELECT page, id, type FROM mentions ORDER BY page, id")).all()
    assert [tuple(row) for row in rows] == [("a", "a-0", "visit"), ("b", "b-0", "signing")]


def test_a_batch_that_fails_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = make_extraction("b", SIGNING, SIGNING)
    twice = broken.findings.model_copy(update={"events": broken.findings.events[:1] * 2})
    with pytest.raises(StoreError):
        save_extractions(store, [make_extraction("a"), Extraction(text="b", findings=twice)])
    assert count(store).pages == 0


ORGS = ("东原大学", "南河集团", "青川市人民政府", "星汉科技有限公司", "北岭医院")
FORK = multiprocessing.get_context("fork")


def _page(number: int) -> Extraction:
    two = {ORGS[number % 5]: "party", ORGS[(number + number // 5 % 4 + 1) % 5]: "party"}
    day = f"20{number % 19 + 1:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return make_extraction(f"p{number:04d}", {"date": day, "orgs": two})


def _ingest(url: str, first: int, last: int) -> None:
    """Store pages in small batches, then link: what a process of its own does."""
    with open_store(url) as store:
        for at in range(first, last, 20):
            save_extractions(store, [_page(i) for i in range(at, min(at + 20, last))])
        link_store(store)


def test_two_ingests_at_once_lose_nothing(url: str) -> None:
    running = [FORK.Process(target=_ingest, args=(url, first, first + 100)) for first in (0, 60)]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
        assert process.exitcode == 0
    with open_store(url) as store:
        assert count(store).pages == 160
        stored = load_timeline(store)
        assert {s.page for e in stored.events for s in e.sources} == {f"p{i:04d}" for i in range(160)}
        assert stored == link(load_findings(store), previous=stored)


def test_pages_saved_while_others_link_are_linked_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save_extractions(store, [make_extraction("a", SIGNING)])
    seen = []

    relink = timeline.merge._relink

    def slow(*parts: Any) -> Any:
        seen.append(count(store).pages)
        if len(seen) <= 2:
            save_extractions(store, [make_extraction(f"late{len(seen)}", SIGNING)])
        return relink(*parts)

    monkeypatch.setattr(timeline.merge, "_relink", slow)
    link_store(store)
    assert seen == [1, 2, 3]
    assert len(load_timeline(store).events[0].sources) == 3


def _everything(store: Store) -> list[object]:
    with store.read() as connection:
        return [
            [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))]
            for table in ("pages", "mentions", "revisions", "changes")
        ]
