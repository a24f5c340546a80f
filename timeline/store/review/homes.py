"""Where corrections belong: the reports they were made on in, the event that tells these now out, wherever they have gone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select

from timeline.chronology import Correction, Event, Source, Timeline
from timeline.store.tables import EVENTS, MENTIONS, SOURCES
from timeline.store.writing.changes import resolve_id
from timeline.store.writing.difference import in_batches

# 0f1e2d3c4b5a6978/9a8b7c6d5e4f3021@120-164: page, mention, and its sentence in the page
_REPORT = re.compile(r"(?P<page>[^/]+)/(?P<mention>[^@]*)(?:@(?P<start>\d{1,9})-(?P<end>\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class Claim:
    """An active correction with its number and the event it was laid over last."""

    number: int
    target: str | None
    correction: Correction


@dataclass(frozen=True, slots=True)
class _Report:
    """One mention of a page with its sentence, and the event that has it."""

    page: str
    mention: str
    start: int
    end: int
    event: str = ""

    def shares_words_with(self, other: _Report) -> bool:
        """Say whether more than half of the shorter sentence is in both."""
        both = min(self.end, other.end) - max(self.start, other.start)
        return both * 2 > min(self.end - self.start, other.end - other.start)


def render_report(source: Source) -> str:
    """Write down a report, so that it can be found again by its mention or its sentence."""
    return f"{source.page}/{source.mention}@{source.sentence.start}-{source.sentence.end}"


def find_home(connection: Connection, event: str, reports: Sequence[str]) -> str | None:
    """Say which event is meant by an id and by the reports it had, in the store as it is."""
    here = resolve_id(connection, event)
    alive = set(connection.execute(select(EVENTS.c.id).where(EVENTS.c.id == here)).scalars())
    wanted = _read(reports)
    told = _find_told(connection, {report.page for report in wanted}, (), given=(), gone=())
    return _home(wanted, told, (here,), alive)


def find_homes(
    connection: Connection, claims: Sequence[Claim], timeline: Timeline, gone: Collection[str] | None
) -> dict[int, str | None]:
    """Say over which event each correction is to be laid once a timeline is written; see overlay.lay_over()."""
    given = {event.id for event in timeline.events}
    reports = {claim.number: _read(claim.correction.reports) for claim in claims}
    pages = {report.page for of in reports.values() for report in of}
    told = _find_told(connection, pages, timeline.events, given, gone)
    ids = {id for claim in claims for id in (claim.correction.event, claim.target) if id is not None}
    alive = ids & given
    if gone is not None:
        for batch in in_batches(sorted(ids - given - set(gone))):
            alive |= {r.id for r in connection.execute(select(EVENTS.c.id).where(EVENTS.c.id.in_(batch)))}
    return {
        claim.number: _home(reports[claim.number], told, (claim.correction.event, claim.target), alive)
        for claim in claims
    }


def _home(
    wanted: Sequence[_Report],
    told: Mapping[str, Sequence[_Report]],
    ids: Iterable[str | None],
    alive: Collection[str],
) -> str | None:
    """Give the event that has most of some reports, of two with as many that of the earlier report.

    Where no mention of them is left, by new rules, that of one of the ids; else that which tells their sentences now.
    """
    near = [(report, one) for report in wanted for one in told.get(report.page, ())]
    same = Counter(one.event for report, one in near if one.mention == report.mention)
    known = next((id for id in ids if id in alive), None)
    like = Counter(one.event for report, one in near if one.shares_words_with(report))
    votes = same or (Counter() if known else like)
    return max(votes, key=lambda id: votes[id]) if votes else known


def _read(reports: Iterable[str]) -> tuple[_Report, ...]:
    found = (_REPORT.fullmatch(report) for report in reports)
    return tuple(
        _Report(m["page"], m["mention"], int(m["start"] or 0), int(m["end"] or 0)) for m in found if m
    )


def _find_told(
    connection: Connection,
    pages: Collection[str],
    events: Iterable[Event],
    given: Collection[str],
    gone: Collection[str] | None,
) -> dict[str, list[_Report]]:
    """Give what some pages tell: as the given events say, and as stored for all others unless they are everything."""
    told: dict[str, list[_Report]] = defaultdict(list)
    for event in events:
        for s in event.sources:
            if s.page in pages:
                told[s.page].append(_Report(s.page, s.mention, s.sentence.start, s.sentence.end, event.id))
    if gone is None:
        return told
    mention = and_(MENTIONS.c.page == SOURCES.c.page, MENTIONS.c.id == SOURCES.c.mention)
    query = (
        select(SOURCES.c.page, SOURCES.c.mention, MENTIONS.c.start, MENTIONS.c.end, EVENTS.c.id)
        .join(EVENTS, EVENTS.c.number == SOURCES.c.event)
        .outerjoin(MENTIONS, mention)
        .order_by(SOURCES.c.page, SOURCES.c.mention)
    )
    for batch in in_batches(sorted(pages)):
        for row in connection.execute(query.where(SOURCES.c.page.in_(batch))):
            # what is written now has told its reports above; a row of it still says what was
            if row.id not in given and row.id not in gone:
                told[row.page].append(_Report(row.page, row.mention, row.start or 0, row.end or 0, row.id))
    return told
