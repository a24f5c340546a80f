"""What persons correct in, kept beside what the machine found and laid over it at once; taken back, listed, never deleted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, exists, func, insert, select, update

from timeline.chronology import Correction, Event
from timeline.errors import NotFoundError, UsageError
from timeline.store.chronicle.overlay import read_found, show_event
from timeline.store.chronicle.part import drop_organizations
from timeline.store.connect import Store
from timeline.store.review.claims import check_claim, check_signature
from timeline.store.review.homes import find_home, render_report
from timeline.store.review.parties import new_organization
from timeline.store.revisions import hold
from timeline.store.tables import CORRECTIONS, EVENTS, ORGANIZATIONS, PARTICIPATIONS, RECORDS
from timeline.store.writing.changes import log_change, resolve_id
from timeline.store.writing.corrected import is_effective, say


def save_correction(store: Store, correction: Correction) -> Correction:
    """Write what a person says of an event, show the event so from now on, and give the correction as it was kept.

    The event may be named by an id that was joined into another. Said again word for word it changes nothing.

    Raises NotFoundError for an unknown event, UsageError for a value that cannot be.
    """
    with store.write() as connection:
        hold(connection, "changes")
        return add_correction(connection, correction)


def save_corrections(store: Store, corrections: Sequence[Correction]) -> list[Correction]:
    """Write what a person says at once, all of it or nothing, and give the corrections as they were kept.

    Raises as save_correction() does.
    """
    with store.write() as connection:
        hold(connection, "changes")
        return [add_correction(connection, correction) for correction in corrections]


def withdraw_correction(store: Store, id: str, *, by: str, at: str) -> Correction:
    """Take a correction back and show the event without it; its history stays. Twice is once.

    Raises NotFoundError for an unknown correction, UsageError where nobody signs or `at` is no instant.
    """
    with store.write() as connection:
        hold(connection, "changes")
        return retract_correction(connection, id, by=by, at=at)


def find_corrections(store: Store, *, event: str | None = None, active_only: bool = True) -> list[Correction]:
    """List corrections in the order in which they were made, of all events or of one and those joined into it."""
    table = CORRECTIONS.c
    wanted = select(table.record).order_by(table.number)
    if active_only:
        wanted = wanted.where(table.withdrawn_at.is_(None))
    with store.read() as connection:
        if event is not None:
            wanted = wanted.where(table.target == resolve_id(connection, event))
        return [Correction.model_validate_json(row.record) for row in connection.execute(wanted)]


def add_correction(connection: Connection, correction: Correction) -> Correction:
    """Do what save_correction() does, within a transaction that holds the changes."""
    event = find_home(connection, correction.event, correction.reports)
    found = read_found(connection, event) if event is not None else None
    if event is None or found is None:
        raise NotFoundError(f"no event has the id {correction.event!r}")
    seen = tuple(map(render_report, found.event.sources))
    claim = check_claim(
        connection, correction.model_copy(update={"event": event, "reports": correction.reports or seen})
    )
    known = read_correction(connection, claim.id)
    if known is not None:
        return known
    if not correction.reports:  # else it was said of the event as it was elsewhere
        _check_removal(connection, claim, found.event)
    last = connection.execute(select(func.max(CORRECTIONS.c.number))).scalar() or 0
    row = {"number": last + 1, "id": claim.id, "target": event, "field": claim.field}
    row["withdrawn_at"] = claim.withdrawn_at
    connection.execute(insert(CORRECTIONS).values({**row, "record": claim.model_dump_json()}))
    if is_effective(claim):
        _follow(connection, claim, event, f"{claim.by}: {say(claim)}", claim.at)
    return claim


def retract_correction(connection: Connection, id: str, *, by: str, at: str) -> Correction:
    """Do what withdraw_correction() does, within a transaction that holds the changes."""
    known = read_correction(connection, id)
    if known is None:
        raise NotFoundError(f"no correction has the id {id!r}")
    if not is_effective(known):
        return known
    who, when = check_signature(by, at)
    claim = known.model_copy(update={"withdrawn_by": who, "withdrawn_at": when})
    table = CORRECTIONS.c
    connection.execute(
        update(CORRECTIONS)
        .where(table.id == id)
        .values(withdrawn_at=claim.withdrawn_at, record=claim.model_dump_json())
    )
    target = connection.execute(select(table.target).where(table.id == id)).scalar()
    if target is not None:
        _follow(connection, claim, target, f"{who}: {say(claim)} taken back", when)
    _drop_unnamed(connection, claim, when)
    return claim


def read_correction(connection: Connection, id: str) -> Correction | None:
    """Give the correction of an id, active or not."""
    record = connection.execute(select(CORRECTIONS.c.record).where(CORRECTIONS.c.id == id)).scalar()
    return Correction.model_validate_json(record) if record is not None else None


def _drop_unnamed(connection: Connection, claim: Correction, at: str) -> None:
    """Delete an organisation that nothing but a correction named."""
    if claim.field != "party" or claim.name is None or claim.value != new_organization(claim.name).id:
        return
    parts = exists().where(PARTICIPATIONS.c.organization == ORGANIZATIONS.c.number)
    query = select(ORGANIZATIONS.c.number).where(ORGANIZATIONS.c.id == claim.value, ~parts)
    if (number := connection.execute(query).scalar()) is not None:
        drop_organizations(connection, [number])
        reason = "nobody names it any more"
        log_change(connection, "deleted", "organization", claim.value, reason=reason, at=at)


def _check_removal(connection: Connection, claim: Correction, found: Event) -> None:
    """Refuse to remove who takes no part, as found or as shown."""
    if claim.action != "remove":
        return
    record = connection.execute(
        select(RECORDS.c.record)
        .join(EVENTS, EVENTS.c.number == RECORDS.c.event)
        .where(EVENTS.c.id == claim.event)
    ).scalar_one()
    parties = (*Event.model_validate_json(record).organizations, *found.organizations)
    if all(party.organization != claim.value for party in parties):
        told = "、".join(dict.fromkeys(party.name for party in parties)) or "nobody"
        raise UsageError(f"{claim.name} takes no part in the event; there are {told}")


def _follow(connection: Connection, claim: Correction, event: str, said: str, at: str) -> None:
    """Show the event as it is now, and note why."""
    show_event(connection, event, at=at)
    reason = f"{said}; {claim.reason}" if claim.reason and is_effective(claim) else said
    log_change(connection, "corrected", "event", event, reason=reason, at=at)
