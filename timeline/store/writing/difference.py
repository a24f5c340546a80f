"""What is to be and what is: ids with digests in, the fresh, the changed and the gone out, each with its number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Table, func, select

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


def compare(
    connection: Connection, table: Table, wanted: Mapping[str, str], scope: Collection[str] | None = None
) -> Difference:
    """Compare wanted digests with a table's; fresh ids get numbers above all that are taken.

    Of the rows that are not wanted only those of the ids in `scope` are gone, or all where that is None.
    """
    known: dict[str, tuple[int, str]] = {}
    query = select(table.c.id, table.c.number, table.c.digest)
    if scope is None:
        queries = [query]
    else:
        queries = [query.where(table.c.id.in_(b)) for b in in_batches(sorted({*wanted, *scope}))]
    for one in queries:
        for row in connection.execute(one):
            known[row.id] = (row.number, row.digest)
    fresh = tuple(key for key in wanted if key not in known)
    changed = tuple(key for key, digest in wanted.items() if key in known and known[key][1] != digest)
    gone = tuple(key for key in known if key not in wanted)
    numbers = {key: number for key, (number, _) in known.items() if key in wanted}
    last = connection.execute(select(func.max(table.c.number))).scalar() or 0
    numbers.update((key, last + i) for i, key in enumerate(fresh, 1))
    return Difference(
        fresh, changed, gone, frozenset((*fresh, *changed)), numbers, [known[key][0] for key in gone]
    )


def in_batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut into stretches that one statement takes."""
    for at in range(0, len(rows), _BATCH):
        yield rows[at : at + _BATCH]
