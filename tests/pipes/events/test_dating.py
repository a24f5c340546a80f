"""The days of events on whole made-up pages: each worked out as a careful reader would, or left unknown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.pipes.cases import rows
from timeline import extract
from timeline.records import EventMention

_FULL = re.compile(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?")


@pytest.mark.parametrize("row", rows("days"))
def test_days(row: dict[str, Any]) -> None:
    """Each event has its day; null asks for no full day, neither of one day nor of several."""
    found = extract(row["text"]).events
    for type_, edtf, where in row["events"]:
        event = _told_at(found, row["text"], type_, where)
        assert event is not None, f"no event of {where}"
        if edtf is None:
            assert not _FULL.fullmatch(event.date.edtf or ""), where
        else:
            assert event.date.edtf == edtf, where
    if not row["events"]:
        assert not [e for e in found if e.headline]


def _told_at(events: tuple[EventMention, ...], text: str, type_: str, where: str) -> EventMention | None:
    """Find the event told nearest to these words, one of the type before others."""
    told = [e for e in events if where in e.sentence.text or where in (e.title or "")]
    told = [e for e in told if e.type == type_] or told
    places = [m.start() for m in re.finditer(re.escape(where), text)]
    return min(told, key=lambda e: min(abs(e.trigger.start - at) for at in places), default=None)
