"""The review list: what needs eyes in, by kind with counts, and each decision of a signed form into the store; all undone at will."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.deps import StoreNeeded, read_clock
from api.evidence import find_all_evidence
from api.sessions import Form, FormNeeded, Session, demand_session, read_session
from api.view import Links, describe_day, language_of, make_row, show
from api.view.rows import Row
from api.view.texts import Texts
from api.web.parameters import ReviewView
from timeline.chronology import (
    Correction,
    OrganizationSummary,
    ReviewItem,
    ReviewKind,
)
from timeline.errors import NotFoundError, UsageError
from timeline.store import (
    Store,
    find_reviews,
    read_event,
    read_organization,
    save_correction,
    save_verdict,
    withdraw_correction,
    withdraw_judgement,
)

router = APIRouter(include_in_schema=False, default_response_class=Response)

# Items on one screen.
_SCREEN = 20
# Seconds a verdict may take to show in the chronology before the list is shown without it.
_PATIENCE = 5
# Verdicts over reports and names that one decision writes and its undoing takes back.
_MOST_PAIRS = 20


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to decide: the events or organisations it is about, in the order of its ids."""

    item: ReviewItem
    rows: tuple[Row, ...] = ()
    bodies: tuple[OrganizationSummary, ...] = ()


@router.get("/review")
def list_reviews(
    request: Request, store: StoreNeeded, parameters: Annotated[ReviewView, Query()]
) -> Response:
    """List what needs eyes; whoever is logged in may decide it here."""
    texts = language_of(request)
    page = find_reviews(store, kinds=parameters.kind, limit=_SCREEN, cursor=parameters.cursor)
    return show(
        request,
        "review.html",
        links=Links("/review", parameters, parameters.lang),
        page=page,
        cases=_make_cases(store, page.items, texts),
        kinds=get_args(ReviewKind),
        parameters=parameters,
        session=read_session(request),
        day=lambda value: describe_day(value, texts),
    )


@router.post("/review")
async def decide(request: Request, store: StoreNeeded, form: FormNeeded) -> Response:
    """Write a decision, and show the list again with a way to undo it."""
    session = await run_in_threadpool(demand_session, request, form, "review")
    ids = form.all("id")
    if len(ids) == 2:
        done = await run_in_threadpool(_judge, store, form, session, ids)
        await request.app.state.linker.link(_PATIENCE)
    elif len(ids) == 1:
        done = await run_in_threadpool(_correct, store, form, session, ids[0])
    else:
        raise UsageError("a decision is about one event, or about two events or organisations")
    return _back(form, done)


@router.post("/review/undo")
async def undo(request: Request, store: StoreNeeded, form: FormNeeded) -> Response:
    """Take the latest decision back."""
    session = await run_in_threadpool(demand_session, request, form, "review")
    kind, _, what = form.one("done").partition(":")
    if kind == "c":
        await run_in_threadpool(withdraw_correction, store, what, by=session.token.name, at=read_clock())
    else:
        await run_in_threadpool(_take_back, store, what, session.token.name)
        await request.app.state.linker.link(_PATIENCE)
    return _back(form, None)


def _correct(store: Store, form: Form, session: Session, event: str) -> str:
    """Set the date that was picked, or confirm or reject the event."""
    value = form.one("typed") or form.one("value")
    verdict = {"accept": "confirmed", "reject": "rejected"}.get(form.one("verdict"))
    if not value and verdict is None:
        raise UsageError("a decision picks a date, accepts or rejects")
    what: dict[str, Any] = (
        {"field": "date", "value": value}
        if value and verdict is None
        else {"field": "verdict", "value": verdict}
    )
    correction = Correction(
        event=event, by=session.token.name, reason=form.one("reason")[:500], at=read_clock(), **what
    )
    return f"c:{save_correction(store, correction).id}"


def _judge(store: Store, form: Form, session: Session, ids: list[str]) -> str:
    """Say that two things are one, or are not."""
    verdicts: dict[str, Literal["same", "different"]] = {"accept": "same", "reject": "different"}
    verdict = verdicts.get(form.one("verdict"))
    if verdict is None:
        raise UsageError("two things are accepted as one, or rejected")
    by, reason = session.token.name, form.one("reason")[:500]
    told = save_verdict(store, ids[0], ids[1], verdict, by=by, at=read_clock(), reason=reason)
    pairs = [[judgement.left, judgement.right] for judgement in told[:_MOST_PAIRS]]
    return f"j:{base64.urlsafe_b64encode(json.dumps(pairs).encode()).decode()}"


def _take_back(store: Store, what: str, by: str) -> None:
    """Take back the verdicts of one decision.

    Raises NotFoundError where the person gave none of them.
    """
    try:
        pairs = json.loads(base64.urlsafe_b64decode(what.encode()))
        known = [(str(left), str(right)) for left, right in pairs[:_MOST_PAIRS]]
    except (ValueError, TypeError):
        known = []
    done = [withdraw_judgement(store, left, right, by=by, at=read_clock()) for left, right in known]
    if not any(done):
        raise NotFoundError("there is no such decision of yours to take back")


def _back(form: Form, done: str | None) -> Response:
    """Lead back to the same place of the list; what was decided is no longer in it."""
    kinds = [("kind", kind) for kind in form.all("kind") if kind in get_args(ReviewKind)]
    more = {"cursor": form.one("cursor"), "lang": form.one("lang"), "done": done or ""}
    pairs = kinds + [(name, value) for name, value in more.items() if value]
    at = form.one("at")
    anchor = f"#r{at}" if at.isdigit() else ""
    return RedirectResponse(f"/review?{urlencode(pairs)}{anchor}", 303)


def _make_cases(store: Store, items: tuple[ReviewItem, ...], texts: Texts) -> list[Case]:
    wanted = dict.fromkeys(id for item in items if item.subject == "event" for id in item.ids)
    events = [event for id in wanted if (event := read_event(store, id))]
    evidence = find_all_evidence(store, events, most=2)
    rows = {event.id: make_row(event, evidence[event.id], texts) for event in events}
    cases: list[Case] = []
    for item in items:
        if item.subject == "event":
            cases.append(Case(item, rows=tuple(rows[id] for id in item.ids if id in rows)))
        else:
            bodies = (read_organization(store, id) for id in item.ids)
            cases.append(Case(item, bodies=tuple(body for body in bodies if body)))
    return cases
