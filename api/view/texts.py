"""The interface's words: a language and a key in, the words out; texts/zh.json and texts/en.json hold the same keys."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Literal

from starlette.requests import Request

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_FOLDER = Path(__file__).parent.parent / "texts"


class Texts:
    """One language's catalogue; a key that is missing is an error, so that no page shows a key."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._words: dict[str, str] = _load(language)

    def __call__(self, key: str, **values: object) -> str:
        """Give the words of a key with its values put in; `count` picks the key's `.one` form where there is one."""
        if values.get("count") == 1 and f"{key}.one" in self._words:
            key = f"{key}.one"
        words = self._words[key]
        return words.format(**values) if values else words

    def has(self, key: str) -> bool:
        return key in self._words


@cache
def read_texts(language: Language) -> Texts:
    """Give a language's catalogue, read once."""
    return Texts(language)


def choose_language(request: Request) -> Language:
    """Take the language the address names, else the browser's first that we speak, else Chinese."""
    named = request.query_params.get("lang")
    if named in LANGUAGES:
        return named
    for tag in _accepted(request.headers.get("accept-language", "")):
        primary = tag.partition("-")[0]
        if primary in LANGUAGES:
            return primary
    return "zh"


def _accepted(header: str) -> list[str]:
    """List the tags of an Accept-Language header, best first: "en;q=0.5, zh" gives zh, en."""
    weighted: list[tuple[float, int, str]] = []
    for number, part in enumerate(header[:500].split(",")):
        tag, _, rest = part.strip().partition(";")
        try:
            weight = float(rest.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        if tag and weight > 0:
            weighted.append((-weight, number, tag.lower()))
    return [tag for _, _, tag in sorted(weighted)]


@cache
def _load(language: Language) -> dict[str, str]:
    words: dict[str, str] = json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))
    return words
