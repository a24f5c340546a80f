"""Find what is left of a page's source in its text: escapes, tags; edits take the marks out and leave every word in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from timeline.offsets import Edit

_BLOCK = frozenset(
    [
        "p",
        "br",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "table",
        "tbody",
        "thead",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "section",
        "article",
        "header",
        "footer",
        "nav",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "center",
        "em",
        "font",
        "i",
        "img",
        "label",
        "o:p",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    ]
)
_NAMES = _BLOCK | _INLINE
# a name on either list, or any name with an attribute: <p>, </strong>, <Icon type="clock" />
_TAG = re.compile(
    r"""<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9:]{0,20})
    (?P<attributes>(?:\s+[A-Za-z_:][\w:.-]{0,40}=(?:\\?"[^"<>]{0,400}"|\\?'[^'<>]{0,400}'|\{[^{}<>]{0,200}\}|[\w\#%.;:/-]{1,200}))*)
    \s{0,20}/?>""",
    re.VERBOSE,
)
# \r\n written out, \" and \' inside a quoted string
_ESCAPE = re.compile(r"(?P<newline>(?:(?:\\r)?\\n|\\r)+)(?![a-z])|\\(?P<quote>[\"'/])|(?P<tab>\\t)(?![a-z])")
_PLAIN_BEFORE = re.compile(r"[A-Za-z0-9:\\]")  # C:\new


def find_markup(text: str) -> Iterator[Edit]:
    r"""Give an edit for each run of tags and each escape; a block's tags become a line break where there is none.

    >>> [e.text for e in find_markup(r"<p>甲乙签约。</p><p>丙出席。\r\n丁说\"好\"")]
    ['', '\n', '\n', '"', '"']
    """
    if "<" in text:
        yield from _tags(text)
    if "\\" in text:
        yield from _escapes(text)


def _tags(text: str) -> Iterator[Edit]:
    start = end = 0
    is_block = False
    for match in _debris(text):
        if match.start() != end:
            if start < end:
                yield _without(text, start, end, is_block=is_block)
            start, is_block = match.start(), False
        end = match.end()
        is_block = is_block or match["name"].lower() in _BLOCK
    if start < end:
        yield _without(text, start, end, is_block=is_block)


def _debris(text: str) -> Iterator[re.Match[str]]:
    """Find the tags that no writer meant as text."""
    for match in _TAG.finditer(text):
        if match["name"].lower() in _NAMES or match["attributes"]:
            yield match


def _without(text: str, start: int, end: int, *, is_block: bool) -> Edit:
    if is_block and text[end : end + 1] not in ("", "\n", "\r") and _is_line_begun(text, start):
        return Edit(start, end, "\n")
    # <b>10</b><i>2021-06</i>: two numbers, not one
    is_between_digits = start > 0 and text[start - 1].isdigit() and text[end : end + 1].isdigit()
    return Edit(start, end, " " if is_between_digits else "")


def _is_line_begun(text: str, at: int) -> bool:
    """Say whether something other than blanks stands before a place in its line."""
    while at > 0 and text[at - 1].isspace() and text[at - 1] != "\n":
        at -= 1
    return at > 0 and text[at - 1] != "\n"


def _escapes(text: str) -> Iterator[Edit]:
    tags = [(0, 0), *(match.span() for match in _debris(text))]
    for match in _ESCAPE.finditer(text):
        _, end = tags[bisect_right(tags, (match.start(), len(text))) - 1]
        if match.start() < end:
            continue
        if match["quote"]:
            yield Edit(match.start(), match.end(), match["quote"])
        elif match.start() == 0 or not _PLAIN_BEFORE.match(text[match.start() - 1]):
            yield Edit(match.start(), match.end(), "\n" if match["newline"] else " ")
