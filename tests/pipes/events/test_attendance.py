"""Who is told to be at an event in later sentences, and who is not: the first event of a text, a row each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipes.cases import rows
from tests.pipes.telling import read_on


@pytest.mark.parametrize("row", rows("attendance"), ids=lambda row: row["text"][-16:])
def test_attendance(row: dict[str, Any]) -> None:
    event = read_on(row["text"]).events[0]
    assert [p.name for p in event.persons] == row["people"]
    assert {o.name: o.role for o in event.organizations} == row["bodies"]
    assert all(o.is_borrowed for o in event.organizations)
