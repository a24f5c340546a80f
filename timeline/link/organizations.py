"""Names of bodies with the pages and events they stand in, in; which names are one body, with reasons, out.

An unsure pair stays apart. A parent and its branch are two bodies: a name that goes on behind another whole name names
a part of it, however alike the two are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from timeline.chronology import Judgement
from timeline.link.names import BodyName, is_common, read_body_name, read_seat
from timeline.records import PageFindings

_SAME = 0.8
_UNSURE = 0.5
_SHORTEST_HEAD = 4
_TELLING_HEAD = 8
_SHORTEST_ACRONYM = 3
_LONGEST_PLACE = 3
_PAGE_CAP = 60

Reason = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Body:
    """One organisation: the name to show, all names the pages give it, the keys they are compared under."""

    name: str
    names: tuple[str, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Every organisation, and which one a page means by a name.

    `seats` lead from a place that acts as a body to the body that acts for it, 青川市 to 青川市人民政府: these stay
    two, and count as one when parties are compared. `common` have names that many places have; on each page such a
    name means a body of its own.
    """

    all: tuple[Body, ...]
    numbers: Mapping[str, int]
    local: Mapping[tuple[str, str], str]
    seats: Mapping[int, int]
    common: frozenset[int]
    judgements: tuple[Judgement, ...]

    def number_of(self, page: str, name: str) -> int:
        """Give the place in `all` of the body that a page means by a name."""
        key = read_body_name(name).key
        return self.numbers[self.local.get((page, key), key)]


@dataclass(slots=True)
class _Usage:
    """Where the names of one key stand: how often each, on which pages, beside whom in what sort of event."""

    names: Counter[str] = field(default_factory=Counter)
    pages: set[str] = field(default_factory=set)
    company: set[tuple[str, str]] = field(default_factory=set)
    together: set[str] = field(default_factory=set)


def resolve_organizations(pages: Sequence[PageFindings], verdicts: Sequence[Judgement] = ()) -> Bodies:
    """Group the names of all pages into bodies; the same for any order of the pages.

    A verdict says of two names that they are or are not one body, and outranks every score.
    """
    own = {(page.id, key): f"{key}\0{page.id}" for page in pages for key in _common_keys(page)}
    local = {**own, **{(page.id, short): full for page in pages for short, full in _local_heads(page)}}
    usages = _usages(pages, local)
    common = set(own.values())
    names = {key: read_body_name(min(usage.names)) for key, usage in usages.items() if key not in common}
    judged = sorted(_judge_all(names, usages), key=lambda j: (-j.score, j.left, j.right))
    groups = _group(usages, judged, verdicts)
    by_key = {min(group): _body(group, usages) for group in groups}
    every = tuple(by_key[key] for key in sorted(by_key))
    numbers = {key: number for number, body in enumerate(every) for key in body.keys}
    return Bodies(
        every,
        numbers,
        local,
        {n: numbers[acting] for key, n in numbers.items() for acting in read_seat(key) if acting in numbers},
        frozenset(number for key, number in numbers.items() if key in common),
        tuple(_shown(judgement, usages) for judgement in judged),
    )


def _group(
    usages: Mapping[str, _Usage], judged: Sequence[Judgement], verdicts: Sequence[Judgement]
) -> list[set[str]]:
    told = [(read_body_name(v.left).key, read_body_name(v.right).key, v.verdict) for v in verdicts]
    told = [(left, right, verdict) for left, right, verdict in told if left in usages and right in usages]
    apart = [{left, right} for left, right, verdict in told if verdict == "different"]
    groups = {key: {key} for key in usages}
    wanted = [(left, right) for left, right, verdict in told if verdict == "same"]
    for left, right in [*wanted, *((j.left, j.right) for j in judged if j.verdict == "same")]:
        one, other = groups[left], groups[right]
        if one is other or any(pair <= one | other for pair in apart):
            continue
        one |= other
        groups.update(dict.fromkeys(other, one))
    return list({id(group): group for group in groups.values()}.values())


def _common_keys(page: PageFindings) -> set[str]:
    names = [o.name for event in page.events for o in event.organizations]
    names += [name for partnership in page.partnerships for name in partnership.parties]
    return {read_body_name(name).key for name in names if is_common(name)}


def _local_heads(page: PageFindings) -> Iterator[tuple[str, str]]:
    """Find short names that end exactly one longer name of the same page: 附属医院 where 东原大学附属医院 stands, too.

    Long heads tell for themselves and are judged with all pages; two names of one event's parties are two bodies.
    """
    names = {n.key: n for event in page.events for n in (read_body_name(o.name) for o in event.organizations)}
    together = {
        frozenset(pair)
        for event in page.events
        for pair in combinations({read_body_name(o.name).key for o in event.organizations}, 2)
    }
    for short in names.values():
        if _SHORTEST_HEAD <= len(short.stem) < _TELLING_HEAD:
            longer = [n for n in names.values() if _is_head(short, n)]
            if len(longer) == 1 and frozenset((short.key, longer[0].key)) not in together:
                yield short.key, longer[0].key


