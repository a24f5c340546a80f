"""Changed reports with their old and new blocks in, the reports whose pairs change and all pairs of theirs out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from timeline.link import BLOCK_CAP, WINDOW, pair_block
from timeline.store import Evidence

Part = tuple[int, int]
Blocks = Mapping[int, Mapping[int, Collection[int]]]


@dataclass(frozen=True, slots=True)
class PairsChange:
    """Reports whose pairs may have changed, and every pair that one of them is in, by codes, the lower one first."""

    reports: frozenset[int]
    pairs: frozenset[tuple[int, int]]


def settle_pairs(evidence: Evidence, changed: Collection[int], after: Blocks) -> PairsChange:
    """Find which pairs of reports are worth comparing now that some reports changed.

    `changed` are reports that are new, gone, or whose blocks are new; `after` gives the blocks of those that are not
    gone, each with its days. A change can push a block over the bounds of what is compared in full; then its other
    members' pairs change as well.
    """
    blocks = _Blocks(evidence, set(changed), after)
    reports = frozenset(blocks.find_shifted() | after.keys())
    return PairsChange(reports, frozenset(blocks.find_pairs(reports)))


class _Blocks:
    """The blocks of changed reports, before and after, without loading the members of the largest ones."""

    def __init__(self, evidence: Evidence, changed: set[int], after: Blocks) -> None:
        self._evidence, self._changed = evidence, changed
        self._before: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._after: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for key, day, report in evidence.blocks(changed):
            self._before[key][report].add(day)
        for report, keys in after.items():
            for key, days in keys.items():
                self._after[key][report].update(days)
        self._others: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._parts: dict[Part, set[int]] = {}
        self._sizes: dict[int, int] = {}

    def find_shifted(self) -> set[int]:
        """Find the unchanged reports whose pairs change because a block grew or shrank over a bound."""
        keys = {*self._before, *self._after}
        self._measure(keys)
        shifted: set[int] = set()
        large = set()
        for key in keys:
            before = self._sizes[key]
            after = before - len(self._before.get(key, ())) + len(self._after.get(key, ()))
            if before > BLOCK_CAP and after > BLOCK_CAP:
                large |= {
                    (key, day)
                    for told in (self._before, self._after)
                    for days in told.get(key, {}).values()
                    for day in days
                }
            elif max(before, after) > BLOCK_CAP:
                self._load({key})
                shifted |= self._others[key].keys()
        self._load_parts(large)
        for part in large:
            shifted |= self._shifted_in(part)
        return shifted - self._changed

    def find_pairs(self, reports: Collection[int]) -> set[tuple[int, int]]:
        """List all pairs in which one of some reports is."""
        wanted = set(reports)
        for key, day, report in self._evidence.blocks(wanted - self._changed):
            self._after[key][report].add(day)
        keys = {key for key, told in self._after.items() if wanted & told.keys()}
        self._measure(keys)
        sizes = {key: self._size_after(key) for key in keys}
        self._load({key for key in keys if sizes[key] <= BLOCK_CAP})
        large = {key for key in keys if sizes[key] > BLOCK_CAP}
        parts = {(key, day) for key in large for days in self._after[key].values() for day in days}
        self._load_parts(parts)
        pairs: set[tuple[int, int]] = set()
        for key in keys - large:
            members = {**self._others[key], **self._after[key]}
            pairs.update(
                pair for pair in pair_block(dict.fromkeys(members, ())) if not wanted.isdisjoint(pair)
            )
        for part in parts:
            pairs.update(pair for pair in _pair_part(self._members(part)) if not wanted.isdisjoint(pair))
        return pairs

    def _size_after(self, key: int) -> int:
        changed = sum(report in self._changed for report in self._after[key])
        return self._sizes[key] - len(self._before.get(key, ())) + changed

    def _shifted_in(self, part: Part) -> set[int]:
        key, day = part
        gone = {report for report, days in self._before.get(key, {}).items() if day in days}
        come = {report for report, days in self._after.get(key, {}).items() if day in days}
        others = self._parts[part]
        before, after = len(others) + len(gone), len(others) + len(come)
        if gone == come or max(before, after) <= BLOCK_CAP:
            return set()
        if min(before, after) <= BLOCK_CAP:
            return others
        return _near(sorted(others | gone), gone) | _near(sorted(others | come), come)

    def _members(self, part: Part) -> list[int]:
        key, day = part
        own = {report for report, days in self._after[key].items() if day in days}
        return sorted(self._parts[part] | own)

    def _measure(self, keys: Collection[int]) -> None:
        missing = set(keys) - self._sizes.keys()
        self._sizes.update(dict.fromkeys(missing, 0))
        self._sizes.update(self._evidence.block_sizes(missing))

    def _load(self, keys: Collection[int]) -> None:
        for key, members in self._evidence.members(keys).items():
            for report, days in members.items():
                if report not in self._changed:
                    self._others[key][report].update(days)

    def _load_parts(self, parts: Collection[Part]) -> None:
        missing = set(parts) - self._parts.keys()
        found = self._evidence.members_of_days(missing)
        self._parts.update({part: found.get(part, set()) - self._changed for part in missing})


def _pair_part(members: list[int]) -> set[tuple[int, int]]:
    """Pair the reports of one day of a large block, as pair_block() does."""
    if len(members) <= BLOCK_CAP:
        return set(pair_block(dict.fromkeys(members, (0,))))
    return {(one, other) for at, one in enumerate(members) for other in members[at + 1 : at + 1 + WINDOW]}


def _near(members: list[int], wanted: set[int]) -> set[int]:
    """Give the members whose windows some of them stand in."""
    out: set[int] = set()
    for at, member in enumerate(members):
        if member in wanted:
            out.update(members[max(at - WINDOW, 0) : at + WINDOW + 1])
    return out
