"""The kinds of things a chronology speaks of, as objects: event types with their family and core roles, roles, statuses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from timeline.lexicon import Entry, load


@dataclass(frozen=True, slots=True)
class EventKind:
    """One event type: types of a family can be two views of one event; `core` roles say whom the event is about."""

    name: str
    family: str
    core: tuple[str, ...]


EVENT_KINDS = (
    EventKind("signing", "signing", ("party",)),
    EventKind("forum", "meeting", ("host", "organizer", "co_host")),
    EventKind("expo", "meeting", ("host", "organizer", "co_host")),
    EventKind("unveiling", "founding", ("unveiled",)),
    EventKind("establishment", "founding", ("unveiled", "host", "party")),
    EventKind("opening", "founding", ("unveiled", "host")),
    EventKind("groundbreaking", "founding", ("unveiled", "host")),
    EventKind("launch", "launch", ("host",)),
    EventKind("visit", "visit", ("attendee", "host")),
    EventKind("award", "award", ("recipient",)),
    EventKind("other", "other", ("host", "party")),
)


@cache
def event_kind(name: str) -> EventKind:
    """Give the kind of a type.

    >>> event_kind("unveiling").family
    'founding'
    """
    return next(kind for kind in EVENT_KINDS if kind.name == name)


def is_one_family(one: str, other: str) -> bool:
    """Say whether two types can tell of one event: a founding is unveiled, a forum is part of an expo."""
    return event_kind(one).family == event_kind(other).family


@cache
def triggers_of(name: str) -> tuple[Entry, ...]:
    """List the trigger entries of events.yaml for a type."""
    return tuple(entry for entry in load("events") if entry.kind == name)
