"""How test_lexicon.py asks each room whether an entry fires in a text: file name -> callable(entry, text)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from timeline.lexicon import Entry
from timeline.offsets import OffsetMap
from timeline.records import CleanPage, RawPage, Segment

FINDERS: dict[str, Callable[[Entry, str], bool]] = {}


def _linking(entry: Entry, text: str) -> bool:
    from timeline.link.names import (
        fold,
        is_common,
        is_part,
        read_body_name,
        read_occasion_name,
        read_seat,
        short_beginnings,
    )

    if entry.kind == "plain":
        proper = read_occasion_name(text).proper
        return any(word in text and word not in proper for word in entry.words)
    if entry.kind == "occasion":
        return is_part(read_occasion_name(text), read_occasion_name(f"{text}甲乙{entry.words[0]}"))
    if entry.kind == "joint":
        whole, _, rest = text.partition(next(word for word in entry.words if word in text))
        told = [read_occasion_name(t) for t in (whole, whole + rest, text)]
        return is_part(*told[:2]) and not is_part(told[0], told[2])
    name, longest = read_body_name(text), entry.words[0]
    if entry.kind in ("common", "rank"):
        return is_common(text)
    if entry.kind == "branch":
        return name.key == read_body_name(text.replace("股份有限公司", "")).key
    if entry.kind == "place":
        return bool(read_seat(fold(text)))
    if entry.kind == "office":
        return any(name.key in read_seat(fold(text.removesuffix(word))) for word in entry.words)
    if entry.kind == "beginning":
        return bool(short_beginnings(name.stem))
    if entry.kind in ("level", "ruling"):
        return all(word not in name.key for word in entry.words)
    if entry.kind in ("legal", "informal"):
        return name.stem != fold(text) and name.legal == (longest if entry.kind == "legal" else "")
    found = max((word for word in entry.words if word in text), key=len)
    return fold(longest) in name.key and read_body_name(text.replace(found, longest)).key == name.key


FINDERS["linking"] = _linking


def _publication(entry: Entry, text: str) -> bool:
    from timeline.publication.bylines import find_authors, find_signatures
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
    if entry.kind == "author_role":
        authors = find_authors(layout, find_signatures(layout))
        return any(author.role == entry.get("role") for author in authors)
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


def _organizations(entry: Entry, text: str) -> bool:
    from timeline.pipes.entities.names import recognize
    from timeline.pipes.entities.organizations import find_organizations

    names = recognize(text)
    found = [body.name for body in find_organizations(text, names)]
    if entry.kind == "seat":
        found += [text[n.start : n.end] for n in names if n.label == "LOC"]
    if entry.kind in ("suffix", "short", "seat", "founded", "office"):
        return any(name.endswith(word) and name != word for name in found for word in entry.words)
    if entry.kind == "name":
        return any(name in entry.words for name in found)
    return any(word in text for word in entry.words)


def _people(entry: Entry, text: str) -> bool:
    from timeline.pipes.entities.names import recognize
    from timeline.pipes.entities.organizations import find_organizations
    from timeline.pipes.entities.people import find_people

    names = recognize(text)
    people = find_people(text, names, find_organizations(text, names))
    if entry.kind in ("title", "address"):
        return any(word in (person.title or "") for person in people for word in entry.words)
    if entry.kind == "tenure":
        return any((person.title or "").startswith(word) for person in people for word in entry.words)
    if entry.kind in ("surname", "double"):
        return any(person.name.startswith(word) for person in people for word in entry.words)
    return any(word in text for word in entry.words)


def _places(entry: Entry, text: str) -> bool:
    from tests.pipes.telling import read_on

    if entry.kind not in ("site", "nowhere", "any", "short", "landing"):
        return any(word in text for word in entry.words)
    (event,) = read_on(text).events
    place = event.place
    if place is None or entry.kind in ("nowhere", "any"):
        return place is None and entry.kind in ("nowhere", "any")
    return (
        place.name == entry.get("means")
        if entry.kind == "short"
        else place.text.endswith(entry.words) or (entry.kind == "landing")
    )


FINDERS["organizations"] = _organizations
FINDERS["places"] = _places
FINDERS["people"] = _people


def _events(entry: Entry, text: str) -> bool:
    from timeline.pipes.tellings.triggers import _verbs

    return any(hit.entry is entry for hit in _verbs().find(text))


def _occasions(entry: Entry, text: str) -> bool:
    from timeline.pipes.tellings.occasions import _heads, find_occasions
    from timeline.pipes.words.vocabulary import Vocabulary

    if entry.kind in ("false_friend", "boundary", "anaphor", "tail", "sub", "procedure") or entry.get("part"):
        return bool(Vocabulary([entry]).find(text))
    hits = [hit for hit in _heads().find(text) if hit.entry.words == entry.words]
    return bool(hits) and any(o.is_named for o in find_occasions(text))


def _factuality(entry: Entry, text: str) -> bool:
    from timeline.pipes.tellings.factuality import _cues

    return any(hit.entry is entry for hit in _cues().find(text))


def _words(entry: Entry, text: str) -> bool:
    from timeline.pipes.words.vocabulary import Vocabulary

    return bool(Vocabulary([entry]).find(text))


FINDERS |= {
    "events": _events,
    "occasions": _occasions,
    "factuality": _factuality,
    "roles": _words,
    "partnerships": _words,
    "ties": _words,
}


def _times(entry: Entry, text: str) -> bool:
    from timeline.times import find
    from timeline.times.context import tense_of

    found = find(text)
    places = [(m.start(), m.end()) for word in entry.words for m in re.finditer(re.escape(word), text)]
    covered = [e for e in found for low, high in places if e.start <= low and high <= e.end]
    if entry.kind in ("future_cue", "past_cue"):
        return any(tense_of(text, e.start, e.end) == entry.kind.removesuffix("_cue") for e in found)
    if entry.kind == "set_beside":
        return any(text[: e.start].endswith(entry.words) for e in found)
    if entry.kind == "no_past":
        return all(tense_of(text, e.start, e.end) != "past" for e in found)
    if entry.kind == "length_cue":
        return any(e.kind == "duration" for e in found)
    if entry.kind == "no_time":
        return not covered
    if entry.kind.startswith("not_after") or entry.kind == "counter":
        part = "month" if entry.kind == "not_after_month" else "day"
        return not any(part in e.known for e in found)
    relation = {"since": "since", "eve": "eve", "about": "about", "during": "during"}.get(entry.kind)
    if relation is not None:
        return any(e.relation == relation or "holiday_days" in e.known for e in covered)
    if entry.kind in ("before", "after"):
        return any(e.relation == entry.kind or e.known.get("direction") in ("ago", "later") for e in covered)
    return bool(covered)


FINDERS["times"] = _times
FINDERS["holidays"] = _times


def _linebreaks(entry: Entry, text: str) -> bool:
    from timeline.clean.linebreaks import find_linebreaks

    return any(True for _ in find_linebreaks(text))


FINDERS["linebreaks"] = _linebreaks
