"""Login and logout: a token typed in, a session begun or ended; reading never asks for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.deps import OneView, StoreNeeded
from api.sessions import (
    FormNeeded,
    close_session,
    is_guarded,
    is_own,
    make_guard,
    open_session,
    read_session,
)
from api.view import Links, language_of, show
from api.view.links import is_here, with_language
from timeline.store import check_token

router = APIRouter(include_in_schema=False, default_response_class=Response)


class LoginView(OneView):
    """The login form, and where to go after it."""

    next: str | None = Field(None, max_length=2000)


@router.get("/login")
def show_login(request: Request, parameters: Annotated[LoginView, Query()]) -> Response:
    """Show the form, or who is logged in."""
    return _form(request, parameters)


@router.post("/login")
def log_in(request: Request, store: StoreNeeded, form: FormNeeded) -> Response:
    """Begin a session for whoever holds the token; a wrong one shows the form again and says so."""
    token = check_token(store, form.one("token")) if is_guarded(request, form) else None
    wanted = form.one("next")
    if token is None:
        given = {"next": wanted or None, "lang": form.one("lang") or None}
        return _form(request, LoginView.model_validate(given), is_wrong=True)
    response = RedirectResponse(
        wanted if is_here(wanted) else with_language("/review", form.one("lang")), 303
    )
    open_session(request, response, token)
    return response


@router.post("/logout")
def log_out(request: Request, form: FormNeeded) -> Response:
    """End the session."""
    response = RedirectResponse(with_language("/", form.one("lang")), 303)
    if is_own(request):
        close_session(response)
    return response


def _form(request: Request, parameters: LoginView, *, is_wrong: bool = False) -> Response:
    wanted = parameters.next or ""
    response = show(
        request,
        "login.html",
        status=403 if is_wrong else 200,
        links=Links("/login", parameters, parameters.lang or language_of(request).language),
        wanted=wanted if is_here(wanted) else "",
        guard=make_guard(request),
        is_wrong=is_wrong,
        session=read_session(request),
    )
    response.headers["cache-control"] = "no-store"
    return response
