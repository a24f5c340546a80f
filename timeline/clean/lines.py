"""Clean text in; its lines, and the paragraphs glued into one line, out, each with what can be seen of it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from timeline.clean.cuts import find_cuts
from timeline.lexicon import load

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]")
_TAG = re.compile(r"<[^<>\n]{1,400}>|&nbsp;|\\[rnt\"']")
_FINAL = re.compile(r"[。！？!?；;：:…][”’」』\"')）】\],]*$|[a-z]{2}\.[\"')]?$")  # 举行。” | held.
_SENTENCE = re.compile(r"[。！？!?][”’」』\"')）】]*")
_COMMA = re.compile(r"[，,、；;。！？]")
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
_CUT_START = re.compile(r"\W?(?:\.{3}|…(?!…))")  # ...县举行开工仪式
_CUT_END = re.compile(r"(?:\.{3}|(?<!…)…)\W?$")  # 全力打造...
_OPEN_END = re.compile(r"[，、（《“「]$|(?<=[\u4e00-\u9fff])[,(]$")  # a sentence goes on in the next line
_BROKEN_START = re.compile(r"[，。、；）》”」)]")
_SIGNED = re.compile(r"[（(【\[][^（）()]{1,40}[）)】\]]")  # （江河日报记者 江山）
_CRUMBS = re.compile(r"\s[>›»→]{1,2}\s|[>»]{2}|^[>›»]|\S\s?[>›»]\s?\S{2,20}\s?[>›»]")  # 首页 > 新闻 > 正文
_BULLET = re.compile(r"^[\s\-•·*#▲◆◇■□●○★☆>|【\[（(\"']+")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]|第[一二三四五六七八九十]{1,3}[，、章节条]")
_PERSON = re.compile(  # 江河市水务局局长 江山
    r"\S{0,40}(?:书记|主任|院长|校长|教授|所长|记者|通讯员|董事长|总裁|局长|市长|县长|研究员|处长|会长|总经理)\s[\u4e00-\u9fff]{2,4}"
)
_CITATION = re.compile(  # 《江河日报》（2016-06-03 第8版） | 第03版：要闻
    r"\W{0,3}《[^《》]{2,20}》\s{0,2}[（(][^（）()]{3,40}[）)]\W{0,3}|第?\s?[A-Z]?\d{1,3}\s?版\s?[:：]?\s?\S{0,8}"
)
_BAR = re.compile(r"[^|丨｜/]{1,12}(?:\s?[|丨｜/]\s?[^|丨｜/]{1,12}){2,}")  # 首页 | 归档 | 关于
_PHONE = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-－—\s]?\d{7,8}|1[3-9]\d{9}|400[-\s]?\d{3}[-\s]?\d{4})(?!\d)"
)  # 0531-85193561
_PARTS = re.compile(r"[\s|丨｜/·>\[\]【】]+")
_FIGURE = re.compile(r"图\s?[\d一二三四五]{1,2}\s?[:：.、\s]")  # 图1：签约现场
_SLOT = re.compile(r"\d{1,2}[:：]\d\d\s?[-—–~～至到]{1,2}\s?\d{1,2}[:：]\d\d\s?\S")  # 09:00-09:30 嘉宾签到
_FLOOR = re.compile(r"(?:第?\s?\d{1,4}\s?[楼#]|#\d{1,4})\s")  # 2楼 山里人
_HEADING = re.compile(r"#{1,6}\s")
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
        out.append(Line(start, end, shown, len(_HAN.findall(shown)), frozenset(_marks(shown))))
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


def _marks(shown: str) -> Iterator[str]:
    """Give the names of what a line shows."""
    bare = _BULLET.sub("", shown)
    if not (_HAN.search(bare) or _LATIN.search(bare) or _STAMP_ONLY.fullmatch(shown)):
        yield "debris"
        return
    yield from _shaped(shown, bare)
    yield from _worded(shown, bare)
    field = _FIELD.match(shown)
    if field:
        yield "field"
        for kind in ("field_title", "field_text", "field_stamp", "field_other"):
            if _words(kind).fullmatch(field["name"]):
                yield kind


def _shaped(shown: str, bare: str) -> Iterator[str]:
    """Give the marks that rest on the line's shape."""
    tests = (
        ("stamp_only", _STAMP_ONLY.fullmatch(shown)),
        ("stamp", len(shown) <= 120 and _STAMP.search(shown)),
        ("final", _FINAL.search(shown)),
        ("sentence", "。" in shown or (len(shown) > 40 and _SENTENCE.search(shown))),
        ("heading", _HEADING.match(shown)),
        ("bullet", bare != shown),
        ("item", _ITEM.match(bare)),
        ("cut_start", _CUT_START.match(shown)),
        ("cut_end", _CUT_END.search(shown)),
        ("open_end", len(shown) >= 6 and _OPEN_END.search(shown)),
        ("broken_start", _BROKEN_START.match(shown)),
        ("slot", _SLOT.match(bare)),
        ("table", (shown.startswith("|") and shown.count("|") > 2) or "\t" in shown),
        (
            "crumbs",
            len(shown) <= 120
            and (_CRUMBS.search(shown) or (len(shown) <= 40 and _crumb_end().search(shown))),
        ),
        ("rank", len(shown) <= 80 and _RANK.fullmatch(shown)),
        ("commas", len(_COMMA.findall(shown)) >= 2),
        ("person", len(shown) <= 50 and _PERSON.fullmatch(shown)),
        ("bar", len(shown) <= 80 and not _STAMP.search(shown) and _BAR.fullmatch(shown)),
        ("colon_end", len(shown) <= 40 and shown[-1] in ":："),
        ("dated", len(shown) >= 14 and _DATED.match(bare)),
        ("stamp_first", "。" not in shown and _STAMP_FIRST.match(bare) and not _STAMP_ONLY.fullmatch(shown)),
        ("short_stamp", len(shown) <= 40 and "。" not in shown and _is_stamped(shown)),
        ("citation", len(shown) <= 80 and _CITATION.fullmatch(shown)),
        ("latin", len(_LATIN.findall(shown)) > len(shown) / 2),
        ("dateline", _DATELINE.match(bare) or _words("dateline").match(bare)),
        ("opener", _MONTH_DAY.fullmatch(shown) or _words("opener").fullmatch(shown.rstrip("，,"))),
    )
    yield from (name for name, found in tests if found)


