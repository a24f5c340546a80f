"""Addresses: the filter a page shows in, the addresses of its neighbours out; every state of a page is an address."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from api.deps import EventFilter, Parameters
from api.view.texts import Language
from timeline.chronology import Source
from timeline.records import PageFindings


class Links:
    """The addresses a page needs, all in the language its own address names."""

    def __init__(self, path: str, parameters: Parameters, language: Language | None) -> None:
        self.path = path
        self.parameters = parameters
        self.language = language
        self._given = parameters.model_dump(by_alias=True, exclude_defaults=True, exclude={"lang"})

    def here(self, **changes: Any) -> str:
        """Give this page with some parameters changed; None takes one away, and the place in a list is left."""
        values = self._given | {"cursor": None} | changes
        return self._join(self.path, values)

    def toggle(self, name: str, value: str) -> str:
        """Give this page with one value of a list put in, or taken out where it is set."""
        values: list[str] = list(self._given.get(name) or [])
        chosen = [v for v in values if v != value] if value in values else [*values, value]
        return self.here(**{name: chosen})

    def without(self, name: str, value: str | None = None) -> str:
        """Give this page without a parameter, or without one value of a list."""
        values = self._given.get(name)
        if value is not None and isinstance(values, list):
            return self.here(**{name: [v for v in values if v != value]})
        return self.here(**{name: None})

    def filtered(self, path: str, **changes: Any) -> str:
        """Give another path with this page's filter: an export, the chronology."""
        names = {info.alias or name for name, info in EventFilter.model_fields.items()}
        kept = {k: v for k, v in self._given.items() if k in names}
        return self._join(path, kept | changes, is_page="." not in path and not path.startswith("/api"))

    def to(self, path: str, *, anchor: str = "", **values: Any) -> str:
        """Give another page in this language."""
        return self._join(path, values) + (f"#{anchor}" if anchor else "")

    def event(self, id: str) -> str:
        return self.to(f"/events/{quote(id, safe='')}")

    def organization(self, id: str) -> str:
        return self.to(f"/orgs/{quote(id, safe='')}")

    def page(self, id: str, mention: str | None = None, at: int | None = None) -> str:
        anchor = f"m-{mention}" if mention else ""
        return self.to(f"/pages/{quote(id, safe='')}", anchor=anchor, at=at or None)

    def api(self, path: str) -> str:
        return "/api/v1" + quote(path)

    def hidden(self, *left_out: str) -> list[tuple[str, str]]:
        """List the parameters a form must carry along."""
        values = self._given | {"cursor": None} | dict.fromkeys(left_out)
        return _pairs(values | {"lang": self.language})

    def _join(self, path: str, values: dict[str, Any], *, is_page: bool = True) -> str:
        pairs = _pairs(values | ({"lang": self.language} if is_page and "lang" not in values else {}))
        return f"{path}?{urlencode(pairs)}" if pairs else path


def outside(url: str | None) -> str | None:
    """Give a page's own address where a browser may follow it: http and https only."""
    if not url:
        return None
    try:
        return url if urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def origin(source: Source | PageFindings) -> str:
    """Say where a page came from: its web address, else the name of its file without the folders around it."""
    if source.url and outside(source.url):
        return source.url
    return PurePath(source.path).name if source.path else getattr(source, "page", "")


def _pairs(values: dict[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        many = value if isinstance(value, list | tuple) else [value]
        pairs += [(name, _text(one)) for one in many if one is not None and one != ""]
    return pairs


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def with_language(path: str, language: str | None) -> str:
    """Give a path in the language a form was sent from; anything but ours leaves it as it is."""
    return f"{path}?lang={language}" if language in ("zh", "en") else path


def is_here(address: str) -> bool:
    """Say whether an address is a path of this server: /x, but neither //host nor /\\host."""
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
