"""How test_lexicon.py asks each room whether an entry fires in a text: file name -> callable(entry, text)."""

from __future__ import annotations

from collections.abc import Callable

from timeline.lexicon import Entry

FINDERS: dict[str, Callable[[Entry, str], bool]] = {}


def _linking(entry: Entry, text: str) -> bool:
    from timeline.link.names import fold, read_body_name, read_occasion_name

    if entry.kind == "plain":
        proper = read_occasion_name(text).proper
        return any(word in text and word not in proper for word in entry.words)
    name, longest = read_body_name(text), entry.words[0]
    if entry.kind == "level":
        return all(word not in name.key for word in entry.words)
    if entry.kind in ("legal", "informal"):
        return name.stem != fold(text) and name.legal == (longest if entry.kind == "legal" else "")
    found = max((word for word in entry.words if word in text), key=len)
    return fold(longest) in name.key and read_body_name(text.replace(found, longest)).key == name.key


FINDERS["linking"] = _linking
