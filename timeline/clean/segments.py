"""Clean text in; its segments out: headline, byline, articles, teasers, links, comments, footer, without overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from timeline.clean.catalogs import Item, find_catalog
from timeline.clean.items import article_segments, is_first_title, teaser_segments
from timeline.clean.lines import Line, find_lines
from timeline.clean.titles import bare_title
from timeline.clean.zones import label_lines
from timeline.records import Segment, SegmentKind, Span


def find_segments(text: str) -> tuple[Segment, ...]:
    """Cut a page into segments, in order; every character that is not blank lies in exactly one.

    Several items in a page are several articles, each with the span of its `title`; a teaser has the spans of its title
    and its stamp. Each line of a headline is a segment of its own; its `title` leaves out what is not the title's.

    >>> [s.kind for s in find_segments("甲公司与乙大学签约\\n来源：甲报\\n5月18日，甲公司与乙大学在青川签约。")]
    ['headline', 'byline', 'article']
    """
    lines = find_lines(text)
    kinds = label_lines(lines)
    _regain_first_titles(kinds, lines)
    catalog = find_catalog(lines, text)
    if catalog:
        return _with_items(catalog, lines, kinds, text)
    return tuple(_plain(lines, kinds, text))


def _with_items(
    catalog: Sequence[Item], lines: Sequence[Line], kinds: Sequence[SegmentKind], text: str
) -> tuple[Segment, ...]:
    """Give the items of a list as articles, and what stands around and between them by its kind, never as text."""
    out: list[Segment] = []
    at = 0
    for item in catalog:
        out.extend(_plain(lines[at : item.first], _framed(kinds[at : item.first]), text))
        out.append(_bared(item.segment, text))
        at = item.last
    out.extend(_plain(lines[at:], _framed(kinds[at:]), text))
    return tuple(out)


def _framed(kinds: Sequence[SegmentKind]) -> list[SegmentKind]:
    return ["navigation" if kind in ("article", "teaser") else kind for kind in kinds]


def _plain(lines: Sequence[Line], kinds: Sequence[SegmentKind], text: str) -> Iterator[Segment]:
    for kind, group in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        yield from (_bared(segment, text) for segment in _segments(kind, [line for _, line in group]))


def _bared(segment: Segment, text: str) -> Segment:
    if segment.title is None:
        return segment
    return replace(segment, title=bare_title(text, segment.title.start, segment.title.end))


def _regain_first_titles(kinds: list[SegmentKind], lines: Sequence[Line]) -> None:
    """Give a bulletin's first item back its title where that was taken for the page's headline."""
    for index in range(1, len(lines)):
        if kinds[index - 1] == "headline" and kinds[index] == "article":
            end = next((i for i in range(index, len(lines)) if kinds[i] != "article"), len(lines))
            in_bulletin = any(line.has("bulletin") for line in lines[max(0, index - 4) : index - 1])
            if is_first_title(lines[index - 1], lines[index:end], in_bulletin=in_bulletin):
                kinds[index - 1] = "article"
                if lines[index - 2].has("colon_end", "intro") and index > 1:
                    kinds[index - 2] = "article"


def _segments(kind: SegmentKind, lines: Sequence[Line]) -> Iterator[Segment]:
    if kind == "article":
        yield from article_segments(lines)
    elif kind == "teaser":
        yield from teaser_segments(lines)
    elif kind == "headline":
        yield from (
            Segment("headline", line.start, line.end, title=Span(line.start, line.end)) for line in lines
        )
    else:
        yield Segment(kind, lines[0].start, lines[-1].end)
