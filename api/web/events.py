"""The page of one event: how its date is known, who took part, every report of it, and what people said of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.deps import Id, OneView, StoreNeeded
from api.evidence import find_evidence
from api.routes.events import read_known_event
from api.view import (
    Links,
    describe_day,
    find_dating,
    group_roles,
    language_of,
    make_row,
    quote,
    read_date,
    show,
)

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
    told = {(e.page, e.mention.id): e for e in evidence}
    reports = [(source, told.get((source.page, source.mention))) for source in event.sources]
    return show(
        request,
        "event.html",
        links=links,
        row=make_row(event, evidence, texts),
        event=event,
        groups=group_roles(event),
        borrowed={(o.name, o.role) for e in evidence for o in e.mention.organizations if o.is_borrowed},
        permalink=str(request.base_url).rstrip("/") + f"/events/{event.id}",
        reports=reports,
        first=evidence[0] if evidence else None,
        dated=find_dating(event, evidence),
        quote=quote,
        day=lambda value: describe_day(value, texts),
        date_of=lambda value: read_date(value, texts),
    )
