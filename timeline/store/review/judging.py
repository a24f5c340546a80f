"""What persons say of two events or two organisations by their ids in, verdicts over the raw facts beneath them out."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, select

from timeline.chronology import Judgement
from timeline.errors import NotFoundError, UsageError
from timeline.store.connect import Store
from timeline.store.review.claims import check_signature
from timeline.store.review.doubts import find_doubts
from timeline.store.review.verdicts import add_judgement, find_verdicts, retract_judgement
from timeline.store.revisions import hold
from timeline.store.tables import EVENTS, NAMES, ORGANIZATIONS, SOURCES
from timeline.store.writing.changes import resolve_id


def save_verdict(
    store: Store,
    left: str,
    right: str,
    verdict: Literal["same", "different"],
    *,
    by: str,
    at: str,
    reason: str = "",
) -> list[Judgement]:
    """Say that two events, or two organisations, are or are not the same, and give the verdicts that were written.

    They are written over reports and names, which stand when ids change: over the first of each side, and over every
    pair that linking left unsure between the two. The chronology follows with the next linking.

    Raises NotFoundError for an unknown id, UsageError for two ids of one thing or of different kinds.
    """
    who, when = check_signature(by, at)
    with store.write() as connection:
        hold(connection, "changes")
        hold(connection, "pages")
        one, other = _read_thing(connection, left), _read_thing(connection, right)
        if one[0] == other[0]:
            raise UsageError(f"{left} and {right} are one already")
        if ("/" in one[1]) != ("/" in other[1]):
            raise UsageError("an event and an organisation cannot be the same")
        ids = tuple(sorted((one[0], other[0])))
        pairs = {tuple(sorted((one[1], other[1])))}
        for doubt in find_doubts(store, connection):
            if doubt.ids == ids:
                pairs.update((judgement.left, judgement.right) for judgement in doubt.judgements)
        judgements = [
            Judgement(
                left=a,
                right=b,
                verdict=verdict,
                score=1.0,
                reasons=(reason,) if reason else (),
                by=who,
                at=when,
            )
            for a, b in sorted(pairs)
        ]
        for judgement in judgements:
            add_judgement(connection, judgement)
    return judgements


def withdraw_verdict(store: Store, left: str, right: str, *, by: str, at: str) -> list[Judgement]:
    """Take back what somebody said of two events or organisations, and give the verdicts that are no more.

    Where they have become one, the latest verdict that joined them is taken back.

    Raises NotFoundError for an unknown id, or where this person said nothing of the two.
    """
    who, when = check_signature(by, at)
    with store.write() as connection:
        hold(connection, "changes")
        hold(connection, "pages")
        one, other = (_read_thing(connection, id)[0] for id in (left, right))
        facts = [_facts(connection, id) for id in (one, other)]
        said = [
            j
            for j in find_verdicts(connection, who)
            if (j.left in facts[0] and j.right in facts[1]) or (j.left in facts[1] and j.right in facts[0])
        ]
        if one == other:
            latest = max((j.at or "" for j in said), default="")
            said = [j for j in said if j.verdict == "same" and (j.at or "") == latest]
        if not said:
            raise NotFoundError(f"{who} has said nothing of {left} and {right}")
        for judgement in said:
            retract_judgement(connection, judgement, at=when)
    return said


def _facts(connection: Connection, id: str) -> set[str]:
    """Give every raw fact that stands for an event or organisation: its reports, or its names."""
    reports = select(SOURCES.c.page, SOURCES.c.mention).join(EVENTS, EVENTS.c.number == SOURCES.c.event)
    found = {f"{r.page}/{r.mention}" for r in connection.execute(reports.where(EVENTS.c.id == id))}
    names = select(NAMES.c.name).join(ORGANIZATIONS, ORGANIZATIONS.c.number == NAMES.c.organization)
    return found | {row.name for row in connection.execute(names.where(ORGANIZATIONS.c.id == id))}


def _read_thing(connection: Connection, id: str) -> tuple[str, str]:
    """Give the id as it is now, and a raw fact that stands for it: its first report, or its name."""
    here = resolve_id(connection, id)
    report = (
        select(SOURCES.c.page, SOURCES.c.mention)
        .join(EVENTS, EVENTS.c.number == SOURCES.c.event)
        .where(EVENTS.c.id == here)
        .order_by(SOURCES.c.position)
    )
    if (row := connection.execute(report.limit(1)).first()) is not None:
        return here, f"{row.page}/{row.mention}"
    name = (
        select(NAMES.c.name)
        .join(ORGANIZATIONS, ORGANIZATIONS.c.number == NAMES.c.organization)
        .where(ORGANIZATIONS.c.id == here)
        .order_by(NAMES.c.position)
    )
    if (found := connection.execute(name.limit(1)).scalar()) is not None:
        return here, str(found)
    raise NotFoundError(f"no event and no organisation has the id {id!r}")
