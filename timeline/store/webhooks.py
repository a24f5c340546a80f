"""Webhooks in and out: who is told of changes, how far each has been told, what was sent, and who sends it now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Row, Select, delete, insert, select, update

from timeline.access import Delivery, Webhook
from timeline.errors import NotFoundError
from timeline.store.access import DELIVERIES, WEBHOOKS
from timeline.store.connect import Store

# Deliveries that the log keeps of one webhook.
_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Claim:
    """A webhook that the one who claimed it may send to now, with the secret that signs what it is sent."""

    webhook: Webhook
    secret: str


def save_webhook(store: Store, webhook: Webhook, secret: str) -> Webhook:
    """Keep a webhook; its secret signs what it is sent and is never given out again."""
    with store.write() as connection:
        own = {
            "id": webhook.id,
            "secret": secret,
            "sequence": webhook.sequence,
            "record": webhook.model_dump_json(),
        }
        connection.execute(insert(WEBHOOKS).values({**own, "attempts": 0, "due": 0, "disabled": None}))
    return webhook


def find_webhooks(store: Store) -> list[Webhook]:
    """List the webhooks by id."""
    with store.read() as connection:
        return [_webhook(row) for row in connection.execute(_wanted().order_by(WEBHOOKS.c.id))]


def read_webhook(store: Store, id: str) -> Webhook:
    """Give a webhook.

    Raises NotFoundError where there is none of this id.
    """
    with store.read() as connection:
        row = connection.execute(_wanted().where(WEBHOOKS.c.id == id)).first()
    if row is None:
        raise NotFoundError(f"no webhook has the id {id!r}")
    return _webhook(row)


def delete_webhook(store: Store, id: str) -> None:
    """Take a webhook out, with the log of its deliveries.

    Raises NotFoundError where there is none of this id.
    """
    with store.write() as connection:
        connection.execute(delete(DELIVERIES).where(DELIVERIES.c.webhook == id))
        if not connection.execute(delete(WEBHOOKS).where(WEBHOOKS.c.id == id)).rowcount:
            raise NotFoundError(f"no webhook has the id {id!r}")


def enable_webhook(store: Store, id: str) -> Webhook:
    """Send to a webhook again, from where it was left, at once.

    Raises NotFoundError where there is none of this id.
    """
    with store.write() as connection:
        values = {"attempts": 0, "due": 0, "disabled": None}
        connection.execute(update(WEBHOOKS).where(WEBHOOKS.c.id == id).values(values))
    return read_webhook(store, id)


def claim_webhooks(store: Store, *, last: int, now: int, until: int, limit: int = 16) -> list[Claim]:
    """Claim the webhooks that wait for changes up to number `last` and may be tried now, until the Unix second `until`.

    Who claims them alone sends to them: no other claims them before `until`, even where several servers run.
    """
    table = WEBHOOKS.c
    waiting = [table.disabled.is_(None), table.due <= now, table.sequence < last]
    with store.read() as connection:
        if connection.execute(select(table.id).where(*waiting).limit(1)).first() is None:
            return []
    with store.write() as connection:
        wanted = (
            _wanted().add_columns(table.secret).where(*waiting).order_by(table.due, table.id).limit(limit)
        )
        rows = connection.execute(wanted.with_for_update(skip_locked=True)).all()
        held = update(WEBHOOKS).where(table.id.in_([row.id for row in rows])).values(due=until)
        connection.execute(held)
    return [Claim(_webhook(row), row.secret) for row in rows]


def note_progress(store: Store, id: str, *, sequence: int) -> None:
    """Note that nothing up to a number needs to be sent, and give the claim back."""
    with store.write() as connection:
        values = {"sequence": sequence, "attempts": 0, "due": 0}
        connection.execute(update(WEBHOOKS).where(WEBHOOKS.c.id == id).values(values))


def note_delivery(
    store: Store, delivery: Delivery, *, sequence: int, due: int, disabled: str | None = None
) -> None:
    """Write an attempt to the log, how far the webhook has now been told, and when it may be tried next (Unix second).

    A webhook that was taken out meanwhile is left so.
    """
    with store.write() as connection:
        attempts = 0 if delivery.is_delivered else delivery.attempt
        values = {"sequence": sequence, "attempts": attempts, "due": due, "disabled": disabled}
        known = update(WEBHOOKS).where(WEBHOOKS.c.id == delivery.webhook).values(values)
        if not connection.execute(known).rowcount:
            return
        own = select(DELIVERIES.c.id).where(DELIVERIES.c.webhook == delivery.webhook)
        number = (connection.execute(own.order_by(DELIVERIES.c.id.desc()).limit(1)).scalar() or 0) + 1
        record = delivery.model_copy(update={"id": number}).model_dump_json()
        row = {"id": number, "webhook": delivery.webhook, "record": record}
        connection.execute(insert(DELIVERIES).values(row))
        table = DELIVERIES.c
        old = [table.webhook == delivery.webhook, table.id <= number - _KEPT]
        connection.execute(delete(DELIVERIES).where(*old))


def find_deliveries(store: Store, webhook: str, *, limit: int = 100) -> list[Delivery]:
    """List the attempts to tell a webhook, the last one first.

    Raises NotFoundError where there is no webhook of this id.
    """
    read_webhook(store, webhook)
    wanted = select(DELIVERIES.c.record).where(DELIVERIES.c.webhook == webhook)
    with store.read() as connection:
        rows = connection.execute(wanted.order_by(DELIVERIES.c.id.desc()).limit(limit)).all()
    return [Delivery.model_validate_json(row.record) for row in rows]


def _wanted() -> Select[tuple[str, int, int, str | None, str]]:
    table = WEBHOOKS.c
    return select(table.id, table.sequence, table.attempts, table.disabled, table.record)


def _webhook(row: Row[tuple[str, int, int, str | None, str]]) -> Webhook:
    kept = Webhook.model_validate_json(row.record)
    state = {"sequence": row.sequence, "attempts": row.attempts, "disabled": row.disabled}
    return kept.model_copy(update=state)
