"""How evidence is weighed: candidates and clues in, one verdict out."""

from __future__ import annotations

from datetime import date

import pytest

from timeline.publication.evidence import Candidate, Clue, Origin
from timeline.publication.judge import judge
from timeline.records import EvidenceKind, Span


def made(kind: EvidenceKind, day: str, trust: float, origin: Origin = "page") -> Candidate:
    year, month, number = day.split("-")
    return Candidate(
        kind,
        origin,
        None if year == "XXXX" else int(year),
        int(month),
        int(number),
        trust,
        day,
        None,
        "made up",
    )


def bounded(low: str | None, high: str | None, weight: float) -> Clue:
    span = (date.fromisoformat(low) if low else None, date.fromisoformat(high) if high else None)
    return Clue((span,), weight, "made up", Span(0, 1), "made up")


def test_evidence_that_agrees_is_surer_than_each_part() -> None:
    one = judge([made("stated", "2021-06-10", 0.8)], [])
    two = judge([made("stated", "2021-06-10", 0.8), made("url", "2021-06-10", 0.8)], [])
    assert one.day == two.day == date(2021, 6, 10)
    assert one.share < two.share


def test_two_equal_days_settle_nothing_but_their_year() -> None:
    verdict = judge([made("stated", "2021-06-10", 0.9), made("dateline", "2021-09-10", 0.9)], [])
    assert verdict.day is None
    assert verdict.year == 2021
    assert not judge([made("stated", "2021-06-10", 0.9), made("url", "2019-09-10", 0.9)], []).year


def test_nothing_settles_nothing() -> None:
    verdict = judge([], [])
    assert (verdict.day, verdict.year, verdict.latest) == (None, None, None)


def test_a_later_stamp_is_a_bound_of_an_older_citation() -> None:
    verdict = judge(
        [made("citation", "2016-06-03", 0.93, "original"), made("stated", "2022-08-19", 0.95, "repost")], []
    )
    assert verdict.day == date(2016, 6, 3)
    assert verdict.warnings
    assert [c.year for c in verdict.losers] == [2022]


def test_a_wires_day_supports_the_stamp_of_the_day_after() -> None:
    verdict = judge([made("dateline", "XXXX-12-31", 0.85, "original"), made("stated", "2021-01-01", 0.9)], [])
    assert verdict.day == date(2021, 1, 1)
    assert verdict.written == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("clues", "year"),
    [
        ([bounded("2016-03-17", "2017-03-16", 4.0)], 2016),
        ([bounded(None, "2019-12-31", 2.0)], 2019),
        ([], 2022),
    ],
)
def test_a_citation_without_a_year_takes_the_latest_that_fits(clues: list[Clue], year: int) -> None:
    candidates = [
        made("citation", "XXXX-06-03", 0.93, "original"),
        made("stated", "2022-08-19", 0.7, "repost"),
    ]
    assert judge(candidates, clues).day == date(year, 6, 3)


def test_a_month_and_day_nobody_gives_a_year_stay_open() -> None:
    verdict = judge([made("dateline", "XXXX-06-03", 0.85, "original")], [])
    assert verdict.day is None
    assert verdict.monthday is not None
    assert str(verdict.monthday.edtf) == "XXXX-06-03"


def test_the_29th_of_february_waits_for_a_leap_year() -> None:
    candidates = [
        made("citation", "XXXX-02-29", 0.93, "original"),
        made("stated", "2022-08-19", 0.7, "repost"),
    ]
    assert judge(candidates, []).day == date(2020, 2, 29)


def test_clues_outweigh_a_copys_stamp_and_not_a_pages_own() -> None:
    clue = bounded("2016-03-17", "2017-03-16", 4.0)
    assert judge([made("stated", "2022-08-19", 0.78, "repost")], [clue]).day is None
    assert judge([made("stated", "2022-08-19", 0.97)], [clue]).day == date(2022, 8, 19)


def test_what_is_given_wins() -> None:
    verdict = judge(
        [
            made("given", "2021-06-10", 0.99, "original"),
            made("stated", "2022-01-01", 0.97),
            made("url", "2022-01-01", 0.93),
        ],
        [],
    )
    assert verdict.day == date(2021, 6, 10)
