"""The chronology page: a filter in, months of events with the lane of unknown years, facets and ways out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.deps import ChronologyView, StoreNeeded
from api.facets import Field, count_facet
from api.view import FAMILIES, Chip, Links, Offer, language_of, list_chips, show
from api.view.texts import Texts
from api.web.lists import Listing, list_rows, make_histogram, make_rows, name_of
from api.web.parameters import ListView
from timeline.chronology import EventQuery
from timeline.export import FORMATS
from timeline.records import Role
from timeline.store import Store, find_answers, find_events, read_revision

router = APIRouter(include_in_schema=False, default_response_class=Response)

# Events of unknown year that the chronology's first screen shows in their lane; the rest is one click away.
_LANE = 6
# Organisations the facet names.
_MOST_NAMES = 12
# The facets with how many values each shows; the months are those of the histogram.
_FACETS: dict[Field, int] = {
    "type": 1000, "certainty": 1000, "status": 1000, "review": 1000, "month": 1000,
    "organization": _MOST_NAMES, "place": _MOST_NAMES, "outlet": _MOST_NAMES,
}  # fmt: skip
# Facets that are counted by their parts, and the events from which on they are counted only where that is asked for.
_COSTLY = ("review", "organization", "place", "outlet")
_LARGE = 50_000
_LANES: tuple[Literal["only", "exclude"], ...] = ("only", "exclude")


@router.get("/")
def show_chronology(
    request: Request, store: StoreNeeded, parameters: Annotated[ListView, Query()]
) -> Response:
    """Show the chronology of a filter, with the lane of events whose year nobody stated."""
    texts = language_of(request)
    query = parameters.to_query()
    listing = list_rows(store, parameters, texts, query)
    is_spanned = query.from_ is not None or query.to is not None
    has_lane = query.undated == "include" and not parameters.cursor
    lane = _list_lane(store, texts, query) if has_lane and not is_spanned else None
    beside = _count_undated(store, query) if has_lane and is_spanned else 0
    links = Links("/", parameters, parameters.lang)
    chips = list_chips(parameters, links, {o: name_of(store, o) for o in query.organizations}, texts)
    total = find_events(store, query, limit=1).total
    shown = [row.event for part in (listing, lane) if part for month in part.months for row in month.rows]
    is_counted = total <= _LARGE or parameters.counts == "all" or query == EventQuery(order=query.order)
    values = _frame(store, query, is_counted) | {
        "links": links,
        "listing": listing,
        "lane": lane,
        "possible": find_answers(
            store, [event for event in shown if event.date.from_ is None and event.date.to is None]
        ),
        "given": parameters.model_dump(by_alias=True),
        "beside": beside,
        "query": query,
        "parameters": parameters,
        "active": chips,
        "total": total,
        "offers": () if total else _offer_less(store, parameters, chips, texts),
        "is_counted": is_counted,
        "more": _more(store, query, links) if is_counted else (),
        "revision": read_revision(store),
        "formats": FORMATS,
        "roles": get_args(Role),
        "families": FAMILIES,
    }
    return show(request, "chronology.html", **values)


def prepare(store: Store) -> Iterator[None]:
    """Count what the first page without a filter says, step by step; each count is kept until the store changes."""
    query = EventQuery()
    for field, limit in _FACETS.items():
        count_facet(store, query, field, limit=limit)
        yield
    for asked in (query, *_asked_beside(query), *(query.model_copy(update={"undated": u}) for u in _LANES)):
        find_events(store, asked, limit=1)
        yield


def _list_lane(store: Store, texts: Texts, query: EventQuery) -> Listing:
    found = find_events(store, query.model_copy(update={"undated": "only"}), limit=_LANE)
    return make_rows(store, texts, found)


def _count_undated(store: Store, query: EventQuery) -> int:
    """Count the events of unknown year that a span of time leaves aside, since they may or may not lie in it."""
    return find_events(store, query.model_copy(update={"undated": "only"}), limit=1).total


def _frame(store: Store, query: EventQuery, is_counted: bool) -> dict[str, Any]:
    """Gather what stands around the rows: the histogram and the facets, the costly ones where they are to be counted."""
    facets = {
        field: count_facet(store, query, field, limit=limit) if is_counted or field not in _COSTLY else ()
        for field, limit in _FACETS.items()
    }
    return {"histogram": make_histogram(store, query), "facets": facets}


def _asked_beside(query: EventQuery) -> tuple[EventQuery, EventQuery]:
    """Give the queries of the filters that are not fields with values: the news of a page, several sources."""
    return query.model_copy(update={"headline": True}), query.model_copy(update={"min_sources": 2})


def _more(store: Store, query: EventQuery, links: Links) -> tuple[Offer, ...]:
    """Give the filters that are not fields with values: each with its count, and the way to it or back."""
    news, several = _asked_beside(query)
    return (
        Offer(
            "headline",
            links.here(headline=None if query.headline else True),
            find_events(store, news, limit=1).total,
            is_set=query.headline is True,
        ),
        Offer(
            "sources",
            links.here(min_sources=None if query.min_sources > 1 else 2),
            find_events(store, several, limit=1).total,
            is_set=query.min_sources > 1,
        ),
    )


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
