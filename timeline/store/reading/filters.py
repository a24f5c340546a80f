"""An EventQuery in, SQL conditions on the events' table out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    false,
    func,
    intersect,
    literal_column,
    or_,
    select,
)

from timeline.chronology import EventQuery, Review
from timeline.store import search
from timeline.store.revisions import read
from timeline.store.tables import (
    CHANGES,
    EVENTS,
    FORWARDS,
    NAMES,
    ORGANIZATIONS,
    PARTICIPATIONS,
    PLACES,
    SOURCES,
)

# numbers of a name that are named one by one
_FEW = 200
# events that are listed, and counted meanwhile, in one go
_FEW_EVENTS = 1000
_PLAIN = EventQuery()
# few numbers that were looked up, or a query for many
Numbers = Sequence[int] | Select[int]

_ID = bindparam("id", type_=ORGANIZATIONS.c.id.type)
_NAME = bindparam("folded", type_=NAMES.c.folded.type)
_GONE_TO = select(FORWARDS.c.target).where(FORWARDS.c.id == _ID).scalar_subquery()
_BODY = select(ORGANIZATIONS.c.number, ORGANIZATIONS.c.events)
_BY_ID = _BODY.where(ORGANIZATIONS.c.id == func.coalesce(_GONE_TO, _ID))
_BY_NAME = _BODY.where(
    ORGANIZATIONS.c.number.in_(select(NAMES.c.organization).where(NAMES.c.folded == _NAME))
)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a query means in one state of the store: the organisations under each of its names, and reviews to leave out.

    `unwanted` holds none where no event has such a review. `revision` is the number of the state. `found` are the
    numbers of the events that hold the words, where these are few. `is_few` says that no more than some hundred events
    can fit, which are listed as soon as counted.
    """

    organizations: tuple[Numbers, ...]
    unwanted: tuple[Review, ...]
    revision: int
    found: Sequence[int] | None
    is_few: bool


def read_meaning(connection: Connection, query: EventQuery, known: dict[Any, Any] | None = None) -> Meant:
    """Look up what a query's conditions hang on, once for all that is asked of it in a transaction.

    `known` is a dictionary to keep in what holds for other queries of the same state, too.
    """
    revision = read(connection, "changes")
    bodies = [_find_bodies(connection, wanted) for wanted in query.organizations]
    known = known if known is not None else {}
    key = ("unwanted", revision, query.reviews)
    if key not in known:
        known[key] = _find_unwanted(connection, query)
    is_known = bool(bodies) and all(one.events is not None for one in bodies)
    is_idle = is_known and sum(one.events or 0 for one in bodies) <= _FEW_EVENTS
    numbers = tuple(one.numbers for one in bodies if one.numbers is not None)
    many = ("many", revision, query.q)
    found = _find_few(connection, query) if many not in known else None
    if found is None and query.q is not None:
        known[many] = True
    return Meant(numbers, known[key], revision, found, is_idle or found is not None)


def conditions(
    connection: Connection,
    query: EventQuery,
    *,
    meant: Meant | None = None,
    is_walked: bool = False,
    is_dense: bool = False,
) -> list[ColumnElement[bool]]:
    """Give the conditions that all must hold for an event to be in the query's answer.

    `meant` is what read_meaning() gave in this transaction, where that was asked before. With `is_walked`, what the query looks up elsewhere is checked event by event along the order of the list; with
    `is_dense`, so many events match that each is asked for its own parts, and no list of the matching ones is made.
    """
    table = EVENTS.c
    # SQLite seeks by number wherever it can; a sum with nothing in it stops it from that
    is_sqlite = connection.dialect.name == "sqlite"
    number = table.number + literal_column("0") if is_walked and is_sqlite else table.number
    reach = Reach(number, is_dense)
    meant = meant or read_meaning(connection, query)
    found = [*_dates(query), *_organizations(query, meant, reach), *_columns(query)]
    found += reviews(query, meant, number)
    if query.places:
        found.append(reach.where(PLACES, _lie_in(query)))
    if query.outlets:
        found.append(reach.where(SOURCES, SOURCES.c.outlet.in_(query.outlets)))
    if query.updated_since is not None:
        changed = select(CHANGES.c.id).where(CHANGES.c.sequence > query.updated_since)
        found.append(table.id.in_(changed.where(CHANGES.c.subject == "event")))
    searched = meant.found if meant.found is not None else _searched(connection, query)
    if searched is not None and is_dense and query.q:
        found.append(search.holds(search.EVENTS_INDEX, query.q, table.number, is_sqlite=is_sqlite))
    elif searched is not None:
        found.append(number.in_(searched))
    return found


