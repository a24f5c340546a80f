"""Paths, folders, archives and standard input in; one open stream after another out, each with its name and format."""

from __future__ import annotations

import gzip
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, cast

from timeline.errors import ReadError
from timeline.records import Failure

Kind = Literal["txt", "html", "md", "json", "jsonl", "csv", "feed", "warc"]
_KINDS: dict[str, Kind] = {
    ".txt": "txt",
    ".text": "txt",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".md": "md",
    ".markdown": "md",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
    ".warc": "warc",
}
_README = re.compile(
    r"README(?:[.\w-]*)", re.IGNORECASE
)  # README.md, readme.zh-CN.txt: about the folder, no page
_PEEK = 4096
_BLOCK = 1 << 20
_NESTED = 256 * 2**20  # most bytes of an archive that cannot be read in place


@dataclass(frozen=True, slots=True)
class Source:
    """An open stream of one format; `path` is a file's path, a member of an archive follows an exclamation mark."""

    path: str
    kind: Kind
    stream: BinaryIO


def open_sources(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[Source | Failure]:
    """Open what the paths name, one after another; each stream is closed when the next is asked for.

    Folders are walked through, sorted, without hidden files and READMEs. Archives (.zip, .gz) give their members. A path that
    gives nothing is a Failure with the reason.
    """
    for path in paths:
        name = str(path)
        if name == "-":
            yield from _open_stdin(stdin)
        elif "://" in name:
            yield Failure(name, "it is an address, not a file: save the page first")
        elif os.path.isdir(name):
            yield from _open_folder(name)
        else:
            yield from _guarded(name, partial(_open_file, name))


def list_files(paths: Iterable[str | Path]) -> Iterator[str]:
    """Give the files that the paths name, unopened, in the order in which they are read: folders are walked through."""
    for path in paths:
        name = str(path)
        if not os.path.isdir(name):
            yield name
            continue
        files = iter(_walk(name))
        first = next(files, None)
        yield name if first is None else first  # an empty folder is named too: reading it says so
        yield from files


def read_all(stream: BinaryIO, limit: int) -> bytes:
    """Read a stream to its end.

    Raises ReadError where it is longer than `limit` bytes.
    """
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise ReadError(f"it is larger than {limit:,} bytes: split it, or raise TIMELINE_MAX_PAGE_BYTES")
    return content


def _open_stdin(stdin: BinaryIO | None) -> Iterator[Source | Failure]:
    if stdin is None:
        yield Failure("-", "there is no standard input here: name a file")
        return
    yield from _guarded("-", partial(_sources_in, "-", stdin))


def _open_folder(name: str) -> Iterator[Source | Failure]:
    found = False
    for path in _walk(name):
        found = True
        yield from _guarded(path, partial(_open_file, path))
    if not found:
        yield Failure(name, "the folder holds no files")


def _walk(name: str) -> Iterator[str]:
    for folder, folders, files in os.walk(name):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(f for f in files if not f.startswith(".") and not _README.fullmatch(f)):
            yield os.path.join(folder, file)


def _open_file(name: str) -> Iterator[Source | Failure]:
    if stat.S_ISREG(os.stat(name).st_mode) and not os.path.getsize(name):
        raise ReadError("it is empty: nothing to read")
    with open(name, "rb") as stream:
        yield from _sources_in(name, stream)


def _guarded(name: str, opened: Callable[[], Iterator[Source | Failure]]) -> Iterator[Source | Failure]:
    """Turn what goes wrong while opening into a Failure."""
    try:
        yield from opened()
    except ReadError as error:
        yield Failure(name, str(error))
    except FileNotFoundError:
        yield Failure(name, "no such file or folder")
    except (EOFError, UnicodeDecodeError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        yield Failure(name, f"the archive is broken: {error}")
    except (
        RuntimeError,
        NotImplementedError,
    ) as error:  # zipfile's words for a password and an unknown method
        yield Failure(name, f"the archive cannot be opened: {error}")
    except OSError as error:
        yield Failure(name, f"it cannot be opened: {error.strerror or error}")


def _sources_in(path: str, stream: BinaryIO, *, name: str | None = None) -> Iterator[Source | Failure]:
    """Give the stream itself, or what is packed in it; `name` tells the format where it is not the path's."""
    name = name or path
    buffered = _peekable(stream)
    head = buffered.peek(_PEEK)[:_PEEK]
    suffix = PurePosixPath(name.lower()).suffix
    if head.startswith(b"\x1f\x8b"):
        inner = name[:-3] if suffix == ".gz" else name
        yield from _sources_in(path, cast(BinaryIO, gzip.GzipFile(fileobj=buffered)), name=inner)
    elif head.startswith(b"PK\x03\x04") and suffix in (".zip", ""):
        yield from _members(path, buffered)
    else:
        yield Source(path, _kind(suffix, head), buffered)


def _members(name: str, stream: BinaryIO) -> Iterator[Source | Failure]:
    seekable = stream if stream.seekable() else io.BytesIO(read_all(stream, _NESTED))
    with _archive(seekable) as archive:
        members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda m: m.filename)
        members = [
            m for m in members if not any(p.startswith((".", "__MACOSX")) for p in m.filename.split("/"))
        ]
        if not members:
            raise ReadError("the archive holds no files")
        for member in members:
            path = f"{name}!{member.filename}"
            yield from _guarded(path, partial(_member, archive, member, path))


def _archive(stream: BinaryIO) -> zipfile.ZipFile:
    """Open an archive whose names are UTF-8, or of the old Chinese Windows, or of any other old system."""
    try:
        return zipfile.ZipFile(stream, metadata_encoding="gb18030")
    except UnicodeDecodeError:
        return zipfile.ZipFile(stream)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str) -> Iterator[Source | Failure]:
    if not member.file_size:
        raise ReadError("it is empty: nothing to read")
    with archive.open(member) as stream:
        yield from _sources_in(path, cast(BinaryIO, stream))


def _kind(suffix: str, head: bytes) -> Kind:
    """Name the format by the ending, or by how the content begins where the ending says nothing or plain text.

    Raises ReadError where neither tells.
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in (".txt", ".text") and start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if suffix in _KINDS:
        return _KINDS[suffix]
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")):
        return "html" if b"<html" in start else "feed"
    if start.startswith(b"warc/"):
        return "warc"
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<div", b"<meta")):
        return "html"
    if start.startswith(b"{"):
        return "jsonl"
    if start.startswith((b"[{", b"[\n", b"[ ", b"[\r\n")):
        return "json"
    if suffix in ("", ".-") or suffix[1:].isdigit() or not suffix[1:].isalnum():
        return "txt"
    raise ReadError(
        f"files of type {suffix} are not read: give .txt .html .md .json .jsonl .csv .xml .warc .zip or .gz"
    )


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast(io.RawIOBase, stream), _BLOCK)
