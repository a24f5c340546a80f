"""Main text of the made pages of fixtures/cases/segments.jsonl, written as HTML: ours, trafilatura, resiliparse, side by side.

Run it with `python tests/bench/main_text_peers.py`. Each page is written twice: as bare divs, the way most Chinese sites
are, and with header, nav, article, aside and footer elements. F1 is by character (as a multiset) over the gold's articles.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from html import escape
from typing import Any

import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from tests.clean.test_segments import CASES
from timeline.clean.segments import find_segments
from timeline.read import read_text

_ELEMENTS = {
    "navigation": "nav",
    "headline": "header",
    "byline": "div",
    "article": "article",
    "caption": "figcaption",
    "related": "aside",
    "teaser": "aside",
    "comment": "section",
    "footer": "footer",
}


def main() -> None:
    """Print one row a reader and form."""
    for is_semantic in (False, True):
        for name, reader in READERS.items():
            hit = found = wanted = 0
            start = time.perf_counter()
            texts = [reader(to_html(case, is_semantic=is_semantic)) for case in CASES]
            took = time.perf_counter() - start
            for case, text in zip(CASES, texts, strict=True):
                gold = bag("".join(part[1] for part in case["parts"] if part[0] == "article"))
                got = bag(text)
                hit += (gold & got).total()
                found += got.total()
                wanted += gold.total()
            form = "elements" if is_semantic else "bare divs"
            print(
                f"{form:10} {name:12} F1 {2 * hit / (found + wanted):.3f}  {len(texts) / took:6.0f} pages/s"
            )


def to_html(case: dict[str, Any], *, is_semantic: bool) -> str:
    """Write a made page as HTML."""
    blocks = []
    for kind, text, *_ in case["parts"]:
        lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
        element = _ELEMENTS.get(kind, "div") if is_semantic else "div"
        blocks.append(f"<{element}>{lines}</{element}>")
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(blocks)}</body></html>"


def ours(html: str) -> str:
    """Give the article segments of the visible text."""
    text = read_text(html, is_html=True).text
    return "\n".join(text[s.start : s.end] for s in find_segments(text) if s.kind == "article")


def bag(text: str) -> Counter[str]:
    return Counter(c for c in text if not c.isspace())


READERS: dict[str, Callable[[str], str]] = {
    "ours": ours,
    "trafilatura": lambda html: trafilatura.extract(html) or "",
    "resiliparse": lambda html: extract_plain_text(html, main_content=True),
    "all visible": lambda html: read_text(html, is_html=True).text,
}

if __name__ == "__main__":
    main()
