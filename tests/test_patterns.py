"""What waits finds what `re` finds, and is not compiled for a text that it cannot match."""

from __future__ import annotations

import re

import pytest

from timeline.patterns import regex

DAY = r"(?P<month>\d{1,2})(?:月|-)(?P<day>\d{1,2})"
TEXTS = ["6月9日至7月2日", "6-9", "论坛开幕", "月末", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_it_finds_what_re_finds(text: str) -> None:
    ours, theirs = regex(DAY, needs=(("月", "-"),)), re.compile(DAY)
    assert [m.span() for m in ours.finditer(text)] == [m.span() for m in theirs.finditer(text)]
    for verb in ("search", "match", "fullmatch"):
        mine, known = getattr(ours, verb)(text, 0), getattr(theirs, verb)(text, 0)
        assert (mine and mine.groupdict()) == (known and known.groupdict())
    assert ours.sub("某日", text) == theirs.sub("某日", text)


def test_all_needs_are_asked_and_one_of_those_in_brackets() -> None:
    pattern = regex(r"第\d+(?:届|期).*举行", needs=("举行", ("届", "期")))
    assert pattern.is_possible("第3届论坛举行")
    assert not pattern.is_possible("第3届论坛")
    assert not pattern.is_possible("论坛举行")


def test_nothing_is_compiled_before_its_time() -> None:
    broken = regex("(", needs=("月",))
    assert broken.search("论坛开幕") is None
    with pytest.raises(re.error):
        broken.search("6月")
