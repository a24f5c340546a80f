"""The command line: arguments in, data on stdout, talk on stderr; non-zero where nothing was done."""

from __future__ import annotations

import gc
import sys

# these hang their commands on the application
from timeline.cli import chronology, corrections, merging, pages, partners, review, shards, tokens  # noqa: F401
from timeline.cli.app import app
from timeline.cli.terminal import say
from timeline.errors import TimelineError, UsageError

__all__ = ["main"]

# what a command loads stays until it ends: to look it through for garbage all the time takes a twentieth of a cold start
_COLLECT_AFTER = 50_000


def main() -> None:
    """Run the command line; an error of our own is one line on stderr and exit code 1, a wrong call exit code 2."""
    gc.set_threshold(_COLLECT_AFTER)
    try:
        app()
    except UsageError as error:
        say(f"error: {error}")
        raise SystemExit(2) from None
    except TimelineError as error:
        say(f"error: {error}")
        raise SystemExit(1) from None
    except BrokenPipeError:  # the reader has seen enough: timeline export | head
        sys.stderr.close()
        raise SystemExit(0) from None
