"""read_pages and read_text: every format of fixtures/pages, every way a source can fail, and ids that stay."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.errors import ReadError
from timeline.read import read_pages, read_text
from timeline.records import Declared, Failure, RawPage


@pytest.fixture(scope="module")
def made(root: Path) -> Path:
    return root / "fixtures" / "pages"


def pages(*paths: str | Path, **options: object) -> list[RawPage]:
    out = list(read_pages(paths, **options))  # type: ignore[arg-type]
    return [page for page in out if isinstance(page, RawPage)]


def failures(*paths: str | Path, **options: object) -> list[Failure]:
    out = list(read_pages(paths, **options))  # type: ignore[arg-type]
    return [failure for failure in out if isinstance(failure, Failure)]


def declared(page: RawPage, name: str) -> list[tuple[str, str]]:
    return [(d.value, d.where) for d in page.declared if d.name == name]


@pytest.mark.parametrize(
    ("file", "format_", "encoding", "count"),
    [
        ("article.txt", "txt", "utf-8", 1),
        ("article-gb18030.txt", "txt", "gb18030", 1),
        ("article-big5.txt", "txt", "big5hkscs", 1),
        ("article-utf16.txt", "txt", "utf-16-le", 1),
        ("article.md", "md", "utf-8", 1),
        ("article.html", "html", "utf-8", 1),
        ("article-gb18030.html", "html", "gb18030", 1),
        ("records.json", "json", "utf-8", 2),
        ("records.jsonl", "jsonl", "utf-8", 3),
        ("records-gb18030.csv", "csv", "gb18030", 2),
        ("feed.rss", "feed", "utf-8", 2),
        ("feed.atom", "feed", "utf-8", 1),
        ("crawl.warc", "warc", "gb18030", 3),
        ("crawl.warc.gz", "warc", "gb18030", 3),
    ],
)
def test_every_format(made: Path, file: str, format_: str, encoding: str, count: int) -> None:
    found = pages(made / file)
    assert [page.format for page in found] == [format_] * count
    assert found[0].encoding == encoding
    assert found[0].path == str(made / file)
    assert "江河市" in found[0].text


def test_a_texts_id_is_of_its_bytes(made: Path) -> None:
    content = (made / "article-gb18030.txt").read_bytes()
    assert pages(made / "article-gb18030.txt")[0].id == hashlib.sha256(content).hexdigest()[:16]
    assert read_text("甲").id == hashlib.sha256("甲".encode()).hexdigest()[:16]
    assert read_text("甲", url="https://a.example.cn").id != read_text("甲").id


def test_a_text_is_kept_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeff甲\r\n\r\n　乙 \n".encode())
    assert pages(tmp_path / "a.txt")[0].text == "甲\r\n\r\n　乙 \n"


def test_html_in_two_encodings_is_one_text(made: Path) -> None:
    one, other = pages(made / "article.html", made / "article-gb18030.html")
    assert one.text == other.text
    assert one.url == "https://news.example.cn/2021/0519/1.shtml"
    assert "隐藏" not in one.text
    assert "脚本" not in one.text


def test_records_by_their_aliases(made: Path) -> None:
    first, second, third = pages(made / "records.jsonl")
    assert (first.source_id, first.url, first.index) == ("n1", "https://news.example.cn/1", 0)
    assert declared(first, "published") == [("2021-05-19", "given")]
    assert declared(first, "outlet") == [("江河日报", "given")]
    assert declared(first, "fetched") == [("2021-06-01T00:00:00Z", "given")]
    assert second.text == "第六届青禾农业博览会9月12日在青禾县开幕。\n展期四天。"
    assert declared(second, "published") == [("2018-9-13", "given")]
    assert declared(second, "outlet") == []
    assert third.text == "东港三号线开工\n3月6日，东港三号线开工。"


def test_broken_lines_are_named_and_the_others_go_on(made: Path) -> None:
    found = failures(made / "records.jsonl")
    assert [f.source.rpartition(":")[2] for f in found] == ["2", "5", "6"]
    assert found[0].reason.startswith("line 2: it is not JSON")


def test_fields_are_mapped(tmp_path: Path) -> None:
    record = {"zw": "甲乙签约。", "text": "不要", "meta": {"day": "2024-05-18"}}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), "utf-8")
    page = pages(tmp_path / "a.jsonl", fields={"text": "zw", "published": "meta.day"})[0]
    assert page.text == "甲乙签约。"
    assert declared(page, "published") == [("2024-05-18", "given")]


def test_the_callers_date_comes_first(made: Path) -> None:
    page = pages(made / "records.json", published="2020-01-01")[0]
    assert declared(page, "published") == [("2020-01-01", "given"), ("2021-05-19", "record.published")]


def test_cells_with_commas_and_line_ends(made: Path) -> None:
    first, second = pages(made / "records-gb18030.csv")
    assert first.text == "5月18日，江河市与云岭大学签约。\r\n双方将共建研究院。"
    assert declared(first, "title") == [("江河,云岭签约", "given")]
    assert second.source_id == "3"


@pytest.mark.parametrize(("delimiter", "codec"), [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "gb18030")])
def test_tables_of_other_kinds(tmp_path: Path, delimiter: str, codec: str) -> None:
    rows = [delimiter.join(("标题", "正文")), delimiter.join(("题", "甲乙签约。"))]
    (tmp_path / "a.csv").write_text("\r\n".join(rows), codec, newline="")
    assert [page.text for page in pages(tmp_path / "a.csv")] == ["甲乙签约。"]


def test_feeds(made: Path) -> None:
    first, second = pages(made / "feed.rss")
    assert (first.source_id, first.url) == ("n1", "https://news.example.cn/1")
    assert first.text == "5月18日，江河市与云岭大学签约。\n双方将共建研究院。"
    assert declared(first, "outlet") == [("江河新闻网", "feed.channel")]
    assert declared(second, "published") == [("2020-03-06", "feed.date")]
    assert declared(second, "outlet") == [("东港日报", "feed.source")]
    atom = pages(made / "feed.atom")[0]
    assert (atom.text, atom.url) == (first.text, "https://news.example.cn/1")
    assert declared(atom, "modified") == [("2021-05-20T00:00:00Z", "feed.updated")]


def test_a_crawl(made: Path) -> None:
    found = pages(made / "crawl.warc")
    assert [page.index for page in found] == [0, 4, 5]
    assert [page.url for page in found][:2] == ["https://news.example.cn/1", "https://news.example.cn/3"]
    assert declared(found[0], "fetched") == [("2021-06-01T08:00:00Z", "warc[WARC-Date]")]
    assert declared(found[0], "modified") == [("2021-05-19T00:00:00+00:00", "http[Last-Modified]")]
    assert [p.id for p in pages(made / "crawl.warc.gz")] == [p.id for p in found]
    assert [f.source.rpartition("#")[2] for f in failures(made / "crawl.warc")] == ["3"]


def test_archives(made: Path) -> None:
    found = pages(made / "mixed.zip")
    members = [(page.path or "").partition("!")[2] for page in found]
    assert members == ["a.txt", "b/记录.jsonl", "b/记录.jsonl", "b/记录.jsonl", "c.txt.gz"]


def test_folders_are_sorted_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("甲", "utf-8")
    assert [Path(p.path or "").name for p in pages(tmp_path)] == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        ("甲乙签约。", "txt"),
        ('{"text": "甲乙签约。"}\n', "jsonl"),
        ('[{"text": "甲乙签约。"}]', "json"),
        ("<!DOCTYPE html><p>甲乙签约。", "html"),
        ("<rss><channel><item><title>甲乙签约。</title></item></channel></rss>", "feed"),
    ],
)
def test_standard_input_shows_its_format(content: str, format_: str) -> None:
    page = pages("-", stdin=io.BytesIO(content.encode()))[0]
    assert (page.text, page.format) == ("甲乙签约。", format_)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n ", "empty"),
        ("a.txt", b"\x00\x01\x02", "binary"),
        ("a.pdf", b"%PDF-1.4", "files of type .pdf"),
        ("a.txt", b"%PDF-1.4", "PDF"),
        ("a.docx", b"PK\x03\x04....", "files of type .docx"),
        ("a.html", b"<script>x</script>", "no visible text"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"3", "holds no records"),
        ("a.json", b'{"a": 1}', "no text or html (fields: a)"),
        ("a.jsonl", b"[" * 100_000, "nested too deep"),
        ("a.jsonl", b'{\n "text": 1\n}', "JSON over several lines"),
        ("a.jsonl", b'{"text": "  "}', "text is empty"),
        ("a.xml", b"<urlset><url/></urlset>", "no feed but <urlset>"),
        ("a.xml", "甲乙".encode(), "not XML"),
        ("a.rss", b"<rss><channel/></rss>", "no entries"),
        ("a.warc", b"WARC/1.0\r\n\r\n", "no page"),
        ("a.gz", b"\x1f\x8b\x08\x00broken", "broken"),
        ("a.txt.gz", gzip.compress("甲乙".encode() * 99)[:-9], "the archive is broken"),
        ("a.zip", b"PK\x03\x04broken", "archive is broken"),
        ("a.csv", "标题,正文\n,,\n".encode(), "holds no records"),
        ("a.jsonl", b"\n\n \n", "holds no records"),
        ("a.rss", b"<rss><channel><item><x:y/></item></channel></rss>", "text is empty"),
        ("a.warc.gz", gzip.compress(b"WARC/1.0\r\n" * 99)[:20] + b"\xff" * 9, "broken"),
    ],
)
def test_what_gives_no_page_says_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    out = list(read_pages([tmp_path / name]))
    assert len(out) == 1
    assert isinstance(out[0], Failure)
    assert reason in out[0].reason
    assert str(tmp_path / name) in out[0].source


def test_paths_that_give_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = failures(tmp_path / "no", tmp_path / "empty", "https://a.example.cn/1.html", "-")
    assert [f.reason.partition(":")[0] for f in found] == [
        "no such file or folder",
        "the folder holds no files",
        "it is an address, not a file",
        "there is no standard input here",
    ]


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲" * 1000, "utf-8")
    with gzip.open(tmp_path / "b.txt.gz", "wb") as stream:
        stream.write(b"\n" * 10_000_000)
    found = failures(tmp_path, max_bytes=2000)
    assert [f.reason[:30] for f in found] == ["it is larger than 2,000 bytes:"] * 2


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲" * (9 * 2**20), "utf-8")
    (tmp_path / "b.jsonl").write_bytes(
        b'{"text": "' + b"x" * (50 * 2**20) + b'"}\n{"text": "\xe7\x94\xb2"}\n'
    )
    out = list(read_pages([tmp_path]))
    assert isinstance(out[0], Failure)
    assert "line 1 has 9,437,184 characters" in out[0].reason
    assert isinstance(out[1], Failure)
    assert "line 1 has 52,428,813 bytes" in out[1].reason
    assert isinstance(out[2], RawPage)


def test_half_a_character_of_json_does_not_break_what_follows(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "\\ud83d\\u7532", "title": "\\ude00"}')
    assert pages(tmp_path / "a.jsonl")[0].text == "\ufffd甲"


def test_an_entity_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("秘密", "utf-8")
    feed = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]><rss><channel><item><title>甲&a;乙</title></item></channel></rss>'
    (tmp_path / "a.xml").write_text(feed, "utf-8")
    assert "秘密" not in pages(tmp_path / "a.xml")[0].text


@pytest.mark.parametrize(
    "file",
    [
        "article-gb18030.html",
        "records.jsonl",
        "records-gb18030.csv",
        "feed.rss",
        "crawl.warc.gz",
        "mixed.zip",
    ],
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_source_never_crashes(
    made: Path, tmp_path_factory: pytest.TempPathFactory, file: str, data: st.DataObject
) -> None:
    content = bytearray((made / file).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=4))
        content = content or bytearray(b"x")
    path = tmp_path_factory.mktemp("damaged") / file
    path.write_bytes(content)
    out = list(read_pages([path]))
    assert out
    assert all(page.text.encode() for page in out if isinstance(page, RawPage))


def test_zip_names_of_old_systems(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("aa.txt", "甲乙签约。")
    content = buffer.getvalue().replace(b"aa.txt", "甲".encode("gbk") + b".txt")
    (tmp_path / "a.zip").write_bytes(content)
    assert pages(tmp_path / "a.zip")[0].path == f"{tmp_path}/a.zip!甲.txt"


def test_read_text_declares_what_is_given() -> None:
    page = read_text("甲", url="u", title="题", published="2024-05-18", source_id="s")
    assert (page.format, page.url, page.source_id) == ("text", "u", "s")
    assert page.declared == (Declared("published", "2024-05-18", "given"), Declared("title", "题", "given"))
    assert read_text("<p>甲</p>", is_html=True).text == "甲"
    assert read_text("<p>甲</p>").text == "<p>甲</p>"
    with pytest.raises(ReadError):
        read_text(" \n")
