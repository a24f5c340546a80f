"""Periods: quarters, halves, seasons, parts of years, centuries, decades, and what is vague about now; frames to days."""

from __future__ import annotations

from datetime import date, timedelta

from timeline.edtf import Edtf, Point
from timeline.times.calendars import add_months, quarter_of
from timeline.times.context import Context, Reach
from timeline.times.years import Frame, about, days_value, has_year, nothing, year_and_month, year_of

_YEAR_PARTS = {
    "begin": (1, 2),
    "end": (11, 12),
    "middle": (6, 7),
    "start": (1, 1),
    "half1": (1, 6),
    "half2": (7, 12),
}
_DECADE_PARTS = {"begin": (0, 2), "middle": (3, 6), "end": (7, 9)}
_CENTURY_PARTS = {"begin": (0, 1), "middle": (4, 6), "end": (8, 9)}


def century_reach(frame: Frame, context: Context) -> Reach:
    """Resolve a century or decade, or a part of one."""
    if "century" in frame:
        base = (int(frame["century"]) - 1) * 100
        reason, uses = "stated in full", False
    elif "century_offset" in frame or context.year is not None:
        if context.year is None:
            base = 1900 if "decade" in frame else -1
        else:
            base = context.year // 100 * 100 + 100 * int(frame.get("century_offset", 0))
            if "century_offset" not in frame and base + int(frame["decade"]) > context.year + 10:
                base -= 100
        reason, uses = f"the century counted from {context.anchor}", True
    else:
        base, reason, uses = 1900, "the decade of the last century", False
    if base < 0:
        return nothing("counted from an unknown century")
    low = base
    if "decade" in frame:
        low = base + int(frame["decade"])
    part = frame.get("decade_part")
    if "last_decade" in frame:
        value = Edtf.of_range(Edtf.of_parts(low), Edtf.of_parts(low + 10 + 9))
        return days_value(about(value), reason, uses_reference=uses)
    if part is None and "decade" in frame:
        return days_value(Edtf(Point(f"{low // 10:03d}X")), reason, uses_reference=uses)
    if part is None:
        return days_value(Edtf(Point(f"{low // 100:02d}XX")), reason, uses_reference=uses)
    scale = 1 if "decade" in frame else 10
    first, last = (_DECADE_PARTS if scale == 1 else _CENTURY_PARTS)[str(part)]
    value = Edtf.of_range(
        Edtf.of_parts(max(1, low + first * scale)), Edtf.of_parts(low + (last + 1) * scale - 1)
    )
    return days_value(about(value), reason, uses_reference=uses)


def part_of_year_reach(frame: Frame, context: Context) -> Reach:
    """Resolve a quarter, half, season or part of a year."""
    year, why, uses = year_of(frame, context)
    if "quarter_offset" in frame or "quarters_next" in frame:
        return _quarter_word(frame, context)
    if year is None and not has_year(frame):
        year, why = _year_of_part(frame, context)
        uses = year is not None
    text = "XXXX" if year is None else f"{year:04d}"
    if "season" in frame:
        return days_value(Edtf(Point(text, str(frame["season"]))), f"the season; {why}", uses_reference=uses)
    if "quarter" in frame:
        return _quarter(frame, text, why, uses)
    part = str(frame["year_part"])
    if part == "whole":
        return (
            days_value(Edtf(Point(text)), why, uses_reference=uses)
            if year
            else nothing("a year that is not known")
        )
    if part == "turn":
        if year is None:
            return nothing("the turn of an unknown year")
        low = year if context.month is None or context.month >= 7 else year - 1
        value = about(Edtf.of_range(Edtf.of_parts(low, 12), Edtf.of_parts(low + 1, 1)))
        return days_value(value, f"the turn of the year; {why}", uses_reference=True)
    first, last = _YEAR_PARTS[part]
    if part in ("half1", "half2"):
        return days_value(
            Edtf(Point(text, "40" if part == "half1" else "41")), f"a half year; {why}", uses_reference=uses
        )
    if first == last:
        return days_value(
            Edtf.parse(f"{text}-{first:02d}~"), f"{part} of the year; {why}", uses_reference=uses
        )
    value = about(Edtf.parse(f"{text}-{first:02d}/{text}-{last:02d}"))
    return days_value(value, f"{part} of the year; {why}", uses_reference=uses)


