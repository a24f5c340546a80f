"""Lists of words find what the alternations of `re` find, the longest first."""

from __future__ import annotations

import re
from itertools import product

import pytest

from timeline.wordlists import WordEndings, WordKinds, WordList

WORDS = ["公司", "集团公司", "集团", "市", "市政府", "A.B"]
TEXTS = ["青禾集团公司与江河市政府", "公司", "集团公", "AxB", "A.B市\n", "", "市政府公司集团", "市"]
ALTERNATION = "|".join(map(re.escape, sorted(WORDS, key=lambda w: (-len(w), w))))


@pytest.mark.parametrize(("text", "start", "end"), list(product(TEXTS, (0, 2), (3, 99))))
def test_a_list_finds_what_an_alternation_finds(text: str, start: int, end: int) -> None:
    ours, theirs = WordList(WORDS), re.compile(ALTERNATION)
    assert [f.span() for f in ours.finditer(text, start, end)] == [
        m.span() for m in theirs.finditer(text, start, end)
    ]
    pairs = [
        (ours.search(text, start, end), theirs.search(text, start, end)),
        (ours.match(text, start), theirs.match(text, start)),
        (ours.fullmatch(text), theirs.fullmatch(text)),
        (
            WordEndings(WORDS).search(text, start, end),
            re.compile(f"(?:{ALTERNATION})$").search(text, start, end),
        ),
    ]
    for found, known in pairs:
        assert (found and (found.start(), found.end(), found.group())) == (
            known and (*known.span(), known.group())
        )


def test_kinds_are_told_of_words_inside_other_words() -> None:
    kinds = WordKinds({"firm": ["公司"], "group": ["集团公司"], "place": ["市"], "also": ["公司"]})
    assert kinds.held_by("青禾集团公司") == {"firm", "group", "also"}
    assert kinds.held_by("论坛") == set()
