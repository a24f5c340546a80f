"""All pages of a store in, the whole chronology out a part at a time, in memory that does not grow with the pages.

The steps are those of link/, with the rows in between on a workbench: uses of names, then bodies; slim reports and their
blocks, then pairs; components of pairs, and of each some thousand reports the events.
"""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TypeVar

from timeline.chronology import Event, Judgement, Organization, Timeline
from timeline.link import (
    OWN,
    Body,
    Comparison,
    Draft,
    Edge,
    Known,
    Report,
    Telling,
    Trace,
    draft_report,
    find_acronyms,
    find_owners,
    link_reports,
    name_code,
    name_organizations,
    read_outline,
    read_report,
    read_tellings,
    report_code,
    slim_down,
    split_key,
    traces,
)
from timeline.merge.bulk_events import EventsInBulk
from timeline.merge.bulk_names import NamesInBulk
from timeline.merge.increment import use_rows
from timeline.merge.workbench import Workbench, sweep_young
from timeline.store import Evidence, Kept, NameRow, Relinking, Scope, UseRow

T = TypeVar("T")
_PART = 5_000  # reports whose events are made in one go
_ROWS = 50_000  # of what linking keeps


class Bulk:
    """One linking of everything: prepare it with a store as it is read, then take its parts as they are written."""

    def __init__(self, bench: Workbench, evidence: Evidence) -> None:
        self._bench = bench
        self._verdicts = evidence.verdicts()
        self._drafts, self._tellings = bench.blobs(), bench.blobs()
        self._take_in(evidence.every_findings())
        self._names = NamesInBulk(bench, self._verdicts)
        self._events = self._take_reports()
        self.pairs = self._events.compare()
        self._events.find_components(self._further(evidence))
        self._organizations = bench.table("organizations", body="str", id="str", name="str")
        self._had_events = True

    def parts(self, evidence: Evidence) -> Iterator[Relinking]:
        """Give the chronology and what is to be kept in parts: organisations first, then events, judgements along."""
        for part in self._parts(evidence):
            yield part
            sweep_young()

    def _parts(self, evidence: Evidence) -> Iterator[Relinking]:
        # asked before the first is written: of events that this makes, none was there before
        self._had_events = evidence.has_events()
        yield from self._organization_parts(evidence)
        rows, judgements = self._names.judgements()
        yield _part(Kept(pairs=rows), judgements)
        for some in _some(self._events.unsure()):
            yield _part(Kept(), some)
        yield from self._event_parts(evidence)
        yield from self._kept_parts()

    def _take_in(self, pages: Iterable[str]) -> None:
        bench = self._bench
        uses = bench.table(
            "uses", code="int", key="str", report="int", page="int", name="str", type="str", times="int"
        )
        reports = bench.table("reports", code="int", page="str", mention="str")
        tellings = bench.table("tellings", n="int", code="int")
        acronyms = bench.table("acronyms", short="str", long="str")
        for findings in pages:
            told = read_tellings(read_outline(findings))
            seen: dict[int, UseRow | None] = {}
            for telling in told.tellings:
                code = report_code(telling.page.id, telling.mention.id)
                reports.add(code, telling.page.id, telling.mention.id)
                self._drafts.add(marshal.dumps(tuple(draft_report(telling))))
                tellings.add(self._tellings.add(telling.model_dump_json().encode()), code)
                seen[code] = None
            keys = {name_code(use.key): use.key for use in told.uses}
            for row in use_rows(told.uses):
                if row.report not in seen:
                    reports.add(row.report, row.page, row.mention)
                    seen[row.report] = None
                page = report_code(row.page, "")
                uses.add(row.key, keys[row.key], row.report, page, row.name, row.type, row.times)
            for short, full in find_acronyms(keys.values()):
                acronyms.add(short, full)
        for filler in (uses, reports, tellings, acronyms):
            filler.flush()

    def _take_reports(self) -> EventsInBulk:
        events, bodies = EventsInBulk(self._bench), self._names.bodies
        for draft in self._drafts:
            events.add(slim_down(Draft(*marshal.loads(draft)), bodies))
        return events

    def _further(self, evidence: Evidence) -> Iterator[tuple[int, int]]:
        """Give the pairs of reports that a person joins, and those that one event had before."""
        codes = self._bench.table("tied", mark="str", code="int")
        for verdict in self._verdicts:
            if verdict.verdict == "same" and "/" in verdict.left and "/" in verdict.right:
                for side in (verdict.left, verdict.right):
                    page, _, mention = side.rpartition("/")
                    codes.add(f"{verdict.left} {verdict.right}", report_code(page, mention))
        for event, page, mention in evidence.every_source():
            codes.add(f"{event}", report_code(page, mention))
        codes.flush()
        query = "SELECT mark, n FROM tied JOIN tellings USING (code) ORDER BY mark, n"
        for _, rows in groupby(self._bench.rows(query), key=itemgetter(0)):
            first, *others = [n for _, n in rows]
            yield from ((first, other) for other in others)

    def _organization_parts(self, evidence: Evidence) -> Iterator[Relinking]:
        before = evidence.every_organization()
        owners = find_owners(before)
        every = self._names.all_bodies() if owners else iter(())
        claimed = [body for body in every if any(key in owners for key in body.keys)]
        rest = (body for body in self._names.all_bodies() if not any(key in owners for key in body.keys))
        taken = {id for body in claimed for key in body.keys for id in owners.get(key, ())}
        alone = Known(find_alive=taken.intersection)
        for bodies in _some(rest):
            yield self._organization_part(bodies, alone, Scope())
        self._organizations.flush()
        had = [organization.id for organization in before]
        fresh = {id for (id,) in self._bench.find("id", "organizations", "id", "str", had)} if had else set()
        yield self._organization_part(claimed, Known(owners), Scope(organizations=frozenset(had) - fresh))
        self._organizations.flush()

    def _organization_part(self, bodies: Sequence[Body], known: Known, scope: Scope) -> Relinking:
        organizations, names = [], []
        for body, id in zip(bodies, name_organizations(bodies, known), strict=True):
            organizations.append(Organization(id=id, name=body.name, names=body.names))
            self._organizations.add(body.key, id, body.name)
            for key in body.keys:
                stem = "" if OWN in key else split_key(key).stem
                actor = self._names.bodies.actor_of(key)
                names.append(NameRow(name_code(key), key, stem, stem[::-1], body.key, actor, id))
        timeline = Timeline(organizations=tuple(organizations), events=(), partnerships=())
        return Relinking(timeline, scope, Kept(names=names))

    def _event_parts(self, evidence: Evidence) -> Iterator[Relinking]:
        bodies = self._names.bodies
        with self._bench.sparing():
            for numbers, tied in self._events.components(_PART):
                reports = {
                    n: read_report(Telling.model_validate_json(self._tellings[n]), bodies) for n in numbers
                }
                yield self._event_part(evidence, reports, tied)

    def _event_part(
        self, evidence: Evidence, reports: dict[int, Report], tied: Sequence[tuple[int, int, bytes]]
    ) -> Relinking:
        every = sorted(reports.values(), key=lambda report: report.key)
        places = {report.code: i for i, report in enumerate(every)}
        edges = []
        for left, right, found in tied:
            one, other = sorted((places[reports[left].code], places[reports[right].code]))
            edges.append(Edge(one, other, Comparison(*marshal.loads(found))))
        before = evidence.events_of([report.key for report in every]) if self._had_events else []
        bodies = {body for r in every for body in (*r.parties, *(b for tie, _ in r.ties for b in tie))}
        named = self._bench.find("body, id, name", "organizations", "body", "str", bodies) if bodies else ()
        organizations = {body: _named(id, name) for body, id, name in named}
        linked = link_reports(every, organizations, self._known(before, evidence), edges=edges)
        timeline = Timeline(
            organizations=(),
            events=linked.events,
            partnerships=linked.partnerships,
            judgements=linked.judgements,
        )
        return Relinking(timeline, Scope(events=frozenset(event.id for event in before)))

    def _known(self, before: Sequence[Event], evidence: Evidence) -> Known:
        ids: dict[Trace, list[str]] = defaultdict(list)
        for event in before:
            for source in event.sources:
                for trace in traces(source):
                    ids[trace].append(event.id)
        own = {event.id for event in before}
        return Known({}, ids, self._verdicts, lambda asked: evidence.find_events(asked) - own)

    def _kept_parts(self) -> Iterator[Relinking]:
        rows = self._bench.rows
        for reports in _some(rows("SELECT code, page, mention FROM reports ORDER BY code")):
            yield _part(Kept(reports=reports))
        for uses in _some(rows("SELECT code, report, name, type, times, '', '' FROM uses ORDER BY ALL")):
            yield _part(Kept(uses=[UseRow(*row) for row in uses]))
        for blocks in _some(
            rows("SELECT key, day, code FROM blocks JOIN slims USING (n) ORDER BY key, day, code")
        ):
            yield _part(Kept(blocks=blocks))
        query = """
            SELECT least(a.code, b.code), greatest(a.code, b.code), is_same FROM edges
            JOIN slims a ON a.n = "left" JOIN slims b ON b.n = "right" ORDER BY 1, 2
        """
        for edges in _some(rows(query)):
            yield _part(Kept(edges=edges))


def _part(kept: Kept, judgements: Sequence[Judgement] = ()) -> Relinking:
    timeline = Timeline(organizations=(), events=(), partnerships=(), judgements=tuple(judgements))
    return Relinking(timeline, Scope(), kept)


def _named(id: str, name: str) -> Organization:
    return Organization(id=id, name=name)


def _some(rows: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(rows)
    while some := list(islice(waiting, _ROWS)):
        yield some
