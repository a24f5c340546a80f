"""read_webpage: what a reader sees, line by line, and what the page says of itself."""

from __future__ import annotations

import pytest

from timeline.read.webpage import read_webpage
from timeline.records import Declared


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("甲<br>乙<br/>丙", "甲\n乙\n丙"),
        ("<h1>江河市<br>签约</h1>", "江河市 签约"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙"),
        ("<p>物\n   流 A\n B</p>", "物流 A B"),
        ("<p>　　5月18日，甲<b>乙</b><a href=x>丙</a>。</p>", "5月18日，甲乙丙。"),
        ("<a>首页</a><a>要闻</a><span>a</span><span>b</span>", "首页 要闻ab"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙"),
        (
            "<table><tr><td>9:00</td><td>签约</td></tr><tr><td>10:00</td><td></td></tr></table>",
            "9:00\t签约\n10:00",
        ),
        ("<table><tr><td><p>9:00</p></td><td><p>签约</p></td></tr></table>", "9:00\t签约"),
        ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", "甲\n乙"),
        ("<pre>甲\n  乙</pre>", "甲\n乙"),
        ("<p>A &amp; B&nbsp;C &#26032;</p>", "A & B\xa0C 新"),
        ("<p>甲<!-- 不见 -->乙</p>", "甲乙"),
        ("<p>甲</p><script>var a</script><style>p{}</style><noscript>丙</noscript><p>乙</p>", "甲\n乙"),
        ("<p style='DISPLAY : none'>甲</p><p hidden>乙</p><p>丙</p>", "丙"),
        ("<head><title>题</title></head><body>甲</body>", "甲"),
        ("<select><option>甲</option></select><textarea>乙</textarea>丙", "丙"),
        ("<p>甲<p>乙", "甲\n乙"),
        ("甲\x00\x01乙", "甲 乙"),
        ("", ""),
        ("<!-- -->", ""),
        ("<script>只有脚本</script>", ""),
    ],
)
def test_the_visible_text(html: str, text: str) -> None:
    assert read_webpage(html).text == text


@pytest.mark.parametrize(
    ("html", "declared"),
    [
        ('<meta property="article:published_time" content="2024-05-18">', ("published", "2024-05-18", "meta[article:published_time]")),
        ('<meta name="PubDate" content="2024-05-18 10:00">', ("published", "2024-05-18 10:00", "meta[PubDate]")),
        ('<meta name=ContentSource content=江河日报>', ("outlet", "江河日报", "meta[ContentSource]")),
        ('<meta itemprop="datePublished" content="2024-05-18">', ("published", "2024-05-18", "meta[datePublished]")),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024"}</script>', ("published", "2024", "json-ld.datePublished")),
        ('<script type="application/ld+json">[{"@graph":[{"@type":["Article"],"headline":"题","publisher":{"name":"报"}}]}]</script>', ("outlet", "报", "json-ld.publisher")),
        ('<span itemprop="datePublished" content="2024-05-18">昨天</span>', ("published", "2024-05-18", "itemprop[datePublished]")),
        ('<time datetime="2024-05-18">昨天</time>', ("time", "2024-05-18", "time[datetime]")),
        ("<time pubdate>2024-05-18</time>", ("published", "2024-05-18", "time")),
        ('<link rel="canonical" href="https://a.example.cn/1">', ("canonical", "https://a.example.cn/1", "link[canonical]")),
        ("<!-- saved from url=(0022)http://a.example.cn/1 --><p>甲", ("canonical", "http://a.example.cn/1", "comment[saved from url]")),
        ("<title> 题\n目 </title>", ("title", "题 目", "title")),
        ('<script>var ct = "1716000000";</script>', ("published", "1716000000", "script")),
    ],
)  # fmt: skip
def test_declared_data(html: str, declared: tuple[str, str, str]) -> None:
    page = read_webpage(f"<html><head>{html}</head><body>甲</body></html>")
    assert Declared(*declared) in page.declared


@pytest.mark.parametrize(
    "html",
    [
        '<meta name="viewport" content="width=1">',
        '<meta property="article:published_time" content=" ">',
        '<script type="application/ld+json">{"datePublished": </script>',
        '<script type="application/ld+json">{"@type":"Organization","name":"报"}</script>',
        "<script>var ctx = '2024-05-18';</script>",
    ],
)
def test_nothing_is_declared(html: str) -> None:
    assert read_webpage(f"<html><head>{html}</head><body>甲</body></html>").declared == ()


def test_the_canonical_address_is_the_pages() -> None:
    page = read_webpage(
        '<link rel=canonical href="/1"><meta property="og:url" content="https://a.example.cn/1">甲'
    )
    assert page.url == "https://a.example.cn/1"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20000 + "甲",
        "<td>" * 20000 + "甲",
        "<b>" * 20000 + "甲",
        "<p>甲</p>" * 20000,
        "<" * 50000 + "甲",
        "&" * 50000 + "甲",
    ],
)
def test_odd_pages_are_read_without_hanging(html: str) -> None:
    assert "甲" in read_webpage(html).text
