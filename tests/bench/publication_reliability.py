"""How often a day given with some confidence is right: made pages in, a table to stdout; other pages by their files.

Run with `python -m tests.bench.publication_reliability [--harder] [PAGES.jsonl GOLD.jsonl]`. Only pages on which a day is
given are counted; where the gold has none, the day is wrong. With `--harder` each page comes in eight shapes, seven of
which hide or contradict what dates it, so that the table is not of pages that the rules were written for.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tests.bench.publication_peers import rows as web_rows
from tests.publication.pages import read_row
from timeline.clean import clean
from timeline.publication import judge_publication
from timeline.read import read_pages, read_text
from timeline.records import CleanPage, RawPage

CASES = Path(__file__).resolve().parents[2] / "fixtures/cases/publication.jsonl"
SEED = 7
# 2021-06-10 | 2021年6月10日, and the words that say whose time it is
YEAR = re.compile(r"(?:19|20)\d{2}[-/.年](?=\d{1,2}[-/.月]\d{1,2})")
LABEL = re.compile(r"(?:发布时间|发布日期|时间|日期|更新时间|发布|来源)\s*[:：]")
TEASERS = ("青川大桥合龙通车", "北岭论坛开幕", "港口吞吐量创新高")
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


def harder(pages: Iterable[tuple[CleanPage, str | None]]) -> Iterator[tuple[CleanPage, str | None]]:
    """Give each text page as it is and in seven harder shapes, the same ones on every run."""
    chance = random.Random(SEED)
    for page, wanted in pages:
        if page.raw.format == "html":
            continue
        is_day = wanted is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", wanted)
        for text in shapes(page, date.fromisoformat(wanted) if wanted and is_day else None, chance):
            raw = replace(read_text(text, url=page.raw.url), declared=page.raw.declared)
            yield clean(raw), wanted if is_day else None


def shapes(page: CleanPage, day: date | None, chance: random.Random) -> Iterator[str]:
    """Give the text as it is; without what won, labels, years, some lines; below another's stamps, above teasers."""
    text = page.raw.text
    yield text
    won = judge_publication(page).published.evidence
    cut = text
    for start, end in sorted({(e.start, e.end) for e in won if e.used and e.kind != "clue"} - {(None, None)}):
        cut = cut.replace(text[start:end], "", 1)
    yield cut
    yield LABEL.sub("", text)
    yield YEAR.sub("", text)
    yield "\n".join(line for line in text.split("\n") if chance.random() < 0.6) or text
    if day:
        later = day + timedelta(days=chance.randrange(20, 900))
        yield f"发布时间：{later} 来源：青川资讯\n{text}"
        yield f"{later}\n{text}"
        below = [f"{title}\n{later - timedelta(days=back)}" for back, title in enumerate(TEASERS)]
        yield "\n".join((text, *below))


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
    files = [argument for argument in sys.argv[1:] if argument != "--harder"]
    chosen = gold_pages(*files) if files else made_pages()
    print("\n".join(table(harder(chosen) if "--harder" in sys.argv else chosen)))
