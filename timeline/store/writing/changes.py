"""The log of what changed in the chronology: differences in, numbered changes and forwarding addresses out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from timeline.chronology import Change, ChangeKind, Timeline
from timeline.store.connect import Store
from timeline.store.loading import insert_rows
from timeline.store.revisions import grow
from timeline.store.rows import Row
from timeline.store.tables import CHANGES, EVENTS, FORWARDS, NAMES, ORGANIZATIONS, SOURCES
from timeline.store.writing.difference import Difference, in_batches

Subject = Literal["event", "organization"]


def find_changes(store: Store, *, since: int = 0, limit: int = 1000) -> list[Change]:
    """List the changes after number `since`, in order."""
    query = select(CHANGES).where(CHANGES.c.sequence > since).order_by(CHANGES.c.sequence).limit(limit)
    with store.read() as connection:
        return [Change.model_validate(dict(row._mapping)) for row in connection.execute(query)]


def resolve_id(connection: Connection, id: str) -> str:
    """Give the id that an id which is no more was joined into, or the id itself."""
    target = connection.execute(select(FORWARDS.c.target).where(FORWARDS.c.id == id)).scalar()
    return str(target) if target is not None else id


def log_change(
    connection: Connection,
    kind: ChangeKind,
    subject: Subject,
    id: str,
    *,
    other: str | None = None,
    reason: str,
    at: str | None,
) -> None:
    """Write one change at once; call it while "changes" are held."""
    row = {"kind": kind, "subject": subject, "id": id, "other": other, "reason": reason, "at": at}
    connection.execute(insert(CHANGES).values({**row, "sequence": grow(connection, "changes")}))


class ChangeLog:
    """Gather a transaction's changes while the old rows still stand, and write them at its end."""

    def __init__(self, connection: Connection, timeline: Timeline) -> None:
        self._connection = connection
        self._timeline = timeline
        self._rows: list[Row] = []
        self._forwards: dict[str, str] = {}
        self._alive: list[str] = []

    def see_events(self, difference: Difference) -> None:
        """Note what the events' difference means: a gone event whose reports another one has was merged."""
        owners = {(s.page, s.mention): event.id for event in self._timeline.events for s in event.sources}
        before = self._old_reports([*difference.changed, *difference.gone], difference)
        fresh = set(difference.fresh)
        for key in difference.changed:
            moved = {owners.get(report) for report in before[key]} & fresh
            for other in sorted(filter(None, moved)):
                self._note("split", "event", key, "some of its reports tell of another event", other)
            self._note("updated", "event", key, "its reports or what they say changed")
        self._see_gone(
            "event", difference, {key: [owners.get(r) for r in before[key]] for key in difference.gone}
        )
        self._see_fresh("event", difference)

    def see_organizations(self, difference: Difference) -> frozenset[str]:
        """Note what the organisations' difference means, and give the ids of those whose names are new.

        A gone one whose names another one has was merged; one more event is no change of an organisation.
        """
        names = {o.id: o.names or (o.name,) for o in self._timeline.organizations}
        owners = {name: id for id, known in names.items() for name in known}
        before = self._old_names([*difference.changed, *difference.gone])
        renamed = [key for key in difference.changed if tuple(before[key]) != names[key]]
        for key in renamed:
            if set(before[key]) != set(names[key]):
                self._note("updated", "organization", key, "its names changed")
        heirs = {key: [owners.get(name) for name in before[key]] for key in difference.gone}
        self._see_gone("organization", difference, heirs)
        self._see_fresh("organization", difference)
        return frozenset((*renamed, *difference.fresh))

    def write(self, at: str | None) -> None:
        """Write what was noted."""
        self._write_forwards()
        if not self._rows:
            return
        last = grow(self._connection, "changes", len(self._rows))
        first = last - len(self._rows) + 1
        rows = [{**row, "sequence": first + i, "at": at} for i, row in enumerate(self._rows)]
        for batch in in_batches(rows):
            insert_rows(self._connection, CHANGES, batch)

    def _note(
        self, kind: ChangeKind, subject: Subject, key: str, reason: str, other: str | None = None
    ) -> None:
        self._rows.append({"kind": kind, "subject": subject, "id": key, "other": other, "reason": reason})

    def _see_fresh(self, subject: Subject, difference: Difference) -> None:
        self._alive.extend(difference.fresh)
        for key in difference.fresh:
            self._note("created", subject, key, "pages tell of it")

    def _see_gone(
        self, subject: Subject, difference: Difference, heirs: Mapping[str, Iterable[str | None]]
    ) -> None:
        for key in difference.gone:
            found = Counter(heir for heir in heirs[key] if heir is not None)
            if not found:
                self._note("deleted", subject, key, "no page tells of it any more")
                continue
            heir = min(found, key=lambda one: (-found[one], one))
            self._forwards[key] = heir
            self._note("merged", subject, key, "another one has its reports or names", heir)

    def _old_reports(self, keys: list[str], difference: Difference) -> dict[str, list[tuple[str, str]]]:
        out: dict[str, list[tuple[str, str]]] = defaultdict(list)
        query = select(EVENTS.c.id, SOURCES.c.page, SOURCES.c.mention).join(
            SOURCES, SOURCES.c.event == EVENTS.c.number
        )
        for batch in in_batches(keys):
            for row in self._connection.execute(query.where(EVENTS.c.id.in_(batch))):
                out[row.id].append((row.page, row.mention))
        return out

    def _old_names(self, keys: list[str]) -> dict[str, list[str]]:
        out: dict[str, list[str]] = defaultdict(list)
        joined = ORGANIZATIONS.c.number == NAMES.c.organization
        query = select(ORGANIZATIONS.c.id, NAMES.c.name).join(NAMES, joined).order_by(NAMES.c.position)
        for batch in in_batches(keys):
            for row in self._connection.execute(query.where(ORGANIZATIONS.c.id.in_(batch))):
                out[row.id].append(row.name)
        return out

    def _write_forwards(self) -> None:
        for batch in in_batches(self._alive):
            self._connection.execute(delete(FORWARDS).where(FORWARDS.c.id.in_(batch)))
        if not self._forwards:
            return
        rows = [{"b_id": key, "b_target": target} for key, target in self._forwards.items()]
        moved = (
            update(FORWARDS)
            .where(FORWARDS.c.target == bindparam("b_id"))
            .values(target=bindparam("b_target"))
        )
        self._connection.execute(moved, rows)
        fresh = [{"id": key, "target": target} for key, target in self._forwards.items()]
        self._connection.execute(delete(FORWARDS).where(FORWARDS.c.id == bindparam("b_id")), rows)
        self._connection.execute(insert(FORWARDS), fresh)
