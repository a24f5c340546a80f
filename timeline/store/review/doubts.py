"""The pairs that linking left unsure and no person has decided, as events and organisations are now, the likeliest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from timeline.chronology import Judgement
from timeline.store.connect import Store
from timeline.store.review.verdicts import RULES, subject_of
from timeline.store.revisions import read
from timeline.store.search import fold
from timeline.store.tables import EVENTS, JUDGEMENTS, NAMES, ORGANIZATIONS, SOURCES
from timeline.store.writing.changes import Subject
from timeline.store.writing.difference import in_batches


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two things of one subject that may be one, by their ids in order, with the judgements that say so, best first."""

    subject: Subject
    ids: tuple[str, str]
    judgements: tuple[Judgement, ...]

    @property
    def key(self) -> tuple[int, str]:
        """Give what doubts are sorted by: the score, highest first, then the ids."""
        return -round(self.judgements[0].score * 10**6), " ".join(self.ids)


def find_doubts(store: Store, connection: Connection) -> list[Doubt]:
    """List all doubts; what was found is kept with the store until something is written."""
    table = JUDGEMENTS.c
    unsure = connection.execute(
        select(func.count()).select_from(JUDGEMENTS).where(table.verdict == "unsure", table.by == RULES)
    ).scalar_one()
    state = (read(connection, "pages"), read(connection, "changes"), unsure)
    if store.doubts is None or store.doubts[0] != state:
        store.doubts = (state, _find(connection))
    return store.doubts[1]


def _find(connection: Connection) -> list[Doubt]:
    table = JUDGEMENTS.c
    unsure = _judgements(connection, (table.verdict == "unsure", table.by == RULES))
    said = _judgements(connection, (table.by != RULES,))
    things = {thing for judgement in (*unsure, *said) for thing in (judgement.left, judgement.right)}
    owners = find_owners(connection, things)
    decided = {_ids(judgement, owners) for judgement in said}
    found: dict[tuple[str, str], list[Judgement]] = {}
    for judgement in unsure:
        ids = _ids(judgement, owners)
        if ids is not None and ids[0] != ids[1] and ids not in decided:
            found.setdefault(ids, []).append(judgement)
    doubts = [Doubt(subject_of(of[0]), ids, tuple(of)) for ids, of in found.items()]
    return sorted(doubts, key=lambda doubt: doubt.key)


def _judgements(connection: Connection, where: tuple[object, ...]) -> list[Judgement]:
    table = JUDGEMENTS.c
    wanted = select(table.record).where(*where).order_by(table.score.desc(), table.left, table.right)  # type: ignore[arg-type]
    return [Judgement.model_validate_json(row.record) for row in connection.execute(wanted)]


def _ids(judgement: Judgement, owners: dict[str, str]) -> tuple[str, str] | None:
    left, right = owners.get(judgement.left), owners.get(judgement.right)
    if left is None or right is None:
        return None
    return (left, right) if left <= right else (right, left)


def find_owners(connection: Connection, things: Collection[str]) -> dict[str, str]:
    """Give the ids of the events of reports ("page/mention") and of the organisations of names; no rejected events."""
    reports = {thing for thing in things if "/" in thing}
    owners = _owners_of_reports(connection, reports)
    owners.update(_owners_of_names(connection, set(things) - owners.keys()))
    return owners


def _owners_of_reports(connection: Connection, reports: Iterable[str]) -> dict[str, str]:
    wanted = set(reports)
    pages = sorted({thing.partition("/")[0] for thing in wanted})
    query = (
        select(SOURCES.c.page, SOURCES.c.mention, EVENTS.c.id)
        .join(EVENTS, EVENTS.c.number == SOURCES.c.event)
        .where(EVENTS.c.review != "rejected")
    )
    return {
        f"{row.page}/{row.mention}": row.id
        for batch in in_batches(pages)
        for row in connection.execute(query.where(SOURCES.c.page.in_(batch)))
        if f"{row.page}/{row.mention}" in wanted
    }


def _owners_of_names(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    wanted = set(names)
    query = select(NAMES.c.name, ORGANIZATIONS.c.id).join(
        ORGANIZATIONS, ORGANIZATIONS.c.number == NAMES.c.organization
    )
    return {
        row.name: row.id
        for batch in in_batches(sorted({fold(name) for name in wanted}))
        for row in connection.execute(query.where(NAMES.c.folded.in_(batch)).order_by(ORGANIZATIONS.c.id))
        if row.name in wanted
    }
