"""Files of records in (.json, .jsonl, .csv); one page or Failure a record out, read line by line where the format allows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from timeline.errors import ReadError
from timeline.read.decode import decode, encoding_of
from timeline.read.fields import is_record
from timeline.read.pages import LONGEST_LINE, Options, Origin, page_from_record
from timeline.read.sources import Source, read_all
from timeline.records import Failure, RawPage

_SAMPLE = 8192
_WIDE_LIMIT = 64 * 2**20  # most bytes of a table in UTF-16, which has no lines of bytes
_LISTS = ("data", "items", "pages", "articles", "results", "records", "news", "docs", "list", "rows")

csv.field_size_limit(LONGEST_LINE)


def read_json_lines(source: Source, options: Options, *, before: int = 0) -> Iterator[RawPage | Failure]:
    """Read a record a line; a broken line is a Failure that names it, the others go on.

    `before` is how many lines of the file stand before the stream's first.
    """
    for number, line in enumerate(_lines(source), before + 1):
        where = f"{source.path}:{number}"
        if isinstance(line, int):
            yield Failure(
                where, f"line {number} has {line:,} bytes, {LONGEST_LINE:,} are allowed: split the record"
            )
            continue
        if not line.strip():
            continue
        if number == 1 and line.strip() in (b"[", b"{"):
            yield Failure(where, "it is JSON over several lines, not a record a line: name the file .json")
            return
        try:
            decoded = decode(line)
            record = _loads(decoded.text)
        except ReadError as error:
            yield Failure(where, f"line {number}: {error}")
            continue
        yield _page(
            record, where, Origin("jsonl", source.path, number - 1, encoding=decoded.encoding), options
        )


def read_json(source: Source, options: Options) -> Iterator[RawPage | Failure]:
    """Read one record, a list of records, or an object that holds such a list; lines of JSON too, whatever the ending."""
    content = read_all(source.stream, options.max_bytes)
    decoded = decode(content)
    try:
        value = _loads(decoded.text)
    except ReadError:
        head, _, rest = content.lstrip(b"\xef\xbb\xbf \r\n\t").partition(b"\n")
        if head.startswith(b"{") and head.rstrip().endswith(b"}") and rest.strip():
            yield from read_json_lines(Source(source.path, "jsonl", io.BytesIO(content)), options)
            return
        raise
    records = _records(value, options)
    if records is None:
        raise ReadError(
            "it holds no records: give an object with a text, a list of them, or name the field with --field"
        )
    for number, record in enumerate(records):
        yield _page(
            record,
            f"{source.path}#{number}",
            Origin("json", source.path, number, encoding=decoded.encoding),
            options,
        )


def read_csv(source: Source, options: Options) -> Iterator[RawPage | Failure]:
    """Read a table with a line of names; commas, semicolons and tabs are told apart by that line."""
    sample = source.stream.peek(_SAMPLE) if isinstance(source.stream, io.BufferedReader) else b""
    encoding = encoding_of(sample)
    text = _decoded_lines(source, encoding)
    header = next(text, "").lstrip("\ufeff")
    delimiter = max("\t,;", key=header.count)
    names = [name.strip(' "') for name in header.strip().split(delimiter)]
    rows = csv.reader(text, delimiter=delimiter)
    number = 0
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Failure(f"{source.path}:{rows.line_num + 1}", f"row {number + 1} is broken: {error}")
            return
        if row is None:
            return
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        where = f"{source.path}:{rows.line_num + 1}"
        record = dict(zip(names, row, strict=False))
        yield _page(record, where, Origin("csv", source.path, number - 1, encoding=encoding), options)


def _decoded_lines(source: Source, encoding: str) -> Iterator[str]:
    """Decode a table's lines; one that is not in the file's encoding is judged by itself."""
    if encoding.startswith("utf-16"):
        yield from decode(read_all(source.stream, _WIDE_LIMIT)).text.splitlines(keepends=True)
    for number, line in enumerate(_lines(source), 1):
        if isinstance(line, int):
            raise ReadError(f"line {number} has {line:,} bytes, {LONGEST_LINE:,} are allowed: split it")
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            yield decode(line).text


def _page(record: Any, where: str, origin: Origin, options: Options) -> RawPage | Failure:
    if not isinstance(record, dict):
        return Failure(where, f"it is no record but a {type(record).__name__}: give an object with a text")
    try:
        return page_from_record(record, origin, options)
    except ReadError as error:
        return Failure(where, str(error))


def _records(value: Any, options: Options) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    if is_record(value) or options.fields:
        return [value]
    lists = [value[key] for key in _LISTS if isinstance(value.get(key), list)]
    lists += [v for v in value.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    return lists[0] if lists else [value]


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        raise ReadError(f"it is not JSON: {error.msg} at character {error.pos}") from error
    except RecursionError as error:
        raise ReadError("it is nested too deep to be a record") from error


def _lines(source: Source) -> Iterator[bytes | int]:
    """Give the lines of a stream; of a line longer than is allowed, its length only."""
    while line := source.stream.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        length = len(line)
        while not line.endswith(b"\n") and (line := source.stream.readline(LONGEST_LINE)):
            length += len(line)
        yield length
