"""Who wrote the page: its layout in; authors with what they did, and the line of date, source and author, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from timeline.lexicon import load
from timeline.patterns import Pattern, regex
from timeline.publication.evidence import Candidate
from timeline.publication.layout import Layout, Line
from timeline.publication.words import alternation, by_word, entries, word_list
from timeline.records import Author, AuthorRole, RawSpan
from timeline.wordlists import Found


@cache
def _surnames(kind: str) -> str:
    words = [w for e in load("people") if e.kind == kind for w in e.words]
    if all(len(w) == 1 for w in words):
        return f"[{''.join(map(re.escape, words))}]"
    return "|".join(map(re.escape, words))


_ROLE = alternation("author_role")
_BARE = alternation("author_role", bare=True)
_AFTER = alternation("author_role", side="after")
_END = rf"(?=[\s、，,;；。|｜()（）】\]/*·]|$|(?:{alternation('byline_word')})(?![\u4e00-\u9fff]{{2}})|(?:{_ROLE})[：: ]?)"
# 林晓 | 林 晓 | 欧阳静 | 阿依努尔·买买提 | 布鲁诺·杰瑞
_NAME = rf"""(?:(?:{_surnames("double")})[\u4e00-\u9fff]{{1,2}}|(?:{_surnames("surname")})[ 　]?[\u4e00-\u9fff](?:[\u4e00-\u9fff])?
    |[\u4e00-\u9fff]{{2,8}}[·•][\u4e00-\u9fff]{{2,10}})"""
_NAMES = rf"(?P<names>{_NAME}{_END}(?:[ 　]{{0,4}}[、，,/&和 　]?[ 　]{{0,4}}{_NAME}{_END}){{0,7}})"
# 作者：林晓 | 责任编辑: 林晓 周启明 | 文/林晓 | 编辑｜林晓
_LABELLED = regex(
    rf"(?<![\u4e00-\u9fff])(?P<role>{_ROLE})[ 　]?(?:[：:|｜/丨]|[ 　])[ 　]{{0,3}}{_NAMES}", re.VERBOSE
)
# （记者 林晓） | 青川网记者林晓 周启明 通讯员林一
_CALLED = regex(rf"(?P<role>{_BARE})[ 　：:/]{{0,3}}{_NAMES}", re.VERBOSE)
# 林晓摄 | 林晓/摄 | 林晓 供图
_SIGNED = regex(
    rf"(?<![\u4e00-\u9fff]){_NAMES}[ 　]?[/／]?[ 　]?(?P<role>{_AFTER})(?=[\s)）。，,】]|$)", re.VERBOSE
)
# 记者林晓摄: the reporter took a picture
_PICTURED = regex(rf"[ 　]?[/／]?(?P<role>{_AFTER})(?=[\s)）。，,】]|$)")
# 作者：夜航船: a pen name after a label with a colon
_PEN = regex(
    rf"(?<![\u4e00-\u9fff])(?P<role>{alternation('author_role', role='author')})[ 　]?[：:][ 　]{{0,3}}(?P<names>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9_·.\-]{{1,14}})(?=[\s|｜，,)）】]|$)"
)
# 作者林晓: the whole line
_WHOLE = regex(rf"^(?P<role>{_ROLE}){_NAMES}$", re.VERBOSE)
_ONE = regex(_NAME + _END, re.VERBOSE)
# 作者| ： | 编辑|｜: what can follow a word for what somebody did, and one that ends a signature
_MARK = re.compile(r"[ 　]?[：:|｜/丨 　]")
_SIGN_END = re.compile(r"[\s)）。，,】]|$")
_GAP = re.compile(r"[、，,/&和;；|\s]+")
_BLANK = re.compile(r"[ 　]")
_BODY = regex(
    rf"(?:{alternation('outlet_end')}|{alternation('outlet')}|[报网社局委办厅部院校司]|公司|中心|集团|频道)$"
)
# （本报记者 |林晓| 摄）: what encloses a byline
_OPENED = re.compile(r"[(（【\[][^()（）【】\[\]]{0,30}\Z")
_CLOSED = re.compile(r"[^(（【\[]{0,40}[)）】\]]")
_REACH = 31
# what may follow a byline at a line's head, stand before it, and be left in a line after it
_HEAD_END = re.compile(r"[\s】)）]|$|(?:报道|摄|文)")
_CLAUSE = re.compile(r"[，。！？]")
_LAST = re.compile(r"\s*.{0,2}\Z")
# a byline in running text stands near its start (a dateline) or its end (a signature)
_EDGE, _SHORT = 60, 60
_LONGEST_BYLINE = 160


@dataclass(frozen=True, slots=True)
class Signature:
    """A line with the authors it names."""

    line: Line
    authors: tuple[Author, ...]


def find_signatures(layout: Layout) -> list[Signature]:
    """Find the lines that name who wrote, sent in, edited or pictured something, in the order of the text."""
    found = (Signature(line, tuple(_in_line(layout, line, words))) for line, words in _role_words(layout))
    return [signature for signature in found if signature.authors]


def find_authors(layout: Layout, signatures: Sequence[Signature]) -> tuple[Author, ...]:
    """Name those who wrote, sent in, edited or pictured the page, in the order of the text, each once a role.

    Who is declared (meta tags, fields of a record) counts where the text does not name them. A body (来源, 编辑：某某网) is
    no author, nor is a reporter of whom the text tells (记者从…获悉, 告诉记者).
    """
    found: list[Author] = []
    for signature in signatures:
        if signature.line.kind not in ("related", "teaser", "comment", "navigation"):
            found += signature.authors
    found += _declared(layout, {a.name for a in found})
    seen: dict[tuple[str, AuthorRole], Author] = {}
    for author in sorted(found, key=lambda a: (a.start is None, a.start or 0, a.end or 0)):
        seen.setdefault((author.name, author.role), author)
    return tuple(seen.values())


def find_byline(layout: Layout, signatures: Sequence[Signature], winner: Candidate | None) -> RawSpan | None:
    """Give the line of date, source and author: that of the winning stamp, else the first of that kind or with authors."""
    line = None
    if winner and winner.span and winner.kind == "stated":
        home = layout.line_at(winner.span.start)
        line = home if _is_short(home) else None
    line = line or next((n for n in layout.lines if n.kind == "byline" and _is_short(n)), None)
    line = line or next((s.line for s in signatures if _is_short(s.line)), None)
    if line is None:
        return None
    text, start, end = layout.page.to_raw(line.start, line.end)
    return RawSpan(text=text, start=start, end=end)


def _is_short(line: Line) -> bool:
    return len(line.text) <= _LONGEST_BYLINE and not line.is_sentence


def _role_words(layout: Layout) -> Iterator[tuple[Line, list[Found]]]:
    """Give the lines that hold words for what somebody did (记者, 编辑), with these words."""
    found = word_list("author_role").finditer(layout.page.text)
    for line, words in groupby(found, key=lambda m: layout.line_at(m.start())):
        yield line, list(words)


def _in_line(layout: Layout, line: Line, words: Sequence[Found]) -> Iterator[Author]:
    taken: set[int] = set()
    for pattern in _possible(line, words):
        for m in pattern.finditer(line.text):
            places = range(m.start(), m.end())
            if not taken.isdisjoint(places) or not _is_apart(line, m):
                continue
            taken.update(places)
            names = [(m["names"], m.start("names"))] if pattern is _PEN else _split(m)
            pictured = _PICTURED.match(line.text, m.end())
            word = pictured["role"] if pictured else m["role"]
            yield from (a for name, at in names if (a := _author(layout, line, name, at, word)))


def _possible(line: Line, words: Sequence[Found]) -> Iterator[Pattern]:
    """Give the patterns that can match a line, in their order: each asks for a word, or for a word before a mark."""
    is_marked = any(_MARK.match(line.text, m.end() - line.start) for m in words)
    if is_marked:
        yield _LABELLED
    if any(_is_bare(m.group()) for m in words):
        yield _CALLED
    if words[0].start() == line.start:
        yield _WHOLE
    if any(_can_sign(m.group()) and _SIGN_END.match(line.text, m.end() - line.start) for m in words):
        yield _SIGNED
    if is_marked:
        yield _PEN


def _is_apart(line: Line, m: re.Match[str]) -> bool:
    """Say whether a byline stands by itself: in a short line, at the line's edge, or in brackets."""
    if len(line.text) <= _SHORT and not line.is_running:
        return True
    start, end = m.span()
    if _OPENED.search(line.text, max(0, start - _REACH), start) and _CLOSED.match(line.text, end):
        return start <= _EDGE or len(line.text) - end <= _EDGE
    if start <= _EDGE and _HEAD_END.match(line.text, end) and not _CLAUSE.search(line.text, 0, start):
        return True
    return _LAST.match(line.text, end) is not None


