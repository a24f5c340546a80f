"""What persons correct stays laid over what linking finds, whichever way it is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.findings import make_extraction
from tests.merge.crowds import link_at_once
from timeline.chronology import Correction
from timeline.merge import link_store, link_store_in_bulk
from timeline.store import Store, load_timeline, read_event, save_correction, save_extractions

A, B, C = "东原大学", "南河集团", "青川银行"
PAIR = {A: "party", B: "party"}


@pytest.mark.parametrize("link", [link_store, link_store_in_bulk], ids=["what is new", "everything"])
def test_a_correction_outlasts_new_pages(store: Store, link: Callable[[Store], None]) -> None:
    save_extractions(store, [make_extraction("a", {"date": "2021-06-09", "orgs": PAIR})])
    link(store)
    [event] = load_timeline(store).events
    for field, value in (("date", "2021-06-10"), ("title", "校企签约")):
        claim = {
            "id": "",
            "event": event.id,
            "field": field,
            "value": value,
            "by": "lin",
            "at": "2024-01-01T00:00:00Z",
        }
        save_correction(store, Correction.model_validate(claim))
    party = {"id": "", "event": event.id, "field": "party", "action": "add", "role": "witness", "name": C, "by": "lin",
             "at": "2024-01-01T00:00:00Z"}  # fmt: skip
    save_correction(store, Correction.model_validate(party))
    save_extractions(
        store,
        [
            make_extraction("b", {"date": "2021-06-09", "orgs": PAIR}),
            make_extraction("c", {"date": "2022-01-01", "orgs": {C: "host"}, "type": "forum"}),
        ],
    )
    expected = link_at_once(store)
    link(store)
    found = load_timeline(store)
    assert found.events == expected.events
    shown = read_event(store, event.id)
    assert shown is not None
    assert (shown.review, shown.date.edtf, shown.title, len(shown.sources)) == (
        "corrected",
        "2021-06-10",
        "校企签约",
        2,
    )
    assert [(p.name, p.role) for p in shown.organizations] == [(A, "party"), (B, "party"), (C, "witness")]
