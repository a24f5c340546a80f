"""Who says something on the command line, and when: options in, a name and an instant out."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer

from timeline.errors import UsageError

By = Annotated[str | None, typer.Option(help="who says so; default: the login name", metavar="NAME")]
Why = Annotated[str, typer.Option(help="why, for the history", metavar="TEXT")]


def sign(by: str | None) -> tuple[str, str]:
    """Give who says something and the instant, ISO 8601 in UTC.

    Raises UsageError where nobody is named and the login has no name.
    """
    try:
        who = by if by is not None else getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("say who you are: --by NAME") from error
    return who, datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
