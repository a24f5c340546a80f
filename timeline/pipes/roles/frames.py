"""Names framed by grammar (A与B签署): a stretch of a text in, the exact span of the name in it out, or None where it names nobody.

A stretch holds more than a name where it describes (生产商甲, 公司大股东乙) or goes on (丙项目, 丁两国外长); what counts, refers
back or only says what sort of body it is (江西省6个区县, 全资子公司) is no name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from timeline.pipes.entities.boundaries import Body, is_ended, is_name
from timeline.pipes.entities.gazetteer import areas_named
from timeline.pipes.entities.makers import after_side
from timeline.pipes.entities.names import is_picture
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.tellings.occasions import stops_inside
from timeline.pipes.tellings.phrases import Range, is_counted
from timeline.pipes.words.wording import anywhere, at_end, words_of
from timeline.wordlists import WordEndings

# What a name does not hold.
_NOT_A_NAME = re.compile(
    r"[，。；！？：、的了已\n]|表示|出席|参加|举行|召开|签署|签订|签约|负责|代表|相关|有关|部门|领导|我国|我们|项目组|董事长|总经理|主任|院长|校长|书记|市长|省长|先生|女士"
)
# A count inside a phrase: 江西省6个区县, 瑙鲁两国外长
_COUNTED = re.compile(
    r"[这该某](?:家|所|个)|(?<!第)[0-9一二两三四五六七八九十多数几]+(?:余|多)?(?:个|家|名|位|国|地|校|市|省|类|批|项)(?!庄|峡|河|港)"
)
_TAIL_BRACKET = re.compile(r"\s?[（(][^（()）]{0,40}[）)]?$")
_CLOSERS = {"”": "“", "」": "「", "》": "《"}
# 孤儿院“暖阳之家”: what sort of body it is, and its name
_CALLED = re.compile(r"[\u4e00-\u9fff]{2,8}[“「](?P<name>[^“”「」]{2,16})[”」]")
_PAPER = re.compile(r"[报刊志]")
# 芯片企业| QuantaWave, 丹麦制药企业|Norvex: where a Latin name begins
_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])\s?(?=[A-Za-z])")
_LONGEST = 24
_PERSON = 5  # characters of a name behind a title
_BRAND = 3  # characters of the shortest name behind 旗下
_PLAIN = 18


def name_in(text: str, low: int, high: int) -> Range | None:
    """Find the name that fills text[low:high], without marks, labels and brackets around it."""
    low = after_side(text, low, high)
    bracket = _TAIL_BRACKET.search(text, low, high)
    if bracket and bracket.start() > low + 1:
        high = bracket.start()
    while low < high and (text[low] in " \u3000“「《\n—-" or is_picture(text[low])):
        low += 1
    while high > low and _is_edge(text[high - 1]) and not _closes_inside(text, low, high):
        high -= 1
    pairing = at_end("organizations", "pairing").search(text[low:high])
    high = low + pairing.start() if pairing and pairing.start() >= _BRAND else high
    low += text.startswith("由", low, high) and high - low >= 3
    latin = _LATIN.search(text, low, high)
    if latin and (_described().search(text[low : latin.start()]) or _is_kind(text[low : latin.start()])):
        low = latin.end()
    phrase = text[low:high]
    if text[low - 1 : low] == "《" and text[high : high + 1] == "》":
        return (low, high) if _PAPER.search(phrase[-2:]) else None
    if _is_officer(phrase):
        return None
    is_plain = 2 <= len(phrase) <= _LONGEST and not is_counted(phrase) and not _NOT_A_NAME.search(phrase)
    return (low, high) if is_plain and not is_pronoun(phrase) and _is_framed(phrase) else None


def _is_edge(char: str) -> bool:
    return char in " \u3000”」》等\n" or is_picture(char)


def settle(text: str, span: Range, bodies: Sequence[OrganizationSpan]) -> Range | None:
    """Choose between a framed stretch and the body found in it; None where neither names anybody."""
    start, end = span
    inside = [b for b in bodies if start <= b.start and b.end <= end]
    called = _CALLED.fullmatch(text, start, end)
    if called and not any(b.start == start for b in inside):
        return called.span("name")
    if not inside:
        phrase = text[start:end]
        is_common = bool(_COUNTED.search(phrase)) or bool(_common_end().search(phrase))
        return span if is_name(text, Body(start, end, 0.5)) and not is_common else None
    owned = anywhere("organizations", "owned").match(text, inside[0].end, end)
    if owned and inside[0].start == start and len(inside) == 1 and end - owned.end() >= _BRAND:
        return owned.end(), end  # 明溪集团全资子公司|明溪冷链
    first, last = inside[0], inside[-1]
    before, after = text[start : last.start], text[last.end : end]
    if not after and (_described().search(before) or _COUNTED.search(before)):
        return last.start, last.end
    rest = text[first.end : end]
    is_more = bool(
        re.search(r"[0-9]", rest)
        or anywhere("organizations", "breaker", "act").fullmatch(rest)
        or anywhere("organizations", "verb").match(rest)
        or _COUNTED.search(rest)
        or _common_end().search(rest)
        or anywhere("people", "title").match(rest)
        or _names_officer(rest)
    )
    if first.start == start and rest and is_more:
        return first.start, first.end
    if end - start > _PLAIN or re.search(r"[“「《（(]", text[start:end]):
        return first.start, first.end
    return span


def is_pronoun(phrase: str) -> bool:
    """Say whether a phrase only points to a body: 我校, 双方, 公司."""
    return phrase in words_of("roles", "pronoun", "pair")


def _is_officer(phrase: str) -> bool:
    """Say whether a phrase is somebody who speaks for a state: 乌兰国外交部长巴图."""
    title = anywhere("people", "statesman").search(phrase)
    return title is not None and title.start() > 1 and len(phrase) - title.end() <= _PERSON


def _names_officer(rest: str) -> bool:
    """Say whether what follows a body is a post with its holder: 江城医院|行政总监梁颖."""
    title = anywhere("people", "title").search(rest)
    return title is not None and 2 <= len(rest) - title.end() <= _PERSON and not is_ended(rest)


def _is_kind(phrase: str) -> bool:
    """Say whether a phrase only says where a firm is from and what it does: 新加坡食品集团| Arcadia."""
    is_firm = phrase.endswith(words_of("organizations", "common"))
    return is_firm and any(areas_named(phrase[:size]) for size in range(2, min(len(phrase), 6) + 1))


def _closes_inside(text: str, low: int, high: int) -> bool:
    """Say whether the last mark closes one that stands inside the phrase: 孤儿院“暖阳之家”."""
    opener = _CLOSERS.get(text[high - 1])
    return opener is not None and text.find(opener, low + 1, high) > low


def _is_framed(phrase: str) -> bool:
    """Say whether a phrase can be a name: its marks closed, no word of telling inside."""
    if phrase.count('"') % 2 or phrase.count("“") != phrase.count("”"):
        return False
    return not stops_inside(phrase)


@cache
def _described() -> WordEndings:
    return at_end("organizations", "descriptor", "owned")


@cache
def _common_end() -> WordEndings:
    return at_end("organizations", "tail", "crowd")
