"""fixtures/cases/links.jsonl in, pages and the right groups out; and how near two groupings are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from math import comb
from pathlib import Path

from tests.findings import make_page
from timeline.chronology import Timeline
from timeline.link.census import take_census
from timeline.link.tellings import read_tellings
from timeline.records import PageFindings

Report = tuple[str, str]


def read_gold(
    root: Path, name: str = "links"
) -> tuple[list[PageFindings], dict[Report, str], dict[Report, str]]:
    """Give the pages, the event of each (page, mention), the body of each (page, name)."""
    pages, events, bodies = [], {}, {}
    for line in (root / "fixtures" / "cases" / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        wanted = [event.pop("event") for event in row["events"]]
        for event in row["events"]:
            if "amount" in event:
                value = event["amount"]
                event["amount"] = {
                    "text": f"{value:g}元",
                    "value": value,
                    "currency": "CNY",
                    "start": 0,
                    "end": 1,
                }
        page = make_page(row["page"], *row["events"], published=row["published"])
        pages.append(page)
        events.update({(page.id, m.id): e for m, e in zip(page.events, wanted, strict=True)})
        bodies.update({(page.id, name): body for name, body in row["bodies"].items()})
    return pages, events, bodies


def events_of(timeline: Timeline) -> dict[Report, str]:
    """Give the event that each (page, mention) was put into."""
    return {(source.page, source.mention): event.id for event in timeline.events for source in event.sources}


def bodies_of(pages: Iterable[PageFindings], wanted: Iterable[Report]) -> dict[Report, str]:
    """Give the body that each wanted (page, name) was put into, by the body's own key."""
    uses = [use for page in pages for use in read_tellings(page).uses]
    bodies = take_census(uses).bodies
    found = {(use.page, use.name): bodies.body_of(use.key) for use in uses}
    return {key: found[key] for key in wanted}


def pairwise(
    wanted: Mapping[Hashable, Hashable], found: Mapping[Hashable, Hashable]
) -> tuple[float, float, float]:
    """Give precision, recall and F1 over the pairs that are put together."""
    both = _pairs((wanted[key], found[key]) for key in wanted)
    precision = both / max(_pairs(found[key] for key in wanted), 1)
    recall = both / max(_pairs(wanted.values()), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _pairs(labels: Iterable[Hashable]) -> int:
    return sum(comb(n, 2) for n in Counter(labels).values())
