"""An organisation's names with where they stand: its names and the reports of its events in, one row a name out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.answers import EventEvidence


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name, the first report that uses it, and how many of the reports looked at do."""

    name: str
    count: int
    page: str | None = None
    mention: str | None = None
    start: int | None = None
    text: str | None = None
    outlet: str | None = None


def list_names(names: Sequence[str], evidence: Iterable[EventEvidence]) -> tuple[NameRow, ...]:
    """Say of each name which report uses it; a name that no report looked at uses stands without one."""
    found: dict[str, NameRow] = {}
    counts = dict.fromkeys(names, 0)
    for one in evidence:
        for words in one.mention.organizations:
            if words.name not in counts:
                continue
            counts[words.name] += 1
            if words.name not in found:
                outlet = one.outlet or one.title
                found[words.name] = NameRow(
                    words.name, 0, one.page, one.mention.id, words.start, words.text, outlet
                )
    return tuple(
        NameRow(name, counts[name], row.page, row.mention, row.start, row.text, row.outlet)
        if (row := found.get(name))
        else NameRow(name, 0)
        for name in names
    )
