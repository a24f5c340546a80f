"""The pages of organisations: their list, the picker for pasted names, and one with its events and its partners."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.answers import Partner
from api.deps import Id, OrganizationsView, StoreNeeded
from api.evidence import find_all_evidence
from api.partners import Circle, find_partners
from api.routes.organizations import NameListing, read_known_organization, resolve_names
from api.view import Links, describe_day, draw_network, language_of, list_chips, show
from api.view.names import NameRow, list_names
from api.web.lists import list_rows, make_histogram, name_of
from api.web.parameters import OrganizationView, PartnerOrder, PickerView
from timeline.chronology import EventQuery, OrganizationSummary
from timeline.store import Store, find_events, find_organizations, read_revision

router = APIRouter(include_in_schema=False, default_response_class=Response)

# Partners the table shows, and events whose reports are searched for an organisation's names.
_MOST_PARTNERS = 100
_NAMED_IN = 60
# Names that are resolved at once.
_MOST_NAMES = 100
_BETWEEN_NAMES = re.compile(r"[\n;；|]+")

_ORDERS: Mapping[PartnerOrder, tuple[Callable[[Partner], Any], bool]] = {
    "signed": (lambda p: (p.signed, p.together), True),
    "together": (lambda p: (p.together, p.signed), True),
    "first": (lambda p: p.first or "9999", False),
    "last": (lambda p: p.last or "", True),
    "name": (lambda p: p.name, False),
}


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


@router.get("/picker")
def pick_organizations(
    request: Request, store: StoreNeeded, parameters: Annotated[PickerView, Query()]
) -> Response:
    """Say what each pasted name resolves to, and let those that are meant be chosen as a filter."""
    given = [name.strip()[:200] for name in _BETWEEN_NAMES.split(parameters.names or "") if name.strip()]
    names = list(dict.fromkeys(given))[:_MOST_NAMES]
    return show(
        request,
        "picker.html",
        links=Links("/picker", parameters, parameters.lang),
        names=names,
        resolved=resolve_names(store, NameListing(name=names)).resolved if names else (),
        left_out=len(dict.fromkeys(given)) - len(names),
    )


@router.get("/orgs/{id}")
def show_organization(
    request: Request, store: StoreNeeded, id: Id, parameters: Annotated[OrganizationView, Query()]
) -> Response:
    """Show one organisation: its names, its events, its partners as a table and as a picture."""
    texts = language_of(request)
    organization = read_known_organization(store, id)
    links = Links(f"/orgs/{id}", parameters, parameters.lang)
    if organization.id != id:
        return RedirectResponse(links.organization(organization.id), 308)
    query = parameters.to_query().model_copy(update={"organizations": (id, *parameters.org), "match": "all"})
    circle = _find_circle(store, read_revision(store), id, query.model_copy(update={"order": "newest"}))
    key, is_falling = _ORDERS[parameters.sort]
    partners = sorted(sorted(circle.partners, key=lambda p: p.name), key=key, reverse=is_falling)
    return show(
        request,
        "organization.html",
        links=links,
        active=list_chips(parameters, links, {o: name_of(store, o) for o in parameters.org}, texts),
        organization=organization,
        names=_find_names(store, organization),
        listing=list_rows(store, parameters, texts, query, is_lane_apart=False),
        histogram=make_histogram(store, query),
        partners=partners[:_MOST_PARTNERS],
        orders=tuple(_ORDERS),
        circle=circle,
        network=draw_network(circle),
        parameters=parameters,
        day=lambda value: describe_day(value, texts),
    )


@lru_cache(maxsize=256)
def _find_circle(store: Store, revision: str, id: str, query: EventQuery) -> Circle:
    """Count partners; kept until the store changes, since every order of the table asks for the same."""
    return find_partners(store, id, query)


def _find_names(store: Store, organization: OrganizationSummary) -> tuple[NameRow, ...]:
    """Find where each of an organisation's names stands, in the reports of its latest events."""
    events = find_events(store, EventQuery(organizations=(organization.id,)), limit=_NAMED_IN).events
    evidence = find_all_evidence(store, events, most=3)
    return list_names(organization.names, chain.from_iterable(evidence[event.id] for event in events))
