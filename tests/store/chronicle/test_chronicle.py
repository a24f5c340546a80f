"""The chronology goes in and comes back the same; a save changes what differs and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.findings import make_page
from tests.store.chronicles import make_event, make_timeline
from timeline.chronology import EventQuery, Judgement, Timeline
from timeline.link import link
from timeline.store import (
    Store,
    count,
    find_changes,
    find_events,
    load_timeline,
    read_event,
    read_organization,
    save_timeline,
)

A, B, C = "东原大学", "南河集团", "青川市人民政府"
TABLES = ("events", "event_records", "organizations", "organization_names", "participations", "people", "places", "sources",
          "partnerships", "partners", "judgements", "changes", "forwards")  # fmt: skip


def linked() -> Timeline:
    """Link some pages that give every kind of row."""
    person = {"name": "田野", "title": "校长", "organization": A, "start": 0, "end": 2}
    amount = {"text": "3亿元", "value": 3e8, "currency": "CNY", "start": 5, "end": 8}
    return link(
        [
            make_page("a", {"date": "2023-12-06", "orgs": {A: "party", B: "party"}, "persons": [person]}),
            make_page(
                "b",
                {"date": "XXXX-12-06", "orgs": {A: "party", "南河集团有限公司": "party"}, "amount": amount},
            ),
            make_page(
                "c", {"type": "forum", "date": "2022-05", "orgs": {C: "host"}, "place": ["青川市", "990100"]}
            ),
        ]
    )


def test_a_chronology_comes_back_as_it_was(store: Store) -> None:
    timeline = linked()
    save_timeline(store, timeline)
    assert load_timeline(store) == timeline
    assert count(store).events == 2


def test_saving_the_same_again_touches_no_row(store: Store) -> None:
    save_timeline(store, linked())
    before = _rows(store)
    assert all(before[name] for name in TABLES if name != "forwards")
    save_timeline(store, linked())
    assert _rows(store) == before


def test_an_empty_chronology_leaves_nothing_but_the_log(store: Store) -> None:
    save_timeline(store, linked())
    save_timeline(store, Timeline(organizations=(), events=(), partnerships=()))
    left = {name for name, rows in _rows(store).items() if rows}
    assert left == {"changes"}
    assert find_events(store, EventQuery(q="东原")).total == 0


def test_a_changed_event_is_found_by_its_new_words_only(store: Store) -> None:
    save_timeline(store, make_timeline(make_event("e", "2020", title="茶业论坛", orgs={A: "host"})))
    save_timeline(store, make_timeline(make_event("e", "2021", title="稻作论坛", orgs={B: "host"})))
    found = {q: find_events(store, EventQuery(q=q)).total for q in ("茶业", "稻作", A, B)}
    assert found == {"茶业": 0, "稻作": 1, A: 0, B: 1}
    assert find_events(store, EventQuery.model_validate({"from": "2021-01-01"})).total == 1
    assert find_events(store, EventQuery(organizations=(A,))).total == 0


def test_a_save_that_fails_leaves_the_chronology_as_it_was(store: Store) -> None:
    timeline = linked()
    save_timeline(store, timeline)
    stranger = make_event("new").model_copy(update={"organizations": timeline.events[0].organizations})
    broken = timeline.model_copy(update={"organizations": (), "events": (stranger,), "partnerships": ()})
    with pytest.raises(KeyError):
        save_timeline(store, broken)
    assert load_timeline(store) == timeline


def test_judgements_are_replaced(store: Store) -> None:
    first = Judgement(left="a", right="b", verdict="unsure", score=3.5, reasons=("r",), by="rules")
    second = first.model_copy(update={"verdict": "same", "score": 4.5})
    other = first.model_copy(update={"right": "c"})
    for judgements in ((first,), (second, other), (other,), ()):
        save_timeline(store, Timeline(organizations=(), events=(), partnerships=(), judgements=judgements))
        assert load_timeline(store).judgements == judgements


def test_every_change_has_a_number_and_a_reason(store: Store) -> None:
    save_timeline(store, make_timeline(make_event("e1", "2020", orgs={A: "host"})), at="2024-01-01")
    first = find_changes(store)
    assert [(c.sequence, c.kind, c.subject, c.id, c.at) for c in first] == [
        (1, "created", "organization", f"o:{A}", "2024-01-01"),
        (2, "created", "event", "e1", "2024-01-01"),
    ]
    save_timeline(store, make_timeline(make_event("e1", "2021", orgs={A: "host"}), make_event("e2")))
    later = find_changes(store, since=2)
    assert {(c.kind, c.subject, c.id) for c in later} == {
        ("updated", "event", "e1"),
        ("created", "event", "e2"),
    }
    assert [c.sequence for c in later] == [3, 4]
    assert all(c.reason for c in [*first, *later])
    save_timeline(store, make_timeline(make_event("e2")))
    assert {(c.kind, c.id) for c in find_changes(store, since=4)} == {
        ("deleted", "e1"),
        ("deleted", f"o:{A}"),
    }


def test_a_merge_leaves_a_forwarding_address(store: Store) -> None:
    one, two = make_event("one", sentences=["甲"]), make_event("two", sentences=["乙"])
    save_timeline(store, make_timeline(one, two))
    both = one.model_copy(update={"sources": (*one.sources, *two.sources)})
    save_timeline(store, make_timeline(both))
    assert read_event(store, "two") == both
    assert [(c.kind, c.id, c.other) for c in find_changes(store, since=2)] == [
        ("updated", "one", None),
        ("merged", "two", "one"),
    ]
    third = make_event("three", sentences=["丙"])
    final = third.model_copy(update={"sources": (*third.sources, *both.sources)})
    save_timeline(store, make_timeline(final))
    assert read_event(store, "two") == read_event(store, "one") == final


def test_a_split_is_told_and_takes_the_address_back(store: Store) -> None:
    one, two = make_event("one", sentences=["甲"]), make_event("two", sentences=["乙"])
    both = one.model_copy(update={"sources": (*one.sources, *two.sources)})
    save_timeline(store, make_timeline(both))
    save_timeline(store, make_timeline(one, two))
    assert ("split", "one", "two") in [(c.kind, c.id, c.other) for c in find_changes(store)]
    assert read_event(store, "two") == two


def test_an_organisation_that_was_merged_is_found_by_its_old_id(store: Store) -> None:
    save_timeline(store, make_timeline(make_event("e", orgs={A: "host", B: "host"})))
    save_timeline(store, make_timeline(make_event("e", orgs={A: "host"}), names={A: (B,)}))
    found = read_organization(store, f"o:{B}")
    assert found is not None
    assert found.name == A
    assert find_events(store, EventQuery(organizations=(f"o:{B}",))).total == 1


def test_one_more_event_is_no_news_of_an_organisation(store: Store) -> None:
    save_timeline(store, make_timeline(make_event("e1", orgs={A: "host"})))
    save_timeline(
        store, make_timeline(make_event("e1", orgs={A: "host"}), make_event("e2", "2020", orgs={A: "host"}))
    )
    assert [(c.kind, c.subject, c.id) for c in find_changes(store, since=2)] == [("created", "event", "e2")]
    organization = read_organization(store, f"o:{A}")
    assert organization is not None
    assert (organization.events, organization.first) == (2, "2020-01-01")


def _rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as connection:
        return {
            name: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2"))]
            for name in TABLES
        }
