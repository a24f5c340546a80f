"""Each format read back by a reader of its own: nothing lost that it can say, nothing said that the pages do not."""

from __future__ import annotations

import json
from datetime import date
from xml.etree import ElementTree

import icalendar
import pytest

from tests.api.corpus import make_corpus
from timeline.chronology import Event
from timeline.edtf import Edtf
from timeline.export import FORMATS, render
from timeline.records import RawSpan

EVENTS = make_corpus()[1].events
ATOM = "{http://www.w3.org/2005/Atom}"


def _text(format: str, events: tuple[Event, ...] = EVENTS) -> str:
    return "".join(render(events, format))


def _hostile() -> Event:
    """Make an event whose words would break out of every format."""
    event = EVENTS[0]
    words = '=HYPERLINK(1)\r\nEND:VEVENT\x00]]></content><script>alert(1)</script>"\\;,\u2028'
    source = event.sources[0].model_copy(
        update={"sentence": RawSpan(text=words, start=0, end=len(words)), "url": "javascript:alert(1)"}
    )
    return event.model_copy(update={"title": words, "sources": (source,)})


def _whole_days(event: Event) -> bool:
    edtf = Edtf.parse(event.date.edtf) if event.date.edtf else None
    if edtf is None or edtf.is_approximate or edtf.is_open:
        return False
    return all(p.is_year_known and p.precision == "day" for p in edtf.points)


def test_a_calendar_holds_the_events_of_whole_days_and_no_others() -> None:
    calendar = icalendar.Calendar.from_ical(_text("ics"))
    entries = {str(entry["uid"]).partition("@")[0]: entry for entry in calendar.walk("VEVENT")}
    assert set(entries) == {event.id for event in EVENTS if _whole_days(event)}
    for event in EVENTS:
        if event.id in entries:
            assert entries[event.id].start == date.fromisoformat(event.date.from_ or "")
            assert (entries[event.id].end - entries[event.id].start).days >= 1
    assert max(map(len, _text("ics").encode().split(b"\r\n"))) <= 75


def test_a_calendar_says_what_is_called_off_or_thin() -> None:
    statuses = {}
    for entry in icalendar.Calendar.from_ical(_text("ics")).walk("VEVENT"):
        statuses[str(entry["uid"]).partition("@")[0]] = str(entry["status"])
    for event in EVENTS:
        if event.id in statuses:
            is_sure = event.status in ("held", "ongoing") and "?" not in (event.date.edtf or "")
            expected = "CANCELLED" if event.status == "cancelled" else "CONFIRMED" if is_sure else "TENTATIVE"
            assert statuses[event.id] == expected


def test_a_feed_has_what_atom_demands() -> None:
    feed = ElementTree.fromstring(_text("atom"))
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert len(feed.findall(ATOM + name)) == 1
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert ids == [f"urn:dashiji:event:{event.id}" for event in EVENTS]
    for entry in entries:
        assert all(len(entry.findall(ATOM + name)) == 1 for name in ("title", "updated", "content"))
        assert len([link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) <= 1
    newest = max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)
    assert feed.findtext(f"{ATOM}updated") == newest


def test_an_axis_holds_no_unknown_year_and_no_made_up_day() -> None:
    slides = {slide["unique_id"]: slide for slide in json.loads(_text("timelinejs.json"))["events"]}
    for event in EVENTS:
        edtf = Edtf.parse(event.date.edtf) if event.date.edtf else None
        if edtf is None or edtf.start is None or not edtf.start.is_year_known:
            assert event.id not in slides
            continue
        start = slides[event.id]["start_date"]
        assert ("day" in start) == (edtf.start.precision == "day")
        assert start["year"] == edtf.start.year
        if str(edtf) != "-".join(start.values()):
            assert slides[event.id]["display_date"] == event.date.edtf


def test_features_are_unlocated_and_keep_their_place() -> None:
    features = json.loads(_text("geojson"))["features"]
    assert [feature["id"] for feature in features] == [event.id for event in EVENTS]
    for feature, event in zip(features, EVENTS, strict=True):
        assert feature["type"] == "Feature"
        assert feature["geometry"] is None
        assert feature["properties"]["adcode"] == (event.place.adcode if event.place else None)


def test_linked_data_has_a_start_only_where_a_year_is_known() -> None:
    nodes = json.loads(_text("jsonld"))["@graph"]
    assert len(nodes) == len(EVENTS)
    for node, event in zip(nodes, EVENTS, strict=True):
        edtf = event.date.edtf or "XXXX"
        assert ("startDate" in node) == (not edtf.startswith(("XXXX", "..")))
        assert node.get("edtf") == event.date.edtf
        assert "endDate" not in node or len(node["endDate"]) in (4, 7, 10)


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_words_stay_words(format: str) -> None:
    text = _text(format, (_hostile(), EVENTS[1]))
    match format:
        case "ics":
            entries = icalendar.Calendar.from_ical(text).walk("VEVENT")
            assert len(entries) == 2
            assert "url" not in entries[0]
        case "atom":
            feed = ElementTree.fromstring(text)
            assert len(feed.findall(f"{ATOM}entry")) == 2
            assert "javascript" not in str([link.get("href") for link in feed.iter(f"{ATOM}link")])
        case "csv":
            assert "\n=HYPERLINK" not in text
            assert ",=HYPERLINK" not in text
        case "jsonl":
            assert len([json.loads(line) for line in text.split("\n") if line]) == 2
        case "timelinejs.json":
            assert "<script" not in text
            json.loads(text)
        case _:
            json.loads(text)


@pytest.mark.parametrize("format", FORMATS)
def test_no_event_gives_a_file_that_can_be_read(format: str) -> None:
    text = _text(format, ())
    if "json" in format and format != "jsonl":
        json.loads(text)
    elif format == "ics":
        assert icalendar.Calendar.from_ical(text).walk("VEVENT") == []
    elif format == "atom":
        assert ElementTree.fromstring(text).findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_events_give_the_same_bytes(format: str) -> None:
    assert _text(format) == _text(format)
