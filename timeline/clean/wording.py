"""A line, and the same without its bullet, in; the marks that rest on words of the lexicon, and on names of fields, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from timeline.clean.shapes import is_final
from timeline.lexicon import load
from timeline.patterns import regex
from timeline.wordlists import WordKinds, WordList

_SIGNED = regex(r"[（(【\[][^（）()]{1,40}[）)】\]]")  # （江河日报记者 江山）
_PARTS = re.compile(r"[\s|丨｜/·>\[\]【】]+")
_FIELD = re.compile(  # title: '…' | 'title' => "…" | "title": "…"
    r"""[\s{\[(,]{0,20}["']?(?P<name>[A-Za-z_]\w{0,20})["']?\s?(?:=>|[:=])\s?(?:["'\[{(]|\S)"""
)
_FIELDS = ("field_title", "field_text", "field_stamp", "field_other")
_ANY_SIZE = 10**9

_Test = Callable[[str, str], object]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line that holds a word of some kind bears the mark if it is no longer than `longest` and passes the test, given both forms."""

    mark: str
    longest: int = _ANY_SIZE
    test: _Test | None = None


def find_wording(shown: str, bare: str) -> Iterator[str]:
    """Give the marks that the words of a line give it.

    >>> list(find_wording("来源：青川日报", "来源：青川日报"))
    ['label']
    """
    size = len(shown)
    for kind in _kinds().held_by(shown):
        for rule in _rules().get(kind, ()):
            if size <= rule.longest and (rule.test is None or rule.test(shown, bare)):
                yield rule.mark


def find_field(shown: str) -> Iterator[str]:
    """Give the marks of a line that begins with the name of a field in data or source code.

    >>> list(find_field('"title": "两校签约"'))
    ['field', 'field_title']
    """
    field = _FIELD.match(shown)
    if field:
        yield "field"
        yield from (kind for kind in _FIELDS if _words(kind).fullmatch(field["name"]))


@cache
def _rules() -> Mapping[str, tuple[_Rule, ...]]:
    """Say by the kind of a word which marks it can give, in how long a line, and what else must be so."""
    navigation = _Rule("navigation", test=_is_navigation)
    return {
        "navigation": (navigation,),
        "related": (navigation, _Rule("related", test=_opens("related"))),
        "comments": (_Rule("comments", test=_opens("comments")),),
        "abstract": (_Rule("abstract", test=_opens("abstract")),),
        "footer": (_Rule("footer", 200),),
        "disclaimer": (_Rule("disclaimer", 600, _begins("disclaimer")),),
        "reply": (_Rule("reply", 80),),
        "label": (_Rule("label", 120, _has_label),),
        "byline": (_Rule("byline", 60),),
        "caption_within": (_Rule("caption", 80),),
        "caption_start": (_Rule("caption", 80, _begins("caption_start")),),
        "caption_end": (_Rule("caption", 80, lambda shown, _: _credit().search(shown)),),
        "notice": (_Rule("notice", test=_stands_before_colon("notice")),),
        "when": (_Rule("when", 40, _stands_before_colon("when")),),
        "contact": (_Rule("contact", 80, _stands_before_colon("contact")),),
        "signed": (_Rule("signed", 42, _is_signed),),
        "body": (_Rule("body_label", test=_stands_before_colon("body")),),
        "heading": (_Rule("title_label", test=_stands_before_colon("heading")),),
        "bulletin": (_Rule("bulletin", 24),),
        "intro": (_Rule("intro", 30),),
        "crumbs": (_Rule("crumbs", 40, lambda shown, _: _crumb_end().search(shown)),),
        "dateline": (_Rule("dateline", test=_begins("dateline")),),
        "opener": (_Rule("opener", test=lambda shown, _: _words("opener").fullmatch(shown.rstrip("，,"))),),
    }


def _begins(kind: str) -> _Test:
    words = _words(kind)
    return lambda _, bare: words.match(bare)


def _stands_before_colon(kind: str) -> _Test:
    return lambda _, bare: _colon(kind).match(bare)


def _opens(kind: str) -> _Test:
    return lambda _, bare: _is_opened(kind, bare)


def _is_opened(kind: str, bare: str) -> bool:
    """Say whether a heading opens the line: it says little more, or goes on after a colon, or is no sentence."""
    match = _words(kind).match(bare)
    if not match:
        return False
    rest = bare[match.end() :]
    return len(rest) <= 10 or rest[0] in ":：（(" or not is_final(rest)


def _is_navigation(shown: str, bare: str) -> bool:
    """Say whether a line is a button or a bar of them: 首页 | 3 上一篇 下一篇 4 放大 缩小 默认."""
    if _words("navigation").fullmatch(bare.rstrip(" 】]）)>»:：|丨")):
        return True
    parts = [part for part in _PARTS.split(shown) if part] if len(shown) <= 60 else []
    hits = sum(
        bool(_words("navigation").fullmatch(part) or _words("related").fullmatch(part)) for part in parts
    )
    return hits >= 2 and hits * 2 >= len(parts)


def _has_label(shown: str, _: str) -> bool:
    """Say whether a line that asks nothing has a word such as 来源 before a colon."""
    is_asked = "?" in shown or "？" in shown
    return not is_asked and (":" in shown or "：" in shown) and bool(_label().search(shown))


def _is_signed(shown: str, _: str) -> bool:
    """Say whether a line names who wrote the text: （江河日报记者 江山） | 本报记者 江山 通讯员 江水."""
    if _SIGNED.fullmatch(shown):
        return bool(_words("signed").search(shown))
    return bool(_signer().match(shown)) and not is_final(shown)


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
