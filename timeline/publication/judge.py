"""Weigh all evidence into one day: candidates and clues in, the verdict with its winner, losers and bounds out.

Each distinct day has odds: the product, over kinds of evidence, of trust / (1 - trust) of the best candidate of that
kind, where that is more than 1. "None of these days" has odds of 1. A day's share of all odds is how sure the judge is. Before that, a copy's
stamp that is much later than a citation or dateline becomes an upper bound, and a day that clues rule out loses odds.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import exp, prod

from timeline.publication.evidence import Candidate, Clue, MonthDay
from timeline.publication.stamps import FIRST_YEAR, LAST_YEAR

_YEARS = frozenset(range(FIRST_YEAR, LAST_YEAR + 1))
# a wire's text is on the pages of its customers within a week; a stamp later than that is a copy's
_SAME_RUN = timedelta(days=7)
# a dateline without a year that would be older than this is rather somebody else's than the text's own
_OLDEST = timedelta(days=180)
# a range of days no longer than this names a month
_MONTH = timedelta(days=40)
# such a range begins some days before its month: so far into it lies a day of the month itself
_INTO_MONTH = timedelta(days=10)
# what a copy's stamp keeps of its odds once the original's day is known
_COPY_FACTOR = 0.03
# what clues can take at most from a stated day, in logarithms of odds: a page's own label outweighs them, a copy's not
_CLUE_LIMIT, _COPY_CLUE_LIMIT = 2.0, 5.0
# shares under which a day is marked as uncertain, and not given at all
DOUBTFUL, TOO_THIN = 0.62, 0.5
# clues that weigh less than this settle no year by themselves
_TOO_WEAK = 0.85
# trust from which a stamp may lend its year, and from which evidence is weighed at all
_NEAR_TRUST, _NOTICED = 0.4, 0.12
# a web page may follow its paper by so much without being worth a warning
_NEXT_DAYS = timedelta(days=3)
# how far the year that clues choose must lead to be taken for strong, or fair
_STRONG, _FAIR = 2.0, 1.3
_SURE = 0.96
# share from which a day is a rival worth a warning, or says which year it was
_LIKELY = 0.2
# what the caller says outweighs everything a page can say
_GIVEN_ODDS = 1000.0


@dataclass(slots=True)
class Verdict:
    """What the judge found: the day with its share, or the year alone, with the evidence that stood for and against."""

    day: date | None = None
    monthday: Candidate | None = None
    year: int | None = None
    month: int | None = None
    share: float = 0.0
    year_share: float = 0.0
    winners: list[Candidate] = field(default_factory=list)
    losers: list[Candidate] = field(default_factory=list)
    clues: list[Clue] = field(default_factory=list)
    written: date | None = None
    latest: date | None = None
    warnings: list[str] = field(default_factory=list)


def judge(candidates: Sequence[Candidate], clues: Sequence[Clue]) -> Verdict:
    """Weigh candidates and clues; the order in which they come does not matter."""
    verdict = Verdict(clues=list(clues))
    dated = [c for c in candidates if c.year is not None]
    bound = _bound(dated)
    completed = {id(c): _complete(c, bound, dated, clues) for c in candidates if c.year is None}
    settled = [*dated, *(c for c in completed.values() if c.year is not None)]
    verdict.latest = bound
    settled = _demote_copies(settled, verdict)
    odds = _odds(settled, clues)
    _choose(odds, settled, verdict)
    if verdict.day is None:
        open_ones = [c for c in completed.values() if c.year is None]
        if open_ones and not verdict.year:
            verdict.monthday = max(open_ones, key=lambda c: c.trust)
        _infer_year(clues, bound, verdict)
    if verdict.year:
        verdict.monthday = None
    verdict.losers.extend(c for c in completed.values() if c.year is None and c is not verdict.monthday)
    verdict.latest = _tightest(bound, clues, verdict)
    return verdict


def rank_years(clues: Iterable[Clue], latest: date | None) -> list[tuple[float, int]]:
    """Rank the years by what clues they break, best first, of equal ones the latest; a year after the bound is out."""
    last = latest.year if latest else LAST_YEAR
    broken = _broken(clues, (1, 1), (12, 31))
    scored = [(-broken[year], year) for year in range(FIRST_YEAR, last + 1)]
    return sorted(scored, reverse=True)


def _broken(clues: Iterable[Clue], first: MonthDay, last: MonthDay) -> dict[int, float]:
    """Give the weight of the clues that each year breaks with all its days from one month and day to another."""
    broken = dict.fromkeys(_YEARS, 0.0)
    for clue in clues:
        for year in _YEARS.difference(*clue.years(first, last)):
            broken[year] += clue.weight
    return broken


def _bound(dated: Sequence[Candidate]) -> date | None:
    """Give the day the text cannot be younger than: the earliest trustworthy stamp of any origin."""
    days = [c.date for c in dated if c.date and (c.trust >= 0.5 or c.origin in ("crawl", "update"))]
    given = [c.date for c in dated if c.kind == "given" and c.date]
    return min(given or days, default=None)


def _complete(
    candidate: Candidate, bound: date | None, dated: Sequence[Candidate], clues: Sequence[Clue]
) -> Candidate:
    """Give a yearless candidate the latest year that fits bounds and clues; leave it open where nothing settles it."""
    same = [
        (stamp - day, stamp, day.year)
        for stamp in (c.date for c in dated if c.date and c.trust >= _NEAR_TRUST)
        for year in (stamp.year, stamp.year - 1)
        if (day := _on(year, candidate)) and timedelta() <= stamp - day <= _SAME_RUN
    ]
    if same:
        _, stamp, year = min(same)
        return replace(candidate, year=year, note=f"{candidate.note}, year from the stamp {stamp}")
    on = (candidate.month, candidate.day)
    broken = _broken(clues, on, on)
    scored = [(-broken[year], year) for year in _years_with(on, bound)]
    return _choose_year(candidate, scored, bound, clues) if scored else candidate


def _years_with(on: MonthDay, bound: date | None) -> list[int]:
    """List the years that have a month and day, up to a bound, the latest first."""
    last = bound.year - (on > (bound.month, bound.day)) if bound else LAST_YEAR
    years = range(last, FIRST_YEAR - 1, -1)
    return [year for year in years if isleap(year)] if on == (2, 29) else list(years)


def _choose_year(
    candidate: Candidate, scored: list[tuple[float, int]], bound: date | None, clues: Sequence[Clue]
) -> Candidate:
    """Choose among a candidate's years (latest first) by what clues they break, or the latest under a bound."""
    best, _ = max(scored)
    fitting = [year for score, year in scored if score >= best - _TOO_WEAK]
    is_narrowed = len(fitting) == 1 or (len(fitting) == 2 and any(c.is_narrow for c in clues))
    if not is_narrowed and bound is None:
        return candidate
    day = date(fitting[0], candidate.month, candidate.day)
    why = "the latest that fits the bound"
    if is_narrowed and len(fitting) < len(scored):
        helped = [c.text for c in clues if c.is_narrow and c.allows(day)]
        why = "from " + ", ".join(dict.fromkeys(helped[:3])) if helped else why
        gap = best - max(score for score, other in scored if other not in fitting)
        limit = 0.9 if gap >= _STRONG and len(fitting) == 1 else 0.75 if gap >= _FAIR else 0.6
    else:
        is_old = candidate.kind == "dateline" and bound is not None and bound - day > _OLDEST
        limit = 0.4 if is_old else 0.6
    note = f"{candidate.note}, year {why}"
    return replace(candidate, year=day.year, trust=min(candidate.trust, limit), note=note)


