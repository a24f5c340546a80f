"""The application: settings in, a FastAPI application out; this file is its table of contents."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import to_thread
from fastapi import Depends, FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

import timeline
from api import problems, web
from api.auth import Gate
from api.deps import refuse_unknown_parameters
from api.freshness import Freshness
from api.heads import Heads
from api.hooks import HookWorker
from api.linking import Linker
from api.metrics import Measured, Metrics
from api.routes import (
    changes,
    corrections,
    events,
    extract,
    health,
    ingest,
    organizations,
    pages,
    partnerships,
    review,
    webhooks,
)
from api.security import BodyLimit, SecurityHeaders
from api.warming import Warmer
from timeline.settings import Settings
from timeline.store import check_binding, open_store

_DESCRIPTION = """Dated, sourced events from Chinese news pages.

Lists are paged by `cursor`: ask again with the `next` of the answer until it is null. Dates are EDTF (ISO 8601-2):
a year nobody stated is `XXXX`. Offsets are code points into the raw text of the page. Every error is a problem object
(RFC 9457); a parameter an address does not have is an error that names those it has. Writing takes a token, as
`timeline token create NAME --scope write` prints it, in the header `Authorization: Bearer TOKEN`.
"""

# Requests that are worked on at once; over SQLite (True) more would only wait for each other inside the interpreter.
_THREADS = {True: 4, False: 16}


def create_app(settings: Settings) -> FastAPI:
    """Make the application; its store is opened when the server starts and closed when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_store(settings.database) as store:
            check_binding(store, settings)
            app.state.store, app.state.linker = store, Linker(store)
            to_thread.current_default_thread_limiter().total_tokens = _THREADS[store.is_sqlite]
            hooks = HookWorker(store, settings.webhook_hosts)
            hooks.start()
            warmer = Warmer(store, web.prepare)
            warmer.start()
            yield
            await to_thread.run_sync(warmer.stop)
            await hooks.stop()
            await app.state.linker.finish()

    app: FastAPI = FastAPIOffline(
        docs_url=None,
        redoc_url=None,
        title="dashiji 大事记",
        version=timeline.__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        dependencies=[Depends(refuse_unknown_parameters)],
        generate_unique_id_function=lambda route: route.name.replace(".", "_"),
    )
    app.state.settings, app.state.metrics = settings, Metrics()
    problems.add_handlers(app)
    _add_middleware(app, settings)

    _add_routes(app)
    return app


def _add_routes(app: FastAPI) -> None:
    """Hang in the routes, the JSON first."""
    app.include_router(events.router)
    app.include_router(organizations.router)
    app.include_router(partnerships.router)
    app.include_router(pages.router)
    app.include_router(ingest.router)
    app.include_router(changes.router)
    app.include_router(corrections.router)
    app.include_router(review.router)
    app.include_router(webhooks.router)
    app.include_router(extract.router)
    app.include_router(health.router)
    app.include_router(web.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """Put around the routes what every request goes through; the last one added sees it first."""
    app.add_middleware(Freshness)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(BodyLimit, limit=settings.max_request_bytes)
    app.add_middleware(Gate, settings=settings)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_headers=["authorization", "if-none-match"],
            expose_headers=[
                "etag",
                "ratelimit-limit",
                "ratelimit-remaining",
                "ratelimit-reset",
                "retry-after",
            ],
        )
    app.add_middleware(Heads)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Measured, metrics=app.state.metrics)


def make_app() -> FastAPI:
    """Make the application with the settings of the environment: what a server is told to call (`api.app:make_app`)."""
    return create_app(Settings())
