"""Put a verdict into the contract's words: clean spans become raw ones, the winner stands first, losers are kept."""

from __future__ import annotations

from timeline.edtf import Edtf
from timeline.publication.evidence import Candidate, Clue
from timeline.publication.judge import DOUBTFUL, Verdict
from timeline.records import CleanPage, Evidence, Published, PublishedKind, Span

_MOST_LOSERS = 12


def report(page: CleanPage, verdict: Verdict) -> Published:
    """Give the published record: a day, an open month-day, a year from clues, or nothing, each with its evidence."""
    clues = [_clue(page, c, verdict) for c in verdict.clues]
    losers = [_evidence(page, c, used=False) for c in verdict.losers[:_MOST_LOSERS]]
    edtf: str | None = None
    kind: PublishedKind = "none"
    confidence = 0.0
    winners: list[Evidence] = []
    if verdict.day:
        winners = [_evidence(page, c, used=True) for c in verdict.winners]
        value = Edtf.of_day(verdict.day)
        edtf = str(value if verdict.share >= DOUBTFUL else value.with_qualifier("?"))
        kind, confidence = _kind(verdict.winners[0]), verdict.share
    elif verdict.year:
        value = Edtf.of_parts(verdict.year, verdict.month)
        edtf = str(value if verdict.year_share >= 0.8 else value.with_qualifier("?"))
        kind, confidence = "url" if verdict.month else "inferred", verdict.year_share
        clues.sort(key=lambda e: (not e.used, -e.weight))
    elif verdict.monthday:
        winners = [_evidence(page, verdict.monthday, used=True)]
        edtf, kind = str(verdict.monthday.edtf), _kind(verdict.monthday)
        confidence = verdict.monthday.trust
    evidence = (*winners, *clues, *losers) if not verdict.day else (*winners, *losers, *clues)
    return Published(edtf=edtf, kind=kind, confidence=round(confidence, 3), evidence=tuple(evidence))


def _kind(candidate: Candidate) -> PublishedKind:
    return "inferred" if candidate.kind == "clue" else candidate.kind


def _evidence(page: CleanPage, c: Candidate, *, used: bool) -> Evidence:
    text, start, end = _raw(page, c.span, c.text)
    return Evidence(
        kind=c.kind,
        edtf=str(c.edtf),
        text=text,
        start=start,
        end=end,
        weight=round(c.trust, 3),
        note=c.note,
        used=used,
    )


def _clue(page: CleanPage, clue: Clue, verdict: Verdict) -> Evidence:
    text, start, end = _raw(page, clue.span, clue.text)
    fits = bool(
        (verdict.day and clue.allows(verdict.day))
        or (verdict.day is None and verdict.year and clue.allows_year(verdict.year))
    )
    value = None
    if len(clue.ranges) == 1:
        low, high = clue.ranges[0]
        value = f"{low or '..'}/{high or '..'}" if low or high else None
    return Evidence(
        kind="clue",
        edtf=value,
        text=text,
        start=start,
        end=end,
        weight=round(clue.weight, 3),
        note=clue.note,
        used=fits,
    )


def _raw(page: CleanPage, span: Span | None, text: str) -> tuple[str, int | None, int | None]:
    return page.to_raw(span.start, span.end) if span else (text, None, None)
