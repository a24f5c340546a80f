"""Doc and Span extensions of the pipeline: one call registers all of them, once, with their defaults.

Nothing outside pipes/ reads them: harvest.py turns what they hold into records.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

# Group names of doc.spans, so that no file spells them twice.
NAMES, ORGANIZATIONS, PEOPLE, PLACES = "names", "organizations", "people", "places"

_DOC_DEFAULTS: dict[str, object] = {
    "source": None,  # the text, kept because spaCy puts doc.text together anew at each call
    "offset": 0,  # where the segment starts in the clean page
    "segment": None,  # records.Segment
    "reference": None,  # records.Reference
    "times": None,  # list of records.ResolvedTime
    "sentences": None,  # list of layout.Sentence
    "occasions": None,  # list of occasions.Occasion
    "tellings": None,  # list of drafts.Telling
    "drafts": None,  # list of drafts.Draft, in order of the text
}
_SPAN_DEFAULTS: dict[str, object] = {
    "score": 1.0,
    "name": None,  # the clean name of an organisation, person, place or occasion
    "title": None,  # a person's title
    "organization": None,  # a person's affiliation
    "adcode": None,  # a place's administrative code
}


def register_extensions() -> None:
    """Register every extension; calling it again changes nothing."""
    for name, default in _DOC_DEFAULTS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    for name, default in _SPAN_DEFAULTS.items():
        if not Span.has_extension(name):
            Span.set_extension(name, default=default)


def text_of(doc: Doc) -> str:
    """Give a document's text without putting it together again."""
    source = doc._.source
    return source if isinstance(source, str) else doc.text


register_extensions()
