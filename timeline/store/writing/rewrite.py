"""One event as it is now to be shown in, every row that speaks of it changed to match: parts, partnerships, search, counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from timeline.chronology import Organization
from timeline.store import search
from timeline.store.rows import (
    event_document,
    event_parts,
    event_row,
    name_rows,
    organization_row,
    partner_rows,
    partnership_row,
)
from timeline.store.tables import (
    EVENTS,
    NAMES,
    ORGANIZATIONS,
    PARTICIPATIONS,
    PARTNERS,
    PARTNERSHIPS,
    PEOPLE,
    PLACES,
    RECORDS,
    SOURCES,
)
from timeline.store.writing.corrected import Told
from timeline.store.writing.difference import in_batches

PARTS: Mapping[str, Table] = {
    "event_records": RECORDS,
    "participations": PARTICIPATIONS,
    "people": PEOPLE,
    "places": PLACES,
    "sources": SOURCES,
}


def rewrite_event(connection: Connection, number: int, told: Told, *, machine: str | None) -> None:
    """Replace the rows of the event that has this number; `machine` is what was found, null where nothing is corrected."""
    event = told.event
    had = set(_members(connection, number))
    has = {p.organization for p in event.organizations} | {
        o for t in told.partnerships for o in t.organizations
    }
    numbers, names = _organizations(connection, has)
    document = event_document(event, names)
    row = event_row(event, document, machine=machine)
    connection.execute(update(EVENTS).where(EVENTS.c.number == number).values(row))
    for name, rows in event_parts(event, number, numbers, machine=machine).items():
        connection.execute(delete(PARTS[name]).where(PARTS[name].c.event == number))
        if rows:
            connection.execute(insert(PARTS[name]), rows)
    search.unindex(connection, search.EVENTS_INDEX, [number])
    search.index(connection, search.EVENTS_INDEX, [(number, document)])
    _rewrite_ties(connection, number, told, numbers)
    recount_organizations(connection, had | {numbers[p.organization] for p in event.organizations})


def add_organizations(connection: Connection, organizations: Collection[Organization]) -> None:
    """Write organisations that nothing but a correction names, with no events yet."""
    last = connection.execute(select(func.max(ORGANIZATIONS.c.number))).scalar() or 0
    for number, body in enumerate(organizations, last + 1):
        row = organization_row(body, 0, None, None)
        connection.execute(insert(ORGANIZATIONS).values({**row, "number": number}))
        connection.execute(insert(NAMES), name_rows(body, number))
        document = search.fold_all((body.name, *body.names))
        search.index(connection, search.ORGANIZATIONS_INDEX, [(number, document)])


def recount_organizations(connection: Connection, numbers: Collection[int]) -> None:
    """Count anew how often and when organisations act, in events that nobody rejected."""
    for batch in in_batches(sorted(numbers)):
        names = _names(connection, batch)
        acts = {row.organization: row for row in connection.execute(_acts(batch))}
        table = ORGANIZATIONS.c
        known = connection.execute(
            select(table.number, table.id, table.name).where(table.number.in_(batch))
        ).all()
        rows = []
        for row in known:
            found = acts.get(row.number)
            body = Organization(id=row.id, name=row.name, names=tuple(names.get(row.number, ())))
            counted = (found.events, found.first, found.last) if found else (0, None, None)
            made = organization_row(body, *counted)
            rows.append({f"b_{key}": value for key, value in made.items()})
        if rows:
            values: dict[str, Any] = {
                k: bindparam(f"b_{k}") for k in ("events", "rank", "first", "last", "digest")
            }
            connection.execute(
                update(ORGANIZATIONS).where(table.id == bindparam("b_id")).values(values), rows
            )


def _acts(numbers: Collection[int]) -> Any:
    part, event = PARTICIPATIONS.c, EVENTS.c
    return (
        select(
            part.organization,
            func.count(part.event.distinct()).label("events"),
            func.min(event["from"]).label("first"),
            func.max(event.to).label("last"),
        )
        .join(EVENTS, event.number == part.event)
        .where(part.organization.in_(numbers), event.review != "rejected")
        .group_by(part.organization)
    )


def _members(connection: Connection, number: int) -> list[int]:
    query = select(PARTICIPATIONS.c.organization).where(PARTICIPATIONS.c.event == number)
    return [row.organization for row in connection.execute(query)]


def _organizations(
    connection: Connection, ids: Collection[str]
) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """Give the numbers and the names of organisations by their ids."""
    table = ORGANIZATIONS.c
    numbers = {
        row.id: row.number
        for row in connection.execute(select(table.id, table.number).where(table.id.in_(sorted(ids))))
    }
    names = _names(connection, sorted(numbers.values()))
    return numbers, {id: tuple(names.get(number, ())) for id, number in numbers.items()}


def _names(connection: Connection, numbers: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    query = select(NAMES.c.organization, NAMES.c.name).where(NAMES.c.organization.in_(numbers))
    for row in connection.execute(query.order_by(NAMES.c.organization, NAMES.c.position)):
        found.setdefault(row.organization, []).append(row.name)
    return found


def _rewrite_ties(connection: Connection, number: int, told: Told, organizations: Mapping[str, int]) -> None:
    connection.execute(delete(PARTNERSHIPS).where(PARTNERSHIPS.c.event == number))
    last = connection.execute(select(func.max(PARTNERSHIPS.c.number))).scalar() or 0
    for own, tie in enumerate(told.partnerships, last + 1):
        connection.execute(insert(PARTNERSHIPS).values({**partnership_row(tie, number), "number": own}))
        connection.execute(insert(PARTNERS), partner_rows(tie, own, organizations))
