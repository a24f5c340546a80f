"""An RSS or Atom file in; one page an entry out, with its title, date, address and outlet as the feed declares them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from timeline.errors import ReadError
from timeline.read.decode import Decoded, decode
from timeline.read.pages import Options, Origin, page_from_html, page_from_text
from timeline.read.sources import Source, read_all
from timeline.records import Declared, Failure, RawPage

_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,300}>|&(?:[a-z]{2,6}|#\d{2,5});")  # <p> | &nbsp;
_PUBLISHED = ("pubDate", "published", "issued", "date", "created")
_MODIFIED = ("updated", "modified")
_TEXTS = ("encoded", "content", "description", "summary")


def read_feed(source: Source, options: Options) -> Iterator[RawPage | Failure]:
    """Read RSS 0.9 to 2.0, RDF and Atom; an entry without a text of its own has its title for one."""
    decoded = decode(read_all(source.stream, options.max_bytes))
    root = _parse(decoded.text)
    name = _name(root)
    if name == "html":
        yield page_from_html(decoded, Origin("html", source.path), options)
        return
    entries = [element for element in root.iter() if _name(element) in ("item", "entry")]
    if name not in ("rss", "RDF", "feed", "channel") and not entries:
        raise ReadError(f"its XML is no feed but <{name}>: give RSS, Atom or HTML")
    if not entries:
        raise ReadError("the feed holds no entries")
    outlet = _outlet(root)
    for number, entry in enumerate(entries):
        try:
            yield _page(
                entry, outlet, Origin("feed", source.path, number, encoding=decoded.encoding), options
            )
        except ReadError as error:
            yield Failure(f"{source.path}#{number}", str(error))


def _parse(text: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.lstrip().encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"it is not XML: {error.msg}") from error
    if root is None:
        raise ReadError("it is not XML: no element in it")
    return root


def _page(entry: etree._Element, outlet: str | None, origin: Origin, options: Options) -> RawPage:
    title = _first(entry, ("title",))
    own = Origin(
        origin.format,
        origin.path,
        origin.index,
        url=_address(entry),
        source_id=_first(entry, ("guid", "id")),
        declared=tuple(_declared(entry, title, outlet)),
        encoding=origin.encoding,
    )
    text = (
        max((_text(child) for child in entry if _name(child) in _TEXTS), key=len, default="") or title or ""
    )
    build = page_from_html if _MARKUP.search(text) else page_from_text
    return build(Decoded(text, origin.encoding), own, options)


def _declared(entry: etree._Element, title: str | None, outlet: str | None) -> Iterator[Declared]:
    for name, tags in (("published", _PUBLISHED), ("modified", _MODIFIED), ("author", ("author", "creator"))):
        for tag in tags:
            value = _first(entry, (tag,))
            if value:
                yield Declared(name, value, f"feed.{tag}")
    if title:
        yield Declared("title", title, "feed.title")
    own = next(
        (_first(child, ("title",)) or _text(child) for child in entry if _name(child) == "source"), None
    )
    if own or outlet:
        yield Declared("outlet", own or outlet or "", "feed.source" if own else "feed.channel")


def _outlet(root: etree._Element) -> str | None:
    """Give the feed's own title: of the channel, or of the Atom root."""
    channel = next((e for e in root.iter() if _name(e) == "channel"), root)
    return _first(channel, ("title",))


def _address(entry: etree._Element) -> str | None:
    for child in entry:
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = child.get("href") or _text(child)
            if address.strip():
                return address.strip()
    return None


def _first(element: etree._Element, names: tuple[str, ...]) -> str | None:
    for child in element:
        if _name(child) in names and (text := " ".join(_text(child).split())):
            return text
    return None


def _text(element: etree._Element) -> str:
    """Give an element's text; markup that is not escaped (type="xhtml") as markup."""
    if len(element) and element.get("type") == "xhtml":
        return str(etree.tostring(element, encoding="unicode", with_tail=False))
    return "".join(element.itertext()).strip()


def _name(element: etree._Element) -> str:
    """Give an element's name without its namespace, or the prefix of one that was never declared."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
