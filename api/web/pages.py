"""The page of a source: its text as it was read, with everything found in it marked, beside the repaired text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.deps import Id, PageView, StoreNeeded
from api.routes.pages import read_known_page
from api.view import Links, Piece, describe_day, language_of, move, page_marks, read_date, show, split
from timeline.chronology import StoredPage

router = APIRouter(include_in_schema=False, default_response_class=Response)

# Characters of a source page shown at once.
_WINDOW = 40_000


@router.get("/pages/{id}")
def show_page(
    request: Request, store: StoreNeeded, id: Id, parameters: Annotated[PageView, Query()]
) -> Response:
    """Show a source page as it was read, with everything that was found in it marked."""
    texts = language_of(request)
    page = read_known_page(store, id)
    start = min(parameters.at, max(0, len(page.text) - 1)) // _WINDOW * _WINDOW
    return show(
        request,
        "page.html",
        links=Links(f"/pages/{id}", parameters, parameters.lang),
        page=page,
        findings=page.findings,
        pieces=_window_pieces(page, start),
        start=start,
        end=min(start + _WINDOW, len(page.text)),
        window=_WINDOW,
        day=lambda value: describe_day(value, texts),
        date_of=lambda value: read_date(value, texts),
    )


def _window_pieces(page: StoredPage, start: int) -> list[Piece]:
    text = page.text[start : start + _WINDOW]
    marks = (move(mark, -start) for mark in page_marks(page.findings))
    return list(split(text, (m for m in marks if m.end > 0 and m.start < len(text))))
