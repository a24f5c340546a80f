"""Sources in, portions out: which pages make one shard, told from the names and sizes of files and from line ends alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from timeline.read import Stretch, cut_lines, list_files

# Endings of files that hold one page each; any other file may hold many and makes a shard of its own.
_ONE_PAGE = (".txt", ".text", ".html", ".htm", ".shtml", ".xhtml", ".md", ".markdown")
_LARGEST = 64 * 2**20  # bytes of small files that go into one shard


@dataclass(frozen=True, slots=True)
class Portion:
    """The input of one shard: whole files in order, or some lines of one; `size` is in bytes."""

    files: tuple[str, ...]
    size: int
    stretch: Stretch | None = None

    @property
    def name(self) -> str:
        """Name the portion for a person."""
        if self.stretch is not None:
            return f"{self.stretch.path} from line {self.stretch.before + 1}"
        return self.files[0] if len(self.files) == 1 else f"{self.files[0]} … {self.files[-1]}"


def plan(sources: Iterable[str | Path], *, per_shard: int = 1000) -> list[Portion]:
    """Share files and folders out among shards: `per_shard` pages of small files or lines of a JSONL file each.

    A file of another kind that may hold many pages (archive, feed, table) is one shard.
    """
    portions: list[Portion] = []
    small: list[tuple[str, int]] = []
    for path in list_files(dict.fromkeys(map(str, sources))):
        size = _size(path)
        if path.lower().endswith(_ONE_PAGE):
            if len(small) == per_shard or sum(s for _, s in small) + size > _LARGEST:
                portions += _together(small)
                small = []
            small.append((path, size))
            continue
        portions += _together(small)
        small = []
        portions += _parts(path, size, per_shard)
    return portions + list(_together(small))


def _together(files: list[tuple[str, int]]) -> Iterator[Portion]:
    if files:
        yield Portion(tuple(path for path, _ in files), sum(size for _, size in files))


def _parts(path: str, size: int, per_shard: int) -> list[Portion]:
    try:
        stretches = cut_lines(path, per_shard)
    except OSError:  # reading it will say what is wrong
        stretches = []
    if len(stretches) < 2:
        return [Portion((path,), size)]
    return [Portion((path,), s.end - s.start, s) for s in stretches]


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0
