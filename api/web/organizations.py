"""The pages of organisations: their list, and one with its events, its partners as a table and as a picture."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.deps import ChronologyView, Id, OrganizationsView, StoreNeeded
from api.partners import find_partners
from api.routes.organizations import read_known_organization
from api.view import Links, describe_day, draw_network, language_of, list_chips, show
from api.web.lists import list_rows, make_histogram, name_of
from timeline.store import find_organizations

router = APIRouter(include_in_schema=False, default_response_class=Response)


@router.get("/orgs")
def list_organizations(
    request: Request, store: StoreNeeded, parameters: Annotated[OrganizationsView, Query()]
) -> Response:
    """List organisations, or those whose names hold a text."""
    texts = language_of(request)
    page = find_organizations(store, q=parameters.q, cursor=parameters.cursor, limit=parameters.limit)
    return show(
        request,
        "organizations.html",
        links=Links("/orgs", parameters, parameters.lang),
        page=page,
        parameters=parameters,
        day=lambda value: describe_day(value, texts),
    )


@router.get("/orgs/{id}")
def show_organization(
    request: Request, store: StoreNeeded, id: Id, parameters: Annotated[ChronologyView, Query()]
) -> Response:
    """Show one organisation: its names, its events, its partners as a table and as a picture."""
    texts = language_of(request)
    organization = read_known_organization(store, id)
    links = Links(f"/orgs/{id}", parameters, parameters.lang)
    if organization.id != id:
        return RedirectResponse(links.organization(organization.id), 308)
    query = parameters.to_query().model_copy(update={"organizations": (id, *parameters.org), "match": "all"})
    circle = find_partners(store, id, query)
    return show(
        request,
        "organization.html",
        links=links,
        active=list_chips(parameters, links, {o: name_of(store, o) for o in parameters.org}, texts),
        organization=organization,
        listing=list_rows(store, parameters, texts, query, is_lane_apart=False),
        histogram=make_histogram(store, query),
        circle=circle,
        network=draw_network(circle),
        parameters=parameters,
        day=lambda value: describe_day(value, texts),
    )
