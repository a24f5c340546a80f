"""Events as flat text: one JSON object a line, or one CSV row an event; an unknown year stays XXXX and its days empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from timeline.chronology import Event

COLUMNS = (
    "id", "type", "status", "edtf", "from", "to", "date_text", "date_reason", "title", "theme", "place", "adcode",
    "organizations", "persons", "amount", "currency", "headline", "confidence", "sources", "reprints", "outlet",
    "url", "path", "sentence", "conflicts",
)  # fmt: skip


def render_jsonl(events: Iterable[Event]) -> Iterator[str]:
    """Give one JSON object a line, as the API does."""
    for event in events:
        yield event.model_dump_json() + "\n"


def render_csv(events: Iterable[Event]) -> Iterator[str]:
    """Give a header and one row an event; several names stand in one cell as `name (role)`, joined by `; `.

    A cell that a spreadsheet would take for a formula is led by an apostrophe.
    Source: OWASP, CSV Injection.
    """
    yield csv_line(COLUMNS)
    for event in events:
        yield csv_line(_cells(event))


def csv_line(cells: Iterable[object]) -> str:
    """Write one row as RFC 4180 does, guarded against formulas."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([_guard(cell) for cell in cells])
    return buffer.getvalue()


def _guard(cell: object) -> str:
    if cell is None:
        return ""
    text = str(cell)
    return (
        "'" + text
        if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not isinstance(cell, int | float)
        else text
    )


def _cells(event: Event) -> list[object]:
    first = event.sources[0] if event.sources else None
    return [
        event.id, event.type, event.status, event.date.edtf, event.date.from_, event.date.to,
        event.date.text, event.date.reason, event.title, event.theme,
        event.place.name if event.place else None, event.place.adcode if event.place else None,
        "; ".join(f"{o.name} ({o.role})" for o in event.organizations),
        "; ".join(" ".join(filter(None, (p.name, p.title))) for p in event.persons),
        event.amount.value if event.amount else None, event.amount.currency if event.amount else None,
        "true" if event.headline else "false", event.confidence,
        len(event.sources), sum(source.is_reprint for source in event.sources),
        first.outlet if first else None, first.url if first else None, first.path if first else None,
        first.sentence.text if first else None, "; ".join(event.conflicts),
    ]  # fmt: skip
