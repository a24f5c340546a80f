"""What is said of an event, for readers: corrections, moments and a citation in, words out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.view.dates import describe_day
from api.view.links import origin, outside
from api.view.rows import Row
from api.view.texts import Texts
from timeline.chronology import Correction, ReviewCandidate

# 2024-05-18T09:30:00Z
_INSTANT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<minute>\d\d:\d\d)")
# Reports a citation quotes.
_MOST_CITED = 3


def describe_moment(value: str | None) -> str:
    """Write an ISO instant as a day and a minute in UTC; a dash where it is not known."""
    match = _INSTANT.match(value or "")
    return f"{match['day']} {match['minute']} UTC" if match else value or "—"


def tell_correction(correction: Correction, texts: Texts) -> str:
    """Say what a person set, in one clause."""
    value = correction.name or correction.value
    if correction.field == "verdict":
        return texts(f"tell.{correction.value}")
    if correction.field == "party":
        role = f"（{texts(f'role.{correction.role}')}）" if correction.role else ""
        return texts("tell.add" if correction.action == "add" else "tell.remove", value=f"{value}{role}")
    if value is None:
        return texts("tell.emptied", value=texts(f"field.{correction.field}"))
    if correction.field == "date":
        value = f"{describe_day(value, texts)} [{value}]"
    elif correction.field in ("type", "status"):
        value = texts(f"{correction.field}.{value}")
    return texts(f"tell.{correction.field}", value=value)


@dataclass(frozen=True, slots=True)
class Answers:
    """Dates that are possible for one and the same reason."""

    values: tuple[str, ...]
    reason: str


def group_answers(candidates: Sequence[ReviewCandidate]) -> tuple[Answers, ...]:
    """Put dates of one reason together, the best supported first."""
    values: dict[str, list[str]] = {}
    for one in candidates:
        values.setdefault(one.reason, []).append(one.value)
    return tuple(Answers(tuple(of), reason) for reason, of in values.items())


def cite(row: Row, permalink: str, texts: Texts) -> str:
    """Write the citation: title, date and how it is known, the quoted sources with their hash and place, the address.

    The hash of a page is that of its content, so that a reader can tell whether he has the same one.
    """
    event = row.event
    lines = [row.headline, f"{row.date.words} [{event.date.edtf or 'XXXX'}] {row.date.note}"]
    for source in event.sources[:_MOST_CITED]:
        where = [source.outlet or origin(source), source.published or texts("unknown")]
        if source.url and outside(source.url) and source.outlet:
            where.append(source.url)
        place = f"sha256:{source.page} [{source.sentence.start}–{source.sentence.end}]"
        lines += [f"“{source.sentence.text.strip()}”", f"— {', '.join(where)}, {place}"]
    return "\n".join([*lines, permalink])
