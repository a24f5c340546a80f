"""An open source in, its pages out: each format's reader, and those of the formats that hold one page a file."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from timeline.errors import ReadError
from timeline.read.decode import decode
from timeline.read.feed import read_feed
from timeline.read.pages import Options, Origin, page_from_html, page_from_text
from timeline.read.records import read_csv, read_json, read_json_lines
from timeline.read.sources import Kind, Source, read_all
from timeline.read.warc import read_warc
from timeline.records import Failure, RawPage

Reader = Callable[[Source, Options], Iterator[RawPage | Failure]]


def read_source(source: Source, options: Options) -> Iterator[RawPage | Failure]:
    """Read a source with its format's reader; what goes wrong on the way is one Failure."""
    is_empty = True
    try:
        for page in _READERS[source.kind](source, options):
            is_empty = False
            yield page
        if is_empty:
            yield Failure(source.path, "it holds no records: nothing to read")
    except ReadError as error:
        yield Failure(source.path, str(error))
    except (EOFError, zlib.error, OSError) as error:
        yield Failure(source.path, f"it breaks off or is damaged: {error}")


def _read_text_file(source: Source, options: Options) -> Iterator[RawPage | Failure]:
    content = read_all(source.stream, options.max_bytes)
    yield page_from_text(decode(content), Origin(source.kind, source.path), options, content=content)


def _read_html_file(source: Source, options: Options) -> Iterator[RawPage | Failure]:
    content = read_all(source.stream, options.max_bytes)
    yield page_from_html(decode(content), Origin("html", source.path), options, content=content)


_READERS: dict[Kind, Reader] = {
    "txt": _read_text_file,
    "md": _read_text_file,
    "html": _read_html_file,
    "json": read_json,
    "jsonl": read_json_lines,
    "csv": read_csv,
    "feed": read_feed,
    "warc": read_warc,
}
