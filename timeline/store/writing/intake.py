"""Shards' lines in, pages stored: what save_extractions() does, for a million pages that were extracted elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection, select

from timeline.chronology import SaveReport
from timeline.errors import ReadError
from timeline.store.connect import Store
from timeline.store.loading import insert_rows
from timeline.store.revisions import grow, hold
from timeline.store.rows import Row, found_mention_row, found_page_row
from timeline.store.tables import MENTIONS, PAGES
from timeline.store.writing.evidence import await_linking
from timeline.store.writing.save import forget

_BATCH = 1000
_FINDINGS = b',"findings":'


def save_lines(store: Store, lines: Iterable[bytes]) -> SaveReport:
    """Store the pages of a shard, {"text", "findings"} a line as JSON, in transactions of a thousand pages.

    A page that is there already, word for word, is left alone; `written` is not told, for there may be millions.

    Raises ReadError for a line that is no extraction, StoreError when the database refuses.
    """
    ingested = unchanged = 0
    waiting = iter(lines)
    while batch := list(islice(waiting, _BATCH)):
        pages = {row["id"]: (row, mentions) for row, mentions in map(_read, batch)}
        with store.write() as connection:
            hold(connection, "pages")
            written = _save(connection, pages)
        ingested += written
        unchanged += len(batch) - written
    return SaveReport(ingested=ingested, unchanged=unchanged)


def _save(connection: Connection, pages: dict[str, tuple[Row, list[Row]]]) -> int:
    query = select(PAGES.c.id, PAGES.c.digest).where(PAGES.c.id.in_(pages))
    known = {row.id: row.digest for row in connection.execute(query)}
    changed = [key for key in sorted(pages) if known.get(key) != pages[key][0]["digest"]]
    if changed:
        forget(connection, [key for key in changed if key in known])
        insert_rows(connection, PAGES, [pages[key][0] for key in changed])
        insert_rows(connection, MENTIONS, [row for key in changed for row in pages[key][1]])
        await_linking(connection, "page", changed)
        grow(connection, "pages")
    return len(changed)


def _read(line: bytes) -> tuple[Row, list[Row]]:
    try:
        page = orjson.loads(line)
        found: dict[str, Any] = page["findings"]
        # the findings as they stand in the line: the same characters as an ingest would write
        record = line[line.index(_FINDINGS) + len(_FINDINGS) : line.rindex(b"}")].decode()
        mentions = [found_mention_row(found["id"], i, mention) for i, mention in enumerate(found["events"])]
        return found_page_row(page["text"], found, found["published"]["edtf"], record), mentions
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError(f"not a line of a shard: {line[:60]!r}…: {error}") from error
