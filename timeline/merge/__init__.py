"""Bring a stored chronology up to date with its pages: what is new since the last linking, or all of it."""

from __future__ import annotations

from timeline.chronology import Timeline
from timeline.link import linking_version
from timeline.merge.increment import relink
from timeline.merge.whole import relink_all
from timeline.store import Evidence, Relinking, Store, update_chronicle

__all__ = ["link_store"]


def link_store(store: Store, *, at: str | None = None) -> None:
    """Link the pages of a store that wait with all others; the same whether they came at once or one by one.

    Raises StoreError when the database refuses; the chronology is then as it was.
    """
    update_chronicle(store, _relink, version=linking_version(), at=at)


def _relink(evidence: Evidence, previous: Timeline | None) -> Relinking:
    if previous is not None:
        return relink_all(evidence.every_findings(), previous)
    return relink(evidence)