def _on(year: int, candidate: Candidate) -> date | None:
    try:
        return date(year, candidate.month, candidate.day)
    except ValueError:
        return None


def _demote_copies(settled: list[Candidate], verdict: Verdict) -> list[Candidate]:
    """Turn stamps that are later than the original's day into bounds, and a wire's day into support for the page's."""
    originals = [
        c for c in settled if c.origin == "original" and c.kind in ("citation", "dateline") and c.trust >= 0.5
    ]
    if not originals or any(c.kind == "given" for c in settled):
        return settled
    original = max(originals, key=lambda c: (c.kind == "citation", c.trust))
    first = original.date
    assert first is not None
    later = [c for c in settled if c.origin != "original" and c.date and c.date > first]
    if original.kind == "dateline":
        verdict.written = first
        if any(c.date and c.date - first <= _SAME_RUN and c.trust >= 0.5 for c in later):
            verdict.losers.append(replace(original, note=original.note + ", the day it was written"))
            return [c for c in settled if c is not original]
    for c in later:
        if c.trust >= 0.5 and c.date and c.date - first > _NEXT_DAYS:
            verdict.warnings.append(
                f"the stamp {c.date} is later than the text's own day {first}: taken for a copy"
            )
    return [_as_bound(c) if c in later and c.trust > 0.2 else c for c in settled]


def _as_bound(stamp: Candidate) -> Candidate:
    """Take a stamp for that of a copy."""
    note = stamp.note + ", later than the original: a bound"
    return replace(stamp, trust=stamp.trust * _COPY_FACTOR, origin="repost", note=note)


