"""Partnerships as JSON and as a network: the filter of events in, who is tied by them out."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from api.deps import ExportParameters, Listing, Name, Parameters, StoreNeeded
from api.problems import answers
from api.streams import stream
from timeline.chronology import PairPage, PartnershipPage
from timeline.export import render_ties
from timeline.records import PartnershipKind
from timeline.store import find_pairs, find_partnerships, iterate_partnerships

router = APIRouter(tags=["partnerships"])


class PairListing(Parameters):
    """Which pairs of organisations are wanted."""

    org: Name | None = Field(None, description="organisation whose partners are wanted, by id or by name")
    among: list[Name] = Field([], max_length=300, description="ids: pairs of which both are among them")
    as_of: str | None = Field(
        None,
        max_length=10,
        description="day, month or year: what came later does not count",
        examples=["2019-12-31"],
    )
    kind: list[PartnershipKind] = Field([], description="kinds of partnership; default: all")
    cursor: str | None = Field(None, max_length=1000, description="`next` of the answer before")
    limit: int = Field(50, ge=1, le=500, description="pairs in one answer")


@router.get("/api/v1/partnerships", responses=answers(400, 503))
def list_partnerships(store: StoreNeeded, parameters: Listing) -> PartnershipPage:
    """List the partnerships that a filter's events tie; ask again with `next` as `cursor` until it is null."""
    return find_partnerships(store, parameters.to_query(), cursor=parameters.cursor, limit=parameters.limit)


@router.get("/api/v1/pairs", responses=answers(400, 503))
def list_pairs(store: StoreNeeded, parameters: Annotated[PairListing, Query()]) -> PairPage:
    """List who works with whom, those with the most events first: the events of each pair, first and last, its sources."""
    return find_pairs(
        store,
        as_of=parameters.as_of,
        organization=parameters.org,
        among=parameters.among,
        kinds=parameters.kind,
        cursor=parameters.cursor,
        limit=parameters.limit,
    )


@router.get(
    "/partnerships.csv",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}, "description": "the edge list"}, **answers(400, 503)},
    tags=["files"],
)
def export_edge_list(
    store: StoreNeeded, parameters: Annotated[ExportParameters, Query()]
) -> StreamingResponse:
    """Give a filter's partnerships as an edge list, one row a pair."""
    pieces = render_ties(iterate_partnerships(store, parameters.to_query()), "csv")
    if parameters.bom:
        pieces = chain("\ufeff", pieces)
    return stream(pieces, "partnerships.csv", "text/csv; charset=utf-8")


@router.get(
    "/partnerships.graphml",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/xml": {}}, "description": "the network"}, **answers(400, 503)},
    tags=["files"],
)
def export_graphml(store: StoreNeeded, parameters: Annotated[ExportParameters, Query()]) -> StreamingResponse:
    """Give a filter's partnerships as a GraphML network."""
    pieces = render_ties(iterate_partnerships(store, parameters.to_query()), "graphml")
    return stream(pieces, "partnerships.graphml", "application/xml; charset=utf-8")
