"""One request after another: a method and a path in, the answer out; patient where the server asks for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from timeline.errors import TimelineError

_RETRIED = frozenset({429, 503})
_SAFE = frozenset({"GET", "DELETE"})
# Seconds: to the first retry where the server names none, and the most that is waited at once.
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 60.0

Values = Mapping[str, Any]


class ApiError(TimelineError):
    """What the server refused, with its words; `status` is None where no server answered."""

    def __init__(self, detail: str, *, status: int | None = None, problem: Values | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.problem = dict(problem or {})


class Calls:
    """A connection to one server; retries what the server was too busy for, and turns refusals into ApiError."""

    def __init__(
        self,
        url: str,
        *,
        token: str | None,
        timeout: float,
        retries: int,
        transport: httpx.BaseTransport | None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        headers = {"accept": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
        self._retries, self._sleep = retries, sleep
        self._http = httpx.Client(base_url=url, headers=headers, timeout=timeout, transport=transport)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def ask(self, method: str, path: str, *, query: Values | None = None, body: Any = None) -> Any:
        """Give the JSON of an answer, None where it has no body.

        Raises ApiError for a refusal, with the server's words, and where no server answers.
        """
        response = self._send(method, path, query, body, is_stream=False)
        if response.status_code == 204:
            return None
        try:
            return response.json()
        except ValueError as error:
            raise ApiError(
                f"{response.url} answers no JSON; is it a timeline server?", status=response.status_code
            ) from error

    @contextmanager
    def stream(self, path: str, query: Values | None) -> Iterator[Iterator[bytes]]:
        """Open an answer that is read as it comes, in constant memory."""
        response = self._send("GET", path, query, None, is_stream=True)
        try:
            yield self._read(response)
        finally:
            response.close()

    def _read(self, response: httpx.Response) -> Iterator[bytes]:
        try:
            yield from response.iter_bytes()
        except httpx.TransportError as error:
            raise ApiError(f"the answer of {response.url} was cut off: {_explain(error)}") from error

    def _send(
        self, method: str, path: str, query: Values | None, body: Any, *, is_stream: bool
    ) -> httpx.Response:
        request = self._http.build_request(method, path, params=_pairs(query or {}), json=body)
        for attempt in range(self._retries + 1):
            is_last = attempt == self._retries
            try:
                response = self._http.send(request, stream=is_stream)
            except httpx.TransportError as error:
                if is_last or method not in _SAFE:
                    raise ApiError(
                        f"no answer from {request.url.copy_with(query=None)}: {_explain(error)}"
                    ) from error
                self._sleep(_wait(attempt))
                continue
            if response.is_success:
                return response
            if is_last or response.status_code not in _RETRIED:
                raise _refusal(response)
            response.close()
            self._sleep(_wait(attempt, response.headers.get("retry-after", "")))
        raise AssertionError("unreachable: the last attempt returns or raises")


def _pairs(query: Values) -> httpx.QueryParams:
    """Write filters as the server reads them: `from_` is from, lists are repeated, None is left out."""
    pairs: list[tuple[str, str | int | float | bool | None]] = []
    for name, value in query.items():
        for one in value if isinstance(value, list | tuple | set) else (value,):
            if one is not None:
                text = str(one).lower() if isinstance(one, bool) else str(one)
                pairs.append((name.removesuffix("_"), text))
    return httpx.QueryParams(pairs)


def _wait(attempt: int, told: str = "") -> float:
    """Say how long to wait: as long as the server says, else longer each time."""
    seconds = float(told) if told.isdigit() else _FIRST_WAIT * 2**attempt
    return min(seconds, _LONGEST_WAIT)


def _refusal(response: httpx.Response) -> ApiError:
    """Read a problem object (RFC 9457) as an error."""
    response.read()
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    detail = problem.get("detail") or f"{response.url} answers {response.status_code}"
    return ApiError(str(detail), status=response.status_code, problem=problem)


def _explain(error: httpx.TransportError) -> str:
    return str(error) or type(error).__name__
