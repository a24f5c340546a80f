"""What was grouped in, ids out: made of raw facts the first time, kept from the chronology before wherever one overlaps."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence

from timeline.chronology import Source, Timeline
from timeline.link.names import read_body_name
from timeline.link.organizations import Body
from timeline.link.reports import Report

_PREFIXES = {"event": "e", "organization": "o", "partnership": "p"}


def name_events(groups: Sequence[Sequence[Report]], previous: Timeline | None) -> list[str]:
    """Give each group of reports an id: that of the known event which most of its reports told, else a new one."""
    owners: dict[object, list[str]] = defaultdict(list)
    for event in previous.events if previous else ():
        for source in event.sources:
            for trace in _traces(source):
                owners[trace].append(event.id)
    claims = []
    for group in groups:
        votes: Counter[str] = Counter()
        for report in group:
            page, mention, sentence = report.page.id, report.mention.id, report.mention.sentence
            for trace in ((page, mention), (page, sentence.start, sentence.end)):
                votes.update(owners.get(trace, ()))
        claims.append(votes)
    seeds = ["\0".join(min(report.key for report in group)) for group in groups]
    return _settle("event", claims, seeds)


def name_organizations(bodies: Sequence[Body], previous: Timeline | None) -> list[str]:
    """Give each body an id: that of the known organisation which had most of its names, else a new one."""
    owners: dict[str, list[str]] = defaultdict(list)
    for organization in previous.organizations if previous else ():
        for key in sorted({read_body_name(name).key for name in (organization.name, *organization.names)}):
            owners[key].append(organization.id)
    claims = [Counter(id for key in body.keys for id in owners.get(key, ())) for body in bodies]
    return _settle("organization", claims, [min(body.keys) for body in bodies])


def name_partnership(event: str, organizations: Sequence[str]) -> str:
    """Give the id of what ties these organisations in this event."""
    return _make("partnership", "\0".join((event, *sorted(organizations))), 0)


def _traces(source: Source) -> tuple[object, object]:
    """Give what a report is known again by: its own id, or after a change of rules its sentence."""
    return (source.page, source.mention), (source.page, source.sentence.start, source.sentence.end)


def _settle(subject: str, claims: Sequence[Counter[str]], seeds: Sequence[str]) -> list[str]:
    """Give every known id to the one group that has most of it, and new ids to the others."""
    offers = sorted(
        (
            (-count, id, seeds[number], number)
            for number, votes in enumerate(claims)
            for id, count in votes.items()
        )
    )
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, id, _, number in offers:
        if number not in given and id not in taken:
            given[number] = id
            taken.add(id)
    known = {id for votes in claims for id in votes}
    out = []
    for number, seed in enumerate(seeds):
        salt = 0
        while number not in given:
            id = _make(subject, seed, salt)
            if id not in taken and id not in known:
                given[number] = id
                taken.add(id)
            salt += 1
        out.append(given[number])
    return out


def _make(subject: str, seed: str, salt: int) -> str:
    text = f"{subject}\0{seed}" + (f"\0{salt}" if salt else "")
    return _PREFIXES[subject] + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
