"""Find line breaks that stand inside a sentence: clean text goes in, edits that join the lines come out, when it is sure.

A break is sure where a mark shows it (a line ends with a comma, or begins with a closing mark), and where the sentence reads on:
the n-grams of news and of the page find the next line likelier behind the first than at the head of a line, and the first is
running prose cut short, or the second begins with a word that carries a sentence on. Headlines, lists, labels and
stamps are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from timeline.clean.charmodel import LINE_EDGE, PageModel, fold_line, load_model
from timeline.lexicon import load
from timeline.offsets import Edit
from timeline.patterns import regex
from timeline.wordlists import WordList

_LINE = re.compile(r"[^\n]+")  # one line
_HAN = re.compile(r"[\u3400-\u9fff]+")  # 漢
_OPEN_ENDS = frozenset("，、（《“‘〈「『(")  # …表示，
_CLOSED_STARTS = frozenset("，。、；：）》”’〉」』！？％")  # ）在青川举行
# what begins a line of its own: a list, a table, a label, a bracketed head, an address
_OWN_LINE = re.compile(
    r"""^(?: [-*•·●■◆▲※#|>+=\[{【<]                      # • 我的订阅
      | [（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]      # 一、  (3)  12.
      | [^，。]{1,8}[：:]                                  # 来源：
      | (?:19|20)\d\d\s?[-/.年]\s?\d                       # 2024-05-21
      | \d{1,2}\s?[-/:]\s?\d{1,2} )""",
    re.VERBOSE,
)
_OWN_LINE_INSIDE = re.compile(
    r"https?://|[|{}<>=]|©|\d{1,2}:\d\d|\s{2,}|(?:19|20)\d\d-\d{1,2}-\d{1,2}"
)  # 10:24
# 签约。” | 【公告】 | …甲乙.. | 签约。（完）
_ENDS, _CLOSERS = frozenset("。！？!?…；;：:>}|"), "”’」』）)】\"'"
_HARD_ENDS = ("】", "]", "..")
_ENDED_NOTE = re.compile(r"[。！？][（(][^（）()]{1,20}[）)]$")
_NOTE_SIZE = 23
_DATE = regex(r"^\d{1,2}月\d{1,2}日(?:上午|下午|晚)?$")  # 6月9日
_DATED = regex(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日")  # 6月9日上午，
# running text cut short: long with commas, or more than a credit behind a full stop
_PROSE = re.compile(r"^(?:(?=.{50})[^\n]*[，,]|[^\n。]{4,}。)[^\n]{2}")
_CREDIT = regex(
    r"[。！？][”’」』]?(?:[^。！？\n]{0,9}|[^。！？\n]*[\u3400-\u9fff]\s[\u3400-\u9fff][^。！？\n]{0,12})$"
)  # 。新华社记者 张三 摄
_COMMA = re.compile(r"[，,；;]")  # 甲，乙
_HAS_END = re.compile(r"[。！？]")  # …签约。
_BODY_START = re.compile(r"^[\u3400-\u9fff\d“‘《「『（]")
_NUMBER_END = regex(r"[\u3400-\u9fff]\d{1,3}$")  # …近20
_SHORT = 30
_LEAST = 4
_READS_ON, _SURELY_READS_ON = 1.5, 3.0
_NUMBER_READS_ON, _LEAD_READS_ON = -1.0, 2.0
_CLOSES = 3.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its margins, at text[start:end]."""

    text: str
    start: int
    end: int

    @property
    def han(self) -> int:
        """Count its Han characters."""
        return sum(map(len, _HAN.findall(self.text)))

    @property
    def is_ended(self) -> bool:
        """Say whether its last marks end a sentence or a line of its own."""
        if self.text.endswith(_HARD_ENDS) or self.text.rstrip(_CLOSERS)[-1:] in _ENDS:
            return True
        return self.text[-1:] in "）)" and bool(
            _ENDED_NOTE.search(self.text, max(0, len(self.text) - _NOTE_SIZE))
        )

    @property
    def is_own(self) -> bool:
        return bool(_OWN_LINE.match(self.text) or _OWN_LINE_INSIDE.search(self.text))

    @property
    def is_lead(self) -> bool:
        """Say whether this may be a line of a lead that is set short and centred."""
        is_long_enough = self.han >= _LEAST or bool(_DATE.match(self.text))
        if _PROSE.match(self.text) or _COMMA.search(self.text):
            return False
        return is_long_enough and len(self.text) <= _SHORT and not self.is_own and not self.is_ended


def find_linebreaks(text: str) -> Iterator[Edit]:
    """Give an edit for each break between two lines that are surely one sentence."""
    lines = list(_lines(text))
    joints = [_joint(lines, at, text) for at in range(1, len(lines))]
    if "prose" in joints or "phrase" in joints:
        joints = _settled(lines, joints, PageModel(load_model(), text))
    for joint, above, below in zip(joints, lines, lines[1:], strict=False):
        if joint == "sure":
            is_latin = above.text[-1].isascii() and below.text[0].isascii() and below.text[0].isalpha()
            yield Edit(above.end, below.start, " " if is_latin else "")


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        bare = match[0].strip()
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield _Line(bare, start, start + len(bare))


def _joint(lines: list[_Line], at: int, text: str) -> str:
    """Say what the marks say of the break above lines[at]: sure or no, or that it cuts prose or a phrase in two, maybe."""
    above, below = lines[at - 1], lines[at]
    if not above.text or not below.text or above.is_ended:
        return "no"
    is_open, is_closed = above.text[-1] in _OPEN_ENDS, below.text[0] in _CLOSED_STARTS
    if not (is_open or is_closed or _may_read_on(above, below)):
        return "no"
    if not above.han or not below.han or text.count("\n", above.end, below.start) != 1:
        return "no"
    if is_closed and above.han >= _LEAST:
        return "sure"
    if below.is_own:
        return "no"
    if is_open and above.han > _LEAST and not _OWN_LINE.match(above.text):
        return "sure"
    if not _BODY_START.match(below.text) or _CREDIT.search(above.text):
        return "no"
    return _doubt(above, below) if _may_read_on(above, below) else "no"


def _may_read_on(above: _Line, below: _Line) -> bool:
    """Say whether running prose is cut short between two lines, or the second begins as a sentence goes on."""
    if _carries_on(below.text) and not above.is_own:
        return True
    return bool(_HAS_END.search(below.text) and _PROSE.match(above.text))


def _doubt(above: _Line, below: _Line) -> str:
    """Say what a break that two lines may read on across cuts in two: prose, a phrase of a lead, or nothing."""
    if _PROSE.match(above.text):
        return "no" if _DATED.match(below.text) else "prose"
    is_lead = min(above.han, below.han) > _LEAST and above.is_lead and below.is_lead
    return "phrase" if is_lead else "no"


def _settled(lines: list[_Line], joints: list[str], model: PageModel) -> list[str]:
    """Judge each doubt by how the lines read on, and take a short lead around a sure one along."""
    settled = list(joints)
    for at, joint in enumerate(joints):
        if joint not in ("prose", "phrase"):
            continue
        above, below = lines[at], lines[at + 1]
        gain = _gain(model, above.text, below.text)
        if joint == "prose":
            settled[at] = "sure" if gain >= _least_gain(above, below) else "no"
        else:
            least = 0.0 if _carries_on(below.text, "binds") else _LEAD_READS_ON
            settled[at] = "lead" if gain >= least else "no"
    for at in [i for i, joint in enumerate(settled) if joint == "lead"]:
        _settle_lead(lines, settled, at, model)
    return settled


def _least_gain(above: _Line, below: _Line) -> float:
    """Say how clearly the line below must read on from running text cut short."""
    if below.han <= _LEAST:
        return _SURELY_READS_ON
    if _NUMBER_END.search(above.text):
        return _NUMBER_READS_ON
    return _READS_ON if _carries_on(below.text) else _SURELY_READS_ON


def _settle_lead(lines: list[_Line], joints: list[str], at: int, model: PageModel) -> None:
    """Join the short lines around a break that a word carries a sentence across, as far as they read on."""
    if joints[at] != "lead":
        return
    last = at
    while last + 1 < len(joints) and joints[last + 1] == "lead":
        last += 1
    if _closing_cost(model, lines[last + 1].text) > _CLOSES:
        joints[at : last + 1] = ["no"] * (last + 1 - at)
        return
    joints[at : last + 1] = ["sure"] * (last + 1 - at)
    first = at - 1
    while first >= 0 and joints[first] == "no" and _leads_into(lines, first, model):
        joints[first] = "sure"
        first -= 1


def _leads_into(lines: list[_Line], at: int, model: PageModel) -> bool:
    above, below = lines[at], lines[at + 1]
    if not (above.is_lead and below.is_lead) or _DATED.match(below.text) or below.start - above.end > 40:
        return False
    return _gain(model, above.text, below.text) >= _READS_ON


def _gain(model: PageModel, above: str, below: str) -> float:
    """Say in nats how much likelier the line below is behind the line above than at the head of a line.

    The page speaks for reading on only: its own breaks are what is in doubt.
    """
    before, head = (LINE_EDGE * 2 + fold_line(above))[-2:], fold_line(below)[:2]
    news = _news()
    apart = news.cost(LINE_EDGE, before[1], before[0]) + sum(news.text_cost(head, LINE_EDGE * 2))
    return apart - sum(model.text_cost(head, before))


@cache
def _news() -> PageModel:
    return PageModel(load_model(), "")


def _closing_cost(model: PageModel, line: str) -> float:
    """Say how unlikely a sentence or a line may end behind this one."""
    before = (LINE_EDGE * 2 + fold_line(line))[-2:]
    return min(model.cost(mark, before[1], before[0]) for mark in (LINE_EDGE, "。", "，"))


def _carries_on(line: str, kind: str = "") -> bool:
    """Say whether a line begins with a word that carries a sentence on, of one kind or of any."""
    return _carrying_words(kind).match(line) is not None


@cache
def _carrying_words(kind: str) -> WordList:
    return WordList(w for entry in load("linebreaks") if kind in ("", entry.kind) for w in entry.words)
