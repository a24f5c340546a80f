"""The histogram: counts by month in, the bars of an SVG out, each with the stretch of time its link narrows to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline.chronology import FacetCount

# Across, places are per cent of the drawing, so that it fits any screen while its labels keep their size.
WIDTH, HEIGHT, FLOOR = 100, 96, 76
# Months a bar each; over a longer time a bar is a year.
_MOST_MONTHS = 240


@dataclass(frozen=True, slots=True)
class Bar:
    """One month or year: where its bar stands, how many events it has, whether the filter holds it."""

    value: str
    count: int
    x: float
    width: float
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
    """What the template draws; no bars where fewer than two stretches have events."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    highest: int
    height: int = HEIGHT
    floor: int = FLOOR


def draw_histogram(counts: Iterable[FacetCount], low: str | None, high: str | None) -> Histogram:
    """Lay out the bars; `low` and `high` are the ISO days of the filter.

    Values are months (2021-06) or years; every month between the first and the last has its place, so that gaps show.
    """
    months = {c.value[:7]: c.count for c in counts if c.value[:4].isdigit() and len(c.value) >= 7}
    if not months:
        return Histogram((), (), 0)
    slots = _months(min(months), max(months))
    if len(slots) > _MOST_MONTHS:
        slots = [f"{year:04d}" for year in range(int(slots[0][:4]), int(slots[-1][:4]) + 1)]
        months = _by_year(months)
    step = WIDTH / max(len(slots), 12)
    highest = max(months.values())
    bars = tuple(
        _bar(slot, months[slot], i * step, step, highest, low, high)
        for i, slot in enumerate(slots)
        if slot in months
    )
    return Histogram(bars, _ticks(slots, step), highest)


def _bar(
    slot: str, count: int, x: float, step: float, highest: int, low: str | None, high: str | None
) -> Bar:
    height = max(3.0, (FLOOR - 6) * count / highest)
    gap = min(0.2, step / 4)
    inside = (low is None or slot >= low[: len(slot)]) and (high is None or slot <= high[: len(slot)])
    chosen = inside and (low is not None or high is not None)
    return Bar(
        slot, count, round(x, 2), round(step - gap, 2), round(FLOOR - height, 2), round(height, 2), chosen
    )


def _ticks(slots: Sequence[str], step: float) -> tuple[Tick, ...]:
    """Label years, as many as have room."""
    starts = [
        (i, slot[:4]) for i, slot in enumerate(slots) if len(slot) == 4 or slot.endswith("-01") or i == 0
    ]
    ticks: list[Tick] = []
    for i, year in starts:
        x = i * step
        if (not ticks or x - ticks[-1].x >= 6) and x <= WIDTH - 4:
            ticks.append(Tick(round(x, 2), year, is_minor=len(ticks) % 3 > 0))
    return tuple(ticks)


def _months(first: str, last: str) -> list[str]:
    low = int(first[:4]) * 12 + int(first[5:7]) - 1
    high = int(last[:4]) * 12 + int(last[5:7]) - 1
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(low, high + 1)]


def _by_year(months: dict[str, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month, count in months.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return years
