"""Byte strings come back by their numbers, between writes too, and a number that was never given is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.merge.blobs import Blobs


def test_strings_come_back_by_number(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    assert [blobs.add(content) for content in (b"one", b"", b"\x00three")] == [0, 1, 2]
    assert blobs[2] == b"\x00three"
    assert blobs.add(b"four") == 3
    assert list(blobs) == [b"one", b"", b"\x00three", b"four"]


@pytest.mark.parametrize("number", [-1, 1])
def test_a_number_never_given_is_refused(tmp_path: Path, number: int) -> None:
    blobs = Blobs(tmp_path)
    blobs.add(b"one")
    with pytest.raises(IndexError, match="no string"):
        blobs[number]


def test_nothing_is_left_in_the_folder(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    blobs.add(b"one")
    assert blobs[0] == b"one"
    assert list(tmp_path.iterdir()) == []
