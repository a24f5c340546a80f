"""A name of a body or an occasion in, the forms under which it is compared out; nothing here knows two names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from timeline.lexicon import load, load_table
from timeline.numerals import read_number

# what stands in and around a name without belonging to it: 《》 “” （） · -, and what no name holds
_MARKS = re.compile(
    r"[\x00-\x1f\x7f\ud800-\udfff\s\"'“”‘’「」『』《》〈〉【】\[\]()（）·•・.,，、。:：;；|｜_\-—–~～/]+"
)
# how short a name may be that is the end or the beginning of another one
SHORTEST_SHORT = 4
# 第八届, 第8届, 第十二次
_EDITION = re.compile(r"第(?P<number>[0-9一二三四五六七八九十百零〇两]{1,5})(?P<unit>[届次期])")
# 首届
_FIRST = re.compile(r"首(?P<unit>[届次期])")
# 青川市中级人民法院, 东岭县茶业协会
_RANKED = re.compile(r"(?P<place>[\u3400-\u9fff]{2,3}?)(?P<rank>[市县区])(?P<rest>[\u3400-\u9fff]{2,})")
# 2021年, 2021
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)年?(?:度)?")


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name: equal keys are one body.

    The stem lacks what short names leave out: the legal form, and the `rank` of the place it begins with.
    """

    key: str
    stem: str
    legal: str
    rank: str = ""


@dataclass(frozen=True, slots=True)
class OccasionName:
    """An occasion's name: its key without marks, year and edition, what is left of it beside plain words, its numbers."""

    key: str
    proper: str
    years: frozenset[int]
    editions: frozenset[int]

    @property
    def is_telling(self) -> bool:
        """Say whether the name says more than what sort of occasion it was."""
        return len(self.proper) >= 3


@lru_cache(maxsize=1 << 16)
def read_body_name(text: str) -> BodyName:
    """Bring a body's name to the forms it is compared in.

    >>> read_body_name("青川市 政府").key == read_body_name("青川市人民政府").key
    True
    """
    folded = fold(text)
    whole = _longer("whole").get(folded)
    name = whole or _without_level(_in_long_form(folded))
    # a branch is called by its whole ending: 东原分公司
    stem, legal = (name, "") if name.endswith(_branches()) else _without_legal_form(name)
    return split_key(stem + legal)


@lru_cache(maxsize=1 << 16)
def split_key(key: str) -> BodyName:
    """Give the parts of a key that read_body_name() made.

    >>> split_key(read_body_name("星汉科技有限责任公司").key).stem
    '星汉科技'
    """
    stem, legal = _without_ending(key, "legal")
    rank = _RANKED.match(stem)
    if rank is None:
        return BodyName(key, stem, legal)
    return BodyName(key, rank["place"] + rank["rest"], legal, rank["rank"])


@lru_cache(maxsize=1 << 16)
def read_occasion_name(text: str) -> OccasionName:
    """Bring an occasion's name to the forms it is compared in.

    >>> sorted(read_occasion_name("2021第八届青川茶业论坛").editions)
    [8]
    """
    folded = fold(text)
    years = frozenset(int(m["year"]) for m in _YEAR.finditer(folded))
    numbers = (read_number(m["number"]) for m in _EDITION.finditer(folded))
    editions = frozenset(n for n in numbers if n is not None) | ({1} if _FIRST.search(folded) else set())
    key = _FIRST.sub("", _EDITION.sub("", _YEAR.sub("", folded)))
    return OccasionName(key, _pattern("plain").sub("", key), years, frozenset(editions))


def is_part(whole: OccasionName, other: OccasionName) -> bool:
    """Say whether an occasion is named as a part of another one: …大会人形机器人分论坛, but not …大会开幕式.

    >>> is_part(read_occasion_name("青川茶业大会"), read_occasion_name("青川茶业大会红茶论坛"))
    True
    """
    if not other.key.startswith(whole.key) or not whole.key.endswith(_occasions()):
        return False
    rest = other.key[len(whole.key) :]
    own = _pattern("plain").sub("", rest)
    return len(own) >= 2 and rest.endswith(_occasions()) and not rest.startswith(tuple(_longer("joint")))


