"""How test_lexicon.py asks each room whether an entry fires in a text: file name -> callable(entry, text)."""

from __future__ import annotations

import json
from collections.abc import Callable

from timeline.lexicon import Entry
from timeline.offsets import OffsetMap
from timeline.records import CleanPage, RawPage, Segment

FINDERS: dict[str, Callable[[Entry, str], bool]] = {}


def _linking(entry: Entry, text: str) -> bool:
    from timeline.link.names import fold, read_body_name, read_occasion_name, read_seat

    if entry.kind == "plain":
        proper = read_occasion_name(text).proper
        return any(word in text and word not in proper for word in entry.words)
    name, longest = read_body_name(text), entry.words[0]
    if entry.kind == "office":
        return any(name.key in read_seat(fold(text.removesuffix(word))) for word in entry.words)
    if entry.kind == "level":
        return all(word not in name.key for word in entry.words)
    if entry.kind in ("legal", "informal"):
        return name.stem != fold(text) and name.legal == (longest if entry.kind == "legal" else "")
    found = max((word for word in entry.words if word in text), key=len)
    return fold(longest) in name.key and read_body_name(text.replace(found, longest)).key == name.key


FINDERS["linking"] = _linking


def _publication(entry: Entry, text: str) -> bool:
    from timeline.publication.clues import find_clues
    from timeline.publication.credits import find_outlet
    from timeline.publication.labels import stated_candidates
    from timeline.publication.layout import lay_out
    from timeline.publication.origins import find_datelines

    layout = lay_out(plain_page(text))
    assert layout is not None
    if entry.kind == "label":
        notes = [c.note.split(", ")[0] for c in stated_candidates(layout)]
        return any(f"label {word}" in notes for word in entry.words)
    if entry.kind == "outlet_label":
        return find_outlet(layout, [], None) is not None
    if entry.kind == "dispatch":
        return bool(find_datelines(layout))
    if entry.kind in ("future_sure", "towards"):
        return all("past" not in clue.note for clue in find_clues(layout))
    return any(word.lower() in text.lower() for word in entry.words)


def _anchors(entry: Entry, text: str) -> bool:
    from timeline.publication.anchors import anchor_clues
    from timeline.publication.layout import lay_out

    layout = lay_out(plain_page(text))
    assert layout is not None
    return any(clue.text in entry.words for clue in anchor_clues(layout))


def plain_page(text: str) -> CleanPage:
    """Make a clean page of a text as it stands, all of it article."""
    raw = RawPage("0" * 16, text, "text")
    return CleanPage(raw, text, OffsetMap.identity(len(text)), (Segment("article", 0, len(text)),))


FINDERS["publication"] = _publication
FINDERS["anchors"] = _anchors


def _segments(entry: Entry, text: str) -> bool:
    from timeline.clean.lines import find_lines

    marks = {
        "comments": "comments",
        "body": "body_label",
        "heading": "title_label",
        "caption_start": "caption",
        "caption_end": "caption",
        "caption_within": "caption",
        "tail": "byline",
    }
    return any(line.has(marks.get(entry.kind, entry.kind)) for line in find_lines(text))


def _fields(entry: Entry, text: str) -> bool:
    from timeline.read.fields import read_fields

    return read_fields(json.loads(text), {})[entry.kind] is not None


FINDERS["segments"] = _segments
FINDERS["fields"] = _fields
