"""Who may do what at a server, and who is told of changes: tokens with their scopes, webhooks with their deliveries."""

from __future__ import annotations

from typing import Literal

from timeline.chronology import ChangeKind
from timeline.records import Record

Scope = Literal["read", "write", "review"]


class Token(Record):
    """A named token: what its holder may do, and since when; its text is known to the holder alone."""

    name: str
    scopes: tuple[Scope, ...]
    created_at: str
    revoked_at: str | None = None

    def may(self, scope: Scope) -> bool:
        """Say whether the holder may do what a scope covers; who may write or review may read."""
        return self.revoked_at is None and (scope == "read" or scope in self.scopes)


class Webhook(Record):
    """An address that is told of changes, in order, from `sequence` on; no kinds mean all.

    `attempts` counts the failures since the last success; `disabled` says why nothing is sent any more.
    """

    id: str
    url: str
    kinds: tuple[ChangeKind, ...] = ()
    by: str
    created_at: str
    sequence: int
    attempts: int = 0
    disabled: str | None = None


class Delivery(Record):
    """One attempt to tell a webhook of the changes `first` to `last`: the HTTP status, or why there is none."""

    id: int
    webhook: str
    first: int
    last: int
    attempt: int
    at: str
    status: int | None
    error: str | None
    is_delivered: bool
