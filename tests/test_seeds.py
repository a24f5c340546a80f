"""The demo pages, and the real ones they retell where those are there, give the events a careful reader would write down."""

from __future__ import annotations

import re
from pathlib import Path

import opencc
import pytest

from timeline.ingest import preview
from timeline.records import EventMention, Extraction, PageFindings


@pytest.fixture(scope="module", params=["demo", "real"])
def pages(request: pytest.FixtureRequest, root: Path) -> dict[str, PageFindings]:
    folder = root / "seeds" if request.param == "demo" else request.getfixturevalue("shared") / "seeds"
    return read(folder)


def read(folder: Path, published: str | None = None) -> dict[str, PageFindings]:
    results = preview([folder], published=published, workers=1)
    found = {Path(str(r.findings.path)).stem[:3]: r.findings for r in results if isinstance(r, Extraction)}
    assert set(found) == {"000", "001", "002", "003", "004"}
    return found


def simple(event: EventMention) -> str:
    """Give the sentence of an event without glosses, in simplified characters."""
    return re.sub(
        r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", "", opencc.OpenCC("t2s").convert(event.sentence.text)
    )


def events(page: PageFindings, type: str, *, headline: bool | None = None) -> list[EventMention]:
    return [e for e in page.events if e.type == type and headline in (None, e.headline)]


def test_a_month_day_without_any_year_keeps_its_year_unknown(pages: dict[str, PageFindings]) -> None:
    (forum,) = events(pages["000"], "forum", headline=True)
    assert forum.date.edtf == "XXXX-12-06"
    assert (forum.date.from_, forum.date.to) == (None, None)
    assert pages["000"].published.edtf is None


def test_the_abstract_tells_no_second_event(pages: dict[str, PageFindings]) -> None:
    assert len(events(pages["000"], "forum")) == 1


def test_two_titles_of_one_signing_are_one_event(pages: dict[str, PageFindings]) -> None:
    (signing,) = events(pages["000"], "signing")
    assert not signing.headline
    assert signing.date.edtf is None
    names = {o.name for o in signing.organizations if o.role == "party"}
    assert "天津中医药大学第一附属医院" in names


def test_a_given_day_settles_the_year(root: Path) -> None:
    (forum,) = events(read(root / "seeds", published="2023-12-08")["000"], "forum", headline=True)
    assert forum.date.edtf == "2023-12-06"
    assert "2023-12-08" in forum.date.reason


def test_a_repost_stamp_is_an_upper_bound(pages: dict[str, PageFindings]) -> None:
    page = pages["001"]
    assert (page.published.edtf or "").rstrip("?~") == "2016-06-03"
    stamp = [e for e in page.published.evidence if (e.edtf or "").startswith("2022-08-19")]
    assert stamp
    assert not stamp[0].used
    assert page.warnings
    (forum,) = events(page, "forum", headline=True)
    assert (forum.date.edtf or "").replace("?", "") == "2016-05-27/2016-05-29"
    assert not [e for e in page.events if (e.date.edtf or "").startswith("2022")]


def test_an_essay_has_no_event_and_its_teasers_are_background(pages: dict[str, PageFindings]) -> None:
    page = pages["002"]
    assert page.published.edtf == "2023-12-25"
    assert not [e for e in page.events if e.headline]
    assert all(e.segment == "teaser" for e in page.events)
    signing = [e for e in events(page, "signing") if (e.date.edtf or "").startswith("2024-05-15")]
    assert len(signing) == 1


def test_the_year_of_a_forums_name_dates_it_and_what_happens_at_it(pages: dict[str, PageFindings]) -> None:
    page = pages["003"]
    (forum,) = events(page, "forum", headline=True)
    assert (forum.date.edtf or "").rstrip("?") == "2021-06-09"
    assert forum.title == "2021中科院先进医疗器械产业孵化联盟论坛"
    (unveiling,) = events(page, "unveiling", headline=True)
    assert (unveiling.date.edtf or "").rstrip("?") == "2021-06-09"
    assert {o.name for o in unveiling.organizations if o.role == "unveiled"} == {
        "重庆先进医疗器械工程技术研发中心",
        "重庆国科医工科技发展有限公司",
    }
    assert page.published.edtf is None or len(page.published.edtf.rstrip("?~")) == 4


def test_a_vague_word_never_becomes_a_day(pages: dict[str, PageFindings]) -> None:
    page = pages["004"]
    meeting = next(e for e in page.events if e.title and "专题工作组会议" in e.title)
    assert meeting.date.edtf is None or "~" in meeting.date.edtf or len(meeting.date.edtf) == 4
    forums = [e for e in events(page, "forum") if e.segment == "article" and "过去一年" in simple(e)]
    assert forums
    assert {(e.date.edtf or "").rstrip("~?") for e in forums} == {"2023"}


def test_damage_is_undone_and_counted(pages: dict[str, PageFindings]) -> None:
    for key in ("003", "004"):
        repairs = pages[key].repairs
        assert repairs.script == "hant"
        assert repairs.glosses > 20
        assert repairs.mojibake >= 1
        assert repairs.damaged == 0
    for key in ("000", "001", "002"):
        assert pages[key].repairs.mojibake == 0
        assert pages[key].repairs.glosses == 0
