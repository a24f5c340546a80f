"""A Timeline in, the chronology's rows changed to match in one transaction, and back; what is the same stays, ids and all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, bindparam, delete, insert, select, update

from timeline.chronology import Event, Judgement, Organization, Partnership, Timeline
from timeline.edtf import Edtf
from timeline.records import PageFindings
from timeline.store import search
from timeline.store.changes import ChangeLog
from timeline.store.connect import Store
from timeline.store.corrected import Told
from timeline.store.difference import Difference, compare, in_batches
from timeline.store.overlay import Laid, lay_over
from timeline.store.revisions import hold, read
from timeline.store.rewrite import PARTS
from timeline.store.rows import (
    Row,
    event_document,
    event_parts,
    event_row,
    judgement_row,
    name_rows,
    organization_rows,
    partner_rows,
    partnership_row,
)
from timeline.store.save import iterate_findings
from timeline.store.tables import (
    EVENTS,
    JUDGEMENTS,
    NAMES,
    ORGANIZATIONS,
    PARTNERS,
    PARTNERSHIPS,
    RECORDS,
)
from timeline.store.verdicts import RULES

Linker = Callable[[Iterator[PageFindings], Timeline], Timeline]
_ORDERS = {
    "partnerships": (PARTNERSHIPS.c.id,),
    "judgements": (JUDGEMENTS.c.left, JUDGEMENTS.c.right, JUDGEMENTS.c.by),
}
_TRIES = 4


def load_timeline(store: Store) -> Timeline:
    """Read the whole chronology as link gave it, in its order, without what persons correct."""
    with store.read() as connection:
        return _load(connection)


def save_timeline(store: Store, timeline: Timeline, *, at: str | None = None) -> None:
    """Replace the chronology in one transaction; `at` is written beside each change.

    Raises StoreError when the database refuses; the chronology is then as it was.
    """
    with store.write() as connection:
        hold(connection, "changes")
        _save(connection, timeline, at)


def update_timeline(store: Store, link: Linker, *, at: str | None = None) -> Timeline:
    """Link every stored page and save the result, so that no page which others save meanwhile is lost.

    Linking runs outside of any lock. When pages were written in the meantime it runs again; after some tries it runs
    once more while other writers wait.
    """
    for _ in range(_TRIES):
        with store.read() as connection:
            seen = read(connection, "pages")
            timeline = link(iterate_findings(connection), _load(connection))
        with store.write() as connection:
            hold(connection, "changes")
            if hold(connection, "pages") == seen:
                _save(connection, timeline, at)
                return timeline
    with store.write() as connection:
        hold(connection, "changes")
        hold(connection, "pages")
        timeline = link(iterate_findings(connection), _load(connection))
        _save(connection, timeline, at)
        return timeline


def _load(connection: Connection) -> Timeline:
    names: dict[int, list[str]] = {}
    for row in connection.execute(select(NAMES.c.organization, NAMES.c.name).order_by(NAMES.c.position)):
        names.setdefault(row.organization, []).append(row.name)
    query = select(ORGANIZATIONS.c.number, ORGANIZATIONS.c.id, ORGANIZATIONS.c.name).order_by(
        ORGANIZATIONS.c.id
    )
    organizations = tuple(
        Organization(id=row.id, name=row.name, names=tuple(names.get(row.number, ())))
        for row in connection.execute(query)
    )
    events, ties = _load_found(connection)
    return Timeline(
        organizations=organizations,
        events=tuple(sorted(events, key=_in_time)),
        partnerships=tuple(sorted(ties, key=lambda tie: tie.id)),
        judgements=tuple(Judgement.model_validate_json(t) for t in _records(connection, JUDGEMENTS)),
    )


def _load_found(connection: Connection) -> tuple[list[Event], list[Partnership]]:
    """Read what the machine found, beneath what persons say of it."""
    events, told = [], {}
    for row in connection.execute(select(RECORDS.c.record, RECORDS.c.machine)):
        if row.machine is None:
            events.append(Event.model_validate_json(row.record))
            continue
        found = Told.model_validate_json(row.machine)
        events.append(found.event)
        told[found.event.id] = found.partnerships
    ties = [Partnership.model_validate_json(text) for text in _records(connection, PARTNERSHIPS)]
    beneath = (tie for partnerships in told.values() for tie in partnerships)
    return events, [*(tie for tie in ties if tie.event not in told), *beneath]


def _records(connection: Connection, table: Table) -> Iterator[str]:
    for row in connection.execute(select(table.c.record).order_by(*_ORDERS[table.name])):
        yield row.record


def _in_time(event: Event) -> tuple[tuple[int, int, int, str], str]:
    edtf = event.date.edtf
    return (Edtf.parse(edtf).sort_key() if edtf else (10**9, 100, 0, ""), event.id)


def _save(connection: Connection, found: Timeline, at: str | None) -> None:
    laid = lay_over(connection, found)
    timeline = laid.timeline
    log = ChangeLog(connection, timeline)
    organizations = _save_organizations(connection, timeline, log)
    events = _save_events(connection, laid, organizations.numbers, log)
    _save_partnerships(connection, timeline, events.numbers, organizations.numbers)
    _save_judgements(connection, timeline)
    search.unindex(connection, search.ORGANIZATIONS_INDEX, organizations.gone_numbers)
    _delete(connection, ORGANIZATIONS, organizations)
    log.write(at)


def _save_organizations(connection: Connection, timeline: Timeline, log: ChangeLog) -> Difference:
    rows = {row["id"]: row for row in organization_rows(timeline)}
    difference = compare(connection, ORGANIZATIONS, {key: row["digest"] for key, row in rows.items()})
    renamed_ids = log.see_organizations(difference)
    _write(connection, ORGANIZATIONS, rows, difference)
    renamed = [o for o in timeline.organizations if o.id in renamed_ids]
    numbers = [difference.numbers[o.id] for o in renamed]
    _delete_parts(connection, NAMES, "organization", numbers)
    search.unindex(connection, search.ORGANIZATIONS_INDEX, numbers)
    for batch in in_batches(renamed):
        named = [row for o in batch for row in name_rows(o, difference.numbers[o.id])]
        connection.execute(insert(NAMES), named)
        documents = [(difference.numbers[o.id], search.fold_all((o.name, *o.names))) for o in batch]
        search.index(connection, search.ORGANIZATIONS_INDEX, documents)
    return difference


def _save_events(
    connection: Connection, laid: Laid, organizations: Mapping[str, int], log: ChangeLog
) -> Difference:
    timeline, found = laid.timeline, laid.found
    names = {o.id: o.names for o in timeline.organizations}
    documents = {event.id: event_document(event, names) for event in timeline.events}
    rows = {e.id: event_row(e, documents[e.id], machine=found.get(e.id)) for e in timeline.events}
    difference = compare(connection, EVENTS, {key: row["digest"] for key, row in rows.items()})
    log.see_events(difference)
    changed = [difference.numbers[key] for key in difference.changed]
    search.unindex(connection, search.EVENTS_INDEX, [*changed, *difference.gone_numbers])
    for table in PARTS.values():
        _delete_parts(connection, table, "event", changed)
    _delete(connection, EVENTS, difference)
    _write(connection, EVENTS, rows, difference)
    touched = (event for event in timeline.events if event.id in difference.touched)
    while batch := list(islice(touched, 2000)):
        _save_parts(connection, batch, found, difference.numbers, organizations)
        search.index(
            connection, search.EVENTS_INDEX, [(difference.numbers[e.id], documents[e.id]) for e in batch]
        )
    return difference


def _save_parts(
    connection: Connection,
    events: list[Event],
    found: Mapping[str, str],
    numbers: Mapping[str, int],
    organizations: Mapping[str, int],
) -> None:
    parts = [event_parts(e, numbers[e.id], organizations, machine=found.get(e.id)) for e in events]
    for name, table in PARTS.items():
        rows = [row for part in parts for row in part[name]]
        if rows:
            connection.execute(insert(table), rows)


def _save_partnerships(
    connection: Connection, timeline: Timeline, events: Mapping[str, int], organizations: Mapping[str, int]
) -> None:
    rows = {p.id: partnership_row(p, events[p.event]) for p in timeline.partnerships}
    difference = compare(connection, PARTNERSHIPS, {key: row["digest"] for key, row in rows.items()})
    _delete_parts(
        connection, PARTNERS, "partnership", [difference.numbers[key] for key in difference.changed]
    )
    _delete(connection, PARTNERSHIPS, difference)
    _write(connection, PARTNERSHIPS, rows, difference)
    touched = [p for p in timeline.partnerships if p.id in difference.touched]
    for batch in in_batches(touched):
        partners = [row for p in batch for row in partner_rows(p, difference.numbers[p.id], organizations)]
        if partners:
            connection.execute(insert(PARTNERS), partners)


def _save_judgements(connection: Connection, timeline: Timeline) -> None:
    table = JUDGEMENTS
    wanted = {(row["left"], row["right"], row["by"]): row for row in map(judgement_row, timeline.judgements)}
    query = select(table.c.left, table.c.right, table.c.by, table.c.digest)
    known = {(row.left, row.right, row.by): row.digest for row in connection.execute(query)}
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
        connection.execute(insert(table), batch)


def _write(connection: Connection, table: Table, rows: Mapping[str, Row], difference: Difference) -> None:
    """Insert what is fresh and update what changed."""
    for batch in in_batches(difference.fresh):
        connection.execute(insert(table), [{**rows[key], "number": difference.numbers[key]} for key in batch])
    columns: dict[str, BindParameter[Any]] = {
        c.name: bindparam(f"b_{c.name}") for c in table.c if c.name not in ("number", "id")
    }
    statement = update(table).where(table.c.id == bindparam("b_id")).values(columns)
    for batch in in_batches(difference.changed):
        connection.execute(
            statement, [{f"b_{name}": rows[key][name] for name in (*columns, "id")} for key in batch]
        )


def _delete(connection: Connection, table: Table, difference: Difference) -> None:
    _delete_parts(connection, table, "number", difference.gone_numbers)


def _delete_parts(connection: Connection, table: Table, key: str, numbers: list[int]) -> None:
    if numbers:
        statement = delete(table).where(table.c[key] == bindparam("b_number"))
        connection.execute(statement, [{"b_number": number} for number in numbers])
