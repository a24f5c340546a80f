"""Words for all sides at once (双方, 三方, 两校, 两国): a text and its bodies in, those they mean out, none where that is not sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from timeline import lexicon
from timeline.pipes.entities.boundaries import is_ended
from timeline.pipes.entities.gazetteer import find_known_places
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.words.vocabulary import Vocabulary
from timeline.pipes.words.wording import anywhere, at_end, words_of

_BREAK = re.compile(r"[，,。；：]")
_END = re.compile(r"[。；！？\n]")
_BOTH = 400  # characters in which two bodies stay those of whom 双方 speaks
_MET = 30  # characters between who comes and whom they meet
_APART = 16  # characters between two sides, with a post and a name: 甲大学|校长周立新与|乙集团
_SCORE = 0.5


def find_both(text: str, low: int, high: int, bodies: Sequence[OrganizationSpan]) -> list[OrganizationSpan]:
    """Give the bodies that 双方, 三方 or 两校 in text[low:high] means: those of that kind, or the last joined before it."""
    hit = next((h for h in _pairs().find(text[low:high]) if h.entry.get("both")), None)
    if hit is None:
        return []
    at, count = low + hit.start, int(hit.entry.get("count") or 2)
    before = [b for b in bodies if at - _BOTH <= b.start and b.end <= at]
    kinds = hit.entry.get("means")
    if kinds == ["state"]:
        return _states(text, at)
    if kinds:
        last = {b.name: b for b in before if b.kind in kinds and _is_whole(b)}
        whole = [b for b in last.values() if not any(n != b.name and n in b.name for n in last)]
        return whole if len(whole) == count else _areas(text, at) if kinds == ["place"] else []
    if count > 2:
        return _enumerated(text, before, count)
    for left, right in reversed(list(pairwise(before))):
        gap = text[left.end : right.start]
        is_joined = len(gap) <= _APART and at_end("roles", "with").search(gap) and not _BREAK.search(gap)
        if is_joined or (left is before[-2] and _meets(gap)):
            return [left, right] if left.name != right.name else []
    return _enumerated(text, before, 2)


def _is_whole(body: OrganizationSpan) -> bool:
    """Say whether a body is named in full, and not by what it is alone: 江城大学, 青山区, and not 研究生院."""
    if body.kind == "place":
        return True
    return is_ended(body.name) and body.name not in words_of("organizations", "suffix")


def _meets(gap: str) -> bool:
    """Say whether one side comes to the other or receives it: 青禾集团|董事长王川到访|江城大学, …会见来访的…"""
    return len(gap) <= _MET and bool(anywhere("roles", "meets").search(gap)) and not _END.search(gap)


def _enumerated(text: str, bodies: Sequence[OrganizationSpan], count: int) -> list[OrganizationSpan]:
    """Give the last list of just so many bodies: 甲集团、乙大学和丙银行."""
    runs: list[list[OrganizationSpan]] = []
    for body in bodies:
        gap = text[runs[-1][-1].end : body.start] if runs else ""
        is_next = len(gap) <= _APART and not _BREAK.search(gap)
        if runs and is_next and (gap.endswith("、") or at_end("roles", "with").search(gap)):
            runs[-1].append(body)
        else:
            runs.append([body])
    lists = [run for run in runs if len(run) == count == len({b.name for b in run})]
    return lists[-1] if lists else []


def _areas(text: str, at: int) -> list[OrganizationSpan]:
    """Give the two areas that the text before joins last: 苏州市与绍兴市|山水相连."""
    low = max(0, at - _BOTH)
    known = find_known_places(text[low:at])
    for left, right in reversed(list(pairwise(known))):
        if text[low + left[1] : low + right[0]] in words_of("organizations", "joint"):
            spans = [(low + start, low + end) for start, end in (left, right)]
            return [OrganizationSpan(s, e, text[s:e], "place", _SCORE) for s, e in spans]
    return []


def _states(text: str, at: int) -> list[OrganizationSpan]:
    """Give the two states whose heads or ministers the text before names: 阿根廷|总统…会见智利|外长…"""
    low = max(0, at - _BOTH)
    found: dict[str, OrganizationSpan] = {}
    for start, end in find_known_places(text[low:at]):
        if anywhere("people", "statesman").match(text, low + end):
            name = text[low + start : low + end]
            found.setdefault(name, OrganizationSpan(low + start, low + end, name, "place", _SCORE))
    return list(found.values()) if len(found) == 2 else []


@cache
def _pairs() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load("roles") if e.kind == "pair")
