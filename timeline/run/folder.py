"""A run's folder: extractions in, DIR/shards/NAME.jsonl.zst out and in again, each written whole or not at all.

A shard is zstd-compressed UTF-8, one JSON object a line, one line a page: {"text": the raw text, "findings": the object
that `timeline extract` prints}, in the order of the input. DIR/manifest.jsonl names the shards of the last run that was
finished, a line each: {"shard", "source", "size", "pages", "events", "failures": [{"source", "reason"}]}; DIR/reports/
holds the same line for each shard. DIR/partial/ holds what a killed process left behind and can be deleted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from timeline.errors import ReadError, UsageError
from timeline.records import Extraction

FORMAT = "1"  # of a shard's lines; a change gives every shard another name
_LEVEL = 3
_BLOCK = 1 << 16  # bytes read at a time


def shard_path(folder: Path, name: str) -> Path:
    """Give the path of a shard."""
    return folder / "shards" / f"{name}.jsonl.zst"


def list_shards(folder: str | Path) -> list[Path]:
    """List the shards of a finished run in the order of its input.

    Raises ReadError where there is no manifest, which means that no run was finished there, or a shard is missing.
    """
    manifest = Path(folder) / "manifest.jsonl"
    try:
        lines = manifest.read_text("utf-8").splitlines()
    except OSError as error:
        raise ReadError(
            f"{manifest} cannot be read: run `timeline run … --out {folder}` to its end"
        ) from error
    names = [json.loads(line)["shard"] for line in lines]
    paths = [shard_path(Path(folder), name) for name in dict.fromkeys(names) if name]
    for path in paths:
        if not path.exists():
            raise ReadError(f"{path} is missing: run again with the same sources")
    return paths


def read_shard(path: str | Path) -> Iterator[Extraction]:
    """Read the extractions of a shard, one after another.

    Raises ReadError where the file is missing, damaged or cut off.
    """
    for line in read_shard_lines(path):
        yield Extraction.model_validate_json(line)


def read_shard_lines(path: str | Path) -> Iterator[bytes]:
    """Read the lines of a shard as JSON, for those who need only some fields of a page.

    Raises ReadError where the file is missing, damaged or cut off.
    """
    zstandard = _zstandard()
    reader = zstandard.ZstdDecompressor().decompressobj()
    rest = b""
    try:
        with open(path, "rb") as file:
            while block := file.read(_BLOCK):
                *lines, rest = (rest + reader.decompress(block)).split(b"\n")
                yield from lines
    except (OSError, zstandard.ZstdError) as error:
        raise ReadError(f"{path} cannot be read as a shard: {error}; delete it and run again") from error
    if rest or not reader.eof:
        raise ReadError(f"{path} breaks off before its end: delete it and run again")


@contextmanager
def write_shard(folder: Path, name: str) -> Iterator[Callable[[Extraction], None]]:
    """Open a shard for writing; it appears under its name when all is written, and not at all when anything fails."""
    compressor = _zstandard().ZstdCompressor(level=_LEVEL, write_checksum=True)
    with _written_whole(shard_path(folder, name)) as part, part.open("wb") as file:
        with compressor.stream_writer(file, closefd=False) as stream:

            def write(extraction: Extraction) -> None:
                stream.write(extraction.model_dump_json(by_alias=True).encode() + b"\n")

            yield write
        file.flush()
        os.fsync(file.fileno())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    with _written_whole(path) as part:
        part.write_bytes(content)


@contextmanager
def _written_whole(path: Path) -> Iterator[Path]:
    """Give a path to write to, which becomes `path` when the caller is done without an error."""
    folder = path.parent if path.parent.name not in ("shards", "reports") else path.parent.parent
    part = folder / "partial" / f"{path.name}.{os.uname().nodename}.{os.getpid()}"
    part.parent.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _zstandard() -> ModuleType:
    try:
        import zstandard
    except ImportError as error:
        raise UsageError('shards need zstandard: pip install "dashiji[scale]"') from error
    return zstandard
