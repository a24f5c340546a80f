"""Uses of names in memory in; the pairs of names worth a judgement with what is known of them, and the bodies, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from timeline.chronology import Judgement
from timeline.link.names import SHORTEST_SHORT, BodyName, is_beginning, short_beginnings, split_key
from timeline.link.organizations import (
    Bodies,
    Body,
    Facts,
    NamePair,
    Pair,
    find_seat,
    group_names,
    judge_names,
    make_body,
    order_acronym,
    order_pair,
)
from timeline.link.tellings import OWN, Use, is_head

_PAGE_CAP = 60


@dataclass(slots=True)
class Usage:
    """Where the names of one key stand: how often each, on which pages, beside whom in what sort of event."""

    names: Counter[str] = field(default_factory=Counter)
    pages: set[str] = field(default_factory=set)
    company: set[tuple[str, str]] = field(default_factory=set)
    together: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Census:
    """Every body with its names, which key means which, and the pairs of names that were judged."""

    all: tuple[Body, ...]
    bodies: Bodies
    judged: tuple[NamePair, ...]
    usages: Mapping[str, Usage]


def take_census(uses: Iterable[Use], verdicts: Sequence[Judgement] = ()) -> Census:
    """Group the names of all pages into bodies; the same for any order of the uses."""
    usages = read_usages(uses)
    pairs = {pair: weigh_facts(usages[pair[0]], usages[pair[1]], pair[1]) for pair in _candidates(usages)}
    judged = judge_names(pairs)
    same = [(p.score, p.short, p.full) for p in judged if p.verdict == "same"]
    groups = group_names(same, verdicts, usages)
    grouped = {key for group in groups for key in group}
    every = [*groups, *(frozenset((key,)) for key in usages if key not in grouped)]
    all_ = sorted((make_body(group, _counts(group, usages)) for group in every), key=lambda b: b.key)
    joined = {key: body.key for body in all_ for key in body.keys if key != body.key}
    seats = {body.key: seat for body in all_ if (seat := find_seat(body.keys, usages, joined)) is not None}
    return Census(tuple(all_), Bodies(joined, seats), tuple(judged), usages)


def read_usages(uses: Iterable[Use]) -> dict[str, Usage]:
    """Gather the uses of each key."""
    usages: dict[str, Usage] = defaultdict(Usage)
    events: dict[tuple[str, str], set[Use]] = defaultdict(set)
    for use in uses:
        usages[use.key].names[use.name] += use.times
        usages[use.key].pages.add(use.page)
        if use.mention:
            events[use.page, use.mention].add(use)
    for parties in events.values():
        keys = {use.key: use.type for use in parties}
        for key, type_ in keys.items():
            usages[key].company.update((str(type_), name_partner(other)) for other in keys if other != key)
            usages[key].together.update(other for other in keys if other != key)
    return dict(usages)


def name_partner(key: str) -> str:
    """Give what a partner is known by: its stem, since pages write its legal form and the rank of its place or not."""
    return key if OWN in key else split_key(key).stem


def weigh_facts(short: Usage, full: Usage, full_key: str) -> Facts:
    """Say what the pages tell of two names together."""
    partner = min((partner for _, partner in short.company & full.company), default=None)
    return Facts(partner, full_key in short.together, not short.pages.isdisjoint(full.pages))


def find_acronyms(keys: Iterable[str]) -> Iterator[Pair]:
    """List the pairs of one page's keys of which one may be made of characters of the other."""
    known = sorted(key for key in set(keys) if OWN not in key)[:_PAGE_CAP]
    by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in known:
        stem = split_key(key).stem
        if stem:
            by_ends[stem[0], stem[-1]].append(key)
    for alike in by_ends.values():
        for one, other in combinations(alike, 2):
            pair = order_acronym(one, other)
            if pair is not None:
                yield pair


def short_stems(stem: str) -> list[str]:
    """List what is long enough of a stem's ends and beginnings to be a short name of its own."""
    return [stem[at:] for at in range(1, len(stem) - SHORTEST_SHORT + 1)] + short_beginnings(stem)


def is_short(short: BodyName, full: BodyName) -> bool:
    """Say whether the short name is the end of the full one, or what short names leave of its beginning."""
    return is_head(short, full) or is_beginning(short, full)


def _candidates(usages: Mapping[str, Usage]) -> set[Pair]:
    """List pairs of a short and a full name that are worth a judgement, without comparing all with all."""
    names = [split_key(key) for key in usages if OWN not in key]
    by_stem = defaultdict(list)
    for name in names:
        by_stem[name.stem].append(name)
    pairs: set[Pair] = set()
    for same in by_stem.values():
        pairs.update(order_pair(one.key, other.key) for one, other in combinations(same, 2))
    for full in names:
        for stem in short_stems(full.stem):
            pairs.update((short.key, full.key) for short in by_stem.get(stem, ()) if is_short(short, full))
    on_page: dict[str, list[str]] = defaultdict(list)
    for key, usage in usages.items():
        for page in usage.pages:
            on_page[page].append(key)
    for keys in on_page.values():
        pairs.update(find_acronyms(keys))
    return pairs


def _counts(keys: Iterable[str], usages: Mapping[str, Usage]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for key in keys:
        counts.update(usages[key].names)
    return counts
