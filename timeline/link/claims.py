"""What the reports of a group say that another group may contradict: dates, editions, partners, what one page tells apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from timeline.edtf import Edtf
from timeline.link.events import PAIRED, are_apart, are_compatible
from timeline.link.kinship import without_kin
from timeline.link.reports import Report

Side = frozenset[str]


@dataclass(slots=True)
class Claims:
    """What the reports of one group claim; `allowed` are pairs whose dates contradict each other all the same.

    `sides` are who makes the event, of signings and visits; `mates` the reports of one page, and `apart` the numbers
    of reports that a person keeps apart from these.
    """

    dates: dict[Edtf | None, Report]
    editions: set[frozenset[int]]
    years: set[frozenset[int]]
    sides: set[Side]
    mates: dict[str, list[Report]]
    allowed: list[tuple[Report, Report]] = field(default_factory=list)
    apart: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, report: Report) -> Claims:
        """Give what one report claims."""
        name = report.name
        return cls(
            {report.date: report},
            {name.editions} if name and name.editions else set(),
            {name.years} if name and name.years else set(),
            _sides([report]),
            {report.key[0]: [report]},
        )

    def exclude(self, other: Claims) -> bool:
        """Say whether two groups cannot tell of one event."""
        numbers = ((self.editions, other.editions), (self.years, other.years))
        if any(not a & b for mine, theirs in numbers for a in mine for b in theirs):
            return True
        if self._contradict(other) or _are_rivals(self.sides, other.sides):
            return True
        pages = self.mates.keys() & other.mates.keys()
        return any(are_apart(a, b) for page in pages for a in self.mates[page] for b in other.mates[page])

    def take(self, other: Claims) -> None:
        """Add what another group claims."""
        self.dates.update(other.dates)
        self.editions |= other.editions
        self.years |= other.years
        self.sides |= other.sides
        for page, reports in other.mates.items():
            self.mates.setdefault(page, []).extend(reports)
        self.allowed += other.allowed
        self.apart |= other.apart

    def _contradict(self, other: Claims) -> bool:
        """Say whether two dates exclude each other that no allowed pair stands for, and no span of one name holds."""
        against = [
            (a, b) for a in self.dates.values() for b in other.dates.values() if not are_compatible(a, b)
        ]
        if not against:
            return False
        allowed = [*self.allowed, *other.allowed]
        every = (*self.dates.values(), *other.dates.values())
        spans = [r for r in every if r.date is not None and r.date.is_interval and r.precision == "day"]
        return any(not _fit_any(a, b, allowed) and not _lie_in(a, b, spans) for a, b in against)


def have_rivals(reports: Iterable[Report]) -> bool:
    """Say whether some reports are of several signings or visits: each has a partner whom another one does not have."""
    sides = _sides(reports)
    return len(sides) > 1 and any(_are_rivals({a}, {b}, sides) for a, b in combinations(sides, 2))


def _fit_any(one: Report, other: Report, allowed: Sequence[tuple[Report, Report]]) -> bool:
    return any(
        (are_compatible(one, a) and are_compatible(other, b))
        or (are_compatible(one, b) and are_compatible(other, a))
        for a, b in allowed
    )


def _lie_in(one: Report, other: Report, spans: Iterable[Report]) -> bool:
    """Say whether one of some spans holds two days: an occasion opens on one, closes on the other."""
    a, b = one.name, other.name
    if a is None or b is None or not a.is_telling or a.proper != b.proper:
        return False
    return any(are_compatible(one, span) and are_compatible(other, span) for span in spans)


def _sides(reports: Iterable[Report]) -> set[Side]:
    return {report.makers for report in reports if report.family in PAIRED and report.makers}


def _are_rivals(mine: Collection[Side], theirs: Collection[Side], known: Iterable[Side] = ()) -> bool:
    """Say whether two groups have a party in common and each a partner whom no report names beside the other's."""
    every = (*mine, *theirs, *known)
    for one in mine:
        for other in theirs:
            if one in theirs or other in mine or not one & other:
                continue
            alone, others = without_kin(one - other, other - one), without_kin(other - one, one - other)
            if alone and others and not any(side & alone and side & others for side in every):
                return True
    return False
