"""A run's shards hold what extract gives, are made once, and name what gave no page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.run.made import digests, write_sources
from timeline.errors import ReadError
from timeline.ingest import preview
from timeline.read import cut_lines, read_pages, read_stretch
from timeline.records import Extraction, Failure
from timeline.run import RunReport, list_shards, plan, read_shard, run_shards


def run_here(folder: Path, out: Path, *, per_shard: int = 8, published: str | None = None) -> RunReport:
    return run_shards(plan([folder], per_shard=per_shard), out, published=published)


def read_all(out: Path) -> list[Extraction]:
    return [page for path in list_shards(out) for page in read_shard(path)]


def test_shards_hold_what_extract_gives(tmp_path: Path) -> None:
    folder = write_sources(tmp_path / "pages")
    report = run_here(folder, tmp_path / "out")
    found = list(preview([folder], workers=1))
    assert read_all(tmp_path / "out") == [r for r in found if isinstance(r, Extraction)]
    assert [f for shard in report.shards for f in shard.failures] == [
        r for r in found if isinstance(r, Failure)
    ]
    assert (report.pages, report.failures) == (35, 3)


def test_the_manifest_counts_and_names_what_gave_no_page(tmp_path: Path) -> None:
    run_here(write_sources(tmp_path / "pages"), tmp_path / "out")
    lines = [json.loads(line) for line in (tmp_path / "out" / "manifest.jsonl").read_text().splitlines()]
    named = [failure for line in lines for failure in line["failures"]]
    assert sum(line["pages"] for line in lines) == 35
    assert [Path(failure["source"]).name for failure in named] == [
        "empty.txt",
        "pages.jsonl:4",
        "pages.jsonl:13",
    ]
    assert "is empty" in named[0]["reason"]


def test_finished_shards_are_not_made_again(tmp_path: Path) -> None:
    folder, out = write_sources(tmp_path / "pages"), tmp_path / "out"
    first = run_here(folder, out)
    before = digests(out)
    assert first.made == len(first.shards) > 3
    again = run_here(folder, out)
    assert again.made == 0
    assert (again.pages, again.events, again.failures) == (first.pages, first.events, first.failures)
    (list_shards(out)[1]).unlink()
    assert run_here(folder, out).made == 1
    assert digests(out) == before


def test_a_shards_name_hangs_on_content_and_options(tmp_path: Path) -> None:
    folder, out = write_sources(tmp_path / "pages"), tmp_path / "out"
    names = {shard.shard for shard in run_here(folder, out).shards}
    others = {shard.shard for shard in run_here(folder, out, published="2020-01-01").shards}
    assert not names & others
    (folder / "page0.txt").write_text("5月18日，第二届山海论坛在江城举行。", "utf-8")
    changed = {shard.shard for shard in run_here(folder, out).shards}
    assert len(names & changed) == len(names) - 1  # the other shards are those of before


def test_a_run_that_was_cut_off_leaves_no_half_shard(tmp_path: Path) -> None:
    folder, out = write_sources(tmp_path / "pages"), tmp_path / "out"

    def stop(report: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_shards(plan([folder], per_shard=8), out, on_shard=stop)
    with pytest.raises(ReadError, match="to its end"):
        list_shards(out)
    assert len(list((out / "shards").iterdir())) == 1
    assert not list((out / "partial").iterdir())
    run_here(folder, out)
    fresh = tmp_path / "fresh"
    run_here(folder, fresh)
    assert digests(out) == digests(fresh)


def test_a_damaged_shard_is_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_here(write_sources(tmp_path / "pages"), out)
    path = list_shards(out)[0]
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ReadError, match=r"\.jsonl\.zst"):
        list(read_shard(path))


@pytest.mark.parametrize("lines", [1, 7, 32, 33])
def test_stretches_of_a_file_are_the_file(tmp_path: Path, lines: int) -> None:
    path = str(write_sources(tmp_path / "pages") / "pages.jsonl")
    parts = [page for stretch in cut_lines(path, lines) for page in read_stretch(stretch)]
    assert parts == list(read_pages([path]))


@pytest.mark.parametrize("content", ['[\n{"text": "a"}\n]', "text, html\n", "", '{\n"text": "a"}'])
def test_what_is_no_object_a_line_is_not_cut(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content)
    assert cut_lines(str(path), 1) == []
    assert cut_lines(str(path.with_suffix(".csv")), 1) == []
