"""What must hold of every value: the oracle reads it, its days are in order, and they lie where its words say."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

import edtf as oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.times.test_find import PIECES
from timeline.edtf import Edtf
from timeline.records import Reference, ResolvedTime
from timeline.times import extend, find, possible_years, resolve, tag, tag_at

TEXTS = st.lists(PIECES, max_size=14).map("".join)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2060, 12, 31))
REFERENCES = st.one_of(
    st.none(),
    DAYS.map(lambda d: Edtf.of_day(d)),
    DAYS.map(lambda d: Edtf.of_parts(d.year, d.month)),
    DAYS.map(lambda d: Edtf.of_parts(d.year)),
)


@cache
def _ask_oracle(text: str) -> None:
    oracle.parse_edtf(text)


def _check(found: ResolvedTime) -> None:
    assert found.reason
    if found.edtf is None:
        return
    _ask_oracle(str(found.edtf))
    if found.from_ and found.to:
        assert found.from_ <= found.to, found
    low, high = found.edtf.bounds()
    if not found.edtf.is_approximate and found.kind != "time":
        assert (
            low is None
            or found.from_ is None
            or date.fromisoformat(found.from_[:10]) >= low
            or found.edtf.is_open
        )
        assert (
            high is None
            or found.to is None
            or date.fromisoformat(found.to[:10]) <= high
            or found.edtf.is_open
        )


@settings(max_examples=150, deadline=None)
@given(TEXTS, REFERENCES, st.booleans())
def test_values_against_any_reference(text: str, when: Edtf | None, is_certain: bool) -> None:
    for found in tag(text, Reference(when, is_certain=is_certain)):
        _check(found)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2060, 12, 31)))
def test_values_at_any_moment(text: str, moment: datetime) -> None:
    for found in tag_at(text, moment):
        _check(found)


@given(DAYS, DAYS)
def test_a_stated_day_is_that_day(day: date, today: date) -> None:
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        day.strftime("%Y%m%d"),
        f"{day.year}.{day.month}.{day.day}",
    ):
        (found,) = tag(text, Reference(Edtf.of_day(today)))
        assert (found.from_, found.to) == (day.isoformat(), day.isoformat())


@given(DAYS, DAYS)
def test_a_bare_day_is_never_far_ahead(day: date, today: date) -> None:
    (found,) = tag(f"{day.month}月{day.day}日", Reference(Edtf.of_day(today)))
    assert found.from_ is not None
    years = 8 if (day.month, day.day) == (2, 29) else 1
    assert -366 * years < (date.fromisoformat(found.from_) - today).days <= 46


@given(DAYS, st.integers(1, 27), st.integers(1, 12))
def test_a_range_spans_what_it_says(today: date, first: int, month: int) -> None:
    for sign in "至到-—":
        for text in (f"{month}月{first}日{sign}{first + 1}日", f"{month}月{first}{sign}{first + 1}日"):
            (found,) = tag(text, Reference(Edtf.of_day(today)))
            assert found.text == text
            assert found.from_ is not None
            assert found.to is not None
            low, high = date.fromisoformat(found.from_), date.fromisoformat(found.to)
            assert (low.month, low.day, high - low) == (month, first, timedelta(days=1))


@given(DAYS, st.integers(1, 400))
def test_counted_days_are_counted(today: date, count: int) -> None:
    reference = Reference(Edtf.of_day(today))
    for text, offset in ((f"{count}天前", -count), (f"{count}天后", count)):
        (found,) = tag(text, reference)
        assert found.from_ == found.to == (today + timedelta(days=offset)).isoformat()
    (found,) = tag(f"{count}天内", reference)
    assert (found.from_, found.to) == (today.isoformat(), (today + timedelta(days=count)).isoformat())


@given(DAYS, st.integers(0, 6))
def test_a_weekday_of_last_week_lies_in_it(today: date, weekday: int) -> None:
    (found,) = tag(f"上周{'一二三四五六日'[weekday]}", Reference(Edtf.of_day(today)))
    assert found.from_ is not None
    day = date.fromisoformat(found.from_)
    monday = today - timedelta(days=today.weekday() + 7)
    assert (day.weekday(), day - monday) == (weekday, timedelta(days=weekday))


@given(TEXTS, TEXTS, REFERENCES)
def test_what_was_asked_before_changes_no_answer(text: str, other: str, when: Edtf | None) -> None:
    reference = Reference(when)
    first = tag(text, reference)
    tag(other, reference)
    assert tag(text, reference) == first == resolve(text, find(text), reference)


@given(DAYS)
def test_without_a_reference_the_year_stays_open(day: date) -> None:
    (found,) = tag(f"{day.month}月{day.day}日", Reference())
    assert str(found.edtf) == f"XXXX-{day.month:02d}-{day.day:02d}"
    assert (found.from_, found.to) == (None, None)


@given(DAYS, st.integers(2, 300))
def test_a_length_ends_so_many_days_on(day: date, count: int) -> None:
    start, length = tag(f"{day.year}年{day.month}月{day.day}日开幕，为期{count}天", Reference())
    value = extend(start, length)
    assert value is not None
    low, high = value.bounds()
    assert low == day
    assert high is not None
    assert (high - low).days == count - 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5月27日开幕，为期3天", "XXXX-05-27/XXXX-05-29"),
        ("2016年5月27日开幕，为期一周", "2016-05-27/2016-06-02"),
        ("12月30日开幕，为期五天", "XXXX-12-30/XXXX-01-03"),
        ("2016年5月开幕，为期3天", "2016-05"),
        ("2016年5月27日开幕，为期一天", "2016-05-27"),
    ],
)
def test_extend(text: str, value: str) -> None:
    start, length = tag(text, Reference())
    assert str(extend(start, length)) == value


@given(DAYS)
def test_a_weekday_allows_its_own_year(day: date) -> None:
    weekday = "一二三四五六日"[day.isoweekday() - 1]
    (found,) = find(f"{day.month}月{day.day}日（星期{weekday}）")
    years = possible_years(found, 1950, 2060)
    assert day.year in years
    assert all(date(y, day.month, day.day).isoweekday() == day.isoweekday() for y in years)


def test_a_bare_date_proves_no_year() -> None:
    assert possible_years(find("6月9日")[0], 2010, 2025) == ()
