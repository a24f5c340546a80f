"""Events as JSON and as files: a filter in, a screen of events, one event, its facets or a whole export out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from api.answers import EventWithEvidence, Facets
from api.deps import EventListing, ExportParameters, Filter, Id, Listing, StoreNeeded
from api.evidence import find_evidence
from api.facets import count_facets
from api.problems import answers
from api.streams import stream
from timeline.chronology import Event, EventPage, EventQuery, Source
from timeline.errors import NotFoundError
from timeline.export import FORMATS, render
from timeline.store import Store, find_event_records, iterate_event_records, iterate_events, read_event

router = APIRouter(tags=["events"])

MEDIA_TYPES = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "timelinejs.json": "application/json",
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
}


@router.get("/api/v1/events", response_model=EventPage, responses=answers(400, 503))
@router.get(
    "/events.json",
    response_model=EventPage,
    responses=answers(400, 503),
    name="list_events_beside_files",
    tags=["files"],
)
def list_events(store: StoreNeeded, parameters: Listing) -> Response:
    """List events, newest first; ask again with `next` as `cursor` until it is null."""
    return answer_page(store, parameters.to_query(), parameters)


@router.get("/api/v1/events/{id}", responses=answers(400, 404, 503))
def show_event(store: StoreNeeded, id: Id) -> EventWithEvidence:
    """Give one event with the evidence of each of its reports."""
    event = read_known_event(store, id)
    fields = {name: getattr(event, name) for name in Event.model_fields}
    return EventWithEvidence(**fields, evidence=find_evidence(store, event))


@router.get("/api/v1/events/{id}/sources", responses=answers(400, 404, 503))
def list_sources(store: StoreNeeded, id: Id) -> tuple[Source, ...]:
    """List the reports of one event, the fullest first."""
    return read_known_event(store, id).sources


@router.get("/api/v1/facets", responses=answers(400, 503), tags=["events"])
def list_facets(store: StoreNeeded, parameters: Filter) -> Facets:
    """Count the events of a filter by each field, its own filter left out, so that every choice stays open."""
    return count_facets(store, parameters)


def add_export(format: str) -> None:
    """Add the route of one file format; the export streams and is never cut."""

    def export(store: StoreNeeded, parameters: Annotated[ExportParameters, Query()]) -> StreamingResponse:
        pieces = _pieces(store, parameters, format)
        return stream(pieces, f"events.{format}", MEDIA_TYPES[format])

    export.__doc__ = f"Give every event of a filter as {format}, in one streamed file."
    media_type = MEDIA_TYPES[format].partition(";")[0]
    is_object = media_type.endswith("json") and format != "jsonl"
    content = {media_type: {"schema": {"type": "object" if is_object else "string"}}}
    router.add_api_route(
        f"/events.{format}",
        export,
        name=f"export_{format}",
        response_class=StreamingResponse,
        responses={200: {"content": content, "description": "the file"}, **answers(400, 503)},
        tags=["files"],
    )


for _format in FORMATS:
    add_export(_format)


def answer_page(store: Store, query: EventQuery, listing: EventListing) -> Response:
    """Give one screen of a query's events as JSON: the stored texts are handed on as they are."""
    found = find_event_records(store, query, cursor=listing.cursor, limit=listing.limit)
    rest = orjson.dumps({"next": found.next, "total": found.total}).decode()
    return Response(f'{{"events":[{",".join(found.records)}],{rest[1:]}', media_type="application/json")


def read_known_event(store: Store, id: str) -> Event:
    """Read an event.

    Raises NotFoundError for an id nothing is stored under.
    """
    event = read_event(store, id)
    if event is None:
        raise NotFoundError(f"no event has the id {id!r}")
    return event


def _pieces(store: Store, parameters: ExportParameters, format: str) -> Iterator[str]:
    if parameters.bom and format == "csv":
        yield "\ufeff"
    if format == "jsonl":  # what is kept is what goes out
        for records in iterate_event_records(store, parameters.to_query()):
            yield "\n".join((*records, ""))
        return
    yield from render(iterate_events(store, parameters.to_query()), format)
