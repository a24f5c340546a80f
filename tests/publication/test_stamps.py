"""How a day is printed, and what only looks like one."""

from __future__ import annotations

import pytest

from timeline.publication.stamps import find_compact, find_stamps, find_years, is_made_up, read_day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2021-12-15 10:03:22", ["2021-12-15"]),
        ("2011年4月28日11:58", ["2011-04-28"]),
        ("2021-06-0910:22", ["2021-06-09"]),
        ("2024,6,6", ["2024-06-06"]),
        ("[2024, 6, 6]", ["2024-06-06"]),
        ("2021 年 6 月 9 日", ["2021-06-09"]),
        ("二〇二一年十二月三十一日", ["2021-12-31"]),
        ("民国110年6月9日", ["2021-06-09"]),
        ("June 9th, 2021", ["2021-06-09"]),
        ("date: '7月13日', year: '2021'", ["2021-07-13"]),
        ('"year": 2021, "month": 7, "day": 13', ["2021-07-13"]),
        ("23\n2017-02", ["2017-02-23"]),
        ("2021-06-09 至 2021-06-11", ["2021-06-09", "2021-06-11"]),
        ("2021-13-01", []),
        ("2021-02-30", []),
        ("192.168.2021.6.9.12", []),
        ("0951-20210610", []),
        ("2021-155", []),
        ("12021-06-09", []),
        ("2021年第6期", []),
        ("1021-06-09", []),
        ("〔2017〕145号", []),
    ],
)
def test_full_days_are_found(text: str, days: list[str]) -> None:
    assert [s.day.isoformat() for s in find_stamps(text)] == days


def test_a_stamp_spans_its_clock_and_no_more() -> None:
    text = "时间：2021-06-09 10:22 来源"
    (stamp,) = find_stamps(text)
    assert text[stamp.start : stamp.end] == "2021-06-09 10:22"
    assert stamp.has_clock


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("20251012", ["2025-10-12"]),
        ("2017092003", ["2017-09-20"]),
        ("20251312", []),
        ("120251012", []),
        ("20251012345678901", []),
    ],
)
def test_runs_of_digits(text: str, days: list[str]) -> None:
    assert [s.day.isoformat() for s in find_compact(text)] == days


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-06-09T23:10:00Z", "2021-06-10"),
        ("2021-06-09T23:10:00+08:00", "2021-06-09"),
        ("2021-06-09T18:10:00-0500", "2021-06-10"),
        ("1623283200", "2021-06-10"),
        ("1623283200123", "2021-06-10"),
        ("20210609", "2021-06-09"),
        ("Wed, 09 Jun 2021 08:00:00 GMT", "2021-06-09"),
        ("昨天", None),
        ("06-09", None),
        ("", None),
    ],
)
def test_metadata_is_read_in_chinas_time(value: str, day: str | None) -> None:
    stamp = read_day(value)
    assert (stamp.day.isoformat() if stamp else None) == day


@pytest.mark.parametrize(
    ("value", "made_up"),
    [("2021-01-01", True), ("2021-01-01 00:00:00", True), ("2021-01-01 09:30", False), ("2021-06-01", False)],
)
def test_a_first_of_january_may_be_made_up(value: str, made_up: bool) -> None:
    stamp = read_day(value)
    assert stamp is not None
    assert is_made_up(stamp, value) is made_up


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2019至2021年", (0, 5)),
        ("1998-06-09 / 20210609", (0, 13)),
        ("共12019件, 电话62021998, 190", ()),
    ],
)
def test_years_are_found_where_figures_begin(text: str, years: tuple[int, ...]) -> None:
    assert find_years(text) == years
