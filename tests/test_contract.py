"""What goes out keeps the contract: every field there, every span true, the same bytes the same ids, on every page we have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from timeline.edtf import Edtf
from timeline.ingest import preview
from timeline.records import Extraction, Failure

PAGE = {
    "id", "source_id", "path", "url", "title", "outlet", "published", "repairs", "times", "events", "partnerships",
    "warnings", "authors", "byline",
}  # fmt: skip
AUTHOR = {"name", "role", "start", "end"}
PUBLISHED = {"edtf", "kind", "confidence", "evidence"}
EVIDENCE = {"kind", "edtf", "text", "start", "end", "weight", "note", "used"}
REPAIRS = {"mojibake", "glosses", "script", "damaged"}
TIME = {"text", "start", "end", "kind", "edtf", "from", "to", "reason"}
EVENT = {
    "id", "type", "status", "headline", "title", "theme", "date", "trigger", "place", "organizations", "persons",
    "amount", "sentence", "segment", "confidence", "part_of",
}  # fmt: skip
DATE = {"edtf", "from", "to", "text", "start", "end", "reason", "confidence"}
PLACE = {"name", "adcode", "text", "start", "end"}
ORGANIZATION = {"name", "role", "text", "start", "end", "is_borrowed"}
PERSON = {"name", "title", "organization", "start", "end"}
AMOUNT = {"text", "value", "currency", "start", "end"}
SPAN = {"text", "start", "end"}
PARTNERSHIP = {"parties", "kind", "edtf", "event", "is_signed", "subject", "creates", "sentence"}


def extract(path: Path) -> list[Extraction]:
    results = list(preview([path], workers=1))
    assert not [r for r in results if isinstance(r, Failure)]
    return [r for r in results if isinstance(r, Extraction)]


@pytest.fixture(scope="module", params=["seeds", "shared/seeds", "shared/dev/pages/pages.jsonl"])
def extractions(request: pytest.FixtureRequest, root: Path) -> list[Extraction]:
    name: str = request.param
    if name.startswith("shared/"):
        return extract(request.getfixturevalue("shared") / name.removeprefix("shared/"))
    return extract(root / name)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Walk every object of the output that claims words of the page."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str) and value.get("start") is not None:
            yield value
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def test_every_span_prints_what_it_claims(extractions: list[Extraction]) -> None:
    count = 0
    for extraction in extractions:
        for span in spans(extraction.findings.to_json()):
            assert extraction.text[span["start"] : span["end"]] == span["text"], (
                extraction.findings.id,
                span,
            )
            count += 1
    assert count > 50


def test_every_person_stands_where_it_says(extractions: list[Extraction]) -> None:
    for extraction in extractions:
        for event in extraction.findings.events:
            for person in event.persons:
                assert 0 <= person.start < person.end <= len(extraction.text)


def test_every_field_is_there_and_no_other(extractions: list[Extraction]) -> None:
    for extraction in extractions:
        page = json.loads(extraction.findings.model_dump_json(by_alias=True))
        assert set(page) == PAGE
        assert set(page["published"]) == PUBLISHED
        assert set(page["repairs"]) == REPAIRS
        assert all(set(e) == EVIDENCE for e in page["published"]["evidence"])
        assert all(set(a) == AUTHOR for a in page["authors"])
        assert page["byline"] is None or set(page["byline"]) == SPAN
        assert all(set(t) == TIME for t in page["times"])
        assert all(set(p) == PARTNERSHIP for p in page["partnerships"])
        for event in page["events"]:
            assert set(event) == EVENT
            assert set(event["date"]) == DATE
            assert set(event["trigger"]) == set(event["sentence"]) == SPAN
            assert event["place"] is None or set(event["place"]) == PLACE
            assert event["amount"] is None or set(event["amount"]) == AMOUNT
            assert all(set(o) == ORGANIZATION for o in event["organizations"])
            assert all(set(p) == PERSON for p in event["persons"])


def test_every_date_is_edtf_and_its_days_lie_where_it_says(extractions: list[Extraction]) -> None:
    for extraction in extractions:
        for event in extraction.findings.events:
            if event.date.edtf is None:
                assert (event.date.from_, event.date.to) == (None, None)
                continue
            value = Edtf.parse(event.date.edtf)
            low, high = (day and day.isoformat() for day in value.bounds())
            if value.is_approximate:  # about then: the days may reach further than the value
                assert (event.date.from_ or "") <= (low or "")
                assert (event.date.to or "9") >= (high or "")
            else:
                assert (event.date.from_, event.date.to) == (low, high), event.date
        for time in extraction.findings.times:
            if time.edtf is not None:
                Edtf.parse(time.edtf)
            if time.from_ and time.to:
                assert time.from_ <= time.to, time


def test_partnerships_name_an_event_of_the_page_or_none(extractions: list[Extraction]) -> None:
    for extraction in extractions:
        ids = {event.id for event in extraction.findings.events}
        assert len(ids) == len(extraction.findings.events), "two events share an id"
        for partnership in extraction.findings.partnerships:
            assert partnership.event in {None, *ids}
            assert partnership.event is not None or not partnership.is_signed
            assert len(partnership.parties) >= 2


def test_the_winner_of_the_evidence_stands_first_and_is_the_date(extractions: list[Extraction]) -> None:
    for extraction in extractions:
        published = extraction.findings.published
        used = [e for e in published.evidence if e.used]
        if published.edtf is not None:
            assert used, extraction.findings.id
            assert published.evidence[0].used


def test_the_same_pages_give_the_same_findings_on_a_pool(root: Path) -> None:
    alone = list(preview([root / "seeds"], workers=1))
    pooled = list(preview([root / "seeds"], workers=2))
    assert alone == pooled
