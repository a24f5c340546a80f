"""The one who tells webhooks: follows the change log by its sequence, sends what is new, and comes back after failures.

What is sent arrives in order and at least once: a webhook's place in the log moves on only when a receiver has answered
2xx. After a failure the same changes are sent again, later each time; after a day of failures no more, until somebody
enables the webhook again.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from dataclasses import dataclass

import anyio
from anyio import to_thread

from api.deps import read_clock
from api.hooks.addresses import check_address
from api.hooks.sending import SIGNATURE, Reply, send, sign
from timeline.access import Delivery, Webhook
from timeline.chronology import Change
from timeline.errors import TimelineError, UsageError
from timeline.store import (
    Claim,
    Store,
    claim_webhooks,
    find_changes,
    note_delivery,
    note_progress,
    read_revision,
)

_log = logging.getLogger("timeline.api")

# Changes in one request, and changes looked through for them where only some kinds are wanted.
MOST = 100
_READ = 1000
# Seconds between two looks at the log; for which a claim keeps others out; from the first failure to the next attempt.
_PAUSE = 1.0
_CLAIM = 120
# Webhooks that are told at once.
_AT_ONCE = 16
_FIRST_WAIT = 5
_LONGEST_WAIT = 3600
# Attempts that fail, one after another, before a webhook is given up: a day of them.
ATTEMPTS = 32


@dataclass(frozen=True, slots=True)
class _Batch:
    """Changes that a webhook is to be told of, and how far in the log it is with them."""

    changes: tuple[Change, ...]
    first: int
    last: int


class HookWorker:
    """Tell the webhooks of one store, in the background, until stopped."""

    def __init__(self, store: Store, allowed: tuple[str, ...]) -> None:
        self._store, self._allowed = store, allowed
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, in the running loop."""
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """End; what is being sent is let finish, and is sent again if its answer is not noted any more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self) -> None:
        limiter = anyio.CapacityLimiter(_AT_ONCE)  # not of the threads that requests wait for
        while True:
            try:
                claims = await to_thread.run_sync(self._claim, limiter=limiter)
                told = (to_thread.run_sync(self.tell, claim, limiter=limiter) for claim in claims)
                await asyncio.gather(*told)
            except TimelineError as error:
                _log.error("webhooks wait: the store does not answer", exc_info=error)
                claims = []
            if not claims:
                await asyncio.sleep(_PAUSE)

    def _claim(self) -> list[Claim]:
        last = int(read_revision(self._store).partition(".")[2])
        now = int(time.time())
        return claim_webhooks(self._store, last=last, now=now, until=now + _CLAIM)

    def tell(self, claim: Claim) -> None:
        """Send one request of what is new to a webhook, and note what came of it."""
        hook = claim.webhook
        batch = _read(self._store, hook)
        if not batch.changes:
            note_progress(self._store, hook.id, sequence=batch.last)
            return
        reply = self._send(claim, batch)
        now = int(time.time())
        attempt = hook.attempts + 1
        wait = min(_FIRST_WAIT * 2**hook.attempts, _LONGEST_WAIT)
        is_over = not reply.is_delivered and attempt >= ATTEMPTS
        note_delivery(
            self._store,
            Delivery(
                id=0,
                webhook=hook.id,
                first=batch.first,
                last=batch.last,
                attempt=attempt,
                at=read_clock(),
                status=reply.status,
                error=reply.error,
                is_delivered=reply.is_delivered,
            ),
            sequence=batch.last if reply.is_delivered else hook.sequence,
            due=0 if reply.is_delivered else now + wait,
            disabled=f"given up after {attempt} attempts: {reply.error}" if is_over else None,
        )

    def _send(self, claim: Claim, batch: _Batch) -> Reply:
        hook = claim.webhook
        try:
            target = check_address(hook.url, self._allowed)
        except UsageError as error:
            return Reply(None, str(error))
        changes = [change.to_json() for change in batch.changes]
        content = {"webhook": hook.id, "first": batch.first, "last": batch.last, "changes": changes}
        body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
        delivery = {"X-Timeline-Delivery": f"{hook.id}-{batch.first}-{batch.last}"}
        return send(target, body, delivery | {SIGNATURE: sign(claim.secret, body, int(time.time()))})


def _read(store: Store, hook: Webhook) -> _Batch:
    """Read what is new to a webhook, of the kinds it wants; `last` is how far was looked."""
    found = find_changes(store, since=hook.sequence, limit=_READ if hook.kinds else MOST)
    wanted = [change for change in found if not hook.kinds or change.kind in hook.kinds][:MOST]
    if not wanted:
        last = found[-1].sequence if found else hook.sequence
        return _Batch((), hook.sequence, last)
    return _Batch(tuple(wanted), wanted[0].sequence, wanted[-1].sequence)
