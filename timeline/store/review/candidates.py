"""An event without a year and what its pages hold about theirs in, the years it can be of out, each with its reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from timeline.chronology import Event, ReviewCandidate
from timeline.edtf import Edtf
from timeline.errors import EdtfError
from timeline.records import Evidence, Published

_MOST = 6
# a clue that leaves more years than these rules out, and points to none
_NARROW = 3
_FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class Alike:
    """Another event that may be the same one, with its date."""

    title: str
    edtf: str


def find_years(
    event: Event, published: Iterable[Published], alike: Iterable[Alike], *, last_year: int
) -> tuple[ReviewCandidate, ...]:
    """List the dates that an event of unknown year can have, the best supported first, at most six.

    Years come from the dates that its pages bear, even where these did not settle the page's own; from clues that leave
    few years; from the weekday beside the date, up to `last_year`; from dated events that may be the same. A clue or
    weekday that rules a year out drops it. An event with no date at all gets the years of its pages.
    """
    told = Edtf.parse(event.date.edtf) if event.date.edtf else None
    evidence = [one for page in published for one in page.evidence]
    reasons: dict[int, list[str]] = defaultdict(list)
    for year, reason in (
        *_of_pages(event, told, evidence),
        *_of_clues(evidence),
        *_of_alike(told, alike),
    ):
        if reason not in reasons[year]:
            reasons[year].append(reason)
    fitting = _of_weekday(event, last_year)
    for year in fitting:
        reasons[year].append(f"its weekday is right: {event.date.text}")
    possible = [y for y in reasons if (not fitting or y in fitting) and _is_allowed(y, evidence)]
    ranked = sorted(possible, key=lambda y: (-len(reasons[y]), -y))
    made = ((_value(told, year), "; ".join(reasons[year])) for year in ranked)
    return tuple(ReviewCandidate(value=value, reason=reason) for value, reason in made if value)[:_MOST]


def find_rivals(dates: Sequence[tuple[str, str]]) -> tuple[ReviewCandidate, ...]:
    """List the dates that reports of one event give, each with who gives it; `dates` are pairs of a date and a page."""
    pages: dict[str, list[str]] = defaultdict(list)
    for edtf, page in dates:
        pages[edtf].append(page)
    ranked = sorted(pages, key=lambda edtf: (-len(pages[edtf]), edtf))
    return tuple(
        ReviewCandidate(value=edtf, reason=f"told by {', '.join(pages[edtf])}") for edtf in ranked[:_MOST]
    )


def _of_pages(event: Event, told: Edtf | None, evidence: Iterable[Evidence]) -> Iterator[tuple[int, str]]:
    """Give the year in which the date lies last before a day that the page may be of, or next where it is planned."""
    seen: set[date] = set()
    for one in evidence:
        day = _day(one.edtf) if one.kind != "clue" else None
        if day is None or day in seen:
            continue
        seen.add(day)
        years = (day.year, day.year + 1) if event.status == "planned" else (day.year, day.year - 1)
        for year in years:
            first = _first_day(told, year)
            is_right = first is None or (first >= day if event.status == "planned" else first <= day)
            if is_right:
                yield year, f"the page may be of {day} ({one.note})"
                break


def _of_clues(evidence: Iterable[Evidence]) -> Iterator[tuple[int, str]]:
    for one in evidence:
        low, high = _years(one)
        if low is not None and high is not None and high - low < _NARROW:
            for year in range(low, high + 1):
                yield year, f"{one.note}: {one.text}"


def _of_alike(told: Edtf | None, alike: Iterable[Alike]) -> Iterator[tuple[int, str]]:
    for one in alike:
        value = Edtf.parse(one.edtf)
        low, _ = value.bounds()
        if low is not None and (told is None or told.is_compatible(value)):
            yield low.year, f"something alike is of {one.edtf}: {one.title}"


def _of_weekday(event: Event, last_year: int) -> tuple[int, ...]:
    if not event.date.text:
        return ()
    # reading words takes the lexicon, which few callers of the store need
    from timeline.times import find, possible_years

    found = (possible_years(one, _FIRST_YEAR, last_year) for one in find(event.date.text))
    return next((years for years in found if years), ())[-_MOST:]


def _is_allowed(year: int, evidence: Iterable[Evidence]) -> bool:
    for one in evidence:
        low, high = _years(one)
        is_wide = low is None or high is None or high - low >= _NARROW
        if is_wide and ((low is not None and year < low) or (high is not None and year > high)):
            return False
    return True


def _years(one: Evidence) -> tuple[int | None, int | None]:
    if one.kind != "clue" or one.edtf is None:
        return None, None
    low, high = Edtf.parse(one.edtf).bounds()
    return (low.year if low else None), (high.year if high else None)


def _day(edtf: str | None) -> date | None:
    value = Edtf.parse(edtf) if edtf else None
    return value.bounds()[0] if value is not None and value.is_year_known else None


def _first_day(told: Edtf | None, year: int) -> date | None:
    try:
        return told.with_year(year).bounds()[0] if told is not None else None
    except EdtfError:
        return None


def _value(told: Edtf | None, year: int) -> str | None:
    try:
        return str(told.with_year(year)) if told is not None else f"{year:04d}"
    except EdtfError:  # 02-29
        return None
