"""Counting ahead: a store in, the counts of the chronology's first page kept ready, so that no visitor waits for them.

Over a million events they take seconds; they are made anew in a thread of their own whenever the store has changed and
then been left alone for a moment.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

from timeline.errors import StoreError
from timeline.store import Store, read_revision

_log = logging.getLogger("timeline.api")
# Seconds between two looks at the store; a change that is younger may not be the last one.
_PAUSE = 1.0


class Warmer:
    """Run the steps of `prepare` after every change, until stopped; a step that was begun is finished."""

    def __init__(self, store: Store, prepare: Callable[[Store], Iterator[None]]) -> None:
        self._store = store
        self._prepare = prepare
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warming", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop, and wait for the step that is being made."""
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        ready = seen = ""
        while not self._is_over.wait(_PAUSE):
            try:
                now = read_revision(self._store)
                if now == seen and now != ready and self._make():
                    ready = now
                seen = now
            except StoreError as error:
                _log.warning("counting ahead failed", exc_info=error)

    def _make(self) -> bool:
        return all(not self._is_over.is_set() for _ in self._prepare(self._store))
