"""Our dates beside htmldate's, trafilatura's and GNE's, on the same made-up pages in the same run; a table to stdout.

Run with `python -m tests.bench.publication_peers`. A peer that is not installed is left out of the table; htmldate and
trafilatura come with the project, GNE (`pip install gne`) does not. Each page is tried as HTML, and again with its
markup stripped to lines of text, which the peers get back as bare paragraphs. A page without a date counts as right
where the answer is none.
"""

from __future__ import annotations

import html
import importlib.util
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from timeline.clean import clean
from timeline.publication import judge_publication
from timeline.read import read_text

PAGES = Path(__file__).resolve().parents[2] / "fixtures/cases/publication_html.jsonl"
Extractor = Callable[[str, str | None], str | None]


def dated_by_us(page: str, url: str | None) -> str | None:
    """Give our day, whatever its confidence."""
    raw = read_text(page, url=url, is_html="<" in page[:200])
    edtf = judge_publication(clean(raw)).published.edtf
    return edtf.rstrip("?~%") if edtf and re.match(r"\d{4}-\d\d-\d\d", edtf) else None


def dated_by_htmldate(page: str, url: str | None) -> str | None:
    """Give htmldate's original date."""
    from htmldate import find_date

    return find_date(page, url=url, original_date=True)


def dated_by_trafilatura(page: str, url: str | None) -> str | None:
    """Give the date in trafilatura's metadata."""
    from trafilatura import bare_extraction

    document = bare_extraction(page, url=url, with_metadata=True)
    return document.date if document is not None else None


def dated_by_gne(page: str, url: str | None) -> str | None:
    """Give GNE's publish_time, brought to the form of a day."""
    from gne import GeneralNewsExtractor

    told = GeneralNewsExtractor().extract(page).get("publish_time", "")
    found = re.match(r"(\d{4})\D(\d{1,2})\D(\d{1,2})", told)
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else None


def extractors() -> dict[str, Extractor]:
    """Give the extractors that can be run here, ours first."""
    peers = {"htmldate": dated_by_htmldate, "trafilatura": dated_by_trafilatura, "gne": dated_by_gne}
    return {"timeline": dated_by_us} | {n: f for n, f in peers.items() if importlib.util.find_spec(n)}


def rows() -> list[Mapping[str, Any]]:
    """Read the pages."""
    return [json.loads(line) for line in PAGES.read_text("utf-8").splitlines()]


def text_of(page: str) -> str:
    """Strip a page to the lines a reader sees, without title, metadata and address."""
    return replace(read_text(page, is_html=True)).text


def accuracy(extract: Extractor, *, stripped: bool) -> tuple[float, list[str]]:
    """Give the share of right days with the pages that went wrong."""
    wrong = []
    wanted = [row for row in rows() if not stripped or is_in_text(row)]
    for row in wanted:
        page, url = row["html"], row["url"]
        if stripped:
            page, url = text_of(page), None
            if extract is not dated_by_us:
                page = (
                    "<html><body>"
                    + "".join(f"<p>{html.escape(n)}</p>" for n in page.split("\n"))
                    + "</body></html>"
                )
        if _try(extract, page, url) != row["published"]:
            wrong.append(row["id"])
    return 1 - len(wrong) / len(wanted), wrong


def is_in_text(row: Mapping[str, Any]) -> bool:
    """Say whether the answer can be told from the visible text alone."""
    text = text_of(row["html"])
    return row["published"] is None or re.search(r"2021|二〇二一", text.partition("版权")[0]) is not None


def table() -> Iterator[str]:
    """Give the lines of the table."""
    yield f"{'extractor':12} {'html':>6} {'text':>6}"
    for name, extract in extractors().items():
        full, wrong = accuracy(extract, stripped=False)
        bare, bare_wrong = accuracy(extract, stripped=True)
        yield f"{name:12} {full:6.3f} {bare:6.3f}  wrong: {' '.join(wrong)} | {' '.join(bare_wrong)}"


def _try(extract: Extractor, page: str, url: str | None) -> str | None:
    try:
        return extract(page, url)
    except Exception:  # a peer may fail in any way on any page: that is its answer
        return None


if __name__ == "__main__":
    print("\n".join(table()))
