"""The page of a source: its text as it was read, with everything found in it marked, beside the repaired text."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.deps import Id, StoreNeeded
from api.routes.pages import read_known_page
from api.view import (
    LinePair,
    Links,
    Piece,
    describe_day,
    language_of,
    move,
    page_marks,
    pair_lines,
    read_date,
    show,
    split,
)
from api.web.parameters import SourceView
from timeline.chronology import StoredPage
from timeline.clean import clean
from timeline.records import CleanPage, RawPage

router = APIRouter(include_in_schema=False, default_response_class=Response)

# Characters of a source page shown at once.
_WINDOW = 40_000
# Characters up to which a page is repaired anew to be shown; a longer one is shown raw.
_MOST_REPAIRED = 200_000


@router.get("/pages/{id}")
def show_page(
    request: Request, store: StoreNeeded, id: Id, parameters: Annotated[SourceView, Query()]
) -> Response:
    """Show a source page as it was read, with everything that was found in it marked."""
    texts = language_of(request)
    page = read_known_page(store, id)
    start = min(parameters.at, max(0, len(page.text) - 1)) // _WINDOW * _WINDOW
    end = min(start + _WINDOW, len(page.text))
    is_short = len(page.text) <= _MOST_REPAIRED
    return show(
        request,
        "page.html",
        links=Links(f"/pages/{id}", parameters, parameters.lang),
        page=page,
        findings=page.findings,
        lines=_pair(page, start, end) if parameters.view == "both" and is_short else (),
        can_pair=is_short,
        pieces=_window_pieces(page, start),
        start=start,
        end=end,
        window=_WINDOW,
        day=lambda value: describe_day(value, texts),
        date_of=lambda value: read_date(value, texts),
    )


def _pair(page: StoredPage, start: int, end: int) -> tuple[LinePair, ...]:
    return tuple(pair_lines(_repair(page.id, page.text), page_marks(page.findings), start, end))


@lru_cache(maxsize=64)
def _repair(id: str, text: str) -> CleanPage:
    """Repair a page again: the store keeps what was read, and the same text gives the same repairs."""
    return clean(RawPage(id=id, text=text, format="text"))


def _window_pieces(page: StoredPage, start: int) -> list[Piece]:
    text = page.text[start : start + _WINDOW]
    marks = (move(mark, -start) for mark in page_marks(page.findings))
    return list(split(text, (m for m in marks if m.end > 0 and m.start < len(text))))
