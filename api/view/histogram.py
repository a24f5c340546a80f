"""The histogram: counts by month in, the bars of an SVG out, each with the stretch of time its link narrows to.

A bar is a month where few years are shown, else a quarter, else a year: so that it can be hit with a finger, and the
page stays light. Where the filter holds few years, these alone are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline.chronology import FacetCount

# Across, places are per cent of the drawing, so that it fits any screen while its labels keep their size.
WIDTH, HEIGHT, FLOOR = 100, 96, 76
# Months up to which a bar is a month, and up to which it is a quarter.
_BY_MONTH, _BY_QUARTER = 60, 300
# Events that a bar of full height stands for at least, and how wide a bar is at most.
_LEAST_HIGH, _WIDEST = 4, 1.6


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of time from month `low` to month `high`: its bar, its events, whether the filter holds it.

    `width` is that of its place, which can be clicked, `stick` that of the bar in it.
    """

    low: str
    high: str
    count: int
    x: float
    width: float
    stick: float
    y: float
    height: float
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A year under the axis; a minor one gives way where there is little room."""

    x: float
    label: str
    is_minor: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """What the template draws; `is_part` says that times outside the filter are left out."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    highest: int
    is_part: bool = False
    height: int = HEIGHT
    floor: int = FLOOR


def draw_histogram(counts: Iterable[FacetCount], low: str | None, high: str | None) -> Histogram:
    """Lay out the bars; `low` and `high` are the ISO days of the filter, values are months (2021-06).

    Every stretch between the first and the last has its place, so that gaps show.
    """
    months = {_number(c.value): c.count for c in counts if c.value[:4].isdigit() and len(c.value) >= 7}
    if not months:
        return Histogram((), (), 0)
    first, last = min(months), max(months)
    near = _near(low, high, first, last)
    if near:
        first, last = near
    length = last - first + 1
    unit = 1 if length <= _BY_MONTH else 3 if length <= _BY_QUARTER else 12
    starts = range(first - first % unit, last + 1, unit)
    step = WIDTH / max(len(starts), 12)
    sums = [sum(months.get(month, 0) for month in range(start, start + unit)) for start in starts]
    highest = max(*sums, _LEAST_HIGH)
    bars = tuple(
        _bar(start, start + unit - 1, count, i * step, step, highest, low, high)
        for i, (start, count) in enumerate(zip(starts, sums, strict=True))
        if count
    )
    return Histogram(bars, _ticks(starts, step), highest, near is not None)


def _near(low: str | None, high: str | None, first: int, last: int) -> tuple[int, int] | None:
    """Give the whole years that the filter holds, where they are few of those that there are."""
    if (low is None and high is None) or last - first < _BY_MONTH:
        return None
    start = max(first, _number(low) // 12 * 12) if low else first
    end = min(last, _number(high) // 12 * 12 + 11) if high else last
    if start > end or (start, end) == (first, last) or end - start >= _BY_MONTH:
        return None
    return start, end


def _bar(
    start: int, end: int, count: int, x: float, step: float, highest: int, low: str | None, high: str | None
) -> Bar:
    height = max(3.0, (FLOOR - 6) * count / highest)
    gap = min(0.2, step / 4)
    first, last = _month(start), _month(end)
    inside = (low is None or last >= low[:7]) and (high is None or first <= high[:7])
    return Bar(
        low=first,
        high=last,
        count=count,
        x=round(x, 2),
        width=round(step - gap, 2),
        stick=round(min(step - gap, _WIDEST), 2),
        y=round(FLOOR - height, 1),
        height=round(height, 1),
        is_chosen=inside and (low is not None or high is not None),
    )


def _ticks(starts: Sequence[int], step: float) -> tuple[Tick, ...]:
    """Label years, as many as have room."""
    ticks: list[Tick] = []
    for i, start in enumerate(starts):
        x = i * step
        is_year = start % 12 == 0 or i == 0
        if is_year and (not ticks or x - ticks[-1].x >= 6) and x <= WIDTH - 4:
            ticks.append(Tick(round(x, 2), f"{start // 12:04d}", is_minor=len(ticks) % 3 > 0))
    return tuple(ticks)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
