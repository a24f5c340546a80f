"""Source pages as JSON: an id in, the raw text with everything found in it out."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Id, StoreNeeded
from api.problems import answers
from timeline.chronology import StoredPage
from timeline.errors import NotFoundError
from timeline.store import Store, read_page

router = APIRouter(prefix="/api/v1/pages", tags=["pages"])


@router.get("/{id}", responses=answers(400, 404, 503))
def show_page(store: StoreNeeded, id: Id) -> StoredPage:
    """Give one page: `text[start:end]` of any span below is the span's `text`, in code points."""
    return read_known_page(store, id)


def read_known_page(store: Store, id: str) -> StoredPage:
    """Read a page.

    Raises NotFoundError for an id nothing is stored under.
    """
    page = read_page(store, id)
    if page is None:
        raise NotFoundError(f"no page has the id {id!r}")
    return page
