"""A number of events in, pages that tell them out, some twice or thrice, some without the year; the same for one seed.

`make_pages` gives records, one event a page; `make_lines` gives the lines of a shard, three events a page, fast enough
for millions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import orjson

from tests.bench.words import DAYS, FIRST_DAY, KINDS, SYLLABLES, THEMES, TYPES
from tests.findings import make_page
from timeline.records import PageFindings

_APART = 1000  # reports that wait to be put on one page with others
_ON_PAGE = 3


def make_pages(events: int, *, seed: int = 1) -> Iterator[PageFindings]:
    """Make the pages that tell `events` events of three tenths as many bodies, about five pages for three events."""
    for number, (told, published) in enumerate(_tell(events, seed)):
        yield make_page(f"g{number:08x}", told, published=published)


def make_lines(events: int, *, seed: int = 1) -> Iterator[bytes]:
    """Make the lines of a shard that tell the same events, reports of one event on pages far apart."""
    chance = random.Random(seed + 1)
    waiting: list[tuple[dict[str, Any], str | None]] = []
    number = 0
    for one in _tell(events, seed):
        waiting.append(one)
        if len(waiting) >= _APART:
            yield _line(number, [waiting.pop(chance.randrange(len(waiting))) for _ in range(_ON_PAGE)])
            number += 1
    chance.shuffle(waiting)
    for at in range(0, len(waiting), _ON_PAGE):
        yield _line(number, waiting[at : at + _ON_PAGE])
        number += 1


def _tell(events: int, seed: int) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Give each report of each event, in short, with the day its page was published."""
    chance = random.Random(seed)
    bodies = [_body(chance, i) for i in range(max(events * 3 // 10, 3))]
    for event in range(events):
        told = _event(chance, event, bodies)
        day = date.fromisoformat(told["date"])
        for report in range(chance.choices((1, 2, 3, 6), (60, 25, 12, 3))[0]):
            published = None
            short = dict(told)
            if report and chance.random() < 0.3:
                short["date"] = f"XXXX-{day:%m-%d}"
            else:
                published = (day + timedelta(days=chance.randint(0, 3))).isoformat()
            if report and chance.random() < 0.3:
                short["orgs"] = {_short(name): role for name, role in told["orgs"].items()}
            yield short, published


def _line(number: int, told: list[tuple[dict[str, Any], str | None]]) -> bytes:
    id = f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}"
    text = "".join(short["sentence"] for short, _ in told)
    mentions, ties, start = [], [], 0
    for i, (short, _) in enumerate(told):
        mentions.append(_mention(f"{id[:12]}{i:04x}", short, start))
        parties = [name for name, role in short["orgs"].items() if role == "party"]
        if len(parties) > 1:
            ties.append(
                {
                    "parties": parties,
                    "kind": "strategic_cooperation",
                    "edtf": short["date"],
                    "event": mentions[-1]["id"],
                }
            )
        start += len(short["sentence"])
    published = next((day for _, day in told if day), None)
    findings = {
        "id": id, "source_id": None, "path": None, "url": f"https://news.example/{number}", "title": None,
        "outlet": f"{SYLLABLES[number % 60]}报",
        "published": {"edtf": published, "kind": "stated" if published else "none", "confidence": 0.9, "evidence": []},
        "repairs": {"mojibake": 0, "glosses": 0, "script": None, "damaged": 0}, "authors": [], "times": [], "events": mentions,
        "partnerships": ties, "warnings": [],
    }  # fmt: skip
    return orjson.dumps({"text": text, "findings": findings})


def _mention(id: str, short: dict[str, Any], start: int) -> dict[str, Any]:
    sentence, place, edtf = short["sentence"], short["place"], short["date"]
    at = {name: start + max(sentence.find(name), 0) for name in (*short["orgs"], place)}
    is_known = edtf[0] != "X"
    return {
        "id": id, "type": short["type"], "status": "held", "headline": True, "title": short["title"], "theme": None,
        "date": {
            "edtf": edtf, "from": edtf if is_known else None, "to": edtf if is_known else None, "text": edtf[5:],
            "start": start, "end": start + 5, "reason": "stated", "confidence": 0.9,
        },
        "trigger": {"text": "举行", "start": start, "end": start + 2},
        "place": {"text": place, "start": at[place], "end": at[place] + len(place), "name": place, "adcode": None},
        "organizations": [
            {"text": name, "start": at[name], "end": at[name] + len(name), "name": name, "role": role, "is_borrowed": False}
            for name, role in short["orgs"].items()
        ],
        "persons": [], "amount": None, "sentence": {"text": sentence, "start": start, "end": start + len(sentence)},
        "segment": "article", "confidence": 0.8,
    }  # fmt: skip


def _body(chance: random.Random, number: int) -> str:
    stem = "".join(chance.choices(SYLLABLES, k=4))
    return f"{stem}{SYLLABLES[number % len(SYLLABLES)]}{KINDS[number % len(KINDS)]}"


def _short(name: str) -> str:
    return name.removesuffix("有限公司").replace("人民政府", "政府")


def _event(chance: random.Random, number: int, bodies: list[str]) -> dict[str, Any]:
    type_ = chance.choice(TYPES)
    # a few bodies act often, most seldom
    parties = {bodies[int(len(bodies) * chance.random() ** 3)] for _ in range(chance.randint(1, 3))}
    role = "party" if type_ == "signing" else "host"
    theme = chance.choice(THEMES)
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    place = "".join(chance.choices(SYLLABLES, k=2)) + "市"
    title = (
        f"{place[:2]}{theme}{''.join(chance.choices(SYLLABLES, k=2))}大会"
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
