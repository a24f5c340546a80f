"""All uses of names on a workbench in; which are one body, the bodies with their names, and the pairs judged, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from timeline.chronology import Judgement
from timeline.link import (
    OWN,
    Bodies,
    Body,
    Facts,
    NamePair,
    find_seat,
    fullest,
    group_names,
    judge_names,
    make_body,
    name_code,
    order_pair,
    short_stems,
    show,
    shown_name,
    split_key,
)
from timeline.merge.workbench import Workbench
from timeline.store import PairRow

_COMPANY = """
    CREATE TABLE company AS SELECT DISTINCT u.code, u.type, coalesce(s.stem, v.key) AS partner FROM uses u
    JOIN uses v ON v.report = u.report AND v.code <> u.code LEFT JOIN stems s ON s.code = v.code
    WHERE u.type IS NOT NULL AND u.code IN (SELECT short FROM pairs UNION SELECT "full" FROM pairs)
"""
_PARTNERS = """
    SELECT p.short, p."full", min(x.partner) FROM pairs p JOIN company x ON x.code = p.short
    JOIN company y ON y.code = p."full" AND y.type = x.type AND y.partner = x.partner GROUP BY p.short, p."full"
"""
_BESIDE = """
    SELECT DISTINCT p.short, p."full" FROM pairs p JOIN uses a ON a.code = p.short
    JOIN uses b ON b.code = p."full" AND b.{where} = a.{where} WHERE {told}
"""


class NamesInBulk:
    """The names of all uses on a workbench: table `uses` (code, key, report, page, name, type, times), table `acronyms`.

    `judged` are the pairs of keys that the rules judged, `bodies` what each key means.
    """

    def __init__(self, bench: Workbench, verdicts: Sequence[Judgement]) -> None:
        self._bench = bench
        keys = {key for (key,) in bench.rows("SELECT DISTINCT key FROM uses")}
        self.judged = self._judge(keys)
        same = [(p.score, p.short, p.full) for p in self.judged if p.verdict == "same"]
        self._groups = group_names(same, verdicts, keys)
        joined = {key: fullest(group) for group in self._groups for key in group}
        seats = {}
        grouped = {key for group in self._groups for key in group}
        for group in (*self._groups, *((key,) for key in keys if key not in grouped)):
            seat = find_seat(group, keys, joined)
            if seat is not None:
                seats[fullest(group)] = seat
        self.bodies = Bodies(joined, seats)

    def all_bodies(self) -> Iterator[Body]:
        """Give every body with its names, in the order of their own keys."""
        filler = self._bench.table("joined", key="str", body="str")
        for key, body in self.bodies.joined.items():
            filler.add(key, body)
        filler.flush()
        query = """
            SELECT coalesce(j.body, u.key) AS body, u.key, u.name, sum(u.times) FROM uses u LEFT JOIN joined j ON j.key = u.key
            GROUP BY ALL ORDER BY body
        """
        for _, rows in groupby(self._bench.rows(query), key=itemgetter(0)):
            counts: Counter[str] = Counter()
            keys = set()
            for _, key, name, times in rows:
                counts[name] += int(times)
                keys.add(key)
            yield make_body(frozenset(keys), counts)

    def judgements(self) -> tuple[list[PairRow], list[Judgement]]:
        """Give the judged pairs as they are kept, and as they are shown."""
        names: dict[str, list[str]] = defaultdict(list)
        query = 'SELECT DISTINCT key, name FROM uses WHERE code IN (SELECT short FROM pairs UNION SELECT "full" FROM pairs)'
        for key, name in self._bench.rows(query):
            names[key].append(name)
        shown = {key: shown_name(key, names[key]) for p in self.judged for key in (p.short, p.full)}
        rows = [
            PairRow(
                name_code(p.short),
                name_code(p.full),
                p.verdict == "same",
                p.score,
                shown[p.short],
                shown[p.full],
            )
            for p in self.judged
        ]
        return rows, [show(pair, shown) for pair in self.judged]

    def _judge(self, keys: Collection[str]) -> list[NamePair]:
        self._find_pairs(keys)
        bench = self._bench
        bench.run(_COMPANY)
        partners = {(short, full): partner for short, full, partner in bench.rows(_PARTNERS)}
        together = set(bench.rows(_BESIDE.format(where="report", told="a.type IS NOT NULL")))
        on_page = set(bench.rows(_BESIDE.format(where="page", told="TRUE")))
        pairs = {}
        for short, full, short_key, full_key in bench.rows(
            'SELECT short, "full", short_key, full_key FROM pairs'
        ):
            pair = (short, full)
            pairs[short_key, full_key] = Facts(partners.get(pair), pair in together, pair in on_page)
        return judge_names(pairs)

    def _find_pairs(self, keys: Collection[str]) -> None:
        """Fill table `pairs` with the pairs worth a judgement: names of one stem, short names of others, acronyms of a page."""
        bench = self._bench
        stems = bench.table("stems", code="int", key="str", stem="str", legal="str")
        shorts = bench.table("shorts", code="int", key="str", legal="str", short="str")
        for key in keys:
            if OWN not in key:
                name, code = split_key(key), name_code(key)
                stems.add(code, key, name.stem, name.legal)
                for short in short_stems(name.stem):
                    shorts.add(code, key, name.legal, short)
        stems.flush()
        shorts.flush()
        found = bench.table("pairs", short="int", full="int", short_key="str", full_key="str")
        alike = "SELECT a.key, b.key FROM stems a JOIN stems b ON b.stem = a.stem AND a.code < b.code"
        every = {order_pair(*pair) for pair in bench.rows(alike)}
        parts = """
            SELECT s.key, f.key FROM shorts f JOIN stems s ON s.stem = f.short AND (s.legal = '' OR s.legal = f.legal)
        """
        every.update(bench.rows(parts))
        every.update(bench.rows("SELECT DISTINCT short, long FROM acronyms"))
        for short, full in every:
            found.add(name_code(short), name_code(full), short, full)
        found.flush()
