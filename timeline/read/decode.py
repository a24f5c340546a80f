"""Bytes in, text with the name of its encoding out: BOM, UTF-8, what the page declares, GB18030 or Big5; never a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

from timeline.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF media file"),
    (b"PK\x03\x04", "a zip archive or Office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_DECLARED = re.compile(
    rb"""
    (?:charset|encoding) \s*=\s* ["']?  # <meta charset="gb2312">, <?xml encoding="big5"?>
    (?P<name>[A-Za-z0-9_\-]{3,20})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_RUN = re.compile(rb"[\x80-\xff]+")
_HEAD = 2048  # where a declaration must stand
_SAMPLE = 65_536  # bytes that decide between GB18030 and Big5
_FEW = 0.002  # share of bytes that may be lost in a page still called by its encoding
_LIKELY = 0.45  # share of common characters in Chinese text of the right encoding: .9, in traditional held as GBK: .5

_FAMILY = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and how many characters were lost to U+FFFD."""

    text: str
    encoding: str
    lost: int = 0


def decode(content: bytes, *, declared: str | None = None) -> Decoded:
    r"""Decode a Chinese page.

    A BOM settles it, then strict UTF-8. What else there is, is taken for GB18030 or Big5, whichever makes more of the
    common characters of its own standard; what the page or its server declares breaks a tie. `lost` is not 0 where
    single bytes are broken or cut off.

    Raises ReadError for empty and binary content and for encodings that are none of these.

    >>> decode("签署协议".encode("gbk"))
    Decoded(text='签署协议', encoding='gb18030', lost=0)
    """
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ReadError("it is empty: nothing to read")
    refuse_binary(content)
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _replacing(content[len(mark) :], name)
    if b"\x00" in content:
        return _without_bom(content)
    if b"~{" in content and content.isascii():
        return _hz(content)
    try:
        decoded = Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _other(content, error, declared or _declared_name(content))
    return _short_gb(content) or decoded if max(decoded.text) < "\u0800" else decoded


def refuse_binary(content: bytes) -> None:
    """Raise ReadError where the content begins as a known kind of file that is no text."""
    for mark, what in _MAGIC:
        if content.startswith(mark):
            raise ReadError(f"it is {what}, not text: save it as text or HTML")


def encoding_of(sample: bytes) -> str:
    """Say which encoding a stream that begins with `sample` is in; the sample may end inside a character.

    Raises ReadError as decode() does.
    """
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return "utf-8-sig" if name == "utf-8" else name[:6]
    cut = max(sample.rfind(b"\n"), 0) or len(sample)
    return decode(sample[:cut]).encoding


def _short_gb(content: bytes) -> Decoded | None:
    """Decode the few words of GB 2312 that happen to be UTF-8 as well: 签约 is C7A9 D4BC, and so is ǩԼ."""
    runs = _RUN.findall(content)
    if not runs or any(len(run) < 4 or len(run) % 2 for run in runs) or _share(content, 0xD7) < 1:
        return None
    return _replacing(content, "gb18030")


def _without_bom(content: bytes) -> Decoded:
    """Decode UTF-16 that lost its mark; other content with NUL bytes is binary."""
    for name, parity in (("utf-16-le", 0), ("utf-16-be", 1)):
        if 0 in content[parity::2]:
            continue  # the NUL of an ASCII character lies on the other side
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text) and _share(text.encode("gb18030")[:_SAMPLE], 0xD7) > _LIKELY:
            return Decoded(text, name)
    raise ReadError(f"it is binary: a NUL byte at {content.index(0)}: save it as text or HTML")


def _hz(content: bytes) -> Decoded:
    try:
        return Decoded(content.decode("hz"), "hz")
    except UnicodeDecodeError:
        return Decoded(content.decode("ascii"), "utf-8")


def _other(content: bytes, broken: UnicodeDecodeError, declared: str | None) -> Decoded:
    """Decode what is not UTF-8 throughout: UTF-8 with a few broken bytes, GB18030, Big5."""
    damaged = _replacing(content, "utf-8")
    if _is_sound(damaged):
        return damaged
    candidates = sorted(
        (_judged(content, name, hint=declared or _detected(content)) for name in ("gb18030", "big5hkscs")),
        key=lambda pair: pair[0],
        reverse=True,
    )
    score, best = candidates[0]
    if score < _LIKELY:
        place = f"byte 0x{content[broken.start]:02x} at {broken.start}"
        raise ReadError(
            f"its encoding is unknown ({place} is not UTF-8, nor is it GB18030 or Big5): convert it to UTF-8"
        )
    return best


def _judged(content: bytes, name: str, *, hint: str | None) -> tuple[float, Decoded]:
    """Decode as `name`, and say how likely that is."""
    decoded = _replacing(content, name)
    if not _is_sound(decoded):
        return -1.0, decoded
    return _share(content[:_SAMPLE], 0xC6 if name == "big5hkscs" else 0xD7) + 0.1 * (hint == name), decoded


def _share(content: bytes, last: int) -> float:
    """Say what share of the two-byte characters are punctuation or of the standard's first, common level.

    The first level ends with lead byte 0xD7 in GB 2312 (from 0xB0, trail bytes from 0xA1) and 0xC6 in Big5 (from 0xA4).
    """
    common = total = at = 0
    first, trail = (0xA4, 0x40) if last == 0xC6 else (0xB0, 0xA1)
    while at < len(content) - 1:
        lead = content[at]
        if lead < 0x80:
            at += 1
            continue
        total += 1
        common += (first <= lead <= last or 0xA1 <= lead <= 0xA3) and content[at + 1] >= trail
        at += 2
    return common / total if total else 0.0


def _is_sound(decoded: Decoded) -> bool:
    """Say whether what is lost is little enough: an end cut off, a broken byte here and there."""
    beyond_ascii = sum(character > "\x7f" for character in decoded.text[:_SAMPLE]) - decoded.lost
    return decoded.lost <= 1 + _FEW * len(decoded.text) and beyond_ascii >= 10 * decoded.lost


def _replacing(content: bytes, name: str) -> Decoded:
    text = content.decode(name, errors="replace")
    lost = text.count("\ufffd") - (content.count(b"\xef\xbf\xbd") if name == "utf-8" else 0)
    return Decoded(text, name, lost)


def _declared_name(content: bytes) -> str | None:
    match = _DECLARED.search(content, 0, _HEAD)
    return _family(match["name"].decode("ascii")) if match else None


def _detected(content: bytes) -> str | None:
    return _family(detect_encoding(content, max_len=_SAMPLE))


def _family(name: str | None) -> str | None:
    """Give our name of an encoding: GB 2312 and GBK are read as GB18030, Big5 with its Hong Kong characters."""
    if not name:
        return None
    try:
        return _FAMILY.get(codecs.lookup(name).name)
    except LookupError:
        return None
