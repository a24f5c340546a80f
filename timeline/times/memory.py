"""What a text has told so far, for the dates that lean on it: each answer kept in, 同日's day and 9日's month out."""

from __future__ import annotations

import re
from typing import NamedTuple

from timeline.edtf import Edtf
from timeline.times.context import Said, Tense, Told, is_same_sentence, tense_of
from timeline.times.words import entries, words_of

_YEARS_KEPT = 50
_NEAR = 150  # how many characters a month stays the month of the days after it
# 继|去年8月2日签约后，双方8日成立公司
_BESIDE = re.compile(rf"(?:{words_of('set_beside')})$")
_LONGEST = max(map(len, entries("set_beside")))


class Leanings(NamedTuple):
    """What of the text around it the value of an expression can rest on."""

    tense: Tense
    told: Told | None
    day: Told | None
    is_near: bool
    is_same: bool
    known_year: int | None


class Answer(NamedTuple):
    """A value as it goes out; what it tells for the dates after it; the month and day whose year it states or announces."""

    edtf: Edtf | None
    first: str | None
    last: str | None
    reason: str
    told: Told | None = None
    dated: tuple[int, int] | None = None


class Memory:
    """The last date told, the last day told, and month-days whose year was stated or announced."""

    __slots__ = ("_day", "_end", "_start", "_told", "_years")

    def __init__(self) -> None:
        self._told: Told | None = None
        self._day: Told | None = None
        self._start = self._end = 0
        self._years: dict[tuple[int, int], int | None] = {}

    def leanings(self, text: str, said: Said) -> Leanings:
        """Gather what an expression can lean on where it stands."""
        start, end, frame = said.start, self._end, said.known
        is_near = is_same = False
        if self._told is not None and start - end <= _NEAR:
            is_near = text.find("\n", end, start) < 0 and not self._is_set_beside(text)
            is_same = is_same_sentence(text, end, start)
        known = None
        if self._years and "day" in frame and "month" in frame:
            known = self._years.get((int(frame["month"]), int(frame["day"])))
        tense = tense_of(text, start, said.end)
        return Leanings(tense, self._told, self._day, is_near, is_same, known)

    def _is_set_beside(self, text: str) -> bool:
        """Say whether the last date told is only what the telling is set beside: 继|去年8月2日签约后."""
        return _BESIDE.search(text, max(0, self._start - _LONGEST), self._start) is not None

    def keep(self, answer: Answer, said: Said, *, has_leaned: bool) -> None:
        """Keep what an answer tells; where it leaned on nothing, a year stated before still counts as stated."""
        told, before = answer.told, self._told
        if told is None:
            return
        if not has_leaned and before is not None and before.is_year_stated and before.year == told.year:
            told = told._replace(is_year_stated=True)
        self._told, self._start, self._end = told, said.start, said.end
        if told.day is not None:
            self._day = told
        if answer.dated is not None:
            self._years.pop(answer.dated, None)
            self._years[answer.dated] = told.year
            if len(self._years) > _YEARS_KEPT:
                del self._years[next(iter(self._years))]
