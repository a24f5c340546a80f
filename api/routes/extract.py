"""Extraction without storing: one page's text in, its findings out; spaCy is loaded by the first call.

A page takes seconds where a read takes milliseconds, so extractions wait for each other, and not for the reads' threads.
"""

from __future__ import annotations

from functools import cache, partial

import anyio
from anyio import to_thread
from fastapi import APIRouter

import timeline
from api.errors import BusyError
from api.problems import answers
from api.requests import ExtractRequest
from timeline.records import PageFindings

router = APIRouter(tags=["extract"])

# Extractions that run at once, in one process.
_AT_ONCE = 2
# Seconds an extraction may wait and work before its request is given up.
_PATIENCE = 60


@router.post("/api/v1/extract", responses=answers(400, 408, 413, 422, 503))
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
    try:
        with anyio.fail_after(_PATIENCE):
            return await to_thread.run_sync(work, limiter=at_once(), abandon_on_cancel=True)
    except TimeoutError:
        raise BusyError(
            f"the page was not done within {_PATIENCE} seconds; send it again later, in parts, "
            "or use the command: timeline extract"
        ) from None


@cache
def at_once() -> anyio.CapacityLimiter:
    """Give what lets only some extractions run at once."""
    return anyio.CapacityLimiter(_AT_ONCE)
