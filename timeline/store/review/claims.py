"""What a person says of an event, checked: a Correction as it came in, the same in its one written form out, or a UsageError."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import get_args

from sqlalchemy import Connection

from timeline.chronology import Correction, CorrectionField
from timeline.edtf import Edtf
from timeline.errors import EdtfError, UsageError
from timeline.records import EventType, Role, Status
from timeline.store.review.parties import find_organization, name_near, new_organization

_ID = re.compile(r"c[0-9a-f]{16}")  # c0f1e2d3c4b5a6978
LONGEST = {"value": 300, "by": 200, "reason": 2000}  # characters


def check_claim(connection: Connection, correction: Correction) -> Correction:
    """Give a correction with its value in its one form and an organisation by id and name, under an id of ours.

    Raises UsageError, saying what would do, for a date that no calendar has, a word that the ontology does not know, an
    organisation that is not stored, an instant that is none, and a correction that nobody signed.
    """
    tidy = {name: _tidy(name, getattr(correction, name)) for name in ("value", "reason")}
    by, at = check_signature(correction.by, correction.at)
    if (correction.action == "set") == (correction.field == "party"):
        raise UsageError(
            f"{correction.field} cannot be {_DONE[correction.action]}; {_ADVICE[correction.field]}"
        )
    if correction.role is not None and correction.field != "party":
        raise UsageError(f"a {correction.field} has no role")
    claim = correction.model_copy(update={"by": by, "at": at, "reason": tidy["reason"] or ""})
    if claim.withdrawn_at is not None:
        who, when = check_signature(claim.withdrawn_by or "", claim.withdrawn_at)
        claim = claim.model_copy(update={"withdrawn_by": who, "withdrawn_at": when})
    value = tidy["value"] or None
    if correction.field == "party":
        claim = _with_party(connection, claim, value)
    else:
        claim = claim.model_copy(update={"value": _CHECKS[correction.field](value), "name": None})
    return claim if _ID.fullmatch(claim.id) else claim.model_copy(update={"id": name_claim(claim)})


def check_signature(by: str, at: str) -> tuple[str, str]:
    """Give who said something and when, in their one form: an instant in UTC.

    Raises UsageError where nobody signs or `at` is no instant.
    """
    who = _tidy("by", by)
    if not who:
        raise UsageError("a correction needs a person: who says so?")
    return who, _instant(at)


def name_claim(claim: Correction) -> str:
    """Make the id of a correction of what is said of which event, by whom and when: said twice it is one."""
    said = (claim.event, claim.field, claim.action, claim.value, claim.role, claim.by, claim.at)
    digest = hashlib.sha256(
        "\0".join("" if part is None else part for part in said).encode("utf-8", "replace")
    )
    return f"c{digest.hexdigest()[:16]}"


def _tidy(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text):
        raise UsageError(f"control characters have no place in the {name} of a correction")
    if len(text) > LONGEST[name]:
        raise UsageError(
            f"the {name} of a correction has {len(text)} characters; {LONGEST[name]} are allowed"
        )
    return text.strip() if name == "reason" else " ".join(text.split())


def _instant(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"not an instant: {text!r}; write 2024-05-18T09:30:00Z") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _date(value: str | None) -> str:
    try:
        return str(Edtf.parse(value or ""))
    except EdtfError as error:
        advice = "write 2012-05-18, 2012-05, 2012, XXXX-05-18 or 2012-05-18/2012-05-20"
        raise UsageError(f"the date {value!r} cannot be: {error}; {advice}") from error


def _one_of(words: tuple[str, ...], what: str) -> Callable[[str | None], str]:
    def check(value: str | None) -> str:
        if value not in words:
            raise UsageError(f"no such {what}: {value!r}; take {', '.join(words)}")
        return value

    return check


def _text(value: str | None) -> str | None:
    return value


_CHECKS: Mapping[CorrectionField, Callable[[str | None], str | None]] = {
    "date": _date,
    "type": _one_of(get_args(EventType), "type of event"),
    "status": _one_of(get_args(Status), "status"),
    "title": _text,
    "place": _text,
    "verdict": _one_of(("confirmed", "rejected"), "verdict"),
}
_DONE = {"set": "set", "add": "added", "remove": "removed"}
_ADVICE: Mapping[CorrectionField, str] = {
    "party": "add or remove one", "date": "set it", "type": "set it", "status": "set it", "title": "set it",
    "place": "set it", "verdict": "set it to confirmed or rejected",
}  # fmt: skip


def _with_party(connection: Connection, claim: Correction, value: str | None) -> Correction:
    if claim.action == "add" and claim.role is None:
        raise UsageError(f"a party is added under a role; take {', '.join(get_args(Role))}")
    name = _tidy("value", claim.name) or None
    found = find_organization(connection, value) if value is not None else None
    if found is None and name is not None:  # an id of another store with the name it had there, or a new name
        found = find_organization(connection, name)
        if found is None and claim.action == "add":
            found = new_organization(name)
    if found is None and value is None:
        raise UsageError("name the organisation, or give its id")
    if found is None:
        wanted = name or str(value)
        raise UsageError(f"no organisation is called {wanted}{name_near(connection, wanted)}")
    return claim.model_copy(update={"value": found.id, "name": found.name})
