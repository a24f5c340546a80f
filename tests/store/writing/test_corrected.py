"""One event and its partnerships under corrections, without a store: what each field does, and whom the event ties then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.store.chronicles import make_event
from timeline.chronology import Correction, Partnership
from timeline.store.writing.corrected import Told, correct

A, B, C, D = "甲大学", "乙集团", "丙研究院", "丁学会"


def told(*, ties: tuple[tuple[str, ...], ...] = ((A, B),), **fields: Any) -> Told:
    """Make an event of A and B, whose ids are "o:" and the name, with partnerships."""
    event = make_event("e", "XXXX-05-18", orgs={A: "party", B: "party"}, **fields)
    partnerships = [
        Partnership(
            id=f"p{number}",
            organizations=tuple(f"o:{name}" for name in names),
            parties=names,
            kind="framework",
            edtf="XXXX-05-18",
            event="e",
        )
        for number, names in enumerate(ties)
    ]
    return Told(event=event, partnerships=tuple(partnerships))


def say(field: str, value: str | None, **rest: Any) -> Correction:
    fields = {"event": "e", "field": field, "value": value, "by": "lin", "at": "2024-05-01T00:00:00Z", **rest}
    return Correction.model_validate(fields)


def party(name: str, action: str = "add", role: str | None = "party") -> Correction:
    return say("party", f"o:{name}", name=name, action=action, role=role)


def tied(found: Told, *corrections: Correction) -> list[tuple[str, ...]]:
    return [tie.parties for tie in correct(found, corrections).partnerships]


CASES: list[tuple[str, tuple[tuple[str, ...], ...], list[Correction], list[set[str]]]] = [
    ("nothing said", ((A, B),), [], [{A, B}]),
    ("one more", ((A, B),), [party(C)], [{A, B, C}]),
    ("one more beside them", ((A, B),), [party(C, role="witness")], [{A, B}]),
    ("one less", ((A, B),), [party(B, "remove", None)], []),
    ("one less of another role", ((A, B),), [party(B, "remove", "host")], [{A, B}]),
    ("one for another", ((A, B),), [party(B, "remove", None), party(C)], [{A, C}]),
    ("one is witness after all", ((A, B),), [party(B, role="witness")], []),
    ("a second one where the pages tied nobody", (), [party(C)], [{A, B, C}]),
    ("a compensation stays one", (), [say("status", "planned")], []),
    ("told beside the event", ((C, D),), [party("戊")], [{C, D}, {A, B, "戊"}]),
    ("no joint act", ((A, B),), [say("type", "visit")], []),
    ("a joint act after all", (), [say("type", "establishment")], [{A, B}]),
    ("called off", ((A, B),), [say("status", "cancelled")], []),
    ("no event", ((A, B),), [say("verdict", "rejected")], []),
    (
        "no event, or one after all",
        ((A, B),),
        [say("verdict", "rejected"), say("verdict", "confirmed")],
        [{A, B}],
    ),
]


@pytest.mark.parametrize(("name", "ties", "said", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_whom_a_corrected_event_ties(
    name: str, ties: tuple[tuple[str, ...], ...], said: list[Correction], wanted: list[set[str]]
) -> None:
    assert [set(parties) for parties in tied(told(ties=ties), *said)] == wanted


def test_partnerships_take_the_corrected_date() -> None:
    (tie,) = correct(told(), [say("date", "2012-05-18")]).partnerships
    assert (tie.id, tie.edtf) == ("p0", "2012-05-18")


def test_the_words_of_a_date_stay_where_they_can_mean_it() -> None:
    found = told()
    dated = found.event.date.model_copy(update={"text": "5月18日", "start": 3, "end": 8})
    found = found.model_copy(update={"event": found.event.model_copy(update={"date": dated})})
    same = correct(found, [say("date", "2012-05-18")]).event.date
    other = correct(found, [say("date", "2012-06-01")]).event.date
    assert (same.text, same.start, same.confidence) == ("5月18日", 3, 1.0)
    assert (other.text, other.start, other.end) == (None, None, None)
    assert (other.from_, other.to) == ("2012-06-01", "2012-06-01")


def test_a_place_is_coded_where_its_name_means_one() -> None:
    assert correct(told(), [say("place", "苏州市")]).event.place.adcode == "320500"  # type: ignore[union-attr]
    assert correct(told(), [say("place", "海淀桥南")]).event.place.adcode is None  # type: ignore[union-attr]
    place = correct(told(place="南京"), [say("place", "鼓楼区")]).event.place
    assert place is not None
    assert (place.adcode, place.text, place.end) == (None, "", 0)  # many cities have one
    assert correct(told(place="南京"), [say("place", None)]).event.place is None


def test_reviews_are_named_by_what_weighs_most() -> None:
    def review(*said: Correction) -> str:
        return correct(told(), said).event.review

    assert review(say("verdict", "confirmed")) == "confirmed"
    assert review(say("title", "签约"), say("verdict", "confirmed")) == "corrected"
    assert review(say("verdict", "rejected"), say("title", "签约")) == "rejected"
    assert review() == "automatic"
