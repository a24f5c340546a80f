"""Pages to keep: texts in, what became of each out; they are stored at once, and linked with all others soon after."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import anyio
from anyio import to_thread
from fastapi import APIRouter, Request

from api.answers import Ingested, IngestedPage
from api.auth import Writer
from api.deps import StoreNeeded
from api.errors import BusyError
from api.linking import Linker
from api.problems import answers
from api.requests import ExtractRequest, IngestRequest
from api.routes.extract import at_once
from timeline.errors import ReadError, UsageError
from timeline.records import Extraction
from timeline.store import Store, save_extractions

router = APIRouter(tags=["pages"])

# Seconds a request's pages may take to be extracted, and to be linked.
_PATIENCE = 120
_LINK_PATIENCE = 20


@router.post("/api/v1/pages", responses=answers(400, 401, 403, 408, 413, 422, 429, 503))
async def ingest_pages(request: Request, store: StoreNeeded, writer: Writer, sent: IngestRequest) -> Ingested:
    """Keep pages and link what they tell with the chronology; the same page twice changes nothing.

    One page or a hundred in one request; a page that cannot be read is skipped, and its `reason` says why. Where
    `is_linked` is false, linking goes on after the answer: follow /api/v1/changes.
    """
    work = partial(_keep, store, sent.pages)
    try:
        with anyio.fail_after(_PATIENCE):
            pages = await to_thread.run_sync(work, limiter=at_once(), abandon_on_cancel=True)
    except TimeoutError:
        raise BusyError(
            f"the pages were not done within {_PATIENCE} seconds; send fewer at once, "
            "or use the command: timeline ingest"
        ) from None
    linker: Linker = request.app.state.linker
    is_new = any(page.outcome == "ingested" for page in pages)
    return Ingested(pages=pages, is_linked=not is_new or await linker.link(_LINK_PATIENCE))


def _keep(store: Store, pages: Sequence[ExtractRequest]) -> tuple[IngestedPage, ...]:
    """Extract the pages one after another and write those that can be read."""
    results = [_extract(page) for page in pages]
    read = [result for result in results if isinstance(result, Extraction)]
    written = set(save_extractions(store, read).written)
    return tuple(_describe(result, written) for result in results)


def _extract(page: ExtractRequest) -> Extraction | str:
    """Extract one page, or say why it cannot be."""
    from timeline.ingest import preview_text

    known = {"published": page.published, "url": page.url, "title": page.title}
    try:
        return preview_text(page.text, is_html=page.is_html, **known)
    except (ReadError, UsageError) as error:
        return str(error)


def _describe(result: Extraction | str, written: set[str]) -> IngestedPage:
    if isinstance(result, str):
        return IngestedPage(id=None, outcome="skipped", events=0, reason=result)
    page = result.findings
    outcome = "ingested" if page.id in written else "unchanged"
    return IngestedPage.model_validate(
        {"id": page.id, "outcome": outcome, "events": len(page.events), "reason": None}
    )