def _year_of_part(frame: Frame, context: Context) -> tuple[int | None, str]:
    told = context.told
    if (
        told is not None
        and told.year
        and context.is_told_in_sentence
        and told.is_year_stated
        and told.month is None
    ):
        return told.year, f"the year of the date before it ({told.year})"
    if context.year is None:
        return None, "no year is known"
    return context.year, f"the year of {context.anchor}"


def _quarter(frame: Frame, year: str, why: str, uses: bool) -> Reach:
    first, last = int(frame["quarter"]), int(frame.get("end_quarter", frame["quarter"]))
    if "quarter_part" in frame:
        month = 3 * first if frame["quarter_part"] == "end" else 3 * first - 2
        return days_value(
            Edtf.parse(f"{year}-{month:02d}"),
            f"{frame['quarter_part']} of the quarter; {why}",
            uses_reference=uses,
        )
    value = (
        Edtf.parse(f"{year}-{32 + first}")
        if first == last
        else Edtf.parse(f"{year}-{3 * first - 2:02d}/{year}-{3 * last:02d}")
    )
    return days_value(value, f"the quarter; {why}", uses_reference=uses)


def _quarter_word(frame: Frame, context: Context) -> Reach:
    if context.today is None:
        return nothing("counted from an unknown quarter")
    start = date(context.today.year, 3 * quarter_of(context.today) - 2, 1)
    if "quarters_next" in frame:
        count = int(frame["quarters_next"])
        last = add_months(start, 3 * count + 2)
        value = Edtf.of_range(
            Edtf.of_parts(*year_and_month(add_months(start, 3))), Edtf.of_parts(*year_and_month(last))
        )
        return days_value(value, f"the quarters after {context.anchor}", uses_reference=True)
    moved = add_months(start, 3 * int(frame["quarter_offset"]))
    if "quarter_part" in frame:
        month = moved if frame["quarter_part"] == "begin" else add_months(moved, 2)
        return days_value(
            Edtf.of_parts(*year_and_month(month)),
            f"the quarter counted from {context.anchor}",
            uses_reference=True,
        )
    value = Edtf(Point(f"{moved.year:04d}", str(32 + quarter_of(moved))))
    return days_value(value, f"the quarter counted from {context.anchor}", uses_reference=True)


def recent_reach(frame: Frame, context: Context) -> Reach:
    """Resolve 近日 and 近年来: about then, before the reference."""
    reason = f"shortly before {context.anchor}"
    if "recent_years" in frame:
        if context.year is None:
            return nothing("some years before an unknown day")
        value = Edtf.of_range(
            Edtf.of_parts(context.year - int(frame["recent_years"])), Edtf.of_parts(context.year)
        )
        reach = days_value(about(value), f"the years before {context.anchor}", uses_reference=True)
        first = add_months(context.today, -12 * int(frame["recent_years"])) if context.today else reach.first
        return Reach(
            reach.edtf, first, context.last_day or reach.last, reason=reach.reason, uses_reference=True
        )
    if context.today is None:
        if context.year is None:
            return nothing("shortly before an unknown day")
        value = Edtf.of_parts(context.year, context.month)
        return days_value(about(value), reason, uses_reference=True)
    value = about(Edtf.of_day(context.today))
    first = context.today - timedelta(days=int(frame["recent"]))
    return Reach(value, first, context.today, reason=reason, uses_reference=True)


def now_reach(frame: Frame, context: Context) -> Reach:
    """Resolve 现在 and 即日起."""
    if context.today is None:
        return nothing("the day of speaking is not known")
    value = Edtf.of_day(context.last_day or context.today)
    if "from_now" in frame:
        return Reach(
            Edtf.of_range(value, None),
            context.today,
            None,
            reason=f"from {context.anchor} on",
            uses_reference=True,
        )
    return Reach(
        value, context.today, context.today, context.moment, context.moment, "the day of speaking", True
    )
