"""Pages a second, a stage and whole, beside trafilatura + opencc + ftfy doing the reading and cleaning; then growth.

Run with `python -m tests.bench.pages_speed`. Made pages of about 1,500 characters; processor time of one core, median of runs.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from tests.bench.text import make_pages, make_text
from timeline.clean import clean
from timeline.extract import extract_page
from timeline.pipes import annotate
from timeline.publication import judge_publication
from timeline.read import read_text

_PAGES = 60


def main() -> None:
    """Print a row a stage with pages and characters a second, the peer's row, and how the whole grows with length."""
    texts = make_pages(_PAGES)
    htmls = [
        "<html><body>" + "".join(f"<p>{escape(p)}</p>" for p in t.split("\n")) + "</body></html>"
        for t in texts
    ]
    raws = [read_text(text) for text in texts]
    cleans = [clean(raw) for raw in raws]
    dated = [(page, judge_publication(page)) for page in cleans]
    characters = sum(map(len, texts))
    ours = _seconds(htmls, lambda page: clean(read_text(page, is_html=True)))
    _row("read and clean HTML", ours, characters)
    for name, peer in _peer():
        took = _seconds(htmls, peer)
        _row(name, took, characters)
        print(f"{'':32} ours takes {ours / took:.2f} x its time")
    _row("clean", _seconds(raws, clean), characters)
    _row("publication", _seconds(cleans, judge_publication), characters)
    _row("pipes", _seconds(dated, lambda pair: annotate(*pair)), characters)
    _row("whole page", _seconds(raws, extract_page), characters)
    for length in (1_000, 10_000, 100_000, 1_000_000):
        page = read_text("发布时间：2024-06-20\n" + make_text(length))
        took = _seconds([page], extract_page, runs=1)
        print(f"one page of {length:9,} characters {took:8.2f} s {length / took:12,.0f} characters/s")


def _row(name: str, seconds: float, characters: int) -> None:
    print(f"{name:32} {_PAGES / seconds:8.1f} pages/s {characters / seconds:12,.0f} characters/s")


def _seconds(items: Sequence[Any], work: Callable[[Any], object], runs: int = 3) -> float:
    work(items[0])
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        for item in items:
            work(item)
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def _peer() -> Iterator[tuple[str, Callable[[str], object]]]:
    with contextlib.suppress(ImportError):
        import ftfy
        import opencc
        import trafilatura

        convert = opencc.OpenCC("t2s").convert
        yield (
            "trafilatura + opencc + ftfy",
            lambda page: ftfy.fix_text(convert(trafilatura.extract(page) or "")),
        )


if __name__ == "__main__":
    main()
