"""What the unknown years of events may be: events in, the days that are possible with the reason for each out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from timeline.chronology import Event, ReviewCandidate
from timeline.store import Store


def find_candidates(store: Store, events: Iterable[Event]) -> Mapping[str, tuple[ReviewCandidate, ...]]:
    """Give the possible days by the ids of the events."""
    return {}
