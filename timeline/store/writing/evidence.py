"""What linking keeps of all pages, read a part at a time within one transaction: names, uses, blocks, edges, what waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, tuple_

from timeline.chronology import Event, Judgement, Organization
from timeline.store.link_tables import (
    LINK_BLOCKS,
    LINK_EDGES,
    LINK_NAMES,
    LINK_PAIRS,
    LINK_REPORTS,
    LINK_USES,
    LINK_WAITING,
)
from timeline.store.search import fold
from timeline.store.tables import (
    EVENTS,
    JUDGEMENTS,
    NAMES,
    ORGANIZATIONS,
    PAGES,
    PARTICIPATIONS,
    RECORDS,
    SOURCES,
)
from timeline.store.writing.corrected import Told
from timeline.store.writing.difference import in_batches

RULES = "rules"
Report = tuple[str, str]


class NameRow(NamedTuple):
    """A name by its key: the body it means, who acts when that is named, the organisation that this is."""

    code: int
    key: str
    stem: str
    backward: str
    body: str
    actor: str | None
    organization: str


class UseRow(NamedTuple):
    """How often a report uses a name under a key; `mention` is "" outside of events."""

    key: int
    report: int
    name: str
    type: str | None
    times: int
    page: str
    mention: str


class PairRow(NamedTuple):
    """A short and a full name that the rules judged, by their keys, and the names under which the judgement stands."""

    short: int
    full: int
    is_same: bool
    score: float
    left: str
    right: str


class Evidence:
    """Read what linking keeps; every answer is of one state of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_anything_waiting(self) -> bool:
        """Say whether anything was said since the last linking."""
        return self._connection.execute(select(LINK_WAITING.c.kind).limit(1)).first() is not None

    def waiting(self) -> dict[str, list[str]]:
        """Give what was said since the last linking: subjects by kind, "page", "report" or "name"."""
        out: dict[str, list[str]] = defaultdict(list)
        for row in self._connection.execute(select(LINK_WAITING.c.kind, LINK_WAITING.c.subject)):
            out[row.kind].append(row.subject)
        return {kind: sorted(subjects) for kind, subjects in out.items()}

    def every_findings(self) -> Iterator[str]:
        """Stream the findings of all pages, as JSON, by id."""
        query = select(PAGES.c.findings).order_by(PAGES.c.id)
        for row in self._connection.execute(query, execution_options={"yield_per": 500}):
            yield row.findings

    def findings(self, pages: Collection[str]) -> dict[str, str]:
        """Give the findings of pages, as JSON; what is no page is left out."""
        query = select(PAGES.c.id, PAGES.c.findings)
        return {row.id: row.findings for row in self._rows(query, PAGES.c.id, pages)}

    def verdicts(self) -> tuple[Judgement, ...]:
        """Give what persons said of two reports or two names."""
        query = select(JUDGEMENTS.c.record).where(JUDGEMENTS.c.by != RULES)
        found = [Judgement.model_validate_json(row.record) for row in self._connection.execute(query)]
        return tuple(sorted(found, key=lambda j: (j.left, j.right, j.by)))

    # names

    def names(self, codes: Collection[int]) -> dict[int, NameRow]:
        """Give names by the codes of their keys."""
        return {n.code: n for n in self._names(LINK_NAMES.c.code, codes)}

    def names_of_bodies(self, bodies: Collection[str]) -> list[NameRow]:
        """Give all names of some bodies."""
        return self._names(LINK_NAMES.c.body, bodies)

    def names_of_stems(self, stems: Collection[str]) -> list[NameRow]:
        """Give the names that have one of some stems."""
        return self._names(LINK_NAMES.c.stem, stems)

    def names_ending(self, stem: str) -> list[NameRow]:
        """Give the names whose stem ends as this one and is longer."""
        backward, table = stem[::-1], LINK_NAMES.c
        query = select(LINK_NAMES).where(table.backward > backward, table.backward < backward + "\U0010ffff")
        return [NameRow(**row._mapping) for row in self._connection.execute(query)]

    def uses_of_reports(self, reports: Collection[int]) -> list[UseRow]:
        """Give all uses of names in some reports."""
        return [UseRow(**row._mapping) for row in self._rows(_uses(), LINK_USES.c.report, reports)]

    def uses_around(self, keys: Collection[int]) -> list[UseRow]:
        """Give all uses of all names in the reports that use one of some keys."""
        query = select(LINK_USES.c.report).distinct()
        return self.uses_of_reports({row.report for row in self._rows(query, LINK_USES.c.key, keys)})

    def reports_using(self, keys: Collection[int]) -> dict[int, Report]:
        """Give the reports, other than "", that use one of some keys."""
        query = select(LINK_REPORTS).join(LINK_USES, LINK_USES.c.report == LINK_REPORTS.c.code).distinct()
        rows = self._rows(query.where(LINK_REPORTS.c.mention != ""), LINK_USES.c.key, keys)
        return {row.code: (row.page, row.mention) for row in rows}

    def name_counts(self, keys: Collection[int]) -> dict[int, dict[str, int]]:
        """Count how often each name of some keys stands anywhere."""
        table = LINK_USES.c
        query = select(table.key, table.name, func.sum(table.times).label("times")).group_by(
            table.key, table.name
        )
        out: dict[int, dict[str, int]] = defaultdict(dict)
        for row in self._rows(query, table.key, keys):
            out[row.key][row.name] = int(row.times)
        return out

    def pairs(self, keys: Collection[int]) -> list[PairRow]:
        """Give the judged pairs in which one of some keys is either side."""
        query = select(LINK_PAIRS)
        rows = [*self._rows(query, LINK_PAIRS.c.short, keys), *self._rows(query, LINK_PAIRS.c.full, keys)]
        return list({(row.short, row.full): PairRow(**row._mapping) for row in rows}.values())

    def organizations(self, ids: Collection[str]) -> dict[str, Organization]:
        """Give organisations by id, as they are stored."""
        named = (
            select(ORGANIZATIONS.c.id, ORGANIZATIONS.c.name.label("shown"), NAMES.c.name)
            .join(NAMES, NAMES.c.organization == ORGANIZATIONS.c.number)
            .order_by(NAMES.c.organization, NAMES.c.position)
        )
        names: dict[str, list[str]] = defaultdict(list)
        shown: dict[str, str] = {}
        for row in self._rows(named, ORGANIZATIONS.c.id, ids):
            names[row.id].append(row.name)
            shown[row.id] = row.shown
        return {id: Organization(id=id, name=shown[id], names=tuple(found)) for id, found in names.items()}

    def organizations_called(self, names: Collection[str]) -> dict[str, Organization]:
        """Give the organisations that have one of some names."""
        query = select(ORGANIZATIONS.c.id).join(NAMES, NAMES.c.organization == ORGANIZATIONS.c.number)
        folded = {fold(name) for name in names}
        return self.organizations({row.id for row in self._rows(query, NAMES.c.folded, folded)})

    def every_organization(self) -> list[Organization]:
        """Give all organisations."""
        query = select(ORGANIZATIONS.c.id).order_by(ORGANIZATIONS.c.id)
        return list(self.organizations([row.id for row in self._connection.execute(query)]).values())

    def find_organizations(self, ids: Collection[str]) -> set[str]:
        """Give those of some ids that organisations have."""
        return {row.id for row in self._rows(select(ORGANIZATIONS.c.id), ORGANIZATIONS.c.id, ids)}

    # reports

    def reports(self, codes: Collection[int]) -> dict[int, Report]:
        """Give the page and mention of reports."""
        rows = self._rows(select(LINK_REPORTS), LINK_REPORTS.c.code, codes)
        return {row.code: (row.page, row.mention) for row in rows}

    def reports_of_pages(self, pages: Collection[str]) -> dict[int, Report]:
        """Give the reports of pages as they were linked last."""
        rows = self._rows(select(LINK_REPORTS), LINK_REPORTS.c.page, pages)
        return {row.code: (row.page, row.mention) for row in rows}

    def blocks(self, reports: Collection[int]) -> list[tuple[int, int, int]]:
        """Give key, day and report of the blocks that reports are in."""
        return [
            (r.key, r.day, r.report) for r in self._rows(select(LINK_BLOCKS), LINK_BLOCKS.c.report, reports)
        ]

    def block_sizes(self, keys: Collection[int]) -> dict[int, int]:
        """Count the reports of blocks."""
        table = LINK_BLOCKS.c
        query = select(table.key, func.count(table.report.distinct()).label("size")).group_by(table.key)
        return {row.key: row.size for row in self._rows(query, table.key, keys)}

    def members(self, keys: Collection[int]) -> dict[int, dict[int, list[int]]]:
        """Give the reports of whole blocks, each with its days."""
        out: dict[int, dict[int, list[int]]] = defaultdict(dict)
        for row in self._rows(select(LINK_BLOCKS), LINK_BLOCKS.c.key, keys):
            out[row.key].setdefault(row.report, []).append(row.day)
        return out

    def members_of_days(self, parts: Collection[tuple[int, int]]) -> dict[tuple[int, int], set[int]]:
        """Give the reports of parts of blocks, each a key and a day."""
        out: dict[tuple[int, int], set[int]] = defaultdict(set)
        table = LINK_BLOCKS.c
        for batch in in_batches(sorted(parts)):
            query = select(LINK_BLOCKS).where(tuple_(table.key, table.day).in_(batch))
            for row in self._connection.execute(query):
                out[row.key, row.day].add(row.report)
        return out

    def edges(self, reports: Collection[int]) -> dict[tuple[int, int], bool]:
        """Give the edges of reports, and whether each joins its two."""
        query = select(LINK_EDGES)
        rows = [
            *self._rows(query, LINK_EDGES.c.left, reports),
            *self._rows(query, LINK_EDGES.c.right, reports),
        ]
        return {(row.left, row.right): bool(row.is_same) for row in rows}

    def reports_beside(self, reports: Mapping[int, Report]) -> set[Report]:
        """Give all reports of the events that these reports tell of."""
        wanted = set(reports.values())
        own = SOURCES.alias()
        query = (
            select(
                own.c.page.label("own_page"), own.c.mention.label("own"), SOURCES.c.page, SOURCES.c.mention
            )
            .select_from(own)
            .join(SOURCES, SOURCES.c.event == own.c.event)
        )
        rows = self._rows(query, own.c.page, {page for page, _ in wanted})
        return {(row.page, row.mention) for row in rows if (row.own_page, row.own) in wanted}

    def reports_of_organizations(self, ids: Collection[str]) -> set[int]:
        """Give the reports of all events in which some organisations take part."""
        query = (
            select(LINK_REPORTS.c.code)
            .join(
                SOURCES,
                (SOURCES.c.page == LINK_REPORTS.c.page) & (SOURCES.c.mention == LINK_REPORTS.c.mention),
            )
            .join(PARTICIPATIONS, PARTICIPATIONS.c.event == SOURCES.c.event)
            .join(ORGANIZATIONS, ORGANIZATIONS.c.number == PARTICIPATIONS.c.organization)
        )
        return {row.code for row in self._rows(query.distinct(), ORGANIZATIONS.c.id, ids)}

    def events_of(self, reports: Collection[Report]) -> list[Event]:
        """Give the events that some reports tell of, as the rules made them."""
        wanted = set(reports)
        query = select(SOURCES.c.event, SOURCES.c.page, SOURCES.c.mention)
        rows = self._rows(query, SOURCES.c.page, {page for page, _ in wanted})
        numbers = {row.event for row in rows if (row.page, row.mention) in wanted}
        records = self._rows(select(RECORDS.c.record, RECORDS.c.machine), RECORDS.c.event, numbers)
        return [
            Event.model_validate_json(row.record)
            if row.machine is None
            else Told.model_validate_json(row.machine).event
            for row in records
        ]

    def every_source(self) -> Iterator[tuple[int, str, str]]:
        """Stream the reports of all events: a number of the event, page and mention."""
        query = select(SOURCES.c.event, SOURCES.c.page, SOURCES.c.mention)
        for row in self._connection.execute(query, execution_options={"yield_per": 500}):
            yield row.event, row.page, row.mention

    def has_events(self) -> bool:
        """Say whether there is any event."""
        return self._connection.execute(select(EVENTS.c.number).limit(1)).first() is not None

    def find_events(self, ids: Collection[str]) -> set[str]:
        """Give those of some ids that events have."""
        return {row.id for row in self._rows(select(EVENTS.c.id), EVENTS.c.id, ids)}

    def _names(self, column: Any, values: Collection[Any]) -> list[NameRow]:
        return [NameRow(**row._mapping) for row in self._rows(select(LINK_NAMES), column, values)]

    def _rows(self, query: Select[Any], column: Any, values: Collection[Any]) -> Iterator[Row[Any]]:
        for batch in in_batches(sorted(set(values))):
            yield from self._connection.execute(query.where(column.in_(batch)))


def says_the_same(one: Organization, other: Organization) -> bool:
    """Say whether two forms of an organisation are shown and found alike."""
    return one.name == other.name and {fold(n) for n in one.names} == {fold(n) for n in other.names}


def await_linking(connection: Connection, kind: str, subjects: Iterable[str]) -> None:
    """Note what the next linking has to look at."""
    table = LINK_WAITING.c
    for batch in in_batches(sorted(set(subjects))):
        connection.execute(delete(LINK_WAITING).where(table.kind == kind, table.subject.in_(batch)))
        connection.execute(insert(LINK_WAITING), [{"kind": kind, "subject": s} for s in batch])


def _uses() -> Select[Any]:
    use, report = LINK_USES.c, LINK_REPORTS.c
    columns = (use.key, use.report, use.name, use.type, use.times, report.page, report.mention)
    return select(*columns).join(LINK_REPORTS, report.code == use.report)
