"""Years as frames state or count them, and the two ways to end: a value with its days, or nothing with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from timeline.edtf import Edtf, Qualifier
from timeline.times.context import Context, Reach

Frame = Mapping[str, int | str]


def days_value(value: Edtf, reason: str, *, uses_reference: bool = False) -> Reach:
    """Give a value with the days it spans."""
    if not value.is_year_known:
        value = value.in_months()  # EDTF has no season of an unknown year
    low, high = value.bounds()
    return Reach(value, low, high, reason=reason, uses_reference=uses_reference)


def qualified(value: Edtf, qualifier: Qualifier) -> Edtf:
    """Mark a value as about or uncertain where EDTF has a form for that: unknown digits say it already.

    >>> str(qualified(Edtf.parse("2021-33"), "?")), str(qualified(Edtf.parse("XXXX-06-09"), "~"))
    ('2021-01?/2021-03?', 'XXXX-06-09')
    """
    if any(
        "X" in f"{p.year}{p.month}{p.day}" and (p.year == "XXXX" or value.is_interval or p.month)
        for p in value.points
    ):
        return value
    return value.in_months().with_qualifier(qualifier)


def about(value: Edtf) -> Edtf:
    """Mark a value as about then."""
    return qualified(value, "~")


def nothing(reason: str) -> Reach:
    """Give no value, and say why."""
    return Reach(reason=reason)


def year_of(frame: Frame, context: Context) -> tuple[int | None, str, bool]:
    """Give the year a frame states or counts to, why, and whether the reference was needed."""
    if "year" in frame:
        return int(frame["year"]), "stated in full", False
    if "year_offset" in frame:
        if context.year is None:
            return None, "counted from an unknown year", True
        return context.year + int(frame["year_offset"]), f"the year counted from {context.anchor}", True
    if "year_back" in frame:
        told = context.told
        if told is not None and told.year is not None:
            return (
                told.year + int(frame["year_back"]),
                f"the year counted from the date before it ({told.year})",
                False,
            )
        if context.year is None:
            return None, "no date was told before it", True
        return (
            context.year + int(frame["year_back"]),
            f"no date was told before it; counted from {context.anchor}",
            True,
        )
    return None, "", False


def has_year(frame: Frame) -> bool:
    """Say whether a frame states or counts a year."""
    return any(key in frame for key in ("year", "year_offset", "year_back"))


def year_and_month(day: date) -> tuple[int, int]:
    """Give the year and month of a day."""
    return day.year, day.month
