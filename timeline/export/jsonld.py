"""Events as JSON-LD: schema.org Event with the EDTF beside the dates that schema.org can say; one graph out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from timeline.chronology import Event, EventParty, Source
from timeline.export.wording import axis_points, iso_date, name_event, web_address
from timeline.records import EventType, Role

_CONTEXT = [
    "https://schema.org",
    {"edtf": {"@id": "urn:dashiji:edtf", "@type": "http://id.loc.gov/datatypes/edtf/EDTF"}},
]
_KINDS: dict[EventType, str] = {
    "signing": "BusinessEvent",
    "forum": "BusinessEvent",
    "expo": "ExhibitionEvent",
}
_ORGANIZERS: frozenset[Role] = frozenset({"party", "host", "co_host", "organizer"})


def render_jsonld(events: Iterable[Event]) -> Iterator[str]:
    """Give a graph, an event at a time; an unknown year has no startDate, only its EDTF."""
    yield '{"@context": ' + json.dumps(_CONTEXT) + ', "@graph": ['
    lead = "\n"
    for event in events:
        yield lead + json.dumps(_node(event), ensure_ascii=False)
        lead = ",\n"
    yield "\n]}\n"


def _node(event: Event) -> dict[str, Any]:
    points = axis_points(event)
    status = "EventCancelled" if event.status == "cancelled" else "EventScheduled"
    node: dict[str, Any] = {
        "@id": f"urn:dashiji:event:{event.id}",
        "@type": _KINDS.get(event.type, "Event"),
        "identifier": event.id,
        "name": name_event(event),
        "keywords": event.type,
        "eventStatus": f"https://schema.org/{status}",
        "edtf": event.date.edtf,
    }
    if points is not None:
        start, end = points
        node["startDate"] = iso_date(start)
        if end is not None:
            node["endDate"] = iso_date(end)
    if event.place:
        node["location"] = {"@type": "Place", "name": event.place.name}
    node["organizer"] = [_organization(o) for o in event.organizations if o.role in _ORGANIZERS]
    node["contributor"] = [_organization(o) for o in event.organizations if o.role not in _ORGANIZERS]
    node["subjectOf"] = [_article(source) for source in event.sources]
    return {key: value for key, value in node.items() if value not in (None, [])}


def _organization(party: EventParty) -> dict[str, str]:
    return {
        "@type": "Organization",
        "@id": f"urn:dashiji:organization:{party.organization}",
        "name": party.name,
    }


def _article(source: Source) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": source.outlet} if source.outlet else None
    article = {
        "@type": "NewsArticle",
        "url": web_address(source.url),
        "datePublished": source.published,
        "publisher": publisher,
        "abstract": source.sentence.text,
    }
    return {key: value for key, value in article.items() if value is not None}
