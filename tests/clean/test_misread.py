"""UTF-8 read as Windows-1252 or Latin-1: read back, with the way to the raw characters; other texts left alone."""

from __future__ import annotations

import pytest

from timeline.clean import clean
from timeline.clean.misread import find_misread
from timeline.clean.shifted import LOST
from timeline.extract import extract_page
from timeline.offsets import apply_edits
from timeline.read import read_text

_TEXT = "2024-05-09 10:00 来源：江城日报\n5月8日，云海大学与青禾农业集团（北京）签署“智慧种业”合作协议——双方各投1.5亿元。"


def _as_windows(text: str, *, keeps: bool = True) -> str:
    """Read UTF-8 byte by byte as Windows-1252; its five unused bytes stay control characters or are dropped."""
    read = []
    for byte in text.encode():
        char = bytes((byte,)).decode("windows-1252", "ignore")
        read.append(char or (chr(byte) if keeps else ""))
    return "".join(read)


@pytest.mark.parametrize(
    "damaged",
    [_as_windows(_TEXT), _TEXT.encode().decode("latin-1"), f"{_TEXT[:28]}{_as_windows(_TEXT[28:])}"],
)
def test_a_misread_text_is_read_back(damaged: str) -> None:
    found = find_misread(damaged)
    assert apply_edits(damaged, found.edits)[0] == _TEXT
    assert found.lost == 0


def test_a_blank_that_was_a_byte_is_read_with_what_stands_before_it() -> None:
    damaged = _as_windows("中国农业大学参加展览").replace("\xa0", " ")
    assert " " in damaged
    assert apply_edits(damaged, find_misread(damaged).edits)[0] == "中国农业大学参加展览"


def test_what_lost_a_byte_is_marked_and_counted() -> None:
    page = clean(read_text(_as_windows("北京大学与江城市人民政府签署协议。", keeps=False)))
    assert page.damaged == page.text.count(LOST) > 0
    assert page.text.replace(LOST, "").startswith("北京大学")


@pytest.mark.parametrize(
    "text",
    [
        "Müller à Genève; crème brûlée, São Tomé, Việt Nam.",
        "北京（lǜ）大学与法国Éveil公司、德国Größe公司签约。",
        "报价£20，汇率½，温度25°C，版权©2024。",
        "ä¸­ alone is too little",
    ],
)
def test_a_text_that_was_read_well_is_left_alone(text: str) -> None:
    assert find_misread(text).edits == ()


def test_events_of_a_misread_page_point_at_its_own_characters() -> None:
    raw = _as_windows(_TEXT)
    found = extract_page(read_text(raw)).findings
    (event,) = found.events
    assert (event.type, event.date.edtf if event.date else None) == ("signing", "2024-05-08")
    assert [party.name for party in event.organizations] == ["云海大学", "青禾农业集团"]
    assert raw[event.trigger.start : event.trigger.end] == _as_windows("签署")
    assert found.published.edtf == "2024-05-09"
    assert found.repairs.mojibake > 0
