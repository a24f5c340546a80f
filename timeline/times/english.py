"""English dates of bilingual pages: On December 6, 6 Dec. 2023, December 6-8, 2023; words to date parts."""

from __future__ import annotations

import re
from datetime import datetime

from timeline.times.tokens import DAY, MONTH, Frame, Rule, Token, token

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("January", "Jan"), ("February", "Feb"), ("March", "Mar"), ("April", "Apr"), ("May",), ("June", "Jun"),
            ("July", "Jul"), ("August", "Aug"), ("September", "Sept", "Sep"), ("October", "Oct"), ("November", "Nov"),
            ("December", "Dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))


def read_stated(text: str) -> datetime | None:
    """Read an English date that carries its year; None for all others, since dateparser would invent the rest."""
    if not re.search(r"\b(?:19|20)\d\d\b", text):
        return None
    import dateparser  # a third of a second to import, and few pages have such dates

    found: datetime | None = dateparser.parse(
        text,
        languages=["en"],
        settings={
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["year", "month", "day"],
            "PREFER_DAY_OF_MONTH": "first",
            "RELATIVE_BASE": datetime(2000, 1, 1),
        },
    )
    return found


def _english(match: re.Match[str]) -> Token | None:
    month = _MONTHS[match["en_m"] or match["en_m2"]]
    day = match["en_d"] or match["en_d2"]
    year = match["en_y"] or match["en_y2"] or match["en_y3"]
    frame: Frame = {"month": month}
    if year:
        frame["year"] = int(year)
    if day:
        frame["day"] = int(day)
    last = match["en_e"] or match["en_e2"]
    if last:
        frame["end_day"] = int(last)
    elif year and day:
        stated = read_stated(match[0])
        if stated is None:
            return None
        frame |= {"year": stated.year, "month": stated.month, "day": stated.day}
    if not day and not year:
        return None
    return token(match, "date", DAY if day else MONTH, frame)


RULES = (
    # December 6 | Dec. 6-8, 2023 | 6 December 2023 | December 2023
    Rule(
        "english",
        rf"(?<![A-Za-z])(?:(?P<en_m>{_NAME})\.?[ ](?:(?P<en_d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)(?:[ ]?(?:-|to)[ ]?(?P<en_e>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)?(?![\d:]))?(?:,?[ ](?P<en_y>(?:19|20)\d\d)(?!\d))?"
        rf"|(?P<en_y3>(?:19|20)\d\d)(?!\d))"
        rf"|(?<!\d)(?P<en_d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?:[ ]?(?:-|to)[ ]?(?P<en_e2>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)?)?[ ](?:of[ ])?(?P<en_m2>{_NAME})\.?(?:,?[ ](?P<en_y2>(?:19|20)\d\d)(?!\d))?)(?![A-Za-z])",
        _english,
    ),
)
