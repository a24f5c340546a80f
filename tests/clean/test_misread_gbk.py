"""UTF-8 read as GBK: read back where the bytes are still there, marked where they are not; other texts left alone."""

from __future__ import annotations

import pytest

from timeline.clean import clean
from timeline.clean.misread_gbk import find_misread_gbk
from timeline.clean.shifted import LOST
from timeline.extract import extract_page
from timeline.offsets import apply_edits
from timeline.read import read_text


@pytest.mark.parametrize("text", ["中国农业银行江城分行", "2024年，北京云海研究院揭牌，共有。"])
def test_a_misread_text_is_read_back(text: str) -> None:
    damaged = text.encode().decode("gb18030", "replace")
    found = find_misread_gbk(damaged)
    read = apply_edits(damaged, found.edits)[0]
    assert found.lost <= read.count(LOST) <= 0.3 * len(text)
    assert text[-12:-2] in read


def test_what_lost_a_byte_is_marked_and_counted() -> None:
    page = clean(read_text("江城大学与青禾农业集团签署合作协议。".encode().decode("gbk", "replace")))
    assert page.damaged == page.text.count(LOST) > 0
    assert "合作协" in page.text


@pytest.mark.parametrize(
    "text",
    [
        "鍖椾含 alone is too little",
        "涓、鍥、鏃三字皆生僻，见于《康熙字典》。",
        "5月8日，云海大学与青禾农业集团签署合作协议，浜海、濠江两地代表出席。",
    ],
)
def test_a_text_that_was_read_well_is_left_alone(text: str) -> None:
    assert find_misread_gbk(text).edits == ()


def test_dates_and_events_of_a_misread_page_point_at_its_own_characters() -> None:
    raw = "2024-05-09 10:00\n5月8日，北京云海研究院揭牌。".encode().decode("gb18030", "replace")
    found = extract_page(read_text(raw)).findings
    assert found.repairs.mojibake > 0
    assert [event.type for event in found.events] == ["unveiling"]
    assert all(raw[e.trigger.start : e.trigger.end] == e.trigger.text for e in found.events)
