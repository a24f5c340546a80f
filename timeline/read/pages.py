"""One page's content and where it was found in, a RawPage with its id and declared data out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from timeline.errors import ReadError
from timeline.read.decode import Decoded
from timeline.read.fields import is_record, read_fields
from timeline.read.webpage import read_webpage
from timeline.records import Declared, RawPage, SourceFormat

LONGEST_LINE = 8 * 2**20  # characters: no news page has a longer line, and nothing later is made for one
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # "\ud83d" alone: JSON may hold half a character, UTF-8 may not


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asked for: a date for every page, names of fields, the most bytes of one page."""

    published: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page was found: format, path, position in it, its own id and address, what its container declares."""

    format: SourceFormat
    path: str | None = None
    index: int = 0
    url: str | None = None
    source_id: str | None = None
    declared: tuple[Declared, ...] = ()
    encoding: str = "utf-8"


def page_from_text(
    decoded: Decoded, origin: Origin, options: Options, *, content: bytes | None = None
) -> RawPage:
    """Make a page of plain text; its id is of the bytes, and of the url where a record has one.

    Raises ReadError where the text is empty or a line too long.
    """
    return _page(decoded, origin, options, _page_id(content or _encoded(decoded.text), origin.url))


def page_from_html(
    decoded: Decoded, origin: Origin, options: Options, *, content: bytes | None = None
) -> RawPage:
    """Make a page of HTML: its text is what a reader sees, its url falls back to the canonical one.

    Raises ReadError where there is no visible text or a line is too long.
    """
    _refuse_long_lines(decoded.text)
    page_id = _page_id(content or _encoded(decoded.text), origin.url)
    seen = read_webpage(_SURROGATE.sub("\ufffd", decoded.text))
    if not seen.text.strip():
        raise ReadError("it has no visible text: where scripts draw the page, save it from a browser")
    whole = replace(origin, url=origin.url or seen.url, declared=origin.declared + seen.declared)
    return _page(replace(decoded, text=seen.text), whole, options, page_id)


def page_from_record(record: Mapping[str, Any], origin: Origin, options: Options) -> RawPage:
    """Make a page of a record; its published, title, outlet and fetched fields are declared as given, its file's path as file.

    Raises ReadError, naming the fields there are, where none holds a text.
    """
    values = read_fields(record, options.fields)
    text, html = values["text"], values["html"]
    if text is None and html is None:
        if is_record(record) and not options.fields:
            raise ReadError("its text is empty: nothing to read")
        names = ", ".join(str(key) for key in list(record)[:12]) or "none"
        raise ReadError(f"it has no text or html (fields: {names}): name one with --field text=NAME")
    declared = tuple(
        Declared(name, value, "given")
        for name in ("published", "title", "outlet", "fetched")
        if (value := values[name])
    )
    if values["file"] and "/" in values["file"]:
        declared += (Declared("file", values["file"], "record"),)
    own = replace(
        origin,
        url=values["url"] or origin.url,
        source_id=values["id"] or origin.source_id,
        declared=declared + origin.declared,
    )
    if text is None or text.lstrip()[:100].lower().startswith(("<!doctype html", "<html")):
        return page_from_html(Decoded(html or text or "", origin.encoding), own, options)
    return page_from_text(Decoded(text, origin.encoding), own, options)


def _page(decoded: Decoded, origin: Origin, options: Options, page_id: str) -> RawPage:
    text = _SURROGATE.sub("\ufffd", decoded.text)
    if not text.strip():
        raise ReadError("its text is empty: nothing to read")
    _refuse_long_lines(text)
    declared = origin.declared
    if options.published:
        declared = (Declared("published", options.published, "given"), *_demoted(declared))
    return RawPage(
        id=page_id,
        text=text,
        format=origin.format,
        path=origin.path,
        url=origin.url,
        source_id=origin.source_id,
        index=origin.index,
        encoding=decoded.encoding,
        declared=declared,
        warnings=(f"{decoded.lost} broken bytes read as U+FFFD",) if decoded.lost else (),
    )


def _demoted(declared: tuple[Declared, ...]) -> tuple[Declared, ...]:
    """Let the caller's date stand alone as given: what the record says beside it is the record's."""
    return tuple(
        replace(d, where="record.published") if (d.name, d.where) == ("published", "given") else d
        for d in declared
    )


def _refuse_long_lines(text: str) -> None:
    if len(text) <= LONGEST_LINE:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise ReadError(
                f"line {number} has {len(line):,} characters, {LONGEST_LINE:,} are allowed: split it into lines"
            )


def _page_id(content: bytes, url: str | None) -> str:
    digest = hashlib.sha256(content)
    if url:
        digest.update(b"\n" + _encoded(url))
    return digest.hexdigest()[:16]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