def _split(m: re.Match[str]) -> list[tuple[str, int]]:
    """Cut 林晓、周启明 or 林晓 周启明 or 林 晓 into names, with where each stands."""
    start = m.start("names")
    return [(one[0], start + one.start()) for one in _ONE.finditer(m["names"])]


def _author(layout: Layout, line: Line, name: str, at: int, word: str) -> Author | None:
    role = _roles().get(word)
    shown = _BLANK.sub("", name)
    if role is None or not _is_somebody(shown):
        return None
    _, start, end = layout.page.to_raw(line.start + at, line.start + at + len(name))
    return Author(name=shown, role=role, start=start, end=end)


def _is_somebody(name: str) -> bool:
    return len(name) >= 2 and name.lower() not in by_word("nobody") and not _BODY.search(name)


@cache
def _is_bare(word: str) -> bool:
    """Say whether a name may follow a word at once: 记者林晓."""
    return any(bare in word for e in entries("author_role") if e.get("bare") for bare in e.words)


@cache
def _can_sign(word: str) -> bool:
    """Say whether a word, or its end, may follow a name: 林晓摄."""
    signs = (w for e in entries("author_role") if e.get("side") == "after" for w in e.words)
    return word.endswith(tuple(signs))


@cache
def _roles() -> dict[str, AuthorRole]:
    return {word: entry.get("role") for entry in entries("author_role") for word in entry.words}


def _declared(layout: Layout, known: set[str]) -> Iterator[Author]:
    for datum in layout.page.raw.declared:
        if datum.name != "author":
            continue
        for name in _GAP.split(datum.value) if re.search(r"[\u4e00-\u9fff]", datum.value) else [datum.value]:
            shown = name.strip()
            if shown not in known and len(shown) <= 40 and "://" not in shown and _is_somebody(shown):
                yield Author(name=shown, role="author")
