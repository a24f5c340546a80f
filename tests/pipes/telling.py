"""A made-up text as a page of one article, read on a given day: what the tests of events hand to the pipeline."""

from __future__ import annotations

from timeline.edtf import Edtf
from timeline.offsets import OffsetMap
from timeline.pipes import annotate
from timeline.records import Annotation, CleanPage, Publication, Published, RawPage, Reference, Segment


def read_on(text: str, day: str | None = "2024-05-10", outlet: str | None = None) -> Annotation:
    """Annotate a text as if it had been published on `day`, by `outlet` where one is told."""
    raw = RawPage("f" * 16, text, "text")
    page = CleanPage(raw, text, OffsetMap.identity(len(text)), (Segment("article", 0, len(text)),))
    reference = Reference(Edtf.parse(day), "given") if day else Reference()
    return annotate(
        page, Publication(Published(edtf=day, kind="given" if day else "none"), reference, outlet=outlet)
    )
