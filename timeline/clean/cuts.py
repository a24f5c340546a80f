"""One line of clean text in; the points out where paragraphs, fields or tags were glued into it."""

from __future__ import annotations

import re
from functools import cache

from timeline.lexicon import load
from timeline.patterns import regex
from timeline.wordlists import WordList

_LONG = 160  # characters; a longer line may be a whole page with its line ends lost
_TAILED = 40
_BLANKS = re.compile(r"[ \t\u00a0\u3000]{2,}")  # 。　　第二段
_LINE_END = regex(r"(?:\\r)?\\n", needs=("\\",))  # a line end written out: \r\n
_BLOCK_END = regex(r"</(?:p|div|li|h[1-6]|d[td]|t[dr]|ul|section)>|<br\s?/?>", re.IGNORECASE, needs=("<",))
_FIELD_END = regex(  # …',msg2:'… | …", "date" => "… | …, desc: …
    r"""
    (?<= ["'\]\d})] ) \s{0,4} [,;] \s{0,40}
    (?= [{\s]{0,8} ["']? [A-Za-z_]\w{0,20} ["']? \s? (?:=>|:) \s? ["'\[{(] )
    | ,\s{0,40} (?= [A-Za-z_]\w{2,20}:\s )
    """,
    re.VERBOSE,
)
# what stands around the end of every field, so that a text without one is read once: , desc:
_FIELD_NEAR = re.compile(r"""[,;][\s{"']{0,50}[A-Za-z_]\w{0,20}["']?\s?(?:=>|:)""")
_VALUE_END = re.compile(r",(?:(?<=['\"\d],)|(?<=['\"\d]\s,))\s?(?='|\d)")  # ('3', '标题', '正文', …
_SQL = regex(
    r"INSERT\s+INTO|VALUES\s?\(|^\s*\(?\d+\s?,\s?'|^\s*'[^']{1,60}'\s?,\s?'|'\s?,\s?'(?:19|20)\d\d-\d\d",
    re.IGNORECASE,
    needs=(("'", "(", "t", "T"),),
)
_CLOSED = regex(r"[。！？!?；;…”’」』\"'】）)]\s{0,3}$")


def has_cuts(text: str) -> bool:
    """Say whether a line of a text can be cut at all: most pages have none of the marks, blanks and words that part it.

    >>> has_cuts("甲乙签约。 责任编辑：丙"), has_cuts("甲乙签约。\\n丙出席。")
    (True, False)
    """
    is_source = "<" in text or _FIELD_NEAR.search(text) or _VALUE_END.search(text)
    return bool(is_source or _BLANKS.search(text) or _LINE_END.search(text) or _tail().search(text))


def find_cuts(line: str) -> list[int]:
    """Give the points, ascending, at which a line falls into paragraphs, fields or a text and its tail.

    Short lines are cut at fields and tags alone: two blanks in one may stand inside a title.

    >>> find_cuts("title: '甲乙签约', desc: '5月18日，甲乙签约。'")
    [15]
    """
    cuts: set[int] = set()
    if _FIELD_NEAR.search(line):
        cuts.update(match.end() for match in _FIELD_END.finditer(line))
    if "<" in line:
        cuts.update(match.end() for match in _BLOCK_END.finditer(line))
    if _VALUE_END.search(line) and _SQL.search(line):
        cuts.update(match.end() for match in _VALUE_END.finditer(line))
    if len(line) >= _LONG:
        cuts.update(match.end() for pattern in (_BLANKS, _LINE_END) for match in pattern.finditer(line))
    if len(line) >= _TAILED:
        cuts.update(
            match.start()
            for match in _tail().finditer(line)
            if _CLOSED.search(line, max(0, match.start() - 4), match.start())
        )
    return sorted(cut for cut in cuts if 0 < cut < len(line))


@cache
def _tail() -> WordList:
    return WordList(w for e in load("segments") if e.kind == "tail" for w in e.words)
