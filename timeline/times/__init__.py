"""Time expressions: found in clean text, then given values against a reference and the dates told before them."""

from __future__ import annotations

from datetime import datetime

from timeline.records import Reference, ResolvedTime
from timeline.times.evidence import extend, possible_years
from timeline.times.refine import find, find_drafts
from timeline.times.resolve import resolve, resolve_at


def tag(text: str, reference: Reference) -> list[ResolvedTime]:
    """Find and resolve in one go.

    >>> from timeline.edtf import Edtf
    >>> [str(t.edtf) for t in tag("6月9日至11日", Reference(Edtf.parse("2021-07-01")))]
    ['2021-06-09/2021-06-11']
    """
    return resolve(text, find_drafts(text), reference)


def tag_at(text: str, moment: datetime) -> list[ResolvedTime]:
    """Find and resolve what someone says at a moment: 3小时前 to the minute, a bare date in the year that runs."""
    return resolve_at(text, find_drafts(text), moment)


__all__ = ["extend", "find", "possible_years", "resolve", "tag", "tag_at"]
