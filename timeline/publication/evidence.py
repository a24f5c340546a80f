"""What the gatherers hand to the judge: candidates for the day and clues about the year, in clean offsets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from timeline.edtf import Edtf
from timeline.publication.stamps import FIRST_YEAR, LAST_YEAR
from timeline.records import EvidenceKind, Span

# Whose time it is: the text's first appearance, this page's, a copy's, an edit's, a crawler's, somebody else's.
Origin = Literal["original", "page", "repost", "update", "crawl", "other"]

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that says when the text appeared; a year it does not say is None.

    `trust` is the share of pages with such a form whose publication day it is, when nothing speaks against it.
    """

    kind: EvidenceKind
    origin: Origin
    year: int | None
    month: int
    day: int
    trust: float
    text: str
    span: Span | None
    note: str

    @property
    def edtf(self) -> Edtf:
        """Give the value as it stands, with an unknown year as X."""
        return Edtf.of_parts(self.year, self.month, self.day)

    @property
    def date(self) -> date | None:
        """Give the calendar day, where the year is stated."""
        return date(self.year, self.month, self.day) if self.year else None


@dataclass(frozen=True, slots=True)
class Clue:
    """Something in the text that rules publication days in or out: the ranges allowed, inclusive, None being open.

    `weight` is what a day outside the ranges loses, in natural logarithms of its odds. A hint (the newest year
    mentioned, a year in an event's name) helps to choose a year that nothing states; against a day that the page
    itself states it counts only where the page is a copy.
    """

    ranges: tuple[tuple[date | None, date | None], ...]
    weight: float
    text: str
    span: Span | None
    note: str
    is_hint: bool = False

    def allows(self, day: date) -> bool:
        """Say whether the page may be of that day."""
        return self.allows_some(day, day)

    def allows_some(self, first: date, last: date) -> bool:
        """Say whether the page may be of some day from the first to the last."""
        for low, high in self.ranges:
            if (low is None or low <= last) and (high is None or first <= high):
                return True
        return False

    def allows_year(self, year: int) -> bool:
        """Say whether the page may be of some day in that year."""
        return self.allows_some(date(year, 1, 1), date(year, 12, 31))

    def years(self, first: MonthDay, last: MonthDay) -> list[range]:
        """Give the years in which the page may be of some day from one month and day to another.

        >>> Clue(((date(2020, 7, 1), date(2021, 6, 30)),), 1.0, "", None, "").years((6, 9), (6, 9))
        [range(2021, 2022)]
        """
        out = []
        for low, high in self.ranges:
            from_year = low.year + (last < (low.month, low.day)) if low else FIRST_YEAR
            to_year = high.year - (first > (high.month, high.day)) if high else LAST_YEAR
            out.append(range(from_year, to_year + 1))
        return out

    @property
    def is_narrow(self) -> bool:
        """Say whether it points to one year rather than only bounding it."""
        return any(low and high and (high - low).days <= 730 for low, high in self.ranges)
