"""The pages that explain: the API's documentation, how to read the chronology, how good it is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.deps import OneView, StoreNeeded
from api.quality import read_quality
from api.view import Links, show
from timeline.export import FORMATS
from timeline.store import count

router = APIRouter(include_in_schema=False, default_response_class=Response)


@router.get("/docs")
def show_docs(request: Request, parameters: Annotated[OneView, Query()]) -> Response:
    """Show the API's documentation, from files of our own."""
    return show(request, "docs.html", links=Links("/docs", parameters, parameters.lang))


@router.get("/quality")
def show_quality(request: Request, parameters: Annotated[OneView, Query()]) -> Response:
    """Say how good the findings are, as measured, and what still goes wrong."""
    quality = read_quality()
    return show(
        request,
        "quality.html",
        links=Links("/quality", parameters, parameters.lang),
        quality=quality,
        sets=list(dict.fromkeys(score.pages for score in quality.scores)),
        metrics=list(dict.fromkeys(score.metric for score in quality.scores)),
        values={(score.pages, score.metric): score.value for score in quality.scores},
    )


@router.get("/about")
def show_about(request: Request, store: StoreNeeded, parameters: Annotated[OneView, Query()]) -> Response:
    """Say how to read the chronology: the marks, the certainties, the ways out."""
    links = Links("/about", parameters, parameters.lang)
    return show(request, "about.html", links=links, held=count(store), formats=FORMATS)
