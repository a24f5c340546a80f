"""Who acts with whom: the events of one organisation in, its partners and their ties out; counted, not judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from api.answers import Partner
from timeline.chronology import Event, EventQuery, FacetCount
from timeline.store import Store, iterate_events

# Roles that make a partner of an event's organisations; others were merely there.
_SIGNING = frozenset({"party"})


@dataclass(frozen=True, slots=True)
class Tie:
    """Two partners of an organisation that share events with each other too."""

    left: str
    right: str
    count: int
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Circle:
    """An organisation's partners, the closest first, and the ties among them."""

    partners: tuple[Partner, ...]
    ties: tuple[Tie, ...]


@dataclass(slots=True)
class _Tally:
    name: str
    signed: int = 0
    together: int = 0
    days: list[str] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)


def find_partners(store: Store, organization: str, query: EventQuery | None = None) -> Circle:
    """Count the organisations that take part in the events of one, or in those of them that a query asks for."""
    wanted = query or EventQuery(organizations=(organization,))
    return count_partners(organization, iterate_events(store, wanted))


def count_partners(organization: str, events: Iterable[Event]) -> Circle:
    """Tally the events of `organization`; a partner of several roles in one event counts once."""
    tallies: dict[str, _Tally] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    signed_pairs: set[tuple[str, str]] = set()
    for event in events:
        names = {o.organization: o.name for o in event.organizations}
        signers = {o.organization for o in event.organizations if o.role in _SIGNING}
        for partner, name in names.items():
            if partner != organization:
                tally = tallies.setdefault(partner, _Tally(name))
                _add(tally, event, is_signed={partner, organization} <= signers)
        for pair in combinations(sorted(set(names) - {organization}), 2):
            pairs[pair] += 1
            if set(pair) <= signers:
                signed_pairs.add(pair)
    partners = sorted((_partner(key, tally) for key, tally in tallies.items()), key=_closeness)
    ties = (Tie(a, b, count, (a, b) in signed_pairs) for (a, b), count in sorted(pairs.items()))
    return Circle(tuple(partners), tuple(ties))


def _add(tally: _Tally, event: Event, *, is_signed: bool) -> None:
    tally.together += 1
    tally.signed += is_signed
    tally.types[event.type] += 1
    tally.days.extend(day for day in (event.date.from_, event.date.to) if day)


def _partner(key: str, tally: _Tally) -> Partner:
    return Partner(
        id=key,
        name=tally.name,
        signed=tally.signed,
        together=tally.together,
        first=min(tally.days, default=None),
        last=max(tally.days, default=None),
        types=tuple(
            FacetCount(value=kind, label=kind, count=count)
            for kind, count in sorted(tally.types.items(), key=lambda item: (-item[1], item[0]))
        ),
    )


def _closeness(partner: Partner) -> tuple[int, int, str]:
    return -partner.signed, -partner.together, partner.name
