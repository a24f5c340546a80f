"""Which event is a part of which: the joined events of a page in, for each the place of its whole in the list, or None.

A part is told at the whole (会上, 论坛期间, 同期), or its name says so (某某论坛渔业分论坛). The whole of a part is the event
that it leads to in the end, and nothing is its own whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.pipes.events.dating import part_words
from timeline.pipes.events.merge import Placed
from timeline.pipes.tellings.occasions import fold_name


def find_wholes(events: Sequence[Placed]) -> list[int | None]:
    """Give each event the index of the event that it is a part of."""
    at = {start: number for number, event in enumerate(events) for start in event.told}
    wholes: list[int | None] = []
    for number, event in enumerate(events):
        told = event.draft.whole
        whole = at.get(told) if told is not None else None
        if whole is None or whole == number:
            whole = _by_name(event, number, events)
        wholes.append(whole)
    return [_top(number, wholes) for number in range(len(events))]


def _by_name(event: Placed, number: int, events: Sequence[Placed]) -> int | None:
    """Find the event whose name a part's name begins with: 第四届山海论坛|渔业分论坛."""
    title = event.draft.title
    if title is None or not part_words().search(title):
        return None
    name = fold_name(title)
    for other, candidate in enumerate(events):
        whole = fold_name(candidate.draft.title or "")
        if other != number and len(whole) >= 4 and whole != name and whole in name:
            return other
    return None


def _top(number: int, wholes: Sequence[int | None]) -> int | None:
    """Follow an event to the whole of its whole; a ring has none."""
    seen, at = {number}, wholes[number]
    while at is not None and wholes[at] is not None:
        if at in seen:
            return None
        seen.add(at)
        at = wholes[at]
    return None if at in seen else at
