"""Partnerships of single texts, with a signing and without: who, what kind, since when, about what, and what they create."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipes.cases import rows
from tests.pipes.telling import read_on
from timeline.pipes.document import Document
from timeline.pipes.steps import run_steps


@pytest.mark.parametrize("row", rows("partnerships"))
def test_partnerships(row: dict[str, Any]) -> None:
    found = read_on(row["text"]).partnerships
    told = [[list(p.parties), p.kind, p.is_signed, p.edtf, p.subject, list(p.creates)] for p in found]
    assert told == row["partnerships"]


def test_a_tie_says_where_it_is_told_and_names_no_event() -> None:
    text = "昨天有雨。\n青禾集团还与江城大学共建了种业创新联合实验室。"
    (tie,) = read_on(text).partnerships
    assert tie.event is None
    assert tie.sentence is not None
    assert text[tie.sentence.start : tie.sentence.end] == tie.sentence.text
    assert "共建" in tie.sentence.text


def test_a_tie_takes_the_founding_that_its_sentence_tells() -> None:
    found = read_on("5月8日，由江城大学与青禾集团共建的江城种业创新中心揭牌。")
    (tie,) = found.partnerships
    assert (tie.event, tie.edtf, tie.is_signed) == (found.events[0].id, "2024-05-08", False)
    assert tie.creates == ("江城种业创新中心",)


def test_what_a_signing_ties_is_not_told_again() -> None:
    text = "5月8日，江城大学与青禾集团签署合作协议。\n青禾集团还与江城大学共建了种业创新联合实验室。"
    assert [p.is_signed for p in read_on(text).partnerships] == [True]


def test_names_are_looked_for_only_where_something_is_told() -> None:
    document = Document("江城大学昨天放假。")
    run_steps([document])
    assert not document.organizations
