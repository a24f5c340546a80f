"""Find signs that should not be in a text or stand there in another form: control characters, entities, width, blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

from timeline.offsets import Edit
from timeline.patterns import regex

_HAN = r"\u3400-\u9fff"
# what a line end or a control can begin with, so that a text without one is read once
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]"
)
# a zero-width joiner stays between emoji, where it means something
_CONTROL = regex(
    rf"""
      (?P<newline>\r\n?|[\u0085\u2028\u2029])                      # CR LF, line separator
    | (?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]     # bell, escape
        |[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]  # soft hyphen, zero width space, byte order mark
        |(?<=[{_HAN}\d])[\u200c\u200d\ufe0e\ufe0f]|[\u200c\u200d](?=[{_HAN}\d]))+
    """,
    re.VERBOSE,
)
# &nbsp; &amp;ldquo; &#8220; &#x201c;
_ENTITY = re.compile(
    r"&(?:amp;)*(?P<name>[A-Za-z][A-Za-z0-9]{1,30}|\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6});", re.VERBOSE
)
# what a wide or a compatible sign begins with, so that a text without one is read once
_OTHER_FORM = re.compile(r"[０-９Ａ-Ｚａ-ｚ\u2e80-\u2fd5\uf900-\ufad9]")
# ２０２４ ＶＩＰ; a full stop only inside a number: ８．５
_WIDE = re.compile(r"(?P<wide>[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)?)")
# radicals and compatibility ideographs that a copy out of a PDF leaves: ⽂ (U+2F42) for 文
_COMPATIBLE = re.compile(r"[\u2e80-\u2fd5\uf900-\ufad9]+")
_ODD_BLANK = r"[\u00a0\u1680\u2000-\u200a\u202f\u205f]"  # no-break space, thin space
_BLANK, _BLANKS = re.compile(_ODD_BLANK), re.compile(rf"{_ODD_BLANK}+")


def find_controls(text: str) -> Iterator[Edit]:
    r"""Give a deletion for each run of control and zero-width characters; every line end becomes \n."""
    if text.isprintable() or not _UNSEEN.search(text):
        return
    for match in _CONTROL.finditer(text):
        yield Edit(match.start(), match.end(), "\n" if match["newline"] else "")


def find_entities(text: str) -> Iterator[Edit]:
    """Give an edit for each HTML entity left in the text, also one that was escaped twice.

    >>> [e.text for e in find_entities("&ldquo;合作&rdquo;&amp;nbsp;AT&T; a=1&copy=2")]
    ['“', '”', '\\xa0']
    """
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        character = _character(match["name"])
        if character is not None:
            yield Edit(match.start(), match.end(), character)


def find_wide(text: str) -> Iterator[Edit]:
    """Give an edit for each run of full-width letters and digits, and of compatibility ideographs, one for one.

    >>> [e.text for e in find_wide("２０１２年ＶＩＰ车厢，增长８．５％")]
    ['2012', 'VIP', '8.5']
    """
    if not _OTHER_FORM.search(text):
        return
    for match in _WIDE.finditer(text):
        yield Edit(match.start(), match.end(), unicodedata.normalize("NFKC", match["wide"]))
    for match in _COMPATIBLE.finditer(text):
        plain = "".join(_single(c) for c in match[0])
        if plain != match[0]:
            yield Edit(match.start(), match.end(), plain)


def find_blanks(text: str) -> Iterator[Edit]:
    """Give an edit for each run of odd blanks: as many plain spaces; the ideographic space stays."""
    if not _BLANK.search(text):
        return
    for match in _BLANKS.finditer(text):
        yield Edit(match.start(), match.end(), " " * len(match[0]))


def _character(name: str) -> str | None:
    if not name.startswith("#"):
        return html5.get(f"{name};")
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF:
        return chr(code)
    return None


def _single(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
