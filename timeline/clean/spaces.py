"""Find blanks that split what is written as one: a number and its unit, the parts of a date, a line set letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.clean.charmodel import PageModel, load_model
from timeline.offsets import Edit
from timeline.patterns import regex

_BLANK = r"[ \t\u3000]{1,3}"
_RATHER = r"[-–—~～至到]"
# each group is a blank between two parts of one date or number; where it is empty there is nothing to do
_BLANKS = ((" ", "\t", "\u3000"),)
# a blank between what stands in dates and numbers, without which none is inside one: 9 月, 18 - 20, 第 3
_NEAR = regex(
    r"""[ \t\u3000] (?<= [\d年月日号时点分第\-–—~～至到][ \t\u3000])
    [ \t\u3000]{0,2} [\d年月日号时点分秒百千万亿届次期批版\-–—~～至到]""",
    re.VERBOSE,
    needs=_BLANKS,
)
_SPLIT = (
    # 9 月, 19 日
    regex(rf"(?<=\d)(?P<a>{_BLANK})(?=[年月日号时点分秒](?![a-zA-Z]))", needs=_BLANKS),
    # 2022年 10 月, 11月 18-19 日
    regex(
        rf"(?<=[年月日号时点分])(?P<a>{_BLANK})(?=\d{{1,2}}\s{{0,3}}(?:[月日号时点分秒]|{_RATHER}[ ]?\d{{1,2}}[ ]?[月日号]))",
        needs=_BLANKS,
    ),
    # 18日 - 20 日
    regex(rf"[年月日号\d](?P<a>[ ]?){_RATHER}(?P<b>[ ]?)(?=\d{{1,2}}[ ]?[月日号])", needs=_BLANKS),
    # 100 亿元
    regex(r"(?<=\d)(?P<a>[ ])(?=(?:万亿|[百千]?万|亿)(?:[元人吨个余多千]|[美欧港日]元|平方))", needs=_BLANKS),
    # 第 3 届
    regex(r"第(?P<a>[ ]?)\d{1,4}(?P<b>[ ]?)(?=[届次期批版](?!\s))", needs=_BLANKS),
)
# each of three characters alone, without which no four are: 中 国 科
_SPREAD = regex(
    r"[ \u3000](?<=[\u3400-\u9fff][ \u3000])[\u3400-\u9fff][ \u3000][\u3400-\u9fff]", needs=_BLANKS
)
# four characters and more, each alone: 中 国 科 学 院
_LETTERS = regex(
    r"""(?<![\u3400-\u9fff])(?<![\u3400-\u9fff][ \u3000])
    (?P<letters>[\u3400-\u9fff](?:(?P<blank>[ \u3000])[\u3400-\u9fff])(?:(?P=blank)[\u3400-\u9fff]){2,40})
    (?![\u3400-\u9fff]|(?P=blank)[\u3400-\u9fff])""",
    re.VERBOSE,
)
_FLUENT = 6.0  # nats a character: words are cheaper, a list of names set apart is dearer


def find_stray_blanks(text: str) -> Iterator[Edit]:
    """Give a deletion for each blank inside a date or a number, and inside a word set letter by letter.

    A blank between two words stays: it may part names, titles, or stand for a quotation mark that was lost.

    >>> [(e.start, e.end) for e in find_stray_blanks("9 月 19 日，张三 李四")]
    [(1, 2), (3, 4), (6, 7)]
    """
    spans = {
        match.span(group)
        for pattern in (_SPLIT if _NEAR.search(text) else ())
        for match in pattern.finditer(text)
        for group in match.groupdict()
        if match[group]
    }
    for match in _LETTERS.finditer(text) if _SPREAD.search(text) else ():
        if _is_one_phrase(match["letters"], match["blank"]):
            start = match.start("letters")
            spans |= {(start + i, start + i + 1) for i in range(1, len(match["letters"]), 2)}
    for start, end in sorted(spans):  # two patterns find the same blank or none of it
        yield Edit(start, end, "")


def _is_one_phrase(letters: str, blank: str) -> bool:
    joined = letters.replace(blank, "")
    costs = list(PageModel(load_model(), "").text_cost(joined, ""))
    return sum(costs) / len(costs) <= _FLUENT
