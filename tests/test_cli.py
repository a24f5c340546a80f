"""The command line does what its help says, on good input and on bad, and leaves data on stdout alone."""

from __future__ import annotations

import csv
import io
import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from timeline.cli.chronology import Format
from timeline.export import FORMATS

PAGE = "据甲报5月20日讯 5月18日，江城大学与东海集团在北京签署战略合作协议。"


def run(*args: str, stdin: str | bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    command = [sys.executable, "-m", "timeline", *args]
    return subprocess.run(command, input=data, capture_output=True, cwd=cwd, timeout=120, check=False)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text("发布时间：2021-05-20\n" + PAGE, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "old.txt").write_bytes(("发布时间：2021-05-20\n" + PAGE * 2).encode("gb18030"))
    return folder


def test_help_answers_without_spacy() -> None:
    code = "import sys; sys.argv = ['timeline', '--help']\ntry:\n import timeline.cli; timeline.cli.main()\n"
    code += "finally:\n print('spacy' in sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "extract" in done.stdout
    assert done.stderr.strip().endswith("False")


def test_extract_prints_one_line_a_page_and_names_what_it_left_out(pages: Path) -> None:
    done = run("extract", str(pages), "--format", "jsonl")
    assert done.returncode == 0, done.stderr.decode()
    assert [Path(str(page["path"])).name for page in lines(done)] == ["a.txt", "old.txt"]
    talk = done.stderr.decode()
    assert "empty.txt" in talk
    assert "binary.txt" in talk


def test_extract_reads_records_and_echoes_their_ids(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    rows = [
        {"id": "p1", "text": PAGE, "url": "http://a.example/1"},
        {"id": 2, "text": PAGE, "published": "2021-05-20"},
    ]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n{broken\n", "utf-8")
    done = run("extract", str(file))
    found = lines(done)
    assert [page["source_id"] for page in found] == ["p1", "2"]
    assert found[1]["published"]["edtf"] == "2021-05-20"  # type: ignore[index]
    assert found[1]["published"]["kind"] == "given"  # type: ignore[index]
    assert "line 3" in done.stderr.decode()


def test_a_warning_names_its_record(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    stamped = "时间：2022-08-19 03:24:15\n《东原科学报》 (2016-06-03 第8版 聚焦)\n" + PAGE
    file.write_text("\n".join(json.dumps({"id": id, "text": stamped}) for id in ("a", "b")), "utf-8")
    talk = run("extract", str(file)).stderr.decode()
    assert "warning:" in talk
    assert all(f"{file} ({id}): " in line for id, line in zip("ab", talk.splitlines(), strict=True)), talk


def test_a_given_day_outranks_the_page(pages: Path) -> None:
    (page,) = lines(run("extract", str(pages / "a.txt"), "--published", "2019-06-01"))
    assert page["published"]["edtf"] == "2019-06-01"  # type: ignore[index]
    assert page["events"][0]["date"]["edtf"] == "2019-05-18"  # type: ignore[index]


def test_extract_reads_standard_input() -> None:
    (page,) = lines(run("extract", "-", stdin=PAGE))
    assert page["events"]


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("extract", "nowhere.txt"), 1, "nowhere.txt"),
        (("extract", "EMPTY"), 1, "no page"),
        (("extract", "--no-such-option"), 2, "--no-such-option"),
        (("extract", "nowhere.txt", "--published", "soon"), 2, "published must be a date"),
        (("extract", "nowhere.txt", "--format", "xml"), 2, "xml"),
        (("score", "none.jsonl", "none.jsonl"), 1, "none.jsonl"),
        (("show", "--type", "wedding", "--database", "sqlite:///DB"), 2, "--type"),
        (("show", "--not-type", "wedding", "--database", "sqlite:///DB"), 2, "--not-type"),
        (("export", "--role", "guest", "--database", "sqlite:///DB"), 2, "--role"),
        (("show", "--from", "2020-13", "--database", "sqlite:///DB"), 2, "--from: not a day, month or year"),
        (("export", "--to", "soon", "--database", "sqlite:///DB"), 2, "--to: not a day, month or year"),
        (
            ("show", "--from", "2024", "--to", "2020", "--database", "sqlite:///DB"),
            2,
            "--to 2020 lies before",
        ),
        (("ingest", "EMPTY", "--database", "sqlite:///DB"), 1, "no page"),
        (("show", "--database", "nosuch://x"), 1, "nosuch"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    tmp_path: Path, args: tuple[str, ...], code: int, words: str
) -> None:
    (tmp_path / "empty").mkdir()
    filled = [
        a.replace("EMPTY", str(tmp_path / "empty")).replace("DB", str(tmp_path / "x.sqlite")) for a in args
    ]
    done = run(*filled, cwd=tmp_path)
    assert done.returncode == code, done.stderr.decode()
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert done.stdout == b""


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    file.write_text((json.dumps({"text": PAGE}) + "\n") * 200, "utf-8")
    writing = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "timeline",
            "extract",
            str(file),
            "--workers",
            "1",
            "--manifest",
            str(tmp_path / "m"),
        ],
        stdout=-1,
        stderr=-1,
    )
    assert writing.stdout is not None
    writing.stdout.readline()
    writing.stdout.close()
    assert writing.wait(60) == 0
    assert b"Traceback" not in writing.communicate()[1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
@pytest.mark.parametrize(
    "command", [("extract", "-"), ("times",), ("--help",), ("show", "--database", "sqlite:///DB")]
)
def test_what_cannot_be_written_is_said_in_one_line(tmp_path: Path, command: tuple[str, ...]) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    run("ingest", "-", "--database", url, stdin=PAGE)
    filled = [word.replace("sqlite:///DB", url) for word in command]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "timeline", *filled], input=json.dumps({"id": 1, "text": PAGE}).encode(), stdout=full,
            stderr=-1, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "the output cannot be written: No space left on device" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_fifty_megabyte_line_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    (tmp_path / "long.txt").write_bytes(b"a1" * (70 * 2**19))
    done = run("extract", str(tmp_path))
    assert done.returncode == 0
    assert len(lines(done)) == 1
    assert "long.txt" in done.stderr.decode()


def test_clean_gives_text_back_repaired() -> None:
    assert run("clean", "-", stdin="醫(yī)療產(chǎn)業").stdout.decode().strip() == "医疗产业"
    rows = [{"id": "a", "text": "醫(yī)療"}, {"id": "b", "text": "没有损坏。"}]
    done = run("clean", "-", "--format", "jsonl", stdin="\n".join(json.dumps(r) for r in rows))
    assert lines(done) == [{"id": "a", "text": "医疗"}, {"id": "b", "text": "没有损坏。"}]


def test_times_tags_cases_against_their_own_reference() -> None:
    case = {"id": 7, "text": "会议6月9日至11日召开。", "reference": "2021-06-14T12:00:00"}
    (row,) = lines(run("times", stdin=json.dumps(case) + "\n"))
    assert row["id"] == 7
    (time_,) = row["times"]  # type: ignore[misc]
    assert (time_["text"], time_["from"], time_["to"]) == ("6月9日至11日", "2021-06-09", "2021-06-11")  # type: ignore[index]
    (row,) = lines(run("times", stdin=json.dumps({**case, "reference": None}) + "\n"))
    (time_,) = row["times"]  # type: ignore[misc]
    assert (time_["edtf"], time_["from"]) == ("XXXX-06-09/XXXX-06-11", None)  # type: ignore[index]


def test_ingest_twice_changes_nothing_and_the_store_is_shown_and_exported(
    pages: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    first = run("ingest", str(pages), "--database", url)
    assert first.returncode == 0, first.stderr.decode()
    assert "2 pages ingested, 0 unchanged, 2 skipped" in first.stderr.decode()
    before = run("export", "--database", url).stdout
    again = run("ingest", str(pages), "--database", url)
    assert "0 pages ingested, 2 unchanged, 2 skipped" in again.stderr.decode()
    assert run("export", "--database", url).stdout == before
    (event,) = [json.loads(line) for line in before.decode().splitlines()]
    assert event["date"]["edtf"] == "2021-05-18"
    (row,) = csv.DictReader(io.StringIO(run("export", "--format", "csv", "--database", url).stdout.decode()))
    assert row["id"] == event["id"]
    table = run("export", "--format", "csv", "--bom", "--database", url).stdout
    assert table == b"\xef\xbb\xbf" + run("export", "--format", "csv", "--database", url).stdout
    shown = run("show", "--database", url, "--org", "江城大学").stdout.decode()
    assert "2021-05-18" in shown
    assert PAGE in shown  # not folded where no terminal is
    for span, is_in in (
        (("--to", "2021"), True),
        (("--from", "2021-05", "--to", "2021-05"), True),
        (("--to", "2021-04"), False),
    ):
        shown = run("show", "--database", url, *span)
        assert ("2021-05-18" in shown.stdout.decode()) is is_in, span
        assert ("no event fits" in shown.stderr.decode()) is not is_in, span
    assert "2021-05-18" not in run("show", "--database", url, "--org", "西山学院").stdout.decode()


FILTERED = [
    (("--place", "台州"), "签署"),
    (("--place", "331000"), "签署"),
    (("--role", "host"), "开幕"),
    (("--org", "江城大学", "--role", "party"), "签署"),
    (("--outlet", "台州日报"), "签署"),
    (("--not-type", "signing"), "开幕"),
    (("--not-type", "signing", "--not-type", "expo"), None),
    (("--place", "苏州"), None),
]


@pytest.fixture(scope="module")
def two_events(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Store a signing and an expo, made up, and give the URL of the database."""
    folder = tmp_path_factory.mktemp("filters")
    url = f"sqlite:///{folder / 'x.sqlite'}"
    told = {
        "台州日报": "5月18日，江城大学与东海集团在台州签署战略合作协议。",
        "江城晚报": "5月19日，由江城大学主办的第三届茶叶博览会在杭州开幕。",
    }
    rows = [{"text": text, "outlet": outlet, "published": "2021-05-20"} for outlet, text in told.items()]
    file = folder / "pages.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert run("ingest", str(file), "--database", url).returncode == 0
    return url


@pytest.mark.parametrize(("options", "word"), FILTERED)
def test_show_and_export_take_the_filters_of_the_api(
    two_events: str, options: tuple[str, ...], word: str | None
) -> None:
    wanted = [] if word is None else [word]
    shown = run("show", "--database", two_events, *options).stdout.decode()
    assert [w for w in ("签署", "开幕") if w in shown] == wanted
    exported = run("export", "--database", two_events, *options).stdout.decode()
    assert len(exported.splitlines()) == len(wanted)
    assert [w for w in ("签署", "开幕") if w in exported] == wanted


def test_every_format_of_the_server_is_a_format_of_export(tmp_path: Path) -> None:
    assert get_args(Format) == FORMATS
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    run("ingest", "-", "--database", url, stdin="发布时间：2021-05-20\n" + PAGE)
    for format, words in (("ics", "BEGIN:VEVENT"), ("atom", "<entry>"), ("jsonld", "@context")):
        out = run("export", "--format", format, "--database", url).stdout.decode()
        assert words in out
    assert "江城大学" in run("export", "--format", "timelinejs.json", "--database", url).stdout.decode()


def test_score_prints_json(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a", "published": {"value": None}, "events": []}) + "\n", "utf-8")
    found = tmp_path / "found.jsonl"
    found.write_text(
        json.dumps({"source_id": "a", "published": {"edtf": None}, "events": []}) + "\n", "utf-8"
    )
    assert json.loads(run("score", str(gold), str(found)).stdout)["published"]["share"] == 1.0


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), "--database", f"sqlite:///{tmp_path / 'x.sqlite'}")
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"error: cannot serve on 127.0.0.1:{port}: ")


def test_demo_ingests_the_seeds_and_prints_a_chronology(tmp_path: Path) -> None:
    done = run("demo", "--no-serve", "--database", f"sqlite:///{tmp_path / 'demo.sqlite'}", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert "5 pages ingested" in done.stderr.decode()
    shown = done.stdout.decode()
    for day in ("2016-05-27/2016-05-29", "2021-06-09", "XXXX-12-06"):
        assert day in shown


def test_a_manifest_says_what_became_of_each_input(pages: Path, tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'x.sqlite'}", tmp_path / "manifest.jsonl"
    outcomes = []
    for _ in range(2):
        assert run("ingest", str(pages), "--database", url, "--manifest", str(file)).returncode == 0
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        outcomes.append({Path(row["source"]).name: row["outcome"] for row in rows})
        assert all(row["reason"] for row in rows if row["outcome"] == "skipped")
    skipped = {"binary.txt": "skipped", "empty.txt": "skipped"}
    assert outcomes[0] == skipped | {"a.txt": "ingested", "old.txt": "ingested"}
    assert outcomes[1] == skipped | {"a.txt": "unchanged", "old.txt": "unchanged"}


def test_fields_of_records_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    file.write_text(json.dumps({"nr": 5, "inhalt": PAGE}, ensure_ascii=False), "utf-8")
    (page,) = lines(run("extract", str(file), "--field", "text=inhalt", "--field", "id=nr"))
    assert page["source_id"] == "5"
    assert page["events"]
    assert run("extract", str(file), "--field", "text").returncode == 2


def test_explain_names_winner_losers_and_the_way_to_each_day(root: Path) -> None:
    done = run("explain", str(root / "seeds" / "001_repost_stamp.txt"))
    told = done.stdout.decode()
    assert "published 2016-06-03" in told
    assert "+ citation" in told
    assert "- stated    2022-08-19" in told
    assert "“5月27日” →" in told
    assert "→ 2016-05-27/2016-05-29" in told
