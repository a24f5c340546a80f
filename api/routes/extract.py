"""Extraction without storing: one page's text in, its findings out; spaCy is loaded by the first call."""

from __future__ import annotations

from fastapi import APIRouter

import timeline
from api.answers import ExtractRequest
from api.problems import answers
from timeline.records import PageFindings

router = APIRouter(tags=["extract"])


@router.post("/api/v1/extract", responses=answers(400, 413, 422))
@router.post("/api/extract", include_in_schema=False)
def extract_page(page: ExtractRequest) -> PageFindings:
    """Find the dated events of one page; nothing is kept. Spans point into the text as it was sent."""
    return timeline.extract(
        page.text, published=page.published, url=page.url, title=page.title, is_html=page.is_html
    )
