"""Lines side by side: nothing is lost on either side, marks stand on the same words, what was mended is marked."""

from __future__ import annotations

from api.view.marks import Mark
from api.view.repaired import pair_lines
from timeline.clean import clean
from timeline.records import CleanPage, RawPage

TEXT = "雲嶺大學(xué)新聞\n\n6月9日,江海集團與雲嶺大學簽署協議。\n  \n本文自 Unicode 拼音(pīn)網站"


def _page(text: str) -> CleanPage:
    return clean(RawPage(id="p", text=text, format="text"))


def test_every_line_that_holds_anything_stands_once_on_each_side() -> None:
    page = _page(TEXT)
    pairs = list(pair_lines(page, (), 0, len(TEXT)))
    raw = ["".join(piece.text for piece in pair.raw) for pair in pairs]
    assert raw == [line for line in TEXT.split("\n") if line.strip()]
    repaired = "".join("".join(piece.text for piece in pair.clean) for pair in pairs)
    assert repaired.replace(" ", "") == page.text.replace("\n", "").replace(" ", "")
    assert all(pair.is_changed for pair in pairs)


def test_a_mark_stands_on_the_same_words_on_both_sides() -> None:
    page = _page(TEXT)
    at = TEXT.index("江海集團")
    mark = Mark(at, at + 4, "organization", anchor="m-1")
    pairs = list(pair_lines(page, (mark,), 0, len(TEXT)))
    marked = [
        (side, piece.text, piece.anchor)
        for pair in pairs
        for side, pieces in (("raw", pair.raw), ("clean", pair.clean))
        for piece in pieces
        if "organization" in piece.kinds
    ]
    assert marked == [("raw", "江海集團", "m-1"), ("clean", "江海集团", None)]


def test_what_was_mended_is_marked_and_simplified_characters_are_not() -> None:
    pairs = list(pair_lines(_page(TEXT), (), 0, len(TEXT)))
    mended = [piece.text for pair in pairs for piece in pair.raw if "repair" in piece.kinds]
    assert mended
    assert any("xué" in text for text in mended)
    assert not any("江海" in text for text in mended)


def test_a_window_shows_its_own_lines_only() -> None:
    page = _page("甲\n乙\n丙")
    assert ["".join(p.text for p in pair.raw) for pair in pair_lines(page, (), 2, 3)] == ["乙"]
    assert not next(pair_lines(page, (), 2, 3)).is_changed
    assert list(pair_lines(_page("\n \n"), (), 0, 3)) == []
