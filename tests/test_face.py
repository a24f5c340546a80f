"""The face of the package, as a notebook meets it: findings in a line, as a table, and drawn."""

from __future__ import annotations

import subprocess
import sys

import pandas

import timeline

TEXT = "5月18日，江河市人民政府与云岭大学在江河市签署战略合作协议，副市长李明出席，总投资3亿元。"
UNDATED = "江河市人民政府与云岭大学签署战略合作协议。"


def test_records_are_shown_in_a_line() -> None:
    page = timeline.extract(TEXT, published="2024-05-20")
    assert repr(page.events[0]) == (
        "EventMention(type=signing, status=held, date=2024-05-18, title=战略合作协议, "
        "organizations=江河市人民政府、云岭大学, place=江河市)"
    )
    assert str(page) == f"PageFindings(id={page.id}, published=2024-05-20, times=1, events=1, partnerships=1)"
    assert "sources=1" in repr(timeline.link([page]).events[0])
    assert "date=?" in repr(timeline.extract(UNDATED).events[0])


def test_a_table_has_a_row_an_event() -> None:
    pages = [timeline.extract(TEXT, published="2024-05-20"), timeline.extract(UNDATED)]
    frame = timeline.to_frame(pages)
    assert list(frame["organizations"]) == [["江河市人民政府", "云岭大学"]] * 2
    assert frame["from"][0] == pandas.Timestamp("2024-05-18")
    assert pandas.isna(frame["from"][1])
    assert list(timeline.to_frame(pages[0])["sentence"]) == [TEXT]
    chronology = timeline.link(pages)
    assert len(timeline.to_frame(chronology)) == len(chronology.events)
    assert list(timeline.to_frame([]).columns) == list(frame.columns)


def test_a_page_is_drawn_with_its_spans() -> None:
    page = timeline.extract(TEXT, published="2024-05-20")
    drawn = timeline.render(page, TEXT)
    for word, label in (("5月18日", "DATE"), ("云岭大学", "ORG"), ("李明", "PERSON"), ("3亿元", "AMOUNT")):
        assert f"{word}\n    <span" in drawn
        assert f">{label}</span>" in drawn
    assert timeline.render(page, TEXT, page=True).startswith("<!DOCTYPE html>")
    assert "&lt;b&gt;" in timeline.render(timeline.extract("<b>" + TEXT), "<b>" + TEXT)


def test_extraction_waits_for_no_library_that_it_does_not_need() -> None:
    heavy = ["spacy", "pandas", "cn2an", "pypinyin", "dateparser", "sqlmodel", "fastapi", "ray", "duckdb"]
    code = (
        f"import sys, timeline; timeline.extract({TEXT!r}); print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
