"""Reports in, the pairs of them that are worth comparing out, in time that grows with their number alone.

Only reports that share a key are compared: a body and a month, two bodies, a name, a place and a day. A key that more
than some hundred reports share counts only together with a day; where that is shared by as many, each report is
compared with the next ones in the order of their codes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from timeline.link.reports import Report
from timeline.link.tellings import hash_key

BLOCK_CAP = 120
WINDOW = 40
_PAIR_CAP = 8
# the codes of Beijing, Tianjin, Shanghai and Chongqing: their districts are counted like cities
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})

# of a block: the short names of its reports, each with its days (months and days as MMDD, 0 where none is known)
Members = Mapping[int, Iterable[int]]


def report_blocks(report: Report) -> list[int]:
    """List the keys of a report."""
    family = report.family
    months = {f"{month}" for month, _ in report.days}
    bodies = sorted(report.makers or report.bodies)[:_PAIR_CAP]
    found: list[tuple[str, ...]] = [
        ("body", family, body, month) for body in report.bodies for month in months
    ]
    found += [("pair", family, *pair) for pair in combinations(bodies, 2)]
    if report.name is not None and report.name.is_telling:
        found.append(("name", family, report.name.proper))
        found += [("alike", family, report.name.proper[:4], month) for month in months]
    place = report.place
    if place is not None:
        where = _city(place.adcode) if place.adcode else place.name
        found += [("place", family, where, f"{month}-{day}") for month, day in report.days if day]
    return sorted({hash_key(key) for key in found})


def _city(adcode: str) -> str:
    """Give the part of a code that says the city; what is in a city and what is in its district may be one."""
    return adcode[:2] if adcode[:2] in _MUNICIPALITIES else adcode[:4]


def report_days(report: Report) -> list[int]:
    """List the month-days of a report as MMDD; 0 alone where it has none."""
    return sorted({month * 100 + day for month, day in report.days}) or [0]


def find_pairs(reports: Sequence[Report]) -> set[tuple[int, int]]:
    """List the pairs worth comparing, as places in the list, the lower one first."""
    blocks: dict[int, dict[int, list[int]]] = defaultdict(dict)
    places = {}
    for number, report in enumerate(reports):
        places[report.code] = number
        days = report_days(report)
        for key in report_blocks(report):
            blocks[key][report.code] = days
    found = set()
    for members in blocks.values():
        for left, right in pair_block(members):
            one, other = places[left], places[right]
            found.add((one, other) if one < other else (other, one))
    return found


def pair_block(members: Members) -> Iterator[tuple[int, int]]:
    """List the pairs of one block's reports that are worth comparing, by their codes, the lower one first."""
    if len(members) <= BLOCK_CAP:
        yield from combinations(sorted(members), 2)
        return
    for part in cut_by_day(members).values():
        if len(part) <= BLOCK_CAP:
            yield from combinations(part, 2)
        else:
            yield from (
                (one, part[i])
                for at, one in enumerate(part)
                for i in range(at + 1, min(at + 1 + WINDOW, len(part)))
            )


def cut_by_day(members: Members) -> dict[int, list[int]]:
    """Cut a block by its reports' days, each part in the order of the codes."""
    parts: dict[int, list[int]] = defaultdict(list)
    for code in sorted(members):
        for day in members[code]:
            parts[day].append(code)
    return dict(parts)
