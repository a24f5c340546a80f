"""What changed, for whoever follows the chronology: a number in, the changes after it out, each with its reason."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.answers import ChangePage
from api.deps import Parameters, StoreNeeded
from api.problems import answers
from timeline.store import find_changes

router = APIRouter(tags=["changes"])


class ChangeListing(Parameters):
    """Which changes are wanted."""

    since: int = Field(
        0, ge=0, lt=2**63, description="`next` of the answer before; 0 begins at the beginning"
    )
    limit: int = Field(500, ge=1, le=1000, description="changes in one answer")


@router.get("/api/v1/changes", responses=answers(400, 503))
def list_changes(store: StoreNeeded, parameters: Annotated[ChangeListing, Query()]) -> ChangePage:
    """List what was created, updated, merged, split or deleted since a number; keep `next` for the next time."""
    changes = tuple(find_changes(store, since=parameters.since, limit=parameters.limit))
    last = changes[-1].sequence if changes else parameters.since
    return ChangePage(changes=changes, next=last, is_complete=len(changes) < parameters.limit)
