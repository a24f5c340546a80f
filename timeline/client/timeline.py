"""The Timeline: the questions and statements of the API as methods; lists are iterators that page by themselves.

Filters are the parameters of the API under their own names (`from_` for from): org, match, role, type, not_type, status,
not_status, place, outlet, from_, to, q, certainty, headline, undated, review, min_sources, updated_since, order; lists
mean any of. An unknown one is an ApiError that names those there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import httpx
from pydantic import ValidationError

from timeline.chronology import (
    Change,
    Correction,
    Event,
    Judgement,
    OrganizationSummary,
    Partnership,
    ReviewItem,
    StoredPage,
)
from timeline.client.calls import ApiError, Calls
from timeline.records import PageFindings, Record

R = TypeVar("R", bound=Record)
_API = "/api/v1"
_PAGE = 500
_FORMATS = ("jsonl", "csv", "ics", "atom", "timelinejs.json", "geojson", "jsonld")


class Timeline:
    """A server's chronology. Close it, or use it in `with`.

    `token` is needed to write, and to read where the server is not on this machine. What the server is too busy for (429,
    503) is asked again up to `retries` times, after as many seconds as it says. Every method raises ApiError, which has
    the server's words and `status`.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8765",
        *,
        token: str | None = None,
        timeout: float = 60.0,
        retries: int = 4,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._calls = Calls(url, token=token, timeout=timeout, retries=retries, transport=transport)

    def __enter__(self) -> Timeline:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._calls.close()

    # ---- reading ----

    def events(self, **filters: Any) -> Iterator[Event]:
        """Give every event of a filter, newest first; the list holds still while events are added."""
        return self._pages(f"{_API}/events", filters, "events", Event)

    def count(self, **filters: Any) -> int:
        """Say how many events a filter has."""
        total: int = self._get(f"{_API}/events", filters | {"limit": 1})["total"]
        return total

    def event(self, id: str) -> Event:
        """Give one event; an id that was joined into another leads on to it."""
        found = self._get(f"{_API}/events/{id}")
        return _read(Event, {name: value for name, value in found.items() if name != "evidence"})

    def evidence(self, id: str) -> list[dict[str, Any]]:
        """Give each report of an event: the page, its publication, and the mention with its spans."""
        evidence: list[dict[str, Any]] = self._get(f"{_API}/events/{id}")["evidence"]
        return evidence

    def facets(self, **filters: Any) -> dict[str, dict[str, int]]:
        """Count a filter's events by each field: {"type": {"signing": 12, …}, …}."""
        found = self._get(f"{_API}/facets", filters)["facets"]
        return {facet["field"]: {one["value"]: one["count"] for one in facet["counts"]} for facet in found}

    def organizations(self, q: str | None = None) -> Iterator[OrganizationSummary]:
        """Give every organisation, or those with a part of a name; the most active first."""
        return self._pages(f"{_API}/organizations", {"q": q}, "organizations", OrganizationSummary)

    def organization(self, id: str) -> dict[str, Any]:
        """Give one organisation with its names and partners."""
        return self._get(f"{_API}/organizations/{id}")

    def resolve(self, names: Iterable[str]) -> dict[str, list[dict[str, str]]]:
        """Say which organisations each name means, and why: none, one, or several to choose from."""
        wanted = list(dict.fromkeys(names))
        found: dict[str, list[dict[str, str]]] = {}
        for at in range(0, len(wanted), 100):
            answer = self._get(f"{_API}/organizations/resolve", {"name": wanted[at : at + 100]})
            found |= {one["name"]: one["matches"] for one in answer["resolved"]}
        return found

    def partnerships(self, **filters: Any) -> Iterator[Partnership]:
        """Give every partnership that the events of a filter tie."""
        return self._pages(f"{_API}/partnerships", filters, "partnerships", Partnership)

    def page(self, id: str) -> StoredPage:
        """Give a source page: its raw text, into which every span points, and what was found in it."""
        return _read(StoredPage, self._get(f"{_API}/pages/{id}"))

    def changes(self, since: int = 0) -> Iterator[Change]:
        """Give every change after a number, in order; keep the last one's `sequence` for the next time."""
        while True:
            answer = self._get(f"{_API}/changes", {"since": since, "limit": 1000})
            for change in answer["changes"]:
                yield _read(Change, change)
            since = answer["next"]
            if answer["is_complete"]:
                return

    def export(self, format: str = "jsonl", *, bom: bool = False, **filters: Any) -> Iterator[bytes]:
        """Stream every event of a filter as a file of a format, as it comes; never cut."""
        if format not in _FORMATS:
            raise ApiError(f"no such format: {format!r}; there are {', '.join(_FORMATS)}")
        with self._calls.stream(f"/events.{format}", filters | ({"bom": True} if bom else {})) as pieces:
            yield from pieces

    def save(self, path: str | Path, format: str | None = None, **filters: Any) -> Path:
        """Write every event of a filter to a file, of the format that its name ends in, and give its path.

        The file is whole or not there: what is cut off on the way leaves nothing under its name.
        """
        target = Path(path)
        chosen = format or next((f for f in _FORMATS if target.name.endswith(f".{f}")), "jsonl")
        part = target.with_name(f"{target.name}.part")
        try:
            with part.open("wb") as file:
                for piece in self.export(chosen, **filters):
                    file.write(piece)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return target

    def meta(self) -> dict[str, Any]:
        """Say what the server holds and speaks; `dataset` changes with every write."""
        return self._get(f"{_API}/meta")

    def quality(self) -> dict[str, Any]:
        """Give the measured scores of the server's version, and what is known to go wrong."""
        return self._get(f"{_API}/quality")

    # ---- writing ----

    def extract(self, text: str, **known: Any) -> PageFindings:
        """Find the dated events of one page; nothing is kept. `known`: published, url, title, is_html."""
        return _read(PageFindings, self._calls.ask("POST", f"{_API}/extract", body={"text": text} | known))

    def ingest(self, pages: Iterable[dict[str, Any] | str]) -> Iterator[dict[str, Any]]:
        """Keep pages, a text or {"text", "published", "url", "title", "is_html"} each, and say what became of each."""
        batch: list[dict[str, Any]] = []
        for page in pages:
            batch.append({"text": page} if isinstance(page, str) else page)
            if len(batch) == 20:
                yield from self._keep(batch)
                batch = []
        if batch:
            yield from self._keep(batch)

    def correct(self, event: str, *, reason: str = "", **fields: Any) -> Event:
        """Correct an event: date, type, status, title, place, verdict, add, remove; all of it or nothing."""
        body = fields | {"reason": reason}
        return _read(Event, self._calls.ask("PATCH", f"{_API}/events/{event}", body=body)["event"])

    def corrections(self, event: str | None = None, *, withdrawn: bool = False) -> list[Correction]:
        """List what was corrected, of one event or of all, with who, when and why."""
        found = self._get(f"{_API}/corrections", {"event": event, "withdrawn": withdrawn})["corrections"]
        return [_read(Correction, one) for one in found]

    def undo(self, correction: str) -> Correction:
        """Take a correction back; it stays in the history."""
        return _read(Correction, self._calls.ask("DELETE", f"{_API}/corrections/{correction}"))

    def reviews(self, *kinds: str) -> Iterator[ReviewItem]:
        """Give what needs eyes: unknown_year, conflict, unsure_merge, low_confidence, or all of it."""
        return self._pages(f"{_API}/review", {"kind": kinds}, "items", ReviewItem)

    def judge(self, left: str, right: str, verdict: str, *, reason: str = "") -> list[Judgement]:
        """Say that two events, or two organisations, are the "same" or "different"."""
        body = {"left": left, "right": right, "verdict": verdict, "reason": reason}
        found = self._calls.ask("POST", f"{_API}/judgements", body=body)["judgements"]
        return [_read(Judgement, one) for one in found]

    def unjudge(self, left: str, right: str) -> None:
        """Take one's own verdict about two things back."""
        self._calls.ask("DELETE", f"{_API}/judgements", query={"left": left, "right": right})

    # ---- how ----

    def _get(self, path: str, query: dict[str, Any] | None = None) -> dict[str, Any]:
        answer: dict[str, Any] = self._calls.ask("GET", path, query=query)
        return answer

    def _pages(self, path: str, filters: dict[str, Any], name: str, kind: type[R]) -> Iterator[R]:
        query = {"limit": _PAGE} | filters
        while True:
            answer = self._get(path, query)
            for one in answer[name]:
                yield _read(kind, one)
            if answer["next"] is None:
                return
            query["cursor"] = answer["next"]

    def _keep(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = self._calls.ask("POST", f"{_API}/pages", body={"pages": batch})["pages"]
        return told


def _read(kind: type[R], answer: Any) -> R:
    """Read a record of the contract.

    Raises ApiError where the server speaks another version of it.
    """
    try:
        return kind.model_validate(answer)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ApiError(
            f"the server speaks another version: {where}: {first['msg']}; take the same version of dashiji"
        ) from error
