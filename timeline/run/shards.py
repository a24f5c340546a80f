"""A portion of the input in, its shard written: a pure function of the input, the caller's options, rules and model."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from timeline.errors import StoreError
from timeline.read import read_pages, read_stretch
from timeline.records import Extraction, Failure, RawPage
from timeline.run.folder import FORMAT, shard_path, write_shard, write_whole
from timeline.run.pages import extract_or_fail
from timeline.run.portions import Portion

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Recipe:
    """What all shards of a run share: the folder they go to, the rules they are made by, what the caller said of the pages."""

    out: str
    rules: str
    published: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    max_bytes: int = 64 * 2**20


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What is in a shard: its name (null where it was lost), what it was made of, its pages and events, and what gave no page."""

    shard: str | None
    source: str
    size: int
    pages: int
    events: int
    failures: tuple[Failure, ...]
    is_new: bool = True

    def to_json(self) -> dict[str, Any]:
        """Give the manifest's line: the same whenever and wherever the shard was made."""
        values = asdict(self)
        del values["is_new"]
        return values


def make_shard(recipe: Recipe, portion: Portion) -> ShardReport:
    """Extract a portion's pages into its shard, unless that is there, and say what it holds.

    Raises StoreError where the shard cannot be written.
    """
    folder = Path(recipe.out)
    name = name_shard(recipe, portion)
    beside = folder / "reports" / f"{name}.json"
    if shard_path(folder, name).exists() and beside.exists():
        return _read_report(beside)
    counts = _Counts()
    try:
        with write_shard(folder, name) as write:
            for page in _pages(recipe, portion):
                result = extract_or_fail(page)
                counts.add(result)
                if isinstance(result, Extraction):
                    write(result)
            report = ShardReport(
                name, portion.name, portion.size, counts.pages, counts.events, tuple(counts.failures)
            )
            # the report comes first: where there is a shard there is its report
            write_whole(beside, json.dumps(report.to_json(), ensure_ascii=False).encode())
    except OSError as error:
        raise StoreError(f"cannot write to {folder}: {error.strerror or error}") from error
    return report


def name_shard(recipe: Recipe, portion: Portion) -> str:
    """Give the hash of all that a shard depends on: format, rules, options, and each file's path and content."""
    stretch = portion.stretch
    said = [FORMAT, recipe.rules, recipe.published, recipe.fields, recipe.max_bytes]
    where = [stretch.start, stretch.end, stretch.before] if stretch else None
    content = [(path, _digest(path, portion)) for path in portion.files]
    return hashlib.sha256(json.dumps([said, where, content]).encode()).hexdigest()[:32]


def report_lost(portion: Portion, reason: str) -> ShardReport:
    """Report a portion that gave no shard."""
    return ShardReport(None, portion.name, portion.size, 0, 0, (Failure(portion.name, reason),))


class _Counts:
    """Count what a shard holds, as it is written."""

    def __init__(self) -> None:
        self.pages = self.events = 0
        self.failures: list[Failure] = []

    def add(self, result: Extraction | Failure) -> None:
        if isinstance(result, Failure):
            self.failures.append(result)
        else:
            self.pages += 1
            self.events += len(result.findings.events)


def _pages(recipe: Recipe, portion: Portion) -> Iterator[RawPage | Failure]:
    fields = dict(recipe.fields)
    if portion.stretch is not None:
        return read_stretch(portion.stretch, published=recipe.published, fields=fields)
    return read_pages(portion.files, published=recipe.published, fields=fields, max_bytes=recipe.max_bytes)


def _digest(path: str, portion: Portion) -> str | None:
    """Hash the content of a file, or of the portion's stretch of it; None where it cannot be read, which reading will report."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            left = portion.size if portion.stretch else os.path.getsize(path)
            file.seek(portion.stretch.start if portion.stretch else 0)
            while left > 0 and (block := file.read(min(left, _BLOCK))):
                left -= len(block)
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()


def _read_report(path: Path) -> ShardReport:
    values = json.loads(path.read_bytes())
    failures = tuple(Failure(**failure) for failure in values.pop("failures"))
    return replace(ShardReport(**values, failures=failures), is_new=False)
