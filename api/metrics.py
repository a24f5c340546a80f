"""What the server did, counted: requests in, Prometheus' text format out (prometheus.io/docs/instrumenting/exposition_formats)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

import timeline
from timeline.chronology import Counts

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Seconds that the buckets of the histogram end at.
_EDGES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"})
_PAGE = 4096


class Metrics:
    """The counters of one server; filled in its loop alone."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.buckets: Counter[tuple[str, float]] = Counter()
        self.seconds: Counter[str] = Counter()
        self.in_flight = 0

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self.requests[method if method in _METHODS else "OTHER", route, status] += 1
        self.seconds[route] += seconds  # type: ignore[assignment]
        edge = next((edge for edge in _EDGES if seconds <= edge), float("inf"))
        self.buckets[route, edge] += 1

    def render(self, held: Counts, webhooks: int, failing: int) -> str:
        """Write everything counted, with what the store holds."""
        return "\n".join(self._lines(held, webhooks, failing)) + "\n"

    def _lines(self, held: Counts, webhooks: int, failing: int) -> Iterator[str]:
        yield from _head("timeline_build_info", "gauge", "The version that runs.")
        yield _line("timeline_build_info", {"version": timeline.__version__}, 1)
        yield from _head("timeline_requests_total", "counter", "Requests answered.")
        for (method, route, status), count in sorted(self.requests.items()):
            yield _line(
                "timeline_requests_total", {"method": method, "route": route, "status": status}, count
            )
        yield from _head("timeline_request_seconds", "histogram", "Seconds from request to the answer's end.")
        for route in sorted(self.seconds):
            yield from self._histogram(route)
        gauges = {
            "timeline_requests_in_flight": ("Requests being answered.", self.in_flight),
            "timeline_webhooks": ("Webhooks there are.", webhooks),
            "timeline_webhooks_failing": (
                "Webhooks whose last delivery failed, or that were given up.",
                failing,
            ),
            "process_resident_memory_bytes": ("Memory that the process holds.", _memory()),
        } | {f"timeline_store_{name}": (f"Stored {name}.", n) for name, n in held.model_dump().items()}
        for name, (words, value) in gauges.items():
            yield from _head(name, "gauge", words)
            yield _line(name, {}, value)

    def _histogram(self, route: str) -> Iterator[str]:
        total = 0
        for edge in (*_EDGES, float("inf")):
            total += self.buckets[route, edge]
            said = "+Inf" if edge == float("inf") else str(edge)
            yield _line("timeline_request_seconds_bucket", {"route": route, "le": said}, total)
        yield _line("timeline_request_seconds_sum", {"route": route}, round(self.seconds[route], 6))
        yield _line("timeline_request_seconds_count", {"route": route}, total)


class Measured:
    """Count every request, from its arrival to the last byte of its answer."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()
        scope.setdefault("state", {})["template"] = "other"

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self.metrics.in_flight += 1
        try:
            await self.app(scope, receive, send_noted)
        finally:
            self.metrics.in_flight -= 1
            route = scope["state"]["template"]
            self.metrics.note(scope["method"], route, status, time.perf_counter() - began)


def _head(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"


def _line(name: str, labels: dict[str, Any], value: float) -> str:
    said = ",".join(f'{key}="{_escape(str(one))}"' for key, one in labels.items())
    return f"{name}{{{said}}} {value}" if said else f"{name} {value}"


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _memory() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):  # no such file on this system
        return 0
