"""Documents in, records out: the drafts of a page's segments placed, joined and written as mentions in raw offsets."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, Literal, TypeVar

from timeline.pipes.document import Document
from timeline.pipes.events.merge import Placed, join_tellings
from timeline.pipes.events.owners import find_owner, with_owner
from timeline.pipes.events.partnerships import Context, find_partnerships
from timeline.pipes.events.ties import Tie
from timeline.pipes.events.wholes import find_wholes
from timeline.pipes.tellings.drafts import BoundDate, Draft, Named, Part
from timeline.pipes.tellings.occasions import Occasion
from timeline.pipes.words.layout import Sentence
from timeline.records import (
    Amount,
    Annotation,
    CleanPage,
    EventDate,
    EventMention,
    PagePartnership,
    Participant,
    Person,
    Place,
    RawSpan,
    ResolvedTime,
    TimeMention,
)

_NEXT = 160  # characters after an event's sentence that still say what is agreed
_Spanned = TypeVar("_Spanned", Sentence, Occasion, Part, Named)
_AFTER_SPAN: dict[type, attrgetter[Any]] = {
    kind: attrgetter(*(field.name for field in fields(kind)[2:]))
    for kind in (Sentence, Occasion, Part, Named)
}
_SEGMENT: dict[str, Literal["teaser", "abstract"]] = {
    "teaser": "teaser",
    "related": "teaser",
    "abstract": "abstract",
}


def harvest(page: CleanPage, documents: Sequence[Document]) -> Annotation:
    """Make the annotation of a page of its annotated segments, in the order of the page."""
    placed = _place(documents)
    owner = find_owner(page.text, documents[0].home) if placed else None
    joined = sorted(join_tellings(placed), key=lambda p: p.draft.telling.start)
    joined = [replace(p, draft=with_owner(page.text, p.draft, owner)) for p in joined]
    ids = _name(page, joined)
    wholes = [None if at is None else ids[at] for at in find_wholes(joined)]
    events = tuple(_mention(page, *facts) for facts in zip(joined, ids, wholes, strict=True))
    contexts = [_context(page, p.draft.telling.sentence) for p in joined]
    told = [_told(page, d.offset, tie) for d in documents for tie in d.ties]
    times = tuple(_time(page, d.offset, time) for d in documents for time in d.times)
    return Annotation(times=times, events=events, partnerships=find_partnerships(events, contexts, told))


def _context(page: CleanPage, sentence: Sentence) -> Context:
    end = sentence.end
    return Context(page.text[sentence.start : end], page.text[end : end + _NEXT].split("\n\n")[0])


def _told(page: CleanPage, by: int, tie: Tie) -> PagePartnership:
    """Write a tie without a signing as a partnership that no event tells."""
    return PagePartnership(
        parties=tie.parties,
        kind=tie.kind,
        edtf=tie.date.edtf if tie.date is not None else None,
        event=None,
        is_signed=False,
        subject=tie.subject,
        creates=tie.creates,
        sentence=_raw(page, tie.sentence.start + by, tie.sentence.end + by),
    )


def _place(documents: Sequence[Document]) -> list[Placed]:
    out: list[Placed] = []
    items = 0
    for document in documents:
        headings = [s.start for s in document.sentences if s.is_heading]
        if document.segment.kind in ("teaser", "related"):
            items += 5
        for draft in document.drafts:
            item = items + sum(1 for h in headings if h <= draft.telling.start)
            out.append(Placed(_shifted(draft, document.offset), document.segment, item, len(out)))
        items += len(headings)
    return out


def _shifted(draft: Draft, by: int) -> Draft:
    """Move a draft from the offsets of its document to those of the page."""
    if not by:
        return draft
    telling = draft.telling
    occasion = telling.occasion
    if occasion is not None:
        occasion = _moved(occasion, by)
        if occasion.parts:
            parts = tuple((start + by, end + by, type_) for start, end, type_ in occasion.parts)
            occasion = replace(occasion, parts=parts)
    moved = replace(
        telling,
        start=telling.start + by,
        end=telling.end + by,
        sentence=_moved(telling.sentence, by),
        clause=(telling.clause[0] + by, telling.clause[1] + by),
        occasion=occasion,
    )
    return replace(
        draft,
        telling=moved,
        date=_moved_date(draft.date, by),
        whole=draft.whole + by if draft.whole is not None else None,
        parts=tuple(_moved(part, by) for part in draft.parts),
        people=tuple(_moved(person, by) for person in draft.people),
        place=_moved(draft.place, by) if draft.place else None,
        amount=(draft.amount[0] + by, draft.amount[1] + by, *draft.amount[2:]) if draft.amount else None,
    )


def _moved(record: _Spanned, by: int) -> _Spanned:
    """Move a record that begins with its start and end, as `replace` would in three times the time."""
    kind = type(record)
    return kind(record.start + by, record.end + by, *_AFTER_SPAN[kind](record))


def _moved_date(date: BoundDate | None, by: int) -> BoundDate | None:
    if date is None or date.start is None or date.end is None:
        return date
    return replace(date, start=date.start + by, end=date.end + by)


def _name(page: CleanPage, events: Sequence[Placed]) -> list[str]:
    """Give each event an id of raw facts alone: the page and where it is told; events told by one word are counted."""
    out: list[str] = []
    seen: Counter[str] = Counter()
    for one in events:
        telling = one.draft.telling
        spans = [(telling.start, telling.end)]
        if telling.occasion is not None:
            spans.append((telling.occasion.start, telling.occasion.end))
        where = "|".join(f"{start}:{end}" for start, end in (page.to_raw(*span)[1:] for span in spans))
        facts = f"{page.raw.id}|{where}"
        out.append(hashlib.sha256(f"{facts}|{seen[facts]}".encode()).hexdigest()[:16])
        seen[facts] += 1
    return out


def _mention(page: CleanPage, one: Placed, id: str, whole: str | None) -> EventMention:
    draft = one.draft
    telling = draft.telling
    trigger = _raw(page, telling.start, telling.end)
    return EventMention(
        id=id,
        type=telling.type,
        status=draft.status,
        headline=draft.is_headline,
        title=draft.title,
        theme=draft.theme,
        date=_date(page, draft.date),
        trigger=trigger,
        place=_where(page, draft.place),
        organizations=tuple(_participant(page, p) for p in draft.parts),
        persons=tuple(_person(page, p) for p in draft.people),
        amount=_amount(page, draft),
        sentence=_raw(page, telling.sentence.start, telling.sentence.end),
        segment=_SEGMENT.get(one.segment.kind, "article"),
        confidence=draft.confidence,
        part_of=whole,
    )


def _raw(page: CleanPage, start: int, end: int) -> RawSpan:
    text, low, high = page.to_raw(start, end)
    return RawSpan(text=text, start=low, end=high)


def _date(page: CleanPage, date: BoundDate | None) -> EventDate:
    if date is None:
        return EventDate()
    span = _raw(page, date.start, date.end) if date.start is not None and date.end is not None else None
    return EventDate(
        edtf=date.edtf,
        from_=date.from_,
        to=date.to,
        text=span.text if span else None,
        start=span.start if span else None,
        end=span.end if span else None,
        reason=date.reason,
        confidence=round(date.confidence, 2),
    )


def _where(page: CleanPage, place: Named | None) -> Place | None:
    if place is None:
        return None
    text, start, end = page.to_raw(place.start, place.end)
    return Place(text=text, start=start, end=end, name=place.name.replace("\n", ""), adcode=place.code)


def _participant(page: CleanPage, part: Part) -> Participant:
    text, start, end = page.to_raw(part.start, part.end)
    return Participant(
        text=text, start=start, end=end, name=part.name, role=part.role, is_borrowed=part.is_borrowed
    )


def _person(page: CleanPage, person: Named) -> Person:
    _, start, end = page.to_raw(person.start, person.end)
    return Person(
        name=person.name, title=person.title, organization=person.organization, start=start, end=end
    )


def _amount(page: CleanPage, draft: Draft) -> Amount | None:
    if draft.amount is None:
        return None
    low, high, value, currency = draft.amount
    text, start, end = page.to_raw(low, high)
    return Amount(text=text, start=start, end=end, value=value, currency=currency)


def _time(page: CleanPage, offset: int, time: ResolvedTime) -> TimeMention:
    text, start, end = page.to_raw(time.start + offset, time.end + offset)
    return TimeMention(
        text=text,
        start=start,
        end=end,
        kind=time.kind,
        edtf=str(time.edtf) if time.edtf is not None else None,
        from_=time.from_,
        to=time.to,
        reason=time.reason,
    )
