"""Facets: a query in, counts by field out; each field is counted without its own filter, so that choices stay open."""

from __future__ import annotations

from typing import Any, Literal

from api.answers import Facet, Facets
from timeline.chronology import EventQuery, FacetCount
from timeline.store import Store, count_by, find_events

Field = Literal["type", "year", "month", "organization", "certainty", "status"]

FIELDS: tuple[Field, ...] = ("type", "year", "month", "organization", "certainty", "status")
# What a field's own filter is in a query, and what it is when it is not set. Organisations narrow each other.
_OWN: dict[Field, dict[str, Any]] = {
    "type": {"types": ()},
    "year": {"from_": None, "to": None},
    "month": {"from_": None, "to": None},
    "organization": {},
    "certainty": {"certainty": (), "undated": "include"},
    "status": {"statuses": ()},
}


def count_facets(store: Store, query: EventQuery) -> Facets:
    """Count a query's events by every field."""
    total = find_events(store, query, limit=1).total
    facets = (Facet(field=field, counts=count_facet(store, query, field)) for field in FIELDS)
    return Facets(total=total, facets=tuple(facets))


def count_facet(
    store: Store, query: EventQuery, field: Field, *, limit: int = 1000
) -> tuple[FacetCount, ...]:
    """Count by one field, its own filter left out; the most frequent `limit` values."""
    return tuple(count_by(store, query.model_copy(update=_OWN[field]), field, limit=limit))
