"""A record and the names of some fields in, one short line out: how records are shown to a person in a console or notebook."""

from __future__ import annotations

from collections.abc import Iterable

_SHORT, _FEW = 40, 4  # characters of a value, and names of a list


def show_briefly(record: object, fields: Iterable[str]) -> str:
    """Name a record and those of its fields that say something, each cut short.

    A record in a field is shown by its date, name or text, several of them by their names or their number.
    """
    values = ((name, getattr(record, name)) for name in fields)
    said = ", ".join(f"{name}={_brief(value)}" for name, value in values if value not in (None, "", ()))
    return f"{type(record).__name__}({said})"


def _brief(value: object) -> str:
    if isinstance(value, tuple):
        names = [one if isinstance(one, str) else getattr(one, "name", None) for one in value]
        more = "…" if len(names) > _FEW else ""
        return "、".join(map(str, names[:_FEW])) + more if all(names) else str(len(value))
    said = " ".join(str(_name(value) or ("?" if hasattr(value, "edtf") else value)).split())
    return said if len(said) <= _SHORT else said[: _SHORT - 1] + "…"


def _name(value: object) -> object:
    named = (getattr(value, field, None) for field in ("edtf", "name", "text"))
    return next((name for name in named if name and isinstance(name, str)), None)
