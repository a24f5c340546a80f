"""Dated public facts: a layout in, clues out, by lexicon/anchors.yaml (facts, plans, series, founded bodies, eras).

A fact, an era or a plan that a text speaks of cannot lie after it; a fact's month and day without a year, or 今年
before it, fixes the year; 第N届 of a series, and the age of a body whose founding is known, name theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from timeline.edtf import Edtf
from timeline.lexicon import Entry, load
from timeline.patterns import regex
from timeline.publication.evidence import Clue
from timeline.publication.layout import Layout
from timeline.publication.stamps import LAST_YEAR
from timeline.publication.words import alternation
from timeline.records import Span
from timeline.wordlists import Found, WordList

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,5})"
_EDITION = regex(rf"(?:第?(?P<number>{_NUMBER})|(?P<opening>首))[届个][^，。；！？\n]{{0,6}}$")
# 青川新区是省级新区，经过11年的发展
_AGE_AFTER = regex(
    rf"[^。！？\n]{{0,60}}?(?:{alternation('age')})[^，。！？\n\d]{{0,3}}(?P<number>{_NUMBER})年(?!月|前|底)"
)
_ANNIVERSARY_AFTER = regex(rf"[^，。；！？\n\d]{{0,4}}?(?P<number>{_NUMBER})周年")
_MONTH_DAY = regex(r"(?<![年\d])(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日", needs=("月",))
_THIS_YEAR = regex(rf"(?:{alternation('deictic_year', years=0)})[^，。；！？\n]{{0,10}}$")
_OPENING = regex(rf"[^，。；\n]{{0,8}}?(?:{alternation('plan_opening')})")
_CLOSING = regex(rf"[^，。；\n]{{0,8}}?(?:{alternation('plan_closing')})")
_AHEAD = regex(rf"[”\"]?(?:{alternation('plan_span')})[，,]?[^。；\n]{{0,20}}?将")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
_LEAD = 400


@cache
def _entries() -> dict[str, Entry]:
    return {word: entry for entry in load("anchors") for word in entry.words}


@cache
def _words() -> WordList:
    return WordList(_entries())


def anchor_clues(layout: Layout) -> list[Clue]:
    """Find the dated public facts that the page's own text speaks of."""
    out: dict[tuple[str, str], Clue] = {}
    for m in _words().finditer(layout.page.text):
        if not layout.is_own(m.start()):
            continue
        for clue in _of_match(layout, m, _entries()[m.group()]):
            out.setdefault((m.group(), clue.note), clue)
    return list(out.values())


def _of_match(layout: Layout, m: Found, entry: Entry) -> Iterator[Clue]:
    if entry.kind == "fact":
        yield from _of_fact(layout, m, entry)
    elif entry.kind == "plan":
        yield from _of_plan(layout, m, entry)
    elif entry.kind == "series":
        yield from _of_series(layout, m, entry)
    elif entry.kind == "founded":
        yield from _of_age(layout, m, entry)
    elif entry.kind == "era":
        low, high = _days(entry.get("from")), _days(entry.get("until"))
        note = f"{m.group()}: {entry.get('from') or '..'} to {entry.get('until') or '..'}"
        yield _made(m, low[0] if low else None, high[1] if high else None, 1.5 if high else 1.2, note)


def _of_fact(layout: Layout, m: Found, entry: Entry) -> Iterator[Clue]:
    days = _days(entry.get("date"))
    if days is None:
        return
    first, last = days
    text = layout.page.text
    known = _days(entry.get("known_from"))
    yield _made(
        m,
        known[0] if known else first - timedelta(days=60),
        None,
        1.5,
        f"{m.group()} was {entry.get('date')}",
    )
    around = text[max(0, m.start() - 40) : m.end() + 30]
    if (last - first).days <= 31:
        for found in _MONTH_DAY.finditer(around):
            if (first.month, first.day) <= (int(found["month"]), int(found["day"])) <= (last.month, last.day):
                note = f"{found.group()} {m.group()} was {entry.get('date')}"
                yield _made(m, first, first + timedelta(days=364), 4.0, note)
                return
    if _THIS_YEAR.search(text[max(0, m.start() - 14) : m.start()]):
        yield _made(
            m,
            date(first.year, 1, 1),
            date(first.year, 12, 31),
            1.6,
            f"this year: {m.group()} was {entry.get('date')}",
        )


