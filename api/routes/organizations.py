"""Organisations as JSON: a part of a name in, organisations out; an id in, its partners or its events out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.answers import OrganizationDetail, OrganizationMatch, ResolvedName, ResolvedNames
from api.deps import Id, Listing, Name, OrganizationListing, Parameters, StoreNeeded
from api.partners import find_partners
from api.problems import answers
from api.routes.events import answer_page
from timeline.chronology import EventPage, OrganizationPage, OrganizationSummary
from timeline.clean import simplify
from timeline.errors import NotFoundError
from timeline.store import Store, find_organizations, read_organization

router = APIRouter(prefix="/api/v1/organizations", tags=["organizations"])


class NameListing(Parameters):
    """Names as a person writes them."""

    name: list[Name] = Field(min_length=1, max_length=100, description="an id, a name or a part of one")


@router.get("", responses=answers(400, 503))
def list_organizations(
    store: StoreNeeded, parameters: Annotated[OrganizationListing, Query()]
) -> OrganizationPage:
    """List organisations by a part of any of their names."""
    return find_organizations(store, q=parameters.q, cursor=parameters.cursor, limit=parameters.limit)


@router.get("/resolve", responses=answers(400, 503))
def resolve_names(store: StoreNeeded, parameters: Annotated[NameListing, Query()]) -> ResolvedNames:
    """Say which organisations each of some names means, and why; nothing is chosen silently."""
    return ResolvedNames(resolved=tuple(_resolve(store, name) for name in dict.fromkeys(parameters.name)))


@router.get("/{id}", responses=answers(400, 404, 503))
def show_organization(store: StoreNeeded, id: Id) -> OrganizationDetail:
    """Give one organisation with its names and partners."""
    summary = read_known_organization(store, id)
    return OrganizationDetail(**summary.model_dump(), partners=find_partners(store, summary.id).partners)


@router.get("/{id}/events", response_model=EventPage, responses=answers(400, 404, 503))
def list_events_of_organization(store: StoreNeeded, id: Id, parameters: Listing) -> Response:
    """List the events one organisation takes part in; with `org`, those in which the others do too."""
    read_known_organization(store, id)
    query = parameters.to_query()
    wanted = query.model_copy(update={"organizations": (id, *query.organizations), "match": "all"})
    return answer_page(store, wanted, parameters)


def _resolve(store: Store, name: str) -> ResolvedName:
    """Match by id, else by whole names, else by a part of one; the weaker is asked only where the stronger is mute."""
    found = find_organizations(store, q=name, limit=20).organizations
    wanted = {name.casefold(), simplify(name).casefold()}
    by_id = [(o, "its id") for o in found if o.id == name]
    by_name = [(o, "one of its names") for o in found if wanted & {n.casefold() for n in (o.name, *o.names)}]
    by_part = [(o, "part of one of its names") for o in found]
    matches = by_id or by_name or by_part
    return ResolvedName(
        name=name,
        matches=tuple(
            OrganizationMatch.model_validate({"id": o.id, "name": o.name, "reason": why})
            for o, why in matches
        ),
    )


def read_known_organization(store: Store, id: str) -> OrganizationSummary:
    """Read an organisation.

    Raises NotFoundError for an id nothing is stored under.
    """
    organization = read_organization(store, id)
    if organization is None:
        raise NotFoundError(f"no organisation has the id {id!r}")
    return organization
