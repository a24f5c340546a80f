"""What persons correct: an event's fields or one correction in, the event as it is shown now out; undo, and the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.answers import CorrectedEvent, CorrectionList
from api.auth import Reviewer
from api.deps import Id, Parameters, StoreNeeded, read_clock
from api.problems import answers
from api.requests import CorrectionRequest, EventPatch
from api.routes.events import read_known_event
from timeline.chronology import Correction
from timeline.errors import UsageError
from timeline.store import find_corrections, save_corrections, withdraw_correction

router = APIRouter(prefix="/api/v1", tags=["corrections"])
_FAULTS = answers(400, 401, 403, 404, 413, 422, 429, 503)


class CorrectionListing(Parameters):
    """Which corrections are wanted."""

    event: str | None = Field(None, max_length=200, description="of one event and those joined into it")
    withdrawn: bool = Field(False, description="those that were taken back too")


@router.patch("/events/{id}", responses=_FAULTS)
def correct_event(store: StoreNeeded, reviewer: Reviewer, id: Id, patch: EventPatch) -> CorrectedEvent:
    """Correct an event: all of what is sent, or nothing of it. What the pages say stays; every correction can be undone."""
    at = read_clock()
    claims = [
        Correction(event=id, by=reviewer.name, reason=patch.reason, at=at, **one) for one in _read(patch)
    ]
    if not claims:
        raise UsageError(
            "nothing to correct was sent: date, type, status, title, place, verdict, add or remove"
        )
    saved = save_corrections(store, claims)
    return CorrectedEvent(event=read_known_event(store, id), corrections=tuple(saved))


@router.get("/corrections", responses=answers(400, 503))
def list_corrections(store: StoreNeeded, parameters: Annotated[CorrectionListing, Query()]) -> CorrectionList:
    """List corrections with who, when and why."""
    found = find_corrections(store, event=parameters.event, active_only=not parameters.withdrawn)
    return CorrectionList(corrections=tuple(found))


@router.post("/corrections", status_code=201, responses=_FAULTS)
def add_correction(store: StoreNeeded, reviewer: Reviewer, sent: CorrectionRequest) -> Correction:
    """Say one thing of an event; it holds from now on, and outlives every later run."""
    claim = Correction(by=reviewer.name, at=read_clock(), **sent.model_dump())
    return save_corrections(store, [claim])[0]


@router.delete("/corrections/{id}", responses=_FAULTS)
def undo_correction(store: StoreNeeded, reviewer: Reviewer, id: Id) -> Correction:
    """Take a correction back; it stays in the history. Twice is once."""
    return withdraw_correction(store, id, by=reviewer.name, at=read_clock())


def _read(patch: EventPatch) -> Iterator[dict[str, str | None]]:
    """List what is said, one thing at a time; what was not sent is not said."""
    for field in ("date", "type", "status", "title", "place", "verdict"):
        if field in patch.model_fields_set:
            yield {"field": field, "value": getattr(patch, field)}
    for action, parties in (("add", patch.add), ("remove", patch.remove)):
        for party in parties:
            yield {"field": "party", "action": action, "value": party.organization, "role": party.role}
