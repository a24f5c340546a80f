"""What the dates of a page and of each of its segments are counted from: the verdict and the stamps in, references out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from timeline.edtf import Edtf
from timeline.publication.judge import DOUBTFUL, Verdict
from timeline.publication.layout import Layout
from timeline.publication.stamps import find_stamps
from timeline.records import Reference, Segment

_SAME_RUN = timedelta(days=7)
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


def segment_references(layout: Layout, page: Reference) -> Mapping[Segment, Reference]:
    """Give each teaser its own stamp's day, and other texts on the page no more than the page's day as a guess."""
    out: dict[Segment, Reference] = {}
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
