"""Read the forms in which pages print a day: a string in, stamps with their spans out; no day is chosen here.

Nearly every form holds a year in figures. These are looked for once, and a form that begins with its year is tried there only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

from timeline.edtf import Edtf
from timeline.patterns import Pattern, regex

Form = Literal[
    "numeric",
    "hanzi",
    "compact",
    "array",
    "english",
    "roc",
    "numerals",
    "split",
    "fields",
    "seconds",
    "short",
]

FIRST_YEAR = 1990
LAST_YEAR = 2049
_CHINA = timezone(timedelta(hours=8))
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {m.lower(): n for n, m in enumerate(_MONTH_NAMES, 1)}
_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "O": "0"}

# 1998 | 2021, where figures begin
_YEARS = tuple(re.compile(rf"{century}(?<!\d..)\d\d") for century in ("19", "20"))
# 2021 | 2021年 | 2021-06 | 2021年6月, at the end of a line
_ENDS_LINE = regex(r"\d{4}(?:年|[ ]?[-/.年][ ]?(?:1[0-2]|0?[1-9])月?)?[ \t]*$", re.MULTILINE)
_CLOCK_APART = regex(r"[ ]\d{1,2}:\d{2}")  # | 9:15|, after a blank

# the clock that may follow a day, glued (28日11:58), after a T or spaces (2021-12-15 10:03:22), or in words (16时51分)
_CLOCK = r"""(?:[ \t\u3000]?T?[ \t\u3000]{0,3}
    (?P<hour>[01]?\d|2[0-4])(?:[:：](?P<minute>[0-5]\d)(?:[:：][0-5]\d(?:\.\d{1,7})?)?|时[0-5]?\d分?)
    [ ]?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"""

# 2021-12-15 10:03:22 | 2011年4月28日11:58 | 2024 / 10 / 16 | 2022.3.29 | 2021年06月09日 (星期三) 08:00; not 2023年1-4|月份
_NUMERIC = regex(
    rf"""(?<![\d.])(?P<year>(?:19|20)\d{{2}})[ ]{{0,2}}(?P<mark>[-/.年])[ ]{{0,2}}
    (?P<month>1[0-2]|0?[1-9])[ ]{{0,2}}[-/.月][ ]{{0,2}}(?P<day>3[01]|[12]\d|0?[1-9])[ ]{{0,2}}[日号]?
    (?P<weekday>[ ]?[(（]?(?:星期|周)[一二三四五六日天][)）]?)?
    {_CLOCK}(?!\d|\.\d|[ ]?月)""",
    re.VERBOSE,
)
# 20251012 | 2017092003 | 20170920031500
_COMPACT = regex(
    r"""(?<![\d.])(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])
    (?P<hour>(?:[01]\d|2[0-4])(?:[0-5]\d){0,2})?(?![\d.]\d?|[-_]\d)""",
    re.VERBOSE,
)
# [2024,6,6] | 2024,6,6
_ARRAY = regex(
    r"""(?<![\d.,])(?P<year>(?:19|20)\d{2})[ ]?,[ ]?(?P<month>1[0-2]|0?[1-9])[ ]?,[ ]?
    (?P<day>3[01]|[12]\d|0?[1-9])(?![\d,])""",
    re.VERBOSE,
)
# June 9, 2021 | 9 Jun 2021 10:03
_ENGLISH = regex(
    r"""(?<![A-Za-z\d])(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?[ ])?(?:(?P<d1>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[ ])?
    (?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?[ ]
    (?:(?P<d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,?[ ])?(?P<year>20\d{2})(?!\d)""",
    re.VERBOSE,
    needs=(" 20", _MONTH_NAMES),
)
# 星期四, 6月 10, 2021 | 6月10, 2021 | 十二月 10, 2021: English order with Chinese months, as some frames print it
_MONTH_COMMA = regex(
    r"""(?<![\d一二三四五六七八九十])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月[ ]?(?P<day>3[01]|[12]\d|0?[1-9])日?[ ]?,[ ]?(?P<year>20\d{2})(?![\d\u4e00-\u9fff])""",
    re.VERBOSE,
    needs=("月", (",20", ", 20")),
)
# , 2021: where such a day ends, which is soon seen
_COMMA_YEAR = regex(r",[ ]?20\d{2}(?![\d\u4e00-\u9fff])")
# /2021: where a day ends that has its year last
_SLASH_YEAR = regex(r"/20\d{2}(?![\d/])")
# 6/9/2021 3:04:05 PM: month first, as some servers print it; only with its clock, else the order is anyone's guess
_MONTH_FIRST = regex(
    r"""(?<![\d/])(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])/(?P<year>20\d{2})[ ]
    \d{1,2}:\d{2}(?::\d{2})?(?:[ ]?[AP]M)?""",
    re.VERBOSE,
)
# 2022 03/16 09:15:33: how one agency prints it; only with its clock
_YEAR_APART = regex(
    r"""(?<![\d/])(?P<year>20\d{2})[ ]{1,3}(?P<month>1[0-2]|0[1-9])/(?P<day>3[01]|[12]\d|0[1-9])[ ]{1,3}\d{1,2}:\d{2}(?::\d{2})?(?!\d)""",
    re.VERBOSE,
)
# 06/25/2021 | 25/06/2021: only where no other order makes a day
_EITHER = regex(r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>20\d{2})(?![\d/])")
# 民国110年6月9日, in traditional characters where the rest of the page is not
_ROC = regex(
    r"""民[国國][ ]?(?P<year>\d{2,3})年[ ]?(?P<month>1[0-2]|0?[1-9])月[ ]?(?P<day>3[01]|[12]\d|0?[1-9])日""",
    re.VERBOSE,
    needs=(("民国", "民國"),),
)
# 110-06-09 | 110年6月9日, a year of the Republic in figures | 21-06-09 10:03: both only where a label or a clock says that they are dates
_ROC_FIGURES = regex(
    r"""(?P<year>1(?<![\d./-]1)[0-2]\d)(?:年(?=[\d ]{1,3}月)|(?P<mark>[-/.]))[ ]?(?P<month>1[0-2]|0?[1-9])[ ]?(?(mark)(?P=mark)|月)[ ]?
    (?P<day>3[01]|[12]\d|0?[1-9])(?(mark)(?![\d./-])|[ ]?日)""",
    re.VERBOSE,
    needs=("1", ("年", "-", "/", ".")),
)
_SHORT = regex(
    r"""(?P<year>[0-3]\d)(?<![\d./-]\d\d)(?P<mark>[-/.])(?P<month>1[0-2]|0[1-9])(?P=mark)(?P<day>3[01]|[12]\d|0[1-9])
    [ ]{1,2}(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d)""",
    re.VERBOSE,
    needs=(":", ("-", "/", ".")),
)
# 二〇二一年六月九日; the years that count begin with one of these pairs
_NUMERALS = regex(
    r"""(?P<year>[一二][〇○零O一二三四五六七八九]{3})年(?P<month>十[一二]?|[一二三四五六七八九])月
    (?P<day>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日""",
    re.VERBOSE,
    needs=("年", ("一九", "二〇", "二○", "二零", "二O")),
)
# a day and its year-month side by side or on neighbouring lines: 23 / 2017-02, 2021年05月 / 06
_SPLIT_DAY_FIRST = regex(
    r"""(?m)^[ \t]*(?P<day>3[01]|[12]\d|0?[1-9])[ ]?日?(?:[ ]{1,3}|[ \t]*\n\s{0,40})
    (?P<year>20\d{2})[ ]?[-/.年][ ]?(?P<month>1[0-2]|0?[1-9])月?[ \t]*$""",
    re.VERBOSE,
)
_SPLIT_DAY_LAST = regex(
    r"""(?m)^[ \t]*(?P<year>20\d{2})[ ]?[-/.年][ ]?(?P<month>1[0-2]|0[1-9])月?[ \t]*\n\s{0,40}
    (?P<day>3[01]|[12]\d|0[1-9])[ ]?日?[ \t]*$""",
    re.VERBOSE,
)
# 06-09 over 2021, or 2021 over 06-09
_SPLIT_YEAR = regex(
    r"""(?m)^[ \t]*(?:(?P<y1>20\d{2})年?[ \t]*\n\s{0,40}(?P<m1>1[0-2]|0?[1-9])[-/.月](?P<d1>3[01]|[12]\d|0?[1-9])日?
    |(?P<m2>1[0-2]|0?[1-9])[-/.月](?P<d2>3[01]|[12]\d|0?[1-9])日?[ \t]*\n\s{0,40}(?P<y2>20\d{2})年?)[ \t]*$""",
    re.VERBOSE,
)
# date: '7月13日', year: '2021' | "year": 2021, "month": 7, "day": 13
_FIELDS = regex(
    r"""(?P<m1>1[0-2]|0?[1-9])[-/.月][ ]?(?P<d1>3[01]|[12]\d|0?[1-9])日?["']?,\s{0,40}["']?year["']?\s?[:=]\s?["']?(?P<y1>20\d{2})(?!\d)
    |(?<!\w)["']?year["']?\s?[:=]\s?["']?(?P<y2>20\d{2})年?["']?,\s{0,40}(?:["']?month["']?\s?[:=]\s?["']?(?P<m2>1[0-2]|0?[1-9])月?["']?,\s{0,40}["']?day
    |["']?(?:month_?day|date|day|md))["']?\s?[:=]\s?["']?(?:(?P<m3>1[0-2]|0?[1-9])[-/.月])?(?P<d2>3[01]|[12]\d|0?[1-9])(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
    needs=(("=", ":"), ("ear", "EAR")),
)
# createTime: 1623283200000
_SECONDS = regex(r"""[:=][ ]?["']?(?P<seconds>1[0-7]\d{8})(?:\d{3})?(?=["',;\s}])""", needs=("1", (":", "=")))
_TEN_FIGURES = regex(r"1[0-7]\d{8}")
_UNIX = regex(r"(?<!\d)(?P<seconds>1\d{9})(?:\d{3})?(?!\d)")  # 1514736000 | 1514736000123


@dataclass(frozen=True, slots=True)
class Stamp:
    """A full day as it is printed at [start:end], and whether a clock stands with it."""

    start: int
    end: int
    day: date
    has_clock: bool
    form: Form
    has_weekday: bool = False

    @property
    def edtf(self) -> Edtf:
        """Give the day as a value."""
        return Edtf.of_day(self.day)


def find_years(text: str) -> tuple[int, ...]:
    """Find where figures begin that may be a year of our days (19.., 20..), in order; `find_stamps` reads on from there.

    >>> find_years("2019至2021年, 12019件")
    (0, 5)
    """
    return tuple(sorted(m.start() for century in _YEARS for m in century.finditer(text)))


def match_at(
    pattern: Pattern, text: str, places: Sequence[int], end: int = sys.maxsize
) -> Iterator[re.Match[str]]:
    """Match a pattern at places in their order, none over another: what finditer finds, where it can begin nowhere else.

    The pattern must be one without `needs`: they would be looked for in the whole text at every place.
    """
    free = 0
    for place in places:
        if place >= free and (m := pattern.match(text, place, end)):
            free = m.end()
            yield m


def find_stamps(text: str, years: Sequence[int] | None = None) -> list[Stamp]:
    """Find every full day, in order, without overlaps; compact runs of digits are found by find_compact.

    `years` is what find_years finds in the text, for those who know it already.
    """
    places = find_years(text) if years is None else years
    found = [*_of_other_years(text), *_numerals(text), *_seconds(text)]
    if places:
        found += [*_numeric(text, places), *_others(text, places), *_english(text), *_split(text, places)]
    found.sort(key=lambda s: (s.start, -(s.end - s.start)))
    out: list[Stamp] = []
    for stamp in found:
        if not out or stamp.start >= out[-1].end:
            out.append(stamp)
    return out


def find_compact(text: str, years: Sequence[int] | None = None) -> list[Stamp]:
    """Find days written as a run of digits (20251012), which most of the time are file numbers: mind where they stand."""
    places = find_years(text) if years is None else years
    return [
        Stamp(m.start(), m.end(), day, bool(m["hour"]), "compact")
        for m in match_at(_COMPACT, text, places)
        if (day := _day(m["year"], m["month"], m["day"]))
    ]


def read_day(value: str) -> Stamp | None:
    """Read the day that a metadata string means, in China's time where it names a zone; None where it means none."""
    text = value.strip()[:80]
    seconds = _UNIX.fullmatch(text)
    if seconds:
        day = _of_seconds(seconds["seconds"])
        return Stamp(0, len(text), day, True, "compact") if _is_sane(day) else None
    found = find_stamps(text) or find_compact(text)
    return found[0] if found else None


def is_made_up(stamp: Stamp, text: str) -> bool:
    """Say whether a declared day looks like a default: 1 January without a clock, or at midnight."""
    midnight = re.search(r"00:00(?::00)?", text) is not None
    return (stamp.day.month, stamp.day.day) == (1, 1) and (midnight or not stamp.has_clock)


def _numeric(text: str, years: Sequence[int]) -> Iterator[Stamp]:
    for m in match_at(_NUMERIC, text, years):
        day = _day(m["year"], m["month"], m["day"])
        if day is None:
            continue
        if m["zone"] and m["minute"]:
            day = _in_china(day, m["hour"], m["minute"], m["zone"])
        form: Form = "hanzi" if m["mark"] == "年" else "numeric"
        yield Stamp(m.start(), m.end() - _trailing(m.group()), day, bool(m["hour"]), form, bool(m["weekday"]))


def _others(text: str, years: Sequence[int]) -> Iterator[Stamp]:
    for m in match_at(_ARRAY, text, years):
        if day := _day(m["year"], m["month"], m["day"]):
            yield Stamp(m.start(), m.end(), day, False, "array")
    for m in match_at(_YEAR_APART, text, years):
        if day := _day(m["year"], m["month"], m["day"]):
            yield Stamp(m.start(), m.end(), day, True, "numeric")
    if _SLASH_YEAR.search(text):
        yield from _year_last(text)
    for m in _FIELDS.finditer(text):
        month, number = m["m1"] or m["m2"] or m["m3"], m["d1"] or m["d2"]
        if month and (day := _day(m["y1"] or m["y2"], month, number)):
            yield Stamp(m.start(), m.end(), day, False, "fields")


def _year_last(text: str) -> Iterator[Stamp]:
    for m in _MONTH_FIRST.finditer(text):
        if day := _day(m["year"], m["month"], m["day"]):
            yield Stamp(m.start(), m.end(), day, True, "numeric")
    for m in _EITHER.finditer(text):
        read = [_day(m["year"], m[month], m[number]) for month, number in (("a", "b"), ("b", "a"))]
        if (day := read[0] or read[1]) and (None in read or m["a"] == m["b"]):
            yield Stamp(m.start(), m.end(), day, False, "numeric")


def _english(text: str) -> Iterator[Stamp]:
    for m in _ENGLISH.finditer(text):
        number = m["d1"] or m["d2"]
        if number and (day := _day(m["year"], _MONTHS[m["month"].lower()], number)):
            yield Stamp(m.start(), m.end(), day, False, "english")
    if _COMMA_YEAR.search(text):
        for m in _MONTH_COMMA.finditer(text):
            month = m["month"] if m["month"].isdecimal() else _count(m["month"])
            if day := _day(m["year"], month, m["day"]):
                yield Stamp(m.start(), m.end(), day, False, "english")


def _split(text: str, years: Sequence[int]) -> Iterator[Stamp]:
    """Put days together that are printed in two pieces; all such forms have a year, or a year and month, at a line's end."""
    if not any(_ENDS_LINE.match(text, year) for year in years):
        return
    for m in (*_SPLIT_DAY_FIRST.finditer(text), *_SPLIT_DAY_LAST.finditer(text)):
        if day := _day(m["year"], m["month"], m["day"]):
            yield Stamp(m.start(), m.end(), day, False, "split")
    for m in _SPLIT_YEAR.finditer(text):
        if day := _day(m["y1"] or m["y2"], m["m1"] or m["m2"], m["d1"] or m["d2"]):
            yield Stamp(m.start(), m.end(), day, False, "split")


def _seconds(text: str) -> Iterator[Stamp]:
    for m in _SECONDS.finditer(text) if _TEN_FIGURES.search(text) else ():
        day = _of_seconds(m["seconds"])
        if _is_sane(day):
            yield Stamp(m.start("seconds"), m.end(), day, True, "seconds")


def _numerals(text: str) -> Iterator[Stamp]:
    for m in _NUMERALS.finditer(text):
        year = "".join(_DIGITS[c] for c in m["year"]) if "十" not in m["year"] else ""
        if year and (day := _day(year, _count(m["month"]), _count(m["day"]))):
            yield Stamp(m.start(), m.end(), day, False, "numerals")


def _of_other_years(text: str) -> Iterator[Stamp]:
    for m in _ROC.finditer(text):
        if day := _day(int(m["year"]) + 1911, m["month"], m["day"]):
            yield Stamp(m.start(), m.end(), day, False, "hanzi")
    for m in _ROC_FIGURES.finditer(text):
        if day := _day(int(m["year"]) + 1911, m["month"], m["day"]):
            yield Stamp(m.start(), m.end(), day, False, "roc")
    for m in _SHORT.finditer(text) if _CLOCK_APART.search(text) else ():
        if day := _day(int(m["year"]) + 2000, m["month"], m["day"]):
            yield Stamp(m.start(), m.end(), day, True, "short")


def _of_seconds(seconds: str) -> date:
    return datetime.fromtimestamp(int(seconds), UTC).astimezone(_CHINA).date()


def _trailing(text: str) -> int:
    return len(text) - len(text.rstrip(" \t\u3000"))


def _count(numeral: str) -> int:
    """Read 一 to 三十一."""
    tens, mark, ones = numeral.rpartition("十")
    if not mark:
        return int(_DIGITS[ones])
    return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)


def _in_china(day: date, hour: str, minute: str, zone: str) -> date:
    offset = timedelta()
    if zone != "Z":
        sign = -1 if zone[0] == "-" else 1
        offset = sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
        hours=int(hour), minutes=int(minute)
    )
    return (moment - offset).astimezone(_CHINA).date()


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if _is_sane(made) else None


def _is_sane(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR
