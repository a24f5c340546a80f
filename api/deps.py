"""What routes ask for: the store, the settings, and query parameters read into an EventQuery; nothing is guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from annotated_types import MaxLen
from fastapi import Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from api.errors import UnknownParameterError
from timeline.chronology import Certainty, EventQuery, Review
from timeline.edtf import read_bound
from timeline.errors import UsageError
from timeline.records import EventType, Role, Status
from timeline.store import Store

Id = Annotated[str, Path(max_length=200, pattern=r"^[\w.:~-]+$", examples=["e3f1c09a7b2d4e55"])]
Name = Annotated[str, Field(max_length=200)]
# How an end of a span is written: 2024-05-18, 2024-05, 2024; told to programs, judged by read_bound.
_BOUND = r"^\d{4}(-\d{2}(-\d{2})?)?$"
# Reviews that are shown unless others are asked for: all but what was rejected.
_SHOWN = EventQuery().reviews


async def get_store(request: Request) -> Store:
    """Give the store the application opened."""
    store: Store = request.app.state.store
    return store


def read_clock() -> str:
    """Give the moment, ISO 8601 in UTC, to be written beside what is done at a request."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


StoreNeeded = Annotated[Store, Depends(get_store)]


class Parameters(BaseModel):
    """The query parameters of a route; empty ones, as a form sends them, count as not given."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    @field_validator("*", mode="before")
    @classmethod
    def _tidy(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            return _printable(value) or cls.model_fields[info.field_name or ""].default
        if isinstance(value, list):
            return [_printable(part) for part in value if part != ""]
        return value

    @field_validator("*", mode="before")  # the last one is asked first
    @classmethod
    def _is_counted(cls, value: Any, info: ValidationInfo) -> Any:
        for one in cls.model_fields[info.field_name or ""].metadata:
            if isinstance(one, MaxLen) and isinstance(value, list) and len(value) > one.max_length:
                raise ValueError(f"at most {one.max_length} values, empty ones counted")
        return value


def _printable(value: str) -> str:
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in value):
        raise ValueError("control characters have no place in a query")
    return value.strip()


class EventFilter(Parameters):
    """Which events are wanted; values of one parameter mean any of them, different parameters mean all."""

    org: list[Name] = Field([], max_length=300, description="organisation, by id or by any of its names")
    match: Literal["any", "all"] | None = Field(None, description="any (default) or all of the organisations")
    role: list[Role] = Field([], description="role that the organisations play, or any where none is named")
    type: list[EventType] = Field([], description="type of event")
    not_type: list[EventType] = Field([], description="types to leave out")
    status: list[Status] = Field([], description="held, planned, ongoing, cancelled")
    not_status: list[Status] = Field([], description="statuses to leave out")
    place: list[Name] = Field(
        [], max_length=100, description="place, by name or six-digit code, with all that lies in it"
    )
    outlet: list[Name] = Field([], max_length=100, description="outlet of a report, by its whole name")
    from_: str | None = Field(
        None,
        alias="from",
        max_length=10,
        description="first day, month or year",
        json_schema_extra={"pattern": _BOUND},
    )
    to: str | None = Field(
        None,
        max_length=10,
        description="last day, month or year, inclusive, not before `from`",
        json_schema_extra={"pattern": _BOUND},
    )
    q: str | None = Field(None, max_length=200, description="text, one character or more")
    certainty: list[Certainty] = Field([], description="how precisely the date is known")
    headline: bool | None = Field(
        None, description="only events their page reports as its news, or only others"
    )
    undated: Literal["include", "exclude", "only"] | None = Field(
        None, description="events of unknown year: include (default), exclude, only"
    )
    review: list[Review] = Field(
        [],
        description="what persons made of it: automatic, confirmed, corrected (the default three), rejected",
    )
    min_sources: int | None = Field(None, ge=1, le=10_000, description="independent sources, at least")
    updated_since: int | None = Field(
        None, ge=0, lt=2**63, description="changed after this number of the change log"
    )
    order: Literal["newest", "oldest"] | None = Field(None, description="newest (default) or oldest first")

    @field_validator("from_", "to")
    @classmethod
    def _is_dated(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        last, start = read_bound(value, "last"), info.data.get("from_")
        if info.field_name == "to" and start and last < read_bound(start, "first"):
            raise ValueError(f"{value} lies before {start}, where the span begins")
        return value

    def to_query(self) -> EventQuery:
        """Give the question the store answers: months and years become their first or last day."""
        return EventQuery(
            organizations=tuple(dict.fromkeys(self.org)),
            match=self.match or "any",
            types=tuple(dict.fromkeys(self.type)),
            statuses=tuple(dict.fromkeys(self.status)),
            from_=read_bound(self.from_, "first").isoformat() if self.from_ else None,
            to=read_bound(self.to, "last").isoformat() if self.to else None,
            q=self.q,
            certainty=tuple(dict.fromkeys(self.certainty)),
            headline=self.headline,
            undated=self.undated or "include",
            roles=tuple(dict.fromkeys(self.role)),
            places=tuple(dict.fromkeys(self.place)),
            outlets=tuple(dict.fromkeys(self.outlet)),
            not_types=tuple(dict.fromkeys(self.not_type)),
            not_statuses=tuple(dict.fromkeys(self.not_status)),
            reviews=tuple(dict.fromkeys(self.review)) or _SHOWN,
            min_sources=self.min_sources or 1,
            updated_since=self.updated_since,
            order=self.order or "newest",
        )


class EventListing(EventFilter):
    """A filter with the place in its answer."""

    cursor: str | None = Field(None, max_length=1000, description="`next` of the answer before")
    limit: int = Field(50, ge=1, le=500, description="events in one answer")


class ChronologyView(EventListing):
    """The parameters of a page for readers."""

    limit: int = Field(30, ge=1, le=200, description="events on one page")
    lang: Literal["zh", "en"] | None = None


class ExportParameters(EventFilter):
    """A filter for a file, which is never cut."""

    bom: bool = Field(False, description="begin with a byte order mark, as some spreadsheets need (csv only)")
    lang: Literal["zh", "en"] | None = Field(
        None, exclude=True, description="without effect; page links carry it"
    )


class OrganizationListing(Parameters):
    """Which organisations are wanted."""

    q: str | None = Field(None, max_length=200, description="part of a name")
    cursor: str | None = Field(None, max_length=1000, description="`next` of the answer before")
    limit: int = Field(50, ge=1, le=500, description="organisations in one answer")


class OrganizationsView(OrganizationListing):
    """The parameters of the page of organisations."""

    lang: Literal["zh", "en"] | None = None


class OneView(Parameters):
    """The parameters of a page about one thing."""

    lang: Literal["zh", "en"] | None = None


class PageView(OneView):
    """The parameters of a source page: where its window of text begins."""

    at: int = Field(0, ge=0, le=2**31, description="character the window of text begins at")


async def refuse_unknown_parameters(request: Request) -> None:
    """Stand before every route: a parameter it does not declare, or a value too many, is an error, never ignored."""
    endpoint = request.scope.get("endpoint")
    route = request.scope.get("route")
    request.scope["state"]["template"] = getattr(route, "path", "other")  # what metrics counts it under
    if endpoint is None or not request.query_params:
        return
    allowed = _declared(endpoint)
    unknown = sorted(set(request.query_params) - set(allowed))
    if unknown:
        raise UnknownParameterError(unknown, allowed)
    for name in _single(endpoint):
        values = {value.strip() for value in request.query_params.getlist(name)} - {""}
        if len(values) > 1:
            raise UsageError(f"{name} is given {len(values)} times; this address takes one value of it")


@cache
def _declared(endpoint: Any) -> tuple[str, ...]:
    """List the query parameters of a route: the fields of the one Parameters model it takes."""
    return tuple(sorted(name for model in _models(endpoint) for name in _names(model)))


@cache
def _single(endpoint: Any) -> tuple[str, ...]:
    """List the query parameters that take one value."""
    fields = ((info.alias or name, info) for m in _models(endpoint) for name, info in m.model_fields.items())
    return tuple(sorted({name for name, info in fields if get_origin(info.annotation) is not list}))


def _models(endpoint: Any) -> Iterator[type[Parameters]]:
    for hint in get_type_hints(endpoint, include_extras=True).values():
        for part in get_args(hint)[:1]:
            if isinstance(part, type) and issubclass(part, Parameters):
                yield part


def _names(model: type[Parameters]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield info.alias or name


Filter = Annotated[EventFilter, Query()]
Listing = Annotated[EventListing, Query()]
