"""A text whose UTF-8 bytes were read as GBK in, the edits that read them back out: 涓浗 and 鍖椾含 for 中国 and 北京.

Two Chinese characters are six bytes and stand as three. Bytes that make no character of GBK are lost, with U+FFFD in their place or
without a trace; what they belonged to is marked and counted. Source of the table: Python's own codecs gbk and gb18030.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.clean.misread import Misread, join_places
from timeline.clean.shifted import LOST
from timeline.offsets import Edit

_FEWEST = 4  # characters read back on one page
_SHORT = 3  # characters of a stretch that counts only beside longer ones
_SHARE = 0.6  # of what a stretch reads as, the least that is whole characters


def _class(first: range, second: range) -> str:
    """Write the characters of GBK with such first and second bytes as a class of a regex."""
    chars = (bytes((a, b)).decode("gbk", "ignore") for a in first for b in second if b != 0x7F)
    return "[" + "".join(re.escape(char) for char in chars if char) + "]"


_LEADS, _REST = range(0xE3, 0xEA), range(0x81, 0xC0)
_LEADS_ANY = range(0xE2, 0xF0)
_REST_FIRST, _REST_END = 0x80, 0xC0
_WHOLE, _PAIR = 3, 2  # bytes of a Chinese character in UTF-8 and in GBK
# the bytes of two characters: lead and rest, rest and lead, rest and rest
_CUE = re.compile(
    _class(_LEADS, range(0x80, 0xC0)) + _class(_REST, _LEADS) + _class(_REST, range(0x80, 0xC0))
)
_STRETCH = re.compile(r"[^\x00-\x7f]+")
_CHINESE = re.compile("[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u00b7]")


def find_misread_gbk(text: str) -> Misread:
    """Find every stretch that was read two bytes at a time; a page with few of them is left as it is."""
    if _CUE.search(text) is None:
        return Misread()
    stretches = [_read(m.group(), m.start()) for m in _STRETCH.finditer(text)]
    sure = [e for s in stretches if s and s[-1].end - s[0].start > _SHORT for e in s]
    if sum(len(e.text) - e.text.count(LOST) for e in sure) < _FEWEST:
        return Misread()
    edits = tuple(edit for stretch in stretches for edit in stretch)
    return Misread(edits, join_places(edits), sum(e.text.count(LOST) for e in edits))


def _read(stretch: str, at: int) -> list[Edit]:
    """Read a stretch back, an edit for the fewest characters that make whole ones; none where it says little Chinese."""
    read = [(byte, i) for i, char in enumerate(stretch) for byte in _bytes_of(char)]
    edits: list[Edit] = []
    said, begin, n = "", 0, 0
    while n < len(read):
        size = _size(read, n)
        known = [byte for byte, _ in read[n : n + size] if byte is not None]
        whole = (
            bytes(known).decode("utf-8", "replace")
            if len(known) == _WHOLE and known[0] in _LEADS_ANY
            else LOST
        )
        said += whole[:1]
        n += size
        if n == len(read) or read[n][1] != read[n - 1][1]:
            end = read[n - 1][1] + 1
            edits.append(Edit(at + begin, at + end, said))
            said, begin = "", end
    found = "".join(edit.text for edit in edits)
    return edits if len(_CHINESE.findall(found)) >= _SHARE * len(found) else []


def _bytes_of(char: str) -> list[int | None]:
    """Give the bytes that stand behind a character; one that nobody knows behind U+FFFD and what GBK does not have."""
    if char == LOST:
        return [None]
    written = char.encode("gb18030")
    return list(written) if len(written) <= _PAIR else [None]


def _size(read: Sequence[tuple[int | None, int]], n: int) -> int:
    """Say how many bytes from one on belong to one character: up to three, and no further first byte among them."""
    size = 1
    while size < _WHOLE and n + size < len(read):
        byte = read[n + size][0]
        if byte is not None and not _REST_FIRST <= byte < _REST_END:
            break
        size += 1
    return size
