"""What the gatherers hand to the judge: candidates for the day and clues about the year, in clean offsets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from timeline.edtf import Edtf
from timeline.records import EvidenceKind, Span

# Whose time it is: the text's first appearance, this page's, a copy's, an edit's, a crawler's, somebody else's.
Origin = Literal["original", "page", "repost", "update", "crawl", "other"]


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

    @property
    def is_narrow(self) -> bool:
        """Say whether it points to one year rather than only bounding it."""
        return any(low and high and (high - low).days <= 730 for low, high in self.ranges)
