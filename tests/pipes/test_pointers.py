"""Words that point to a body or place named elsewhere: resolved where outlet, title or text tell, left alone where they do not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipes.cases import rows
from timeline.pipes.home import Home, find_home
from timeline.pipes.names import recognize
from timeline.pipes.organizations import find_organizations
from timeline.pipes.pointers import find_pointed_bodies, find_pointed_places


@pytest.mark.parametrize("row", rows("pointers"))
def test_resolves_what_a_page_tells(row: dict[str, Any]) -> None:
    text, home = row["text"], find_home(row.get("outlet"), row.get("title"))
    bodies = find_organizations(text, recognize(text))
    assert {text[b.start : b.end]: b.name for b in find_pointed_bodies(text, bodies, home)} == row["bodies"]
    assert {text[p.start : p.end]: p.adcode for p in find_pointed_places(text, home)} == row["places"]


def test_a_page_without_a_home_points_nowhere() -> None:
    assert find_home(None, None) == Home()
    assert find_pointed_places("第五届茶文化节在我市开幕。", Home()) == []


def test_a_home_of_two_bodies_of_a_kind_speaks_for_none() -> None:
    assert Home(bodies=(("school", "江城大学"), ("school", "东原大学"))).body_of(["school"]) is None


def test_stays_linear_on_hostile_text() -> None:
    for piece in ("我校与", "公司与", "在我市", "学校，"):
        text = piece * 2_000
        find_pointed_bodies(text, [], find_home("苏州日报", None))
