"""Linking after what was written: whoever wrote waits for a run that began after it; all who wait share one run."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

import anyio
from anyio import to_thread

from api.deps import read_clock
from timeline.ingest import relink
from timeline.store import Store

_log = logging.getLogger("timeline.api")


class Linker:
    """Link the stored pages, one run at a time; made when the server starts, in its loop."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._limiter = anyio.CapacityLimiter(1)  # not one of the threads that requests wait for
        self._running: asyncio.Task[None] | None = None
        self._waiting: asyncio.Task[None] | None = None

    async def link(self, patience: float) -> bool:
        """Have the pages linked that are stored by now, and say whether that was done within `patience` seconds.

        Where it was not it goes on, and the chronology follows.

        Raises StoreError when the database cannot be read or written.
        """
        if self._waiting is None:
            self._waiting = asyncio.create_task(self._run(self._running))
        with anyio.move_on_after(patience):
            await asyncio.shield(self._waiting)
            return True
        return False

    async def finish(self) -> None:
        """Wait for the runs that were begun."""
        tasks = [task for task in (self._running, self._waiting) if task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        self._running, self._waiting = self._waiting, None
        try:
            work = partial(relink, self._store, at=read_clock())
            await to_thread.run_sync(work, limiter=self._limiter)
        except Exception as error:
            _log.error("linking failed", exc_info=error)
            raise
