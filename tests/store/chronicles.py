"""Events of the chronology from short rows, for tests of the store alone."""

from __future__ import annotations

from typing import Any

from timeline.chronology import Event, Organization, Partnership, Timeline
from timeline.edtf import Edtf


def make_event(id: str, edtf: str | None = None, **fields: Any) -> Event:
    """Make an event; `orgs` maps names to roles, an organisation's id is "o:" and its name."""
    orgs = fields.pop("orgs", {})
    place, adcode = fields.pop("place", None), fields.pop("adcode", None)
    outlets = fields.pop("outlets", {})
    low, high = Edtf.parse(edtf).bounds() if edtf else (None, None)
    sentences = fields.pop("sentences", [f"这是{id}的消息。"])
    event: dict[str, Any] = {
        "id": id, "type": "signing", "status": "held", "headline": True, "title": None, "theme": None,
        "date": {"edtf": edtf, "from": low and low.isoformat(), "to": high and high.isoformat(), "reason": "stated"},
        "place": {"name": place, "adcode": adcode, "text": place, "start": 0, "end": len(place)} if place else None,
        "organizations": [{"organization": f"o:{name}", "name": name, "role": role} for name, role in orgs.items()],
        "persons": [], "amount": None, "confidence": 0.9,
        "sources": [
            {
                "page": fields.get("page", f"page-{id}"), "mention": f"m{i}-{id}", "path": None, "url": None,
                "outlet": outlets.get(i), "published": None, "is_reprint": i in fields.get("reprints", ()), "sentence": {"text": s, "start": i * 100, "end": i * 100 + len(s)},
            }
            for i, s in enumerate(sentences)
        ],
    }  # fmt: skip
    fields.pop("page", None)
    fields.pop("reprints", None)
    return Event.model_validate({**event, **fields})


def make_timeline(*events: Event, names: dict[str, tuple[str, ...]] | None = None) -> Timeline:
    """Make a chronology of events; `names` gives further names of an organisation."""
    parties = {p.organization: p.name for event in events for p in event.organizations}
    organizations = [
        Organization(id=id, name=name, names=(name, *(names or {}).get(name, ())))
        for id, name in sorted(parties.items())
    ]
    partnerships = [
        Partnership(
            id=f"p:{event.id}",
            organizations=tuple(p.organization for p in event.organizations),
            parties=tuple(p.name for p in event.organizations),
            kind="framework",
            edtf=event.date.edtf,
            event=event.id,
        )
        for event in events
        if len(event.organizations) > 1
    ]
    in_time = sorted(
        events,
        key=lambda e: (Edtf.parse(e.date.edtf).sort_key() if e.date.edtf else (10**9, 100, 0, ""), e.id),
    )
    return Timeline(
        organizations=tuple(organizations),
        events=tuple(in_time),
        partnerships=tuple(sorted(partnerships, key=lambda p: p.id)),
    )
