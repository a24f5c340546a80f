"""The evidence of events: events and a store in, the mentions their reports point to out; a lost page gives none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from api.answers import EventEvidence
from timeline.chronology import Event
from timeline.store import Store, read_page, read_revision


def find_evidence(store: Store, event: Event) -> tuple[EventEvidence, ...]:
    """List the reports of one event, each with the mention it came from."""
    return find_all_evidence(store, (event,))[event.id]


def find_all_evidence(
    store: Store, events: Iterable[Event], *, most: int | None = None
) -> dict[str, tuple[EventEvidence, ...]]:
    """Give the evidence of several events by their ids, at most `most` reports each."""
    revision = read_revision(store)
    found: dict[str, tuple[EventEvidence, ...]] = {}
    for event in events:
        told = (
            _read_evidence(store, revision, source.page, source.mention) for source in event.sources[:most]
        )
        found[event.id] = tuple(one for one in told if one is not None)
    return found


@lru_cache(maxsize=8192)
def _read_evidence(store: Store, revision: str, page: str, mention: str) -> EventEvidence | None:
    """Read one report; it is kept until the store changes, since the same events head every list."""
    stored = read_page(store, page)
    if stored is None:
        return None
    findings = stored.findings
    told = next((m for m in findings.events if m.id == mention), None)
    if told is None:
        return None
    return EventEvidence(
        page=stored.id,
        title=findings.title,
        outlet=findings.outlet,
        url=findings.url,
        path=findings.path,
        published=findings.published,
        mention=told,
    )
