"""OffsetMap against a map written out character by character: where each came from, and what it became."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.offsets import Edit, OffsetMap, apply_edits

# few different characters and short texts: edits that touch, swallow and insert at one point come up often
TEXTS = st.text(alphabet="天地玄黄ab(1)\n", max_size=18)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Draw edits of a text that do not overlap; at most one insertion stands at one point."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    spans = {start: (start, end) for start, end in pairs}
    return [Edit(start, end, draw(st.text(alphabet="甲乙xy", max_size=3))) for start, end in spans.values()]


@st.composite
def chains(draw: st.DrawFn, steps: int = 1) -> tuple[list[str], list[OffsetMap], list[list[Edit]]]:
    """Draw a text and what some steps of edits make of it: texts, maps and edits in order."""
    texts, maps, all_edits = [draw(TEXTS)], [], []
    for _ in range(steps):
        edits = draw(edits_of(texts[-1]))
        text, offsets = apply_edits(texts[-1], edits)
        texts.append(text)
        maps.append(offsets)
        all_edits.append(edits)
    return texts, maps, all_edits


def origins(text: str, edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Say for each character of the edited text which span of the text before it stands for."""
    spans: list[tuple[int, int]] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        spans += [(i, i + 1) for i in range(at, edit.start)]
        if len(edit.text) == edit.end - edit.start:
            spans += [(i, i + 1) for i in range(edit.start, edit.end)]
        else:
            spans += [(edit.start, edit.end)] * len(edit.text)
        at = edit.end
    return spans + [(i, i + 1) for i in range(at, len(text))]


def spans_of(length: int) -> list[tuple[int, int]]:
    return [(start, end) for start in range(length + 1) for end in range(start, length + 1)]


@settings(deadline=None)
@given(chains())
def test_a_span_maps_to_what_its_characters_stand_for(chain) -> None:
    (before, after), (offsets,), (edits,) = chain
    where = origins(before, edits)
    assert len(where) == len(after)
    for start, end in spans_of(len(after)):
        low, high = offsets.to_before(start, end)
        if start < end:
            assert (low, high) == (where[start][0], where[end - 1][1])
        else:
            assert low == high


@settings(deadline=None)
@given(chains())
def test_untouched_characters_keep_their_place_both_ways(chain) -> None:
    (before, after), (offsets,), (edits,) = chain
    for at, (low, high) in enumerate(origins(before, edits)):
        if any(
            e.start <= low < e.end or (e.start == e.end and (low, high) == (e.start, e.end)) for e in edits
        ):
            continue
        assert before[low:high] == after[at]
        assert offsets.to_before(at, at + 1) == (low, high)
        assert offsets.to_after(low, high) == (at, at + 1)


@settings(deadline=None)
@given(chains())
def test_spans_never_invert_nor_leave_the_text(chain) -> None:
    (before, after), (offsets,), _ = chain
    for start, end in spans_of(len(after)):
        low, high = offsets.to_before(start, end)
        assert 0 <= low <= high <= len(before)
    for start, end in spans_of(len(before)):
        low, high = offsets.to_after(start, end)
        assert 0 <= low <= high <= len(after)


@settings(deadline=None)
@given(chains())
def test_a_longer_span_maps_to_a_longer_span(chain) -> None:
    (_, after), (offsets,), _ = chain
    for start, end in spans_of(len(after)):
        if end - start < 2:
            continue
        low, high = offsets.to_before(start, end)
        inner = offsets.to_before(start + 1, end)
        assert low <= inner[0]
        assert inner[1] == high


@settings(deadline=None)
@given(chains())
def test_there_and_back_gives_the_span_or_more(chain) -> None:
    (before, after), (offsets,), (edits,) = chain
    where = origins(before, edits)
    for start, end in spans_of(len(after)):
        # an inserted character at an edge stands for nothing before, so it cannot come back
        if start == end or where[start][0] == where[start][1] or where[end - 1][0] == where[end - 1][1]:
            continue
        back = offsets.to_after(*offsets.to_before(start, end))
        assert back[0] <= start
        assert end <= back[1]


