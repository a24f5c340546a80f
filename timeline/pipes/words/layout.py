"""A segment's text as a reader sees it: text in, sentences out, with headings, leads and clauses told apart.

Lines that a page broke inside a sentence (a lead set over four lines) count as one sentence; nothing is rewritten,
so every span still points into the text given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from timeline.pipes.words.wording import words_of

# A record's key before its value: title: '…' | "summary": "…" | 'description' => '…'
_KEY = re.compile(
    r"""\s* ["'{]* (?P<key>[A-Za-z_][A-Za-z0-9_]{0,20}) ["']? \s* (?:=>|[:：=]) \s* [`"']?""", re.VERBOSE
)
# What stands before a line's first word: ### heading, * item, > quote, 【1】
_MARK = re.compile(r"[\s#>*\-•·|★●■◆▲]+")
# Where a sentence ends: 。 with its closing quotes, or a gap of two spaces or one ideographic space. One class of all that
# can begin such an end lets the search skip what cannot
_END = re.compile(
    r"""[。！？!?；;\ \t\u3000] (?:
        (?<=[。！？!?；;]) [。！？!?；;]* [”’」』）)\]]*
      | (?<=[\ \t\u3000]) [\ \t\u3000]+
      | (?<=\u3000)
    )""",
    re.VERBOSE,
)
# A day that a line of a chronicle opens with, before its gap: 1996年4月　江城纺织厂成立 | 2008.10  签订合同
_DAY = re.compile(r"[0-9年月日号上中下旬初底.\-/—–~至、]{3,24}")
# What ends a clause: a comma, a dash at a line's end, or a blank between Chinese words; one beside Latin letters or figures is mere spacing
_CLAUSE = re.compile(
    r"""[，：:,\ \n] (?:
        (?<=[，：:]) | (?<=——\n)
      | (?<=,) (?![0-9]{3})
      | (?<=\ ) (?<![\nA-Za-z0-9]\ ) (?=[\u4e00-\u9fff“《])
    )""",
    re.VERBOSE,
)
_FINAL = re.compile(r"[。！？!?；;…”」）)]\s*[\"',]*\s*$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# The indent of a line that markup wrapped
_INDENT = re.compile(r"\s*\n[ \t]{4,}")
_FIRST_HAN = "\u4e00"
_LONGEST = 500
_TITLE_KEYS = frozenset({"title", "h1", "h2", "msg1", "headline", "name"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """text[start:end]; `paragraph` numbers the blocks of lines, `place` the sentence in its block."""

    start: int
    end: int
    paragraph: int
    place: int
    is_heading: bool
    is_lead: bool


class _Block(NamedTuple):
    start: int
    end: int
    is_title: bool


def find_sentences(text: str, *, is_headline: bool = False) -> list[Sentence]:
    """List the sentences of a segment in order; all are headings where the segment is a headline.

    A heading is a short block without a final mark, a lead the first block after one (its first three sentences).

    >>> [s.is_heading for s in find_sentences("甲乙签约\\n5月1日，甲乙在江城签约。")]
    [True, False]
    """
    blocks = _find_blocks(text)
    out: list[Sentence] = []
    is_lead_due = True
    for number, block in enumerate(blocks):
        is_heading = is_headline or _is_heading(text, block, has_more=number + 1 < len(blocks))
        for place, (start, end) in enumerate(_split(text, block.start, block.end)):
            is_lead = is_lead_due and not is_heading and place < 3
            out.append(Sentence(start, end, number, place, is_heading, is_lead))
        if is_heading:
            is_lead_due = True
        elif block.end - block.start >= 25:
            is_lead_due = False
    return out


def find_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split text[start:end] at commas and colons that stand outside quotation marks and brackets."""
    out, low = [], start
    pairs = _opened(text, start, end, _PAIRS_AND_QUOTES)
    for match in _CLAUSE.finditer(text, start, end):
        at = match.start()
        if not pairs or _is_balanced(text, low, at, pairs):
            if at > low:
                out.append((low, at))
            low = match.end()
    if low < end:
        out.append((low, end))
    return out


def _find_blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    is_open = False
    at = 0
    for line in text.splitlines(keepends=True):
        start, end, is_title = _bounds(text, at, at + len(line))
        at += len(line)
        if end <= start or not _HAN.search(text, start, end):
            is_open = is_open and end <= start and not line.strip()
            continue
        if blocks and _goes_on(text, blocks[-1], start, end, is_open):
            blocks[-1] = _Block(blocks[-1].start, end, blocks[-1].is_title)
        else:
            blocks.append(_Block(start, end, is_title))
            is_open = bool(_opening().fullmatch(text[start:end]))
        is_open = is_open and len(text[start:end]) <= 30 and not _FINAL.search(text[start:end])
        is_open = is_open and not _ends_told(text[start:end])
    return blocks


