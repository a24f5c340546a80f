"""What two GBK bytes read as, and what bytes a character has: the tables that a text read one byte off is read back with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from timeline.clean.readings import find_readings

LEADS = range(0x81, 0xFF)
TRAILS = tuple(t for t in range(0x40, 0xFF) if t != 0x7F)
# signs of running text; other pairs outside the Han area are taken for misreadings
_MARKS = frozenset("\u3000，。、；：？！“”‘’《》〈〉（）—…·【】〔〕「」『』～％℃０１２３４５６７８９")


@cache
def bytes_of(character: str) -> tuple[int, int] | None:
    """Give the two bytes of a character in GBK, with the user-defined areas; None for what has one byte or four.

    >>> bytes_of("域"), bytes_of("a"), bytes_of("\\ue000")
    ((211, 242), None, (170, 161))
    """
    if character < "\x80":
        return None
    codec = "gb18030" if "\ue000" <= character <= "\uf8ff" else "gbk"
    try:
        encoded = character.encode(codec)
    except UnicodeEncodeError:
        return None
    return (encoded[0], encoded[1]) if len(encoded) == 2 else None


def read_pair(lead: int, trail: int) -> str | None:
    """Give the character of running text that two bytes read as, None where they read as nothing or as a rare sign."""
    return _row(lead).get(trail)


def read_row(lead: int) -> Mapping[int, str]:
    """Give every character of running text behind a lead byte, by its trail byte."""
    return _row(lead)


@cache
def find_trails(lead: int, reading: str) -> tuple[int, ...]:
    """List the trail bytes that make of a lead byte a character read so."""
    return tuple(t for t, c in _row(lead).items() if c >= "\u4e00" and reading in find_readings(c))


@cache
def find_pairs(reading: str) -> tuple[tuple[int, int], ...]:
    """List the byte pairs of all characters read so."""
    return tuple((lead, trail) for lead in LEADS for trail in find_trails(lead, reading))


@cache
def vanished_pairs() -> Mapping[int, tuple[int, ...]]:
    """List the pairs of the user-defined areas, trails by lead: no character stands for them, so a page drops them.

    A trail below 0x81 cannot begin a character read one byte off and is left out.
    """
    high, low = tuple(range(0xA1, 0xFF)), tuple(range(0x81, 0xA1))
    rows = dict.fromkeys((*range(0xAA, 0xB0), *range(0xF8, 0xFF)), high)
    return rows | dict.fromkeys(range(0xA1, 0xA8), low)


@cache
def unassigned_pairs() -> Mapping[int, tuple[int, ...]]:
    """List the pairs outside the user-defined areas that no character is assigned to, trails by lead: each decodes to one `?`."""
    rows: dict[int, tuple[int, ...]] = {}
    for lead in LEADS:
        user_defined = vanished_pairs().get(lead, ())
        trails = tuple(t for t in range(0x81, 0xFF) if t not in user_defined and not _is_assigned(lead, t))
        if trails:
            rows[lead] = trails
    return rows


def _is_assigned(lead: int, trail: int) -> bool:
    try:
        bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return False
    return True


@cache
def _row(lead: int) -> Mapping[int, str]:
    row: dict[int, str] = {}
    for trail in TRAILS if lead in LEADS else ():
        try:
            character = bytes((lead, trail)).decode("gbk")
        except UnicodeDecodeError:
            continue
        if "\u4e00" <= character <= "\u9fff" or character in _MARKS:
            row[trail] = character
    return row
