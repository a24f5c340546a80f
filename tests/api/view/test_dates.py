"""Dates for readers, value by value: the words, the chip, the form, and a datetime for a real day only."""

from __future__ import annotations

import pytest

from api.view.dates import read_date
from api.view.texts import read_texts
from timeline.records import EventDate

# EDTF, words of the page, then: in Chinese, in English, chip, form, datetime
ROWS = [
    ("2024-05-18", "2024年5月18日", "2024年5月18日", "18 May 2024", "18", "stated", "2024-05-18"),
    ("2024-05-18", "二〇二四年五月十八日", "2024年5月18日", "18 May 2024", "18", "stated", "2024-05-18"),
    ("2024-05-18", "2024.5.18", "2024年5月18日", "18 May 2024", "18", "stated", "2024-05-18"),
    ("2024-05-18", "5月18日", "2024年5月18日", "18 May 2024", "18", "inferred", "2024-05-18"),
    ("2024-05-18", "昨天", "2024年5月18日", "18 May 2024", "18", "inferred", "2024-05-18"),
    ("2024-05-18?", "5月18日", "2024年5月18日", "18 May 2024", "18", "thin", "2024-05-18"),
    ("2024-05-18~", "近日", "约2024年5月18日", "about 18 May 2024", "18", "about", None),
    ("2024-05-18/2024-05-20", "5月18日至20日", "2024年5月18日至20日", "18–20 May 2024", "18–20", "inferred", None),
    ("2024-05-30/2024-06-02", "", "2024年5月30日至2024年6月2日", "30 May 2024 to 2 June 2024", "30–6/2", "inferred", None),
    ("2024-05", "今年5月", "2024年5月", "May 2024", "—", "partial", None),
    ("2024", "今年", "2024年", "2024", "—", "partial", None),
    ("2024-21", "今春", "2024年春", "spring 2024", "—", "partial", None),
    ("2024-34", "二季度", "2024年第二季度", "Q2 2024", "—", "partial", None),
    ("../2024", "到2024年", "不晚于2024年", "by 2024", "—", "partial", None),
    ("2024-05-20/..", "5月20日起", "2024年5月20日起", "from 20 May 2024", "—", "partial", None),
    ("XXXX-12-06", "12月6日", "?年12月6日", "6 December, year unknown", "12/6", "unknown", None),
    ("XXXX-12", "12月", "?年12月", "December, year unknown", "12月", "unknown", None),
    ("XXXX-XX-30", "30日", "?年?月30日", "day 30, month and year unknown", "?", "unknown", None),
    ("202X", "本世纪20年代", "202X年（X 处未定）", "202X (X not known)", "202X", "unknown", None),
    ("XXXX-12-06/XXXX-12-08", "12月6日至8日", "?年12月6日至?年12月8日", "6 December, year unknown to 8 December, year unknown", "12/6", "unknown", None),
    ("[2023-05-18,2024-05-18]", "5月18日", "2023年5月18日 或 2024年5月18日", "18 May 2023 or 18 May 2024", "—", "thin", None),
    (None, "日前", "日期不详", "date not known", "?", "unknown", None),
]  # fmt: skip


@pytest.mark.parametrize(("edtf", "words", "zh", "en", "chip", "form", "iso"), ROWS)
def test_a_date_is_written_as_far_as_it_is_known(
    edtf: str | None, words: str, zh: str, en: str, chip: str, form: str, iso: str | None
) -> None:
    value = EventDate(edtf=edtf, text=words)
    chinese = read_date(value, read_texts("zh"))
    assert (chinese.words, chinese.chip, chinese.form, chinese.datetime) == (zh, chip, form, iso)
    english = read_date(value, read_texts("en"))
    assert (english.words, english.form) == (en, form)
    assert chinese.note
    assert english.note


def test_a_weekday_stands_under_a_whole_day_only() -> None:
    texts = read_texts("zh")
    assert read_date(EventDate(edtf="2024-05-18"), texts).below == "周六"
    assert read_date(EventDate(edtf="XXXX-05-18"), texts).below == ""
    assert read_date(EventDate(edtf="2024-05-18~"), texts).below == ""
    assert read_date(EventDate(edtf="2024-05"), texts).below == "日不详"


def test_a_value_that_cannot_be_read_is_unknown_not_an_error() -> None:
    assert read_date(EventDate(edtf="2024-02-30"), read_texts("zh")).form == "unknown"
