"""Two keys of bodies in, whether one may be short for the other out: too little to join names, enough beside a shared day."""

from __future__ import annotations

from timeline.link.names import SHORTEST_SHORT, BodyName, is_beginning, is_branch, is_whole, split_key
from timeline.link.organizations import is_acronym
from timeline.link.tellings import is_head

# 汐州蓝谷生物科技股份有限公司 is called 蓝谷生物: a place of two or three characters may stand before what it is called
_PLACES = (0, 2, 3)


def may_be_one(one: str, other: str) -> bool:
    """Say whether one of two keys may be short for the other.

    >>> may_be_one("蓝谷生物", "汐州蓝谷生物科技股份有限公司")
    True
    >>> may_be_one("东原理工大学", "东原理工大学第一附属医院")
    False
    """
    short, full = split_key(one), split_key(other)
    if len(short.stem) > len(full.stem):
        short, full = full, short
    # what most pairs fail in is asked first
    if short.stem not in full.stem:
        return is_acronym(short.stem, full.stem) and not is_whole(short)
    if short.stem == full.stem:
        return not (short.rank and full.rank)
    if len(short.stem) < SHORTEST_SHORT:
        return (
            len(short.stem) > 1 and bool(full.legal) and not short.legal and full.stem.startswith(short.stem)
        )
    if is_branch(one, other):
        return False
    return is_head(short, full) or is_beginning(short, full) or _is_middle(short, full)


def without_kin(mine: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    """Give those of some keys that no other key may be short for, nor they for it, nor a branch of."""
    kin = [key for key in mine if any(may_be_one(key, o) or is_branch(key, o) for o in theirs)]
    return mine.difference(kin) if kin else mine


def _is_middle(short: BodyName, full: BodyName) -> bool:
    """Say whether the short name is what stands after its place in a company's full name."""
    if not full.legal or short.legal:
        return False
    return any(full.stem.startswith(short.stem, at) for at in _PLACES)
