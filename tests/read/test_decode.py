"""decode: every Chinese encoding by name, and a clear word for what is none."""

from __future__ import annotations

import codecs

import pytest

from timeline.errors import ReadError
from timeline.read.decode import decode, encoding_of

TEXT = "5月18日，江河市与云岭大学签署战略合作协议，双方将共建研究院。\n"
TRADITIONAL = "5月18日，江河市與雲嶺大學簽署戰略合作協議，雙方將共建研究院。\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (TEXT, "utf-8", "utf-8"),
        (TEXT, "utf-8-sig", "utf-8"),
        (TEXT, "gbk", "gb18030"),
        (TEXT + "𠮷㐀", "gb18030", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL + "啫喺", "big5hkscs", "big5hkscs"),
        (TEXT, "utf-16", "utf-16-le"),
        (TEXT + "abc", "utf-16-be", "utf-16-be"),
        (TEXT, "hz", "hz"),
        ("plain ascii", "ascii", "utf-8"),
        ("签约", "gbk", "gb18030"),
    ],
)
def test_encodings(text: str, codec: str, name: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.lost) == (text, name, 0)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_page_cut_off_or_with_a_broken_byte_is_still_read(codec: str) -> None:
    content = (TEXT * 20).encode(codec)
    cut = decode(content[:-2])
    broken = decode(content + b"\xff\n" + content)
    assert cut.encoding == broken.encoding == codec
    assert cut.lost == broken.lost == 1


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.4 x", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"PK\x03\x04xx", "zip"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"ab\x00\x01cd", "NUL byte at 2"),
        ("café résumé à naïve".encode("latin-1"), "encoding is unknown"),
        ("これは日本語の文です。会議が開かれた。".encode("shift-jis"), "encoding is unknown"),
    ],
)
def test_what_is_no_chinese_text_is_refused(content: bytes, word: str) -> None:
    with pytest.raises(ReadError, match=word):
        decode(content)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16"])
def test_the_encoding_of_a_stream(codec: str) -> None:
    sample = (TRADITIONAL * 9).encode(codec)[:-3]
    assert codecs.lookup(encoding_of(sample)).name in (codec, "utf-16", "utf-8-sig")
