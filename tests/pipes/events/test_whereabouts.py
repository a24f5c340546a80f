"""Where an event takes place, and what only looks like a place: the first event of a text, a row each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipes.cases import rows
from tests.pipes.telling import read_on


@pytest.mark.parametrize("row", rows("whereabouts"))
def test_where_it_takes_place(row: dict[str, Any]) -> None:
    event = read_on(row["text"]).events[0]
    assert (event.place.name if event.place else None) == row["place"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5月8日，第三届江河论坛在沪举行。", "310000"),
        ("5月8日，第三届江河论坛在杭州国际博览中心举行。", "330100"),
        ("5月8日，第三届江河论坛在集团总部举行。", None),
    ],
)
def test_a_place_has_the_code_of_the_area_that_its_name_begins_with(text: str, code: str | None) -> None:
    (event,) = read_on(text).events
    assert event.place is not None
    assert event.place.adcode == code


def test_stays_linear_on_hostile_text() -> None:
    for piece in ("在江城", "在江城与", "于", "在同时"):
        read_on("5月8日，第三届江河论坛" + piece * 2000 + "举行。")
