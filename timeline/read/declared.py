"""An HTML tree in; what the page declares about itself out: meta tags, JSON-LD, microdata, time elements, links, title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from timeline.records import Declared

# the names sites give their data, in lower case -> ours
_META = {
    "published": "article:published_time article:published og:published_time og:pubdate bytedance:published_time pubdate "
    "publishdate publish-date publish_date publishtime publish_time publish-time date-published datepublished "
    "releasedate og:release_date date dc.date dc.date.issued dc.date.created dcterms.issued dcterms.created dcterms.date "
    "sailthru.date parsely-pub-date citation_publication_date citation_online_date weibo:article:create_at created "
    "article:create_at article.published",
    "modified": "article:modified_time og:updated_time bytedance:updated_time bytedance:lrdate_time lastmodified last-modified "
    "lastmodifieddate datemodified dc.date.modified dcterms.modified weibo:article:update_at revised",
    "title": "og:title twitter:title articletitle dc.title dcterms.title citation_title parsely-title",
    "outlet": "og:site_name contentsource source article:source publisher dc.publisher dcterms.publisher dc.source "
    "mediaid sitename application-name citation_journal_title",
    "author": "author article:author og:author dc.creator byl parsely-author citation_author",
    "description": "description og:description twitter:description",
    "canonical": "og:url url",
}
_OURS = {theirs: ours for ours, names in _META.items() for theirs in names.split()}
_LINKED = {
    "datePublished": "published",
    "uploadDate": "published",
    "pubDate": "published",
    "dateCreated": "created",
    "dateModified": "modified",
    "upDate": "modified",
    "headline": "title",
    "title": "title",
    "publisher": "outlet",
    "author": "author",
}
_PAGES = re.compile(
    r"(?:Article|Posting|WebPage|Report|VideoObject|Event|CreativeWork)$"
)  # NewsArticle, BlogPosting
_SAVED = re.compile(r"^\s*saved from url=\(\d+\)(?P<url>\S+)")  # saved from url=(0024)http://a.cn/1.html
_SCRIPT_STAMP = re.compile(  # var ct = "1716000000"; the page's own seconds, where no meta tag has them
    r"""\bvar\s+(?:ct|publish_time|publishTime|pubtime|pubTime)\s*=\s*["'](?P<value>[^"']{8,25})["']"""
)
_SCRIPT_LIMIT = 400_000


def find_declared(tree: etree._Element) -> tuple[str | None, tuple[Declared, ...]]:
    """Give the page's own address and its data, each once, in the order: meta, JSON-LD, microdata, time, title, scripts.

    Names are ours (published, modified, title, outlet, author, description, canonical, time) where the site's name for
    it is known; `where` is the exact place: meta[article:published_time], json-ld.datePublished, time[datetime].
    """
    data = list(dict.fromkeys(_all(tree)))
    address = next((d.value for d in data if d.name == "canonical" and "://" in d.value), None)
    return address, tuple(data)


def _all(tree: etree._Element) -> Iterator[Declared]:
    yield from _links(tree)
    yield from _metas(tree)
    yield from _json_ld(tree)
    yield from _microdata(tree)
    yield from _times(tree)
    title = tree.find(".//title")
    if title is not None:
        yield from _declared("title", "".join(title.itertext()), "title")
    yield from _scripts(tree)


def _declared(name: str, value: object, where: str) -> Iterator[Declared]:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if text and len(text) <= 2000:
        yield Declared(name, text, where)


def _links(tree: etree._Element) -> Iterator[Declared]:
    for link in tree.iter("link"):
        if "canonical" in link.get("rel", "").lower().split():
            yield from _declared("canonical", link.get("href"), "link[canonical]")
    for comment in tree.iter(etree.Comment):
        match = _SAVED.match(comment.text or "")
        if match:
            yield from _declared("canonical", match["url"], "comment[saved from url]")


def _metas(tree: etree._Element) -> Iterator[Declared]:
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        if key:
            ours = _OURS.get(key.strip().lower()) or _LINKED.get(key.strip())
            if ours:
                yield from _declared(ours, meta.get("content"), f"meta[{key.strip()}]")


def _json_ld(tree: etree._Element) -> Iterator[Declared]:
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        try:
            value = json.loads("".join(script.itertext()), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            yield from _json_node(node)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Give the objects of a JSON-LD block that describe a page, without recursion."""
    waiting = [value]
    while waiting:
        here = waiting.pop(0)
        if isinstance(here, list):
            waiting[:0] = here
        elif isinstance(here, dict):
            waiting[:0] = [here[key] for key in ("@graph", "mainEntity") if key in here]
            kinds = here.get("@type", "")
            if "datePublished" in here or "pubDate" in here or _PAGES.search(" ".join(_strings(kinds))):
                yield here


def _json_node(node: dict[str, Any]) -> Iterator[Declared]:
    for key, ours in _LINKED.items():
        value = node.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name")
        yield from _declared(ours, value, f"json-ld.{key}")
    address = node.get("mainEntityOfPage") or node.get("url")
    if isinstance(address, dict):
        address = address.get("@id")
    yield from _declared("canonical", address, "json-ld.url")


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [v for v in values if isinstance(v, str)]


def _microdata(tree: etree._Element) -> Iterator[Declared]:
    for element in tree.iterfind(".//*[@itemprop]"):
        key = element.get("itemprop", "").strip()
        if element.tag != "meta" and key in _LINKED:
            value = element.get("content") or element.get("datetime") or "".join(element.itertext())
            yield from _declared(_LINKED[key], value[:300], f"itemprop[{key}]")


def _times(tree: etree._Element) -> Iterator[Declared]:
    for element in tree.iter("time"):
        if element.get("itemprop"):
            continue
        name = "published" if element.get("pubdate") is not None else "time"
        if element.get("datetime"):
            yield from _declared(name, element.get("datetime"), "time[datetime]")
        else:
            yield from _declared(name, "".join(element.itertext())[:100], "time")


def _scripts(tree: etree._Element) -> Iterator[Declared]:
    for script in tree.iter("script"):
        match = _SCRIPT_STAMP.search((script.text or "")[:_SCRIPT_LIMIT])
        if match:
            yield from _declared("published", match["value"], "script")
