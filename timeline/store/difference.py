"""What is to be and what is: ids with digests in, the fresh, the changed and the gone out, each with its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Table, select

T = TypeVar("T")
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """The ids to insert, to update and to delete; `numbers` has every id that stays or comes."""

    fresh: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    touched: frozenset[str]
    numbers: Mapping[str, int]
    gone_numbers: list[int]


def compare(connection: Connection, table: Table, wanted: Mapping[str, str]) -> Difference:
    """Compare wanted digests with a table's; fresh ids get numbers above all that are taken."""
    known: dict[str, tuple[int, str]] = {}
    for row in connection.execute(select(table.c.id, table.c.number, table.c.digest)):
        known[row.id] = (row.number, row.digest)
    fresh = tuple(key for key in wanted if key not in known)
    changed = tuple(key for key, digest in wanted.items() if key in known and known[key][1] != digest)
    gone = tuple(key for key in known if key not in wanted)
    numbers = {key: number for key, (number, _) in known.items() if key in wanted}
    last = max((number for number, _ in known.values()), default=0)
    numbers.update((key, last + i) for i, key in enumerate(fresh, 1))
    return Difference(
        fresh, changed, gone, frozenset((*fresh, *changed)), numbers, [known[key][0] for key in gone]
    )


def in_batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut into stretches that one statement takes."""
    for at in range(0, len(rows), _BATCH):
        yield rows[at : at + _BATCH]
