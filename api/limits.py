"""How often one may ask: a caller and the cost of a request in, leave or the seconds to wait out.

Each caller has a bucket that holds `burst` requests and is filled at `rate` a second; extraction costs as much as ten reads.
Buckets are this process's own and hold the callers of late.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from timeline.settings import Settings

# What a request costs beside one read.
_DEAR = {"/api/v1/extract": 10, "/api/extract": 10, "/api/v1/pages": 10}
# Callers that are remembered; who was forgotten begins with a full bucket.
_MOST = 10_000
# Requests a second where the server is bound beyond loopback and nothing else was said.
_DEFAULT = 20.0


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether a request may go on, and what its caller has left: whole requests, and seconds until the bucket is full."""

    is_given: bool
    limit: int
    remaining: int
    reset: int
    wait: int

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Give the headers that tell the caller."""
        told = {
            "ratelimit-limit": self.limit,
            "ratelimit-remaining": self.remaining,
            "ratelimit-reset": self.reset,
        }
        if not self.is_given:
            told["retry-after"] = self.wait
        return [(name.encode(), str(value).encode()) for name, value in told.items()]


class RateLimit:
    """The buckets of all callers."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.burst, self._clock = rate, burst, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def ask(self, caller: str, cost: float = 1) -> Leave | None:
        """Take a request's cost out of the caller's bucket; None where there is no limit."""
        if not self.rate:
            return None
        now = self._clock()
        held, since = self._buckets.pop(caller, (float(self.burst), now))
        held = min(self.burst, held + (now - since) * self.rate)
        due = min(cost, self.burst)
        is_given = held >= due
        held -= due if is_given else 0
        self._buckets[caller] = (held, now)
        if len(self._buckets) > _MOST:
            self._buckets.popitem(last=False)
        wait = 0 if is_given else math.ceil((due - held) / self.rate)
        return Leave(is_given, self.burst, int(held), math.ceil((self.burst - held) / self.rate), wait)


def make_limit(settings: Settings) -> RateLimit:
    """Make the limit that a server's settings ask for."""
    default = 0.0 if settings.is_loopback else _DEFAULT
    return RateLimit(default if settings.rate is None else settings.rate, settings.burst)


def cost_of(method: str, path: str) -> int:
    """Say what a request costs."""
    return _DEAR.get(path, 1) if method == "POST" else 1
