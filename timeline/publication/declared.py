"""What the source says of itself outside the text: metadata, addresses and file names in, candidates out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from timeline.patterns import regex
from timeline.publication.evidence import Candidate, Clue, Origin
from timeline.publication.layout import Layout
from timeline.publication.stamps import FIRST_YEAR, LAST_YEAR, Stamp, is_made_up, read_day
from timeline.publication.words import alternation, by_word
from timeline.records import CleanPage, Declared, EvidenceKind, Span

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
# /2022/0311/ | /2022/03/11/ | /2021-06-09/ | /20210609/ | t20210609_1 | /202006/11/ | /n1/2024/0424/ | /art/2021/3/12/
_ADDRESS = (
    re.compile(rf"[/_=-]t?{_YEAR}[-/_]?{_MONTH}[-/_]?{_DAY}(?=[/_.\-?&]|\D|$)"),
    re.compile(r"/(?P<year>20\d{2})/(?P<month>1[0-2]|[1-9])/(?P<day>3[01]|[12]\d|[1-9])/"),
    re.compile(rf"[/_A-Za-z=-]{_YEAR}{_MONTH}{_DAY}\d{{0,12}}(?=[._/\-?&]|$)"),
)
_ADDRESS_MONTH = regex(r"/(?P<year>20\d{2})[-/]?(?P<month>0[1-9]|1[0-2])(?=/)")  # /202511/content_70.htm
_PART = regex(r"(?P<year>(?:19|20)\d{2})(?:[-/.年](?P<month>\d{1,2})月?|年)?")  # 2021-06 | 2021年6月 | 2021
_LINK = regex(
    r"https?://[^\s'\"<>)）\]，。；、]{6,400}|(?<![\w/])/?(?:[\w.-]{1,40}/){1,8}[\w.-]{1,80}\.(?:s?html?|jpe?g|png|gif|webp)",
    needs=("/", ("://", ".htm", ".shtm", ".jp", ".png", ".gif", ".webp")),
)
_LINK_LABEL = regex(rf"(?:{alternation('link_label')})[\]】]?\s{{0,2}}[(（:：]\s{{0,2}}$", re.IGNORECASE)
_PICTURE = regex(
    r"\.(?:jpe?g|png|gif|webp|svg|bmp)\b|/(?:img|image|images|photo|photos|pic|upload|uploads)/",
    re.IGNORECASE,
)
# 2024-05-18_0031.txt | 20240518.md | news_20240518093000.html
_FILE = regex(
    rf"{_YEAR}(?<!\d\d{{4}})[-_.年]?{_MONTH}[-_.月]?{_DAY}(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)"
)

# how often a datum found there is the day the text appeared
_PLACE_TRUST = {"json-ld": 0.95, "meta": 0.93, "itemprop": 0.9, "script": 0.85, "time": 0.75}
_TIME_FIELDS: dict[str, tuple[Origin, float, str]] = {
    "published": ("page", 0.95, ""),
    "created": ("page", 0.75, ": when the record was made"),
    "time": ("page", 0.75, ": a time element says not of what"),
    "updated": ("update", 0.6, ": when it was edited"),
    "fetched": ("crawl", 0.2, ": when it was fetched"),
}


def declared_candidates(page: CleanPage) -> list[Candidate]:
    """Weigh what fields, metadata, the address and the file's name say."""
    out = [c for d in page.raw.declared for c in _of_datum(d)]
    out.extend(_of_address(page))
    return out


def outside_clues(page: CleanPage) -> list[Clue]:
    """Give the months and years that fields and an address without a day tell: pages are filed where they were put up."""
    clues = [c for datum in page.raw.declared if (c := _clue_of_datum(datum))]
    address = page.raw.url or ""
    found = _ADDRESS_MONTH.search(address[:500])
    if found is None or read_address(address):
        return clues
    year, month = int(found["year"]), int(found["month"])
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1)
    span = (first - timedelta(days=2), last + timedelta(days=3))
    return [*clues, Clue((span,), 2.5, found.group(), None, f"filed under {year}-{month:02d}")]


