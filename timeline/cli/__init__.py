"""The command line: arguments in, data on stdout, talk on stderr; non-zero where nothing was done."""

from __future__ import annotations

import gc
import os
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
    """Run the command line; an error of our own is one line on stderr and exit code 1, a wrong call exit code 2.

    A reader who has seen enough (timeline export | head) is no error; what cannot be written is one.
    """
    gc.set_threshold(_COLLECT_AFTER)
    try:
        _run()
    except UsageError as error:
        say(f"error: {error}")
        raise SystemExit(2) from None
    except TimelineError as error:
        say(f"error: {error}")
        raise SystemExit(1) from None
    except BrokenPipeError:
        _drop_output()
        raise SystemExit(0) from None
    except OSError as error:
        _drop_output()
        what = error.filename or "the output cannot be written"
        say(f"error: {what}: {error.strerror}")
        raise SystemExit(1) from None


def _run() -> None:
    """Run the application to its last written character."""
    try:
        app()
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # the application makes an exit code of it
            raise stop.__context__ from None
        sys.stdout.flush()
        raise


def _drop_output() -> None:
    """Have nothing left to write, which the interpreter would try again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
