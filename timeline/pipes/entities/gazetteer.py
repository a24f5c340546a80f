"""The gazetteer as the pipes use it: a text in, the places it names out; the areas themselves are in timeline/areas.py."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from timeline.areas import Area, areas_named, is_inside, known_names
from timeline.lexicon import load_table

__all__ = [
    "Area",
    "areas_named",
    "find_known_places",
    "is_inside",
    "is_tiled",
    "known_names",
    "venue_endings",
]


def find_known_places(text: str) -> list[tuple[int, int]]:
    """Give the leftmost longest places of the gazetteer, as spans."""
    return [(start, end) for _, start, end in _matcher().find_matches_as_indexes(text)]


def is_tiled(name: str) -> bool:
    """Say whether a name is nothing but areas side by side: 云南省普洱市思茅区."""
    at = 0
    for start, end in find_known_places(name):
        if start != at:
            return False
        at = end
    return at == len(name) > 0


def venue_endings() -> tuple[str, ...]:
    """Give the words that end the name of a venue, longest first."""
    return tuple(
        sorted((r["name"] for r in load_table("places") if r["kind"] == "venue"), key=lambda w: (-len(w), w))
    )


@cache
def _matcher() -> AhoCorasick:
    return AhoCorasick(known_names(), matchkind=MatchKind.LeftmostLongest)