def counting(connection: Connection, query: EventQuery, meant: Meant) -> Select[int]:
    """Give the query that counts an answer; what asks for one kind of parts alone is counted in the index of these."""
    alone = _parts_alone(query, meant) if "automatic" in query.reviews else None
    if alone is not None:
        event, clauses = alone
        return select(func.count(event.distinct())).where(*clauses, *reviews(query, meant, event))
    searched = _searched(connection, query)
    if searched is not None and "automatic" in query.reviews and _asked(query) == {"q"}:
        found = searched.where(*reviews(query, meant, searched.selected_columns[0]))
        return select(func.count()).select_from(found.subquery())
    return select(func.count()).select_from(EVENTS).where(*conditions(connection, query, meant=meant))


def _asked(query: EventQuery) -> set[str]:
    """Name the fields that a query sets, but for those that keep no event out by themselves."""
    fields = EventQuery.model_fields.keys() - {"match", "order", "reviews"}
    return {name for name in fields if getattr(query, name) != getattr(_PLAIN, name)}


def _parts_alone(
    query: EventQuery, meant: Meant
) -> tuple[ColumnElement[int], list[ColumnElement[bool]]] | None:
    """Give the column and the clauses of the one table that holds all that a query asks for, None where that is more."""
    asked = _asked(query)
    if asked == {"places"}:
        return PLACES.c.event, [_lie_in(query)]
    if asked == {"outlets"}:
        return SOURCES.c.event, [SOURCES.c.outlet.in_(query.outlets)]
    if asked and asked <= {"organizations", "roles"} and (clauses := _party(query, meant)) is not None:
        return PARTICIPATIONS.c.event, clauses
    return None


@dataclass(frozen=True, slots=True)
class Reach:
    """How a condition on an event's parts is put: as a list of events to be in, or as a question to each event."""

    number: ColumnElement[int]
    is_dense: bool

    def where(self, parts: Table, *clauses: ColumnElement[bool]) -> ColumnElement[bool]:
        """Say that an event has a part of which the clauses hold."""
        if self.is_dense:
            return exists().where(parts.c.event == EVENTS.c.number, *clauses)
        return self.number.in_(select(parts.c.event).where(*clauses))

    def where_all(
        self, parts: Table, wanted: Sequence[Sequence[ColumnElement[bool]]]
    ) -> list[ColumnElement[bool]]:
        """Say that an event has a part for each of several groups of clauses; no group at all is no event."""
        if self.is_dense or len(wanted) < 2:
            return [self.where(parts, *clauses) for clauses in wanted] or [false()]
        return [self.number.in_(intersect(*(select(parts.c.event).where(*c) for c in wanted)))]


def is_plain(query: EventQuery) -> bool:
    """Say whether a query asks for all events, but for what persons made of them."""
    return query == EventQuery(reviews=query.reviews, order=query.order)


def _searched(connection: Connection, query: EventQuery) -> Select[int] | None:
    if query.q is None:
        return None
    is_sqlite = connection.dialect.name == "sqlite"
    return search.find_numbers(search.EVENTS_INDEX, query.q, is_sqlite=is_sqlite)


def _find_few(connection: Connection, query: EventQuery) -> Sequence[int] | None:
    """Give the numbers of the events that hold a query's words, None where these are many or there are no words."""
    searched = _searched(connection, query)
    if searched is None:
        return None
    # looked up as if all were wanted: PostgreSQL would otherwise read the texts themselves until there are enough
    every = searched.cte("found").prefix_with("MATERIALIZED", dialect="postgresql")
    found = connection.execute(select(every).limit(_FEW_EVENTS + 1)).scalars().all()
    return found if len(found) <= _FEW_EVENTS else None


def find_organization_numbers(
    connection: Connection, wanted: str, *, is_part: bool = False
) -> Numbers | None:
    """Give the numbers of the organisations meant by an id, else by a whole name, else by a part of one.

    With `is_part` a whole name is a part like any other. None where the words hold nothing to look for.
    """
    return _find_bodies(connection, wanted, is_part=is_part).numbers


@dataclass(frozen=True, slots=True)
class _Bodies:
    """Organisations that are meant by a name, and in how many events they act together, None where that is not known."""

    numbers: Numbers | None
    events: int | None


def _find_bodies(connection: Connection, wanted: str, *, is_part: bool = False) -> _Bodies:
    rows = connection.execute(_BY_ID, {"id": wanted.strip()}).all()
    spellings = () if rows or is_part else search.spellings(search.fold(wanted))
    for folded in spellings:
        rows = connection.execute(_BY_NAME, {"folded": folded}).all()
        if len(rows) > _FEW:
            return _Bodies(select(NAMES.c.organization).where(NAMES.c.folded == folded), None)
        if rows:
            break
    if rows:
        return _Bodies([row.number for row in rows], sum(row.events for row in rows))
    is_sqlite = connection.dialect.name == "sqlite"
    return _Bodies(search.find_numbers(search.ORGANIZATIONS_INDEX, wanted, is_sqlite=is_sqlite), None)


