"""Paths, streams and strings in, RawPages and Failures out: the text as it was read and what its source declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from timeline.read.decode import Decoded
from timeline.read.files import read_source
from timeline.read.pages import Options, Origin, page_from_html, page_from_text
from timeline.read.sources import list_files, open_sources
from timeline.read.stretches import Stretch, cut_lines
from timeline.read.stretches import read_stretch as read_lines
from timeline.records import Declared, Failure, RawPage

__all__ = ["Stretch", "cut_lines", "list_files", "read_pages", "read_stretch", "read_text"]


def read_pages(
    paths: Iterable[str | Path],
    *,
    published: str | None = None,
    fields: Mapping[str, str] | None = None,
    max_bytes: int = 64 * 2**20,
    stdin: BinaryIO | None = None,
) -> Iterator[RawPage | Failure]:
    """Read every page the paths name: files, folders (sorted, without hidden files), archives, "-" for `stdin`.

    Formats are told by the ending, or by the content where there is none. `published` is a date given for every page;
    `fields` maps our field names to the records' own ({"text": "body"}). Nothing is raised for a source that cannot be
    read: it gives a Failure with what was seen and what to do, and the others go on. Line ends are kept as they are.
    """
    options = Options(published=published, fields=dict(fields or {}), max_bytes=max_bytes)
    for source in open_sources(paths, stdin=stdin):
        if isinstance(source, Failure):
            yield source
        else:
            yield from read_source(source, options)


def read_stretch(
    stretch: Stretch, *, published: str | None = None, fields: Mapping[str, str] | None = None
) -> Iterator[RawPage | Failure]:
    """Read the pages of some lines of a file, as `read_pages` gives them for the whole file.

    Raises OSError where the file cannot be read.
    """
    return read_lines(stretch, Options(published=published, fields=dict(fields or {})))


def read_text(
    text: str,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    source_id: str | None = None,
    is_html: bool = False,
) -> RawPage:
    """Make a page of a string, with what the caller knows of it declared as given.

    Raises ReadError for a text without a visible character.

    >>> read_text("5月18日，甲乙签约。", published="2024-05-18").declared[0].value
    '2024-05-18'
    """
    declared = (Declared("title", title, "given"),) if title else ()
    origin = Origin("html" if is_html else "text", url=url, source_id=source_id, declared=declared)
    build = page_from_html if is_html else page_from_text
    return build(Decoded(text, "utf-8"), origin, Options(published=published))
