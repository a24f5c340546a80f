"""A part of the chronology in (or all of it), the rows changed to match; what is the same stays, ids and all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, bindparam, delete, select, update

from timeline.chronology import Timeline
from timeline.store import search
from timeline.store.chronicle.overlay import Laid, lay_over, reshow_parties
from timeline.store.loading import insert_rows
from timeline.store.review.verdicts import RULES
from timeline.store.rows import (
    Row,
    event_document,
    event_parts,
    event_row,
    judgement_row,
    name_rows,
    organization_row,
    organization_rows,
    partner_rows,
    partnership_row,
)
from timeline.store.tables import (
    EVENTS,
    JUDGEMENTS,
    NAMES,
    ORGANIZATIONS,
    PARTICIPATIONS,
    PARTNERS,
    PARTNERSHIPS,
)
from timeline.store.writing.changes import ChangeLog
from timeline.store.writing.difference import Difference, compare, in_batches
from timeline.store.writing.rewrite import PARTS


@dataclass(frozen=True, slots=True)
class Scope:
    """What a part takes the place of: ids of organisations and events, judgements by their two sides.

    Everything else stays as it is.
    """

    organizations: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    judgements: frozenset[tuple[str, str]] = frozenset()


def save_part(
    connection: Connection, found: Timeline, scope: Scope | None, *, at: str | None, drop: bool = True
) -> set[int]:
    """Write a part of the chronology in place of its scope, or all of it where that is None; log what changed.

    Gives the numbers of the organisations whose events are to be counted anew (none where all was written). Without
    `drop` organisations that are gone are left standing, for parts that follow to take their events away.
    """
    gone = scope.events - {event.id for event in found.events} if scope is not None else None
    laid = lay_over(connection, found, gone=gone)
    timeline = laid.timeline
    log = ChangeLog(connection, timeline)
    organizations = _save_organizations(connection, timeline, scope, log)
    bodies = _Bodies(connection, timeline, organizations, scope)
    events, touched = _save_events(connection, laid, bodies, scope, log)
    _save_partnerships(connection, timeline, events, bodies, scope)
    _save_judgements(connection, timeline, scope)
    if drop:
        drop_organizations(connection, organizations.gone_numbers)
    log.write(at)
    if scope is not None:
        reshow_parties(connection, (*organizations.changed, *organizations.gone), at=at)
    return touched - set(organizations.gone_numbers) if scope is not None else set()


def drop_organizations(connection: Connection, numbers: Sequence[int]) -> None:
    """Delete organisations that no event names any more."""
    search.unindex(connection, search.ORGANIZATIONS_INDEX, numbers)
    _delete_parts(connection, ORGANIZATIONS, "number", numbers)


class _Bodies:
    """The organisations that the events of a part name: their numbers, and all their names."""

    def __init__(
        self, connection: Connection, timeline: Timeline, written: Difference, scope: Scope | None
    ) -> None:
        self.numbers = dict(written.numbers)
        self.names = {o.id: o.names for o in timeline.organizations}
        if scope is None:
            return
        named = {p.organization for event in timeline.events for p in event.organizations}
        named |= {key for tie in timeline.partnerships for key in tie.organizations}
        wanted = sorted(named - self.numbers.keys())
        table = ORGANIZATIONS.c
        found: dict[str, list[str]] = {}
        query = select(table.id, table.number, NAMES.c.name).join(NAMES, NAMES.c.organization == table.number)
        for batch in in_batches(wanted):
            for row in connection.execute(
                query.where(table.id.in_(batch)).order_by(table.id, NAMES.c.position)
            ):
                self.numbers[row.id] = row.number
                found.setdefault(row.id, []).append(row.name)
        self.names.update((key, tuple(names)) for key, names in found.items())


def _save_organizations(
    connection: Connection, timeline: Timeline, scope: Scope | None, log: ChangeLog
) -> Difference:
    if scope is None:
        made = organization_rows(timeline)
    else:
        counted = _count_known(connection, [o.id for o in timeline.organizations])
        made = [organization_row(o, *counted.get(o.id, (0, None, None))) for o in timeline.organizations]
    rows = {row["id"]: row for row in made}
    wanted = {key: row["digest"] for key, row in rows.items()}
    difference = compare(connection, ORGANIZATIONS, wanted, scope.organizations if scope else None)
    renamed_ids = log.see_organizations(difference)
    _write(connection, ORGANIZATIONS, rows, difference)
    renamed = [o for o in timeline.organizations if o.id in renamed_ids]
    numbers = [difference.numbers[o.id] for o in renamed]
    _delete_parts(connection, NAMES, "organization", numbers)
    search.unindex(connection, search.ORGANIZATIONS_INDEX, numbers)
    for batch in in_batches(renamed):
        insert_rows(connection, NAMES, [row for o in batch for row in name_rows(o, difference.numbers[o.id])])
        documents = [(difference.numbers[o.id], search.fold_all((o.name, *o.names))) for o in batch]
        search.index(connection, search.ORGANIZATIONS_INDEX, documents)
    return difference


def _count_known(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[int, str | None, str | None]]:
    table = ORGANIZATIONS.c
    query = select(table.id, table.events, table.first, table.last)
    return {
        row.id: (row.events, row.first, row.last)
        for batch in in_batches(ids)
        for row in connection.execute(query.where(table.id.in_(batch)))
    }


def _save_events(
    connection: Connection, laid: Laid, bodies: _Bodies, scope: Scope | None, log: ChangeLog
) -> tuple[Mapping[str, int], set[int]]:
    """Write the events that are new or changed, with all that hangs on them, and take away those that are gone.

    Give the numbers of all events by id, and those of the organisations that took or take part in what changed.
    """
    timeline, found = laid.timeline, laid.found
    documents = {event.id: event_document(event, bodies.names) for event in timeline.events}
    rows = {e.id: event_row(e, documents[e.id], machine=found.get(e.id)) for e in timeline.events}
    wanted = {key: row["digest"] for key, row in rows.items()}
    difference = compare(connection, EVENTS, wanted, scope.events if scope else None)
    log.see_events(difference)
    changed = [difference.numbers[key] for key in difference.changed]
    had = _find_members(connection, [*changed, *difference.gone_numbers]) if scope is not None else set()
    search.unindex(connection, search.EVENTS_INDEX, [*changed, *difference.gone_numbers])
    for table in PARTS.values():
        _delete_parts(connection, table, "event", changed)
    _delete_parts(connection, EVENTS, "number", difference.gone_numbers)
    _write(connection, EVENTS, rows, difference)
    touched = [event for event in timeline.events if event.id in difference.touched]
    waiting = iter(touched)
    while batch := list(islice(waiting, 2000)):
        parts = [
            event_parts(e, difference.numbers[e.id], bodies.numbers, machine=found.get(e.id)) for e in batch
        ]
        for name, table in PARTS.items():
            insert_rows(connection, table, [row for part in parts for row in part[name]])
        search.index(
            connection, search.EVENTS_INDEX, [(difference.numbers[e.id], documents[e.id]) for e in batch]
        )
    has = {bodies.numbers[p.organization] for event in touched for p in event.organizations}
    return difference.numbers, had | has


def _find_members(connection: Connection, events: Sequence[int]) -> set[int]:
    query = select(PARTICIPATIONS.c.organization).distinct()
    return {
        row.organization
        for batch in in_batches(events)
        for row in connection.execute(query.where(PARTICIPATIONS.c.event.in_(batch)))
    }


def _save_partnerships(
    connection: Connection,
    timeline: Timeline,
    events: Mapping[str, int],
    bodies: _Bodies,
    scope: Scope | None,
) -> None:
    rows = {p.id: partnership_row(p, events[p.event]) for p in timeline.partnerships}
    # those of events that are gone went with them
    known = _find_ties(connection, events.values()) if scope is not None else None
    wanted = {key: row["digest"] for key, row in rows.items()}
    difference = compare(connection, PARTNERSHIPS, wanted, known)
    changed = [difference.numbers[key] for key in difference.changed]
    _delete_parts(connection, PARTNERS, "partnership", changed)
    _delete_parts(connection, PARTNERSHIPS, "number", difference.gone_numbers)
    _write(connection, PARTNERSHIPS, rows, difference)
    touched = [p for p in timeline.partnerships if p.id in difference.touched]
    for batch in in_batches(touched):
        partners = [row for p in batch for row in partner_rows(p, difference.numbers[p.id], bodies.numbers)]
        insert_rows(connection, PARTNERS, partners)


def _find_ties(connection: Connection, events: Iterable[int]) -> frozenset[str]:
    query = select(PARTNERSHIPS.c.id)
    return frozenset(
        row.id
        for batch in in_batches(sorted(events))
        for row in connection.execute(query.where(PARTNERSHIPS.c.event.in_(batch)))
    )


def _save_judgements(connection: Connection, timeline: Timeline, scope: Scope | None) -> None:
    table = JUDGEMENTS
    wanted = {(row["left"], row["right"], row["by"]): row for row in map(judgement_row, timeline.judgements)}
    sides = None if scope is None else scope.judgements | {(left, right) for left, right, _ in wanted}
    known = _find_judgements(connection, sides)
    # what persons said is written and taken back in verdicts.py alone
    stale = [
        key
        for key, digest in known.items()
        if key[2] == RULES and (key not in wanted or wanted[key]["digest"] != digest)
    ]
    fresh = [
        r
        for key, r in wanted.items()
        if known.get(key) != r["digest"] and (key[2] == RULES or key not in known)
    ]
    if stale:
        same = [table.c[name] == bindparam(f"b_{name}") for name in ("left", "right", "by")]
        rows = [{"b_left": left, "b_right": right, "b_by": by} for left, right, by in stale]
        connection.execute(delete(table).where(*same), rows)
    for batch in in_batches(fresh):
        insert_rows(connection, table, batch)


def _find_judgements(
    connection: Connection, sides: Collection[tuple[str, str]] | None
) -> dict[tuple[str, str, str], str]:
    table = JUDGEMENTS.c
    query = select(table.left, table.right, table.by, table.digest)
    if sides is None:
        return {(r.left, r.right, r.by): r.digest for r in connection.execute(query)}
    return {
        (r.left, r.right, r.by): r.digest
        for batch in in_batches(sorted({left for left, _ in sides}))
        for r in connection.execute(query.where(table.left.in_(batch)))
        if (r.left, r.right) in sides
    }


def _write(connection: Connection, table: Table, rows: Mapping[str, Row], difference: Difference) -> None:
    """Insert what is fresh and update what changed."""
    for batch in in_batches(difference.fresh):
        insert_rows(connection, table, [{**rows[key], "number": difference.numbers[key]} for key in batch])
    columns: dict[str, BindParameter[Any]] = {
        c.name: bindparam(f"b_{c.name}") for c in table.c if c.name not in ("number", "id")
    }
    statement = update(table).where(table.c.id == bindparam("b_id")).values(columns)
    for batch in in_batches(difference.changed):
        connection.execute(
            statement, [{f"b_{name}": rows[key][name] for name in (*columns, "id")} for key in batch]
        )


def _delete_parts(connection: Connection, table: Table, key: str, numbers: Sequence[int]) -> None:
    if numbers:
        statement = delete(table).where(table.c[key] == bindparam("b_number"))
        connection.execute(statement, [{"b_number": number} for number in numbers])
