"""Made-up web pages in the forms of many sites: their day from the markup, and from the text alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.bench.publication_peers import accuracy, dated_by_us, rows
from timeline.clean import clean
from timeline.publication import judge_publication
from timeline.read import read_text


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_a_web_page_is_dated_from_its_markup(row: Mapping[str, Any]) -> None:
    page = clean(read_text(row["html"], url=row["url"], is_html=True))
    publication = judge_publication(page)
    edtf = publication.published.edtf or ""
    assert edtf.rstrip("?~%") == row["published"] if row["published"] else len(edtf) < 10
    if "outlet" in row:
        assert publication.outlet == row["outlet"]


def test_the_text_alone_is_dated_as_well() -> None:
    share, wrong = accuracy(dated_by_us, stripped=True)
    assert share >= 0.95, wrong