def _is_stamped(shown: str) -> bool:
    return bool(_STAMP.search(shown)) and not (_STAMP_ONLY.fullmatch(shown) or len(_COMMA.findall(shown)) > 1)


def _worded(shown: str, bare: str) -> Iterator[str]:
    """Give the marks that rest on words of the lexicon."""
    size = len(shown)
    tests = (
        ("navigation", _is_navigation(shown, bare)),
        ("footer", size <= 200 and _words("footer").search(shown)),
        ("disclaimer", size <= 600 and _words("disclaimer").match(bare)),
        ("reply", size <= 80 and (_words("reply").search(shown) or _FLOOR.match(shown))),
        ("label", size <= 120 and "?" not in shown and "？" not in shown and _label().search(shown)),
        ("byline", size <= 60 and _words("byline").search(shown)),
        ("caption", size <= 80 and _is_caption(shown, bare)),
        ("notice", _colon("notice").match(bare)),
        ("contact", size <= 80 and (_colon("contact").match(bare) or _PHONE.search(shown))),
        ("signed", size <= 42 and _is_signed(shown)),
        ("body_label", _colon("body").match(bare)),
        ("title_label", _colon("heading").match(bare)),
        ("bulletin", size <= 24 and _words("bulletin").search(shown)),
        ("intro", size <= 30 and _words("intro").search(shown)),
        *((kind, _opens(kind, bare)) for kind in ("related", "comments", "abstract")),
    )
    yield from (name for name, found in tests if found)


def _is_navigation(shown: str, bare: str) -> bool:
    """Say whether a line is a button or a bar of them: 首页 | 3 上一篇 下一篇 4 放大 缩小 默认."""
    if _words("navigation").fullmatch(bare.rstrip(" 】]）)>»:：|丨")):
        return True
    parts = [part for part in _PARTS.split(shown) if part] if len(shown) <= 60 else []
    hits = sum(
        bool(_words("navigation").fullmatch(part) or _words("related").fullmatch(part)) for part in parts
    )
    return hits >= 2 and hits * 2 >= len(parts)


def _is_caption(shown: str, bare: str) -> bool:
    start, within = _words("caption_start").match(bare), _words("caption_within").search(shown)
    return bool(start or within or _credit().search(shown) or _FIGURE.match(bare))


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
def _words(kind: str) -> re.Pattern[str]:
    """Compile the words of one kind, longest first."""
    words = sorted(
        (w for e in load("segments") if e.kind == kind for w in e.words), key=lambda w: (-len(w), w)
    )
    return re.compile("|".join(map(re.escape, words)))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?<![\u4e00-\u9fff])(?:{_words('label').pattern})\s?[:：]")


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\s|[\u4e00-\u9fff]{{2,4}}\s?|[/／（(])(?:{_words('caption_end').pattern})[）)。]?$"
    )


@cache
def _crumb_end() -> re.Pattern[str]:
    return re.compile(rf"[\s/>»|-](?:{_words('crumbs').pattern})$")


@cache
def _signer() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,6}}(?:{_words('signed').pattern})[\s:：/]\s?\S{{2}}")


@cache
def _colon(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_words(kind).pattern})[】\]]?\s?[:：]")
