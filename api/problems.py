"""Errors as answers: exceptions in, RFC 9457 problem objects out, or a page for a browser; one table says which."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from api.errors import (
    BusyError,
    ForbiddenError,
    TooLargeError,
    TooManyError,
    UnauthorizedError,
    UnknownParameterError,
)
from api.view import show_error, wants_page
from timeline.errors import EdtfError, NotFoundError, ReadError, StoreError, TimelineError, UsageError

_log = logging.getLogger("timeline.api")


class Problem(BaseModel):
    """What every error answers: RFC 9457, with the allowed parameters or the faulty fields where that helps."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(
        "about:blank", description="kind of problem; about:blank says no more than the status does"
    )
    title: str = Field(examples=["bad request"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["unknown parameter colour; this address takes: cursor, limit, org"])
    instance: str | None = Field(None, examples=["/api/v1/events"])
    allowed: list[str] | None = Field(None, description="the parameters this address takes")
    errors: list[dict[str, str]] | None = Field(None, description="what is wrong with which field")


# The most particular class first: the first one an exception is an instance of decides.
STATUSES: Mapping[type[Exception], int] = {
    NotFoundError: 404,
    UnauthorizedError: 401,
    ForbiddenError: 403,
    TooLargeError: 413,
    TooManyError: 429,
    UnknownParameterError: 400,
    BusyError: 503,
    EdtfError: 400,
    UsageError: 400,
    ReadError: 422,
    StoreError: 503,
    TimelineError: 500,
}
# What is answered where the error's own words, which go to the log, may name files, addresses or statements.
_UNSAID: Mapping[int, str] = {
    500: "the request could not be answered",
    503: "the store cannot answer now; try again later",
}
TITLES: Mapping[int, str] = {
    400: "bad request",
    401: "unauthorized",
    403: "forbidden",
    404: "not found",
    405: "method not allowed",
    408: "request timeout",
    413: "request too large",
    415: "unsupported media type",
    422: "unreadable content",
    429: "too many requests",
    500: "internal error",
    503: "unavailable for now",
}


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe a route's errors for its OpenAPI entry, with those that any may have: no token, too many requests."""
    return {
        status: {
            "model": Problem,
            "description": TITLES[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({*statuses, 401, 429})
    }


def add_handlers(app: FastAPI) -> None:
    """Register the table: our own family, FastAPI's validation, Starlette's routing, and whatever else was raised."""
    app.add_exception_handler(TimelineError, answer_error)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_routing)
    app.add_exception_handler(Exception, _on_unforeseen)


def make_problem(request: Request, status: int, detail: str, **more: Any) -> Response:
    """Give the problem object, or the error page where a browser asked for a page."""
    title = TITLES.get(status, "error")
    if wants_page(request):
        return show_error(request, status, detail, more.get("allowed"))
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body |= {"instance": request.url.path} | {key: value for key, value in more.items() if value}
    return JSONResponse(body, status, media_type="application/problem+json")


def answer_error(request: Request, error: Exception) -> Response:
    """Give what one of our own errors is answered with."""
    status = next(code for kind, code in STATUSES.items() if isinstance(error, kind))
    if status >= 500:
        _log.error("request failed", exc_info=error, extra={"path": request.url.path})
    if isinstance(error, UnauthorizedError):
        response = make_problem(request, status, str(error))
        response.headers["www-authenticate"] = 'Bearer realm="timeline"'
        return response
    if isinstance(error, UnknownParameterError):
        return make_problem(request, status, str(error), allowed=list(error.allowed))
    is_inner = status >= 500 and not isinstance(error, BusyError)
    return make_problem(request, status, _UNSAID[status] if is_inner else str(error))


def _on_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [_describe_fault(fault) for fault in error.errors()]
    in_query = all(fault["loc"][0] in ("query", "path") for fault in error.errors())
    detail = "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults[:5])
    return make_problem(request, 400 if in_query else 422, detail, errors=faults)


def _describe_fault(fault: Mapping[str, Any]) -> dict[str, str]:
    """Name the field at fault and say what is wrong with it."""
    where, *path = map(str, fault["loc"])
    if fault["type"] == "json_invalid":
        return {"field": where, "message": f"not JSON: {fault['ctx']['error']} at character {'.'.join(path)}"}
    # "Value error" is said before what our own validators say
    return {"field": ".".join(path) or where, "message": fault["msg"].removeprefix("Value error, ")}


def _on_routing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    details = {404: "there is nothing at this address", 405: "this address does not take that method"}
    response = make_problem(request, error.status_code, details.get(error.status_code, str(error.detail)))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    if error.status_code == 405:
        response.headers["allow"] = ", ".join(_methods(request))
    return response


def _methods(request: Request) -> list[str]:
    """List the methods that an address takes, each of which may have a route of its own."""
    routes = request.app.router.routes
    scopes = {
        method: {**request.scope, "method": method} for method in ("DELETE", "GET", "PATCH", "POST", "PUT")
    }
    taken = [m for m, scope in scopes.items() if any(r.matches(scope)[0] is Match.FULL for r in routes)]
    return sorted([*taken, "HEAD"] if "GET" in taken else taken)  # HEAD is answered as GET is


def _on_unforeseen(request: Request, error: Exception) -> Response:
    return make_problem(request, 500, _UNSAID[500])
