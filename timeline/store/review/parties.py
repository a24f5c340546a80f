"""What a person calls an organisation in, the organisation of the chronology out, by id, forwarding address or whole name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, or_, select

from timeline.chronology import Correction, Organization
from timeline.errors import UsageError
from timeline.store.search import fold, spellings
from timeline.store.tables import NAMES, ORGANIZATIONS
from timeline.store.writing.changes import resolve_id

_NEAR = 5


def find_organization(connection: Connection, wanted: str) -> Organization | None:
    """Find an organisation by id, by an id that was joined into it, or by a whole name that no other one has.

    Raises UsageError, naming some of them, where several have the name.
    """
    table = ORGANIZATIONS.c
    by_id = select(table.id, table.name).where(table.id == resolve_id(connection, wanted))
    if (row := connection.execute(by_id).first()) is not None:
        return Organization(id=row.id, name=row.name)
    rows = _named(connection, wanted)
    own = [row for row in rows if row.name == wanted] or rows
    if len(own) > 1:
        told = ", ".join(f"{row.id} {row.name}" for row in own[:_NEAR])
        raise UsageError(f"{wanted} names {len(own)} organisations; take the id of one: {told}")
    return own[0] if own else None


def new_organization(name: str) -> Organization:
    """Make the organisation of a name that no page gives."""
    digest = hashlib.sha256(f"named\0{fold(name)}".encode()).hexdigest()[:16]
    return Organization(id=f"o{digest}", name=name, names=(name,))


def name_near(connection: Connection, wanted: str) -> str:
    """Say which names hold what was wanted, for the end of a message."""
    like = or_(*(NAMES.c.folded.contains(way, autoescape=True) for way in spellings(fold(wanted))))
    rows = connection.execute(select(NAMES.c.name).where(like).order_by(NAMES.c.name).limit(_NEAR)).all()
    return f"; did you mean {', '.join(row.name for row in rows)}?" if rows else "; give its id or whole name"


def settle_parties(
    connection: Connection,
    corrections: Sequence[Correction],
    organizations: Iterable[Organization],
    *,
    is_whole: bool,
) -> tuple[dict[str, Correction], list[Organization]]:
    """Point corrections of parties at organisations as they are now; give them by id, and the organisations to be made.

    `organizations` are those about to be written; unless they are the whole, others are looked up as they are stored.
    """
    wanted = {c.value for c in corrections if c.field == "party"}
    if not wanted:
        return {c.id: c for c in corrections}, []
    given = {o.id: o for o in organizations}
    by_name = (
        {name: o for o in given.values() for name in (o.name, *o.names)} if wanted - given.keys() else {}
    )
    settled: dict[str, Correction] = {}
    made: dict[str, Organization] = {}
    for correction in corrections:
        settled[correction.id] = correction
        if correction.field != "party" or correction.value is None:
            continue
        body = given.get(correction.value) or by_name.get(correction.name or "")
        if body is None and not is_whole:
            body = _stored(connection, correction)
        if body is None and correction.action == "add":
            body = Organization(id=correction.value, name=correction.name or correction.value)
            made[body.id] = body.model_copy(update={"names": (body.name,)})
        if body is not None:
            update = {"value": body.id, "name": body.name}
            settled[correction.id] = correction.model_copy(update=update)
    return settled, [made[key] for key in sorted(made)]


def _stored(connection: Connection, correction: Correction) -> Organization | None:
    """Find the organisation of a correction in the store; two of one name are none."""
    try:
        found = find_organization(connection, correction.value or "")
        return found or find_organization(connection, correction.name or "")
    except UsageError:
        return None


def _named(connection: Connection, wanted: str) -> list[Organization]:
    table = ORGANIZATIONS.c
    named = (
        select(table.id, table.name)
        .join(NAMES, NAMES.c.organization == table.number)
        .where(NAMES.c.folded.in_(spellings(fold(wanted))))
        .distinct()
        .order_by(table.id)
    )
    return [Organization(id=row.id, name=row.name) for row in connection.execute(named)]
