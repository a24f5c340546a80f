"""What people said, in words: corrections, moments, citations, dates of one reason together."""

from __future__ import annotations

import pytest

from api.view.rows import make_row
from api.view.saying import cite, describe_moment, group_answers, tell_correction
from api.view.texts import read_texts
from tests.api.corpus import make_corpus
from timeline.chronology import Correction, ReviewCandidate

ZH, EN = read_texts("zh"), read_texts("en")
EVENT = make_corpus()[1].events[0]


@pytest.mark.parametrize(
    ("fields", "chinese", "english"),
    [
        (
            {"field": "date", "value": "2024-05"},
            "把日期改为 2024年5月 [2024-05]",
            "set the date to May 2024 [2024-05]",
        ),
        ({"field": "type", "value": "forum"}, "把类型改为 论坛会议", "set the type to Forum"),
        ({"field": "title", "value": "新名"}, "把名称改为“新名”", "set the title to “新名”"),
        ({"field": "place", "value": None}, "清空了地点", "emptied the place"),
        ({"field": "verdict", "value": "rejected"}, "驳回此件", "rejected it"),
        (
            {"field": "party", "action": "add", "value": "o1", "name": "云岭大学", "role": "host"},
            "补上 云岭大学（主办）",
            "added 云岭大学（Hosts）",
        ),
        ({"field": "party", "action": "remove", "value": "o1"}, "去掉 o1", "removed o1"),
    ],
)
def test_a_correction_is_said_in_both_languages(fields: dict[str, str], chinese: str, english: str) -> None:
    correction = Correction.model_validate(
        {"event": "e", "by": "lin", "at": "2024-01-01T00:00:00Z", **fields}
    )
    assert tell_correction(correction, ZH) == chinese
    assert tell_correction(correction, EN) == english


@pytest.mark.parametrize(
    ("value", "said"),
    [("2024-05-18T09:30:12Z", "2024-05-18 09:30 UTC"), (None, "—"), ("", "—"), ("last week", "last week")],
)
def test_a_moment_is_said_to_the_minute(value: str | None, said: str) -> None:
    assert describe_moment(value) == said


def test_a_citation_names_date_words_source_hash_place_and_address() -> None:
    text = cite(make_row(EVENT, (), ZH), "https://x.example/events/e1", ZH)
    lines = text.splitlines()
    assert lines[0] == EVENT.title
    assert "[2024-05-18]" in lines[1]
    assert lines[-1] == "https://x.example/events/e1"
    for source in EVENT.sources[:3]:
        assert f"“{source.sentence.text}”" in lines
        assert any(
            f"sha256:{source.page} [{source.sentence.start}–{source.sentence.end}]" in one for one in lines
        )
    assert "javascript:" not in text


def test_dates_of_one_reason_stand_together_in_their_order() -> None:
    given = [("2024-06-09", "a"), ("2023-06-09", "b"), ("2019-06-09", "a")]
    grouped = group_answers([ReviewCandidate(value=value, reason=reason) for value, reason in given])
    assert [(one.values, one.reason) for one in grouped] == [
        (("2024-06-09", "2019-06-09"), "a"),
        (("2023-06-09",), "b"),
    ]