def short_beginnings(stem: str) -> list[str]:
    """List what a stem is when the word is left off that short names leave off.

    >>> short_beginnings("东原理工大学")
    ['东原理工']
    """
    if not stem.endswith(_endings()):
        return []
    cut = [stem.removesuffix(word) for word in _endings() if stem.endswith(word)]
    return [short for short in cut if len(short) >= SHORTEST_SHORT]


def longer_stems(stem: str) -> list[str]:
    """List the stems that a stem may be the beginning of: short_beginnings() the other way round."""
    return [stem + word for word in _endings()] if len(stem) >= SHORTEST_SHORT else []


def is_beginning(short: BodyName, full: BodyName) -> bool:
    """Say whether the short name is the full one without a word that short names leave off at the end."""
    is_legal = short.legal in ("", full.legal)
    return is_legal and full.stem.startswith(short.stem) and short.stem in short_beginnings(full.stem)


def is_of_country(short: BodyName, full: BodyName) -> bool:
    """Say whether the full name is the short one with its country before it: 德国青川公司.

    >>> is_of_country(read_body_name("青川精工公司"), read_body_name("德国青川精工公司"))
    True
    """
    return full.stem.endswith(short.stem) and full.stem[: -len(short.stem)] in _countries()


def has_parent(short: BodyName, full: BodyName) -> bool:
    """Say whether the full name is the short one with another body's name before it: 青川茶业协会红茶分会.

    >>> has_parent(read_body_name("红茶分会"), read_body_name("青川茶业协会红茶分会"))
    True
    """
    return full.stem.endswith(short.stem) and full.stem[: -len(short.stem)].endswith(_bodies())


def is_whole(name: BodyName) -> bool:
    """Say whether a name ends as bodies' names do: 东原大学 is another school than 东原理工大学, 东材院 is short for one.

    >>> is_whole(read_body_name("东原大学")), is_whole(read_body_name("东材院"))
    (True, False)
    """
    return bool(name.legal) or name.stem.endswith(_bodies())


def is_branch(one: str, other: str) -> bool:
    """Say whether one of two keys is a local branch of the other, a company.

    >>> is_branch("星汉科技东原分公司", "星汉科技股份有限公司")
    True
    """
    ends = _branches()
    if not one.endswith(ends) and not other.endswith(ends):
        return False
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if not longer.endswith(ends):
        longer, shorter = shorter, longer
    stem = split_key(shorter).stem
    return len(stem) > 2 and longer.startswith(stem) and longer != stem


def is_common(text: str) -> bool:
    """Say whether a name is one that many places have: 市教育局, 高新区, 人民医院.

    >>> is_common("市教育局"), is_common("青川市教育局")
    (True, False)
    """
    name = fold(text)
    if name[:1] in _longer("rank") and len(name) > 2:
        name = name[1:]
    if name in _common_names():
        return True
    # 高新区管委会 is no less common than 高新区
    if not name.endswith(_acting()):
        return False
    return any(name.removesuffix(word) in _common_names() for word in _acting() if name.endswith(word))


def place_name(text: str, place: str) -> str | None:
    """Give the full name of what a place of this name calls by its rank alone; None for any other name.

    >>> place_name("县人民医院", "禾川县"), place_name("县人民医院", "汐州市")
    ('禾川县人民医院', None)
    """
    name = fold(text)
    is_ranked = len(name) > 2 and name[0] in _ranks() and place.endswith(name[0]) and is_common(name)
    return place + name[1:] if is_ranked else None


def read_seat(key: str) -> tuple[str, ...]:
    """Give the keys of the bodies that act for a place of this key, if it is one.

    >>> read_seat(read_body_name("青川市").key)
    ('青川市人民政府', '青川市管理委员会')
    >>> read_seat("星汉集团")
    ()
    """
    if not key.endswith(_ranks()):
        return ()
    return tuple(read_body_name(key + word).key for word in _offices())


def read_seated(key: str) -> tuple[str, ...]:
    """Give the keys of the places that a body of this key may act for: read_seat() the other way round.

    >>> read_seated("青川市人民政府")[0]
    '青川市'
    """
    ends = [key.removesuffix(word) for word in _offices() if key.endswith(word)]
    levels = [end[:at] + word + end[at:] for end in ends for word in _longer("level") for at in (2, 3, 4)]
    return tuple(place for place in dict.fromkeys((*ends, *levels)) if key in read_seat(place))


