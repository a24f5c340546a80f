"""The graph of who works with whom, out, as of a day: pairs of organisations with the events that tie them, a screen at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, func, or_, select, tuple_
from sqlalchemy.sql import visitors

from timeline.chronology import Pair, PairEvidence, PairPage
from timeline.edtf import Edtf
from timeline.errors import EdtfError, UsageError
from timeline.records import PartnershipKind
from timeline.store.connect import Store
from timeline.store.cursors import Cursor, read_cursor, render_cursor
from timeline.store.reading.filters import find_organization_numbers
from timeline.store.tables import EVENTS, ORGANIZATIONS, PARTNERS, PARTNERSHIPS, SOURCES

_SHOWN = 50
_MOST = 1000
_ORDER = "pairs"
_LEFT, _RIGHT = PARTNERS.alias("a"), PARTNERS.alias("b")


def find_pairs(
    store: Store,
    *,
    as_of: str | None = None,
    organization: str | None = None,
    among: Collection[str] = (),
    kinds: Sequence[PartnershipKind] = (),
    cursor: str | None = None,
    limit: int = 50,
) -> PairPage:
    """Give one screen of the pairs that partnerships tie, those with the most events first.

    `organization` (id or name) asks for its partners and stands first in each pair; `among` (ids) for pairs of which
    both are named. `as_of` is a day, month or year: only events that can have been by its end count, as under `to` of
    an EventQuery, and none of unknown year.

    Raises UsageError for a cursor of another list, an `as_of` that is no date, a limit outside 1 to 1,000.
    """
    if not 1 <= limit <= _MOST:
        raise UsageError(f"limit is {limit}; take 1 to {_MOST}")
    after = read_cursor(cursor, order=_ORDER) if cursor is not None else None
    with store.read() as connection:
        where = [*_by_then(as_of), *_members(connection, organization, among)]
        if kinds:
            where.append(PARTNERSHIPS.c.kind.in_(kinds))
        tied = _tied(where, is_ordered=organization is not None)
        grouped = _grouped(tied)
        key = tuple_(-grouped.c.events, grouped.c.key)
        beyond = [key > tuple_(after.key, after.id)] if after else []
        rows = connection.execute(
            select(grouped).where(*beyond).order_by(-grouped.c.events, grouped.c.key).limit(limit + 1)
        ).all()
        total = rows[0].total if rows else _count(connection, grouped)
        pairs = _fill(connection, where, rows[:limit], is_ordered=organization is not None)
    last = rows[limit - 1] if len(rows) > limit else None
    return PairPage(
        pairs=pairs,
        next=render_cursor(Cursor(_ORDER, -last.events, last.key)) if last is not None else None,
        total=total,
    )


def _count(connection: Connection, grouped: Any) -> int:
    return connection.execute(select(func.count()).select_from(grouped)).scalar_one()


def _members(
    connection: Connection, organization: str | None, among: Collection[str]
) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if organization is not None:
        numbers = find_organization_numbers(connection, organization)
        where.append(_LEFT.c.organization.in_(numbers if numbers is not None else []))
    if among:
        named = select(ORGANIZATIONS.c.number).where(ORGANIZATIONS.c.id.in_(sorted(among)))
        where += [_LEFT.c.organization.in_(named), _RIGHT.c.organization.in_(named)]
    return where


def _tied(where: Sequence[ColumnElement[bool]], *, is_ordered: bool) -> Any:
    """Give the rows of two organisations and an event that ties them; each pair once, or both ways round."""
    one, other = _LEFT.c.organization, _RIGHT.c.organization
    side = one != other if is_ordered else one < other
    query: Select[Any] = (
        select(one.label("left"), other.label("right"), PARTNERSHIPS.c.event, PARTNERSHIPS.c.kind)
        .select_from(_LEFT)
        .join(_RIGHT, and_(_RIGHT.c.partnership == _LEFT.c.partnership, side))
        .join(PARTNERSHIPS, PARTNERSHIPS.c.number == _LEFT.c.partnership)
    )
    if any(_asks_event(clause) for clause in where):
        query = query.join(EVENTS, EVENTS.c.number == PARTNERSHIPS.c.event)
    return query.where(*where).subquery()


def _asks_event(clause: ColumnElement[bool]) -> bool:
    """Say whether a condition speaks of the event itself: a million events are not looked up for nothing."""
    return any(column.table is EVENTS for column in visitors.iterate(clause) if isinstance(column, Column))


def _by_then(as_of: str | None) -> list[ColumnElement[bool]]:
    if as_of is None:
        return []
    try:
        _, last = Edtf.parse(as_of).bounds()
    except EdtfError as error:
        raise UsageError(
            f"as_of is {as_of!r}; write a day, month or year such as 2019-12-31: {error}"
        ) from error
    if last is None:
        raise UsageError(f"as_of is {as_of!r}, which ends on no known day; write one such as 2019-12-31")
    table = EVENTS.c
    started = or_(table["from"] <= last.isoformat(), table["from"].is_(None))
    return [table.certainty != "unknown", started]


def _grouped(tied: Any) -> Any:
    one, other = ORGANIZATIONS.alias("one"), ORGANIZATIONS.alias("other")
    counted = (
        select(tied.c.left, tied.c.right, func.count(tied.c.event.distinct()).label("events"))
        .group_by(tied.c.left, tied.c.right)
        .subquery()
    )
    return (
        select(
            counted.c.left,
            counted.c.right,
            counted.c.events,
            one.c.id.label("left_id"),
            one.c.name.label("left_name"),
            other.c.id.label("right_id"),
            other.c.name.label("right_name"),
            (one.c.id + " " + other.c.id).label("key"),
            func.count().over().label("total"),
        )
        .join(one, one.c.number == counted.c.left)
        .join(other, other.c.number == counted.c.right)
        .subquery()
    )


def _fill(
    connection: Connection, where: Sequence[ColumnElement[bool]], rows: Sequence[Any], *, is_ordered: bool
) -> tuple[Pair, ...]:
    """Add to each pair its events with their kinds and pages."""
    pairs = [(row.left, row.right) for row in rows]
    mine = _LEFT.c.organization.in_({left for left, _ in pairs})
    theirs = _RIGHT.c.organization.in_({right for _, right in pairs})
    tied = _tied([*where, mine, theirs], is_ordered=is_ordered)
    wanted = (
        select(tied, EVENTS.c.id, EVENTS.c.title, EVENTS.c.type, EVENTS.c.status, EVENTS.c.edtf)
        .add_columns(EVENTS.c["from"].label("first"), EVENTS.c.to.label("last"))
        .join(EVENTS, EVENTS.c.number == tied.c.event)
        .where(tuple_(tied.c.left, tied.c.right).in_(pairs))
        .order_by(EVENTS.c.newest, EVENTS.c.id)
    )
    events: dict[tuple[int, int], dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(wanted):
        events[row.left, row.right][row.event].append(row)
    pages = _pages(connection, {number for of in events.values() for number in of})
    return tuple(_pair(row, events[row.left, row.right], pages) for row in rows)


def _pair(row: Any, events: Mapping[int, list[Any]], pages: Mapping[int, set[str]]) -> Pair:
    ends = ((row.left_id, row.left_name), (row.right_id, row.right_name))
    told = [of[0] for of in events.values()]
    kinds = Counter(kind for of in events.values() for kind in {one.kind for one in of})
    return Pair(
        organizations=(ends[0][0], ends[1][0]),
        names=(ends[0][1], ends[1][1]),
        events=len(events),
        sources=len(set().union(*(pages.get(number, set()) for number in events))),
        first=min((one.first for one in told if one.first), default=None),
        last=max((one.last for one in told if one.last), default=None),
        kinds=dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        evidence=tuple(
            PairEvidence(
                event=of[0].id,
                title=of[0].title,
                type=of[0].type,
                status=of[0].status,
                edtf=of[0].edtf,
                kinds=tuple(sorted({one.kind for one in of})),
                sources=len(pages.get(number, set())),
            )
            for number, of in list(events.items())[:_SHOWN]
        ),
    )


def _pages(connection: Connection, events: Collection[int]) -> dict[int, set[str]]:
    """Give the pages that tell of events on their own."""
    query = select(SOURCES.c.event, SOURCES.c.page).where(
        SOURCES.c.event.in_(sorted(events)), SOURCES.c.is_reprint.is_(False)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        found[row.event].add(row.page)
    return found
