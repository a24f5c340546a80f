"""A number of events in, pages that tell them out, some twice or thrice, some without the year; the same for one seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.findings import make_page
from timeline.records import PageFindings

_TYPES = (
    "signing",
    "forum",
    "unveiling",
    "establishment",
    "groundbreaking",
    "opening",
    "launch",
    "expo",
    "visit",
    "award",
)
_SYLLABLES = "东南西北青白金玉云海山川河江湖林原岭泽石松柏梅兰竹菊星辰日月天地风雷雨雪春夏秋冬晨曦远航宏图伟业华光明德厚仁和安平泰康宁顺达通利丰盛昌隆"
_KINDS = (
    "大学",
    "科技有限公司",
    "集团有限公司",
    "研究院",
    "市人民政府",
    "医院",
    "协会",
    "银行",
    "委员会",
    "学院",
)
_THEMES = (
    "茶业",
    "再生材料",
    "智能制造",
    "稻作",
    "海洋装备",
    "电池",
    "康养",
    "文旅",
    "港航",
    "芯片",
    "种业",
    "算力",
)
_FIRST = date(2005, 1, 1)
_DAYS = 20 * 365


def make_pages(events: int, *, seed: int = 1) -> Iterator[PageFindings]:
    """Make the pages that tell `events` events of three tenths as many bodies, about five pages for three events."""
    chance = random.Random(seed)
    bodies = [_body(chance, i) for i in range(max(events * 3 // 10, 3))]
    number = 0
    for event in range(events):
        told = _event(chance, event, bodies)
        for report in range(chance.choices((1, 2, 3, 6), (60, 25, 12, 3))[0]):
            published = None
            short = dict(told)
            day = date.fromisoformat(told["date"])
            if report and chance.random() < 0.3:
                short["date"] = f"XXXX-{day:%m-%d}"
            else:
                published = (day + timedelta(days=chance.randint(0, 3))).isoformat()
            if report and chance.random() < 0.3:
                short["orgs"] = {_short(name): role for name, role in told["orgs"].items()}
            yield make_page(f"g{number:08x}", short, published=published)
            number += 1


def _body(chance: random.Random, number: int) -> str:
    stem = "".join(chance.choices(_SYLLABLES, k=4))
    return f"{stem}{_SYLLABLES[number % len(_SYLLABLES)]}{_KINDS[number % len(_KINDS)]}"


def _short(name: str) -> str:
    return name.removesuffix("有限公司").replace("人民政府", "政府")


def _event(chance: random.Random, number: int, bodies: list[str]) -> dict[str, Any]:
    type_ = chance.choice(_TYPES)
    # a few bodies act often, most seldom
    parties = {bodies[int(len(bodies) * chance.random() ** 3)] for _ in range(chance.randint(1, 3))}
    role = "party" if type_ == "signing" else "host"
    theme = chance.choice(_THEMES)
    day = _FIRST + timedelta(days=chance.randrange(_DAYS))
    place = "".join(chance.choices(_SYLLABLES, k=2)) + "市"
    title = (
        f"{place[:2]}{theme}{''.join(chance.choices(_SYLLABLES, k=2))}大会"
        if type_ in ("forum", "expo")
        else None
    )
    names = sorted(parties)
    return {
        "type": type_,
        "date": day.isoformat(),
        "orgs": dict.fromkeys(names, role),
        "place": place,
        "title": title,
        "sentence": f"{day.month}月{day.day}日，{'与'.join(names)}在{place}围绕{theme}举行活动，编号{number}。",
    }