def fold(text: str) -> str:
    """Take away width, case, spaces, quotes and brackets."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _in_long_form(folded: str) -> str:
    lead = _pattern("lead").match(folded)
    if lead is not None:
        folded = _longer("lead")[lead[0]] + folded[lead.end() :]
    folded = _pattern("form").sub(lambda m: _longer("form")[m[0]], folded)
    if folded.endswith(_branches()):
        folded = _pattern("legal").sub("", folded)
    ending = max((w for w in _longer("ending") if folded.endswith(w)), key=len, default="")
    folded = folded[: len(folded) - len(ending)] + _longer("ending")[ending] if ending else folded
    return _of_committee(folded)


def _of_committee(name: str) -> str:
    # 中共青川市委, 青川市委 and 中共青川市委员会 are one; so are 中共青川市委宣传部 and 青川市委宣传部
    if _committee_sign() not in name:
        return name
    lead = next((word for word in _longer("ruling") if name.startswith(word)), "")
    found = _committee().match(name, len(lead))
    if found is None:
        return name
    whole = next(iter(_longer("committee").values())) if found.end() == len(name) else found["committee"]
    return found["place"] + whole + name[found.end() :]


def _without_level(name: str) -> str:
    # 东原省教育厅 and 东原教育厅 are one; 吉林省… and 吉林市… are not, so only the higher rank goes
    for word in _longer("level"):
        at = name.find(word, 2, 4)
        if at > 0 and len(name) > at + 3:
            return name[:at] + name[at + len(word) :]
    return name


def _without_legal_form(name: str) -> tuple[str, str]:
    stem, legal = _without_ending(name, "legal")
    return (stem, legal) if legal else (_without_ending(name, "informal")[0], "")


def _without_ending(name: str, kind: str) -> tuple[str, str]:
    for word in _longest_first(kind):
        if name.endswith(word) and len(name) > len(word) + 1:
            return name[: -len(word)], _longer(kind)[word]
    return name, ""


@cache
def _longest_first(kind: str) -> tuple[str, ...]:
    return tuple(sorted(_longer(kind), key=len, reverse=True))


@cache
def _longer(kind: str) -> dict[str, str]:
    """Map each way of writing to the entry's first, folded."""
    return {fold(word): fold(e.words[0]) for e in load("linking") if e.kind == kind for word in e.words}


@cache
def _offices() -> tuple[str, ...]:
    return tuple(sorted(set(_longer("office"))))


@cache
def _acting() -> tuple[str, ...]:
    """Gather every way of writing of what acts for a place."""
    return tuple(word for word, long in _longer("form").items() if long in _offices())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_longer("beginning"))


@cache
def _branches() -> tuple[str, ...]:
    return tuple(_longer("branch"))


@cache
def _ranks() -> tuple[str, ...]:
    return tuple(_longer("place"))


@cache
def _committee_sign() -> str:
    # what every way of writing has: only such a name is looked at
    return min(_longer("committee"), key=len)


@cache
def _committee() -> re.Pattern[str]:
    # 青川市委, 青川市委员会
    ranks, words = (
        "|".join(sorted(_longer(kind), key=lambda w: (-len(w), w))) for kind in ("place", "committee")
    )
    return re.compile(f"(?P<place>[\\u3400-\\u9fff]{{2,8}}?(?:{ranks}))(?P<committee>{words})")


@cache
def _occasions() -> tuple[str, ...]:
    return tuple(_longer("occasion"))


@cache
def _countries() -> frozenset[str]:
    # 中国 before a name makes another name of it
    every = {row["name"] for row in load_table("places") if row["kind"] == "country"}
    return frozenset(every - {"中国"})


@cache
def _bodies() -> tuple[str, ...]:
    """Gather what names of bodies end in."""
    return tuple(fold(word) for e in load("organizations") if e.kind == "suffix" for word in e.words)


@cache
def _common_names() -> frozenset[str]:
    """Gather what ends or parts names: alone, such a word names no body."""
    kinds = ("suffix", "seat", "unit", "generic")
    words = {word for entry in load("organizations") if entry.kind in kinds for word in entry.words}
    return frozenset(map(fold, words)) | frozenset(_longer("common"))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    # the longest way of writing first: 人民政府 before 政府
    words = sorted(_longer(kind), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words)))
