"""Webhooks: who wants to be told of changes in, how that goes out; secrets go in and never out."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from api.answers import DeliveryList, WebhookList
from api.auth import Writer
from api.deps import Id, Parameters, StoreNeeded, read_clock
from api.hooks import check_address
from api.problems import answers
from api.requests import WebhookRequest
from timeline.access import Webhook
from timeline.store import (
    delete_webhook,
    enable_webhook,
    find_deliveries,
    find_webhooks,
    read_revision,
    read_webhook,
    save_webhook,
)

router = APIRouter(prefix="/api/v1/webhooks", tags=["webhooks"])
_FAULTS = answers(400, 401, 403, 404, 429, 503)


class DeliveryListing(Parameters):
    """How much of the log is wanted."""

    limit: int = Field(100, ge=1, le=1000, description="attempts in the answer")


@router.get("", responses=answers(400, 401, 403, 429, 503))
def list_webhooks(store: StoreNeeded, writer: Writer) -> WebhookList:
    """List who is told of changes, how far each has been told, and which was given up."""
    return WebhookList(webhooks=tuple(find_webhooks(store)))


@router.post("", status_code=201, responses=answers(400, 401, 403, 413, 422, 429, 503))
def add_webhook(request: Request, store: StoreNeeded, writer: Writer, sent: WebhookRequest) -> Webhook:
    """Have an address told of changes, in order and at least once.

    It is sent JSON: `changes` as /api/v1/changes gives them, up to a hundred at once, with their numbers `first` and
    `last`. The header X-Timeline-Signature is `t=SECONDS,v1=HEX`, the HMAC-SHA256 under the secret of the seconds, a full
    stop and the body. Whatever is not answered 2xx within ten seconds is sent again, later each time, for a day.
    """
    check_address(sent.url, request.app.state.settings.webhook_hosts)
    now = int(read_revision(store).partition(".")[2])
    webhook = Webhook(
        id=f"w{secrets.token_hex(8)}",
        url=sent.url,
        kinds=tuple(dict.fromkeys(sent.kinds)),
        by=writer.name,
        created_at=read_clock(),
        sequence=now if sent.since is None else min(sent.since, now),
    )
    return save_webhook(store, webhook, sent.secret)


@router.get("/{id}", responses=_FAULTS)
def show_webhook(store: StoreNeeded, writer: Writer, id: Id) -> Webhook:
    """Give one webhook: how far it has been told, its failures since the last success, why it was given up."""
    return read_webhook(store, id)


@router.delete("/{id}", status_code=204, responses=_FAULTS)
def remove_webhook(store: StoreNeeded, writer: Writer, id: Id) -> None:
    """Tell an address no more, and forget what it was told."""
    delete_webhook(store, id)


@router.post("/{id}/enable", responses=_FAULTS)
def resume_webhook(store: StoreNeeded, writer: Writer, id: Id) -> Webhook:
    """Send again at once, from where it was left, to a webhook that failed or was given up."""
    return enable_webhook(store, id)


@router.get("/{id}/deliveries", responses=_FAULTS)
def list_deliveries(
    store: StoreNeeded, writer: Writer, id: Id, parameters: Annotated[DeliveryListing, Query()]
) -> DeliveryList:
    """List the attempts to tell a webhook, the last one first; a thousand are kept."""
    return DeliveryList(deliveries=tuple(find_deliveries(store, id, limit=parameters.limit)))
