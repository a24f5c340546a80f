"""Organisations as JSON: a part of a name in, organisations out; an id in, its partners or its events out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import OrganizationDetail
from api.deps import Id, Listing, OrganizationListing, StoreNeeded
from api.errors import NotFoundError
from api.partners import find_partners
from api.problems import answers
from timeline.chronology import EventPage, OrganizationPage, OrganizationSummary
from timeline.store import Store, find_events, find_organizations, read_organization

router = APIRouter(prefix="/api/v1/organizations", tags=["organizations"])


@router.get("", responses=answers(400, 503))
def list_organizations(
    store: StoreNeeded, parameters: Annotated[OrganizationListing, Query()]
) -> OrganizationPage:
    """List organisations by a part of any of their names."""
    return find_organizations(store, q=parameters.q, cursor=parameters.cursor, limit=parameters.limit)


@router.get("/{id}", responses=answers(400, 404, 503))
def show_organization(store: StoreNeeded, id: Id) -> OrganizationDetail:
    """Give one organisation with its names and partners."""
    summary = read_known_organization(store, id)
    return OrganizationDetail(**summary.model_dump(), partners=find_partners(store, id).partners)


@router.get("/{id}/events", responses=answers(400, 404, 503))
def list_events_of_organization(store: StoreNeeded, id: Id, parameters: Listing) -> EventPage:
    """List the events one organisation takes part in; with `org`, those in which the others do too."""
    read_known_organization(store, id)
    query = parameters.to_query()
    wanted = query.model_copy(update={"organizations": (id, *query.organizations), "match": "all"})
    return find_events(store, wanted, cursor=parameters.cursor, limit=parameters.limit)


def read_known_organization(store: Store, id: str) -> OrganizationSummary:
    """Read an organisation.

    Raises NotFoundError for an id nothing is stored under.
    """
    organization = read_organization(store, id)
    if organization is None:
        raise NotFoundError(f"no organisation has the id {id!r}")
    return organization
