"""Clean text in; its lines, and the paragraphs glued into one line, out, each with what can be seen of it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from timeline.clean.cuts import find_cuts
from timeline.lexicon import load
from timeline.patterns import regex
from timeline.wordlists import WordKinds, WordList

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_LATIN = re.compile(r"[A-Za-z]")
_TAG = regex(r"<[^<>\n]{1,400}>|&nbsp;|\\[rnt\"']", needs=(("<", "&nbsp;", "\\\\"),))
_FINAL = re.compile(r"[。！？!?；;：:…][”’」』\"')）】\],]*$|[a-z]{2}\.[\"')]?$")  # 举行。” | held.
_SENTENCE = re.compile(r"[。！？!?][”’」』\"')）】]*")
_COMMAS = re.compile(r"[，,、；;。！？][^，,、；;。！？]*[，,、；;。！？]")
# 2021-06-09 | 2021年6月 | 06-09 | 二〇二一年六月九日
_DAY = (
    r"(?:(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}\s?日?)?|\d{1,2}[-/]\d{1,2}"
    r"|[一二][〇○零O一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_CLOCK = r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?"
_STAMP_ONLY = re.compile(  # [2023-09-21 13:18:00] | 3天前
    rf"""
    \W{{0,4}}
    (?: {_DAY} \s{{0,3}} (?:(?:星期|周)[一二三四五六日天])? \s{{0,3}} T? (?:{_CLOCK})?
      | {_CLOCK}
      | \d{{1,3}}\s?(?:天|小时|分钟|周|个月)前 )
    \W{{0,4}}
    """,
    re.VERBOSE,
)
_STAMP = re.compile(rf"{_DAY}\s{{0,3}}T?{_CLOCK}|(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}")
_STAMP_FIRST = re.compile(
    rf"(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?:\s{{0,3}}T?{_CLOCK})?(?:\s|[|丨｜]|$)"
)
_DATED = re.compile(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日\s?(?:[^\s\d:：|]|(?:19|20)\d\d)"
)  # 6月9日，江河论坛
_MONTH_DAY = re.compile(r"\d{1,2}月\d{1,2}日(?:[上下]午|晚|至\d{1,2}日)?[，,]?")  # 6月9日
_DATELINE = re.compile(  # 新华社北京4月24日电（记者江山） | 经济日报北京11月27日讯
    r"[\u3400-\u9fffA-Za-z]{2,16}\d{1,2}月\d{1,2}日[\u3400-\u9fff]{0,2}(?:电|讯|消息)"
)
_RANK = re.compile(r"\W{0,3}\d{1,2}\W{0,2}\S.{2,50}\s\d{2,7}")  # 3 秋季养生的七个要点 11199
_CUT_START = regex(r"\W?(?:\.{3}|…(?!…))")  # ...县举行开工仪式
_CUT_END = regex(r"(?:\.{3}|(?<!…)…)\W?$", needs=(("...", "…"),))  # 全力打造...
_OPEN_END = re.compile(r"[，、（《“「]$|(?<=[\u4e00-\u9fff])[,(]$")  # a sentence goes on in the next line
_BROKEN_START = re.compile(r"[，。、；）》”」)]")
_SIGNED = regex(r"[（(【\[][^（）()]{1,40}[）)】\]]")  # （江河日报记者 江山）
_CRUMBS = regex(
    r"\s[>›»→]{1,2}\s|[>»]{2}|^[>›»]|\S\s?[>›»]\s?\S{2,20}\s?[>›»]", needs=((">", "›", "»", "→"),)
)  # 首页 > 新闻 > 正文
_BULLET = re.compile(r"^[\s\-•·*#▲◆◇■□●○★☆>|【\[（(\"']+")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]|第[一二三四五六七八九十]{1,3}[，、章节条]")
_PERSON = regex(  # 江河市水务局局长 江山
    r"\S{0,40}(?:书记|主任|院长|校长|教授|所长|记者|通讯员|董事长|总裁|局长|市长|县长|研究员|处长|会长|总经理)\s[\u4e00-\u9fff]{2,4}"
)
_CITATION = regex(  # 《江河日报》（2016-06-03 第8版） | 第03版：要闻
    r"\W{0,3}《[^《》]{2,20}》\s{0,2}[（(][^（）()]{3,40}[）)]\W{0,3}|第?\s?[A-Z]?\d{1,3}\s?版\s?[:：]?\s?\S{0,8}"
)
_BAR = regex(
    r"[^|丨｜/]{1,12}(?:\s?[|丨｜/]\s?[^|丨｜/]{1,12}){2,}", needs=(("|", "丨", "｜", "/"),)
)  # 首页 | 归档 | 关于
_PHONE = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-－—\s]?\d{7,8}|1[3-9]\d{9}|400[-\s]?\d{3}[-\s]?\d{4})(?!\d)"
)  # 0531-85193561
_PARTS = re.compile(r"[\s|丨｜/·>\[\]【】]+")
_FIGURE = re.compile(r"图\s?[\d一二三四五]{1,2}\s?[:：.、\s]")  # 图1：签约现场
_SLOT = re.compile(r"\d{1,2}[:：]\d\d\s?[-—–~～至到]{1,2}\s?\d{1,2}[:：]\d\d\s?\S")  # 09:00-09:30 嘉宾签到
_FLOOR = re.compile(r"(?:第?\s?\d{1,4}\s?[楼#]|#\d{1,4})\s")  # 2楼 山里人
_HEADING = regex(r"#{1,6}\s", needs=("#",))
_FIELD = re.compile(  # title: '…' | 'title' => "…" | "title": "…"
    r"""[\s{\[(,]{0,20}["']?(?P<name>[A-Za-z_]\w{0,20})["']?\s?(?:=>|[:=])\s?(?:["'\[{(]|\S)"""
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one paragraph of a glued line: text[start:end] without blanks around it, and its marks."""

    start: int
    end: int
    text: str
    han: int
    marks: frozenset[str]

    def has(self, *marks: str) -> bool:
        """Say whether the line bears any of the marks."""
        return not self.marks.isdisjoint(marks)


def find_lines(text: str) -> tuple[Line, ...]:
    """Cut a text into lines and mark each; what is not blank belongs to exactly one."""
    out = []
    for start, end in _stretches(text):
        shown = _TAG.sub(" ", text[start:end]).strip()
        han = sum(map(len, _HAN.findall(shown)))
        out.append(Line(start, end, shown, han, frozenset(_marks(shown, han))))
    return tuple(out)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        bounds = [0, *find_cuts(line), len(line)]
        for low, high in pairwise(bounds):
            part = line[low:high]
            left, right = len(part) - len(part.lstrip()), len(part.rstrip())
            if left < right:
                yield at + low + left, at + low + right
        at += len(line) + 1


def _marks(shown: str, han: int) -> Iterator[str]:
    """Give the names of what a line with so many Han characters shows."""
    bare = _BULLET.sub("", shown)
    is_stamp = bool(_STAMP_ONLY.fullmatch(shown))
    if not (han or is_stamp or _LATIN.search(bare)):
        yield "debris"
        return
    if is_stamp:
        yield "stamp_only"
    if han * 2 < len(shown) and len(_LATIN.findall(shown)) > len(shown) / 2:
        yield "latin"
    held = _kinds().held_by(shown)
    yield from _dated(shown, bare, is_stamp=is_stamp)
    yield from _shaped(shown, bare, held)
    yield from _worded(shown, bare, held)
    field = _FIELD.match(shown)
    if field:
        yield "field"
        for kind in ("field_title", "field_text", "field_stamp", "field_other"):
            if _words(kind).fullmatch(field["name"]):
                yield kind


def _dated(shown: str, bare: str, *, is_stamp: bool) -> Iterator[str]:
    """Give the marks that rest on a date, or on the want of one."""
    size, is_open = len(shown), "。" not in shown and not is_stamp
    has_stamp = size <= 120 and bool(_STAMP.search(shown))
    tests = (
        ("stamp", has_stamp),
        ("stamp_first", is_open and _STAMP_FIRST.match(bare)),
        ("short_stamp", has_stamp and is_open and size <= 40 and not _COMMAS.search(shown)),
        ("bar", size <= 80 and not has_stamp and _BAR.fullmatch(shown)),
        ("dated", size >= 14 and _DATED.match(bare)),
        ("slot", _SLOT.match(bare)),
    )
    yield from (name for name, found in tests if found)


def _shaped(shown: str, bare: str, held: Set[str]) -> Iterator[str]:
    """Give the marks that rest on the line's shape."""
    size = len(shown)
    tests = (
        ("final", _FINAL.search(shown)),
        ("sentence", "。" in shown or (size > 40 and _SENTENCE.search(shown))),
        ("heading", _HEADING.match(shown)),
        ("bullet", bare != shown),
        ("item", _ITEM.match(bare)),
        ("cut_start", _CUT_START.match(shown)),
        ("cut_end", _CUT_END.search(shown, size - 4 if size > 4 else 0)),
        ("open_end", size >= 6 and _OPEN_END.search(shown, size - 1)),
        ("broken_start", _BROKEN_START.match(shown)),
        ("table", (shown.startswith("|") and shown.count("|") > 2) or "\t" in shown),
        ("crumbs", size <= 120 and _is_crumbs(shown, held)),
        ("rank", size <= 80 and _RANK.fullmatch(shown)),
        ("commas", _COMMAS.search(shown)),
        ("person", size <= 50 and len(shown.split()) > 1 and _PERSON.fullmatch(shown)),
        ("colon_end", size <= 40 and shown[-1] in ":："),
        ("citation", size <= 80 and _CITATION.fullmatch(shown)),
        ("dateline", _DATELINE.match(bare) or ("dateline" in held and _words("dateline").match(bare))),
        ("opener", _MONTH_DAY.fullmatch(shown) or _words("opener").fullmatch(shown.rstrip("，,"))),
    )
    yield from (name for name, found in tests if found)


def _is_crumbs(shown: str, held: Set[str]) -> bool:
    """Say whether a line is a way through a site: 首页 > 新闻 > 正文."""
    is_ended = len(shown) <= 40 and "crumbs" in held and _crumb_end().search(shown)
    return bool(_CRUMBS.search(shown) or is_ended)


def _worded(shown: str, bare: str, held: Set[str]) -> Iterator[str]:
    """Give the marks that rest on words of the lexicon, of which the line holds these kinds."""
    size = len(shown)
    tests = (
        ("navigation", not held.isdisjoint(("navigation", "related")) and _is_navigation(shown, bare)),
        ("footer", size <= 200 and "footer" in held),
        ("disclaimer", size <= 600 and "disclaimer" in held and _words("disclaimer").match(bare)),
        ("reply", size <= 80 and ("reply" in held or _FLOOR.match(shown))),
        ("label", size <= 120 and "label" in held and not _asks(shown) and _label().search(shown)),
        ("byline", size <= 60 and "byline" in held),
        ("caption", size <= 80 and _is_caption(shown, bare, held)),
        ("notice", "notice" in held and _colon("notice").match(bare)),
        ("contact", size <= 80 and _is_contact(shown, bare, held)),
        ("signed", size <= 42 and "signed" in held and _is_signed(shown)),
        ("body_label", "body" in held and _colon("body").match(bare)),
        ("title_label", "heading" in held and _colon("heading").match(bare)),
        ("bulletin", size <= 24 and "bulletin" in held),
        ("intro", size <= 30 and "intro" in held),
        *((kind, kind in held and _opens(kind, bare)) for kind in ("related", "comments", "abstract")),
    )
    yield from (name for name, found in tests if found)


def _asks(shown: str) -> bool:
    return "?" in shown or "？" in shown


def _is_navigation(shown: str, bare: str) -> bool:
    """Say whether a line is a button or a bar of them: 首页 | 3 上一篇 下一篇 4 放大 缩小 默认."""
    if _words("navigation").fullmatch(bare.rstrip(" 】]）)>»:：|丨")):
        return True
    parts = [part for part in _PARTS.split(shown) if part] if len(shown) <= 60 else []
    hits = sum(
        bool(_words("navigation").fullmatch(part) or _words("related").fullmatch(part)) for part in parts
    )
    return hits >= 2 and hits * 2 >= len(parts)


def _is_caption(shown: str, bare: str, held: Set[str]) -> bool:
    if "caption_within" in held or ("caption_start" in held and _words("caption_start").match(bare)):
        return True
    return bool(("caption_end" in held and _credit().search(shown)) or _FIGURE.match(bare))


def _is_contact(shown: str, bare: str, held: Set[str]) -> bool:
    return bool(("contact" in held and _colon("contact").match(bare)) or _PHONE.search(shown))


def _is_signed(shown: str) -> bool:
    """Say whether a line names who wrote the text: （江河日报记者 江山） | 本报记者 江山 通讯员 江水."""
    if _SIGNED.fullmatch(shown):
        return bool(_words("signed").search(shown))
    return bool(_signer().match(shown)) and not _FINAL.search(shown)


def _opens(kind: str, bare: str) -> bool:
    """Say whether a heading opens the line: it says little more, or goes on after a colon, or is no sentence."""
    match = _words(kind).match(bare)
    if not match:
        return False
    rest = bare[match.end() :]
    return len(rest) <= 10 or rest[0] in ":：（(" or not _FINAL.search(rest)


@cache
def _kinds() -> WordKinds:
    words: dict[str, list[str]] = {}
    for entry in load("segments"):
        words.setdefault(entry.kind, []).extend(entry.words)
    return WordKinds(words)


@cache
def _words(kind: str) -> WordList:
    return WordList(w for e in load("segments") if e.kind == kind for w in e.words)


def _alternation(kind: str) -> str:
    """Write the words of one kind as an alternation, longest first."""
    words = {w for e in load("segments") if e.kind == kind for w in e.words}
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?<![\u4e00-\u9fff])(?:{_alternation('label')})\s?[:：]")


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(rf"(?:\s|[\u4e00-\u9fff]{{2,4}}\s?|[/／（(])(?:{_alternation('caption_end')})[）)。]?$")


@cache
def _crumb_end() -> re.Pattern[str]:
    return re.compile(rf"[\s/>»|-](?:{_alternation('crumbs')})$")


@cache
def _signer() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,6}}(?:{_alternation('signed')})[\s:：/]\s?\S{{2}}")


@cache
def _colon(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternation(kind)})[】\]]?\s?[:：]")
