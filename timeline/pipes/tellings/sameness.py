"""Whether two names can mean one occasion or one body: two names in, yes or no out."""

from __future__ import annotations

import re
from functools import cache

from timeline import lexicon
from timeline.pipes.tellings.occasions import fold_name

COUNT = re.compile(r"第[0-9〇零一二三四五六七八九十百]+(?:届|次|期|回|场)|首届|首次|(?:19|20)\d{2}年?度?")
_QUOTE = re.compile(r"[“「『《](?P<inner>[^“”「」『』《》]{4,40})[”」』》]")


def is_same_name(one: str, other: str) -> bool:
    """Say whether two names can be one occasion's: equal, one short for the other, and no count or year apart."""
    a, b = fold_name(one), fold_name(other)
    if not a or not b:
        return False
    counts_a, counts_b = set(COUNT.findall(a)), set(COUNT.findall(b))
    if counts_a and counts_b and not counts_a & counts_b:
        return False
    if _is_part(a) != _is_part(b):
        return False
    quoted_a, quoted_b = _quoted(one), _quoted(other)
    if quoted_a and quoted_a == quoted_b:
        return True
    bare_a, bare_b = COUNT.sub("", a), COUNT.sub("", b)
    if bare_a == bare_b:
        return True
    short, long = sorted((bare_a, bare_b), key=len)
    if short[-2:] == long[-2:] and len(short) >= 4 and (short in long or _is_subsequence(short, long)):
        return True
    return overlap(bare_a, bare_b) >= 0.62


def is_same_body(one: str, other: str) -> bool:
    """Say whether two names can be one body's: one contains the other, or is its short form."""
    a, b = fold_name(one), fold_name(other)
    short, long = sorted((a, b), key=len)
    if len(short) < 2:
        return False
    is_short_form = len(short) >= 4 or (len(short) == 3 and short[-1] == long[-1])
    return short in long or (is_short_form and _is_subsequence(short, long))


def _quoted(name: str) -> str | None:
    match = _QUOTE.search(name)
    return match.group("inner") if match else None


def _is_part(name: str) -> bool:
    return any(w in name for w in _part_words())


@cache
def _part_words() -> tuple[str, ...]:
    return tuple(w for e in lexicon.load("occasions") if e.kind == "sub" for w in e.words)


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return len(short) * 5 >= len(long) * 2 and all(c in rest for c in short)


def overlap(a: str, b: str) -> float:
    """Give how far two texts share their pairs of characters, from 0 to 1."""
    left, right = {a[i : i + 2] for i in range(len(a) - 1)}, {b[i : i + 2] for i in range(len(b) - 1)}
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
