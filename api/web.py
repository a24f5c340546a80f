"""The pages for readers: an address in, HTML out; each asks the store what it shows and hands it to a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.deps import ChronologyView, Id, OneView, OrganizationsView, PageView, StoreNeeded
from api.evidence import find_all_evidence, find_evidence
from api.facets import count_facet
from api.partners import find_partners
from api.routes.events import read_known_event
from api.routes.organizations import read_known_organization
from api.routes.pages import read_known_page
from api.view import (
    FAMILIES,
    Chip,
    Histogram,
    Links,
    Month,
    Offer,
    Piece,
    describe_day,
    draw_histogram,
    draw_network,
    find_dating,
    group_months,
    group_roles,
    language_of,
    list_chips,
    make_row,
    move,
    page_marks,
    quote,
    read_date,
    show,
    split,
)
from api.view.texts import Texts
from timeline.chronology import EventPage, EventQuery, StoredPage
from timeline.export import FORMATS
from timeline.store import Store, count, find_events, find_organizations, read_organization

router = APIRouter(include_in_schema=False, default_response_class=Response)

# Events of unknown year that the chronology's first screen shows in their lane; the rest is one click away.
_LANE = 12
# Organisations the facet names.
_MOST_NAMES = 12
# Characters of a source page shown at once.
_WINDOW = 40_000


@router.get("/")
def show_chronology(
    request: Request, store: StoreNeeded, parameters: Annotated[ChronologyView, Query()]
) -> Response:
    """Show the chronology of a filter, with the lane of events whose year nobody stated."""
    texts = language_of(request)
    query = parameters.to_query()
    listing = _list_rows(store, parameters, texts, query)
    is_spanned = query.from_ is not None or query.to is not None
    has_lane = query.undated == "include" and not parameters.cursor
    lane = _list_lane(store, texts, query) if has_lane and not is_spanned else None
    beside = _count_undated(store, query) if has_lane and is_spanned else 0
    links = Links("/", parameters, parameters.lang)
    chips = list_chips(parameters, links, {o: _name_of(store, o) for o in query.organizations}, texts)
    total = find_events(store, query, limit=1).total
    values = _frame(store, query) | {
        "links": links,
        "listing": listing,
        "lane": lane,
        "beside": beside,
        "query": query,
        "parameters": parameters,
        "active": chips,
        "total": total,
        "offers": () if total else _offer_less(store, parameters, chips, texts),
        "formats": FORMATS,
        "families": FAMILIES,
    }
    return show(request, "chronology.html", **values)


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
        active=list_chips(parameters, links, {o: _name_of(store, o) for o in parameters.org}, texts),
        organization=organization,
        listing=_list_rows(store, parameters, texts, query, is_lane_apart=False),
        histogram=_histogram(store, query),
        circle=circle,
        network=draw_network(circle),
        parameters=parameters,
        day=lambda value: describe_day(value, texts),
    )


@router.get("/pages/{id}")
def show_page(
    request: Request, store: StoreNeeded, id: Id, parameters: Annotated[PageView, Query()]
) -> Response:
    """Show a source page as it was read, with everything that was found in it marked."""
    texts = language_of(request)
    page = read_known_page(store, id)
    start = min(parameters.at, max(0, len(page.text) - 1)) // _WINDOW * _WINDOW
    return show(
        request,
        "page.html",
        links=Links(f"/pages/{id}", parameters, parameters.lang),
        page=page,
        findings=page.findings,
        pieces=_window_pieces(page, start),
        start=start,
        end=min(start + _WINDOW, len(page.text)),
        window=_WINDOW,
        day=lambda value: describe_day(value, texts),
        date_of=lambda value: read_date(value, texts),
    )


@router.get("/docs")
def show_docs(request: Request, parameters: Annotated[OneView, Query()]) -> Response:
    """Show the API's documentation, from files of our own."""
    return show(request, "docs.html", links=Links("/docs", parameters, parameters.lang))


@router.get("/about")
def show_about(request: Request, store: StoreNeeded, parameters: Annotated[OneView, Query()]) -> Response:
    """Say how to read the chronology: the marks, the certainties, the ways out."""
    links = Links("/about", parameters, parameters.lang)
    return show(request, "about.html", links=links, held=count(store), formats=FORMATS)


@dataclass(frozen=True, slots=True)
class _List:
    """A screen of rows in months."""

    months: tuple[Month, ...]
    next: str | None
    total: int


def _list_rows(
    store: Store,
    parameters: ChronologyView,
    texts: Texts,
    query: EventQuery,
    *,
    is_lane_apart: bool = True,
) -> _List:
    wanted = query
    if is_lane_apart and query.undated == "include":
        wanted = query.model_copy(update={"undated": "exclude"})
    found = find_events(store, wanted, cursor=parameters.cursor, limit=parameters.limit)
    return _rows(store, texts, found)


def _list_lane(store: Store, texts: Texts, query: EventQuery) -> _List:
    found = find_events(store, query.model_copy(update={"undated": "only"}), limit=_LANE)
    return _rows(store, texts, found)


def _count_undated(store: Store, query: EventQuery) -> int:
    """Count the events of unknown year that a span of time leaves aside, since they may or may not lie in it."""
    return find_events(store, query.model_copy(update={"undated": "only"}), limit=1).total


def _rows(store: Store, texts: Texts, found: EventPage) -> _List:
    evidence = find_all_evidence(store, found.events, most=1)
    rows = (make_row(event, evidence[event.id], texts) for event in found.events)
    return _List(group_months(rows, texts), found.next, found.total)


def _frame(store: Store, query: EventQuery) -> dict[str, Any]:
    """Gather what stands around the rows: the histogram and the facets."""
    return {
        "histogram": _histogram(store, query),
        "facets": {
            "type": count_facet(store, query, "type"),
            "certainty": count_facet(store, query, "certainty"),
            "status": count_facet(store, query, "status"),
            "organization": count_facet(store, query, "organization", limit=_MOST_NAMES),
        },
    }


def _histogram(store: Store, query: EventQuery) -> Histogram:
    return draw_histogram(count_facet(store, query, "month"), query.from_, query.to)


def _name_of(store: Store, organization: str) -> str:
    """Name an organisation a filter holds by id; a filter by name is its own name."""
    known = read_organization(store, organization)
    return known.name if known else organization


def _offer_less(
    store: Store, parameters: ChronologyView, chips: tuple[Chip, ...], texts: Texts
) -> tuple[Offer, ...]:
    """For an empty answer, say how many events each filter alone keeps out."""
    offers: list[Offer] = []
    for field in dict.fromkeys(chip.field for chip in chips):
        given = parameters.model_dump(by_alias=True, exclude={"cursor", "limit", "lang"})
        query = ChronologyView.model_validate(given | {field: [] if isinstance(given[field], list) else None})
        total = find_events(store, query.to_query(), limit=1).total
        same = [chip for chip in chips if chip.field == field]
        if total:
            name = f"{same[0].name} {texts('join.names').join(chip.value for chip in same)}"
            offers.append(Offer(name, Links("/", parameters, parameters.lang).without(field), total))
    return tuple(offers)


def _window_pieces(page: StoredPage, start: int) -> list[Piece]:
    text = page.text[start : start + _WINDOW]
    marks = (move(mark, -start) for mark in page_marks(page.findings))
    return list(split(text, (m for m in marks if m.end > 0 and m.start < len(text))))