def _of_plan(layout: Layout, m: Found, entry: Entry) -> Iterator[Clue]:
    first, last = int(entry.get("first")), int(entry.get("last"))
    rest = layout.page.text[m.end() : m.end() + 30]
    yield _made(m, date(first - 2, 7, 1), None, 1.5, f"{m.group()} is {first} to {last}")
    if _OPENING.match(rest):
        yield _made(
            m, date(first, 1, 1), date(first, 12, 31), 1.2, f"{m.group()} opens in {first}", is_hint=True
        )
    elif _CLOSING.match(rest):
        yield _made(m, date(last, 1, 1), date(last, 12, 31), 1.2, f"{m.group()} ends in {last}", is_hint=True)
    elif _AHEAD.match(rest):
        yield _made(
            m, date(first - 1, 6, 1), date(last, 12, 31), 1.5, f"{m.group()}, {first} to {last}, lies ahead"
        )


def _of_series(layout: Layout, m: Found, entry: Entry) -> Iterator[Clue]:
    found = _EDITION.search(layout.page.text[max(0, m.start() - 14) : m.start()])
    if found is None:
        return
    number = 1 if found["opening"] else _count(found["number"])
    year = _edition_year(entry, number) if number else None
    if year is None:
        return
    note = f"edition {number} of {m.group()} was in {year}"
    if m.start() <= layout.body().start + _LEAD:
        yield _made(m, date(year, 1, 1), date(year, 12, 31), 1.6, note, is_hint=True)
    else:
        yield _made(m, date(year - 1, 1, 1), None, 1.2, note)


def _edition_year(entry: Entry, number: int) -> int | None:
    """Give the year of an edition: as listed, else counted from the first one, up to the last that was regular."""
    listed = (entry.get("editions") or {}).get(number)
    if listed or not entry.get("first"):
        return int(listed) if listed else None
    steps = number - int(entry.get("since", 1))
    year = int(entry.get("first")) + steps * int(entry.get("every", 1)) // int(entry.get("per_year", 1))
    return year if steps >= 0 and year <= int(entry.get("last", LAST_YEAR)) else None


def _of_age(layout: Layout, m: Found, entry: Entry) -> Iterator[Clue]:
    rest = layout.page.text[m.end() : m.end() + 90]
    founded = int(entry.get("year"))
    found = _ANNIVERSARY_AFTER.match(rest)
    grown = _AGE_AFTER.match(rest) if entry.get("grows") and not found else None
    told = found or grown
    number = _count(told["number"]) if told else None
    if not number or founded + number > LAST_YEAR:
        return
    year = founded + number
    note = f"{number} years after {m.group()}, founded {founded}"
    # a body that grew for N years may be half a year older
    high = date(year, 12, 31) if found else date(year + 1, 6, 30)
    yield _made(m, date(year, 1, 1), high, 1.6 if found else 1.0, note, is_hint=True)


def _count(numeral: str) -> int | None:
    """Read 11, 十一, 一百."""
    if numeral.isdigit():
        return int(numeral)
    hundreds, mark, rest = numeral.partition("百")
    total = _DIGITS.get(hundreds or "一", 0) * 100 if mark else 0
    rest = rest if mark else numeral
    if not rest:
        return total
    tens, mark, ones = rest.rpartition("十")
    if mark:
        total += _DIGITS.get(tens or "一", 0) * 10
    if len(ones) > 1:
        return None
    return total + (_DIGITS.get(ones, 0) if ones else 0)


@cache
def _days(value: str | int | None) -> tuple[date, date] | None:
    """Give the first and the last day of a value as the lexicon writes it; each is read once."""
    if value is None:
        return None
    low, high = Edtf.parse(str(value)).bounds()
    return (low, high) if low and high else None


def _made(
    m: Found, low: date | None, high: date | None, weight: float, note: str, *, is_hint: bool = False
) -> Clue:
    return Clue(((low, high),), weight, m.group(), Span(m.start(), m.end()), note, is_hint)
