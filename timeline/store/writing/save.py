"""Pages in, rows out: each page whole or not at all; a page that is there already, word for word, is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, insert, select

from timeline.chronology import SaveReport
from timeline.records import Extraction, PageFindings
from timeline.store.connect import Store
from timeline.store.revisions import grow, hold
from timeline.store.rows import mention_row, page_row
from timeline.store.tables import MENTIONS, PAGES
from timeline.store.writing.evidence import await_linking

_BATCH = 200


def save_extractions(store: Store, extractions: Sequence[Extraction]) -> SaveReport:
    """Write pages with their findings, in transactions of some hundred pages; the same page twice changes nothing.

    A page whose id is known with other findings (new rules) takes the new ones.

    Raises StoreError when the database refuses; what was reported by an earlier call stays written.
    """
    by_id = {extraction.findings.id: extraction for extraction in extractions}
    waiting = [by_id[key] for key in sorted(by_id)]
    written: list[str] = []
    for at in range(0, len(waiting), _BATCH):
        written += _save_batch(store, waiting[at : at + _BATCH])
    return SaveReport(
        ingested=len(written), unchanged=len(extractions) - len(written), written=tuple(written)
    )


def load_findings(store: Store) -> Iterator[PageFindings]:
    """Read every page's findings, by id."""
    with store.read() as connection:
        yield from iterate_findings(connection)


def iterate_findings(connection: Connection) -> Iterator[PageFindings]:
    """Read every page's findings within a transaction."""
    query = select(PAGES.c.findings).order_by(PAGES.c.id)
    for row in connection.execute(query, execution_options={"yield_per": 500}):
        yield PageFindings.model_validate_json(row.findings)


def _save_batch(store: Store, extractions: Sequence[Extraction]) -> list[str]:
    rows = {extraction.findings.id: page_row(extraction) for extraction in extractions}
    with store.write() as connection:
        hold(connection, "pages")
        query = select(PAGES.c.id, PAGES.c.digest).where(PAGES.c.id.in_(rows))
        known: dict[str, str] = {row.id: row.digest for row in connection.execute(query)}
        changed = [e for e in extractions if known.get(e.findings.id) != rows[e.findings.id]["digest"]]
        if changed:
            forget(connection, [e.findings.id for e in changed if e.findings.id in known])
            connection.execute(insert(PAGES), [rows[e.findings.id] for e in changed])
            mentions = [
                mention_row(e.findings.id, i, mention)
                for e in changed
                for i, mention in enumerate(e.findings.events)
            ]
            if mentions:
                connection.execute(insert(MENTIONS), mentions)
            await_linking(connection, "page", [e.findings.id for e in changed])
            grow(connection, "pages")
    return [extraction.findings.id for extraction in changed]


def forget(connection: Connection, pages: list[str]) -> None:
    """Delete pages with their mentions."""
    if pages:
        connection.execute(delete(MENTIONS).where(MENTIONS.c.page.in_(pages)))
        connection.execute(delete(PAGES).where(PAGES.c.id.in_(pages)))
