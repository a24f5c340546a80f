"""The filters set: a filter in, one chip a value out, each with the address of the page without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.deps import EventFilter
from api.view.links import Links
from api.view.texts import Texts

# Parameters whose values have words of their own in the catalogues.
_WORDS = {
    "type": "type", "not_type": "type", "status": "status", "not_status": "status", "certainty": "certainty",
    "undated": "undated", "headline": "headline", "match": "match", "role": "role", "review": "review",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chip:
    """One value of one filter: what both are called, and the address without it."""

    field: str
    name: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A filter to drop or to set, with the events that would then be found."""

    name: str
    href: str
    total: int
    is_set: bool = False


def list_chips(
    parameters: EventFilter, links: Links, names: Mapping[str, str], texts: Texts
) -> tuple[Chip, ...]:
    """List the values of a filter in the order of its fields; `names` says what an organisation's id is called."""
    given = parameters.model_dump(by_alias=True, exclude_none=True)
    chips: list[Chip] = []
    for info_name, info in EventFilter.model_fields.items():
        field = info.alias or info_name
        value = given.get(field)
        if value is None or field == "order" or (field == "match" and len(parameters.org) < 2):
            continue
        many = value if isinstance(value, list) else [value]
        for one in many:
            label = _label(field, one, names, texts)
            href = links.without(field, one if isinstance(value, list) else None)
            chips.append(Chip(field, texts(f"filter.{field}"), label, href))
    return tuple(chips)


def _label(field: str, value: Any, names: Mapping[str, str], texts: Texts) -> str:
    if field in _WORDS:
        return texts(f"{_WORDS[field]}.{str(value).lower() if isinstance(value, bool) else value}")
    return names.get(value, str(value))
