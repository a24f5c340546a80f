"""The evidence of events: events and a store in, the mentions their reports point to out; a lost page gives none."""

from __future__ import annotations

from collections.abc import Iterable

from api.answers import EventEvidence
from timeline.chronology import Event, Source, StoredPage
from timeline.store import Store, read_page


def find_evidence(store: Store, event: Event) -> tuple[EventEvidence, ...]:
    """List the reports of one event, each with the mention it came from."""
    return find_all_evidence(store, (event,))[event.id]


def find_all_evidence(
    store: Store, events: Iterable[Event], *, most: int | None = None
) -> dict[str, tuple[EventEvidence, ...]]:
    """Give the evidence of several events by their ids, at most `most` reports each; a page is read once."""
    pages: dict[str, StoredPage | None] = {}
    found: dict[str, tuple[EventEvidence, ...]] = {}
    for event in events:
        for source in event.sources[:most]:
            if source.page not in pages:
                pages[source.page] = read_page(store, source.page)
        told = (_evidence(source, pages[source.page]) for source in event.sources[:most])
        found[event.id] = tuple(one for one in told if one is not None)
    return found


def _evidence(source: Source, page: StoredPage | None) -> EventEvidence | None:
    if page is None:
        return None
    mention = next((m for m in page.findings.events if m.id == source.mention), None)
    if mention is None:
        return None
    findings = page.findings
    return EventEvidence(
        page=page.id,
        title=findings.title,
        outlet=findings.outlet,
        url=findings.url,
        path=findings.path,
        published=findings.published,
        mention=mention,
    )
