"""All pages in, the whole chronology and all that linking keeps out, in memory: for stores that fit there."""

from __future__ import annotations

from collections.abc import Iterable

from timeline.chronology import Timeline
from timeline.link import (
    OWN,
    Everything,
    link_all,
    name_code,
    read_outline,
    report_blocks,
    report_days,
    shown_name,
    split_key,
)
from timeline.merge.increment import use_rows
from timeline.store import Kept, NameRow, PairRow, Relinking


def relink_all(findings: Iterable[str], previous: Timeline) -> Relinking:
    """Link all pages at once; ids and verdicts are kept from the chronology before."""
    found = link_all((read_outline(page) for page in findings), previous=previous)
    uses = use_rows(found.uses)
    reports = {use.report: (use.report, use.page, use.mention) for use in uses}
    reports.update((r.code, (r.code, *r.key)) for r in found.reports)
    kept = Kept(
        names=name_rows(found),
        pairs=_pair_rows(found),
        reports=list(reports.values()),
        uses=uses,
        blocks=[
            (key, day, r.code) for r in found.reports for key in report_blocks(r) for day in report_days(r)
        ],
        edges=_edge_rows(found),
    )
    return Relinking(found.timeline, None, kept)


def name_rows(found: Everything) -> list[NameRow]:
    """Give every name with what it means."""
    bodies = found.census.bodies
    rows = []
    for key in found.census.usages:
        stem = "" if OWN in key else split_key(key).stem
        body = bodies.body_of(key)
        organization = found.organizations[body].id
        rows.append(NameRow(name_code(key), key, stem, stem[::-1], body, bodies.actor_of(key), organization))
    return rows


def _pair_rows(found: Everything) -> list[PairRow]:
    names = {key: shown_name(key, usage.names) for key, usage in found.census.usages.items()}
    return [
        PairRow(
            name_code(p.short), name_code(p.full), p.verdict == "same", p.score, names[p.short], names[p.full]
        )
        for p in found.census.judged
    ]


def _edge_rows(found: Everything) -> list[tuple[int, int, bool]]:
    rows = []
    for edge in found.edges:
        left, right = sorted((found.reports[edge.left].code, found.reports[edge.right].code))
        rows.append((left, right, edge.found.verdict == "same"))
    return rows
