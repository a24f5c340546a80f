"""Events or partnerships of a chronology in, text of a format out; nothing is stored and nothing is left out unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from timeline.chronology import Event, Partnership
from timeline.errors import UsageError
from timeline.export.atom import render_atom
from timeline.export.edges import render_edge_list, render_graphml
from timeline.export.flat import render_csv, render_jsonl
from timeline.export.geojson import render_geojson
from timeline.export.ics import render_ics
from timeline.export.jsonld import render_jsonld
from timeline.export.timelinejs import render_timelinejs

__all__ = ["FORMATS", "TIE_FORMATS", "render", "render_ties"]

_RENDERERS: dict[str, Callable[[Iterable[Event]], Iterator[str]]] = {
    "jsonl": render_jsonl,
    "csv": render_csv,
    "ics": render_ics,
    "atom": render_atom,
    "timelinejs.json": render_timelinejs,
    "geojson": render_geojson,
    "jsonld": render_jsonld,
}
FORMATS = tuple(_RENDERERS)
_TIE_RENDERERS: dict[str, Callable[[Iterable[Partnership]], Iterator[str]]] = {
    "csv": render_edge_list,
    "graphml": render_graphml,
}
TIE_FORMATS = tuple(_TIE_RENDERERS)


def render(events: Iterable[Event], format: str) -> Iterator[str]:
    """Give the events as pieces of text of one of FORMATS, in the order they come, a piece at a time.

    Raises UsageError, naming the formats there are, for any other.
    """
    try:
        renderer = _RENDERERS[format]
    except KeyError:
        raise UsageError(f"no such export format: {format!r}; there are {', '.join(FORMATS)}") from None
    return renderer(events)


def render_ties(partnerships: Iterable[Partnership], format: str) -> Iterator[str]:
    """Give partnerships as the edges of a network, in one of TIE_FORMATS.

    Raises UsageError, naming the formats there are, for any other.
    """
    try:
        renderer = _TIE_RENDERERS[format]
    except KeyError:
        raise UsageError(f"no such network format: {format!r}; there are {', '.join(TIE_FORMATS)}") from None
    return renderer(partnerships)
