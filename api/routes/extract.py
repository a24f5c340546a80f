"""Extraction without storing: one page's text in, its findings out; spaCy is loaded by the first call.

A page takes seconds where a read takes milliseconds, so extractions wait for each other, and not for the reads' threads.
"""

from __future__ import annotations

from functools import cache, partial

import anyio
from anyio import to_thread
from fastapi import APIRouter

import timeline
from api.answers import ExtractRequest
from api.problems import answers
from timeline.records import PageFindings

router = APIRouter(tags=["extract"])

# Extractions that run at once, in one process.
_AT_ONCE = 2


@router.post("/api/v1/extract", responses=answers(400, 408, 413, 422))
@router.post("/api/extract", include_in_schema=False)
async def extract_page(page: ExtractRequest) -> PageFindings:
    """Find the dated events of one page; nothing is kept. Spans point into the text as it was sent."""
    work = partial(
        timeline.extract,
        page.text,
        published=page.published,
        url=page.url,
        title=page.title,
        is_html=page.is_html,
    )
    return await to_thread.run_sync(work, limiter=_limiter())


@cache
def _limiter() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(_AT_ONCE)
