"""A place in a sorted list as an opaque string, and back: where the next screen goes on."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from timeline.errors import UsageError


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row that was shown: the order it stood in, its key, its id."""

    order: str
    key: int
    id: str


def render_cursor(cursor: Cursor) -> str:
    """Write a cursor as characters that a URL takes.

    >>> read_cursor(render_cursor(Cursor("newest", 7, "e1")), order="newest")
    Cursor(order='newest', key=7, id='e1')
    """
    text = json.dumps([cursor.order, cursor.key, cursor.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, *, order: str) -> Cursor:
    """Read a cursor that was given out for this order.

    Raises UsageError for any other string.
    """
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError) as error:
        raise UsageError(f"not a cursor: {text!r}; take `next` of an answer as it is") from error
    if not isinstance(found, list) or [type(part) for part in found] != [str, int, str]:
        raise UsageError(f"not a cursor: {text!r}; take `next` of an answer as it is")
    cursor = Cursor(*found)
    if cursor.order != order or abs(cursor.key) >= 2**63:
        raise UsageError(f"the cursor is of a list in another order; begin again without it: {text!r}")
    return cursor
