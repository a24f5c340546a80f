"""The pages for readers: an address in, HTML out; each asks the store what it shows and hands it to a template."""

from fastapi import APIRouter

from api.web import chronology, corrections, events, login, organizations, pages, reading, reviews, stories
from api.web.chronology import prepare

router = APIRouter()
for _part in (chronology, events, corrections, organizations, pages, login, reviews, stories, reading):
    router.include_router(_part.router)

__all__ = ["prepare", "router"]
