"""Writing pages: whole or not at all, once however often, by several at once, through a kill."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.findings import make_extraction, make_page
from timeline.errors import StoreError
from timeline.link import link
from timeline.records import Extraction
from timeline.store import (
    Store,
    count,
    load_findings,
    load_timeline,
    open_store,
    read_page,
    save_extractions,
    update_timeline,
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


INGEST = """
import sys
sys.path.insert(0, {root!r})
from tests.findings import make_extraction
from timeline.link import link
from timeline.store import open_store, save_extractions, update_timeline
first, last = int(sys.argv[1]), int(sys.argv[2])
orgs = ["东原大学", "南河集团", "青川市人民政府", "星汉科技有限公司", "北岭医院"]
with open_store({url!r}) as store:
    for at in range(first, last, 20):
        pages = []
        for i in range(at, min(at + 20, last)):
            two = {{orgs[i % 5]: "party", orgs[i // 5 % 4 + 1]: "party"}}
            pages.append(make_extraction(f"p{{i:04d}}", dict(date=f"2023-{{i % 12 + 1:02d}}-06", orgs=two)))
        save_extractions(store, pages)
        print(at, flush=True)
    update_timeline(store, lambda pages, previous: link(pages, previous=previous))
"""


def _start(root: Path, url: str, first: int, last: int) -> subprocess.Popen[str]:
    code = INGEST.format(root=str(root), url=url)
    return subprocess.Popen(
        [sys.executable, "-c", code, str(first), str(last)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_ingests_at_once_lose_nothing(root: Path, url: str) -> None:
    running = [_start(root, url, first, first + 150) for first in (0, 100)]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    with open_store(url) as store:
        assert count(store).pages == 250
        assert {s.page for e in load_timeline(store).events for s in e.sources} == {
            f"p{i:04d}" for i in range(250)
        }
        assert [e.model_copy(update={"id": ""}) for e in load_timeline(store).events] == [
            e.model_copy(update={"id": ""}) for e in _sorted(link(load_findings(store)), store)
        ]


def _sorted(timeline: object, store: Store) -> list[object]:
    """Put a fresh linking's events in the order of the stored ones, which other ids may have sorted otherwise."""
    by_sources = {e.sources: e for e in timeline.events}  # type: ignore[attr-defined]
    return [by_sources[e.sources] for e in load_timeline(store).events]


def test_a_kill_in_the_middle_leaves_whole_pages_and_is_taken_up(root: Path, url: str) -> None:
    process = _start(root, url, 0, 2000)
    assert process.stdout is not None
    for _ in range(4):
        process.stdout.readline()
    time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with open_store(url) as store:
        cut = count(store).pages
        assert 80 <= cut < 2000
        with store.read() as connection:
            lonely = "SELECT count(*) FROM pages WHERE id NOT IN (SELECT page FROM mentions)"
            assert connection.execute(text(lonely)).scalar_one() == 0
    again = _start(root, url, 0, 300)
    _, errors = again.communicate(timeout=120)
    assert again.returncode == 0, errors
    with open_store(url) as store:
        stored = load_timeline(store)
        assert stored == link(load_findings(store), previous=stored)


def test_pages_saved_while_others_link_are_linked_too(store: Store) -> None:
    save_extractions(store, [make_extraction("a", SIGNING)])
    seen = []

    def slow(pages: object, previous: object) -> object:
        found = list(pages)  # type: ignore[call-overload]
        seen.append(len(found))
        if len(seen) <= 2:
            save_extractions(store, [make_extraction(f"late{len(seen)}", SIGNING)])
        return link(found, previous=previous)  # type: ignore[arg-type]

    update_timeline(store, slow)  # type: ignore[arg-type]
    assert seen == [1, 2, 3]
    assert len(load_timeline(store).events[0].sources) == 3


def _everything(store: Store) -> list[object]:
    with store.read() as connection:
        return [
            [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))]
            for table in ("pages", "mentions", "revisions", "changes")
        ]
