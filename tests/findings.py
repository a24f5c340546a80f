"""Short rows in, PageFindings out: what the tests of link and store are fed with."""

from __future__ import annotations

from typing import Any

from timeline.edtf import Edtf
from timeline.records import Extraction, PageFindings

EVENT: dict[str, Any] = {
    "type": "signing", "status": "held", "headline": True, "title": None, "theme": None, "place": None,
    "organizations": [], "persons": [], "amount": None, "segment": "article", "confidence": 0.8,
}  # fmt: skip


def make_page(id: str, *events: dict[str, Any], published: str | None = None, **fields: Any) -> PageFindings:
    """Make a page of short events: orgs {"name": "role"}, date an EDTF string, place "name" or ["name", "adcode"].

    What an event's partnership says beside its parties stands in its "tie".
    """
    made = [_event(f"{id}-{i}", i, {**event, "tie": None}) for i, event in enumerate(events)]
    partnerships = [
        {
            "parties": parties,
            "kind": "strategic_cooperation",
            "edtf": event["date"]["edtf"],
            "event": event["id"],
            **short.get("tie", {}),
        }
        for event, short in zip(made, events, strict=True)
        if event["type"] == "signing"
        and len(parties := [o["name"] for o in event["organizations"] if o["role"] == "party"]) > 1
    ]
    page: dict[str, Any] = {
        "id": id, "source_id": None, "path": f"{id}.txt", "url": None, "title": None, "outlet": None,
        "published": {"edtf": published, "kind": "stated" if published else "none"}, "repairs": {}, "times": [],
        "events": made, "partnerships": partnerships, "warnings": [], **fields,
    }  # fmt: skip
    return PageFindings.model_validate(page)


def make_extraction(id: str, *events: dict[str, Any], text: str = "", **fields: Any) -> Extraction:
    """Make a page with its text."""
    return Extraction(text=text or f"第{id}页", findings=make_page(id, *events, **fields))


def _event(id: str, position: int, short: dict[str, Any]) -> dict[str, Any]:
    short.pop("tie")
    edtf = short.pop("date", None)
    low, high = Edtf.parse(edtf).bounds() if edtf else (None, None)
    orgs = short.pop("orgs", {})
    place = short.pop("place", None)
    name, adcode = place if isinstance(place, list) else (place, None)
    sentence = short.pop("sentence", None) or f"{id}：{'、'.join(orgs)}的消息"
    start = position * 100
    return {
        **EVENT,
        "id": id,
        "date": {"edtf": edtf, "from": low and low.isoformat(), "to": high and high.isoformat(), "text": edtf, "reason": "stated", "confidence": 0.9},
        "organizations": [{"name": n, "role": r, "text": n, "start": start, "end": start + len(n)} for n, r in orgs.items()],
        "place": {"name": name, "adcode": adcode, "text": name, "start": start, "end": start + len(name)} if name else None,
        "trigger": {"text": "签", "start": start, "end": start + 1},
        "sentence": {"text": sentence, "start": start, "end": start + len(sentence)},
        **short,
    }  # fmt: skip
