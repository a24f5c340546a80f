"""Who the sentence of an event says was there, each with the title as it stands: the first event of a text, a row each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipes.cases import rows
from tests.pipes.telling import read_on


@pytest.mark.parametrize("row", rows("present"))
def test_who_is_there(row: dict[str, Any]) -> None:
    event = read_on(row["text"]).events[0]
    assert [[p.name, p.title] for p in event.persons] == row["people"]
