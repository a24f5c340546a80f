"""The component that finds and resolves the time expressions of a segment against that segment's own reference."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from timeline.pipes.extensions import text_of
from timeline.records import Reference
from timeline.times import tag


@Language.component("timeline_times", assigns=["doc._.times"])
def time_component(doc: Doc) -> Doc:
    """Write the resolved times of a document to doc._.times."""
    doc._.times = tag(text_of(doc), doc._.reference or Reference())
    return doc
