"""Stamps that stand in the text, by label and position: a layout in, one candidate a stamp out, with what spoke for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import exp

from timeline.patterns import regex
from timeline.publication.evidence import Candidate, Origin
from timeline.publication.layout import Layout, Line
from timeline.publication.stamps import Stamp, find_compact, find_stamps
from timeline.publication.words import alternation, by_word
from timeline.records import Span

# 发布时间： before a stamp, with brackets or quotes between
_LABEL = regex(
    rf"(?P<label>{alternation('label')})\s*[*_]{{0,2}}(?P<colon>[:：|丨】]?)[*_\s]*[\[【(（\"'“]*\s*$"
)
# 2021-06-10 09:15 发布 | 2021-06-12 更新
_LABEL_AFTER = regex(rf"[ ]?(?P<label>{alternation('label', after=True)})(?=[ ]?(?:[|丨,，·)）\n]|$))")
# date: ' | "publishTime": " | created_at = | date: [  | date: new Date("
_KEY = regex(
    rf"(?<![\w-])[\"']?(?P<key>{alternation('key')})[\"']?\s*(?:=>|[:：=])\s*(?:new\s+Date\()?[\"'`\[]*\s*$",
    re.IGNORECASE,
    needs=(("=", ":", "："),),
)
_OTHER_KEY = regex(r"(?<!\w)[\"']?[A-Za-z_]\w{1,24}[\"']?\s*(?:=>|[:=])\s*[\"'`]\s*$", needs=(("=", ":"),))
_CLASS = regex(r"<[^<>]{0,60}(?:date|time)[^<>]{0,40}>\s*$", re.IGNORECASE, needs=("<", ">"))
_BYLINE = regex(rf"(?:{alternation('byline')})\s?[:：】]?")
# 青川晚报 | 青川新闻网 as a word by itself
_OUTLET = regex(
    rf"(?:^|[\s|>·(（])(?:{alternation('outlet')}|[\u4e00-\u9fff]{{1,8}}(?:{alternation('outlet_end')}))(?=[\s|·)）]|$)"
)
_SOURCE_BEFORE = regex(rf"(?:{alternation('outlet_label')})\s*[:：]?\s*[^\s，。:：]{{2,16}}\s*[(（]?\s*$")
_BEFORE = regex(rf"(?:{alternation('running', side='before')})\s*$")
_AFTER = regex(rf"\s{{0,2}}(?:{alternation('running', side='after')}|[，,、；;])")
_CALENDAR = regex(rf"(?:{alternation('calendar')})")
_FOOTER = regex(rf"(?:{alternation('footer')})", re.IGNORECASE)
# '2021-06-10' | >2021-06-10< | [2021-06-10], and ,2021-06-10, in a row of a table
_QUOTED = re.compile(r"[\"'`>|\[]\s*$"), re.compile(r"\s*[\"'`<|\]]")
_ROW = re.compile(r"[,\t]\s?$"), re.compile(r"\s?[,\t]")
# 第03版：要闻 | 星期一　05版 | A12版 | 第12345期, right after the day: the head of a newspaper's page
_EDITION = regex(
    r"(?:[ \u3000]{0,4}(?:星期|周)[一二三四五六日天])?"
    r"[ \u3000]{1,4}(?:第[ ]?[A-Z]?\d{1,3}[ ]?版|[A-Z]?\d{1,3}[ ]?版(?!本)|第[ ]?\d{1,6}[ ]?期)"
)
# 2019/11/8　江城研究院揭牌: what a line of a history tells of its day
_TOLD = re.compile(r"[ \t\u3000]*[\u4e00-\u9fff“《][^|｜:：\n]{5,}$")
_HEADING = re.compile(r"^(?:#{1,3}\s|[《【]|[^，。]{2,40}[》】)]?\s*[(（]$)")
_BRACKET_END = re.compile(r"[)）][ ]*$")
_CLAUSE = re.compile(r"[，。；]")
# the notes of a label that says when a document was put out, and of one that says when it was signed
_SIGNED = "signed at the foot"
_WRITTEN_LABEL = regex(rf"label (?:{alternation('label', written=True)}),")
_PUBLISHED_LABEL = regex(rf"label (?!(?:{alternation('label', written=True)}),)")
# 地点：江北大学报告厅 beside 时间：, of an occasion that is announced
_AFFAIR = regex(rf"(?:^|[\s　])(?:{alternation('affair')})[ 　]?[:：]")
_CJK_BEFORE = re.compile(r"[\u4e00-\u9fff]$")
_SHORT_LABEL = 2
# what a day of signing keeps where the day of putting out, at most so much later, is sure
_SURE, _TO_PRESS, _WRITTEN_TRUST = 0.8, timedelta(days=120), 0.2
_BYLINE_LENGTH = 60
_NEAR = 80
# a page with more dates than this is a list or a table: what dates it stands at its head
_MOST_STAMPS = 500
# where a page puts a day together of named fields it means a date; of two lines or elements, a little less surely
_LABELLED_FORMS = frozenset(("seconds", "short", "roc"))
_FORM_ODDS = {"fields": 1.0, "split": -0.9, "short": -1.0}

# ceilings of trust: a copy's stamp is the original's day three times of four, an edit's three of five
_CEILING: dict[Origin, float] = {
    "original": 0.97,
    "page": 0.97,
    "repost": 0.78,
    "update": 0.7,
    "crawl": 0.3,
    "other": 0.1,
}


@dataclass(slots=True)
class _Score:
    """Log-odds with the reasons they were made of."""

    value: float = 0.0
    origin: Origin = "page"
    reasons: list[str] = field(default_factory=list)
    has_label: bool = False
    ceiling: float = 1.0

    def add(self, value: float, reason: str) -> None:
        self.value += value
        self.reasons.append(reason)


def stated_candidates(layout: Layout) -> list[Candidate]:
    """Weigh every full day that stands in the text."""
    text = layout.page.text
    stamps = [
        s
        for s in find_stamps(text, layout.years)
        if not _is_in_path(text, s) and (s.form not in _LABELLED_FORMS or _is_named(text, s))
    ]
    taken = [(s.start, s.end) for s in stamps]
    stamps += [
        s
        for s in find_compact(text, layout.years)
        if _is_marked(text, s) and not any(a < s.end and s.start < b for a, b in taken)
    ]
    stamps = sorted(stamps, key=lambda s: s.start)[:_MOST_STAMPS]
    lonely = _lonely(layout, stamps)
    firsts: dict[int, Stamp] = {}
    for stamp in stamps:
        firsts.setdefault(layout.line_at(stamp.start).number, stamp)
    labels: set[str] = set()
    made = [(stamp, _candidate(layout, stamp, lonely, firsts, labels)) for stamp in stamps]
    is_whole = any(stamp.form != "split" and candidate.trust >= 0.5 for stamp, candidate in made)
    # a day put together of parts is a way out where none stands in one piece
    return _put_out([candidate for stamp, candidate in made if not (is_whole and stamp.form == "split")])


def _put_out(candidates: list[Candidate]) -> list[Candidate]:
    """Let the day a document was signed give way to the day it was put out, where a label says that day as well."""
    put_out = [c.date for c in candidates if c.date and c.trust >= _SURE and _PUBLISHED_LABEL.match(c.note)]
    last = max(put_out, default=None)
    out = []
    for c in candidates:
        is_written = _WRITTEN_LABEL.match(c.note) or (_SIGNED in c.note)
        if last and c.date and is_written and timedelta() < last - c.date <= _TO_PRESS:
            c = replace(c, trust=_WRITTEN_TRUST, note=f"{c.note}, the day it was written")
        out.append(c)
    return out


def _candidate(
    layout: Layout, stamp: Stamp, lonely: dict[int, set[date]], firsts: dict[int, Stamp], labels: set[str]
) -> Candidate:
    line = layout.line_at(stamp.start)
    score = _Score(_FORM_ODDS.get(stamp.form, -0.4))
    _weigh_label(layout, line, stamp, score)
    is_cell = _weigh_line(layout, line, stamp, score)
    _weigh_place(layout, line, stamp, score, is_cell=is_cell)
    if not score.has_label:
        _weigh_others(layout, line, stamp, score, lonely)
        if is_cell and firsts[line.number].day != stamp.day:
            score.add(-1.0, "after another date of its line")
    elif score.reasons[0] in labels and line.number > layout.last and not layout.is_code:
        score.add(-2.5, "a label already used above")
    labels.add(score.reasons[0] if score.has_label else "")
    if layout.is_copy and score.origin == "page" and score.value > 0:
        score.origin = "repost"
        score.reasons.append("on a page that copies")
    trust = min(1 / (1 + exp(-score.value)), _CEILING[score.origin], score.ceiling)
    day = stamp.day
    span = Span(stamp.start, stamp.end)
    text = layout.page.text[stamp.start : stamp.end]
    note = ", ".join(score.reasons) or "a date in the text"
    return Candidate("stated", score.origin, day.year, day.month, day.day, round(trust, 3), text, span, note)


def _weigh_others(
    layout: Layout, line: Line, stamp: Stamp, score: _Score, lonely: dict[int, set[date]]
) -> None:
    """Weigh the company it keeps: other days alone in lines near by, with no running text between, make it one of a list."""
    if line.number not in lonely:
        return
    near: list[set[date]] = []
    for step in (-1, 1):
        for index in range(line.number + step, line.number + 9 * step, step):
            if not 0 <= index < len(layout.lines) or layout.lines[index].is_running:
                break
            near.append(lonely.get(index, set()))
    if len(set().union(*near) - {stamp.day}) >= 2:
        score.origin = "other"
        score.add(-2.5, "one of a list of dates")


def _weigh_label(layout: Layout, line: Line, stamp: Stamp, score: _Score) -> None:
    text = layout.page.text
    before = text[max(line.start, stamp.start - 40) : stamp.start]
    if not before.strip() and line.number > 0:
        previous = layout.lines[line.number - 1].text
        if len(previous) <= 14:
            before = previous + " "
    if label := _LABEL_AFTER.match(text, stamp.end):
        entry = by_word("label")[label["label"]]
        score.origin, score.has_label = entry.get("origin"), True
        score.add(float(entry.get("weight")) - 0.4, f"label {label['label']}")
        return
    if label := _LABEL.search(before):
        if len(label["label"]) <= _SHORT_LABEL and _is_of_affair(layout, line):
            score.add(-4.0, "the time of what is announced")
        else:
            _weigh_words(label, before, score)
        return
    key = _KEY.search(before)
    if key:
        entry = by_word("key")[key["key"].lower()]
        score.origin = entry.get("origin")
        score.has_label = True
        score.ceiling = float(entry.get("ceiling", 1.0))
        score.add(float(entry.get("weight")), f"field {key['key']}")
    elif _CLASS.search(_raw_before(layout, stamp)):
        score.has_label = True
        score.add(2.0, "element named for a date")
    elif _OTHER_KEY.search(before):
        score.add(-1.8, "in a field of another name")
    elif _SOURCE_BEFORE.search(before):
        score.add(2.6, "right after the outlet")


def _is_of_affair(layout: Layout, line: Line) -> bool:
    """Say whether the place or the speaker of an occasion stands in a line or beside it."""
    near = layout.lines[max(0, line.number - 1) : line.number + 2]
    return any(_AFFAIR.search(other.text[:_NEAR]) for other in near)


def _raw_before(layout: Layout, stamp: Stamp) -> str:
    """Give what stands before a stamp in the text as it was read, where tags have not been taken out."""
    _, start, _ = layout.page.to_raw(stamp.start, stamp.end)
    return layout.page.raw.text[max(0, start - 120) : start]


def _weigh_words(label: re.Match[str], before: str, score: _Score) -> None:
    """Weigh a label; a short one glued to other words (签到时间) is a label of something else."""
    word = label["label"]
    entry = by_word("label")[word.lower()]
    glued = _CJK_BEFORE.search(before[: label.start()]) is not None
    weight = float(entry.get("weight"))
    if len(word) <= _SHORT_LABEL and glued:
        if label["colon"]:
            score.add(-2.5, f"label ends in {word}")
        return
    if len(word) <= _SHORT_LABEL and not label["colon"] and not entry.get("bare"):
        weight -= 0.8
    score.origin = entry.get("origin")
    score.has_label = True
    score.add(weight, f"label {word}")


def _weigh_line(layout: Layout, line: Line, stamp: Stamp, score: _Score) -> bool:
    """Weigh what stands around it in its line; say whether it stands by itself, in a line or between quotes or tags."""
    text = layout.page.text
    left = text[max(line.start, stamp.start - _NEAR) : stamp.start]
    right = text[stamp.end : min(max(stamp.end, line.end), stamp.end + _NEAR)]
    rest = len(left.strip()) + len(right.strip())
    is_cell = rest <= 2 or any(b.search(left) and a.match(right) for b, a in (_QUOTED, _ROW))
    if is_cell:
        score.add(1.5, "stands alone")
    if stamp.has_clock:
        score.add(1.4, "with a clock")
    near = left[-40:] + "\n" + right[:50]
    if _BYLINE.search(near) and (not line.is_sentence or stamp.has_clock):
        score.add(1.8, "in the byline")
    elif len(line.text) <= _BYLINE_LENGTH and _OUTLET.search(near):
        score.add(1.8, "beside an outlet's name")
    elif _EDITION.match(right):
        score.add(1.8, "at the head of a paper's page")
    if line.is_sentence and not is_cell and not score.has_label:
        score.add(-3.0, "inside a sentence")
    elif line.kind == "article" and not (is_cell or score.has_label or left.strip()) and _TOLD.match(right):
        score.add(-2.5, "opens a line that tells of its day")
    if not score.has_label and not is_cell:
        if _BEFORE.search(left[-6:]):
            score.add(-2.0, "after a preposition")
        if not stamp.has_clock and _AFTER.match(right):
            score.add(-2.0, "the sentence goes on")
    if stamp.has_weekday and not stamp.has_clock and not score.has_label:
        score.add(-3.0 if line.number == 0 and is_cell else -1.2, "with its weekday")
    if not score.has_label and _CALENDAR.search(left[-30:] + right[:20]):
        score.add(-4.0, "the page's own calendar")
    if not score.has_label and _FOOTER.search(line.text if len(line.text) < 200 else left[-40:] + right[:40]):
        score.add(-4.0, "in the page's foot")
    return is_cell


def _weigh_place(layout: Layout, line: Line, stamp: Stamp, score: _Score, *, is_cell: bool) -> None:
    """Weigh where the line stands: near above the body is best, a signature at its end good, after it poor."""
    last = layout.line_at(
        stamp.end - 1
    )  # of a day put together of lines, the one that dates the text below it
    kind = None if layout.is_code else last.kind
    if _is_signature(layout, line, stamp):
        score.add(2.0 if line.number > layout.last else 4.5, _SIGNED)
        return
    if kind in ("related", "teaser", "comment", "caption"):
        score.add(-4.0, f"in a {kind}")
        return
    if kind in ("navigation", "footer"):
        score.add(-1.0 if score.has_label or score.value > 1.0 else -2.5, f"in the {kind}")
    if kind == "byline":
        score.add(0.8, "in the byline's segment")
    if line.number <= 2 and len(line.text) < 80:
        left, right = line.text[: stamp.start - line.start], line.text[stamp.end - line.start :]
        if _HEADING.search(left):
            score.add(3.0, "in the heading")
        elif line.number == 0 and not left and 6 <= len(right) <= 60 and not _CLAUSE.search(right):
            score.add(1.2, "opens the heading")
    if line.number < layout.first:
        score.add(1.0 if line.number >= layout.first - 15 else 0.3, "above the body")
    elif line.number > layout.last and not (layout.is_code and is_cell):
        is_near = line.number <= layout.last + 3 and (is_cell or _BYLINE.search(line.text[:200]) is not None)
        score.add(-1.0 if score.has_label or is_near else -2.0, "below the body")
    score.add(-min(1.5, 0.02 * line.number), f"line {line.number + 1}")


def _is_signature(layout: Layout, line: Line, stamp: Stamp) -> bool:
    """Say whether a day in words stands right below the body, under the name of who signs, or in brackets at its end."""
    if line.number == layout.last and _BRACKET_END.match(layout.page.text[stamp.end : line.end]):
        left = layout.page.text[max(line.start, stamp.start - 24) : stamp.start]
        return re.search(r"[。！？]?[(（][^()（）。，]{0,22}$", left) is not None
    if stamp.has_clock or stamp.form not in ("hanzi", "numerals") or line.number <= layout.last:
        return False
    if len(line.text) - (stamp.end - stamp.start) > 2:
        return False
    between = [n for n in layout.lines[layout.last + 1 : line.number] if not n.is_running]
    return len(between) <= 3 and all(len(n.text) <= 30 and not find_stamps(n.text) for n in between)


def _lonely(layout: Layout, stamps: list[Stamp]) -> dict[int, set[date]]:
    """Map each line that is nothing but a stamp to its days: many of them are a list of other pages."""
    out: dict[int, set[date]] = {}
    for stamp in stamps:
        line = layout.line_at(stamp.start)
        if len(line.text) - (stamp.end - stamp.start) <= 2:
            out.setdefault(line.number, set()).add(stamp.day)
    return out


def _is_in_path(text: str, stamp: Stamp) -> bool:
    """Say whether it is a part of an address or of a file's name, which declared.py reads."""
    return text[max(0, stamp.start - 1) : stamp.start] in ("/", "_", "=") or text[
        stamp.end : stamp.end + 1
    ] in ("/", "_")


def _is_named(text: str, stamp: Stamp) -> bool:
    """Say whether a label, a field's name or a clock tells that figures are a date: 发布日期：110-06-09."""
    before = text[max(0, stamp.start - 40) : stamp.start]
    return stamp.form == "short" or bool(
        _KEY.search(before) or (stamp.form != "seconds" and _LABEL.search(before))
    )


def _is_marked(text: str, stamp: Stamp) -> bool:
    """Say whether a run of digits stands where a date would: in brackets, quotes, after a label, or alone in its line."""
    before, after = text[max(0, stamp.start - 24) : stamp.start], text[stamp.end : stamp.end + 2]
    if re.search(r"[(（\[【]\s*$", before) and re.match(r"\s*[)）\]】]", after):
        return True
    alone = (before.endswith("\n") or stamp.start == 0) and (after[:1] in "\n|｜" or not after)
    heading = (
        stamp.start < 60
        and "\n" not in text[: stamp.start]
        and re.match(r"\s*(?:\n|$)", text[stamp.end : stamp.end + 4])
    )
    return alone or bool(heading or _LABEL.search(before) or _KEY.search(before))
