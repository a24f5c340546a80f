"""What needs eyes, and what persons say of two things: the review list out, verdicts in, and taken back."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.answers import Judged, JudgementList
from api.auth import Reviewer
from api.deps import Parameters, StoreNeeded, read_clock
from api.linking import Linker
from api.problems import answers
from api.requests import JudgementRequest
from timeline.chronology import Judgement, ReviewKind, ReviewPage
from timeline.store import find_judgements, find_reviews, save_verdict, withdraw_judgement, withdraw_verdict

router = APIRouter(prefix="/api/v1", tags=["review"])
_FAULTS = answers(400, 401, 403, 404, 413, 422, 429, 503)
# Seconds a verdict may take to show in the chronology before the answer goes out without it.
_PATIENCE = 10


class ReviewListing(Parameters):
    """Which of what needs eyes is wanted."""

    kind: list[ReviewKind] = Field([], description="kinds of items; default: all")
    cursor: str | None = Field(None, max_length=1000, description="`next` of the answer before")
    limit: int = Field(50, ge=1, le=500, description="items in one answer")


class JudgementListing(Parameters):
    """Which verdicts are wanted."""

    verdict: Literal["same", "different", "unsure"] | None = Field(None, description="unsure is for eyes")
    limit: int = Field(100, ge=1, le=1000, description="verdicts in one answer")


class Pair(Parameters):
    """The two things of a verdict: ids, or as the verdict names them, two reports "page/mention" or two names."""

    left: str = Field(max_length=1000)
    right: str = Field(max_length=1000)


@router.get("/review", responses=answers(400, 503))
def list_reviews(store: StoreNeeded, parameters: Annotated[ReviewListing, Query()]) -> ReviewPage:
    """List what needs eyes: unknown years with candidates, conflicts, unsure merges, low confidence."""
    return find_reviews(store, kinds=tuple(parameters.kind), limit=parameters.limit, cursor=parameters.cursor)


@router.get("/judgements", responses=answers(400, 503))
def list_judgements(store: StoreNeeded, parameters: Annotated[JudgementListing, Query()]) -> JudgementList:
    """List verdicts about what is one and what is not, the surest first, each with its reasons."""
    found = find_judgements(store, verdict=parameters.verdict, limit=parameters.limit)
    return JudgementList(judgements=tuple(found))


@router.post("/judgements", status_code=201, responses=_FAULTS)
async def judge(request: Request, store: StoreNeeded, reviewer: Reviewer, sent: JudgementRequest) -> Judged:
    """Say that two events, or two organisations, are or are not the same; every later linking obeys it."""
    told = await run_in_threadpool(
        save_verdict,
        store,
        sent.left,
        sent.right,
        sent.verdict,
        by=reviewer.name,
        at=read_clock(),
        reason=sent.reason,
    )
    return await _link(request, tuple(told))


@router.delete("/judgements", responses=_FAULTS)
async def undo_judgement(
    request: Request, store: StoreNeeded, reviewer: Reviewer, pair: Annotated[Pair, Query()]
) -> Judged:
    """Take one's own verdict about two things back; the log keeps both."""
    given = {"by": reviewer.name, "at": read_clock()}
    if not await run_in_threadpool(withdraw_judgement, store, pair.left, pair.right, **given):
        await run_in_threadpool(withdraw_verdict, store, pair.left, pair.right, **given)
    return await _link(request, ())


async def _link(request: Request, judgements: tuple[Judgement, ...]) -> Judged:
    linker: Linker = request.app.state.linker
    return Judged(judgements=judgements, is_linked=await linker.link(_PATIENCE))
