"""The store: pages and the chronology in, records out; SQLite or PostgreSQL behind one door, and no SQL outside of it."""

from timeline.store.chronicle.corrections import (
    find_corrections,
    save_correction,
    save_corrections,
    withdraw_correction,
)
from timeline.store.chronicle.exchange import apply_corrections, export_corrections
from timeline.store.chronicle.part import Scope
from timeline.store.chronicle.relinking import (
    Dropped,
    Kept,
    Relinking,
    count_waiting,
    replace_chronicle,
    update_chronicle,
)
from timeline.store.chronicle.whole import load_timeline, save_timeline
from timeline.store.connect import Store, open_store
from timeline.store.reading.facets import count_by
from timeline.store.reading.find import (
    count,
    find_event_records,
    find_events,
    find_organizations,
    iterate_event_records,
    iterate_events,
    read_event,
    read_organization,
    read_page,
)
from timeline.store.reading.history import find_history, find_ties
from timeline.store.reading.pairs import find_pairs
from timeline.store.reading.ties import find_partnerships, iterate_partnerships
from timeline.store.review.judging import save_verdict, withdraw_verdict
from timeline.store.review.queue import find_answers, find_reviews
from timeline.store.review.verdicts import find_judgements, save_judgement, withdraw_judgement
from timeline.store.revisions import read_revision
from timeline.store.tokens import (
    check_binding,
    check_token,
    find_token,
    find_tokens,
    revoke_token,
    save_token,
)
from timeline.store.webhooks import (
    Claim,
    claim_webhooks,
    delete_webhook,
    enable_webhook,
    find_deliveries,
    find_webhooks,
    note_delivery,
    note_progress,
    read_webhook,
    save_webhook,
)
from timeline.store.writing.changes import find_changes
from timeline.store.writing.evidence import Evidence, NameRow, PairRow, UseRow, says_the_same
from timeline.store.writing.intake import save_lines
from timeline.store.writing.save import load_findings, save_extractions

__all__ = [
    "Claim",
    "Dropped",
    "Evidence",
    "Kept",
    "NameRow",
    "PairRow",
    "Relinking",
    "Scope",
    "Store",
    "UseRow",
    "apply_corrections",
    "check_binding",
    "check_token",
    "claim_webhooks",
    "count",
    "count_by",
    "count_waiting",
    "delete_webhook",
    "enable_webhook",
    "export_corrections",
    "find_answers",
    "find_changes",
    "find_corrections",
    "find_deliveries",
    "find_event_records",
    "find_events",
    "find_history",
    "find_judgements",
    "find_organizations",
    "find_pairs",
    "find_partnerships",
    "find_reviews",
    "find_ties",
    "find_token",
    "find_tokens",
    "find_webhooks",
    "iterate_event_records",
    "iterate_events",
    "iterate_partnerships",
    "load_findings",
    "load_timeline",
    "note_delivery",
    "note_progress",
    "open_store",
    "read_event",
    "read_organization",
    "read_page",
    "read_revision",
    "read_webhook",
    "replace_chronicle",
    "revoke_token",
    "save_correction",
    "save_corrections",
    "save_extractions",
    "save_judgement",
    "save_lines",
    "save_timeline",
    "save_token",
    "save_verdict",
    "save_webhook",
    "says_the_same",
    "update_chronicle",
    "withdraw_correction",
    "withdraw_judgement",
    "withdraw_verdict",
]
