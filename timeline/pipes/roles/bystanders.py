"""Bodies that stand in a telling's sentence and do not act in it: a body with its text in, why it stands aside out, as yes or no.

The scene (在某大学举行), the agency that reports, the owner of who acts (A旗下的B), what a bracket explains (B（原A）), and the
affiliation of somebody who is only present (A董事长出席). Who permits or asks for something (经A批准, 受A委托) stands aside too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from timeline import lexicon
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.entities.people import PersonSpan
from timeline.pipes.tellings.drafts import Telling
from timeline.pipes.words.layout import find_clauses
from timeline.pipes.words.wording import anywhere, words_of

_BREAK = re.compile(r"[，。；！？：:,;\n]|由")
_WITH = re.compile(r"[与和同及]")
# What follows the name of a news agency: 新华社北京5月9日|电
_AGENCY = re.compile(r"[^，。；]{0,12}?(?:电|讯|消息)(?:[（(\s　]|$)|报道")
# 在|总台: what puts a body at the scene
_THERE = re.compile(r"(?<![正现存])[在于][^，。；、与和同由到赴来对向0-9月日年]{0,4}$")
_SCENE = 14  # characters between 在某大学 and the verb that happens there
_OWNED = 12  # characters between 旗下 and the body that is owned
_BRACKET = 40  # the longest bracket that explains a name
_GRANTED = 30  # characters between 经 and 批准 with a list of bodies
# 经|省教育厅|批准, 获|市民政局、省商务厅|批复: what opens the naming of who permits or asks
_BY = re.compile(r"(?:经|经过|获|获得|得到|受|应|报|由)(?:[^，。；]{2,25}[、和与及])?$")
# 省民政厅|、省商务厅|批准
_ALSO = re.compile(r"(?:[、和与及][^，。；、]{2,20}){0,3}(?:正式|联合|共同|的)?")
_POST = 25  # characters between a body and the person who belongs to it


def is_aside(
    text: str, body: OrganizationSpan, telling: Telling, bodies: Sequence[OrganizationSpan] = ()
) -> bool:
    """Say whether a body only frames what is told: the scene, the agency, an owner, or what a bracket explains."""
    before = text[max(0, body.start - 1) : body.start]
    if before in ("据", "从") or _AGENCY.match(text, body.end):
        return True
    if anywhere("organizations", "formerly").match(text, body.end):
        return True
    is_there = bool(_THERE.search(text, max(0, body.start - 6), body.start))
    is_next = before in ("在", "于") and anywhere("organizations", "deal", "verb", "act").match(
        text, body.end
    )
    if is_there and (0 <= telling.start - body.end <= _SCENE or is_next):
        return True
    return _is_owner(text, body, bodies) or _is_granter(text, body) or _is_bracketed(text, body, telling)


def is_watcher(text: str, body: OrganizationSpan, telling: Telling, people: Sequence[PersonSpan]) -> bool:
    """Say whether a body is only the affiliation of a person who is present, or stands before 出席."""
    if _is_of_person(text, body, people) and not _signs_itself(text, telling):
        return True
    low, high = next(
        (
            c
            for c in find_clauses(text, telling.sentence.start, telling.sentence.end)
            if c[0] <= body.start < c[1]
        ),
        (body.start, telling.sentence.end),
    )
    after = text[body.end : high]
    hit = _watch().search(after)
    between = text[body.end : body.end + hit.start()] if hit else ""
    return (
        hit is not None
        and not (low <= telling.start < high and telling.start < body.end + hit.start())
        and len(between) <= 40
    )


def _signs_itself(text: str, telling: Telling) -> bool:
    """Say whether people sign here for their bodies: 校长与董事长签署, and not 共同见证|签约."""
    is_seen = any(text.startswith(word, telling.start - len(word)) for word in _seen() if word)
    return telling.type == "signing" and telling.form == "verb" and not is_seen


def _is_owner(text: str, body: OrganizationSpan, bodies: Sequence[OrganizationSpan]) -> bool:
    """Say whether the next body is this one's own: 青禾集团旗下|北辰电池, 青禾集团全资子公司|北辰电池."""
    owned = anywhere("organizations", "owned").match(text, body.end)
    if not owned:
        return False
    after = min((b.start for b in bodies if b.start >= owned.end()), default=None)
    if after is None or after - owned.end() > _OWNED:
        return False
    gap = text[owned.end() : after]
    return not _BREAK.search(gap) and not anywhere("organizations", "joint", "deal", "act").search(gap)


def _is_granter(text: str, body: OrganizationSpan) -> bool:
    """Say whether a body permits or asks for what others do: 经|省教育厅|批准, 获|省民政厅|批复, 受|市发改委|委托.

    同意 and 邀请 say so only behind 经, 应 or 受; 批准设立 does by itself.
    """
    granted = next(anywhere("roles", "grant", "permit").finditer(text, body.end, body.end + _GRANTED), None)
    if granted is None or not _ALSO.fullmatch(text, body.end, granted.start()):
        return False
    is_asked = bool(_BY.search(text, max(0, body.start - _GRANTED), body.start))
    return is_asked or granted.group() in words_of("roles", "permit")


def _is_bracketed(text: str, body: OrganizationSpan, telling: Telling) -> bool:
    """Say whether a body stands in a bracket that explains another or opens a report: 青川制药（原青川药厂）, 【青川网讯】."""
    low = max(telling.sentence.start, body.start - _BRACKET)
    opened = max(text.rfind(mark, low, body.start) for mark in "（(【")
    if opened < 0 or max(text.rfind(mark, opened, body.start) for mark in "）)】") >= 0:
        return False
    closed = min(
        (at for at in (text.find(m, body.end, body.end + _BRACKET) for m in "）)】") if at >= 0), default=-1
    )
    return closed >= 0 and not (opened < telling.start < closed)


def _is_of_person(text: str, body: OrganizationSpan, people: Sequence[PersonSpan]) -> bool:
    """Say whether a body is followed by a person it belongs to: 青禾集团董事长王川."""
    for person in people:
        if 0 <= person.start - body.end <= _POST and not _BREAK.search(text, body.end, person.start):
            between = text[body.end : person.start]
            return bool(between.strip()) and not _WITH.search(between)
    return False


@cache
def _watch() -> re.Pattern[str]:
    words = [w for e in lexicon.load("roles") if e.kind == "watch" for w in e.words]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def _seen() -> tuple[str, ...]:
    return tuple(w for e in lexicon.load("roles") if e.kind == "witness" for w in e.words)
