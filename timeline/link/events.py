"""Two reports in, whether they tell of one event, by named features with their weights, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from timeline.edtf import Edtf
from timeline.link.kinship import without_kin
from timeline.link.names import is_branch, is_part
from timeline.link.reports import Report

SAME = 4.0
UNSURE = 3.0
# how many days two full dates of one occasion may contradict each other: a fair of every week is another one
_SLIP = 5
_POSTPONED = 200
# from here on two names that differ have something in common
_AKIN = 60
_TELLING_NAME = 5
# these are between some and no others: a delegation visits two bodies in one day, a city signs with two companies
PAIRED = ("signing", "visit")


class Feature(NamedTuple):
    """One thing that speaks for (above 0) or against two reports telling of one event; a veto decides alone."""

    weight: float
    reason: str
    is_veto: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two reports have in common; `is_conflict` where their full dates contradict each other all the same."""

    score: float
    verdict: Literal["same", "unsure", "different"]
    reasons: tuple[str, ...]
    is_conflict: bool = False


def compare(one: Report, other: Report) -> Comparison:
    """Weigh everything two reports say; the same whichever comes first."""
    features = [
        *_compare_types(one, other),
        *_compare_names(one, other),
        *_compare_parties(one, other),
        *_compare_places(one, other),
        *_compare_amounts(one, other),
    ]
    is_conflict = not are_compatible(one, other)
    if is_conflict:
        features.append(_excuse(one, other))
    else:
        features.extend(_compare_dates(one, other))
    if one.key[0] == other.key[0]:
        is_typed_alike = one.type == other.type
        is_veto = are_apart(one, other)
        features.append(Feature(-1.5 if is_typed_alike else -3.0, "one page tells of both apart", is_veto))
    score = round(sum(f.weight for f in features), 2)
    reasons = tuple(f"{f.reason} ({f.weight:+g})" for f in features)
    if any(f.is_veto for f in features) or score < UNSURE:
        return Comparison(score, "different", reasons)
    return Comparison(score, "same" if score >= SAME else "unsure", reasons, is_conflict)


def are_compatible(one: Report, other: Report) -> bool:
    """Say whether the dates of two reports can be of one event; an unknown date and an unknown year fit any."""
    if one.date is None or other.date is None:
        return True
    (a0, a1), (b0, b1) = one.window, other.window
    is_open = a0 is None or a1 is None or b0 is None or b1 is None
    if is_open and not one.is_about and not other.is_about:
        return _fit(one.words, other.words)
    return not ((a1 and b0 and a1 < b0) or (b1 and a0 and b1 < a0))


def are_apart(one: Report, other: Report) -> bool:
    """Say whether one page surely tells of two events: of one type, about different sums."""
    return (
        one.type == other.type
        and one.amount is not None
        and other.amount is not None
        and ((one.amount.currency, one.amount.value) != (other.amount.currency, other.amount.value))
    )


@lru_cache(maxsize=1 << 16)
def _fit(one: str, other: str) -> bool:
    return Edtf.parse(one).is_compatible(Edtf.parse(other))


def _compare_types(one: Report, other: Report) -> Iterator[Feature]:
    if one.type == other.type:
        yield Feature(0.5, f"both are of type {one.type}")


def _compare_dates(one: Report, other: Report) -> Iterator[Feature]:
    if one.date is None or other.date is None:
        return
    a, b = one.words, other.words
    if one.is_about or other.is_about:
        yield Feature(1.0, f"{a} and {b} are about the same time")
    elif one.precision == other.precision == "day":
        is_known = one.is_year_known and other.is_year_known
        yield Feature(2.5 if is_known else 2.0, f"{a} and {b} share a day")
    elif {one.precision, other.precision} in ({"month"}, {"day", "month"}):
        yield Feature(1.0, f"{a} and {b} share a month")
    else:
        yield Feature(0.3, f"{a} and {b} do not exclude each other")


def _compare_names(one: Report, other: Report) -> Iterator[Feature]:
    """Compare what two events are called; another edition or year is a veto, also of names too general to tell anything."""
    a, b = one.name, other.name
    if a is None or b is None:
        return
    for mine, theirs, what in ((a.editions, b.editions, "edition"), (a.years, b.years, "year")):
        if mine and theirs and not mine & theirs:
            yield Feature(0.0, f"the names say another {what}", is_veto=True)
    if not (a.is_telling and b.is_telling):
        return
    if a.key == b.key:
        yield Feature(3.0, f"both are called {a.key}")
    elif is_part(a, b) or is_part(b, a):
        yield Feature(-3.0, "one is held as a part of the other")
        return
    elif a.key in b.key or b.key in a.key:
        yield Feature(2.0, "one name stands in the other")
    elif a.proper == b.proper or fuzz.ratio(a.proper, b.proper) >= 85 or _is_drawn_from(a.proper, b.proper):
        yield Feature(1.5, "the names are alike")
    elif (a.editions & b.editions) - {1}:
        yield Feature(0.0, "the names differ, but say the same edition")
        return
    else:
        yield Feature(-1.0 if fuzz.ratio(a.proper, b.proper) >= _AKIN else -2.0, "the names differ")
        return
    if (a.editions & b.editions) or (a.years & b.years):
        yield Feature(1.0, "the names say the same edition")


