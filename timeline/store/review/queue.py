"""What needs a person's eyes, out, a screen at a time: years and dates with the answers to pick from, pairs to join or part."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, tuple_

from timeline.chronology import (
    Event,
    ReviewCandidate,
    ReviewItem,
    ReviewKind,
    ReviewPage,
)
from timeline.edtf import Edtf
from timeline.errors import UsageError
from timeline.records import Published
from timeline.store.connect import Store
from timeline.store.cursors import Cursor, read_cursor, render_cursor
from timeline.store.review.candidates import Alike, find_rivals, find_years
from timeline.store.review.doubts import Doubt, find_doubts
from timeline.store.revisions import read
from timeline.store.tables import CORRECTIONS, EVENTS, MENTIONS, ORGANIZATIONS, PAGES, RECORDS, SURE

KINDS: tuple[ReviewKind, ...] = get_args(ReviewKind)
_MOST = 1000


def find_reviews(
    store: Store, *, kinds: Sequence[ReviewKind] = (), limit: int = 50, cursor: str | None = None
) -> ReviewPage:
    """Give one screen of what needs eyes, kind after kind; of one kind the newest first, pairs the likeliest first.

    What a person has decided is not listed: an unknown year with its date corrected, a conflict of which a side was
    chosen, a pair that is or is not the same; and nothing of an event that was confirmed or rejected.

    Raises UsageError for an unknown kind, a cursor of another list, or a limit outside 1 to 1,000.
    """
    if not 1 <= limit <= _MOST:
        raise UsageError(f"limit is {limit}; take 1 to {_MOST}")
    if unknown := sorted(set(kinds) - set(KINDS)):
        raise UsageError(f"no such kind of review: {', '.join(unknown)}; take {', '.join(KINDS)}")
    wanted = [kind for kind in KINDS if kind in (kinds or KINDS)]
    at, after = _place(wanted, cursor)
    items: list[ReviewItem] = []
    last: Cursor | None = None
    is_more = False
    with store.read() as connection:
        counts = _count(store, connection)
        for kind in wanted[at:]:
            room = limit - len(items)
            if not room:
                is_more = is_more or counts[kind] > 0
                continue
            found, last_of_kind, is_more = _screen(store, connection, kind, after, room)
            items += found
            last, after = last_of_kind or last, None
            if is_more:
                break
    return ReviewPage(
        items=tuple(items),
        next=render_cursor(last) if is_more and last is not None else None,
        total=sum(counts[kind] for kind in wanted),
        counts=counts,
    )


def find_answers(store: Store, events: Sequence[Event]) -> dict[str, tuple[ReviewCandidate, ...]]:
    """Give the dates that some events can have, by their ids: those of an unknown year, and those of a conflict."""
    undated = [e for e in events if not e.date.edtf or not Edtf.parse(e.date.edtf).is_year_known]
    with store.read() as connection:
        found = _years(connection, undated, find_doubts(store, connection)) if undated else {}
        rivals = ((event.id, _rivals(connection, event)) for event in events if event.conflicts)
        return found | {id: dates for id, dates in rivals if dates}


def _place(wanted: Sequence[ReviewKind], text: str | None) -> tuple[int, Cursor | None]:
    """Say at which of the kinds to go on, and after what."""
    if text is None:
        return 0, None
    for at, kind in enumerate(wanted):
        try:
            return at, read_cursor(text, order=f"review-{kind}")
        except UsageError:
            if kind == wanted[-1]:
                raise
    raise UsageError("no kind of review is wanted")


def _count(store: Store, connection: Connection) -> dict[ReviewKind, int]:
    counts: dict[ReviewKind, int] = {}
    for kind in KINDS:
        if kind == "unsure_merge":
            counts[kind] = len(find_doubts(store, connection))
            continue
        known = (f"review-{kind}", read(connection, "changes"))
        if known not in store.totals:
            query = select(func.count()).select_from(EVENTS).where(*_conditions(kind))
            store.totals[known] = connection.execute(query).scalar_one()
        counts[kind] = store.totals[known]
    return counts


def _conditions(kind: ReviewKind) -> list[ColumnElement[bool]]:
    table = EVENTS.c
    if kind == "unknown_year":
        return [table.certainty == "unknown", _is_open("date")]
    if kind == "conflict":
        return [table.conflicts > 0, _is_open("date", "status")]
    return [table.confidence < SURE, table.review == "automatic"]


def _is_open(*fields: str) -> ColumnElement[bool]:
    """Say that nobody has judged the event, nor corrected one of the fields."""
    said = CORRECTIONS.c
    about = and_(
        said.target == EVENTS.c.id, said.withdrawn_at.is_(None), said.field.in_((*fields, "verdict"))
    )
    review = EVENTS.c.review
    return or_(review == "automatic", and_(review == "corrected", ~exists().where(about)))


def _screen(
    store: Store, connection: Connection, kind: ReviewKind, after: Cursor | None, limit: int
) -> tuple[list[ReviewItem], Cursor | None, bool]:
    """Give some items of one kind, the place of the last one, and whether there are more."""
    doubts = find_doubts(store, connection) if kind in ("unsure_merge", "unknown_year") else []
    if kind == "unsure_merge":
        left = [d for d in doubts if after is None or d.key > (after.key, after.id)]
        shown, order = left[:limit], f"review-{kind}"
        last = Cursor(order, *shown[-1].key) if shown else None
        return _of_doubts(connection, shown), last, len(left) > limit
    key = EVENTS.c.newest
    beyond = [tuple_(key, EVENTS.c.id) > tuple_(after.key, after.id)] if after else []
    query = (
        select(EVENTS.c.id, key, RECORDS.c.record)
        .join(RECORDS, RECORDS.c.event == EVENTS.c.number)
        .where(*_conditions(kind), *beyond)
        .order_by(key, EVENTS.c.id)
        .limit(limit + 1)
    )
    rows = connection.execute(query).all()
    events = [Event.model_validate_json(row.record) for row in rows[:limit]]
    last = Cursor(f"review-{kind}", rows[limit - 1].newest, rows[limit - 1].id) if len(rows) > limit else None
    end = Cursor(f"review-{kind}", rows[-1].newest, rows[-1].id) if rows and last is None else last
    return _of_events(connection, kind, events, doubts), end, len(rows) > limit


def _of_events(
    connection: Connection, kind: ReviewKind, events: Sequence[Event], doubts: Sequence[Doubt]
) -> list[ReviewItem]:
    answers: Mapping[str, tuple[ReviewCandidate, ...]] = {}
    if kind == "unknown_year":
        answers = _years(connection, events, doubts)
    elif kind == "conflict":
        answers = {event.id: _rivals(connection, event) for event in events}
    return [
        ReviewItem(
            kind=kind,
            subject="event",
            ids=(event.id,),
            title=name_event(event),
            reason=_reason(kind, event),
            candidates=answers.get(event.id, ()),
        )
        for event in events
    ]


def _reason(kind: ReviewKind, event: Event) -> str:
    if kind == "conflict":
        return "; ".join(event.conflicts)
    return event.date.reason if kind == "unknown_year" else f"confidence {event.confidence:.2f}"


def _of_doubts(connection: Connection, doubts: Iterable[Doubt]) -> list[ReviewItem]:
    shown = list(doubts)
    titles = _titles(connection, {id for doubt in shown for id in doubt.ids})
    return [
        ReviewItem(
            kind="unsure_merge",
            subject=doubt.subject,
            ids=doubt.ids,
            title=" ／ ".join(titles.get(id, id) for id in doubt.ids),
            reason="; ".join(doubt.judgements[0].reasons),
        )
        for doubt in shown
    ]


def name_event(event: Event) -> str:
    """Call an event by its title or theme, else by who takes part, else by its words."""
    parties = "、".join(party.name for party in event.organizations[:3])
    words = event.sources[0].sentence.text[:40] if event.sources else event.id
    return event.title or event.theme or parties or words


def _titles(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    wanted = sorted(ids)
    joined = select(EVENTS.c.id, RECORDS.c.record).join(RECORDS, RECORDS.c.event == EVENTS.c.number)
    found = {}
    for row in connection.execute(joined.where(EVENTS.c.id.in_(wanted))):
        event = Event.model_validate_json(row.record)
        found[row.id] = f"{name_event(event)}（{event.date.edtf or '?'}）"
    bodies = select(ORGANIZATIONS.c.id, ORGANIZATIONS.c.name).where(ORGANIZATIONS.c.id.in_(wanted))
    found.update((row.id, row.name) for row in connection.execute(bodies))
    return found


def _years(
    connection: Connection, events: Sequence[Event], doubts: Sequence[Doubt]
) -> dict[str, tuple[ReviewCandidate, ...]]:
    pages = sorted({source.page for event in events for source in event.sources})
    published = _published(connection, pages)
    alike = _alike(connection, {event.id for event in events}, doubts)
    newest = select(EVENTS.c["from"]).where(EVENTS.c.certainty == "day").order_by(EVENTS.c.newest).limit(1)
    last = connection.execute(newest).scalar()
    return {
        event.id: find_years(
            event,
            [published[s.page] for s in event.sources if s.page in published],
            alike.get(event.id, ()),
            last_year=int(last[:4]) if last else 0,
        )
        for event in events
    }


def _published(connection: Connection, pages: Sequence[str]) -> dict[str, Published]:
    query = select(PAGES.c.id, PAGES.c.findings).where(PAGES.c.id.in_(pages))
    return {
        row.id: Published.model_validate(json.loads(row.findings)["published"])
        for row in connection.execute(query)
    }


def _alike(connection: Connection, ids: set[str], doubts: Sequence[Doubt]) -> dict[str, list[Alike]]:
    """Give the dated events that may be the same as one of those asked for."""
    near: dict[str, list[str]] = defaultdict(list)
    for doubt in doubts:
        for one, other in (doubt.ids, doubt.ids[::-1]):
            if one in ids:
                near[one].append(other)
    others = sorted({other for of in near.values() for other in of})
    query = select(EVENTS.c.id, EVENTS.c.edtf, RECORDS.c.record).join(
        RECORDS, RECORDS.c.event == EVENTS.c.number
    )
    found: dict[str, Any] = {r.id: r for r in connection.execute(query.where(EVENTS.c.id.in_(others)))}
    return {
        one: [
            Alike(name_event(Event.model_validate_json(found[other].record)), found[other].edtf)
            for other in of
            if other in found and found[other].edtf and Edtf.parse(found[other].edtf).is_year_known
        ]
        for one, of in near.items()
    }


def _rivals(connection: Connection, event: Event) -> tuple[ReviewCandidate, ...]:
    """Give the dates that an event's reports tell, where they differ."""
    told = [(source.page, source.mention) for source in event.sources]
    query = select(MENTIONS.c.page, MENTIONS.c.edtf).where(
        tuple_(MENTIONS.c.page, MENTIONS.c.id).in_(told), MENTIONS.c.edtf.is_not(None)
    )
    names = {source.page: source.outlet or source.path or source.page for source in event.sources}
    dates = [(row.edtf, names[row.page]) for row in connection.execute(query.order_by(MENTIONS.c.page))]
    return find_rivals(dates) if len({edtf for edtf, _ in dates}) > 1 else ()
