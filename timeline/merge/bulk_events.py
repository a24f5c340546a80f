"""Slim reports of all pages on a workbench in; the pairs that do not differ and the components they tie together out."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt

from timeline.chronology import Judgement
from timeline.link import (
    BLOCK_CAP,
    WINDOW,
    Report,
    Slim,
    compare,
    hash_key,
    judge_pair,
    report_blocks,
    report_days,
    widen,
)
from timeline.merge.components import find_components
from timeline.merge.workbench import Workbench

_CHUNK = 200_000  # pairs whose reports are looked up in one go
_ROWS = 2_000_000  # of blocks that are paired in one go
_UNKNOWN = -1
Numbers = npt.NDArray[np.int64]

# days that cannot both be, of reports that are not called alike, decide alone: such pairs are not looked at
_FIT = "(a.low < 0 OR a.high < 0 OR b.low < 0 OR b.high < 0 OR (a.high >= b.low AND b.high >= a.low) OR (a.name >= 0 AND a.name = b.name))"
_SLICE = """
    CREATE OR REPLACE TABLE members AS SELECT key, day, n, code, low, high, name
    FROM blocks JOIN slims USING (n) WHERE key % {slices} = {slice}
"""
# counted behind a DISTINCT of its own: count(DISTINCT) of millions of groups does not fit in any memory
_SIZES = """
    CREATE OR REPLACE TABLE sizes AS SELECT key, count(*) AS size
    FROM (SELECT DISTINCT key, n FROM members) GROUP BY key HAVING count(*) > 1
"""
_SMALL = f"""
    INSERT INTO paired WITH small AS (
        SELECT DISTINCT key, n, low, high, name FROM members JOIN sizes USING (key) WHERE size <= {BLOCK_CAP}
    )
    SELECT DISTINCT a.n, b.n FROM small a JOIN small b ON b.key = a.key AND a.n < b.n WHERE {_FIT}
"""
_LARGE = f"""
    INSERT INTO paired WITH large AS (
        SELECT key, day, n, low, high, name, row_number() OVER (PARTITION BY key, day ORDER BY code) AS place,
               count(*) OVER (PARTITION BY key, day) AS many
        FROM members JOIN sizes USING (key) WHERE size > {BLOCK_CAP}
    )
    SELECT DISTINCT least(a.n, b.n), greatest(a.n, b.n) FROM large a JOIN large b
    ON b.key = a.key AND b.day = a.day AND b.place > a.place AND (a.many <= {BLOCK_CAP} OR b.place <= a.place + {WINDOW})
    WHERE {_FIT}