@settings(deadline=None)
@given(chains(steps=2))
def test_a_composed_map_covers_what_two_steps_give(chain) -> None:
    (_, _, last), (first, second), _ = chain
    both = first.then(second)
    assert (both.before_length, both.after_length) == (first.before_length, second.after_length)
    for start, end in spans_of(len(last)):
        low, high = both.to_before(start, end)
        assert 0 <= low <= high <= both.before_length
        if start < end:
            middle = second.to_before(start, end)
            steps = first.to_before(*middle) if middle[0] < middle[1] else None
            if steps and steps[0] < steps[1]:
                assert low <= steps[0]
                assert steps[1] <= high


@settings(deadline=None)
@given(chains(steps=2))
def test_a_composed_map_is_exact_where_neither_step_changed_anything(chain) -> None:
    (raw, middle, last), (first, second), (edits, later) = chain
    both = first.then(second)
    raw_at, middle_at = origins(raw, edits), origins(middle, later)
    for at, (low, high) in enumerate(middle_at):
        if high - low != 1 or any(e.start <= low < e.end for e in later):
            continue
        source = raw_at[low]
        if source[1] - source[0] != 1 or any(e.start <= source[0] < e.end for e in edits):
            continue
        assert both.to_before(at, at + 1) == source
        assert both.to_after(*source) == (at, at + 1)
        assert raw[source[0]] == last[at]


@settings(deadline=None)
@given(chains(steps=3))
def test_long_chains_keep_order_and_length(chain) -> None:
    texts, (one, two, three), _ = chain
    for offsets in (one.then(two).then(three), one.then(two.then(three))):
        assert (offsets.before_length, offsets.after_length) == (len(texts[0]), len(texts[-1]))
        spans = [offsets.to_before(at, at + 1) for at in range(len(texts[-1]))]
        assert all(low <= high for low, high in spans)
        assert all(left[1] <= right[0] or left == right for left, right in pairwise(spans))


@settings(deadline=None)
@given(chains())
def test_identity_changes_nothing_in_a_composition(chain) -> None:
    (before, after), (offsets,), _ = chain
    assert OffsetMap.identity(len(before)).then(offsets) == offsets
    assert offsets.then(OffsetMap.identity(len(after))) == offsets


@pytest.mark.parametrize(
    ("text", "edits", "span", "expected"),
    [
        pytest.param(
            "醫(yī)療", [Edit(1, 5, "")], (0, 1), (0, 1), id="an end does not take in the gloss behind it"
        ),
        pytest.param("醫(yī)療", [Edit(1, 5, "")], (1, 2), (5, 6), id="a start does not take it in either"),
        pytest.param("醫(yī)療", [Edit(1, 5, "")], (0, 2), (0, 6), id="a span across it does"),
        pytest.param("&amp;a", [Edit(0, 5, "&")], (0, 1), (0, 5), id="a character stands for its entity"),
        pytest.param(
            "甲乙丙", [Edit(1, 2, "xyz")], (2, 3), (1, 2), id="half a rewritten run grows to all of it"
        ),
        pytest.param(
            "甲乙(y)丙", [Edit(0, 2, "x"), Edit(2, 5, "")], (0, 1), (0, 2), id="touching edits stay apart"
        ),
        pytest.param("(y)甲乙", [Edit(0, 3, ""), Edit(3, 5, "x")], (0, 1), (3, 5), id="so they do in front"),
    ],
)
def test_edges(text: str, edits: list[Edit], span: tuple[int, int], expected: tuple[int, int]) -> None:
    assert apply_edits(text, edits)[1].to_before(*span) == expected


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(0, 2, ""), Edit(1, 3, "")], id="overlap"),
        pytest.param([Edit(2, 1, "")], id="backwards"),
        pytest.param([Edit(0, 9, "")], id="outside"),
    ],
)
def test_bad_edits_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        apply_edits("甲乙丙", edits)


def test_maps_that_do_not_meet_are_refused() -> None:
    with pytest.raises(ValueError, match="do not meet: 3 then 4"):
        OffsetMap.identity(3).then(OffsetMap.identity(4))
