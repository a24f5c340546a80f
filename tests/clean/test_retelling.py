"""A title's pairs told again by a body, counted the same in a short body and in a long one."""

from __future__ import annotations

import pytest

from timeline.clean.retelling import find_shares

BODY = "5月18日，甲公司与乙大学在青川签约。签约后GDP增长3%。"
FILL = "山高水长。" * 1000  # made up; holds no pair of a title below


@pytest.mark.parametrize("body", [BODY, BODY + FILL, FILL + BODY], ids=["short", "filled", "late"])
@pytest.mark.parametrize(
    ("title", "share"),
    [
        ("甲公司与乙大学", 1.0),
        ("甲公司到场", 0.5),
        ("签约签约", 0.5),  # 签约 counts once, 约签 is not told
        ("丙丁戊己", 0.0),
        ("GDP--", 2 / 3),  # GD, DP, and P- which is not told; -- says nothing
        ("-- --", 0.0),
        ("甲", 0.0),
        ("𠮷𠮷甲公", 1 / 3),  # beyond the basic plane
        ("", 0.0),
    ],
)
def test_a_share_is_that_of_the_pairs_told_again(title: str, share: float, body: str) -> None:
    assert find_shares([title], body) == [share]


def test_every_title_has_a_share_of_its_own() -> None:
    titles = ["甲公司", "丙丁", "公司与乙"]
    assert find_shares(titles, BODY + FILL) == find_shares(titles, BODY) == [1.0, 0.0, 1.0]
    assert find_shares([], BODY) == []
    assert find_shares(titles, "") == [0.0, 0.0, 0.0]