"""


class EventsInBulk:
    """Reports by number (0 on), what is compared of each kept on a workbench."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._slims = bench.table(
            "slims", n="int", code="int", low="int", high="int", name="int", slim="bytes"
        )
        self._blocks = bench.table("blocks", key="int", day="int", n="int")
        self._found = bench.blobs()
        self._order = self._labels = np.zeros(0, dtype=np.int64)
        self._ties: dict[str, Numbers] = {}
        self.count = 0

    def add(self, slim: Slim) -> int:
        """Take a report in, and give its number."""
        report, n = widen(slim), self.count
        low, high = report.window
        name = (
            hash_key((report.name.key,)) if report.name is not None and report.name.is_telling else _UNKNOWN
        )
        days = report_days(report)
        self._slims.add(
            n,
            report.code,
            _UNKNOWN if low is None else low,
            _UNKNOWN if high is None else high,
            name,
            marshal.dumps(tuple(slim)),
        )
        for key in report_blocks(report):
            for day in days:
                self._blocks.add(key, day, n)
        self.count += 1
        return n

    def compare(self) -> int:
        """Fill table `edges` (left, right, is_same, found) and table `unsure` (record); give the number of pairs looked at.

        `found` is the number of what the comparison found.
        """
        self._slims.flush()
        self._blocks.flush()
        bench = self._bench
        self._pair_up()
        edges = bench.table("edges", left="int", right="int", is_same="bool", found="int")
        unsure = bench.table("unsure", record="str")
        for one, other, left, right in self._pairs():
            found = compare(one, other)
            if found.verdict != "different":
                packed = marshal.dumps((found.score, found.verdict, found.reasons, found.is_conflict))
                edges.add(left, right, found.verdict == "same", self._found.add(packed))
            if found.verdict == "unsure":
                unsure.add(judge_pair(one, other, found).model_dump_json())
        edges.flush()
        unsure.flush()
        return int(bench.value("SELECT count(*) FROM candidates"))

    def find_components(self, further: Iterable[tuple[int, int]]) -> None:
        """Find what pairs of the verdict "same", and further ones, lead to."""
        ties: dict[str, Numbers] = self._bench.arrays(
            'SELECT "left", "right", found FROM edges WHERE is_same'
        )
        more = np.array(list(further), dtype=np.int64).reshape(-1, 2)
        left = np.concatenate([ties["left"], more[:, 0]])
        right = np.concatenate([ties["right"], more[:, 1]])
        labels = find_components(self.count, left, right)
        self._order = np.argsort(labels, kind="stable")
        self._labels = labels[self._order]
        own = labels[ties["left"]]
        order = np.argsort(own, kind="stable")
        self._ties = {"label": own[order], **{name: column[order] for name, column in ties.items()}}

    def components(self, size: int) -> Iterator[tuple[list[int], list[tuple[int, int, bytes]]]]:
        """Give whole components, together of about so many reports: their numbers, and the pairs that tie them (left, right, found)."""
        start, labels, ties = 0, self._labels, self._ties
        while start < self.count:
            last = labels[min(start + size, self.count) - 1]
            end = int(np.searchsorted(labels, last, side="right"))
            low = np.searchsorted(ties["label"], labels[start], side="left")
            high = np.searchsorted(ties["label"], last, side="right")
            pairs = zip(*(ties[name][low:high].tolist() for name in ("left", "right", "found")), strict=True)
            yield (
                self._order[start:end].tolist(),
                [(left, right, self._found[found]) for left, right, found in pairs],
            )
            start = end

    def unsure(self) -> Iterator[Judgement]:
        """Give the judgements over pairs that may be one event."""
        for (record,) in self._bench.rows("SELECT record FROM unsure"):
            yield Judgement.model_validate_json(record)

    def _pair_up(self) -> None:
        """Fill table `candidates` with the pairs worth comparing, as pair_block() gives them, some of the blocks at a time."""
        bench = self._bench
        bench.table("paired", left="int", right="int")
        slices = int(bench.value("SELECT count(*) FROM blocks")) // _ROWS + 1
        for number in range(slices):
            bench.run(_SLICE.format(slices=slices, slice=number))
            for statement in (_SIZES, _SMALL, _LARGE):
                bench.run(statement)
        bench.run('CREATE TABLE candidates AS SELECT DISTINCT "left", "right" FROM paired')
        bench.run("DROP TABLE paired; DROP TABLE members; DROP TABLE sizes")

    def _pairs(self) -> Iterator[tuple[Report, Report, int, int]]:
        """Give the candidates with their reports, some at a time, the report of the lower key first."""
        rows = self._bench.rows('SELECT "left", "right" FROM candidates ORDER BY "left", "right"')
        while chunk := list(islice(rows, _CHUNK)):
            slims = self._read({n for pair in chunk for n in pair})
            last, mine = -1, None
            for left, right in chunk:
                if mine is None or left != last:
                    last, mine = left, _widen(slims[left])
                one, other = mine, _widen(slims[right])
                yield (one, other, left, right) if one.key < other.key else (other, one, left, right)

    def _read(self, numbers: set[int]) -> dict[int, bytes]:
        return dict(self._bench.find("n, slim", "slims", "n", "int", numbers))


def _widen(slim: bytes) -> Report:
    return widen(Slim(*marshal.loads(slim)))
