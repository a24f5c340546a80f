"""From sources to a stored chronology: read, run, link, store; preview() stops before the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from timeline.edtf import Edtf
from timeline.errors import EdtfError, ReadError, UsageError
from timeline.extract import extract_page
from timeline.read import read_pages, read_text
from timeline.records import Extraction, Failure
from timeline.run import run

if TYPE_CHECKING:
    from timeline.store import Store

LARGEST_PAGE = 64 * 2**20  # bytes of one page, unless the caller says otherwise
_BATCH = 200  # pages written in one go: small enough to lose little, large enough to be quick


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: `page` is the page's id, null where the source gave none; `reason` says why it was skipped."""

    source: str
    source_id: str | None
    page: str | None
    outcome: Literal["extracted", "ingested", "unchanged", "skipped"]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did: pages new and known, sources that gave none, and the chronology's size afterwards."""

    ingested: int
    unchanged: int
    failures: tuple[Failure, ...]
    events: int
    organizations: int


def preview(
    paths: Iterable[str | Path],
    *,
    published: str | None = None,
    workers: int = 0,
    fields: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    max_bytes: int = LARGEST_PAGE,
) -> Iterator[Extraction | Failure]:
    """Extract the pages of files, folders and "-" (`stdin`) without storing anything, in order.

    `fields` maps our names of a record's fields to the records' own ({"text": "body"}).

    Raises UsageError for a `published` that is no EDTF date.
    """
    check_date(published)
    pages = read_pages(paths, published=published, fields=fields, stdin=stdin, max_bytes=max_bytes)
    return run(pages, workers=workers)


def preview_text(
    text: str,
    *,
    published: str | None = None,
    url: str | None = None,
    title: str | None = None,
    is_html: bool = False,
) -> Extraction:
    """Extract one text; raises ReadError when it is blank and UsageError when `published` is no EDTF date."""
    check_date(published)
    if not text.strip():
        raise ReadError("the text is empty: give the page's text or HTML")
    return extract_page(read_text(text, url=url, title=title, published=published, is_html=is_html))


def ingest(
    paths: Iterable[str | Path],
    *,
    database: str,
    published: str | None = None,
    workers: int = 0,
    fields: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    max_bytes: int = LARGEST_PAGE,
    on_page: Callable[[Extraction | Failure], None] | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> IngestReport:
    """Store the pages of files and folders and link them with all pages stored before.

    `on_page` is called once a page as it is done, for a progress bar; `on_outcome` once a page when its batch is
    written, in order, for a manifest. Pages are stored in batches as they come, the chronology
    once at the end: an ingest that is cut off is taken up by running it again.

    Raises StoreError when the database cannot be reached or written, UsageError for a bad `published`.
    """
    # here, not above: preview() must not wait for the database's libraries
    from timeline.store import count, open_store

    with open_store(database) as store:
        writer = _Writer(store, on_outcome or _say_nothing)
        for result in preview(
            paths,
            published=published,
            workers=workers,
            fields=fields,
            stdin=stdin,
            max_bytes=max_bytes,
        ):
            writer.add(result)
            if on_page is not None:
                on_page(result)
        writer.flush()
        relink(store)
        counts = count(store)
    return IngestReport(
        writer.ingested, writer.unchanged, tuple(writer.failures), counts.events, counts.organizations
    )


def relink(store: Store, *, at: str | None = None) -> None:
    """Link what waits in a store with all its pages; `at` (ISO 8601, UTC) is written beside each change.

    Raises StoreError when the database cannot be read or written.
    """
    from timeline.merge import link_store

    link_store(store, at=at)


def describe(result: Extraction | Failure, written: set[str] | None = None) -> Outcome:
    """Say what became of an input; `written` holds the ids of the pages that were new to the store, if there was one."""
    if isinstance(result, Failure):
        return Outcome(result.source, None, None, "skipped", result.reason)
    page = result.findings
    source = page.path or page.url or page.source_id or page.id
    if written is None:
        return Outcome(source, page.source_id, page.id, "extracted")
    return Outcome(source, page.source_id, page.id, "ingested" if page.id in written else "unchanged")


def check_date(published: str | None) -> None:
    """Raise UsageError where `published` is given and no EDTF date."""
    if published is None:
        return
    try:
        Edtf.parse(published)
    except EdtfError as error:
        raise UsageError(f"published must be a date such as 2023-12-08: {error}") from error


class _Writer:
    """Write results to the store a batch at a time, and count what became of them."""

    def __init__(self, store: Store, on_outcome: Callable[[Outcome], None]) -> None:
        self._store, self._on_outcome = store, on_outcome
        self._batch: list[Extraction | Failure] = []
        self.ingested = self.unchanged = 0
        self.failures: list[Failure] = []

    def add(self, result: Extraction | Failure) -> None:
        self._batch.append(result)
        if isinstance(result, Failure):
            self.failures.append(result)
        if len(self._batch) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        from timeline.store import save_extractions

        report = save_extractions(self._store, [r for r in self._batch if isinstance(r, Extraction)])
        self.ingested += report.ingested
        self.unchanged += report.unchanged
        written = set(report.written)
        for result in self._batch:
            self._on_outcome(describe(result, written))
        self._batch.clear()


def _say_nothing(outcome: Outcome) -> None:
    """Stand in where nobody asks what became of each input."""
