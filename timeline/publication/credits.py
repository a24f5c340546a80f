"""Title and outlet of a page: a layout, its metadata and its datelines in, names out, None where nothing says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from timeline.patterns import regex
from timeline.publication.evidence import Candidate
from timeline.publication.layout import Layout, Line
from timeline.publication.origins import Dispatch
from timeline.publication.stamps import match_at
from timeline.publication.words import alternation, by_word, field_names, word_list
from timeline.records import Span

_LABEL = alternation("outlet_label")
_BYLINE = alternation("byline")
# 来源：青川日报 | 来源 : 新华社 | 稿源 青川网; ends at a blank, the next label or a date
_LABELLED = regex(
    rf"""(?<![\u4e00-\u9fff])(?:{_LABEL})\s{{0,2}}\*{{0,2}}[:：|]\*{{0,2}}\s{{0,30}}[(（《【\[]?\s?(?P<name>[\u4e00-\u9fffA-Za-z0-9·•\-—_、]{{2,30}}?)
    (?=[\s*，,。|)）》\]】；;｜]|$|(?:{_BYLINE}|{alternation("label")})\s?[:：]|\d{{4}}[-年/])""",
    re.VERBOSE,
)
# 来源 青川日报 作者 林晓: without a colon only at the start of a word of a short line
_SPACED = regex(
    rf"(?m)(?:^|[ 　|])(?:{_LABEL})[ 　]{{1,3}}(?P<name>[\u4e00-\u9fffA-Za-z0-9·]{{2,16}})(?=[ 　|\n]|$)"
)
_BARE_SOURCE = regex(rf"^(?:{_LABEL})(?P<name>[\u4e00-\u9fffA-Za-z0-9·]{{2,16}})[|｜]?$")  # 来源CSDN|
_COPIED = regex(
    rf"""(?:{alternation("copy", reach="outlet")})\s?[:：]?\s?[“"《【]?(?P<name>[\u4e00-\u9fffA-Za-z0-9·•\-]{{2,20}}?)(?=[\s”"》】（(，,。；;|]|$|\d{{4}}年)""",
    re.VERBOSE,
)
# 央视网消息（…）： | 本报讯 | 搜狐娱乐讯 | 新快报讯
_OPENING = regex(
    rf"""^(?P<name>(?:{alternation("outlet")})|[\u4e00-\u9fff]{{1,6}}(?:{alternation("outlet_end")}))[ ]?(?:{alternation("dispatch")})(?=[\s　（(：:，,])""",
    re.VERBOSE,
)
_FIELD = regex(
    rf"""(?m)(?<![\w-])["']?(?:{alternation("outlet_key")})["']?\s*[:=]\s*["'](?P<name>[^"'\n/:]{{2,30}})\\?["']""",
    re.IGNORECASE | re.VERBOSE,
)
_TITLE_FIELD = regex(
    rf"""(?m)(?<![\w-])["']?(?:{alternation("title_key")})["']?\s*(?:=>|[:=：])\s*
    (?:"(?P<a>[^"\n]{{4,120}})"(?=\s*(?:[,;}}]|$))|'(?P<b>[^'\n]{{4,120}})'(?=\s*(?:[,;}}]|$))|(?P<c>[^'\s{{\[][^\n]{{3,120}}?),?[ ]*$)""",
    re.IGNORECASE | re.VERBOSE,
    needs=(("=", ":", "："),),
)
_ENDS = regex(rf"^[\u4e00-\u9fffA-Za-z0-9·•\-]{{1,14}}(?:{alternation('outlet_end')})$")
_NAMED = regex(rf"^(?:{alternation('outlet')})$")
_NONE = regex(rf"^(?:{alternation('not_outlet')})$|(?:{_BYLINE})$")
# 青川论坛开幕 - 青川新闻网 | 青川论坛开幕_时政_青川网 | 青川论坛开幕—新闻—科学网
_SITE_TAIL = regex(r"\s*(?:[_|｜]|\s[-–—]\s|--|—|-)\s*[^_|｜\-—]{2,20}$")
# …召开—新闻—科学网 | …召开_青川新闻网 | …召开-CSDN.NET
_SITE_END = regex(
    rf"\s*(?:_|\||｜|--?|—|–)\s*(?:(?:[\u4e00-\u9fffA-Za-z]{{1,6}}\s*(?:_|\||｜|-|—|–)\s*)*[\u4e00-\u9fffA-Za-z0-9·]{{1,14}}(?:{alternation('outlet_end')})|[A-Z]+\.(?:COM|NET|CN))$"
)
_TAGS = regex(r"</?[A-Za-z][^<>]{0,120}>", needs=("<", ">"))
_HEADING_MARK = regex(rf"^(?:#{{1,6}}\s*|(?:{alternation('title_key')})[:：]\s*|[【\[](?=[^】\]]+$))")
_PLACEHOLDER = regex(rf"(?i)^(?:{alternation('placeholder')}|.{{0,12}}(?:{alternation('page_name')}))$")
# 首页 新闻 通知公告: a bar of links; 2021-06-10 40049: a byline
_FRAME = regex(
    r"^(?:\S{2,5}[ 　|]+){3}|(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d|\d{1,2}/\d{1,2}/20\d{2}|\b[A-Z][a-z]+ \d{1,2}, 20\d{2}"
)
_BODY_LABEL = regex(rf"^(?:{alternation('body_label')})[:：]")
_OWN = regex(rf"^(?:{alternation('own_outlet')})")
_SPLIT = re.compile(r"[\s|｜,，()（）\[\]]+")
_NO_TITLE = regex(rf"(?:{_BYLINE})\s?[:：]|。$|https?://|\d{{4}}-\d\d?-\d\d?")
_APART = frozenset(" 　|")
_LONGEST_TITLE = 80
_FRONT = 600
_SHORTEST_TITLE = 6


def find_title(layout: Layout, winner: Candidate | None) -> str | None:
    """Give the page's title: as given, the headline's segment, as declared, a title field, or the line above the byline."""
    declared = _declared(layout, "title")
    if declared and declared[0][1]:
        return declared[0][0]
    text, front = layout.page.text, len(layout.page.text) if layout.is_code else _FRONT
    if field_names("title_key").search(text, 0, front) and (field := _TITLE_FIELD.search(text, 0, front)):
        return _tidy(next(v for v in field.groups() if v))
    if headline := _headline(layout, [value for value, _ in declared]):
        return headline
    named = [cut for value, _ in declared if not _PLACEHOLDER.match(cut := _cut_site(layout, value))]
    if named:
        return named[0]
    if layout.is_code:
        return None
    return _above(layout, winner)


def find_outlet(layout: Layout, dispatches: list[Dispatch], winner: Candidate | None) -> str | None:
    """Give the outlet that first published the text, as far as the page says: original before copy, label before guess."""
    declared = _declared(layout, "outlet")
    if declared and declared[0][1]:
        return declared[0][0]
    sure = [d for d in dispatches if d.outlet and d.candidate.trust >= 0.5]
    labels = [m.start() for m in word_list("outlet_label").finditer(layout.page.text)]
    return (
        _copied(layout)
        or next((d.outlet for d in sure if d.candidate.kind == "citation"), None)
        or _labelled(layout, labels)
        or _in_field(layout)
        or _after_bare_label(layout, labels)
        or next((d.outlet for d in sure if d.candidate.kind == "dateline"), None)
        or _opening(layout)
        or _beside(layout, winner)
        or (declared[0][0] if declared else None)
    )


def _headline(layout: Layout, declared: list[str]) -> str | None:
    """Take the headline segment that the declared title repeats, else the one nearest above the article.

    What stands before it is a site's name or slogan.
    """
    found: list[str] = []
    for segment in layout.page.segments:
        if segment.kind == "article" and found:
            break
        if segment.kind == "headline":
            span = segment.title or Span(segment.start, segment.end)
            found.append(_tidy(layout.page.text[span.start : span.end]))
    repeated = [
        title for title in found if len(title) >= _SHORTEST_TITLE and any(title in d for d in declared)
    ]
    likely = [t for t in found if _has_letters(t) and not _PLACEHOLDER.match(t) and not _FRAME.search(t)]
    best = repeated or likely
    return best[-1] if best else None


def _has_letters(title: str) -> bool:
    """Say whether a line can be a title: long enough, and no rule of stars or dashes."""
    return len(title) >= _SHORTEST_TITLE and any(char.isalnum() for char in title)


def _declared(layout: Layout, wanted: str) -> list[tuple[str, bool]]:
    """List what fields and metadata declare, the given first, with whether it was given."""
    out: list[tuple[str, bool]] = []
    for datum in layout.page.raw.declared:
        entry = by_word("declared").get(datum.name)
        if entry and entry.get("field") == wanted and datum.value.strip():
            out.append((" ".join(datum.value.split()), datum.where == "given"))
    return sorted(out, key=lambda pair: not pair[1])


def _copied(layout: Layout) -> str | None:
    """Read whose text is copied: 转自《青川日报》."""
    for m in _COPIED.finditer(layout.page.text) if layout.is_copy else ():
        if layout.is_own(m.start()) and (name := _name(m["name"], strict=True)):
            return name
    return None


def _in_field(layout: Layout) -> str | None:
    text = layout.page.text
    if not layout.is_code or not field_names("outlet_key").search(text):
        return None
    field = _FIELD.search(text)
    return _name(field["name"]) if field else None


def _after_bare_label(layout: Layout, labels: Sequence[int]) -> str | None:
    lines = (line for at in labels if (line := layout.line_at(at)).start == at)
    bare = next((m for line in lines if (m := _BARE_SOURCE.match(line.text))), None)
    return _name(bare["name"]) if bare else None


def _labelled(layout: Layout, labels: Sequence[int]) -> str | None:
    text = layout.page.text
    apart = [at - 1 if text[at - 1 : at] in _APART else at for at in labels]
    for m in chain(match_at(_LABELLED, text, labels), match_at(_SPACED, text, apart)):
        line = layout.line_at(m.start())
        if line.kind in ("related", "teaser", "comment") or (
            line.is_sentence and m.start() - line.start > 40 and line.end - m.end() > 12
        ):
            continue
        if name := _name(m["name"]):
            return name
    return None


def _opening(layout: Layout) -> str | None:
    """Read 央视网消息 or 新快报讯 at the start of a line of the body."""
    for line in layout.lines[max(0, layout.first - 2) : layout.first + 2]:
        text = _BODY_LABEL.sub("", line.text)
        if m := _OPENING.match(text):
            return m["name"] if not _OWN.match(m["name"]) else None
    return None


def _beside(layout: Layout, winner: Candidate | None) -> str | None:
    """Read an outlet that stands bare in the stamp's line or the line next to it."""
    if winner is None or winner.span is None or winner.kind != "stated" or not layout.lines:
        return None
    home = layout.line_at(winner.span.start)
    for index in (home.number, home.number - 1, home.number + 1):
        if not 0 <= index < len(layout.lines):
            continue
        line = layout.lines[index]
        if line.is_sentence or len(line.text) > (90 if index == home.number else 20):
            continue
        for token in _SPLIT.split(line.text.replace(winner.text, " ")):
            if (
                2 <= len(token) <= 16
                and (_ENDS.match(token) or _NAMED.match(token))
                and (name := _name(token))
            ):
                return name
    return None


def _name(value: str, *, strict: bool = False) -> str | None:
    name = value.strip(" ：:·-—_、\"'\\")
    if len(name) < 2 or name.isdigit() or _NONE.search(name):
        return None
    if strict and not (_ENDS.match(name) or _NAMED.match(name)):
        return None
    return name


def _above(layout: Layout, winner: Candidate | None) -> str | None:
    """Take the line that reads like a title: the nearest above the stamp or the body, else the first."""
    end = layout.first
    if winner and winner.span and winner.kind == "stated":
        end = min(end, layout.line_at(winner.span.start).number)
    for line in reversed(layout.lines[: min(end, len(layout.lines))]):
        if _is_title(line):
            return _tidy(line.text)
    return _tidy(layout.lines[0].text) if _is_title(layout.lines[0]) else None


def _is_title(line: Line) -> bool:
    return (
        8 <= len(line.text) <= _LONGEST_TITLE
        and line.kind not in ("navigation", "related", "footer", "comment", "teaser", "byline")
        and not _NO_TITLE.search(line.text)
        and not _PLACEHOLDER.match(line.text)
    )


def _cut_site(layout: Layout, value: str) -> str:
    """Cut a site's name off a declared title, as long as the rest stands in the text or is long enough to be one."""
    cut = value
    for _ in range(3):
        shorter = _SITE_TAIL.sub("", cut)
        if shorter == cut or len(shorter) < 6:
            break
        if cut in layout.page.text and shorter not in layout.page.text.replace(cut, ""):
            break
        cut = shorter
    return cut


def _tidy(text: str) -> str:
    """Take away heading marks, quotes of source code, and the site's name and section at the end."""
    title = _HEADING_MARK.sub("", _TAGS.sub("", " ".join(text.split()))).strip(" '`,\\")
    if title.startswith('"') and title.endswith('"'):
        title = title.strip('"')
    while (tail := _SITE_END.search(title)) and tail.start() >= 6:
        title = title[: tail.start()]
    return title.strip()
