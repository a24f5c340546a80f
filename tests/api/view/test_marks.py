"""Marked text: the pieces are the text again, whatever the spans, and each lies in the spans it says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.view.marks import Mark, mention_marks, quote, split
from tests.api.corpus import make_corpus

SPANS = st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40), st.sampled_from("abc")), max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=30), SPANS)
def test_pieces_add_up_to_the_text_and_say_their_spans(text: str, spans: list[tuple[int, int, str]]) -> None:
    marks = [Mark(*span) for span in spans]
    at = 0
    for piece in split(text, marks):
        assert piece.text == text[at : at + len(piece.text)]
        for position in range(at, at + len(piece.text)):
            assert set(piece.kinds) == {m.kind for m in marks if m.start <= position < m.end}
        at += len(piece.text)
    assert at == len(text)


def test_a_long_sentence_is_cut_around_its_trigger_and_says_so() -> None:
    for extraction in make_corpus()[0]:
        mention = extraction.findings.events[0]
        whole, short = quote(mention, length=None), quote(mention, length=40)
        assert "".join(p.text for p in whole.pieces) == mention.sentence.text
        shown = "".join(p.text for p in short.pieces)
        assert shown in mention.sentence.text
        assert len(shown) <= max(40, len(mention.trigger.text))
        assert short.is_cut_after or short.is_cut_before or shown == mention.sentence.text
        assert any("trigger" in p.kinds for p in short.pieces)


def test_the_spans_of_a_mention_are_all_marked() -> None:
    mention = make_corpus()[0][0].findings.events[0]
    kinds = [mark.kind for mark in mention_marks(mention)]
    assert sorted(set(kinds)) == ["amount", "date", "organization", "person", "place", "trigger"]
    assert kinds.count("organization") == len(mention.organizations)
