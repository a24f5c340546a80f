"""What every answer and every request must keep to: security headers out, bodies in only up to a limit."""

from __future__ import annotations

import asyncio
import json
import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Swagger UI writes style attributes; its page shows nothing that comes from a news page.
_DOCS_POLICY = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
# How deep a body may be nested; the deepest that any of our addresses takes is four.
DEEPEST = 20
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
# Bytes from which on a body is looked through beside the loop, not in it.
_LARGE = 65536
# "a \"quoted\" word", or what is left of the body where the string does not end
_STRING = re.compile(rb'"(?:[^"\\]++|\\.|\\\Z)*+(?:"|\Z)', re.DOTALL)
# Seconds a body may take to arrive.
_PATIENCE = 30


class SecurityHeaders:
    """Put the headers on every answer, errors included; a header the route has set stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = _DOCS_POLICY if scope["path"] == "/docs" else _POLICY

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", policy)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class BodyLimit:
    """Answer 413 to a body over `limit` bytes, by what it declares or, where it declares nothing, by what comes.

    JSON that is nested deeper than any of ours is 422, before anything reads it.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared) > self.limit:
            await _refuse(send, 413, "request too large", _too_large(self.limit))
            return
        try:
            body = await asyncio.wait_for(_read(receive, self.limit), _PATIENCE)
        except TimeoutError:
            await _refuse(send, 408, "request timeout", f"the body did not arrive within {_PATIENCE} seconds")
            return
        if body is None:
            await _refuse(send, 413, "request too large", _too_large(self.limit))
            return
        kind = dict(scope["headers"]).get(b"content-type", b"")
        is_form = kind.startswith(b"application/x-www-form-urlencoded")
        if body and not is_form and await _is_too_deep(body):
            detail = f"the body is nested more than {DEEPEST} deep, or its brackets do not match"
            await _refuse(send, 422, "unreadable content", detail)
            return
        await self.app(scope, _replay(body, receive), send)


def is_too_deep(body: bytes) -> bool:
    """Say whether the brackets of a JSON text are nested deeper than DEEPEST, or so many are never closed.

    >>> is_too_deep(b'{"a": ["[[["]}'), is_too_deep(b"[" * 21 + b"]" * 21)
    (False, True)
    """
    brackets = _STRING.sub(b"", body).translate(None, _NO_BRACKETS)
    for _ in range(DEEPEST):  # each turn takes the innermost pairs away
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if not brackets:
            return False
    opened = brackets.count(b"[") + brackets.count(b"{")
    return opened > DEEPEST or 0 < opened < len(brackets)


async def _is_too_deep(body: bytes) -> bool:
    return await run_in_threadpool(is_too_deep, body) if len(body) > _LARGE else is_too_deep(body)


async def _read(receive: Receive, limit: int) -> bytes | None:
    """Collect the body; None once it is over the limit, so that no more than that is ever held."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(chunks)
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            return None
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _too_large(limit: int) -> str:
    return (
        f"the body is larger than the {limit} bytes this server takes; send a smaller page, "
        "or use the command: timeline extract"
    )


async def _refuse(send: Send, status: int, title: str, detail: str) -> None:
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = json.dumps(problem).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
