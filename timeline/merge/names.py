"""Changed uses of names and what is kept of all others in; which bodies change by them, and how, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from timeline.chronology import Judgement, Organization
from timeline.link import (
    OWN,
    SHORTEST_SHORT,
    Body,
    Facts,
    Known,
    NamePair,
    Pair,
    Usage,
    Use,
    find_acronyms,
    find_seat,
    group_names,
    is_short,
    judge_names,
    longer_stems,
    make_body,
    name_code,
    name_organizations,
    order_acronym,
    order_pair,
    read_body_name,
    read_seat,
    read_seated,
    read_usages,
    short_stems,
    show,
    shown_name,
    split_key,
    weigh_facts,
)
from timeline.store import Evidence, NameRow, PairRow, UseRow, says_the_same


@dataclass(frozen=True, slots=True)
class Changed:
    """The uses of names on pages that are new, changed or gone: as they were, and as they are."""

    pages: frozenset[str]
    before: Sequence[UseRow]
    after: Sequence[Use]
    said: Collection[str] = ()


@dataclass(slots=True)
class NamesChange:
    """The bodies that may have changed, whole, with the pairs of names that were judged anew and those they replace.

    `before` are the organisations whose place these take, `rows` all names of theirs, `gone` the codes of names that
    nobody uses any more. `moved` are the codes of names that mean another actor than before, `renamed` the ids of
    organisations that were shown or found otherwise.
    """

    bodies: list[Body] = field(default_factory=list)
    organizations: dict[str, Organization] = field(default_factory=dict)
    before: dict[str, Organization] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    judged: list[PairRow] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    replaced: list[PairRow] = field(default_factory=list)
    rows: list[NameRow] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)


def settle_names(evidence: Evidence, changed: Changed, verdicts: Sequence[Judgement]) -> NamesChange:
    """Find the bodies that changed uses of names may change: the same as a census of all uses would give."""
    names = _Names(evidence, changed)
    pairs, replaced = names.find_pairs()
    judged = judge_names(pairs)
    groups = names.find_groups(judged, replaced, verdicts)
    bodies = names.make_bodies(groups)
    known = Known(names.owners(), find_alive=names.find_elsewhere)
    organizations = {
        body.key: Organization(id=id, name=body.name, names=body.names)
        for body, id in zip(bodies, name_organizations(bodies, known), strict=True)
    }
    judged_rows, judgements = names.render(judged)
    before = evidence.organizations(names.scope())
    rows = names.make_rows(bodies, organizations)
    after = {o.id: o for o in organizations.values()}
    return NamesChange(
        bodies, organizations, before, names.gone_codes(), judged_rows, judgements, replaced, rows,
        names.moved_codes(rows),
        {id for id, old in before.items() if id not in after or not says_the_same(old, after[id])},
    )  # fmt: skip


class _Names:
    """The names that changed uses reach, as they are known and as they will be."""

    def __init__(self, evidence: Evidence, changed: Changed) -> None:
        self._evidence, self._changed = evidence, changed
        self.known: dict[str, NameRow] = {}
        self._keys: dict[int, str] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._reached: set[str] = set()
        self._unlinked: dict[str, tuple[str]] = {}
        fresh = {use.key for use in changed.after} | {read_body_name(name).key for name in changed.said}
        self._learn({name_code(key) for key in fresh} | {use.key for use in changed.before})
        self.own = {self.key_of(use.key) for use in changed.before} | fresh
        self._count(self.own)
        self.dead = {key for key in self.own if not self._counts[key]}

    def key_of(self, code: int) -> str:
        """Give the key of a code that was learnt."""
        return self._keys[code]

    def gone_codes(self) -> set[int]:
        """Give the codes of the names that no page uses any more."""
        return {self.known[key].code for key in self.dead if key in self.known}

    def moved_codes(self, rows: Iterable[NameRow]) -> set[int]:
        """Give the codes of the known names among these that mean another actor now."""
        return {row.code for row in rows if row.key in self.known and self.known[row.key].actor != row.actor}

    def owners(self) -> dict[str, tuple[str]]:
        """Give the organisation that each name in reach belonged to."""
        owners = {key: (self.known[key].organization,) for key in self._reached if key in self.known}
        return owners | self._unlinked

    def scope(self) -> frozenset[str]:
        """Give the ids of the organisations that the names in reach belonged to."""
        return frozenset(id for ids in self.owners().values() for id in ids)

    def find_elsewhere(self, ids: Collection[str]) -> set[str]:
        """Say whether an id is that of an organisation which no name in reach leads to."""
        return self._evidence.find_organizations(ids) - self.scope()

    def find_pairs(self) -> tuple[dict[Pair, Facts], list[PairRow]]:
        """Give all pairs of each short name of which one may have changed, and what is kept of such names now."""
        found = set(self._find_alike())
        found.update(_acronyms_of_pages((row.page, self.key_of(row.key)) for row in self._changed.before))
        found.update(_acronyms_of_pages((use.page, use.key) for use in self._changed.after))
        stored = self._learn_pairs(self.own)
        shorts = {short for short, _ in found} | {self.key_of(pair.short) for pair in stored}
        stored = list({*stored, *self._learn_pairs(shorts)})
        kept = {(self.key_of(p.short), self.key_of(p.full)) for p in stored}
        found |= {(short, full) for short, full in kept if short in shorts}
        alive = [(short, full) for short, full in found if not {short, full} & self.dead]
        usages = self._usages({key for pair in alive for key in pair})
        facts = {(short, full): weigh_facts(usages[short], usages[full], full) for short, full in alive}
        replaced = [p for p in stored if self.key_of(p.short) in shorts or self.key_of(p.full) in self.dead]
        # an acronym counts on a page that has the full name, too
        return {p: told for p, told in facts.items() if told.is_on_page or not _is_acronym(p)}, replaced

    def find_groups(
        self,
        judged: Sequence[NamePair],
        replaced: Sequence[PairRow],
        verdicts: Sequence[Judgement],
    ) -> list[frozenset[str]]:
        """Give the groups of all names that those in hand are or were joined with, single ones too."""
        same = {(p.short, p.full): p.score for p in judged if p.verdict == "same"}
        said = [
            (read_body_name(v.left).key, read_body_name(v.right).key) for v in verdicts if v.verdict == "same"
        ]
        replaced_keys = {self.key_of(code) for pair in replaced for code in (pair.short, pair.full)}
        reached = self.own | replaced_keys | {key for pair in same for key in pair}
        self._reached = self._follow(reached, same, said, {(pair.short, pair.full) for pair in replaced})
        self._unlinked = self._find_unlinked(self.own - self.known.keys() - self.dead)
        alive = {key for key in self._reached - self.dead if key in self.own or key in self.known}
        edges = [(score, *pair) for pair, score in same.items() if alive.issuperset(pair)]
        groups = group_names(edges, verdicts, alive)
        grouped = {key for group in groups for key in group}
        return [*groups, *(frozenset((key,)) for key in alive - grouped)]

    def _follow(
        self,
        start: set[str],
        same: dict[Pair, float],
        said: Collection[Pair],
        replaced: Collection[tuple[int, int]],
    ) -> set[str]:
        """Give all names that some lead to: by the bodies they belong to, by pairs judged the same, by what persons said.

        Pairs that are kept as the same are added to `same`, but for those that are being replaced.
        """
        reached, fresh = set(start), set(start)
        while fresh:
            self._learn({name_code(key) for key in fresh})
            rows = self._evidence.names_of_bodies(
                {self.known[key].body for key in fresh if key in self.known}
            )
            self._keep(rows)
            for pair in self._learn_pairs(fresh):
                if pair.is_same and (pair.short, pair.full) not in replaced:
                    same[self.key_of(pair.short), self.key_of(pair.full)] = pair.score
            beside = [pair for pair in (*same, *said) if pair[0] in fresh or pair[1] in fresh]
            fresh = ({row.key for row in rows} | {key for pair in beside for key in pair}) - reached
            reached |= fresh
        self._learn({name_code(key) for key in reached})
        return reached

    def make_bodies(self, groups: Iterable[frozenset[str]]) -> list[Body]:
        """Make the bodies of groups, in the order of their own keys."""
        every = list(groups)
        self._count({key for group in every for key in group})
        bodies = [make_body(group, sum((self._counts[key] for key in group), Counter())) for group in every]
        return sorted(bodies, key=lambda body: body.key)

    def render(self, judged: Sequence[NamePair]) -> tuple[list[PairRow], list[Judgement]]:
        """Give judged pairs as they are kept, and as they are shown."""
        self._count({key for pair in judged for key in (pair.short, pair.full)})
        rows, judgements = [], []
        for pair in judged:
            shown = {key: shown_name(key, self._counts[key]) for key in (pair.short, pair.full)}
            judgement = show(pair, shown)
            judgements.append(judgement)
            is_same = pair.verdict == "same"
            codes = (name_code(pair.short), name_code(pair.full))
            rows.append(PairRow(*codes, is_same, pair.score, judgement.left, judgement.right))
        return rows, judgements

    def make_rows(self, bodies: Sequence[Body], organizations: Mapping[str, Organization]) -> list[NameRow]:
        """Give the names of bodies as they will be kept, and those of places for which others act now."""
        joined = {key: body.key for body in bodies for key in body.keys}
        owners = {key: organizations[body].id for key, body in joined.items()}
        groups = {body.key: body.keys for body in bodies}
        self._learn({name_code(place) for key in self._reached for place in read_seated(key)})
        places = {p for key in self._reached for p in read_seated(key) if p in self.known and p not in joined}
        for row in self._evidence.names_of_bodies({self.known[p].body for p in places - self.dead}):
            if row.key not in joined:
                owners[row.key] = row.organization
                groups[row.body] = groups.get(row.body, frozenset()) | {row.key}
        self._learn({name_code(a) for keys in groups.values() for key in keys for a in read_seat(key)})
        alive = (self.own | self.known.keys()) - self.dead
        meant = {key: row.body for key, row in self.known.items()} | joined
        rows = []
        for body, keys in groups.items():
            actor = find_seat(keys, alive, meant) or body
            rows += [self._row(key, body, actor, owners[key]) for key in sorted(keys)]
        return rows

    def _row(self, key: str, body: str, actor: str, organization: str) -> NameRow:
        is_own = OWN in key
        stem = "" if is_own else split_key(key).stem
        told = None if is_own else actor
        return NameRow(name_code(key), key, stem, stem[::-1], body, told, organization)

    def _find_unlinked(self, fresh: Collection[str]) -> dict[str, tuple[str]]:
        """Find the organisations that a person named before any page did: they have the names, and no name leads to them."""
        # 县人民医院 that a page completed is not what a person called so
        spelt = {name: key for key in fresh for name in self._counts[key] if read_body_name(name).key == key}
        called = self._evidence.organizations_called(spelt)
        keys = {id: {read_body_name(name).key for name in body.names} for id, body in called.items()}
        self._learn({name_code(key) for known in keys.values() for key in known})
        linked = {row.organization for row in self.known.values()}
        return {
            spelt[name]: (id,)
            for id, body in sorted(called.items())
            for name in body.names
            if name in spelt and id not in linked
        }

    def _find_alike(self) -> Iterable[Pair]:
        """List the pairs of like names of which one is in hand."""
        own = {key: split_key(key) for key in self.own if OWN not in key}
        stems = {name.stem for name in own.values()}
        parts = {part for stem in stems for part in (*short_stems(stem), *longer_stems(stem))}
        rows = self._evidence.names_of_stems(stems | parts)
        self._keep(rows)
        by_stem: dict[str, set[str]] = defaultdict(set)
        for key in (*own, *(row.key for row in rows)):
            by_stem[split_key(key).stem].add(key)
        for key, name in own.items():
            yield from (order_pair(key, other) for other in by_stem[name.stem] if other != key)
            for stem in short_stems(name.stem):
                yield from (
                    (short, key) for short in by_stem.get(stem, ()) if is_short(split_key(short), name)
                )
            if len(name.stem) >= SHORTEST_SHORT:
                longer = self._evidence.names_ending(name.stem)
                self._keep(longer)
                fuller = {row.key for row in longer}.union(
                    *(by_stem.get(stem, ()) for stem in longer_stems(name.stem))
                )
                yield from ((key, full) for full in fuller if is_short(name, split_key(full)))

    def _usages(self, keys: Collection[str]) -> dict[str, Usage]:
        rows = self._evidence.uses_around({name_code(key) for key in keys})
        self._learn({row.key for row in rows})
        stored = (
            Use(self.key_of(r.key), r.name, r.page, r.mention, r.type, r.times)  # type: ignore[arg-type]
            for r in rows
            if r.page not in self._changed.pages
        )
        usages = read_usages((*stored, *self._changed.after))
        return {key: usages[key] for key in keys}

    def _count(self, keys: Collection[str]) -> None:
        """Count how often each name of some keys will stand anywhere."""
        missing = {name_code(key): key for key in keys if key not in self._counts}
        for code, counts in self._evidence.name_counts(missing).items():
            self._counts[missing[code]] = Counter(counts)
        for row in self._changed.before:
            if row.key in missing:
                self._counts[missing[row.key]][row.name] -= row.times
        fresh: dict[str, Counter[str]] = defaultdict(Counter)
        for use in self._changed.after:
            fresh[use.key][use.name] += use.times
        for key in missing.values():
            self._counts[key] = Counter(
                {n: c for n, c in (self._counts.get(key, Counter()) + fresh[key]).items() if c > 0}
            )

    def _learn(self, codes: Collection[int]) -> None:
        unknown = set(codes) - self._keys.keys()
        self._keep(self._evidence.names(unknown).values())
        for use in self._changed.after:
            self._keys.setdefault(name_code(use.key), use.key)

    def _learn_pairs(self, keys: Collection[str]) -> list[PairRow]:
        pairs = self._evidence.pairs({name_code(key) for key in keys})
        self._learn({code for pair in pairs for code in (pair.short, pair.full)})
        return pairs

    def _keep(self, rows: Iterable[NameRow]) -> None:
        for row in rows:
            self.known[row.key] = row
            self._keys[row.code] = row.key


def _acronyms_of_pages(uses: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    """Give the pairs of an acronym and a full name that stand on one page; `uses` are pages with a key each."""
    keys_of: dict[str, set[str]] = defaultdict(set)
    for page, key in uses:
        keys_of[page].add(key)
    for keys in keys_of.values():
        yield from find_acronyms(keys)


def _is_acronym(pair: Pair) -> bool:
    """Say whether only its initials tie a short name to a full one."""
    short, full = map(split_key, pair)
    is_alike = short.stem == full.stem or is_short(short, full)
    return not is_alike and order_acronym(*pair) is not None
