"""Slim reports of all pages on a workbench in; the pairs that do not differ and the components they tie together out."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np

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

_READ = 1 << 12  # reports that are kept read
_UNKNOWN = -1

# days that cannot both be, of reports that are not called alike, decide alone: such pairs are not looked at
_FIT = "(a.low < 0 OR a.high < 0 OR b.low < 0 OR b.high < 0 OR (a.high >= b.low AND b.high >= a.low) OR (a.name >= 0 AND a.name = b.name))"
_SMALL = f"""
    WITH wanted AS (SELECT key FROM blocks GROUP BY key HAVING count(DISTINCT n) BETWEEN 2 AND {BLOCK_CAP}),
    members AS (SELECT DISTINCT key, n FROM blocks JOIN wanted USING (key))
    SELECT x.n AS "left", y.n AS "right" FROM members x JOIN members y ON y.key = x.key AND x.n < y.n
"""
_PARTS = f"""
    CREATE TABLE parts AS
    WITH large AS (SELECT key FROM blocks GROUP BY key HAVING count(DISTINCT n) > {BLOCK_CAP})
    SELECT key, day, n, row_number() OVER (PARTITION BY key, day ORDER BY code) AS place,
           count(*) OVER (PARTITION BY key, day) AS size
    FROM blocks JOIN large USING (key) JOIN slims USING (n)
"""
_LARGE = f"""
    SELECT least(x.n, y.n) AS "left", greatest(x.n, y.n) AS "right" FROM parts x JOIN parts y
    ON y.key = x.key AND y.day = x.day AND y.place > x.place AND (x.size <= {BLOCK_CAP} OR y.place <= x.place + {WINDOW})
"""

_CANDIDATES = """
    SELECT "left", "right", a.slim, b.slim FROM candidates JOIN slims a ON a.n = "left" JOIN slims b ON b.n = "right"
"""


class EventsInBulk:
    """Reports by number (0 on), what is compared of each kept on a workbench."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._slims = bench.table(
            "slims", n="int", code="int", low="int", high="int", name="int", slim="bytes"
        )
        self._blocks = bench.table("blocks", key="int", day="int", n="int")
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
        """Fill table `edges` (left, right, is_same, found) and table `unsure` (record); give the number of pairs looked at."""
        self._slims.flush()
        self._blocks.flush()
        bench = self._bench
        bench.run(_PARTS)
        bench.run(
            f'CREATE TABLE candidates AS SELECT DISTINCT "left", "right" FROM ({_SMALL} UNION ALL {_LARGE}) '
            f'JOIN slims a ON a.n = "left" JOIN slims b ON b.n = "right" WHERE {_FIT}'
        )
        edges = bench.table("edges", left="int", right="int", is_same="bool", found="bytes")
        unsure = bench.table("unsure", record="str")
        for one, other, left, right in self._pairs():
            found = compare(one, other)
            if found.verdict != "different":
                packed = marshal.dumps((found.score, found.verdict, found.reasons, found.is_conflict))
                edges.add(left, right, found.verdict == "same", packed)
            if found.verdict == "unsure":
                unsure.add(judge_pair(one, other, found).model_dump_json())
        edges.flush()
        unsure.flush()
        return int(bench.value("SELECT count(*) FROM candidates"))

    def find_components(self, further: Iterable[tuple[int, int]]) -> None:
        """Fill table `components` (n, label): what pairs of the verdict "same", and further ones, lead to."""
        found = self._bench.arrays('SELECT "left", "right" FROM edges WHERE is_same')
        more = np.array(list(further), dtype=np.int64).reshape(-1, 2)
        left = np.concatenate([found["left"], more[:, 0]])
        right = np.concatenate([found["right"], more[:, 1]])
        labels = find_components(self.count, left, right)
        self._bench.table("components", n="int", label="int")
        self._bench.insert("components", {"n": np.arange(self.count, dtype=np.int64), "label": labels})

    def unsure(self) -> Iterator[Judgement]:
        """Give the judgements over pairs that may be one event."""
        for (record,) in self._bench.rows("SELECT record FROM unsure"):
            yield Judgement.model_validate_json(record)

    def _pairs(self) -> Iterator[tuple[Report, Report, int, int]]:
        """Give the candidates with their reports, the report of the lower key first."""
        for left, right, mine, theirs in self._bench.rows(_CANDIDATES):
            one, other = _read(mine), _read(theirs)
            yield (one, other, left, right) if one.key < other.key else (other, one, left, right)


@lru_cache(maxsize=_READ)
def _read(slim: bytes) -> Report:
    return widen(Slim(*marshal.loads(slim)))
