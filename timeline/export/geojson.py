"""Events as GeoJSON (RFC 7946): one unlocated feature an event, with its place's name and code; no point is made up.

The pages name places, not coordinates, so `geometry` is null; `adcode` joins a feature to any map of Chinese districts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from timeline.chronology import Event
from timeline.export.wording import name_event, quote_event


def render_geojson(events: Iterable[Event]) -> Iterator[str]:
    """Give a feature collection, a feature at a time."""
    yield '{"type": "FeatureCollection", "features": ['
    lead = "\n"
    for event in events:
        yield lead + json.dumps(_feature(event), ensure_ascii=False)
        lead = ",\n"
    yield "\n]}\n"


def _feature(event: Event) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": None,
        "properties": {
            "name": name_event(event),
            "type": event.type,
            "status": event.status,
            "edtf": event.date.edtf,
            "from": event.date.from_,
            "to": event.date.to,
            "place": event.place.name if event.place else None,
            "adcode": event.place.adcode if event.place else None,
            "organizations": [{"name": o.name, "role": o.role} for o in event.organizations],
            "sources": len(event.sources),
            "quote": quote_event(event),
        },
    }