def _bounds(text: str, start: int, end: int) -> tuple[int, int, bool]:
    is_title = False
    if text[start] < _FIRST_HAN:  # else there is neither key nor mark
        key = _KEY.match(text, start, end)
        if key and end - key.end() > 3:
            start, is_title = key.end(), key["key"].lower() in _TITLE_KEYS
        mark = _MARK.match(text, start, end)
        if mark:
            start = mark.end()
    while end > start and text[end - 1] in " \t\r\n\u3000\"',":
        end -= 1
    return start, end, is_title


def _goes_on(text: str, block: _Block, start: int, end: int, is_open: bool) -> bool:
    before = text[block.start : block.end]
    if is_open:
        return True
    if len(before) < 200 and before.endswith(("，", ",", "、", "——")):
        return True
    gap = text[block.end : start]
    if len(before) >= 30 and _HAN.match(before[-1]) and _INDENT.fullmatch(gap):
        return True
    if (
        len(before) >= 45
        and "，" in before
        and _HAN.match(before[-1])
        and gap == "\n"
        and _HAN.match(text[start])
    ):
        return True
    short = end - start <= 40 and len(before) <= 40
    return short and not _FINAL.search(before) and bool(_continuation().match(text, start, end))


def _ends_told(line: str) -> bool:
    return line.endswith(words_of("layout", "told"))


@cache
def _opening() -> re.Pattern[str]:
    """Match what may stand alone in a line and goes on in the next: 6月9日 | 同时."""
    words = "|".join(map(re.escape, words_of("layout", "opening")))
    return re.compile(rf"(?:(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日(?:[上下]午)?|{words})[，,]?")


@cache
def _continuation() -> re.Pattern[str]:
    """Match the start of a line that goes on with the one before: 在两江… | 及某某公司 | 也同期…"""
    words = "|".join(map(re.escape, words_of("layout", "continuation")))
    return re.compile(rf"(?:{words})(?=[\u4e00-\u9fff“])")


def _is_heading(text: str, block: _Block, *, has_more: bool) -> bool:
    line = text[block.start : block.end]
    if block.is_title and len(line) <= 80:
        return True
    if "\n" in line and _opening().match(line):
        return False
    return has_more and len(line) <= 70 and not _FINAL.search(line) and not line.endswith(("，", "：", ":"))


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = _ended(text, start, end)
    if end - start > _LONGEST:
        pieces = [part for piece in pieces for part in _cut_long(text, *piece)]
    return [(low, high) for low, high in (_trim(text, *piece) for piece in pieces) if high - low >= 2]


def _ended(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """List the pieces between the marks that end sentences outside brackets."""
    out, low = [], start
    pairs = _opened(text, start, end, _PAIRS)
    for match in _END.finditer(text, start, end):
        at, after = match.span()
        if text[at].isspace() and low == start and _DAY.fullmatch(text, low, at):
            continue
        if not pairs or _is_balanced(text, low, at, pairs):
            out.append((low, at if text[at].isspace() else after))
            low = after
    if low < end:
        out.append((low, end))
    return out


def _cut_long(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut what runs on for more than a paragraph's length without a full stop, at a comma where there is one."""
    out = []
    while end - start > _LONGEST:
        comma = text.rfind("，", start + _LONGEST // 2, start + _LONGEST)
        cut = comma + 1 if comma > 0 else start + _LONGEST
        out.append((start, cut))
        start = cut
    out.append((start, end))
    return out


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text.startswith(("\\r", "\\n"), start)):
        start += 1 if text[start].isspace() else 2
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_PAIRS = (("《", "》"), ("（", "）"), ("(", ")"))
_PAIRS_AND_QUOTES = (*_PAIRS, ("“", "”"), ("「", "」"), ("『", "』"))


def _opened(text: str, start: int, end: int, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """List the brackets that stand in text[start:end] at all."""
    return [pair for pair in pairs if text.find(pair[0], start, end) >= 0]


def _is_balanced(text: str, start: int, end: int, pairs: Sequence[tuple[str, str]]) -> bool:
    """Say whether no bracket stands open in text[start:end]; one left open for 80 characters counts as lost."""
    for left, right in pairs:
        opened = text.rfind(left, start, end)
        if opened >= 0 and end - opened <= 80 and text.find(right, opened, end) < 0:
            return text.find(right, end, end + 80) < 0
    return True
