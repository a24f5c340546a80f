"""An HTML page in; the text a reader sees, one block a line in reading order, and what the page declares about itself out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from lxml import etree

from timeline.read.declared import find_declared
from timeline.records import Declared

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "audio",
        "canvas",
        "datalist",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "map",
        "math",
        "noframes",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ]
)
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})  # a title broken in two by <br> stays one line
_FLAT = 12  # most elements of a cell that still reads as one phrase
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)  # style="display: none"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2014\u2026"
_BROKEN = re.compile(  # a source line's end between two wide characters (CSS Text 3, 4.1.2): 物<newline>流
    rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])"
)
_SCRIPT = re.compile(
    r"<(script|style)\b[^<]*(?:<(?!/\1)[^<]*)*</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[!/]?(?P<name>[a-z][a-z0-9]*)?\b[^<>]*>", re.IGNORECASE)  # </p>
_EDGES = " \t\u00a0\u3000\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Webpage:
    """The visible text, the page's own address, its declared data."""

    text: str
    url: str | None
    declared: tuple[Declared, ...]


def read_webpage(html: str) -> Webpage:
    """Read a page or a fragment: titles, publication lines, bylines, footers are all kept, scripts and styles are not.

    A table is read row by row, cells a tab apart. Line ends of the source between two Chinese characters vanish,
    other white space counts as one space, as in a browser.

    >>> read_webpage("<h1>甲乙签约</h1><p>5月18日<br>北京</p>").text
    '甲乙签约\\n5月18日\\n北京'
    """
    tree = _parse(html)
    if tree is None:
        return Webpage(_without_tree(html), None, ())
    url, declared = find_declared(tree)
    return Webpage(_visible_text(tree), url, declared)


def _parse(html: str) -> etree._Element | None:
    cleaned = _CONTROL.sub(" ", html)
    if not cleaned.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        tree = etree.fromstring(cleaned.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None
    # a page nested deeper than libxml2 goes loses its text without an exception
    return None if any("depth" in entry.message for entry in parser.error_log.filter_from_fatals()) else tree


def _without_tree(html: str) -> str:
    """Give the text of a page too deep or too broken to parse: tags out, a line a block."""
    lines = _TAG.sub(
        lambda tag: "\n" if (tag["name"] or "").lower() in _BLOCKS | {"br"} else "", _SCRIPT.sub("", html)
    )
    texts = (_SPACE.sub(" ", unescape(line)).strip(_EDGES) for line in lines.split("\n"))
    return "\n".join(text for text in texts if text)


def _visible_text(tree: etree._Element) -> str:
    """Walk the tree without recursion (pages nest thousands deep) and write a line a block."""
    lines = _Lines()
    walk = etree.iterwalk(tree, events=("start", "end", "comment"))
    for event, element in walk:
        tag = element.tag
        if event == "comment" or not isinstance(tag, str):
            lines.add(element.tail)
        elif event == "start":
            if tag in _UNSEEN or _is_hidden(element):
                walk.skip_subtree()
                continue
            lines.open(tag, is_flat=tag in _CELLS and _is_flat(element))
            lines.add(element.text)
        else:
            if not (tag in _UNSEEN or _is_hidden(element)):
                lines.close(tag)
            lines.add(element.tail)
    return "\n".join(lines.finished())


def _is_hidden(element: etree._Element) -> bool:
    if not element.attrib:
        return False
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _is_flat(cell: etree._Element) -> bool:
    """Say whether a table cell holds one block at most: <td><p>9:00</p></td>."""
    seen = 0
    for number, element in enumerate(cell.iterdescendants()):
        seen += element.tag in _BLOCKS or element.tag == "br"
        if seen > 1 or number > _FLAT:
            return False
    return True


class _Lines:
    """The lines written so far and the one being written."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._parts: list[str] = []
        self._preformatted = 0
        self._is_flat = False
        self._in_heading = False
        self._after_link = False

    def open(self, tag: str, *, is_flat: bool) -> None:
        if (tag in _BLOCKS and not self._is_flat) or (
            tag == "br" and not self._is_flat and not self._in_heading
        ):
            self._end()
        self._is_flat = self._is_flat or is_flat
        if tag == "a" and self._after_link:
            self._parts.append(" ")
        if tag == "br" and self._in_heading:
            self._parts.append(" ")
        self._in_heading = self._in_heading or tag in _HEADINGS
        if tag == "pre":
            self._preformatted += 1

    def close(self, tag: str) -> None:
        self._after_link = tag == "a"
        if tag in _CELLS:
            self._is_flat = False
            if self._parts:
                self._parts.append("\t")
        elif tag in _BLOCKS and not self._is_flat:
            self._in_heading = self._in_heading and tag not in _HEADINGS
            self._end()
        if tag == "pre":
            self._preformatted -= 1

    def add(self, text: str | None) -> None:
        if not text:
            return
        self._after_link = False
        if not self._preformatted:
            self._parts.append(text)
            return
        first, *others = text.splitlines() or [""]
        self._parts.append(first)
        for line in others:
            self._end()
            self._parts.append(line)

    def finished(self) -> list[str]:
        self._end()
        return self._done

    def _end(self) -> None:
        if not self._parts:
            return
        cells = "".join(self._parts).split("\t") if "\t" in self._parts else ["".join(self._parts)]
        line = "\t".join(_SPACE.sub(" ", _BROKEN.sub("", cell)).strip(_EDGES) for cell in cells).strip(_EDGES)
        if line:
            self._done.append(line)
        self._parts.clear()
