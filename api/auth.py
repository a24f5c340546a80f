"""Who asks: a request in, the token it shows out; what each address needs, and an error where the token does not cover it.

Everybody may read where only this machine reaches the server, or where it was told so (--open); elsewhere reading takes
a token too. Writing and reviewing always take one. Scripts show it as `Authorization: Bearer …`; browsers hold a session
that api/web opens, which covers reading here, and what its own forms ask for there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ForbiddenError, UnauthorizedError
from api.problems import answer_error
from timeline.access import Scope as TokenScope
from timeline.access import Token
from timeline.errors import TimelineError
from timeline.settings import Settings
from timeline.store import Store, check_token

# What anybody may ask for: whether the server lives, how to log in, and what that page is drawn with.
_OPEN = ("/healthz", "/readyz", "/login", "/static/")
_BEARER = HTTPBearer(auto_error=False, description="a token, as `timeline token create NAME` prints it")
_LONGEST = 200


def require(scope: TokenScope) -> Callable[..., Token]:
    """Give the dependency of a route that takes a token of this scope; it answers the token.

    Raises UnauthorizedError (401) where no token is shown, ForbiddenError (403) where it does not cover the scope.
    """

    def find_caller(
        request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]
    ) -> Token:
        token: Token | None = request.state.token
        if token is None:
            raise UnauthorizedError(
                f"this takes a token of scope {scope}: send the header Authorization: Bearer TOKEN; "
                f"make one with: timeline token create NAME --scope {scope}"
            )
        if not token.may(scope):
            raise ForbiddenError(f"the token {token.name!r} does not cover the scope {scope}")
        return token

    return find_caller


Writer = Annotated[Token, Depends(require("write"))]
Reviewer = Annotated[Token, Depends(require("review"))]


class Gate:
    """Read the token that a request shows into its state, and turn away who may not even read."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.is_open = settings.is_open_to_read

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["token"] = None
        try:
            header = Headers(scope=scope).get("authorization")
            if header is not None:
                state["token"] = await run_in_threadpool(_read_bearer, scope["app"].state.store, header)
            if not self.is_open and state["token"] is None and not scope["path"].startswith(_OPEN):
                await run_in_threadpool(_check_session, Request(scope))
        except TimelineError as error:
            await answer_error(Request(scope), error)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _read_bearer(store: Store, header: str) -> Token:
    kind, _, text = header.partition(" ")
    text = text.strip()
    token = check_token(store, text) if kind.lower() == "bearer" and 0 < len(text) <= _LONGEST else None
    if token is None:
        raise UnauthorizedError("the token is not valid; it was mistyped or revoked")
    return token


def _check_session(request: Request) -> None:
    """Let a browser read that has logged in.

    Raises UnauthorizedError for any other.
    """
    raise UnauthorizedError("reading takes a token here: send the header Authorization: Bearer TOKEN")
