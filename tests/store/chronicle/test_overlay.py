"""Whatever is said, ingested and linked in whatever order: what is shown is what a store made anew would show."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.findings import make_extraction
from timeline.chronology import Correction, Event, EventQuery
from timeline.merge import link_store
from timeline.records import Extraction
from timeline.store import (
    Store,
    apply_corrections,
    count_by,
    export_corrections,
    find_changes,
    find_corrections,
    find_events,
    find_organizations,
    find_pairs,
    iterate_partnerships,
    load_timeline,
    open_store,
    save_correction,
    save_extractions,
    save_timeline,
    save_verdict,
    withdraw_correction,
)

NAMES = ("东原大学", "南河集团", "西陵研究院", "北湖学会", "中山市人民政府")
EVERY = EventQuery(reviews=("automatic", "confirmed", "corrected", "rejected"))


def make_pages(random: Random, count: int) -> list[Extraction]:
    """Make pages that often tell of the same few events, some vaguely."""
    rows = []
    for _ in range(count):
        one, other = sorted(random.sample(NAMES, 2))
        date = random.choice(["2020-05-18", "2020-05-18", "XXXX-05-18", "2020", "2021-09-01", None])
        rows.append(
            {"date": date, "orgs": {one: "party", other: "party"}, "confidence": random.choice([0.4, 0.9])}
        )
    return [make_extraction(f"p{i:02d}", row) for i, row in enumerate(rows)]


def claim(random: Random, event: Event, number: int) -> Correction:
    said: dict[str, Any] = random.choice(
        [
            {"field": "date", "value": random.choice(["2019-05-18", "2021", "XXXX-05-18"])},
            {"field": "title", "value": random.choice(["签约", None])},
            {"field": "type", "value": random.choice(["forum", "signing"])},
            {"field": "status", "value": random.choice(["planned", "cancelled"])},
            {"field": "place", "value": "苏州市"},
            {"field": "verdict", "value": random.choice(["confirmed", "rejected"])},
            {
                "field": "party",
                "action": "add",
                "value": random.choice(NAMES),
                "name": "甲会",
                "role": "party",
            },
            {"field": "party", "action": "add", "name": f"新会{number % 3}", "role": "host"},
            {"field": "party", "action": "remove", "value": event.organizations[0].organization},
        ]
    )
    at = f"2024-05-01T08:{number // 60:02d}:{number % 60:02d}Z"
    return Correction.model_validate({"event": event.id, "by": "lin", "at": at, **said})


def play(store: Store, pages: list[Extraction], random: Random) -> None:
    """Bring in pages one by one or several, and say things of what is there in between."""
    waiting = list(pages)
    for number in range(60):
        events = list(find_events(store, EVERY, limit=1000).events)
        active = find_corrections(store)
        step = random.random()
        if waiting and (step < 0.3 or not events):
            save_extractions(
                store, [waiting.pop(random.randrange(len(waiting))) for _ in range(min(2, len(waiting)))]
            )
            link_store(store)
        elif step < 0.4 and active:
            withdraw_correction(store, random.choice(active).id, by="wei", at="2024-06-01T00:00:00Z")
        elif step < 0.55 and len(events) > 1:
            one, other = random.sample(events, 2)
            verdict = random.choice(["same", "different"])
            at = f"2024-05-02T08:{number:02d}:00Z"
            save_verdict(store, one.id, other.id, verdict, by="lin", at=at)  # type: ignore[arg-type]
            link_store(store)
        else:
            event = random.choice([e for e in events if e.organizations] or events)
            if event.organizations:
                save_correction(store, claim(random, event, number))
    save_extractions(store, waiting)
    link_store(store)


def shown(store: Store) -> dict[str, Any]:
    """Give what readers see, under names in place of ids, which depend on the order of things."""
    events = find_events(store, EVERY, limit=1000).events
    return {
        "events": sorted(repr(_nameless(e)) for e in events),
        "organizations": sorted((o.name, o.names, o.events, o.first, o.last) for o in _bodies(store)),
        "ties": sorted((sorted(t.parties), t.edtf or "", t.kind) for t in iterate_partnerships(store, EVERY)),
        "pairs": sorted(
            (sorted(p.names), p.events, p.sources, p.first or "", p.last or "")
            for p in find_pairs(store, limit=1000).pairs
        ),
        "facets": [count_by(store, EVERY, field) for field in ("type", "status", "certainty", "year")],
    }


def _bodies(store: Store) -> tuple[Any, ...]:
    return find_organizations(store, limit=1000).organizations


def _nameless(event: Event) -> dict[str, Any]:
    fields = event.model_dump(exclude={"id"})
    fields["organizations"] = sorted((p.name, p.role) for p in event.organizations)
    return fields


KINDS: list[Any] = [("sqlite", 1), ("sqlite", 2), ("sqlite", 4), ("sqlite", 7)]
KINDS.append(pytest.param("postgres", 4, marks=pytest.mark.postgres))


@pytest.mark.parametrize(("kind", "seed"), KINDS)
def test_what_is_shown_does_not_depend_on_the_order_of_things(
    kind: str, seed: int, new_url: Callable[[str], str]
) -> None:
    random = Random(seed)
    pages = make_pages(random, 14)
    with open_store(new_url(kind)) as store, open_store(new_url(kind)) as anew:
        play(store, pages, random)
        _check_rows(store)
        save_extractions(anew, pages)
        link_store(anew)
        outcomes = [one.outcome for one in apply_corrections(anew, export_corrections(store))]
        link_store(anew)
        assert shown(anew) == shown(store), outcomes


def _check_rows(store: Store) -> None:
    """Write the whole chronology anew over itself: nothing changes."""
    before, last = shown(store), find_changes(store, limit=10**6)[-1].sequence
    save_timeline(store, load_timeline(store))
    assert find_changes(store, since=last) == []
    assert shown(store) == before
