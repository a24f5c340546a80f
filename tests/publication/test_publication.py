"""Made-up pages, each with the day a careful reader would give it, or none."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.publication.pages import judge_text, read_row
from timeline.clean import clean
from timeline.edtf import Edtf
from timeline.offsets import OffsetMap
from timeline.publication import judge_publication
from timeline.read import read_pages
from timeline.records import CleanPage, Publication, RawPage, Segment, Span

ROWS = [
    json.loads(line)
    for line in (Path(__file__).resolve().parents[2] / "fixtures/cases/publication.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def day_of(publication: Publication) -> str | None:
    """Give the published value without qualifiers, and none where it is a day on thin evidence or an inferred year."""
    edtf = publication.published.edtf
    return re.sub(r"[?~%]", "", edtf) if edtf else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_page_is_dated_as_a_reader_would(row: Mapping[str, Any]) -> None:
    publication = judge_publication(read_row(row))
    published, reference = publication.published, publication.reference
    if row["published"] is None:
        assert published.edtf is None or published.kind == "inferred" or published.edtf.endswith("?"), (
            published
        )
        assert published.edtf is None or "reference" not in row
    else:
        assert day_of(publication) == row["published"], published
        assert published.evidence
        assert published.evidence[0].used
    if row.get("kind"):
        assert published.kind == row["kind"]
    for name in ("outlet", "title"):
        if name in row:
            assert getattr(publication, name) == row[name]
    if "reference" in row:
        assert (str(reference.date) if reference.date else None) == row["reference"]
    if "latest" in row:
        assert reference.latest == row["latest"]
    assert bool(publication.warnings) or not row.get("warned")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_evidence_leads_back_to_the_raw_page(row: Mapping[str, Any]) -> None:
    page = read_row(row)
    for evidence in judge_publication(page).published.evidence:
        assert (evidence.start is None) == (evidence.end is None)
        if evidence.start is not None:
            assert page.raw.text[evidence.start : evidence.end] == evidence.text
        if evidence.edtf:
            Edtf.parse(evidence.edtf)


def test_an_empty_page_has_no_date() -> None:
    raw = RawPage("0" * 16, "", "text")
    publication = judge_publication(CleanPage(raw, "", OffsetMap.identity(0), ()))
    assert publication.published.edtf is None
    assert publication.reference.date is None


def test_the_order_of_metadata_does_not_matter() -> None:
    data = [
        ["published", "2021-06-10 08:00", "meta[pubdate]"],
        ["published", "2021-06-11", "json-ld.datePublished"],
        ["modified", "2021-07-01", "meta[article:modified_time]"],
        ["time", "2021-06-10", "time[datetime]"],
    ]
    text = "青川港扩建工程开工\n2021-06-10 来源：青川日报\n6月9日，青川港扩建工程开工仪式举行，各方代表出席并致辞，项目总投资12亿元。"
    expected = judge_text(text, declared=data).published
    for seed in range(4):
        random.Random(seed).shuffle(data)
        assert judge_text(text, declared=data).published == expected


def test_a_teasers_stamp_is_its_own() -> None:
    text = (
        "青川港扩建工程开工\n2021-06-10 来源：青川日报\n"
        + "6月9日，青川港扩建工程开工仪式举行，各方代表出席，并为项目培土奠基。" * 3
    )
    raw = RawPage("0" * 16, text + "\n...北岭集团与青川市签约\n2022-12-17 10:24", "text")
    start = raw.text.index("...")
    stamp = raw.text.index("2022-12-17")
    segments = (
        Segment("article", 0, len(text)),
        Segment("teaser", start, len(raw.text), stamp=Span(stamp, len(raw.text))),
    )
    publication = judge_publication(CleanPage(raw, raw.text, OffsetMap.identity(len(raw.text)), segments))
    assert str(publication.reference_for(segments[0]).date) == "2021-06-10"
    assert str(publication.reference_for(segments[1]).date) == "2022-12-17"


@pytest.mark.parametrize("is_above", [True, False])
def test_articles_of_one_page_have_each_its_own_day(is_above: bool) -> None:
    body = "青川港扩建工程开工仪式举行，各方代表出席，并为项目培土奠基，工程总投资12亿元。"
    items = [
        ("2021-06-10", f"6月9日，{body}"),
        ("2021-08-20", f"8月19日，{body}"),
        ("2021-09-20", f"9月19日，{body}"),
    ]
    lines = [line for item in items for line in (item if is_above else item[::-1])]
    text = "\n".join(lines)
    raw = RawPage("0" * 16, text, "text")
    segments = tuple(
        Segment(
            "article" if line.endswith("。") else "byline", text.index(line), text.index(line) + len(line)
        )
        for line in lines
    )
    publication = judge_publication(CleanPage(raw, text, OffsetMap.identity(len(text)), segments))
    assert not re.fullmatch(r"\d{4}-\d\d-\d\d", publication.published.edtf or "")
    told = [str(publication.reference_for(s).date) for s in segments if s.kind == "article"]
    assert told == [day for day, _ in items]


@pytest.mark.parametrize(
    "text",
    [
        "2021" * 8000,
        "2021年" * 8000,
        "《" * 30000,
        "新华社" * 10000,
        "第" * 30000,
        "日期：" * 10000,
        "1月1日" * 8000,
        "http://" * 5000,
        "a/" * 15000,
        "2021 论" * 6000,
        "{date: '" * 4000,
        "来源：" * 10000,
        "\n" * 30000 + "1",
        "2021-06-09," * 4000,
        "2021-06-09\n" * 4000,
        ">1<" * 10000,
        "6月9日电" * 5000,
        "《青川日报》（" * 4000,
        "title: '" * 4000,
        "来源 " * 8000,
    ],
    ids=lambda text: text[:6],
)
def test_long_runs_do_not_hang(text: str) -> None:
    """A cost that grew faster than the text would run into the time limit of the tests."""
    raw = RawPage("0" * 16, text, "text")
    page = CleanPage(raw, text, OffsetMap.identity(len(text)), (Segment("article", 0, len(text)),))
    assert judge_publication(page).published.confidence <= 1


@pytest.mark.shared
def test_the_shared_pages_are_dated(shared: Path) -> None:
    gold = {
        row["id"]: row["published"]["value"]
        for line in (shared / "dev/pages/gold.jsonl").read_text("utf-8").splitlines()
        if (row := json.loads(line))
    }
    wrong = []
    pages = [p for p in read_pages([shared / "dev/pages/pages.jsonl"]) if isinstance(p, RawPage)]
    for raw in pages:
        edtf = judge_publication(clean(raw)).published.edtf
        wanted = gold[str(raw.source_id)]
        is_right = (
            (edtf or "").rstrip("?") == wanted if wanted else not re.fullmatch(r"\d{4}-\d\d-\d\d", edtf or "")
        )
        if not is_right:
            wrong.append((raw.source_id, edtf, wanted))
    assert len(wrong) <= 0.05 * len(pages), wrong


@pytest.mark.shared
@pytest.mark.parametrize(
    ("number", "edtf", "kind", "reference"),
    [
        ("000", None, "none", None),
        ("001", "2016-06-03", "citation", "2016-06-03"),
        ("002", "2023-12-25", "stated", "2023-12-25"),
        ("003", "2021", "inferred", "2021"),
        ("004", "2024", "inferred", "2024"),
    ],
)
def test_the_seeds_are_dated(
    shared: Path, number: str, edtf: str | None, kind: str, reference: str | None
) -> None:
    (raw,) = read_pages(sorted((shared / "seeds").glob(f"{number}_*.txt")))
    assert isinstance(raw, RawPage)
    publication = judge_publication(clean(raw))
    assert (publication.published.edtf, publication.published.kind) == (edtf, kind)
    assert (str(publication.reference.date) if publication.reference.date else None) == reference
