"""Dates for readers: an event's date in, its words, its chip, its form and its mark out; the value is never changed.

The form says how the date is known: `stated` in full by the page, `inferred` from another date, `thin` where that
rests on little, `about`, `partial` (only a month, a year, a bound) and `unknown`. Only a real ISO day gets `datetime`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.view.texts import Texts
from timeline.edtf import Edtf, Point
from timeline.errors import EdtfError
from timeline.records import EventDate

Form = Literal["stated", "inferred", "thin", "about", "partial", "unknown"]

# 2023年 | 二〇二三年 | 2023-12-08 | 2023.12
_YEAR_IN_WORDS = re.compile(r"[\d〇○零一二三四五六七八九]{4}\s*年|\d{4}\s*[-./－．]")
_GROUPS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter", 33: "q1", 34: "q2", 35: "q3", 36: "q4",
           40: "h1", 41: "h2"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateView:
    """What a page shows of a date: `words` in full, the chip's three lines, and how it is known."""

    words: str
    above: str
    chip: str
    below: str
    form: Form
    mark: str
    note: str
    edtf: str | None
    datetime: str | None


def read_date(value: EventDate, texts: Texts, *, is_elsewhere: bool = False) -> DateView:
    """Give the view of an event's date; one whose words stand elsewhere than the event's is never `stated`."""
    edtf = parse(value.edtf)
    form = _form(edtf, None if is_elsewhere else value.text)
    single = edtf.start if edtf and not edtf.is_interval and not edtf.choices else None
    is_day = bool(single and single.is_year_known and single.precision == "day")
    return DateView(
        words=describe(edtf, texts),
        above=_above(edtf, texts),
        chip=_chip(edtf, texts),
        below=_below(edtf, texts),
        form=form,
        mark=texts(f"mark.{form}"),
        note=_note(edtf, form, texts),
        edtf=value.edtf,
        datetime=str(edtf.plain()) if edtf and is_day and form != "about" else None,
    )


def parse(text: str | None) -> Edtf | None:
    """Read a stored EDTF string; what cannot be read is as good as unknown."""
    if not text:
        return None
    try:
        return Edtf.parse(text)
    except EdtfError:
        return None


def describe(edtf: Edtf | None, texts: Texts) -> str:
    """Write a date out: 2016年5月27日至29日 | 27–29 May 2016 | 约2012年7月6日 | 年份未定，12月6日."""
    if edtf is None:
        return texts("date.none")
    if edtf.choices:
        return texts("date.or").join(_point(p, texts) for p in edtf.choices)
    words = _interval(edtf, texts) if edtf.is_interval else _point(edtf.points[0], texts)
    return texts("date.about", date=words) if edtf.is_approximate else words


def describe_day(day: str | None, texts: Texts) -> str:
    """Write out a date that is kept as EDTF."""
    return describe(parse(day), texts)


def _point(point: Point, texts: Texts) -> str:
    month = int(point.month) if point.month and point.month != "XX" else None
    day = int(point.day) if point.day and point.day != "XX" else None
    values = {"year": point.year, "month": month, "day": day}
    if month:
        key = _GROUPS.get(month)
        values["month"] = texts(f"group.{key}") if key else texts(f"month.{month}")
        kind = "group" if key else "day" if day else "month"
    else:
        kind = "someday" if day else "year"
    if point.is_year_known:
        return texts("date.year" if kind == "someday" else f"date.{kind}", **values)
    if point.year != "XXXX":
        return texts("date.decade", year=point.year)
    if kind == "year":
        return texts("date.none")
    return texts(f"date.yearless.{kind}", **values)


def _interval(edtf: Edtf, texts: Texts) -> str:
    first, last = edtf.start, edtf.end
    if first is None or last is None:
        return texts("date.until" if first is None else "date.since", date=_point(edtf.points[0], texts))
    same_month = first.day and last.day and (first.year, first.month) == (last.year, last.month)
    if same_month and first.is_year_known:
        values = {"year": first.year, "month": texts(f"month.{int(first.month or 1)}")}
        return texts("date.days", first=int(first.day or 0), last=int(last.day or 0), **values)
    return texts("date.range", first=_point(first, texts), last=_point(last, texts))


def _form(edtf: Edtf | None, words: str | None) -> Form:
    if edtf is None or not edtf.is_year_known:
        return "unknown"
    if edtf.is_approximate:
        return "about"
    if edtf.is_uncertain or edtf.choices:
        return "thin"
    if edtf.is_open or edtf.precision != "day":
        return "partial"
    return "stated" if words and _YEAR_IN_WORDS.search(words) else "inferred"


def _note(edtf: Edtf | None, form: Form, texts: Texts) -> str:
    if edtf is None:
        return texts("note.none")
    if form == "unknown":
        return texts("note.yearless" if edtf.points[0].year == "XXXX" else "note.decade")
    if form == "partial":
        return texts("note.open" if edtf.is_open else f"note.{_coarseness(edtf)}")
    return texts(f"note.{form}")


def _coarseness(edtf: Edtf) -> str:
    return {"month": "month", "season": "season"}.get(edtf.precision, "year")


def _above(edtf: Edtf | None, texts: Texts) -> str:
    if edtf is None or not edtf.is_year_known:
        return texts("chip.noyear")
    if edtf.is_approximate:
        return texts("chip.about")
    return texts("chip.until" if edtf.start is None else "chip.since") if edtf.is_open else ""


def _chip(edtf: Edtf | None, texts: Texts) -> str:
    if edtf is None:
        return "?"
    first = edtf.points[0]
    if not edtf.is_year_known:
        return _yearless_chip(edtf, texts)
    if edtf.choices or edtf.is_open or not first.day or first.day == "XX":
        return "—"
    last = edtf.end
    if last is None:
        return str(int(first.day))
    if not last.day or not last.day.isdigit():
        return f"{int(first.day)}–"
    same = (first.year, first.month) == (last.year, last.month)
    end = str(int(last.day)) if same else f"{int(last.month or 0)}/{int(last.day)}"
    return f"{int(first.day)}–{end}"


def _yearless_chip(edtf: Edtf, texts: Texts) -> str:
    first = edtf.points[0]
    if first.year != "XXXX":
        return first.year
    month = int(first.month) if first.month and first.month != "XX" else 0
    day = int(first.day) if first.day and first.day != "XX" else 0
    if 1 <= month <= 12 and day:
        return f"{month}/{day}"
    if 1 <= month <= 12:
        return texts(f"month.short.{month}")
    return texts(f"group.{_GROUPS[month]}") if month else "?"


def _below(edtf: Edtf | None, texts: Texts) -> str:
    """Name the weekday of a whole day, or what is missing."""
    if edtf is None or edtf.is_open or not edtf.is_year_known:
        return ""
    if edtf.precision == "season":
        return texts(f"group.{_GROUPS[int(edtf.points[0].month or 0)]}")
    if edtf.precision != "day":
        return texts("chip.noday" if edtf.precision == "month" else "chip.nomonth")
    low, high = edtf.bounds()
    if low is None or low != high or edtf.is_approximate:
        return ""
    return weekday(low, texts)


def weekday(day: date, texts: Texts) -> str:
    """Name the weekday of a day: 周六 | Sat."""
    return texts(f"weekday.{day.isoweekday()}")
