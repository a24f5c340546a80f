"""Find pinyin glosses, 醫(yī)療 or 中(zhong)(zhong), in a text: edits that take them out come back, the text is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.clean.readings import find_plain_readings
from timeline.offsets import Edit
from timeline.patterns import regex

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# one syllable with exactly one tone mark: zhōng, ér, ńg, lüè
TONED_SYLLABLE = rf"(?=[a-zü]*[{_TONES}][a-zü]*[\s)）])(?:[zcs]h|[b-df-hj-np-tw-z])?[aeiouü{_TONES}]{{0,3}}(?:ng|[nrńňǹḿ]g?)?"

_TONED = regex(
    rf"""(?P<gloss>[(（](?<=\S[(（])           # behind a character, a letter, another gloss
    \s?{TONED_SYLLABLE}\s?[)）])                            # (yī)  （yī）  (yī )
    """,
    re.VERBOSE,
    needs=(tuple(_TONES),),
)
_TONELESS = regex(
    r"""(?P<character>[\u3400-\u9fff])
    (?P<glosses>(?:[(（]\s?[a-zü]{1,6}\s?[)）])+)     # (zhong)(zhong)
    """,
    re.VERBOSE,
)
_BRACKETED = re.compile(r"[(（]\s?[a-zü]{1,6}\s?[)）]")  # (zhong)
_SYLLABLE = re.compile(r"(?P<syllable>[a-zü]+)")  # zhong


def find_glosses(text: str) -> Iterator[Edit]:
    """Give a deletion for each gloss: toned ones always, toneless ones only where they read the character before.

    >>> [(e.start, e.end) for e in find_glosses("醫(yī)療(liao)站(A座)口(an)")]
    [(1, 5), (6, 12)]
    """
    if "(" not in text and "（" not in text:
        return
    for match in _TONED.finditer(text):
        yield Edit(*match.span("gloss"), "")
    for match in _TONELESS.finditer(text) if _BRACKETED.search(text) else ():
        readings = find_plain_readings(match["character"])
        if all(syllable in readings for syllable in _SYLLABLE.findall(match["glosses"])):
            yield Edit(*match.span("glosses"), "")
