"""Reasons in the reader's language: the machine's English clauses in, Chinese ones out; a clause unknown stays as it is.

texts/reasons.zh.json holds a pattern and its words for each clause. In the words, `\\1` is what the pattern caught,
`{\\1}` the same looked up in the file's own little dictionary, `«\\1»` the same said as a clause of its own.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from api.view.texts import Texts

_FILE = Path(__file__).parent.parent / "texts" / "reasons.zh.json"
_LOOKED_UP = re.compile(r"\{(?P<word>[^{}]+)\}")  # {year}
_CLAUSE = re.compile(r"«(?P<clause>[^«»]+)»")  # «stated in full»
# A reason longer than this is not one of ours.
_LONGEST = 1000


def say_reason(reason: str, texts: Texts) -> str:
    """Say a reason, clause by clause."""
    if texts.language == "en" or len(reason) > _LONGEST:
        return reason
    return "；".join(_say(clause) for clause in reason.split("; "))


def say_note(note: str, texts: Texts) -> str:
    """Say a note on a piece of evidence: whole where it is known, else part by part between its commas."""
    if texts.language == "en" or len(note) > _LONGEST:
        return note
    return _say_parts(note)


@lru_cache(maxsize=4096)
def _say(clause: str) -> str:
    words, clauses = _catalogue()
    for pattern, said in clauses:
        match = pattern.fullmatch(clause)
        if match:
            text = _LOOKED_UP.sub(lambda m: words.get(m["word"], m["word"]), match.expand(said))
            return _CLAUSE.sub(lambda m: _say_parts(m["clause"]), text)
    return clause


def _say_parts(note: str) -> str:
    whole = _say(note)
    return whole if whole != note else "，".join(_say(part) for part in note.split(", "))


@cache
def _catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    content = json.loads(_FILE.read_text("utf-8"))
    return content["words"], [(re.compile(pattern), said) for pattern, said in content["clauses"]]
