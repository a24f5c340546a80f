"""Reports and the pairs of them that were compared in, groups that tell of one event each, with judgements, out.

The best pairs are joined first; two groups whose dates, editions or partners exclude each other are never joined, and
a report that fits two such groups equally well joins neither. What becomes of a report depends on no other than those
that pairs of the verdict "same" lead to, so that each such component can be clustered by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from timeline.chronology import Judgement
from timeline.link.blocks import find_pairs
from timeline.link.claims import Claims, have_rivals
from timeline.link.events import Comparison, are_compatible, compare
from timeline.link.reports import Report

_CLOSE = 1.0


@dataclass(frozen=True, slots=True)
class Clustering:
    """Groups of reports, each and all in the order of their keys, and why they are as they are."""

    groups: list[list[Report]]
    judgements: list[Judgement]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two reports by their places in a list, the lower one first, that are or may be of one event."""

    left: int
    right: int
    found: Comparison


def compare_pairs(reports: Sequence[Report], pairs: Iterable[tuple[int, int]]) -> Iterator[Edge]:
    """Compare pairs of reports, by their places, and give those that do not differ."""
    for left, right in pairs:
        found = compare(reports[left], reports[right])
        if found.verdict != "different":
            yield Edge(left, right, found)


def cluster(
    reports: Iterable[Report], verdicts: Sequence[Judgement] = (), *, edges: Sequence[Edge] | None = None
) -> Clustering:
    """Group the reports of one event; the same for any order of them.

    A verdict says of two reports ("page/mention") that they are or are not one event, and outranks every score.
    `edges` are what compare_pairs() gave for the reports in the order of their keys, where that is known.
    """
    every = sorted(reports, key=lambda report: report.key)
    if edges is None:
        edges = list(compare_pairs(every, sorted(find_pairs(every))))
    unsure = _ambiguous(every, edges)
    groups = _Groups(every)
    groups.obey(verdicts)
    judgements = []
    for edge in sorted(edges, key=lambda e: (-e.found.score, e.left, e.right)):
        verdict, reasons = edge.found.verdict, edge.found.reasons
        if verdict == "same" and (edge.left, edge.right) in unsure:
            verdict, reasons = "unsure", (*reasons, "one of them fits another event as well")
        if verdict == "same":
            if groups.are_one(edge.left, edge.right):
                continue
            if not groups.join(edge.left, edge.right, is_conflict=edge.found.is_conflict):
                verdict, reasons = "unsure", (*reasons, "the events they belong to exclude each other")
        found = replace(edge.found, verdict=verdict, reasons=reasons)
        judgements.append(judge_pair(every[edge.left], every[edge.right], found))
    return Clustering(groups.all(), judgements)


def judge_pair(left: Report, right: Report, found: Comparison) -> Judgement:
    """Say why two reports were joined or kept apart; the first is the one of the lower key."""
    assert found.verdict != "different"
    return Judgement(
        left="/".join(left.key), right="/".join(right.key), verdict=found.verdict, score=found.score,
        reasons=found.reasons, by="rules",
    )  # fmt: skip


def _ambiguous(reports: Sequence[Report], edges: Sequence[Edge]) -> set[tuple[int, int]]:
    """Find the pairs of a report that says too little with fuller ones, where the best of these exclude each other.

    One of open date fits two days, one that leaves out a partner two signings.
    """
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for edge in edges:
        if edge.found.verdict == "same":
            near[edge.left].append((edge.found.score, edge.right))
            near[edge.right].append((edge.found.score, edge.left))
    out: set[tuple[int, int]] = set()
    for number, found in near.items():
        best = max(score for score, _ in found)
        close = [reports[other] for score, other in found if score > best - _CLOSE]
        rivals: list[int] = []
        if have_rivals(close):
            rivals += (
                other for _, other in found if len(reports[other].makers) > len(reports[number].makers)
            )
        if not reports[number].is_year_known:
            dates = {report.date: report for report in close}
            if any(not are_compatible(a, b) for a, b in combinations(dates.values(), 2)):
                rivals += (other for _, other in found if reports[other].is_year_known)
        out.update((min(number, other), max(number, other)) for other in rivals)
    return out


class _Groups:
    """Disjoint sets of reports that know which others they exclude."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._group = list(range(len(reports)))
        self._members = {number: [number] for number in self._group}
        self._claims: dict[int, Claims] = {}  # most reports are never joined with another

    def obey(self, verdicts: Sequence[Judgement]) -> None:
        """Join and keep apart what persons said, before any score is looked at."""
        numbers = {"/".join(report.key): number for number, report in enumerate(self._reports)}
        told = [v for v in verdicts if v.left in numbers and v.right in numbers]
        for verdict in told:
            pair = (numbers[verdict.left], numbers[verdict.right])
            if verdict.verdict == "different":
                for number, other in (pair, pair[::-1]):
                    self._claims_of(number).apart.add(other)
        for verdict in told:
            if verdict.verdict == "same":
                self.join(numbers[verdict.left], numbers[verdict.right], is_ordered=True)

    def are_one(self, left: int, right: int) -> bool:
        """Say whether two reports are in one group."""
        return self._group[left] == self._group[right]

    def join(self, left: int, right: int, *, is_conflict: bool = False, is_ordered: bool = False) -> bool:
        """Join the groups of two reports unless what they claim excludes it; say whether it was done.

        A conflict that was allowed once is no bar to further reports of either date. What a person ordered is done
        whatever the reports claim, unless persons keep the two apart.
        """
        if self.are_one(left, right):
            return True
        kept, gone = sorted(
            (self._group[left], self._group[right]), key=lambda g: (-len(self._members[g]), g)
        )
        mine, theirs = self._claims_of(kept), self._claims_of(gone)
        if is_conflict:
            mine.allowed.append((self._reports[left], self._reports[right]))
        is_apart = any(number in mine.apart for number in self._members[gone])
        if is_apart or (not is_ordered and mine.exclude(theirs)):
            return False
        if is_ordered:
            mine.allowed += [(a, b) for a in mine.dates.values() for b in theirs.dates.values()]
        for number in self._members[gone]:
            self._group[number] = kept
        self._members[kept] += self._members.pop(gone)
        mine.take(self._claims.pop(gone))
        return True

    def all(self) -> list[list[Report]]:
        """Give the groups, each and all in the order of the reports."""
        groups = sorted(sorted(members) for members in self._members.values())
        return [[self._reports[number] for number in members] for members in groups]

    def _claims_of(self, group: int) -> Claims:
        found = self._claims.get(group)
        if found is None:
            found = self._claims[group] = Claims.of(self._reports[group])
        return found
