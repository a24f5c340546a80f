"""ETag and 304: a GET in, its answer with the store's state as its tag out; an answer the client still has is not made.

A tag is weak, and hangs on the state of the store, the address, the language asked for, who asks and this version.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import timeline
from timeline.errors import StoreError
from timeline.store import read_revision

# These answer for the moment, or bring tags of their own.
_EXEMPT = (
    "/healthz", "/readyz", "/metrics", "/static", "/docs", "/login", "/api/v1/webhooks", "/api/v1/quality",
)  # fmt: skip
# The headers of a request that an answer hangs on.
_VARY = ("accept", "accept-language", "cookie")


class Freshness:
    """Tag what is read from the store; say 304 where the tag is the one the client names."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not is_read or scope["path"].startswith(_EXEMPT):
            await self.app(scope, receive, send)
            return
        tag = await run_in_threadpool(_tag, scope)
        if tag is not None and _is_known(tag, Headers(scope=scope).get("if-none-match", "")):
            headers = [
                (b"etag", tag.encode()),
                (b"cache-control", b"no-cache"),
                (b"vary", ", ".join(_VARY).encode()),
            ]
            await send({"type": "http.response.start", "status": HTTPStatus.NOT_MODIFIED, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return

        async def send_tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if tag is not None and message["status"] == HTTPStatus.OK:
                    headers.setdefault("etag", tag)
                    named = [name.strip() for name in headers.get("vary", "").split(",") if name.strip()]
                    headers["vary"] = ", ".join(dict.fromkeys((*named, *_VARY)))
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        await self.app(scope, receive, send_tagged)


def _tag(scope: Scope) -> str | None:
    """Make the tag; None where the store cannot say its state, which the route will then report."""
    try:
        revision = read_revision(scope["app"].state.store)
    except StoreError:
        return None
    headers = Headers(scope=scope)
    parts = (
        timeline.__version__,
        revision,
        scope["path"],
        scope["query_string"].decode("latin-1"),
        headers.get("accept", ""),
        headers.get("accept-language", ""),
        headers.get("cookie", ""),
    )
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:24]}"'


def _is_known(tag: str, header: str) -> bool:
    """Compare weakly with each tag of If-None-Match."""
    bare = tag.removeprefix("W/")
    return any(part.strip().removeprefix("W/") == bare for part in header[:4000].split(","))
