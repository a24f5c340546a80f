"""Partnerships as JSON and as a network: the filter of events in, who is tied by them out."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from api.deps import ExportParameters, Listing, StoreNeeded
from api.problems import answers
from api.streams import stream
from timeline.chronology import PartnershipPage
from timeline.export import render_ties
from timeline.store import find_partnerships, iterate_partnerships

router = APIRouter(tags=["partnerships"])


@router.get("/api/v1/partnerships", responses=answers(400, 503))
def list_partnerships(store: StoreNeeded, parameters: Listing) -> PartnershipPage:
    """List the partnerships that a filter's events tie; ask again with `next` as `cursor` until it is null."""
    return find_partnerships(store, parameters.to_query(), cursor=parameters.cursor, limit=parameters.limit)


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
