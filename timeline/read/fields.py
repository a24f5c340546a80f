"""A record of any shape in, the values of our nine fields out: by the caller's names first, then by known aliases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from timeline.lexicon import load

_ADDRESS = re.compile(
    r"[/:\\@]|^[\w.\-]+\.[a-z]{2,4}$"
)  # github:owner/name, www.example.cn: no outlet's name


def read_fields(record: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, str | None]:
    """Give id, text, html, url, title, published, outlet, fetched and file of a record, each None where it has none.

    `fields` maps our name to the record's (meta.date reaches into an object). Names are compared without case,
    hyphens and underscores. A source that is an address is not an outlet.

    >>> read_fields({"Content": "甲乙签约", "pub_time": "2024-05-18"}, {})["published"]
    '2024-05-18'
    """
    folded = {_fold(str(key)): value for key, value in record.items()}
    values = {
        name: _as_text(_dotted(record, fields[name]))
        if name in fields
        else next((v for alias in aliases if (v := _as_text(folded.get(alias))) is not None), None)
        for name, aliases in _aliases().items()
    }
    if values["outlet"] and "outlet" not in fields and _ADDRESS.search(values["outlet"]):
        values["outlet"] = None
    return values


def is_record(value: object) -> bool:
    """Say whether a JSON value is an object with a field that can hold a page's text."""
    if not isinstance(value, Mapping):
        return False
    names = {_fold(str(key)) for key in value}
    return bool(names.intersection(_aliases()["text"]) or names.intersection(_aliases()["html"]))


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    return {entry.kind: tuple(_fold(word) for word in entry.words) for entry in load("fields")}


def _dotted(record: Mapping[str, Any], path: str) -> Any:
    """Follow meta.date into a record; a field whose own name has the dot comes first."""
    if path in record:
        return record[path]
    here: Any = record
    for part in path.split("."):
        here = here.get(part) if isinstance(here, Mapping) else None
    return here


def _as_text(value: Any) -> str | None:
    """Give a value as text: paragraphs in a list as lines, [2024, 6, 6] as 2024-6-6; null and objects as none."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list) and value:
        if all(isinstance(part, int) for part in value):
            return "-".join(map(str, value))
        if all(isinstance(part, str) for part in value):
            return "\n".join(value)
    return None


def _fold(name: str) -> str:
    return re.sub(r"[\s_\-]", "", name).lower()
