"""The kinds of lines on the best way in; the same out with what only shows once they all stand: see each function."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.clean.lines import Line
from timeline.records import SegmentKind

Marks = Sequence[frozenset[str]]
_SURE = frozenset({"told", "half_told", "title_label", "field_title", "heading", "bulletin"})
_FRAME = frozenset(
    [
        "listed",
        "rank",
        "related",
        "navigation",
        "crumbs",
        "bar",
        "footer",
        "contact",
        "label",
        "title_label",
        "field_title",
        "heading",
        "stamp_only",
    ]
)
_SAID = frozenset(
    [
        "sentence",
        "final",
        "commas",
        "dated",
        "run",
        "opener",
        "open_end",
        "dateline",
        "item",
        "body_label",
        "field_text",
        "table",
        "notice",
        "slot",
        "bullet",
        "caption",
        "intro",
    ]
)
_BUTTONS = frozenset(
    [
        "navigation",
        "crumbs",
        "bar",
        "latin",
        "field",
        "field_other",
        "front",
        "colon_end",
        "stamp",
        "related",
        "footer",
    ]
)
_TEXT = frozenset({"cut_start", "cut_end", "sentence"})


def settle_kinds(kinds: list[SegmentKind], lines: Sequence[Line], marks: Marks) -> None:
    """Correct kinds in place: headlines, teasers, and pages that would have no text at all."""
    _settle_headlines(kinds, marks)
    if "headline" not in kinds:
        _find_headline(kinds, lines, marks)
    _settle_teasers(kinds, marks)
    if not any(line.has("sentence") for line in lines):
        _settle_verse(kinds, lines, marks)
    if all(
        kind != "teaser" and (kind != "article" or "caption" in seen)
        for kind, seen in zip(kinds, marks, strict=True)
    ):
        _settle_textless(kinds, lines)


def _settle_headlines(kinds: list[SegmentKind], marks: Marks) -> None:
    """Keep as headlines what the body tells again or follows at once, and what touches them; else the last one."""
    titled = [i for i, kind in enumerate(kinds) if kind == "article" and "field_title" in marks[i]]
    if len(titled) == 1 and kinds.index("article") == titled[0] and "headline" not in kinds:
        kinds[titled[0]] = "headline"
    found = [i for i, kind in enumerate(kinds) if kind == "headline" and "debris" not in marks[i]]
    sure = {i for i in found if not marks[i].isdisjoint(_SURE)}
    sure = sure or {i for i in found if kinds[i + 1 : i + 2] in (["byline"], ["article"])} or set(found[-1:])
    for index, kind in enumerate(kinds):
        if kind == "headline" and index not in sure and sure.isdisjoint((index - 1, index + 1)):
            kinds[index] = "navigation"


def _find_headline(kinds: list[SegmentKind], lines: Sequence[Line], marks: Marks) -> None:
    """Take the phrase on top of the body, or right above it, for the headline of a page that has none."""
    first = kinds.index("article") if "article" in kinds else len(kinds)
    above = first - 1
    if (
        kinds[above : above + 1] == ["navigation"]
        and lines[above].han >= 4
        and marks[above].isdisjoint(_BUTTONS)
    ):
        kinds[above] = "headline"
    elif (
        kinds[first + 1 : first + 2] == ["article"]
        and 8 <= lines[first].han <= 45
        and marks[first].isdisjoint(_SAID)
        and lines[first + 1].has("sentence")
    ):
        kinds[first] = "headline"


def _settle_teasers(kinds: list[SegmentKind], marks: Marks) -> None:
    """Take lone teasers for what else they can be: text that was cut off, the foot of the page, a link."""
    found = [i for i, kind in enumerate(kinds) if kind == "teaser"]
    stamps = sum("stamp_only" in marks[i] for i in found)
    texts = [i for i in found if not marks[i].isdisjoint(("cut_start", "before_stamp"))]
    has_article = "article" in kinds
    if stamps >= 2 and len(texts) >= 2:
        if not has_article:
            _regain_first(kinds, marks, found[0])
        return
    if has_article and any("cut_start" in marks[i] for i in texts):
        return
    for index in found:
        is_link = "article" in kinds[:index]
        kinds[index] = "byline" if "stamp_only" in marks[index] else "related" if is_link else "article"


def _regain_first(kinds: list[SegmentKind], marks: Marks, first: int) -> None:
    """Give a list's first item back its stamp, and the title above that, which look like the page's own."""
    if not first or "stamp_only" not in marks[first - 1] or "stamp_only" in marks[first]:
        return
    above = [i - 1 for i in range(first + 1, len(kinds)) if kinds[i] == "teaser" and "stamp_only" in marks[i]]
    under_titles = all(_TEXT.isdisjoint(marks[i]) for i in above)
    if _TEXT.isdisjoint(marks[first]) == under_titles:
        return  # title, text, stamp: the stamp above the first title is not its own
    kinds[first - 1] = "teaser"
    if under_titles and kinds[first - 2 : first - 1] == ["headline"]:
        kinds[first - 2] = "teaser"


def _settle_verse(kinds: list[SegmentKind], lines: Sequence[Line], marks: Marks) -> None:
    """Take three and more phrases in a row for the text of a page that has no sentence: words of a film, a list."""
    start = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and _is_phrase(kinds[end], lines[end], marks[end]):
            continue
        if end - start >= 3:
            kinds[start:end] = ["article"] * (end - start)
        start = end + 1


def _is_phrase(kind: SegmentKind, line: Line, marks: frozenset[str]) -> bool:
    return (
        kind in ("article", "headline", "navigation", "related")
        and line.han >= 8
        and len(line.text) <= 60
        and marks.isdisjoint(_FRAME)
    )


def _settle_textless(kinds: list[SegmentKind], lines: Sequence[Line]) -> None:
    """Take the longest line of a page without a body for its text; a page of pictures has its captions."""
    longest = max(range(len(lines)), key=lambda i: (lines[i].has("sentence"), lines[i].han, -i))
    if lines[longest].han >= 6:
        kinds[longest] = "article"
    for index, kind in enumerate(kinds):
        if kind == "caption":
            kinds[index] = "article"
