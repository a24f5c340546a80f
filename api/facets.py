"""Facets: a query in, counts by field out; each field is counted without its own filter, so that choices stay open."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, get_args

from api.answers import Facet, Facets, Without
from api.deps import EventFilter
from timeline.chronology import EventQuery, FacetCount, Review
from timeline.store import Store, count_by, find_event_records, read_revision

Field = Literal["type", "year", "month", "organization", "place", "outlet", "certainty", "status", "review"]
FIELDS: tuple[Field, ...] = get_args(Field)
# What a field's own filter is in a query, and what it is when it is not set. Organisations narrow each other, and a
# place is counted by what lies in it.
_OWN: dict[Field, dict[str, Any]] = {
    "type": {"types": (), "not_types": ()},
    "year": {"from_": None, "to": None},
    "month": {"from_": None, "to": None},
    "organization": {},
    "certainty": {"certainty": (), "undated": "include"},
    "place": {},
    "outlet": {"outlets": ()},
    "status": {"statuses": (), "not_statuses": ()},
    "review": {"reviews": get_args(Review)},
}


def count_facets(store: Store, parameters: EventFilter) -> Facets:
    """Count a filter's events by every field; of a filter that keeps none, say which parameter to drop."""
    query = parameters.to_query()
    total = find_event_records(store, query, limit=1).total
    facets = (Facet(field=field, counts=count_facet(store, query, field)) for field in FIELDS)
    return Facets(total=total, facets=tuple(facets), without=() if total else _offer_less(store, parameters))


def _offer_less(store: Store, parameters: EventFilter) -> tuple[Without, ...]:
    """Say how many events there are without one parameter or another, where there are any."""
    offers: list[Without] = []
    for name, info in EventFilter.model_fields.items():
        if getattr(parameters, name) in (None, []):
            continue
        less = parameters.model_copy(update={name: info.get_default(call_default_factory=True)})
        total = find_event_records(store, less.to_query(), limit=1).total
        if total:
            offers.append(Without(parameter=info.alias or name, total=total))
    return tuple(offers)


def count_facet(
    store: Store, query: EventQuery, field: Field, *, limit: int = 1000
) -> tuple[FacetCount, ...]:
    """Count by one field, its own filter left out; the most frequent `limit` values.

    A count is kept until the store changes: whoever walks through a filter asks for the same ones on every page.
    """
    wanted = query.model_copy(update=_OWN[field] | {"order": "newest"})
    return _count(store, read_revision(store), wanted, field, limit)


@lru_cache(maxsize=4096)
def _count(
    store: Store, revision: str, query: EventQuery, field: Field, limit: int
) -> tuple[FacetCount, ...]:
    return tuple(count_by(store, query, field, limit=limit))
