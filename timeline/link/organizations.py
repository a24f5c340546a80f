"""Pairs of names with what is known of them in; which names are one body, with reasons, out.

An unsure pair stays apart. A parent and its branch are two bodies: a name that goes on behind another whole name names
a part of it, however alike the two are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from timeline.chronology import Judgement
from timeline.link.names import (
    BodyName,
    has_parent,
    is_beginning,
    is_of_country,
    read_body_name,
    read_seat,
    split_key,
)
from timeline.link.tellings import OWN, is_head

SAME = 0.8
UNSURE = 0.5
_TELLING_HEAD = 8
_SHORTEST_ACRONYM = 3
_LONGEST_PLACE = 3

Pair = tuple[str, str]
Reason = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pages say of two names: the first body beside whom both act in events of one type, if any; whether
    both take part in one event; whether both stand on one page.
    """

    partner: str | None = None
    is_together: bool = False
    is_on_page: bool = False


@dataclass(frozen=True, slots=True)
class NamePair:
    """A short and a full name, by their keys, judged."""

    short: str
    full: str
    verdict: Literal["same", "unsure"]
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """One organisation: its own key (the fullest), the name to show, all names the pages give it, all its keys."""

    key: str
    name: str
    names: tuple[str, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Which body a key means, by the body's own key; a key that is not listed is a body by itself.

    `seats` lead from a place that acts as a body to the body that acts for it, 青川市 to 青川市人民政府: these stay
    two, and count as one when parties are compared.
    """

    joined: Mapping[str, str]
    seats: Mapping[str, str]

    def body_of(self, key: str) -> str:
        """Give the body of a key."""
        return self.joined.get(key, key)

    def actor_of(self, key: str) -> str | None:
        """Give who acts when a key is named, None for a name that many places have.

        高新区 on two pages is no party in common, and none that differs.
        """
        if OWN in key:
            return None
        body = self.joined.get(key, key)
        return self.seats.get(body, body)


def order_pair(one: str, other: str) -> Pair:
    """Put the shorter key first."""
    return (one, other) if (len(one), one) < (len(other), other) else (other, one)


def order_acronym(one: str, other: str) -> Pair | None:
    """Put the name first that is made of characters of the other one: 东材院 of 东原先进材料研究院; None for two others."""
    names = sorted((split_key(one), split_key(other)), key=lambda n: (len(n.stem), n.key))
    short, full = names
    return (short.key, full.key) if is_acronym(short.stem, full.stem) else None


def is_acronym(short: str, full: str) -> bool:
    """Say whether the short stem is made of characters of the full one, in order, from its first to its last."""
    if not _SHORTEST_ACRONYM <= len(short) <= len(full) * 2 // 3:
        return False
    if short[0] != full[0] or short[-1] != full[-1] or full.startswith(short):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def judge_names(pairs: Mapping[Pair, Facts]) -> list[NamePair]:
    """Judge pairs of a short and a full name, the surest first; every pair of each short name must be among them."""
    found = {
        pair: reasons for pair, facts in pairs.items() if _score(reasons := _weigh(*pair, facts)) >= UNSURE
    }
    fuller: dict[str, list[str]] = defaultdict(list)
    for short, full in found:
        fuller[short].append(full)
    judged = []
    for (short, full), reasons in found.items():
        score = min(round(_score(reasons), 2), 1.0)
        words = tuple(words for _, words in reasons)
        rivals = _rivals(short, full, fuller[short])
        if rivals:
            words = (*words, f"the short name may stand for {min(rivals)} as well")
        verdict: Literal["same", "unsure"] = "same" if score >= SAME and not rivals else "unsure"
        judged.append(NamePair(short, full, verdict, score, words))
    return sorted(judged, key=lambda p: (-p.score, p.short, p.full))


def group_names(
    same: Iterable[tuple[float, str, str]], verdicts: Sequence[Judgement], known: Container[str]
) -> list[frozenset[str]]:
    """Join pairs of keys (with their scores), the surest first, and give the groups of two keys and more.

    A verdict says of two names that they are or are not one body, and outranks every score.
    """
    told = [(read_body_name(v.left).key, read_body_name(v.right).key, v.verdict) for v in verdicts]
    told = [(left, right, verdict) for left, right, verdict in told if left in known and right in known]
    apart = [{left, right} for left, right, verdict in told if verdict == "different"]
    ordered = [(short, full) for _, short, full in sorted(same, key=lambda p: (-p[0], p[1], p[2]))]
    groups: dict[str, set[str]] = {}
    for left, right in [*sorted((a, b) for a, b, verdict in told if verdict == "same"), *ordered]:
        one, other = groups.setdefault(left, {left}), groups.setdefault(right, {right})
        if one is other or any(pair <= one | other for pair in apart):
            continue
        one, other = sorted((one, other), key=len, reverse=True)
        one |= other
        groups.update(dict.fromkeys(other, one))
    each = {id(group): frozenset(group) for group in groups.values() if len(group) > 1}
    return sorted(each.values(), key=min)


def make_body(keys: frozenset[str], counts: Mapping[str, int]) -> Body:
    """Make a body of its keys and how often each of its names stands anywhere."""
    # the name that most mentions use; of two, the fuller one
    names = sorted(counts, key=lambda name: (-counts[name], -len(name), name))
    return Body(fullest(keys), names[0], tuple(names), keys)


def fullest(keys: Iterable[str]) -> str:
    """Give the key by which a body is known: that of its longest name, which is the least like that of another body."""
    return max(keys, key=lambda key: (len(key), key))


def find_seat(keys: Iterable[str], known: Container[str], joined: Mapping[str, str]) -> str | None:
    """Give the body that acts for the body of these keys, if there is another one."""
    own = set(keys)
    acting = sorted({a for key in own for a in read_seat(key) if a in known and a not in own})
    return joined.get(acting[-1], acting[-1]) if acting else None


def show(pair: NamePair, shown: Mapping[str, str]) -> Judgement:
    """Give a judgement that names the two sides as the pages do (`shown`: key to name), not by their keys."""
    return Judgement(
        left=shown[pair.short], right=shown[pair.full], verdict=pair.verdict, score=pair.score,
        reasons=pair.reasons, by="rules",
    )  # fmt: skip


def shown_name(key: str, names: Iterable[str]) -> str:
    """Give the name by which a judgement calls a key: the first that reads as this key."""
    every = sorted(names)
    return next((name for name in every if read_body_name(name).key == key), every[0])


def _rivals(short: str, full: str, fuller: Sequence[str]) -> list[str]:
    own, meant = split_key(short), split_key(full)
    if meant.stem == own.stem:
        form = (meant.legal, meant.rank)
        others = [o for o in fuller if not is_beginning(own, split_key(o))]
        return [o for o in others if (split_key(o).legal, split_key(o).rank) != form]
    return [other for other in fuller if split_key(other).stem != meant.stem]


def _score(reasons: Sequence[Reason]) -> float:
    return sum(weight for weight, _ in reasons)


def _weigh(short_key: str, full_key: str, facts: Facts) -> list[Reason]:
    """Name what speaks for two names being one body; nothing where they take part in one event as two."""
    short, full = split_key(short_key), split_key(full_key)
    context: list[Reason] = []
    if facts.partner is not None:
        context.append((0.3, f"both take part with {facts.partner} in events of one type"))
    if short.stem == full.stem and short.rank != full.rank:
        return _weigh_ranks(short, full, facts, context)
    if short.stem == full.stem:
        if short.legal and full.legal and short.legal != full.legal:
            return [(0.5, f"the legal forms {short.legal} and {full.legal} differ"), *context]
        return [(0.9, "one leaves out the legal form"), *context]
    if facts.is_together:
        return []
    if facts.is_on_page:
        context.append((0.2, "both stand on one page"))
    if is_beginning(short, full):
        return [(0.6, f"one leaves out {full.stem.removeprefix(short.stem)}"), *context]
    if not is_head(short, full):
        return [(0.4, "the characters of one stand in the other, in order"), *context]
    return [(0.4, "one ends the other"), *_telling(short, full), *context]


def _weigh_ranks(short: BodyName, full: BodyName, facts: Facts, context: list[Reason]) -> list[Reason]:
    """Weigh 青川中级人民法院 against 青川市中级人民法院; 青川县… and 青川市… are two places."""
    if (
        facts.is_together
        or (short.rank and full.rank)
        or (short.legal and full.legal and short.legal != full.legal)
    ):
        return []
    page = [(0.2, "both stand on one page")] if facts.is_on_page else []
    return [(0.5, "one leaves out the rank of its place"), *page, *context]


def _telling(short: BodyName, full: BodyName) -> list[Reason]:
    if len(short.stem) >= _TELLING_HEAD:
        return [(0.2, "the shared part is long")]
    if is_of_country(short, full):
        return [(0.2, "one has its country before it")]
    if has_parent(short, full):
        return [(0.2, "one has the body before it that it belongs to")]
    if short.legal and len(full.stem) - len(short.stem) <= _LONGEST_PLACE:
        return [(0.2, "both are whole company names, one with a place before it")]
    return []
