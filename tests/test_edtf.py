"""Edtf values: the forms of the specification, held against the package edtf as oracle, and what must hold of all."""

from __future__ import annotations

import calendar
from datetime import date

import edtf as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.edtf import Edtf, read_bound
from timeline.errors import EdtfError

VALID = [
    "2021-06-09", "2021-06", "2023", "202X", "20XX", "XXXX-12-06", "XXXX-XX-30", "XXXX-11", "2021-21", "2021-33", "2021-40",
    "2021-41", "2016-05-27?", "2023~", "2012-07-06~", "2016-05-27/2016-05-29", "2016-05-27?/2016-05-29?", "../2024",
    "2020-05/..", "XXXX-08-22/XXXX-08-24", "[2023-05-18,2024-05-18]", "2021-05-27%", "0618", "1980~/1982~",
    "2024-02-29", "XXXX-02-29",
]  # fmt: skip
INVALID = [
    "", "2021-13", "2021-00", "2021-02-30", "2023-02-29", "2021-06-31", "2021-6-9", "21-06-09", "0000", "../..", "2021-06-09T10:00",
    "2022/2021", "2021-33-01", "2021-06-32", "[2021]x", "～", "2021--06", "2021-06-09??", "2021-33/2021-34", "../2021-21",
]  # fmt: skip


def days() -> st.SearchStrategy[date]:
    return st.dates(min_value=date(1, 1, 1), max_value=date(9998, 12, 31))


@pytest.mark.parametrize("text", VALID)
def test_reads_and_writes_the_same(text: str) -> None:
    assert str(Edtf.parse(text)) == text


@pytest.mark.parametrize("text", VALID)
def test_the_oracle_reads_it_too(text: str) -> None:
    assert oracle.parse_edtf(text) is not None


@pytest.mark.parametrize("text", INVALID)
def test_refuses(text: str) -> None:
    with pytest.raises(EdtfError):
        Edtf.parse(text)


@given(st.text(alphabet="0123456789X-/.?~%[],", max_size=24))
def test_parse_raises_its_own_error_or_round_trips(text: str) -> None:
    try:
        value = Edtf.parse(text)
    except EdtfError:
        return
    assert Edtf.parse(str(value)) == value
    low, high = value.bounds()
    assert low is None or high is None or low <= high


@given(days())
def test_a_day_is_its_own_bounds(day: date) -> None:
    value = Edtf.of_day(day)
    assert value.bounds() == (day, day)
    struct = oracle.parse_edtf(str(value)).lower_strict()
    assert (struct.tm_year, struct.tm_mon, struct.tm_mday) == (day.year, day.month, day.day)


@given(st.integers(1000, 9998), st.integers(1, 12))
def test_a_month_spans_its_days(year: int, month: int) -> None:
    low, high = Edtf.of_parts(year, month).bounds()
    assert (low, high) == (date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


@given(days(), days())
def test_ranges_keep_order(one: date, other: date) -> None:
    if one > other:
        with pytest.raises(EdtfError):
            Edtf.of_range(Edtf.of_day(one), Edtf.of_day(other))
        return
    value = Edtf.of_range(Edtf.of_day(one), Edtf.of_day(other))
    assert value.bounds() == (one, other)
    assert value.contains(Edtf.of_day(one))


@given(days(), days())
def test_order_is_that_of_the_calendar(one: date, other: date) -> None:
    assert (Edtf.of_day(one).sort_key() < Edtf.of_day(other).sort_key()) == (one < other)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2021-21", date(2021, 3, 1), date(2021, 5, 31)),
        ("2021-24", date(2021, 12, 1), date(2022, 2, 28)),
        ("2021-33", date(2021, 1, 1), date(2021, 3, 31)),
        ("2021-41", date(2021, 7, 1), date(2021, 12, 31)),
        ("202X", date(2020, 1, 1), date(2029, 12, 31)),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
        ("XXXX-12-06", None, None),
        ("../2024", None, date(2024, 12, 31)),
        ("2020-05/..", date(2020, 5, 1), None),
        ("[2023-05-18,2024-05-18]", date(2023, 5, 18), date(2024, 5, 18)),
    ],
)
def test_bounds(text: str, low: date | None, high: date | None) -> None:
    assert Edtf.parse(text).bounds() == (low, high)


@pytest.mark.parametrize(
    ("text", "year", "filled"),
    [
        ("XXXX-12-06", 2023, "2023-12-06"),
        ("XXXX-12-28/XXXX-01-03", 2020, "2020-12-28/2021-01-03"),
        ("XXXX-08-22/XXXX-08-24", 2013, "2013-08-22/2013-08-24"),
        ("2021-06-09", 1999, "2021-06-09"),
    ],
)
def test_a_year_fills_what_is_unknown(text: str, year: int, filled: str) -> None:
    assert str(Edtf.parse(text).with_year(year)) == filled


def test_a_year_without_the_day_is_refused() -> None:
    with pytest.raises(EdtfError):
        Edtf.parse("XXXX-02-29").with_year(2023)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("XXXX-12-06", "2023-12-06", True),
        ("XXXX-12-06", "2023-12", True),
        ("XXXX-12-06", "2023-11", False),
        ("2023-12-06", "2023-12-07", False),
        ("2023-12", "2023-12-07", True),
        ("../2024", "2023-05-01", True),
        ("../2024", "2025-05-01", False),
        ("2020-05/..", "2019", False),
    ],
)
def test_compatible(one: str, other: str, answer: bool) -> None:
    assert Edtf.parse(one).is_compatible(Edtf.parse(other)) is answer
    assert Edtf.parse(other).is_compatible(Edtf.parse(one)) is answer


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-05-18", date(2024, 5, 18), date(2024, 5, 18)),
    ],
)
def test_an_end_of_a_span_is_a_day(written: str, first: date, last: date) -> None:
    assert read_bound(written, "first") == first
    assert read_bound(written, "last") == last


@pytest.mark.parametrize(
    "written", ["", "soon", "2024-13", "2024-02-30", "XXXX-05", "XXXX-12-06", "../2024", "2024~"]
)
def test_what_is_no_day_month_or_year_is_named(written: str) -> None:
    with pytest.raises(EdtfError, match="write 2024-05-18"):
        read_bound(written, "first")


def test_qualifiers_come_and_go() -> None:
    value = Edtf.parse("2016-05-27/2016-05-29").with_qualifier("?")
    assert (value.is_uncertain, value.is_approximate) == (True, False)
    assert str(value.plain()) == "2016-05-27/2016-05-29"
    assert Edtf.parse("2012-07-06~").is_approximate
