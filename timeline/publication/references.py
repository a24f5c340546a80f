"""What the dates of a page and of each of its segments are counted from: the verdict and the stamps in, references out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from timeline.edtf import Edtf
from timeline.publication.evidence import Candidate
from timeline.publication.judge import DOUBTFUL, Verdict
from timeline.publication.layout import Layout
from timeline.publication.stamps import find_stamps
from timeline.records import Reference, Segment

_SAME_RUN = timedelta(days=7)
_STRONG = 0.5
_ELSEWHERE = frozenset(("teaser", "related", "comment"))


def page_reference(verdict: Verdict) -> Reference:
    """Give the day the page's own text speaks from: the day it was written, else published, else the year alone."""
    latest = verdict.latest.isoformat() if verdict.latest else None
    if verdict.day:
        winner = verdict.winners[0]
        written = verdict.written
        is_near = written is not None and timedelta() <= verdict.day - written <= _SAME_RUN
        kind = "dateline" if is_near else "none" if winner.kind == "clue" else winner.kind
        day = written if written and is_near else verdict.day
        # a known day bounds itself; a text may well speak of days to come
        return Reference(Edtf.of_day(day), kind, verdict.share >= DOUBTFUL)
    if verdict.year:
        value = Edtf.of_parts(verdict.year, verdict.month)
        return Reference(
            value, "url" if verdict.month else "inferred", verdict.year_share >= DOUBTFUL, latest
        )
    return Reference(None, "none", True, latest)


def segment_references(layout: Layout, page: Reference, verdict: Verdict) -> Mapping[Segment, Reference]:
    """Give each teaser its own stamp's day, and other texts on the page no more than the page's day as a guess.

    Where a page has several articles, each under or over its own stamp, no day is the page's: each article gets its own.
    """
    out: dict[Segment, Reference] = {} if verdict.share >= DOUBTFUL else _of_articles(layout, verdict)
    text = layout.page.text
    for segment in layout.page.segments:
        if segment.stamp is not None:
            stamps = find_stamps(text[segment.stamp.start : segment.stamp.end])
            if stamps:
                day = stamps[0].day
                out[segment] = Reference(Edtf.of_day(day), "stated", True)
                continue
        if segment.kind in _ELSEWHERE:
            out[segment] = Reference(page.date, page.kind, False, None)
    return out


def _of_articles(layout: Layout, verdict: Verdict) -> dict[Segment, Reference]:
    """Pair articles with the stamps that stand above them, or below, as the first of each shows."""
    stamps = sorted(
        (c.span.start, c.date)
        for c in (*verdict.winners, *verdict.losers)
        if c.span and c.date and _is_stamp(c)
    )
    articles = [s for s in layout.page.segments if s.kind == "article"]
    if len({day for _, day in stamps}) < 2 or len(articles) < 2:
        return {}
    is_above = stamps[0][0] < articles[0].start
    out: dict[Segment, Reference] = {}
    for article in articles:
        above = [day for start, day in stamps if start < article.start]
        below = [day for start, day in stamps if start >= article.end]
        if day := (above[-1:] if is_above else below[:1]):
            out[article] = Reference(Edtf.of_day(day[0]), "stated", True)
    return out


def _is_stamp(candidate: Candidate) -> bool:
    return candidate.kind == "stated" and candidate.trust >= _STRONG
