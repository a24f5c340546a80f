"""The review list: what needs eyes in, by kind with counts, and each decision of a signed form into the store; all undone at will."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.deps import StoreNeeded
from api.evidence import find_all_evidence
from api.sessions import Form, FormNeeded, Session, demand_session, read_session
from api.view import Links, describe_day, language_of, make_row, show
from api.view.rows import Row
from api.view.texts import Texts
from api.web.corrections import now
from api.web.parameters import ReviewView
from timeline.chronology import (
    Correction,
    Judgement,
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
    save_judgement,
    withdraw_correction,
    withdraw_judgement,
)

router = APIRouter(include_in_schema=False, default_response_class=Response)

# Items on one screen.
_SCREEN = 20


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
def decide(request: Request, store: StoreNeeded, form: FormNeeded) -> Response:
    """Write a decision, and show the list again with a way to undo it."""
    session = demand_session(request, form, "review")
    ids = form.all("id")
    if form.one("subject") in ("event", "organization") and len(ids) == 2:
        done = _judge(store, form, session, ids)
    elif len(ids) == 1:
        done = _correct(store, form, session, ids[0])
    else:
        raise UsageError("a decision is about one event, or about two events or organisations")
    return _back(form, done)


@router.post("/review/undo")
def undo(request: Request, store: StoreNeeded, form: FormNeeded) -> Response:
    """Take the latest decision back."""
    session = demand_session(request, form, "review")
    kind, _, rest = form.one("done").partition(":")
    left, _, right = rest.partition("|")
    if kind == "c":
        withdraw_correction(store, rest, by=session.token.name, at=now())
    elif kind != "j" or not withdraw_judgement(store, left, right, by=session.token.name, at=now()):
        raise NotFoundError("there is no such decision of yours to take back")
    return _back(form, None)


def _correct(store: Store, form: Form, session: Session, event: str) -> str:
    """Set the date that was picked, or confirm or reject the event."""
    value = form.one("value")
    verdict = {"accept": "confirmed", "reject": "rejected"}.get(form.one("verdict"))
    if not value and verdict is None:
        raise UsageError("a decision picks a date, accepts or rejects")
    what: dict[str, Any] = (
        {"field": "date", "value": value} if value else {"field": "verdict", "value": verdict}
    )
    correction = Correction(event=event, by=session.token.name, reason=form.one("reason")[:500], at=now(), **what)
    return f"c:{save_correction(store, correction).id}"


def _judge(store: Store, form: Form, session: Session, ids: list[str]) -> str:
    """Say that two things are one, or are not; they are named by raw facts, which stand when ids change."""
    left, right = (_name_fact(store, form.one("subject"), id) for id in ids)
    verdict = {"accept": "same", "reject": "different"}.get(form.one("verdict"))
    if verdict is None:
        raise UsageError("two things are accepted as one, or rejected")
    given: dict[str, Any] = {"left": left, "right": right, "verdict": verdict, "score": 1.0}
    reason = form.one("reason")[:500]
    save_judgement(
        store,
        Judgement(**given, reasons=(reason,) if reason else (), by=session.token.name, at=now()),
    )
    return f"j:{left}|{right}"


def _name_fact(store: Store, subject: str, id: str) -> str:
    """Name an event by its first report, an organisation by its name.

    Raises NotFoundError for an unknown id.
    """
    if subject == "organization":
        body = read_organization(store, id)
        if body:
            return body.name
    else:
        event = read_event(store, id)
        if event and event.sources:
            return f"{event.sources[0].page}/{event.sources[0].mention}"
    raise NotFoundError(f"no {subject} has the id {id!r}")


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