def linked_candidates(layout: Layout) -> list[Candidate]:
    """Weigh days in addresses that stand in the text: where a record is source code or data, its link tells its day."""
    text = layout.page.text
    own = layout.page.raw.url
    out: list[Candidate] = []
    for match in _LINK.finditer(text):
        if match.group() == own:
            continue
        day = read_address(match.group())
        if day is None:
            continue
        is_picture = _PICTURE.search(match.group()) is not None
        before = text[max(0, match.start() - 24) : match.start()]
        is_labelled = _LINK_LABEL.search(before) is not None
        if not layout.is_own(match.start()) and not is_labelled:
            continue
        is_named = layout.is_code or is_labelled
        trust = (0.75 if is_named else 0.45) - (0.13 if is_picture else 0.0)
        note = "day in the path of a picture" if is_picture else "day in a link of the text"
        span = Span(match.start(), match.end())
        out.append(Candidate("url", "page", day.year, day.month, day.day, trust, match.group(), span, note))
    return out


def read_address(address: str) -> date | None:
    """Read the day in an address's path.

    >>> read_address("http://www.example.cn/xwdt/202511/t20251125_14018.html")
    datetime.date(2025, 11, 25)
    """
    for pattern in _ADDRESS:
        for match in pattern.finditer(address[:500]):
            try:
                day = date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                continue
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
    return None


def _clue_of_datum(datum: Declared) -> Clue | None:
    """Read a published field that gives no more than a month or a year: 2021-06, 2021年."""
    found = _PART.fullmatch(datum.value.strip())
    if found is None or datum.name != "published":
        return None
    year, month = int(found["year"]), int(found["month"] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR or month > 12:
        return None
    low = date(year, month or 1, 1)
    high = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) - timedelta(days=1)
    weight = 6.0 if datum.where == "given" else 2.5
    return Clue(((low, high),), weight, datum.value, None, f"{datum.name} in {datum.where}")


def _of_datum(datum: Declared) -> Iterator[Candidate]:
    place = datum.where.partition("[")[0].partition(".")[0]
    name = datum.name.lower()
    if datum.where == "given" and name == "published":
        if stamp := read_day(datum.value):
            yield _made("given", "original", stamp, 0.99, datum, "given with the page")
        return
    if name == "file" and (found := _FILE.search(datum.value)):
        yield from _of_file(found, datum.value, "day in the path of the record's file")
    entry = by_word("declared").get(name)
    field = entry.get("field") if entry else None
    stamp = read_day(datum.value) if field in _TIME_FIELDS else None
    if stamp is None:
        return
    origin, trust, why = _TIME_FIELDS[str(field)]
    trust = min(trust, _PLACE_TRUST.get(place, 0.9))
    note = f"{datum.name} in {datum.where}{why}"
    if is_made_up(stamp, datum.value):
        trust, note = 0.3, note + ": 1 January without a clock is a default"
    yield _made("declared", origin, stamp, trust, datum, note)


def _made(
    kind: EvidenceKind, origin: Origin, stamp: Stamp, trust: float, datum: Declared, note: str
) -> Candidate:
    day = stamp.day
    return Candidate(kind, origin, day.year, day.month, day.day, trust, datum.value[:200], None, note)


def _of_address(page: CleanPage) -> Iterator[Candidate]:
    if page.raw.url and (day := read_address(page.raw.url)):
        yield Candidate(
            "url", "page", day.year, day.month, day.day, 0.93, page.raw.url, None, "day in the address"
        )
    if page.raw.path:
        name = page.raw.path.replace("\\", "/").rpartition("/")[2]
        if found := _FILE.search(name):
            yield from _of_file(found, name, "day in the file's name")


def _of_file(found: re.Match[str], text: str, note: str) -> Iterator[Candidate]:
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        yield Candidate("url", "page", day.year, day.month, day.day, 0.7, text[:200], None, note)
