"""Corrections by hand: a signed form in, the store told, the event's own page again out; undoing marks, never deletes."""

from __future__ import annotations

from typing import Any, get_args

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.deps import Id, StoreNeeded, read_clock
from api.sessions import Form, FormNeeded, demand_session
from api.view.links import is_here, with_language
from timeline.chronology import Correction, CorrectionField
from timeline.errors import UsageError
from timeline.records import Role
from timeline.store import save_correction, withdraw_correction

router = APIRouter(include_in_schema=False, default_response_class=Response)

_ACTIONS = ("set", "add", "remove")


@router.post("/events/{id}/corrections")
def correct_event(request: Request, store: StoreNeeded, id: Id, form: FormNeeded) -> Response:
    """Keep what a person says of an event, and show the event as it is now."""
    session = demand_session(request, form, "review")
    correction = read_correction(form, id, by=session.token.name)
    kept = save_correction(store, correction)
    return _back(request, form, f"/events/{kept.event}", "history")


@router.post("/corrections/{id}/withdraw")
def withdraw(request: Request, store: StoreNeeded, id: Id, form: FormNeeded) -> Response:
    """Take a correction back."""
    session = demand_session(request, form, "review")
    kept = withdraw_correction(store, id, by=session.token.name, at=read_clock())
    return _back(request, form, f"/events/{kept.event}", "history")


def read_correction(form: Form, event: str, *, by: str) -> Correction:
    """Make a correction of a form's fields; the store judges whether its value can be.

    Raises UsageError for a field, an action or a role that there is none of.
    """
    field, action, role = form.one("field"), form.one("action") or "set", form.one("role") or None
    if field not in get_args(CorrectionField) or action not in _ACTIONS:
        raise UsageError(f"a correction sets, adds or removes one of: {', '.join(get_args(CorrectionField))}")
    if role is not None and role not in get_args(Role):
        raise UsageError(f"{role!r} is no role; take one of: {', '.join(get_args(Role))}")
    value = form.one("typed") or form.one("value") or None
    given: dict[str, Any] = {"event": event, "field": field, "action": action, "value": value, "role": role}
    return Correction(**given, by=by, reason=form.one("reason")[:500], at=read_clock())


def _back(request: Request, form: Form, path: str, anchor: str) -> Response:
    """Lead back to where the form stood, when that is a page of this server, else to `path`."""
    wanted = form.one("next")
    target = wanted if is_here(wanted) else with_language(path, form.one("lang")) + f"#{anchor}"
    return RedirectResponse(target, 303)