def _usages(pages: Sequence[PageFindings], local: Mapping[tuple[str, str], str]) -> dict[str, _Usage]:
    usages: dict[str, _Usage] = defaultdict(_Usage)

    def see(page: str, name: str) -> str:
        own = read_body_name(name).key
        key = local.get((page, own), own)
        usages[key].names[name] += 1
        usages[key].pages.add(page)
        return key

    for page in pages:
        for event in page.events:
            keys = {see(page.id, participant.name) for participant in event.organizations}
            for key in keys:
                usages[key].company.update((event.type, other) for other in keys if other != key)
                usages[key].together.update(keys - {key})
        for partnership in page.partnerships:
            for name in partnership.parties:
                see(page.id, name)
    return dict(usages)


def _judge_all(names: Mapping[str, BodyName], usages: Mapping[str, _Usage]) -> Iterator[Judgement]:
    found: dict[tuple[str, str], list[Reason]] = {}
    for short, full in _candidates(names, usages):
        reasons = _weigh(names[short], names[full], usages)
        if sum(weight for weight, _ in reasons) >= _UNSURE:
            found[short, full] = reasons
    fuller: dict[str, list[str]] = defaultdict(list)
    for short, full in found:
        fuller[short].append(full)
    for (short, full), reasons in found.items():
        score = min(round(sum(weight for weight, _ in reasons), 2), 1.0)
        words = tuple(words for _, words in reasons)
        rivals = [other for other in fuller[short] if names[other].stem != names[full].stem]
        if names[full].stem == names[short].stem:
            rivals = [other for other in fuller[short] if names[other].legal != names[full].legal]
        verdict: Literal["same", "unsure"] = "same" if score >= _SAME and not rivals else "unsure"
        if rivals:
            words = (*words, f"the short name may stand for {min(rivals)} as well")
        yield Judgement(left=short, right=full, verdict=verdict, score=score, reasons=words, by="rules")


def _candidates(names: Mapping[str, BodyName], usages: Mapping[str, _Usage]) -> set[tuple[str, str]]:
    """List pairs of a short and a full name that are worth a judgement, without comparing all with all."""
    by_stem: dict[str, list[BodyName]] = defaultdict(list)
    for name in names.values():
        by_stem[name.stem].append(name)
    pairs: set[tuple[str, str]] = set()
    for same in by_stem.values():
        for one, other in combinations(sorted(same, key=lambda n: (len(n.key), n.key)), 2):
            pairs.add((one.key, other.key))
    for full in names.values():
        for at in range(1, len(full.stem) - _SHORTEST_HEAD + 1):
            for short in by_stem.get(full.stem[at:], ()):
                if _is_head(short, full):
                    pairs.add((short.key, full.key))
    on_page: dict[str, list[str]] = defaultdict(list)
    for key in names:
        for page in usages[key].pages:
            on_page[page].append(key)
    for keys in on_page.values():
        for left, right in combinations(sorted(keys)[:_PAGE_CAP], 2):
            shorter, longer = sorted((names[left], names[right]), key=lambda n: (len(n.stem), n.key))
            if _is_acronym(shorter.stem, longer.stem):
                pairs.add((shorter.key, longer.key))
    return pairs


def _weigh(short: BodyName, full: BodyName, usages: Mapping[str, _Usage]) -> list[Reason]:
    """Name what speaks for two names being one body; nothing where they take part in one event as two."""
    one, other = usages[short.key], usages[full.key]
    company = sorted(partner for _, partner in one.company & other.company)
    context: list[Reason] = []
    if company:
        context.append((0.3, f"both take part with {company[0]} in events of one type"))
    if short.stem == full.stem:
        if short.legal and full.legal:
            return [(0.5, f"the legal forms {short.legal} and {full.legal} differ"), *context]
        return [(0.9, "one leaves out the legal form"), *context]
    if full.key in one.together:
        return []
    if one.pages & other.pages:
        context.append((0.2, "both stand on one page"))
    if not _is_head(short, full):
        return [(0.4, "the characters of one stand in the other, in order"), *context]
    telling: list[Reason] = []
    if len(short.stem) >= _TELLING_HEAD:
        telling.append((0.2, "the shared part is long"))
    elif short.legal and len(full.stem) - len(short.stem) <= _LONGEST_PLACE:
        telling.append((0.2, "both are whole company names, one with a place before it"))
    return [(0.4, "one ends the other"), *telling, *context]


def _is_head(short: BodyName, full: BodyName) -> bool:
    """Say whether the short name is the end of the full one, its parent or place left out."""
    is_legal = short.legal in ("", full.legal)
    return is_legal and len(short.stem) < len(full.stem) and full.stem.endswith(short.stem)


def _is_acronym(short: str, full: str) -> bool:
    """Say whether the short name is made of characters of the full one: 东材院 of 东原先进材料研究院."""
    if not _SHORTEST_ACRONYM <= len(short) <= len(full) * 2 // 3:
        return False
    if short[0] != full[0] or short[-1] != full[-1] or full.startswith(short):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def _body(group: set[str], usages: Mapping[str, _Usage]) -> Body:
    counts: Counter[str] = Counter()
    for key in group:
        counts.update(usages[key].names)
    # the name that most mentions use; of two, the fuller one
    names = sorted(counts, key=lambda name: (-counts[name], -len(name), name))
    return Body(names[0], tuple(names), frozenset(group))


def _shown(judgement: Judgement, usages: Mapping[str, _Usage]) -> Judgement:
    """Name the two sides as the pages do, not by their keys."""
    left, right = (min(usages[key].names) for key in (judgement.left, judgement.right))
    return judgement.model_copy(update={"left": left, "right": right})
