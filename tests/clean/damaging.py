"""Damage a text the way real pages are damaged: a byte-level replace, blind to character boundaries, read back as cp936."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from timeline.clean.readings import find_readings

_STRAY = 0x01
_TONES = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")


@dataclass(frozen=True)
class Damaged:
    """A damaged text, and which stretches text[start:end] of the sound one can no longer be read in it."""

    text: str
    places: tuple[tuple[int, int], ...]


def damage(text: str, keys: Mapping[str, str], struck: tuple[str, ...] = ("！",)) -> Damaged:
    """Gloss every key with its reading, put a stray byte before every struck mark, byte by byte, and decode."""
    stream: list[tuple[int, int]] = []  # each byte with the place of the character it came from
    for at, character in enumerate(text):
        stream += [(byte, at) for byte in character.encode("gbk", "replace")]
    for key, reading in keys.items():
        stream = _insert(stream, key.encode("gbk"), behind=f"({reading})".encode("gbk"))
    for mark in struck:
        stream = _insert(stream, mark.encode("gbk"), before=bytes([_STRAY]))
    read, intact = _decode(stream)
    return Damaged(read, _gaps(text, intact))


def draw_keys(text: str, share: float, random: Random) -> dict[str, str]:
    """Draw the characters of a page's key table: a share of its kinds, each with one toned reading."""
    kinds = sorted({c for c in text if _toned(c) and c.encode("gbk", "ignore")})
    return {c: _toned(c) for c in random.sample(kinds, round(share * len(kinds)))}


def _toned(character: str) -> str:
    return next((r for r in sorted(find_readings(character)) if _TONES & set(r)), "")


def _insert(
    stream: list[tuple[int, int]], key: bytes, before: bytes = b"", behind: bytes = b""
) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(stream):
        if at + 1 < len(stream) and stream[at][0] == key[0] and stream[at + 1][0] == key[1]:
            out += [(b, -1) for b in before] + stream[at : at + 2] + [(b, -1) for b in behind]
            at += 2
        else:
            out.append(stream[at])
            at += 1
    return out


def _decode(stream: list[tuple[int, int]]) -> tuple[str, set[int]]:
    """Decode as cp936 with one `?` for a lead byte before a low one; say which characters came through."""
    out: list[str] = []
    intact: set[int] = set()
    at = 0
    while at < len(stream):
        byte, source = stream[at]
        if byte < 0x80:
            if byte >= 0x20 or byte in b"\t\n":
                out.append(chr(byte))
            intact.add(source)
            at += 1
        elif byte in (0x80, 0xFF) or at + 1 == len(stream):
            out.append({0x80: "€", 0xFF: ""}.get(byte, "?"))
            at += 1
        else:
            trail, other = stream[at + 1]
            read = _pair(byte, trail)
            out.append(read)
            if source == other and source >= 0 and len(read) == 1 and read != "?":
                intact.add(source)
            at += 2
    return "".join(out), intact


def _pair(lead: int, trail: int) -> str:
    if trail < 0x40 or trail in (0x7F, 0xFF):
        return "?"
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        is_user_defined = (
            (0xAA <= lead <= 0xAF and trail >= 0xA1)
            or (lead >= 0xF8 and trail >= 0xA1)
            or (0xA1 <= lead <= 0xA7 and trail <= 0xA0)
        )
        return "" if is_user_defined else "?"


def _gaps(text: str, intact: set[int]) -> tuple[tuple[int, int], ...]:
    places: list[tuple[int, int]] = []
    for at in range(len(text)):
        if at in intact:
            continue
        if places and at - places[-1][1] <= 1:
            places[-1] = (places[-1][0], at + 1)
        else:
            places.append((at, at + 1))
    return tuple(places)
