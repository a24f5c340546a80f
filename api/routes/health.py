"""Whether the server lives and what it holds: /healthz, /readyz, /api/v1/meta; no parameters."""

from __future__ import annotations

from fastapi import APIRouter

import timeline
from api.answers import Health, Meta
from api.deps import StoreNeeded
from api.problems import answers
from timeline.export import FORMATS
from timeline.store import count

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
    return Meta(name="dashiji", version=timeline.__version__, formats=FORMATS, **count(store).model_dump())
