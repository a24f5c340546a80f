"""The page of one event: how its date is known, who took part, every report of it, and what people said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.answers import EventEvidence
from api.deps import Id, OneView, StoreNeeded
from api.evidence import find_evidence
from api.routes.events import read_known_event
from api.sessions import read_session
from api.view import (
    Links,
    cite,
    describe_day,
    describe_moment,
    find_dating,
    find_original,
    language_of,
    list_parties,
    make_row,
    quote,
    read_date,
    show,
    tell_correction,
)
from timeline.chronology import Event
from timeline.records import EventType, Role, Status
from timeline.store import Store, find_answers, find_corrections, find_history, find_ties, read_organization

router = APIRouter(include_in_schema=False, default_response_class=Response)


@router.get("/events/{id}")
def show_event(
    request: Request, store: StoreNeeded, id: Id, parameters: Annotated[OneView, Query()]
) -> Response:
    """Show one event: how its date is known, who took part, and every report of it."""
    texts = language_of(request)
    event = read_known_event(store, id)
    links = Links(f"/events/{id}", parameters, parameters.lang)
    if event.id != id:  # merged into another: its address leads on
        return RedirectResponse(links.event(event.id), 308)
    evidence = find_evidence(store, event)
    row = make_row(event, evidence, texts)
    return show(
        request,
        "event.html",
        links=links,
        row=row,
        event=event,
        parties=list_parties(event, evidence, _names(store, event)),
        reports=_reports(event, evidence),
        original=lambda source: find_original(source, event.sources),
        first=evidence[0] if evidence else None,
        dated=find_dating(event, evidence),
        quote=quote,
        day=lambda value: describe_day(value, texts),
        date_of=lambda value: read_date(value, texts),
        moment=describe_moment,
        tell=lambda correction: tell_correction(correction, texts),
        citation=cite(row, str(request.base_url).rstrip("/") + f"/events/{event.id}", texts),
        **_said(request, store, event),
    )


def _said(request: Request, store: Store, event: Event) -> dict[str, Any]:
    """Gather what people and the program said of the event over time, and what they may still say."""
    return {
        "session": read_session(request),
        "changes": [c for c in find_history(store, event.id) if c.kind != "corrected"],
        "corrections": find_corrections(store, event=event.id, active_only=False),
        "candidates": find_answers(store, (event,)).get(event.id, ()),
        "ties": find_ties(store, event.id),
        "types": get_args(EventType),
        "statuses": get_args(Status),
        "roles": get_args(Role),
    }


def _names(store: Store, event: Event) -> dict[str, tuple[str, ...]]:
    ids = dict.fromkeys(party.organization for party in event.organizations)
    known = ((id, read_organization(store, id)) for id in ids)
    return {id: organization.names for id, organization in known if organization}


def _reports(event: Event, evidence: Sequence[EventEvidence]) -> list[tuple[object, EventEvidence | None]]:
    told = {(e.page, e.mention.id): e for e in evidence}
    return [(source, told.get((source.page, source.mention))) for source in event.sources]
