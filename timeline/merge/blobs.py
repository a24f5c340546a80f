"""Byte strings in, numbers out, and back: a file beside the workbench for what is fetched by its number alone.

A table would be read whole to give some thousand of millions of long rows; a file gives each where it lies.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

_BUFFER = 1 << 20


class Blobs:
    """Byte strings by number, 0 on, in a nameless file of a folder, which the last reference to it takes along."""

    def __init__(self, folder: str | Path) -> None:
        self._file = TemporaryFile(dir=folder, buffering=_BUFFER)  # noqa: SIM115
        self._ends = array("q", (0,))
        self._is_written = True

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, content: bytes) -> int:
        """Take a string in, and give its number."""
        self._file.write(content)
        self._ends.append(self._ends[-1] + len(content))
        self._is_written = False
        return len(self) - 1

    def __getitem__(self, number: int) -> bytes:
        """Give the string of a number; raises IndexError where there is none."""
        if not 0 <= number < len(self):
            raise IndexError(f"there is no string {number}")
        if not self._is_written:
            self._file.flush()
            self._is_written = True
        start, end = self._ends[number], self._ends[number + 1]
        return os.pread(self._file.fileno(), end - start, start)

    def __iter__(self) -> Iterator[bytes]:
        return (self[number] for number in range(len(self)))
