"""How often a day given with some confidence is right: made pages in, a table to stdout; other pages by their files.

Run with `python -m tests.bench.publication_reliability [PAGES.jsonl GOLD.jsonl]`. Only pages on which a day is given
are counted; where the gold has none, the day is wrong.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.publication_peers import rows as web_rows
from tests.publication.pages import read_row
from timeline.clean import clean
from timeline.publication import judge_publication
from timeline.read import read_pages, read_text
from timeline.records import CleanPage, RawPage

CASES = Path(__file__).resolve().parents[2] / "fixtures/cases/publication.jsonl"
BANDS = ((0.5, 0.62), (0.62, 0.75), (0.75, 0.85), (0.85, 0.93), (0.93, 1.0))


def made_pages() -> Iterator[tuple[CleanPage, str | None]]:
    """Give the made pages with the day of each."""
    for line in CASES.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield read_row(row), row["published"]
    for row in web_rows():
        yield clean(read_text(row["html"], url=row["url"], is_html=True)), row["published"]


def gold_pages(pages: str, gold: str) -> Iterator[tuple[CleanPage, str | None]]:
    """Give the pages of a file with the day that a gold file has for each."""
    lines = Path(gold).read_text("utf-8").splitlines()
    wanted = {row["id"]: row["published"]["value"] for row in map(json.loads, lines)}
    for raw in read_pages([pages]):
        if isinstance(raw, RawPage) and raw.source_id in wanted:
            yield clean(raw), wanted[raw.source_id]


def table(pages: Iterable[tuple[CleanPage, str | None]]) -> Iterator[str]:
    """Give the lines of the table."""
    seen: list[tuple[float, bool]] = []
    for page, wanted in pages:
        published = judge_publication(page).published
        day = (published.edtf or "").rstrip("?~%")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            seen.append((published.confidence, day == wanted))
    yield f"{'confidence':12} {'pages':>5} {'right':>6}"
    for low, high in BANDS:
        hits = [right for confidence, right in seen if low <= confidence < high]
        if hits:
            yield f"{low:.2f} to {high:.2f} {len(hits):5} {sum(hits) / len(hits):6.3f}"


if __name__ == "__main__":
    print("\n".join(table(gold_pages(*sys.argv[1:3]) if len(sys.argv) == 3 else made_pages())))
