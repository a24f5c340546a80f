"""Years as frames state or count them, and the two ways to end: a value with its days, or nothing with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from timeline.edtf import Edtf
from timeline.times.context import Context, Reach

Frame = Mapping[str, int | str]


def days_value(value: Edtf, reason: str, *, uses_reference: bool = False) -> Reach:
    low, high = value.bounds()
    return Reach(value, low, high, reason=reason, uses_reference=uses_reference)


def nothing(reason: str) -> Reach:
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
    return any(key in frame for key in ("year", "year_offset", "year_back"))


def year_and_month(day: date) -> tuple[int, int]:
    """Give the year and month of a day."""
    return day.year, day.month
