"""Times of day: a day with 上午, 8点半 or 18:30 to the minutes it spans; hours over 24 belong to the next day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from timeline.times.words import entries


def has_clock(frame: Mapping[str, int | str]) -> bool:
    """Say whether a frame names a time of day."""
    return "hour" in frame or "part" in frame


def clock_span(day: date, frame: Mapping[str, int | str]) -> tuple[datetime, datetime]:
    """Give the first and last minute (inclusive) of a time of day.

    >>> clock_span(date(2021, 6, 9), {"part": "下午", "hour": 3})
    (datetime.datetime(2021, 6, 9, 15, 0), datetime.datetime(2021, 6, 9, 15, 59))
    """
    midnight = datetime.combine(day, time())
    part = entries("daypart").get(str(frame.get("part", "")))
    if "hour" not in frame:
        low, high = (int(part.get("from")), int(part.get("to"))) if part else (0, 24)
        return midnight + timedelta(hours=low), midnight + timedelta(hours=high, minutes=-1)
    hour = int(frame["hour"])
    if hour == 24:  # 24时 is the last minute of its day
        return midnight + timedelta(hours=23, minutes=59), midnight + timedelta(hours=23, minutes=59)
    if part is not None:
        hour = _hour_in(hour, int(part.get("from")), int(part.get("to")))
    begins = midnight + timedelta(hours=hour, minutes=int(frame.get("minute", 0)))
    if "minute" in frame:
        return begins, begins
    return begins, begins + timedelta(minutes=59)


def _hour_in(hour: int, low: int, high: int) -> int:
    """Place an hour of a twelve-hour clock in its part of the day."""
    if low == 0:  # 凌晨, and 全天, which changes nothing
        return 0 if hour == 12 and high < 12 else hour
    if low >= 12 and 6 <= hour < 12:
        return hour + 12
    if low >= 18 and hour == 12:
        return 24
    if 11 <= low < 18 and hour < 6:
        return hour + 12
    return hour
