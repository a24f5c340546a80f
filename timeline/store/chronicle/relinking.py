"""What a linking changed in: the part of the chronology, and of what linking keeps; both written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, tuple_

from timeline.chronology import Timeline
from timeline.store.chronicle.part import Scope, drop_organizations, save_part
from timeline.store.chronicle.whole import read_chronicle
from timeline.store.connect import Store
from timeline.store.indexes import without_indexes
from timeline.store.link_tables import (
    EVIDENCE,
    LINK_BLOCKS,
    LINK_EDGES,
    LINK_NAMES,
    LINK_PAIRS,
    LINK_REPORTS,
    LINK_USES,
    LINK_WAITING,
)
from timeline.store.loading import insert_tuples
from timeline.store.revisions import hold, read, write
from timeline.store.tables import EVENTS, JUDGEMENTS, ORGANIZATIONS, PAGES
from timeline.store.writing.difference import in_batches
from timeline.store.writing.evidence import RULES, Evidence, NameRow, PairRow, UseRow
from timeline.store.writing.rewrite import recount_organizations

_TRIES = 4
_KEPT = tuple(table.name for table in EVIDENCE)
# not partnerships: those of an event are looked for while they are written
_SHOWN = (
    "events", "event_search", "organizations", "organization_names", "organization_search", "participations", "places",
    "sources", "partners", "judgements", "changes",
)  # fmt: skip
_USES = ("key", "report", "name", "type", "times")


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of what linking keeps: of names, of reports (code, page, mention), of blocks (key, day, report), of edges
    (left, right, is same).
    """

    names: Sequence[NameRow] = ()
    pairs: Sequence[PairRow] = ()
    reports: Sequence[tuple[int, str, str]] = ()
    uses: Sequence[UseRow] = ()
    blocks: Sequence[tuple[int, int, int]] = ()
    edges: Sequence[tuple[int, int, bool]] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """What of it is no more: names, pairs and reports by their codes, and reports whose blocks and edges are new."""

    names: Collection[int] = ()
    pairs: Collection[tuple[int, int]] = ()
    reports: Collection[int] = ()
    blocks_of: Collection[int] = ()
    edges_of: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Relinking:
    """A part of the chronology with what it takes the place of, and the rows of what linking keeps that go with it.

    A scope of None stands for all there is.
    """

    timeline: Timeline
    scope: Scope | None
    kept: Kept = field(default_factory=Kept)
    dropped: Dropped = field(default_factory=Dropped)


def update_chronicle(
    store: Store,
    relink: Callable[[Evidence, Timeline | None], Relinking],
    *,
    version: int,
    at: str | None = None,
) -> None:
    """Link what waits and write what it changes, so that no page which others save meanwhile is lost.

    `relink` is given the chronology where all is to be linked anew: what is kept was made by other rules than those of
    `version`, or is not there. Linking runs outside of any lock. When pages were written in the meantime it runs
    again; after some tries it runs once more while other writers wait.
    """
    for _ in range(_TRIES):
        with store.read() as connection:
            seen = read(connection, "pages")
            relinking = _relink(connection, relink, version)
        if relinking is None:
            return
        with store.write() as connection:
            hold(connection, "changes")
            if hold(connection, "pages") == seen:
                _save(connection, relinking, version, at)
                return
    with store.write() as connection:
        hold(connection, "changes")
        hold(connection, "pages")
        relinking = _relink(connection, relink, version)
        if relinking is not None:
            _save(connection, relinking, version, at)


def _relink(
    connection: Connection, relink: Callable[[Evidence, Timeline | None], Relinking], version: int
) -> Relinking | None:
    evidence = Evidence(connection)
    if read(connection, "linking") != version:
        return relink(evidence, read_chronicle(connection))
    return relink(evidence, None) if evidence.is_anything_waiting() else None


def _save(connection: Connection, relinking: Relinking, version: int, at: str | None) -> None:
    if relinking.scope is None:
        drop_all(connection)
    drop_kept(connection, relinking.dropped)
    insert_kept(connection, relinking.kept)
    touched = save_part(connection, relinking.timeline, relinking.scope, at=at)
    recount_organizations(connection, touched)
    finish(connection, version)


