"""A text whose UTF-8 bytes were read as Windows-1252 or Latin-1 in, the edits that read them back out: ä¸­å›½ for 中国.

Source of the tables: the WHATWG Encoding Standard, index windows-1252, whose five unused bytes stay control characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from timeline.clean.shifted import LOST
from timeline.offsets import Edit

_FEWEST = 4  # characters read back on one page; fewer can stand in a French or Vietnamese name
_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)} | {
    bytes((byte,)).decode("windows-1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)
}
_LEAD = "".join(re.escape(char) for char, byte in _BYTES.items() if 0xE2 <= byte <= 0xEF)
_NEXT = "".join(re.escape(char) for char, byte in _BYTES.items() if 0x80 <= byte < 0xC0)
# å›½ | Â· | å› with a byte lost | the last byte of å  turned into a plain blank
_CHARACTER = re.compile(
    rf"""(?P<whole>[{_LEAD}][{_NEXT}]{{2}} | [ÂÃ][{_NEXT}])
       | (?P<blank>[{_LEAD}][{_NEXT}]\x20)
       | (?P<broken>[{_LEAD}][{_NEXT}]?)(?=[{_LEAD}\s0-9])""",
    re.VERBOSE,
)
_CUE = re.compile(rf"[ã-éï][{_NEXT}]{{2}}")
# Han, their marks, full-width forms, and the quotation marks and dashes of Chinese text
_CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u2014\u2018-\u201d\u2026\u00b7\u00d7]")


@dataclass(frozen=True, slots=True)
class Misread:
    """The characters read back, the stretches they stand in, and how many could not be read for a byte that is gone."""

    edits: tuple[Edit, ...] = ()
    places: tuple[Edit, ...] = ()
    lost: int = 0


def find_misread(text: str) -> Misread:
    """Find every character that was read byte by byte; a page with few of them is left as it is."""
    if _CUE.search(text) is None:
        return Misread()
    edits = [Edit(m.start(), m.end(), _read(m)) for m in _CHARACTER.finditer(text)]
    edits = [e for e in edits if e.text == LOST or _CHINESE.match(e.text)]
    if sum(e.text != LOST for e in edits) < _FEWEST:
        return Misread()
    return Misread(tuple(edits), join_places(edits), sum(e.text == LOST for e in edits))


def join_places(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Join the edits that touch to one place each, for those who count repairs."""
    places: list[list[Edit]] = []
    for edit in edits:
        if places and places[-1][-1].end == edit.start:
            places[-1].append(edit)
        else:
            places.append([edit])
    return tuple(Edit(p[0].start, p[-1].end, "".join(e.text for e in p)) for p in places)


def _read(match: re.Match[str]) -> str:
    if match["broken"]:
        return LOST
    said = match["whole"] or match["blank"].replace(" ", "\xa0")
    return bytes(_BYTES[char] for char in said).decode("utf-8", "replace")[:1]
