"""The store: pages and the chronology in, records out; SQLite or PostgreSQL behind one door, and no SQL outside of it."""

from timeline.store.changes import find_changes
from timeline.store.chronicle import load_timeline, save_timeline, update_timeline
from timeline.store.connect import Store, open_store
from timeline.store.corrections import find_corrections, save_correction, withdraw_correction
from timeline.store.facets import count_by
from timeline.store.find import (
    count,
    find_events,
    find_organizations,
    iterate_events,
    read_event,
    read_organization,
    read_page,
)
from timeline.store.revisions import read_revision
from timeline.store.save import load_findings, save_extractions
from timeline.store.ties import find_partnerships, iterate_partnerships
from timeline.store.verdicts import find_judgements, save_judgement, withdraw_judgement

__all__ = [
    "Store",
    "count",
    "count_by",
    "find_changes",
    "find_corrections",
    "find_events",
    "find_judgements",
    "find_organizations",
    "find_partnerships",
    "iterate_events",
    "iterate_partnerships",
    "load_findings",
    "load_timeline",
    "open_store",
    "read_event",
    "read_organization",
    "read_page",
    "read_revision",
    "save_correction",
    "save_extractions",
    "save_judgement",
    "save_timeline",
    "update_timeline",
    "withdraw_correction",
    "withdraw_judgement",
]
