"""Who asks: a request in, the token it shows out; what each address needs, and an error where the token does not cover it.

Everybody may read where only this machine reaches the server, or where it was told so (--open); elsewhere reading takes
a token too. Writing and reviewing always take one. Scripts show it as `Authorization: Bearer …`; browsers hold a session
that api/web opens, which covers reading here, and what its own forms ask for there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ForbiddenError, TooManyError, UnauthorizedError
from api.limits import Leave, cost_of, make_limit
from api.problems import answer_error
from api.sessions import read_session
from api.view import wants_page
from timeline.access import Scope as TokenScope
from timeline.access import Token
from timeline.errors import TimelineError
from timeline.settings import Settings
from timeline.store import Store, check_token

# What anybody may ask for: whether the server lives, how to log in, and what that page is drawn with.
_OPEN = ("/healthz", "/readyz", "/login", "/static/")
_BEARER = HTTPBearer(auto_error=False, description="a token, as `timeline token create NAME` prints it")
_LONGEST = 200


def require(scope: TokenScope) -> Callable[..., Awaitable[Token]]:
    """Give the dependency of a route that takes a token of this scope; it answers the token.

    Raises UnauthorizedError (401) where no token is shown, ForbiddenError (403) where it does not cover the scope.
    """

    async def find_caller(
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
        self.limit = make_limit(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["token"] = None
        fault: TimelineError | None = None
        try:
            state["token"] = await self._find_token(scope)
        except TimelineError as error:
            fault = error
        leave = self.limit.ask(_name(scope), cost_of(scope["method"], scope["path"]))
        if leave is not None:
            send = _telling(send, leave)
            if not leave.is_given:
                fault = TooManyError(f"too many requests; the next one may come in {leave.wait} seconds")
        if fault is not None:
            await _answer(Request(scope), fault)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _find_token(self, scope: Scope) -> Token | None:
        """Give the token shown, None where none is needed.

        Raises UnauthorizedError for one that is not valid, and where none is shown and reading takes one.
        """
        header = Headers(scope=scope).get("authorization")
        if header is not None:
            return await run_in_threadpool(_read_bearer, scope["app"].state.store, header)
        if not self.is_open and not scope["path"].startswith(_OPEN):
            session = await run_in_threadpool(read_session, Request(scope))
            if session is None:
                raise UnauthorizedError(
                    "reading takes a token here: send the header Authorization: Bearer TOKEN"
                )
        return None


def _answer(request: Request, fault: TimelineError) -> Response:
    """Lead a browser that may not read yet to the login; say to any other caller what is wrong."""
    if isinstance(fault, UnauthorizedError) and request.method == "GET" and wants_page(request):
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'next': here})}", 303)
    return answer_error(request, fault)


def _name(scope: Scope) -> str:
    """Name the caller whose requests are counted together: the token's holder, else the address."""
    token: Token | None = scope["state"]["token"]
    return f"token {token.name}" if token is not None else f"address {(scope.get('client') or ('', 0))[0]}"


def _telling(send: Send, leave: Leave) -> Send:
    async def send_told(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *leave.headers()]}
        await send(message)

    return send_told


def _read_bearer(store: Store, header: str) -> Token:
    kind, _, text = header.partition(" ")
    text = text.strip()
    token = check_token(store, text) if kind.lower() == "bearer" and 0 < len(text) <= _LONGEST else None
    if token is None:
        raise UnauthorizedError("the token is not valid; it was mistyped or revoked")
    return token
