"""Whether the server lives, what it holds and did, and how good that is: health, meta, metrics, quality; no parameters."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse

import timeline
from api.answers import Health, Meta
from api.deps import StoreNeeded
from api.metrics import MEDIA_TYPE, Metrics
from api.problems import answers
from api.quality import Quality, read_quality
from timeline.export import FORMATS
from timeline.store import count, find_webhooks, read_revision

router = APIRouter(tags=["server"])


@router.get("/healthz")
def check_health() -> Health:
    """Say that the server answers."""
    return Health(status="ok")


@router.get("/readyz", responses=answers(503))
def check_readiness(store: StoreNeeded) -> Health:
    """Say that the store answers too."""
    count(store)
    return Health(status="ok")


@router.get("/api/v1/meta", responses=answers(503))
def show_meta(store: StoreNeeded) -> Meta:
    """Say what this server holds and which file formats it speaks."""
    return Meta(
        name="dashiji",
        version=timeline.__version__,
        dataset=read_revision(store),
        formats=FORMATS,
        **count(store).model_dump(),
    )


@router.get("/api/v1/quality")
def show_quality() -> Quality:
    """Give the measured scores of this version, and what is known to go wrong."""
    return read_quality()


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses={
        200: {"content": {"text/plain": {}}, "description": "Prometheus' text format"},
        **answers(503),
    },
)
def show_metrics(request: Request, store: StoreNeeded) -> PlainTextResponse:
    """Count what the server did and what the store holds, for Prometheus."""
    metrics: Metrics = request.app.state.metrics
    hooks = find_webhooks(store)
    failing = sum(hook.attempts > 0 or hook.disabled is not None for hook in hooks)
    text = metrics.render(count(store), len(hooks), failing)
    return PlainTextResponse(text, media_type=MEDIA_TYPE)