def _dates(query: EventQuery) -> list[ColumnElement[bool]]:
    table = EVENTS.c
    if query.undated == "only":
        return [table.certainty == "unknown"]
    found: list[ColumnElement[bool]] = []
    if query.undated == "exclude" or query.from_ is not None or query.to is not None:
        found.append(table.certainty != "unknown")
    # an open end reaches as far as the bound
    if query.from_ is not None:
        found.append(or_(table.to >= query.from_, table.to.is_(None)))
    if query.to is not None:
        found.append(or_(table["from"] <= query.to, table["from"].is_(None)))
    return found


def _columns(query: EventQuery) -> list[ColumnElement[bool]]:
    """Give the conditions on an event's own columns."""
    table = EVENTS.c
    found: list[ColumnElement[bool]] = []
    # nearly all events are known to the day: an index of these is no help, and SQLite would take it for one
    certainty = table.certainty.concat("") if "day" in query.certainty else table.certainty
    for column, values in (
        (table.type, query.types),
        (table.status, query.statuses),
        (certainty, query.certainty),
    ):
        if values:
            found.append(column == values[0] if len(values) == 1 else column.in_(values))
    for column, values in ((table.type, query.not_types), (table.status, query.not_statuses)):
        if values:
            found.append(column.not_in(values))
    if query.headline is not None:
        found.append(table.headline == query.headline)
    if query.min_sources > 1:
        found.append(table.independent >= query.min_sources)
    return found


def reviews(query: EventQuery, meant: Meant, number: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """Leave out what was reviewed otherwise; nearly all events never were, so only the reviewed ones are looked up."""
    if "automatic" not in query.reviews:
        return [EVENTS.c.review != "automatic", EVENTS.c.review.in_(query.reviews)]
    return [number.not_in(_left_out(meant.unwanted))] if meant.unwanted else []


def _find_unwanted(connection: Connection, query: EventQuery) -> tuple[Review, ...]:
    if "automatic" not in query.reviews:
        return ()
    unwanted = tuple(review for review in get_args(Review) if review not in query.reviews)
    is_any = unwanted and connection.execute(_left_out(unwanted).limit(1)).first() is not None
    return unwanted if is_any else ()


@cache
def _left_out(unwanted: tuple[Review, ...]) -> Select[int]:
    table = EVENTS.alias("reviewed").c
    return select(table.number).where(table.review != "automatic", table.review.in_(unwanted))


def _lie_in(query: EventQuery) -> ColumnElement[bool]:
    return or_(*map(_lies_in, query.places))


def _lies_in(place: str) -> ColumnElement[bool]:
    """Say that a place is the one of a name or an administrative code, or lies within it.

    A name that the table of districts knows stands for its codes; any other is a whole name or the beginning of one.
    """
    from timeline.areas import code_prefix, codes_named  # the table of districts takes a moment to load

    table, folded = (
        PLACES.c,
        search.spellings(search.fold(place))[-1],
    )  # places are kept in simplified characters
    if not folded:
        return false()
    codes = codes_named(folded)
    if not codes:
        return and_(table.folded >= folded, table.folded < folded + chr(sys.maxunicode))
    inside = [and_(table.adcode >= (stem := code_prefix(code)), table.adcode < stem + ":") for code in codes]
    return or_(table.folded == folded, *inside)


def _organizations(query: EventQuery, meant: Meant, reach: Reach) -> list[ColumnElement[bool]]:
    one = _party(query, meant)
    if one is not None:
        return [reach.where(PARTICIPATIONS, *one)] if one else []
    parts = PARTICIPATIONS.c
    plays = [parts.role.in_(query.roles)] if query.roles else []
    return reach.where_all(PARTICIPATIONS, [[parts.organization.in_(n), *plays] for n in meant.organizations])


def _party(query: EventQuery, meant: Meant) -> list[ColumnElement[bool]] | None:
    """Give what must hold of one party of an event; None where several parties are asked for."""
    parts = PARTICIPATIONS.c
    plays: list[ColumnElement[bool]] = [parts.role.in_(query.roles)] if query.roles else []
    if not query.organizations:
        return plays
    if query.match == "all" and len(meant.organizations) > 1:
        return None
    return [or_(false(), *(parts.organization.in_(n) for n in meant.organizations)), *plays]
