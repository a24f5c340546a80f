"""What was grouped in, ids out: made of raw facts the first time, kept from the chronology before wherever one overlaps."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from timeline.chronology import Judgement, Organization, Source, Timeline
from timeline.link.names import read_body_name
from timeline.link.organizations import Body
from timeline.link.reports import Report

RULES = "rules"
_PREFIXES = {"event": "e", "organization": "o", "partnership": "p"}

# what a report is known again by: its page and mention, or after a change of rules its page and sentence's span
Trace = tuple[str, str] | tuple[str, int, int]


def _nobody(ids: Collection[str]) -> Collection[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Known:
    """What was there before: the organisations of each key, the events of each trace, what persons said.

    `find_alive` gives those of some ids that something has which is not among these.
    """

    organizations: Mapping[str, Sequence[str]] = field(default_factory=dict)
    events: Mapping[Trace, Sequence[str]] = field(default_factory=dict)
    verdicts: tuple[Judgement, ...] = ()
    find_alive: Callable[[Collection[str]], Collection[str]] = _nobody


def read_known(previous: Timeline | None) -> Known:
    """Take what is known from a whole chronology."""
    if previous is None:
        return Known()
    events: dict[Trace, list[str]] = defaultdict(list)
    for event in previous.events:
        for source in event.sources:
            for trace in traces(source):
                events[trace].append(event.id)
    return Known(
        find_owners(previous.organizations), events, tuple(j for j in previous.judgements if j.by != RULES)
    )


def find_owners(organizations: Iterable[Organization]) -> dict[str, list[str]]:
    """Say which organisations each key belongs to."""
    owners: dict[str, list[str]] = defaultdict(list)
    shown: dict[str, str] = {}
    for organization in organizations:
        shown.setdefault(read_body_name(organization.name).key, organization.id)
        for key in sorted({read_body_name(name).key for name in (organization.name, *organization.names)}):
            owners[key].append(organization.id)
    # a short name that two bodies have is that of the one which is called so
    return {key: [shown[key]] if key in shown and len(ids) > 1 else ids for key, ids in owners.items()}


def traces(source: Source) -> tuple[Trace, Trace]:
    """Give what a report is known again by."""
    return (source.page, source.mention), (source.page, source.sentence.start, source.sentence.end)


def name_events(groups: Sequence[Sequence[Report]], known: Known) -> list[str]:
    """Give each group of reports an id: that of the known event which most of its reports told, else a new one."""
    claims = []
    for group in groups:
        votes: Counter[str] = Counter()
        for report in group:
            page, mention, sentence = report.page.id, report.mention.id, report.mention.sentence
            told = known.events.get((page, mention), ())
            # only a report that is new by its id is looked for by its sentence
            votes.update(told or known.events.get((page, sentence.start, sentence.end), ()))
        claims.append(votes)
    seeds = ["\0".join(min(report.key for report in group)) for group in groups]
    return _settle("event", claims, seeds, known.find_alive)


def name_organizations(bodies: Sequence[Body], known: Known) -> list[str]:
    """Give each body an id: that of the known organisation which had most of its names, else a new one."""
    claims = [Counter(id for key in body.keys for id in known.organizations.get(key, ())) for body in bodies]
    return _settle("organization", claims, [body.key for body in bodies], known.find_alive)


def name_partnership(event: str, organizations: Sequence[str]) -> str:
    """Give the id of what ties these organisations in this event."""
    return _make("partnership", "\0".join((event, *sorted(organizations))), 0)


def _settle(
    subject: str,
    claims: Sequence[Counter[str]],
    seeds: Sequence[str],
    find_alive: Callable[[Collection[str]], Collection[str]],
) -> list[str]:
    """Give every known id to the one group that has most of it, and new ids to the others."""
    # of equal claims that of the group whose own id it is goes first: what is parted again has its ids back
    offers = sorted(
        (-count, id != _make(subject, seeds[number], 0), id, seeds[number], number)
        for number, votes in enumerate(claims)
        for id, count in votes.items()
    )
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, id, _, number in offers:
        if number not in given and id not in taken:
            given[number] = id
            taken.add(id)
    known = {id for votes in claims for id in votes}
    # asked of all at once: a chronology names thousands of groups in one go
    firsts = {n: _make(subject, seed, 0) for n, seed in enumerate(seeds) if n not in given}
    barred = known | set(find_alive(firsts.values()))
    for number, id in firsts.items():
        salt = 0
        while id in taken or id in barred or (salt and find_alive((id,))):
            salt += 1
            id = _make(subject, seeds[number], salt)
        given[number] = id
        taken.add(id)
    return [given[number] for number in range(len(seeds))]


def _make(subject: str, seed: str, salt: int) -> str:
    text = f"{subject}\0{seed}" + (f"\0{salt}" if salt else "")
    return _PREFIXES[subject] + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
