"""Rows and months: the order the store gives is kept, headings are as precise as the dates under them."""

from __future__ import annotations

from api.answers import EventEvidence
from api.view.rows import FAMILIES, count_outlets, group_months, group_roles, make_row, name_event
from api.view.texts import read_texts
from tests.api.corpus import make_corpus
from timeline.chronology import EventParty

EVENTS = make_corpus()[1].events
ZH = read_texts("zh")


def _titles(*values: str) -> list[tuple[str, str | None]]:
    event = EVENTS[0]
    dated = [
        event.model_copy(update={"date": event.date.model_copy(update={"edtf": v or None})}) for v in values
    ]
    return [(m.title, m.value) for m in group_months([make_row(e, (), ZH) for e in dated], ZH)]


def test_months_are_as_precise_as_their_dates() -> None:
    assert _titles("2024-05-18", "2024-05", "2024-05-03~", "2024", "2023-21", "../2019", "XXXX-05", "") == [
        ("2024年5月", "2024-05"),
        ("2024年 · 月份不详", "2024"),
        ("2023年 · 月份不详", "2023"),
        ("2019年 · 月份不详", "2019"),
        ("年份未定", None),
    ]


def test_an_event_without_a_title_goes_by_those_who_act() -> None:
    signing = next(e for e in EVENTS if e.type == "signing" and not e.title)
    assert name_event(signing, ZH).count(" × ") == len(signing.organizations) - 1
    alone = signing.model_copy(update={"organizations": (), "place": None})
    assert name_event(alone, ZH) == "签约"


def test_a_short_list_of_roles_says_how_many_more() -> None:
    award = next(e for e in EVENTS if len(e.organizations) > 10)
    groups = group_roles(award, most=4)
    assert sum(len(g.parties) for g in groups) == 4
    assert sum(len(g.parties) + g.more for g in groups) == len(award.organizations)
    assert sum(len(g.parties) for g in group_roles(award)) == len(award.organizations)


def test_reprints_and_one_outlet_twice_are_not_independent() -> None:
    event = next(e for e in EVENTS if len(e.sources) == 3)
    assert count_outlets(event) == len({s.outlet for s in event.sources if not s.is_reprint})
    same = tuple(s.model_copy(update={"outlet": "甲报", "is_reprint": False}) for s in event.sources)
    assert count_outlets(event.model_copy(update={"sources": same})) == 1


def test_every_type_has_a_family_and_every_role_a_place() -> None:
    for kind in FAMILIES:
        assert ZH.has(f"type.{kind}")
    for role in EventParty.model_fields["role"].annotation.__args__:  # type: ignore[union-attr]
        assert ZH.has(f"role.{role}")


def test_a_date_taken_from_another_sentence_is_not_stated() -> None:
    extractions, timeline = make_corpus()
    event, page = timeline.events[0], extractions[0]
    (mention,) = page.findings.events
    before = mention.date.model_copy(update={"start": 0, "end": 5})
    moved = mention.model_copy(update={"date": before})
    for told, dated, form in ((mention, event.date, "stated"), (moved, before, "inferred")):
        evidence = EventEvidence(
            page="p",
            title=None,
            outlet=None,
            url=None,
            path=None,
            published=page.findings.published,
            mention=told,
        )
        row = make_row(event.model_copy(update={"date": dated}), (evidence,), ZH)
        assert row.date.form == form
