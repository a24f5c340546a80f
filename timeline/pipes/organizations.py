"""Names and text in, organisations with exact boundaries out: what the tagger marked, put right and completed by rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from timeline import lexicon
from timeline.pipes.extensions import ORGANIZATIONS
from timeline.pipes.names import NameSpan, spans_of

_LEFT = re.compile(r"[一-鿿A-Za-z0-9·&（）()]{2,24}$")


@dataclass(frozen=True, slots=True)
class OrganizationSpan:
    """A body that can take a role: its span, its clean name, what sort of body it is, and how sure we are."""

    start: int
    end: int
    name: str
    kind: str | None
    score: float


def find_organizations(text: str, names: Sequence[NameSpan]) -> list[OrganizationSpan]:
    """Find the organisations of a clean text, in order, without overlaps."""
    found = [_span(text, n.start, n.end, n.score) for n in names if n.label == "ORG"]
    for match in _suffixes().finditer(text):
        start = _left_edge(text, match.start())
        if match.start() - start >= 2 and not any(o.start < match.end() and start < o.end for o in found):
            found.append(_span(text, start, match.end(), 0.5))
    return sorted(found, key=lambda o: o.start)


@Language.component("timeline_organizations")
def organization_component(doc: Doc) -> Doc:
    """Write the organisations of a document to doc.spans["organizations"]."""
    spans = []
    for body in find_organizations(doc.text, spans_of(doc)):
        span = doc.char_span(body.start, body.end, label=body.kind or "", alignment_mode="expand")
        if span is not None:
            span._.score, span._.name = body.score, body.name
            spans.append(span)
    doc.spans[ORGANIZATIONS] = spans
    return doc


def organizations_of(doc: Doc) -> list[OrganizationSpan]:
    """Give the organisations that the component left in a document."""
    return [
        OrganizationSpan(s.start_char, s.end_char, s._.name, s.label_ or None, s._.score)
        for s in doc.spans.get(ORGANIZATIONS, ())
    ]


def _span(text: str, start: int, end: int, score: float) -> OrganizationSpan:
    return OrganizationSpan(start, end, text[start:end].replace("\n", ""), _kind(text[start:end]), score)


def _left_edge(text: str, end: int) -> int:
    match = _LEFT.search(text, max(0, end - 24), end)
    if not match:
        return end
    start = match.start()
    for stop in _stops().finditer(text, start, end):
        start = stop.end()
    return start


def _kind(name: str) -> str | None:
    for words, body in _endings():
        if name.endswith(words):
            return body
    return None


@cache
def _endings() -> tuple[tuple[tuple[str, ...], str], ...]:
    entries = lexicon.load("organizations")
    return tuple(
        (e.words, str(e.get("body"))) for e in entries if e.kind in ("suffix", "short", "name", "seat")
    )


@cache
def _suffixes() -> re.Pattern[str]:
    words = {w for e in lexicon.load("organizations") if e.kind == "suffix" for w in e.words}
    return re.compile("|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))))


@cache
def _stops() -> re.Pattern[str]:
    words = {w for e in lexicon.load("organizations") if e.kind in ("joint", "breaker") for w in e.words}
    return re.compile("|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))))
