"""Sessions of those who may change things: a token in at the login form, a signed cookie out, and a guard for every form.

The cookie names the token's holder and when the session ends, signed with a key that the process draws when it starts:
a restart or the token's withdrawal ends every session. It is HttpOnly and SameSite=Strict; every form carries a second
value made of the same key, so that no other site can send it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request
from starlette.responses import Response

from api.errors import ForbiddenError
from timeline.access import Scope, Token
from timeline.errors import UsageError
from timeline.store import find_token

COOKIE = "session"
# Seconds a session lasts.
LIFE = 12 * 3600
# Fields a form may have, and characters they may hold together.
_MOST_FIELDS, _MOST_CHARACTERS = 1200, 500_000


@dataclass(frozen=True, slots=True)
class Session:
    """Who is logged in, what he may do, and the value his forms must carry."""

    token: Token
    csrf: str

    def may(self, scope: Scope) -> bool:
        return self.token.may(scope)


class Form:
    """The fields of a form that was sent, as text; a field that is absent reads as empty."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    def one(self, name: str) -> str:
        """Give a field's first value, trimmed."""
        return next((value.strip() for key, value in self._pairs if key == name), "")

    def all(self, name: str) -> list[str]:
        return [value.strip() for key, value in self._pairs if key == name and value.strip()]


async def read_form(request: Request) -> Form:
    """Read the fields a browser sends.

    Raises UsageError for a body that is no form, or has more fields than any of ours.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if kind != "application/x-www-form-urlencoded" or len(body) > _MOST_CHARACTERS * 9:
        raise UsageError("a form of this site is expected: application/x-www-form-urlencoded")
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise UsageError("the form cannot be read: it is not UTF-8, or has too many fields") from None
    if sum(len(value) for _, value in pairs) > _MOST_CHARACTERS or any("\x00" in v for _, v in pairs):
        raise UsageError("the form cannot be read: it is too long, or holds a NUL")
    return Form(pairs)


FormNeeded = Annotated[Form, Depends(read_form)]


def read_session(request: Request) -> Session | None:
    """Give the session of a request's cookie; None where there is none, it is not ours, is over, or its token is gone."""
    payload, _, mark = request.cookies.get(COOKIE, "").partition(".")
    if not payload or not _is_same(_sign(request, "session", payload), mark):
        return None
    name, created_at, ends = json.loads(base64.urlsafe_b64decode(payload))[:3]
    if ends < time.time():
        return None
    token = find_token(request.app.state.store, name)
    if token is None or token.created_at != created_at:
        return None
    return Session(token, _sign(request, "form", payload))


def open_session(request: Request, response: Response, token: Token) -> None:
    """Let the response set the cookie of a new session."""
    content = json.dumps([token.name, token.created_at, int(time.time()) + LIFE, secrets.token_hex(8)])
    payload = base64.urlsafe_b64encode(content.encode()).decode()
    value = f"{payload}.{_sign(request, 'session', payload)}"
    is_secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, value, max_age=LIFE, httponly=True, samesite="strict", secure=is_secure)


def close_session(response: Response) -> None:
    """Take the cookie of a session back."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


def demand_session(request: Request, form: Form, scope: Scope) -> Session:
    """Give the session that may send this form.

    Raises ForbiddenError where nobody is logged in, the form is not ours, or the token has no such scope.
    """
    session = read_session(request)
    if session is None:
        raise ForbiddenError("log in first: this changes the chronology")
    if not is_own(request) or not _is_same(session.csrf, form.one("csrf")):
        raise ForbiddenError("the form is not of this session; open the page again and send it from there")
    if not session.may(scope):
        raise ForbiddenError(f"the token {session.token.name!r} has no scope {scope}")
    return session


def is_own(request: Request) -> bool:
    """Say whether a form was sent from a page of this server, as far as the browser tells.

    Our pages send no referrer, so that a browser's own word for it counts (Sec-Fetch-Site), and an Origin of null says
    nothing.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.headers.get("host", "")


def make_guard(request: Request) -> str:
    """Make the value of a form that is sent before there is a session."""
    moment = str(int(time.time()) // LIFE)
    return _sign(request, "guest", moment)


def is_guarded(request: Request, form: Form) -> bool:
    """Say whether a form sent before there is a session is one of ours."""
    now = int(time.time()) // LIFE
    given = form.one("csrf")
    known = (_sign(request, "guest", str(moment)) for moment in (now, now - 1))
    return is_own(request) and any(_is_same(one, given) for one in known)


def _is_same(known: str, given: str) -> bool:
    return hmac.compare_digest(known.encode(), given.encode("utf-8", "surrogatepass"))


def _sign(request: Request, purpose: str, text: str) -> str:
    state = request.app.state
    if not hasattr(state, "session_key"):
        state.session_key = secrets.token_bytes(32)
    return hmac.new(state.session_key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
