"""What several pages show: a filter in, rows in months, a histogram, a name out; nothing here makes a page."""

from __future__ import annotations

from dataclasses import dataclass

from api.deps import ChronologyView
from api.evidence import find_all_evidence
from api.facets import count_facet
from api.view import Histogram, Month, draw_histogram, group_months, make_row
from api.view.texts import Texts
from timeline.chronology import EventPage, EventQuery
from timeline.store import Store, find_events, read_organization


@dataclass(frozen=True, slots=True)
class Listing:
    """A screen of rows in months."""

    months: tuple[Month, ...]
    next: str | None
    total: int


def list_rows(
    store: Store,
    parameters: ChronologyView,
    texts: Texts,
    query: EventQuery,
    *,
    is_lane_apart: bool = True,
) -> Listing:
    """List the events of a filter as a page shows them, a month under one heading."""
    wanted = query
    if is_lane_apart and query.undated == "include":
        wanted = query.model_copy(update={"undated": "exclude"})
    found = find_events(store, wanted, cursor=parameters.cursor, limit=parameters.limit)
    return make_rows(store, texts, found)


def make_rows(store: Store, texts: Texts, found: EventPage) -> Listing:
    """Make the rows of some found events, each with one sentence of evidence."""
    evidence = find_all_evidence(store, found.events, most=1)
    rows = (make_row(event, evidence[event.id], texts) for event in found.events)
    return Listing(group_months(rows, texts), found.next, found.total)


def make_histogram(store: Store, query: EventQuery) -> Histogram:
    """Draw how many events of a filter each month has."""
    return draw_histogram(count_facet(store, query, "month"), query.from_, query.to)


def name_of(store: Store, organization: str) -> str:
    """Name an organisation a filter holds by id; a filter by name is its own name."""
    known = read_organization(store, organization)
    return known.name if known else organization
