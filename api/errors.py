"""What the API refuses beyond what the rooms refuse: a parameter unknown, a body too large, a caller unknown."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.errors import UsageError


class UnknownParameterError(UsageError):
    """A query names a parameter the route does not have."""

    def __init__(self, unknown: Sequence[str], allowed: Sequence[str]) -> None:
        names = ", ".join(allowed) or "none"
        super().__init__(f"unknown parameter {', '.join(unknown)}; this address takes: {names}")
        self.unknown = tuple(unknown)
        self.allowed = tuple(allowed)


class TooLargeError(UsageError):
    """A request body is over the limit."""


class UnauthorizedError(UsageError):
    """A request shows no token, or one that is not valid."""


class ForbiddenError(UsageError):
    """A token does not cover what a request asks for."""


class TooManyError(UsageError):
    """A caller asks more often than it may."""


class BusyError(UsageError):
    """A page was not extracted in the time a request may take."""
