"""Join what many pages tell: findings in, one chronology out, in which every event, body and pair stands once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from timeline.chronology import Event, Organization, Partnership, Timeline
from timeline.edtf import Edtf
from timeline.link.cluster import cluster
from timeline.link.identity import name_events, name_organizations, name_partnership
from timeline.link.merge import merge
from timeline.link.organizations import Bodies, resolve_organizations
from timeline.link.reports import Report, read_reports
from timeline.records import PageFindings, PartnershipKind

__all__ = ["link"]

RULES = "rules"


def link(pages: Iterable[PageFindings], *, previous: Timeline | None = None) -> Timeline:
    """Join the reports of one event and the names of one body over all pages.

    The answer depends on the set of pages alone, not on their order; a page given twice counts once. Ids are kept
    from `previous` where an event or body of it is told again, and so are the verdicts of persons: judgements that are
    not by "rules", over two reports ("page/mention") or two names, which outrank every score.
    """
    verdicts = tuple(j for j in previous.judgements if j.by != RULES) if previous is not None else ()
    every = [page for _, page in sorted({page.id: page for page in pages}.items())]
    bodies = resolve_organizations(every, verdicts)
    ids = name_organizations(bodies.all, previous)
    organizations = [
        Organization(id=id, name=body.name, names=body.names)
        for id, body in zip(ids, bodies.all, strict=True)
    ]
    clustering = cluster(read_reports(every, bodies), verdicts)
    event_ids = name_events(clustering.groups, previous)
    events = [
        merge(id, group, organizations, bodies)
        for id, group in zip(event_ids, clustering.groups, strict=True)
    ]
    partnerships = _partnerships(clustering.groups, events, organizations, bodies)
    return Timeline(
        organizations=tuple(sorted(organizations, key=lambda o: o.id)),
        events=tuple(sorted(events, key=_in_time)),
        partnerships=tuple(sorted(partnerships, key=lambda p: p.id)),
        judgements=tuple(
            sorted(
                (*verdicts, *bodies.judgements, *clustering.judgements), key=lambda j: (j.left, j.right, j.by)
            )
        ),
    )


def _partnerships(
    groups: Sequence[Sequence[Report]],
    events: Sequence[Event],
    organizations: Sequence[Organization],
    bodies: Bodies,
) -> Iterator[Partnership]:
    for group, event in zip(groups, events, strict=True):
        kinds: dict[frozenset[int], Counter[PartnershipKind]] = {}
        for report in group:
            for found in report.page.partnerships:
                if found.event == report.mention.id:
                    numbers = frozenset(bodies.number_of(report.page.id, name) for name in found.parties)
                    kinds.setdefault(numbers, Counter())[found.kind] += 1
        for numbers, kind in _largest(kinds).items():
            partners = sorted((organizations[number] for number in numbers), key=lambda o: o.id)
            yield Partnership(
                id=name_partnership(event.id, [o.id for o in partners]),
                organizations=tuple(o.id for o in partners),
                parties=tuple(o.name for o in partners),
                kind=kind,
                edtf=event.date.edtf,
                event=event.id,
            )


def _largest(
    kinds: Mapping[frozenset[int], Counter[PartnershipKind]],
) -> dict[frozenset[int], PartnershipKind]:
    """Leave out partners that a fuller report names among others, and pairs of one body; name the likeliest kind."""
    out: dict[frozenset[int], PartnershipKind] = {}
    for numbers in sorted(kinds, key=lambda n: (-len(n), sorted(n))):
        if len(numbers) < 2 or any(numbers < larger for larger in out):
            continue
        counts: Counter[PartnershipKind] = Counter()
        for told, kind in kinds.items():
            if told <= numbers:
                counts.update(kind)
        out[numbers] = min(counts, key=lambda k: (k == "other", -counts[k], k))
    return out


def _in_time(event: Event) -> tuple[tuple[int, int, int, str], str]:
    edtf = event.date.edtf
    return (Edtf.parse(edtf).sort_key() if edtf else (10**9, 100, 0, ""), event.id)