def _is_drawn_from(one: str, other: str) -> bool:
    """Say whether a name is another one with words left out within: 云帆产业园 of 云帆重工青川产业园."""
    short, full = sorted((one, other), key=len)
    if len(short) < _TELLING_NAME or short[:2] != full[:2] or short[-2:] != full[-2:]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def _compare_parties(one: Report, other: Report) -> Iterator[Feature]:
    if one.subjects and other.subjects:
        if one.subjects & other.subjects:
            yield Feature(3.0, "both are about the founding or opening of one body")
        elif len(without_kin(one.subjects, other.subjects)) < len(one.subjects):
            yield Feature(2.0, "both are about the founding or opening of bodies that are called alike")
        else:
            yield Feature(-3.0, "each is about the founding or opening of another body")
    shared = one.makers & other.makers
    mine, theirs = one.makers - shared, other.makers - shared
    if shared and any(is_branch(a, b) for a in mine for b in theirs):
        yield Feature(3.0, "a company and its branch, and further parties, take part in both")
    else:
        yield from _count_parties(one, len(shared), mine, theirs)
    if not shared and one.bodies & other.bodies:
        yield Feature(1.0, "an organisation takes part in both")


def _count_parties(
    one: Report, shared: int, mine: frozenset[str], theirs: frozenset[str]
) -> Iterator[Feature]:
    """Weigh how many parties two reports share, those called alike along, and whom each has beyond."""
    alone, others = without_kin(mine, theirs), theirs
    if len(alone) < len(mine):
        others = without_kin(theirs, mine)
    kin = min(len(mine) - len(alone), len(theirs) - len(others))
    if one.family in PAIRED and shared + kin and alone and others:
        yield Feature(-3.0, "each has a partner whom the other does not have")
    elif shared >= 2:
        yield Feature(3.0, f"{shared} parties take part in both")
    elif shared + kin >= 2:
        yield Feature(2.5, f"{shared + kin} parties take part in both, some under another name")
    elif shared:
        yield Feature(1.5, "one party takes part in both")
    elif kin:
        yield Feature(1.0, "a party of one is called like a party of the other")
    elif mine and theirs:
        yield Feature(-1.5, "the parties differ")


def _compare_places(one: Report, other: Report) -> Iterator[Feature]:
    a, b = one.place, other.place
    if a is None or b is None:
        return
    mine, theirs = _area(a.adcode), _area(b.adcode)
    if a.name == b.name and len(mine) != 2:
        yield Feature(1.0 if len(mine) != 4 else 0.5, f"both are in {a.name}")
    elif mine and theirs and (mine.startswith(theirs) or theirs.startswith(mine)):
        weight = {2: 0.0, 4: 0.5}.get(min(len(mine), len(theirs)), 1.0)
        yield Feature(weight, f"{a.name} and {b.name} lie in each other")
    elif mine and theirs:
        yield Feature(-2.0, f"{a.name} and {b.name} lie apart")


def _area(adcode: str | None) -> str:
    """Give the part of a code that says something: two digits a province, four a city, six a district."""
    code = adcode or ""
    while code.endswith("00"):
        code = code[:-2]
    return code


def _compare_amounts(one: Report, other: Report) -> Iterator[Feature]:
    a, b = one.amount, other.amount
    if a is not None and b is not None:
        is_same = a.currency == b.currency and a.value == b.value
        yield Feature(1.0, f"both are about {a.text}") if is_same else Feature(-1.0, "the amounts differ")


def _excuse(one: Report, other: Report) -> Feature:
    """Let two contradicting dates pass where name and parties agree and the days lie near; a series comes back later."""
    against = f"{one.words} and {other.words} contradict each other"
    a, b = one.name, other.name
    is_named = a is not None and b is not None and a.is_telling and a.key == b.key
    if not (is_named and one.makers & other.makers and one.date and other.date):
        return Feature(-9.0, against, is_veto=True)
    apart = _days_apart(one, other)
    is_edition = a is not None and b is not None and bool(a.editions & b.editions or a.years & b.years)
    if apart is None or apart > (_POSTPONED if is_edition else _SLIP):
        return Feature(-9.0, against, is_veto=True)
    return Feature(-0.5, against)


def _days_apart(one: Report, other: Report) -> int | None:
    (a0, a1), (b0, b1) = one.window, other.window
    if a0 is None or a1 is None or b0 is None or b1 is None:
        return None
    return max(b0 - a1, a0 - b1)