def count_waiting(store: Store, *, version: int) -> int:
    """Count the pages that the next linking has to link: those that wait, or all where other rules linked them."""
    with store.read() as connection:
        table = LINK_WAITING if read(connection, "linking") == version else PAGES
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def replace_chronicle(
    store: Store,
    prepare: Callable[[Evidence], Callable[[Evidence], Iterator[Relinking]]],
    *,
    version: int,
    at: str | None = None,
) -> None:
    """Link everything anew and write it part after part in one transaction.

    `prepare` reads the store outside of any lock and gives what makes the parts, which may read it as it is being
    written. When pages were written in the meantime it prepares again while other writers wait.
    """
    with store.read(is_sparing=True) as connection:
        seen = read(connection, "pages")
        parts = prepare(Evidence(connection))
    with store.write(is_sparing=True) as connection:
        hold(connection, "changes")
        if hold(connection, "pages") != seen:
            parts = prepare(Evidence(connection))
        _replace(connection, parts, at)
        finish(connection, version)


def _replace(
    connection: Connection, parts: Callable[[Evidence], Iterator[Relinking]], at: str | None
) -> None:
    drop_all(connection)
    connection.execute(delete(JUDGEMENTS).where(JUDGEMENTS.c.by == RULES))
    # what is there is looked for while it is replaced; PostgreSQL would let nobody read what has lost an index meanwhile
    is_fresh = connection.dialect.name == "sqlite" and not Evidence(connection).has_events()
    filled = {*_KEPT, *(_SHOWN if is_fresh else ())}
    left = {row.id for row in connection.execute(select(EVENTS.c.id))}
    last = {row.number for row in connection.execute(select(ORGANIZATIONS.c.number))}
    kept: set[str] = set()
    with without_indexes(connection, filled):
        for part in parts(Evidence(connection)):
            insert_kept(connection, part.kept)
            scope = part.scope or Scope()
            save_part(connection, part.timeline, scope, at=at, drop=False)
            left -= scope.events
            if last:
                kept.update(o.id for o in part.timeline.organizations)
    empty = Timeline(organizations=(), events=(), partnerships=())
    save_part(connection, empty, Scope(events=frozenset(left)), at=at)
    query = select(ORGANIZATIONS.c.id, ORGANIZATIONS.c.number)
    gone = {row.number for row in connection.execute(query) if row.number in last and row.id not in kept}
    drop_organizations(connection, sorted(gone))
    recount_organizations(connection, [r.number for r in connection.execute(select(ORGANIZATIONS.c.number))])


def finish(connection: Connection, version: int) -> None:
    """Note that nothing waits, and which rules made what is kept."""
    connection.execute(delete(LINK_WAITING))
    write(connection, "linking", version)


def drop_all(connection: Connection) -> None:
    """Delete all that linking keeps."""
    for table in EVIDENCE:
        connection.execute(delete(table))


def drop_kept(connection: Connection, dropped: Dropped) -> None:
    """Delete rows of what linking keeps."""
    _delete(connection, LINK_NAMES, LINK_NAMES.c.code, dropped.names)
    _delete(connection, LINK_PAIRS, tuple_(LINK_PAIRS.c.short, LINK_PAIRS.c.full), dropped.pairs)
    _delete(connection, LINK_REPORTS, LINK_REPORTS.c.code, dropped.reports)
    _delete(connection, LINK_USES, LINK_USES.c.report, dropped.reports)
    _delete(connection, LINK_BLOCKS, LINK_BLOCKS.c.report, {*dropped.reports, *dropped.blocks_of})
    for side in (LINK_EDGES.c.left, LINK_EDGES.c.right):
        _delete(connection, LINK_EDGES, side, {*dropped.reports, *dropped.edges_of})


def insert_kept(connection: Connection, kept: Kept) -> None:
    """Write rows of what linking keeps."""
    columns = len(_USES)  # page and mention of a use stand with its report
    insert_tuples(connection, LINK_NAMES, NameRow._fields, kept.names)
    insert_tuples(connection, LINK_PAIRS, PairRow._fields, kept.pairs)
    insert_tuples(connection, LINK_REPORTS, ("code", "page", "mention"), kept.reports)
    insert_tuples(connection, LINK_USES, _USES, [use[:columns] for use in kept.uses])
    insert_tuples(connection, LINK_BLOCKS, ("key", "day", "report"), kept.blocks)
    insert_tuples(connection, LINK_EDGES, ("left", "right", "is_same"), kept.edges)


def _delete(connection: Connection, table: Table, column: Any, values: Collection[Any]) -> None:
    for batch in in_batches(sorted(values)):
        connection.execute(delete(table).where(column.in_(batch)))
