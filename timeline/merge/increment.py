"""What is new since the last linking in, and what it changes in the chronology out, reading no more than it can touch.

The answer is exactly that of linking all pages at once: names first, whose uses can change bodies; then the reports that
are new or whose bodies are, every report that shares a block with them, and every one tied to those.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from timeline.chronology import Event, Organization, Timeline
from timeline.link import (
    Bodies,
    Comparison,
    Edge,
    Known,
    Report,
    Telling,
    Trace,
    Use,
    compare,
    judge_pair,
    link_reports,
    name_code,
    read_outline,
    read_report,
    read_tellings,
    report_blocks,
    report_code,
    report_days,
    traces,
)
from timeline.merge.blocks import Blocks, PairsChange, settle_pairs
from timeline.merge.names import Changed, NamesChange, settle_names
from timeline.store import Dropped, Evidence, Kept, NameRow, Relinking, Scope, UseRow

Key = tuple[str, str]
Pair = tuple[int, int]
Found = tuple[Report, Report, Comparison]


def relink(evidence: Evidence) -> Relinking:
    """Link what waits with all that is kept."""
    return _Relinking(evidence).run()


class _Relinking:
    """One linking: what it has read so far."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        waiting = evidence.waiting()
        self._pages = frozenset(waiting.get("page", ()))
        self._said = waiting.get("verdict", ())
        self._verdicts = evidence.verdicts()
        self._before = evidence.reports_of_pages(self._pages)
        self._tellings: dict[int, Telling] = {}
        self._uses: list[Use] = []
        self._reports: dict[int, Report] = {}
        self._rows: dict[str, NameRow] = {}
        self._read_pages()

    def run(self) -> Relinking:
        """Do it, a step after the other."""
        evidence, fresh = self._evidence, set(self._tellings)
        before = evidence.uses_of_reports(self._before)
        names = settle_names(evidence, Changed(self._pages, before, self._uses, self._said), self._verdicts)
        self._rows = {row.key: row for row in names.rows}
        moved = evidence.reports_using(names.moved).keys() - self._before.keys()
        self._load({*fresh, *moved})
        after = {code: _blocks_of(self._reports[code]) for code in {*fresh, *moved}}
        pairs = settle_pairs(evidence, {*after, *self._before}, after)
        self._load({code for pair in pairs.pairs for code in pair})
        edges = self._compare(pairs.pairs)
        seeds = {*pairs.reports, *self._before, *evidence.reports_of_organizations(names.renamed)}
        reached = self._close(seeds | self._judged_reports(), edges)
        self._load(reached - (self._before.keys() - fresh))
        return self._settle(names, pairs, edges, reached, after)

    def _settle(
        self,
        names: NamesChange,
        pairs: PairsChange,
        edges: Mapping[Pair, Found],
        reached: set[int],
        after: Blocks,
    ) -> Relinking:
        """Make the events of all reports in reach, and say what they take the place of."""
        evidence, anew = self._evidence, pairs.reports | self._before.keys()
        stored = evidence.edges(reached | anew)
        kept = [
            pair
            for pair, is_same in stored.items()
            if is_same and anew.isdisjoint(pair) and reached.issuperset(pair)
        ]
        reports = [self._reports[code] for code in sorted(reached & self._reports.keys())]
        same = [found for found in edges.values() if found[2].verdict == "same"]
        events = evidence.events_of([*self._before.values(), *(report.key for report in reports)])
        organizations = self._organizations(reports, names)
        linked = link_reports(
            reports,
            organizations,
            self._known(events),
            edges=_place(reports, [*same, *(self._found(p) for p in kept)]),
        )
        unsure = [judge_pair(*found) for found in edges.values() if found[2].verdict == "unsure"]
        stale = self._shown([*kept, *(pair for pair in stored if not anew.isdisjoint(pair))])
        stale |= {(pair.left, pair.right) for pair in names.replaced}
        timeline = Timeline(
            organizations=tuple(names.organizations.values()), events=linked.events, partnerships=linked.partnerships,
            judgements=(*names.judgements, *linked.judgements, *unsure),
        )  # fmt: skip
        scope = Scope(frozenset(names.before), frozenset(event.id for event in events), frozenset(stale))
        dropped = Dropped(
            names={*names.gone, *(row.code for row in names.rows)},
            pairs={(pair.short, pair.full) for pair in (*names.replaced, *names.judged)},
            reports=set(self._before), blocks_of=set(after), edges_of=pairs.reports,
        )  # fmt: skip
        return Relinking(timeline, scope, self._kept(names, edges, after), dropped)

    def _kept(self, names: NamesChange, edges: Mapping[Pair, Found], after: Blocks) -> Kept:
        uses = use_rows(self._uses)
        reports = {use.report: (use.report, use.page, use.mention) for use in uses}
        for code, telling in self._tellings.items():
            if telling.page.id in self._pages:
                reports[code] = (code, telling.page.id, telling.mention.id)
        blocks = [
            (key, day, code) for code, keys in after.items() for key, days in keys.items() for day in days
        ]
        rows = [(left, right, found[2].verdict == "same") for (left, right), found in edges.items()]
        return Kept(names.rows, names.judged, list(reports.values()), uses, blocks, rows)

    def _read_pages(self) -> None:
        for findings in self._evidence.findings(self._pages).values():
            told = read_tellings(read_outline(findings))
            self._uses += told.uses
            self._tellings.update(
                (report_code(telling.page.id, telling.mention.id), telling) for telling in told.tellings
            )

    def _load(self, codes: Collection[int]) -> None:
        """Read reports that are wanted and were not read yet."""
        wanted = set(codes) - self._reports.keys()
        missing = self._evidence.reports(wanted - self._tellings.keys())
        for findings in self._evidence.findings({page for page, _ in missing.values()}).values():
            for telling in read_tellings(read_outline(findings)).tellings:
                code = report_code(telling.page.id, telling.mention.id)
                if code in missing:
                    self._tellings[code] = telling
        self._learn({key for code in wanted for key in _keys_of(self._tellings[code])})
        bodies = self._bodies()
        self._reports.update((code, read_report(self._tellings[code], bodies)) for code in wanted)

    def _learn(self, keys: set[str]) -> None:
        codes = {name_code(key) for key in keys - self._rows.keys()}
        self._rows.update((row.key, row) for row in self._evidence.names(codes).values())

    def _bodies(self) -> Bodies:
        rows = self._rows.values()
        seats = {row.body: row.actor for row in rows if row.actor is not None and row.actor != row.body}
        return Bodies({row.key: row.body for row in rows}, seats)

    def _compare(self, pairs: Iterable[Pair]) -> dict[Pair, Found]:
        found = {pair: self._found(pair) for pair in pairs}
        return {pair: one for pair, one in found.items() if one[2].verdict != "different"}

    def _found(self, pair: Pair) -> Found:
        one, other = sorted((self._reports[code] for code in pair), key=lambda report: report.key)
        return one, other, compare(one, other)

    def _judged_reports(self) -> set[int]:
        """Give the reports that new verdicts are about."""
        told = {report_code(*_split(said)) for said in self._said if "/" in said}
        return {code for code in told if code in self._tellings} | self._evidence.reports(told).keys()

    def _close(self, seeds: set[int], edges: Mapping[Pair, Found]) -> set[int]:
        """Find all reports that may be of one event with some, by any way over others."""
        beside: dict[int, set[int]] = defaultdict(set)
        same = [pair for pair, found in edges.items() if found[2].verdict == "same"]
        told = [
            (v.left, v.right)
            for v in self._verdicts
            if v.verdict == "same" and "/" in v.left and "/" in v.right
        ]
        for one, other in (*same, *((report_code(*_split(a)), report_code(*_split(b))) for a, b in told)):
            beside[one].add(other)
            beside[other].add(one)
        reached, fresh = set(seeds), set(seeds)
        while fresh:
            stored = self._evidence.reports(fresh)
            found = {
                code for pair, is_same in self._evidence.edges(fresh).items() if is_same for code in pair
            }
            found |= {report_code(*report) for report in self._evidence.reports_beside(stored)}
            found |= {code for one in fresh for code in beside[one]}
            fresh = found - reached
            # a verdict may speak of a report that is no more
            fresh = {c for c in fresh if c in self._tellings} | self._evidence.reports(fresh).keys()
            reached |= fresh
        return reached

    def _organizations(self, reports: Sequence[Report], names: NamesChange) -> dict[str, Organization]:
        bodies = {body for report in reports for body in report.parties}
        bodies |= {body for report in reports for tied, _ in report.ties for body in tied}
        rest = bodies - names.organizations.keys()
        self._learn(rest)
        stored = self._evidence.organizations({self._rows[body].organization for body in rest})
        return names.organizations | {body: stored[self._rows[body].organization] for body in rest}

    def _known(self, events: Sequence[Event]) -> Known:
        ids: dict[Trace, list[str]] = defaultdict(list)
        for event in events:
            for source in event.sources:
                for trace in traces(source):
                    ids[trace].append(event.id)
        own = {event.id for event in events}
        return Known({}, ids, self._verdicts, lambda asked: self._evidence.find_events(asked) - own)

    def _shown(self, pairs: Iterable[Pair]) -> set[Key]:
        """Give the two sides under which judgements over pairs of reports stand."""
        every = list(pairs)
        reports = self._evidence.reports({code for pair in every for code in pair})
        sides = (sorted((reports[left], reports[right])) for left, right in every)
        return {("/".join(left), "/".join(right)) for left, right in sides}


def use_rows(uses: Iterable[Use]) -> list[UseRow]:
    """Count the uses of a name in each report."""
    counted: Counter[tuple[str, str, str, str]] = Counter()
    types = {}
    for use in uses:
        counted[use.key, use.page, use.mention, use.name] += use.times
        types[use.page, use.mention] = use.type
    return [
        UseRow(name_code(key), report_code(page, mention), name, types[page, mention], times, page, mention)
        for (key, page, mention, name), times in counted.items()
    ]


def _place(reports: Sequence[Report], found: Iterable[Found]) -> list[Edge]:
    places = {report.code: i for i, report in enumerate(sorted(reports, key=lambda report: report.key))}
    return [Edge(places[one.code], places[other.code], comparison) for one, other, comparison in found]


def _blocks_of(report: Report) -> dict[int, list[int]]:
    return dict.fromkeys(report_blocks(report), report_days(report))


def _keys_of(telling: Telling) -> Iterator[str]:
    yield from telling.keys
    for tie in telling.ties:
        yield from tie.keys


def _split(subject: str) -> Key:
    page, _, mention = subject.rpartition("/")
    return page, mention
