"""What the machine found of an event and what persons say of it in, the event as it is shown out; nothing is read or written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from timeline.areas import areas_named
from timeline.chronology import Correction, CorrectionField, Event, EventParty, Partnership, Review
from timeline.edtf import Edtf
from timeline.records import EventDate, Place, Record

# what ties its parties, as pipes/ reads it
_TYING = ("signing", "establishment", "launch")


class Told(Record):
    """An event with the partnerships that it tells of."""

    event: Event
    partnerships: tuple[Partnership, ...] = ()


def correct(found: Told, corrections: Sequence[Correction]) -> Told:
    """Lay a person's corrections over what was found, in their order: of two about one thing the later holds.

    Parties are named by ids of organisations as they are now. A rejected event ties nobody; neither does one that is
    called off, or corrected to a type that is no joint act.
    """
    event = found.event
    for correction in _holding(corrections):
        event = _STEPS[correction.field](event, correction)
    event = event.model_copy(update={"review": _review(corrections)})
    return Told(event=event, partnerships=_ties(found, event))


def is_effective(correction: Correction) -> bool:
    """Say whether a correction was not taken back."""
    return correction.withdrawn_at is None


def say(correction: Correction) -> str:
    """Say a correction in one line of the change log, without the reason.

    >>> say(Correction(event="e1", field="date", value="2012-05-18", by="lin", at="2024-05-01T00:00:00Z"))
    'date set to 2012-05-18'
    """
    value = correction.name or correction.value
    if correction.field == "party":
        verb = "added as" if correction.action == "add" else "removed"
        role = f" {correction.role}" if correction.role and correction.action == "add" else ""
        return f"party {value} {verb}{role}"
    if correction.field == "verdict":
        return str(value)
    return f"{correction.field} set to {value}" if value is not None else f"{correction.field} emptied"


def _holding(corrections: Sequence[Correction]) -> list[Correction]:
    """Leave out what a later correction of the same field replaces; of the parties each one counts."""
    last = {c.field: c for c in corrections if c.field != "party"}
    return [c for c in corrections if c.field == "party" or last[c.field] is c]


def _set_date(event: Event, correction: Correction) -> Event:
    value = Edtf.parse(correction.value or "")
    low, high = value.bounds()
    before = event.date
    pages = f"the pages gave {before.edtf}: {before.reason}" if before.edtf else "the pages gave no date"
    told = Edtf.parse(before.edtf) if before.edtf else None
    # the page's words stay where they can mean the day that was set
    is_told = told is not None and told.is_compatible(value)
    fixed = EventDate(
        edtf=str(value),
        from_=_iso(low),
        to=_iso(high),
        text=before.text if is_told else None,
        start=before.start if is_told else None,
        end=before.end if is_told else None,
        reason=f"set by {correction.by}; {pages}",
        confidence=1.0,
    )
    return event.model_copy(update={"date": fixed})


def _set_word(event: Event, correction: Correction) -> Event:
    return event.model_copy(update={correction.field: correction.value})


def _set_place(event: Event, correction: Correction) -> Event:
    if correction.value is None:
        return event.model_copy(update={"place": None})
    codes = {area.adcode for area in areas_named(correction.value)}
    # a name without words of a page: the empty span claims none
    place = Place(
        name=correction.value, adcode=codes.pop() if len(codes) == 1 else None, text="", start=0, end=0
    )
    return event.model_copy(update={"place": place})


def _set_party(event: Event, correction: Correction) -> Event:
    key = correction.value or ""
    others = tuple(
        p
        for p in event.organizations
        if p.organization != key or (correction.action == "remove" and correction.role not in (None, p.role))
    )
    if correction.action == "add" and correction.role is not None:
        party = EventParty(organization=key, name=correction.name or key, role=correction.role)
        last = max((i for i, p in enumerate(others, 1) if p.role == party.role), default=len(others))
        others = (*others[:last], party, *others[last:])
    return event.model_copy(update={"organizations": others})


def _judge(event: Event, correction: Correction) -> Event:
    return event


_STEPS: Mapping[CorrectionField, Callable[[Event, Correction], Event]] = {
    "date": _set_date, "type": _set_word, "status": _set_word, "title": _set_word, "place": _set_place,
    "party": _set_party, "verdict": _judge,
}  # fmt: skip


def _review(corrections: Sequence[Correction]) -> Review:
    verdicts = [c.value for c in corrections if c.field == "verdict"]
    if verdicts and verdicts[-1] == "rejected":
        return "rejected"
    if len(verdicts) < len(corrections):
        return "corrected"
    return "confirmed" if verdicts else "automatic"


def _ties(found: Told, event: Event) -> tuple[Partnership, ...]:
    """Give the partnerships of a corrected event: under its date, without who was removed, with who was added."""
    machine = found.event
    is_other = event.type != machine.type and event.type not in _TYING
    is_off = event.status != machine.status and event.status == "cancelled"
    if event.review == "rejected" or is_other or is_off:
        return ()
    before, after = _parties(machine), _parties(event)
    present = {p.organization for p in event.organizations}
    gone = {p.organization for p in machine.organizations} - present | (before.keys() - after.keys())
    fresh = [key for key in after if key not in before]
    if not gone and not fresh and event.type == machine.type and event.status == machine.status:
        return tuple(p.model_copy(update={"edtf": event.date.edtf}) for p in found.partnerships)
    # what a page tells beside the event ties others than its parties: nobody joins that
    kept = [
        _regroup(tie, event, gone, fresh if before.keys() & set(tie.organizations) else ())
        for tie in found.partnerships
    ]
    ties = tuple(tie for tie in kept if len(tie.organizations) > 1)
    is_tied = any(after.keys() & set(tie.organizations) for tie in ties)
    is_new = bool(fresh) or event.type != machine.type
    if is_new and not is_tied and event.type in _TYING and event.status != "cancelled" and len(after) > 1:
        return (*ties, _tie(event, tuple(sorted(after))))
    return ties


def _regroup(tie: Partnership, event: Event, gone: set[str], fresh: Sequence[str]) -> Partnership:
    members = sorted({*(key for key in tie.organizations if key not in gone), *fresh})
    known = dict(zip(tie.organizations, tie.parties, strict=True)) | _parties(event)
    update = {
        "organizations": tuple(members),
        "parties": tuple(known[key] for key in members),
        "edtf": event.date.edtf,
    }
    return tie.model_copy(update=update)


def _tie(event: Event, members: tuple[str, ...]) -> Partnership:
    digest = hashlib.sha256("\0".join(("corrected", event.id, *members)).encode()).hexdigest()[:16]
    names = _parties(event)
    return Partnership(
        id=f"p{digest}",
        organizations=members,
        parties=tuple(names[key] for key in members),
        kind="other",
        edtf=event.date.edtf,
        event=event.id,
        is_signed=event.type == "signing",
    )


def _parties(event: Event) -> dict[str, str]:
    return {p.organization: p.name for p in event.organizations if p.role == "party"}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
