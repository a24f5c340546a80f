"""The machine's chronology in, what is shown out: each event with its corrections laid over it, wherever it has gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, select, update

from timeline.chronology import Correction, Event, Partnership, Timeline
from timeline.store.review.homes import Claim, find_homes
from timeline.store.review.parties import settle_parties
from timeline.store.tables import CORRECTIONS, EVENTS, PARTNERSHIPS, RECORDS
from timeline.store.writing.changes import log_change
from timeline.store.writing.corrected import Told, correct
from timeline.store.writing.rewrite import add_organizations, rewrite_event


@dataclass(frozen=True, slots=True)
class Laid:
    """A chronology as it is shown; `found` holds, by id of event, what the machine found of those that are corrected."""

    timeline: Timeline
    found: Mapping[str, str] = field(default_factory=dict)


def lay_over(connection: Connection, timeline: Timeline, *, gone: Collection[str] | None = None) -> Laid:
    """Lay the corrections over events and partnerships that are about to be written; call it before any row is changed.

    Whoever writes events calls this and writes what it gives: `timeline` in place of his own, and event_row() and
    event_parts() with `machine=found.get(id)`. `timeline` is the whole chronology; or, with `gone`, the events that are
    new or changed, all other rows staying as they are but those of the ids that are gone.

    A correction goes where most of the reports are that the person saw; so it follows merges and splits.
    """
    active = _find_active(connection)
    if not active:
        return Laid(timeline)
    homes = find_homes(connection, active, timeline, gone)
    by_event: dict[str, list[Correction]] = defaultdict(list)
    for claim in active:
        home = homes[claim.number]
        if home is not None:
            by_event[home].append(claim.correction)
    _move(
        connection,
        {claim.number: homes[claim.number] for claim in active if homes[claim.number] != claim.target},
    )
    return _correct_all(connection, timeline, by_event, is_whole=gone is None)


def show_event(connection: Connection, id: str, *, at: str | None) -> None:
    """Write the event of an id anew, with the corrections that now hold; call it while "changes" are held."""
    found = read_found(connection, id)
    number = connection.execute(select(EVENTS.c.number).where(EVENTS.c.id == id)).scalar()
    if found is None or number is None:
        return
    corrections = [c.correction for c in _find_active(connection, event=id)]
    settled, fresh = settle_parties(connection, corrections, (), is_whole=False)
    add_organizations(connection, fresh)
    for body in fresh:
        log_change(connection, "created", "organization", body.id, reason="a correction names it", at=at)
    told = correct(found, [settled[c.id] for c in corrections]) if corrections else found
    rewrite_event(connection, number, told, machine=found.model_dump_json() if corrections else None)


def reshow_parties(connection: Connection, organizations: Collection[str], *, at: str | None) -> None:
    """Write anew the events to which corrections add one of these organisations; call it when they are gone or renamed."""
    wanted = set(organizations)
    for claim in _find_active(connection, field="party") if wanted else ():
        if claim.correction.value in wanted and claim.target is not None:
            show_event(connection, claim.target, at=at)


def read_found(connection: Connection, id: str) -> Told | None:
    """Give what the machine found of an event, whatever is said of it; None for an unknown id."""
    query = select(RECORDS.c.record, RECORDS.c.machine, EVENTS.c.number).join(
        EVENTS, EVENTS.c.number == RECORDS.c.event
    )
    row = connection.execute(query.where(EVENTS.c.id == id)).first()
    if row is None:
        return None
    if row.machine is not None:
        return Told.model_validate_json(row.machine)
    ties = select(PARTNERSHIPS.c.record).where(PARTNERSHIPS.c.event == row.number).order_by(PARTNERSHIPS.c.id)
    return Told(
        event=Event.model_validate_json(row.record),
        partnerships=tuple(Partnership.model_validate_json(t.record) for t in connection.execute(ties)),
    )


def _find_active(
    connection: Connection, *, event: str | None = None, field: str | None = None
) -> list[Claim]:
    table = CORRECTIONS.c
    query = select(table.number, table.target, table.record).where(table.withdrawn_at.is_(None))
    if event is not None:
        query = query.where(table.target == event)
    if field is not None:
        query = query.where(table.field == field)
    rows = connection.execute(query.order_by(table.number))
    return [Claim(r.number, r.target, Correction.model_validate_json(r.record)) for r in rows]


def _move(connection: Connection, homes: Mapping[int, str | None]) -> None:
    if homes:
        table = CORRECTIONS.c
        statement = update(CORRECTIONS).where(table.number == bindparam("b_number"))
        rows = [{"b_number": number, "b_target": home} for number, home in homes.items()]
        connection.execute(statement.values(target=bindparam("b_target")), rows)


def _correct_all(
    connection: Connection, timeline: Timeline, by_event: Mapping[str, list[Correction]], *, is_whole: bool
) -> Laid:
    every = [c for corrections in by_event.values() for c in corrections]
    settled, fresh = settle_parties(connection, every, timeline.organizations, is_whole=is_whole)
    ties: dict[str, list[Partnership]] = defaultdict(list)
    others: list[Partnership] = []
    for tie in timeline.partnerships:
        (ties[tie.event] if tie.event in by_event else others).append(tie)
    told, found = {}, {}
    for event in timeline.events:
        if event.id in by_event:
            machine = Told(event=event, partnerships=tuple(sorted(ties[event.id], key=lambda tie: tie.id)))
            told[event.id] = correct(machine, [settled[c.id] for c in by_event[event.id]])
            found[event.id] = machine.model_dump_json()
    shown = [told[event.id].event if event.id in told else event for event in timeline.events]
    corrected = (tie for one in told.values() for tie in one.partnerships)
    update = {
        "events": tuple(shown),
        "partnerships": tuple(sorted((*others, *corrected), key=lambda tie: tie.id)),
        "organizations": tuple(sorted((*timeline.organizations, *fresh), key=lambda o: o.id)),
    }
    return Laid(timeline.model_copy(update=update), found)
