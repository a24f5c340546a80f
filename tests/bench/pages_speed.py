"""Pages a second, a stage and whole, with the gate and without it, beside peers that do the same job; then growth with length.

Run with `python -m tests.bench.pages_speed`. Rates are of 1,500 characters; times are processor time of one core, the
least of some runs after one to warm up. Real pages are taken where ../shared is beside the repository: transcripts of news, whose
lines are put together to pages, and the pages of the development set, which were chosen because they tell of events.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.tables import print_table
from tests.bench.text import make_dull, make_pages, make_text
from timeline.clean import clean
from timeline.extract import extract_page
from timeline.pipes import annotate, steps
from timeline.publication import judge_publication
from timeline.read import read_pages, read_text
from timeline.records import RawPage

_PAGES = 60
_SHARED = Path(__file__).resolve().parents[3] / "shared"
_NEWS = _SHARED / "data" / "text" / "news.txt"
_DEVELOPMENT = _SHARED / "dev" / "pages" / "pages.jsonl"
_SPARE = 800  # pages of news, to find so many that tell of nothing


def main() -> None:
    """Print the tables."""
    pages = [read_text(text) for text in make_pages(_PAGES)]
    print_table(("a stage, made pages", "pages/s", "ms a page"), _stages(pages))
    print_table(("HTML to clean text and date", "pages/s", "ms a page", "ours takes"), _html())
    print_table(
        ("whole page", "share with events", "gated pages/s", "without the gate", "gain"), _gated(pages)
    )
    print_table(("one page of … characters", "s", "characters/s"), _growth())


def _stages(pages: list[RawPage]) -> Iterator[tuple[object, ...]]:
    cleans = [clean(page) for page in pages]
    dated = [(page, judge_publication(page)) for page in cleans]
    works: dict[str, tuple[Sequence[Any], Callable[[Any], object]]] = {
        "read": ([page.text for page in pages], read_text),
        "clean": (pages, clean),
        "publication": (cleans, judge_publication),
        "pipes": (dated, lambda pair: annotate(*pair)),
        "whole": (pages, extract_page),
    }
    for name, (items, work) in works.items():
        took = seconds(items, work)
        yield name, len(items) / took, took * 1000 / len(items)


def _html() -> Iterator[tuple[object, ...]]:
    """Compare what reads a page's HTML: text repaired and simplified, and the day of publication judged."""
    htmls = [
        "<html><body>" + "".join(f"<p>{escape(p)}</p>" for p in t.split("\n")) + "</body></html>"
        for t in make_pages(_PAGES)
    ]
    ours = seconds(htmls, lambda page: judge_publication(clean(read_text(page, is_html=True))))
    yield "timeline: read, clean, publication", _PAGES / ours, ours * 1000 / _PAGES, ""
    for name, peer in _peers():
        took = seconds(htmls, peer)
        yield name, _PAGES / took, took * 1000 / _PAGES, f"{ours / took:.2f} of its time"


def _gated(pages: list[RawPage]) -> Iterator[tuple[object, ...]]:
    """Compare pages in which much, a tenth and nothing is told, through the gate and past it."""
    dull = [read_text(make_dull(1450, seed=n)) for n in range(_PAGES)]
    kinds = {
        "made, every page tells": pages,
        "made, a tenth tells": [*pages[:6], *dull[6:]],
        "made, none tells": dull,
    }
    if _SHARED.exists():
        kinds |= _real()
    for name, some in kinds.items():
        share = sum(bool(extract_page(page).findings.events) for page in some) / len(some)
        gated = seconds(some, extract_page)
        with _no_gate():
            open_ = seconds(some, extract_page)
        units = sum(len(page.text) for page in some) / 1500
        yield name, f"{share:.0%}", units / gated, units / open_, f"{open_ / gated:.2f} ×"


def _real() -> dict[str, list[RawPage]]:
    """Give real pages: of news as it comes, of news of which a tenth tells, an item of news each, and pages that tell."""
    news = list(_news(_SPARE))
    telling = {page.id for page in news if extract_page(page).findings.events}
    quiet = [page for page in news if page.id not in telling]
    loud = [page for page in news if page.id in telling]
    with _NEWS.open(encoding="utf-8") as lines:
        items = [read_text(line) for line in islice((line for line in lines if len(line) >= 300), 200)]
    pages = [page for page in read_pages([_DEVELOPMENT]) if isinstance(page, RawPage)]
    return {
        "real news, lines put together": news[:120],
        "real news, a tenth tells": [*loud[:12], *quiet[:108]],
        "real news, an item a page": items,
        "real pages chosen for their events": pages,
    }


def _growth() -> Iterator[tuple[object, ...]]:
    for length in (1_000, 10_000, 100_000, 1_000_000):
        page = read_text("发布时间：2024-06-20\n" + make_text(length))
        took = seconds([page], extract_page, runs=3 if length < 100_000 else 1)
        yield length, took, length / took


def seconds(items: Sequence[Any], work: Callable[[Any], object], runs: int = 3) -> float:
    """Give the processor time of working through all items, the least of some runs, after one over the first of them."""
    for item in items[:8]:
        work(item)
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        for item in items:
            work(item)
        taken.append(time.process_time() - begun)
    return min(taken)


def _news(number: int) -> Iterator[RawPage]:
    """Put lines of transcripts together to pages of about 1,500 characters."""
    text, made = "", 0
    with _NEWS.open(encoding="utf-8") as lines:
        for line in lines:
            text += line
            if len(text) >= 1_400:
                yield read_text(text)
                text, made = "", made + 1
            if made == number:
                return


@contextlib.contextmanager
def _no_gate() -> Iterator[None]:
    """Let every text through to the steps that look for names."""
    gate = steps.is_open
    steps.is_open = lambda document: True
    try:
        yield
    finally:
        steps.is_open = gate


def _peers() -> Iterator[tuple[str, Callable[[str], object]]]:
    with contextlib.suppress(ImportError):
        import ftfy
        import opencc
        import trafilatura

        convert = opencc.OpenCC("t2s").convert
        yield (
            "trafilatura + opencc + ftfy, no date",
            lambda page: ftfy.fix_text(convert(trafilatura.extract(page) or "")),
        )
    with contextlib.suppress(ImportError):
        import htmldate

        yield "htmldate, the date alone", lambda page: htmldate.find_date(page)


if __name__ == "__main__":
    main()