def _odds(settled: Sequence[Candidate], clues: Sequence[Clue]) -> dict[date, float]:
    """Give the odds of each day: of its best evidence of each kind, less what the clues say that rule it out."""
    best: dict[tuple[date, str], float] = {}
    for c in settled:
        if c.date:
            key = (c.date, c.kind)
            best[key] = max(best.get(key, 0.0), c.trust)
    ratios: dict[date, list[float]] = {}
    for (day, _), trust in best.items():
        if trust >= _NOTICED:
            ratios.setdefault(day, []).append(trust / (1 - min(trust, 0.995)))
    # evidence that is more likely wrong than right takes nothing from what else speaks for its day
    odds = {
        day: prod(r for r in every if r > 1) if max(every) > 1 else max(every)
        for day, every in ratios.items()
    }
    own = {c.date for c in settled if c.origin in ("page", "original")}
    copied = {c.date for c in settled if c.origin in ("repost", "crawl")} - own
    for day in odds:
        is_copy = day in copied
        loss = sum(c.weight for c in clues if (is_copy or not c.is_hint) and not c.allows(day))
        odds[day] *= exp(-min(loss, _COPY_CLUE_LIMIT if is_copy else _CLUE_LIMIT))
    return odds


def _choose(odds: dict[date, float], settled: Sequence[Candidate], verdict: Verdict) -> None:
    """Take the likeliest day where it is likely enough, else the year in which all likely days lie."""
    odds = _with_given(odds, settled)
    total = sum(odds.values()) + 1.0  # "none of these days" has odds of 1
    ranked = sorted(odds, key=lambda day: (-odds[day], day))
    top = ranked[0] if ranked else None
    if top is not None and odds[top] / total >= TOO_THIN:
        verdict.day, verdict.share = top, min(_SURE, odds[top] / total)
        verdict.winners = sorted((c for c in settled if c.date == top), key=_by_trust)
    verdict.losers.extend(sorted((c for c in settled if c not in verdict.winners), key=_by_trust))
    likely = [day for day in ranked if odds[day] / total >= _LIKELY]
    if verdict.day is not None:
        if rivals := [day for day in ranked[1:3] if day in likely]:
            verdict.warnings.append("also dated " + ", ".join(map(str, rivals)))
    elif likely and len({day.year for day in likely}) == 1:
        verdict.year = likely[0].year
        verdict.year_share = sum(odds[day] for day in likely) / total


def _with_given(odds: dict[date, float], settled: Sequence[Candidate]) -> dict[date, float]:
    """Let the day that the caller gave outweigh all that the page says; of several the earliest."""
    given = [c for c in settled if c.kind == "given" and c.date]
    first = min(given, key=lambda c: c.edtf.sort_key(), default=None)
    if first is None or first.date is None:
        return odds
    return {first.date: _GIVEN_ODDS, **{day: min(o, 1.0) for day, o in odds.items() if day != first.date}}


def _by_trust(candidate: Candidate) -> tuple[float, str, int]:
    """Order evidence for readers: the most trusted first, then by kind and place."""
    return -candidate.trust, candidate.kind, candidate.span.start if candidate.span else -1


def _infer_year(clues: Sequence[Clue], bound: date | None, verdict: Verdict) -> None:
    """Infer the year alone, where clues that point to one year agree on it and no other year fits as well."""
    if not any(c.is_narrow for c in clues):
        return
    ranked = rank_years(clues, bound)
    (best, year), (second, _) = ranked[0], ranked[1]
    margin = best - second
    if margin >= 1.0:
        verdict.year = year
        verdict.year_share = 1 / (1 + exp(-margin))
        months = set(_named_months(clues, year))
        verdict.month = months.pop() if len(months) == 1 else None


def _named_months(clues: Iterable[Clue], year: int) -> Iterator[int]:
    """Give the months of a year that clues name, as the address under which a page is filed does."""
    for clue in clues:
        for low, high in () if clue.is_hint else clue.ranges:
            if low and high and high - low <= _MONTH:
                inside = low + _INTO_MONTH
                if inside.year == year:
                    yield inside.month


def _tightest(bound: date | None, clues: Sequence[Clue], verdict: Verdict) -> date | None:
    """Give the tightest upper bound that stamps and sure clues set."""
    limits = [bound] if bound else []
    for c in clues:
        highs = [high for _, high in c.ranges]
        if c.weight >= 2.0 and all(highs) and not c.is_narrow:
            limits.append(max(h for h in highs if h))
    if verdict.day:
        limits = [limit for limit in limits if limit >= verdict.day] or [verdict.day]
    return min(limits, default=None)
