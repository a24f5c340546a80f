"""Join what many pages tell: findings in, one chronology out, in which every event, body and pair stands once.

`link` does all at once in memory. The steps it is made of are for callers who hold their pages elsewhere: tellings of
each page, bodies of all names, blocks of like reports, clusters of one component after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from timeline.chronology import Event, Judgement, Organization, Partnership, Timeline
from timeline.edtf import Edtf
from timeline.link.blocks import (
    BLOCK_CAP,
    WINDOW,
    cut_by_day,
    find_pairs,
    pair_block,
    report_blocks,
    report_days,
)
from timeline.link.census import (
    Census,
    Usage,
    find_acronyms,
    is_short,
    read_usages,
    short_stems,
    take_census,
    weigh_facts,
)
from timeline.link.cluster import Edge, cluster, compare_pairs, judge_pair
from timeline.link.events import SAME, Comparison, compare
from timeline.link.identity import (
    Known,
    Trace,
    find_owners,
    name_events,
    name_organizations,
    read_known,
    traces,
)
from timeline.link.merge import merge, merge_ties
from timeline.link.names import (
    SHORTEST_SHORT,
    longer_stems,
    read_body_name,
    read_seat,
    read_seated,
    split_key,
)
from timeline.link.organizations import (
    Bodies,
    Body,
    Facts,
    NamePair,
    Pair,
    find_seat,
    fullest,
    group_names,
    judge_names,
    make_body,
    order_acronym,
    order_pair,
    show,
    shown_name,
)
from timeline.link.reports import Draft, Report, Slim, draft_report, read_report, slim_down, widen
from timeline.link.tellings import (
    OWN,
    Findings,
    Outline,
    Telling,
    Use,
    hash_key,
    name_code,
    read_outline,
    read_tellings,
    report_code,
)
from timeline.link.version import linking_version

__all__ = [
    "BLOCK_CAP", "OWN", "SAME", "SHORTEST_SHORT", "WINDOW", "Bodies", "Body", "Comparison", "Draft", "Edge", "Everything",
    "Facts", "Known", "Linked", "NamePair", "Outline", "Pair", "Report", "Slim", "Telling", "Trace", "Usage", "Use", "compare",
    "compare_pairs", "cut_by_day", "draft_report", "find_acronyms", "find_owners", "find_pairs", "find_seat", "fullest",
    "group_names", "hash_key", "in_time", "is_short", "judge_names", "judge_pair", "link", "link_all", "link_reports",
    "linking_version", "longer_stems", "make_body", "name_code", "name_organizations", "order_acronym", "order_pair",
    "pair_block", "read_body_name", "read_known", "read_outline", "read_report", "read_seat", "read_seated", "read_tellings",
    "read_usages", "report_blocks", "report_code", "report_days", "short_stems", "show", "shown_name", "slim_down", "split_key",
    "traces", "weigh_facts", "widen",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """What was made of some reports: their events, the partnerships in these, and why."""

    events: tuple[Event, ...]
    partnerships: tuple[Partnership, ...]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """All that linking made on its way: every use of a name, what these came to, the reports in the order of their keys,
    the pairs of them that do not differ, by their places, and the organisations by their bodies' keys.
    """

    timeline: Timeline
    uses: tuple[Use, ...]
    census: Census
    reports: tuple[Report, ...]
    edges: tuple[Edge, ...]
    organizations: Mapping[str, Organization]


def link(pages: Iterable[Findings], *, previous: Timeline | Known | None = None) -> Timeline:
    """Join the reports of one event and the names of one body over all pages.

    The answer depends on the set of pages alone, not on their order; a page given twice counts once. Ids are kept
    from `previous` where an event or body of it is told again, and so are the verdicts of persons: judgements that are
    not by "rules", over two reports ("page/mention") or two names, which outrank every score.
    """
    return link_all(pages, previous=previous).timeline


def link_all(pages: Iterable[Findings], *, previous: Timeline | Known | None = None) -> Everything:
    """Do what link() does, and give what it made on its way as well."""
    known = previous if isinstance(previous, Known) else read_known(previous)
    told = [read_tellings(page) for _, page in sorted({page.id: page for page in pages}.items())]
    uses = tuple(use for page in told for use in page.uses)
    census = take_census(uses, known.verdicts)
    ids = name_organizations(census.all, known)
    organizations = {
        body.key: Organization(id=id, name=body.name, names=body.names)
        for id, body in zip(ids, census.all, strict=True)
    }
    reports = [read_report(telling, census.bodies) for page in told for telling in page.tellings]
    reports.sort(key=lambda report: report.key)
    edges = tuple(compare_pairs(reports, sorted(find_pairs(reports))))
    linked = link_reports(reports, organizations, known, edges=edges)
    shown = {
        key: shown_name(key, census.usages[key].names) for p in census.judged for key in (p.short, p.full)
    }
    judgements = (*known.verdicts, *(show(pair, shown) for pair in census.judged), *linked.judgements)
    timeline = Timeline(
        organizations=tuple(sorted(organizations.values(), key=lambda o: o.id)),
        events=tuple(sorted(linked.events, key=in_time)),
        partnerships=tuple(sorted(linked.partnerships, key=lambda p: p.id)),
        judgements=tuple(sorted(judgements, key=lambda j: (j.left, j.right, j.by))),
    )
    return Everything(timeline, uses, census, tuple(reports), edges, organizations)


def link_reports(
    reports: Iterable[Report],
    organizations: Mapping[str, Organization],
    known: Known,
    *,
    edges: Sequence[Edge] | None = None,
) -> Linked:
    """Make events of reports that no "same" pair ties to any others; `organizations` are found by their bodies' keys.

    `edges` are the pairs among the reports, in the order of their keys, that do not differ; found here where not given.
    """
    found = cluster(reports, known.verdicts, edges=edges)
    events: list[Event] = []
    partnerships: list[Partnership] = []
    for id, group in zip(name_events(found.groups, known), found.groups, strict=True):
        event = merge(id, group, organizations)
        events.append(event)
        partnerships += merge_ties(event, group, organizations)
    return Linked(tuple(events), tuple(partnerships), tuple(found.judgements))


def in_time(event: Event) -> tuple[tuple[int, int, int, str], str]:
    """Order events by their days; undated ones come last."""
    edtf = event.date.edtf
    return (Edtf.parse(edtf).sort_key() if edtf else (10**9, 100, 0, ""), event.id)
