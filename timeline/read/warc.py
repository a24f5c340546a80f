"""A WARC stream in; one page an HTML or text record out, record by record: memory does not grow with the file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from timeline.errors import ReadError
from timeline.read.decode import decode
from timeline.read.pages import Options, Origin, page_from_html, page_from_text
from timeline.read.sources import Source, read_all
from timeline.records import Declared, Failure, RawPage

_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_HTML = ("text/html", "application/xhtml+xml")
_PAGES = (*_HTML, "text/plain", "text/markdown")


def read_warc(source: Source, options: Options) -> Iterator[RawPage | Failure]:
    """Read the responses, resources and converted texts (WET) of a crawl; pictures, redirects and errors are left out.

    The url is the record's target, its date the declared `fetched`. A record that breaks is a Failure, the others go on.
    """
    number = pages = -1
    records = ArchiveIterator(source.stream, record_types=_TYPES, auto_decode="all", strict_mode=False)
    while True:
        try:
            record = next(records, None)
        except (ValueError, OSError, EOFError, zlib.error) as error:
            yield Failure(f"{source.path}#{number + 1}", f"the archive breaks off: {error}")
            return
        if record is None:
            break
        number += 1
        if _is_page(record):
            pages += 1
            yield _page(record, f"{source.path}#{number}", Origin("warc", source.path, number), options)
    if pages < 0:
        yield Failure(source.path, f"it holds no page of HTML or text ({number + 1} responses)")


def _is_page(record: WarcRecord) -> bool:
    if record.is_http and record.http_headers:
        status = record.http_headers.status_code or 200
        return 200 <= status < 300 and (record.http_content_type or "text/html").lower() in _PAGES
    return _content_type(record) in _PAGES


def _content_type(record: WarcRecord) -> str:
    return str(record.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _page(record: WarcRecord, where: str, origin: Origin, options: Options) -> RawPage | Failure:
    try:
        content = read_all(cast(BinaryIO, record.reader), options.max_bytes)
        decoded = decode(content, declared=record.http_charset if record.is_http else None)
        whole = Origin(
            origin.format,
            origin.path,
            origin.index,
            url=str(record.headers.get("WARC-Target-URI", "")).strip("<> ") or None,
            source_id=record.record_id,
            declared=tuple(_declared(record)),
        )
        kind = record.http_content_type if record.is_http else _content_type(record)
        build = page_from_html if (kind or _HTML[0]).lower() in _HTML else page_from_text
        return build(decoded, whole, options, content=content)
    except (ReadError, ValueError, OSError, EOFError, zlib.error) as error:
        return Failure(where, str(error) or "the record cannot be read")


def _declared(record: WarcRecord) -> Iterator[Declared]:
    fetched = record.headers.get("WARC-Date")
    if fetched:
        yield Declared("fetched", fetched, "warc[WARC-Date]")
    modified = record.http_last_modified if record.is_http and record.http_headers else None
    if modified:
        yield Declared("modified", modified.isoformat(), "http[Last-Modified]")
