"""The door of pipes: a clean page and its publication in, events, partnerships and times out; the only room that knows spaCy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from timeline.pipes.document import Document
from timeline.pipes.drawing import draw
from timeline.pipes.entities.home import find_home
from timeline.pipes.harvest import harvest
from timeline.pipes.steps import run_steps
from timeline.pipes.words.chronicle import Era, find_eras
from timeline.records import Annotation, CleanPage, Publication, Reference, Segment, SegmentKind, Span

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["annotate", "build_pipeline", "draw"]

_FRAME = 8  # lines of a head or a foot that can name whose page it is
_SIGNATURE = 80  # characters at a page's end in which it can be signed
_LONGEST = 6_000  # characters of one document; nearly every page has fewer
_BRACKETS = ("（", "(", "［", "[", "【")
_ENDS = ("\n", "。", "；", "，", " ")
_READ: frozenset[SegmentKind] = frozenset({"headline", "article", "abstract", "teaser", "related", "caption"})


def annotate(page: CleanPage, publication: Publication) -> Annotation:
    """Find the events, partnerships and time expressions of a page, each segment against its own reference."""
    segments = page.segments or (Segment("article", 0, len(page.text)),)
    home = find_home(publication.outlet, publication.title, _frame(page, segments))
    eras = find_eras(page.text)
    documents = [
        Document(page.text[span.start : span.end], span.start, segment, reference, home)
        for segment in segments
        if segment.kind in _READ
        for stretch, reference in _stretches(segment, publication.reference_for(segment), eras)
        for span in _blocks(page.text, stretch)
    ]
    run_steps(documents)
    return harvest(page, documents)


@cache
def build_pipeline() -> Language:
    """Build the spaCy pipeline of our components on the character segmenter; one is made and kept.

    `annotate` takes the same steps without spaCy, which is imported here.
    """
    from timeline.pipes.components import assemble

    return assemble()


def _frame(page: CleanPage, segments: Sequence[Segment]) -> list[str]:
    """List the lines of a page's head, before anything that is read, of its foot, and a signature in brackets at its end."""
    told = min((s.start for s in segments if s.kind in _READ), default=0)
    parts = [s for s in segments if s.kind == "footer" or (s.kind == "navigation" and s.end <= told)]
    lines = [line.strip() for s in parts for line in page.text[s.start : s.end].splitlines()[:_FRAME]]
    last = page.text[-_SIGNATURE:].splitlines()[-2:]
    return lines + [line.strip() for line in last if line.strip().startswith(_BRACKETS)]


def _stretches(
    segment: Segment, reference: Reference, eras: Sequence[Era]
) -> Iterator[tuple[Span, Reference]]:
    """Cut an article where a chronicle goes on to another year or month; each stretch counts from its own."""
    start = segment.start
    for era in eras if segment.kind == "article" else ():
        if era.start >= segment.end:
            break
        if era.line > start:
            yield Span(start, era.line), reference
        start, reference = max(start, era.start), Reference(era.date, "stated", True)
    if segment.end > start:
        yield Span(start, segment.end), reference


def _blocks(text: str, segment: Span) -> Iterator[Span]:
    """Cut a very long stretch at line or sentence ends, so that the cost of a page grows with its length alone."""
    start = segment.start
    while segment.end - start > _LONGEST:
        ends = [text.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in _ENDS]
        end = next((at + 1 for at in ends if at >= 0), start + _LONGEST)
        yield Span(start, end)
        start = end
    if segment.end > start:
        yield Span(start, segment.end)
