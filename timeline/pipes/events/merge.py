"""One event told twice in a page becomes one: placed drafts of all segments in, one draft an event out.

Two tellings are one event when their types go together, no date contradicts, and names or bodies agree; where a telling
names nothing of its own (签约仪式上), nearness in the page decides. Sub-events keep their own names and stay apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from itertools import islice

from timeline.edtf import Edtf
from timeline.lexicon.ontology import is_one_family
from timeline.pipes.tellings.drafts import Draft, Named, Part
from timeline.pipes.tellings.occasions import fold_name, has_own_mark
from timeline.pipes.tellings.phrases import is_described
from timeline.pipes.tellings.sameness import COUNT, is_same_body, is_same_name, overlap
from timeline.records import Segment, Status

_FORM = {"held": 2, "verb": 1, "named": 0}
_NEAR = 3
_VAGUE = timedelta(days=60)  # how far from another date a vague one can still be meant
_SHORT = 6  # characters of a name that can be the last words of a fuller one
_OFFICE = 4  # characters of an office without its place
_COMMON = 6  # characters of a name that many occasions share: 国庆招待会
_ASKED = 12  # tellings of an event at either end that a further one is compared with
_REACH = 120  # events looked back over for one told before: more than nearly every page has


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft with the segment it stands in; `item` numbers the news items of the page, `order` the drafts.

    `told` lists where the event is told, once its tellings are joined.
    """

    draft: Draft
    segment: Segment
    item: int
    order: int
    told: tuple[int, ...] = ()


def join_tellings(placed: Sequence[Placed]) -> list[Placed]:
    """Join the tellings of each event, in the order in which the page first tells it."""
    groups: list[list[Placed]] = []
    for one in placed:
        home = next((g for g in islice(reversed(groups), _REACH) if _belongs(one, g)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    joined = [j for j in (_join(g) for g in groups) if not _is_bare_anaphor(j.draft)]
    dated = {j.item for j in joined if j.draft.is_headline and _is_dated(j.draft)}
    return _with_news([_ranked(j, dated) for j in joined if not _is_bare_plan(j.draft)])


def _with_news(every: Sequence[Placed]) -> list[Placed]:
    """Make headlines of what a page reports beside its lead.

    That is the first dated event where no lead tells one, and what stands in a paragraph of its own on the very day
    of the headline (同时…揭牌).
    """
    out = list(every)
    if not any(e.draft.is_headline for e in out):
        early = (
            i for i, e in enumerate(out) if _is_dated_news(e) and e.draft.telling.sentence.paragraph <= 3
        )
        first = next(early, None)
        if first is not None:
            out[first] = _as_headline(out[first])
    days = {e.draft.date.edtf for e in out if e.draft.is_headline and e.draft.date is not None}
    for i, one in enumerate(out):
        date, sentence = one.draft.date, one.draft.telling.sentence
        if _is_dated_news(one) and date is not None and date.edtf in days and sentence.place == 0:
            out[i] = _as_headline(one)
    return out


def _is_dated_news(one: Placed) -> bool:
    """Say whether an event of the page's own article has a day of its own and is not history."""
    draft = one.draft
    if one.segment.kind != "article" or draft.is_history or draft.date is None or draft.date.edtf is None:
        return False
    value = Edtf.parse(draft.date.edtf)
    return value.precision == "day" and not value.is_approximate and draft.telling.form != "named"


def _as_headline(one: Placed) -> Placed:
    return replace(one, draft=replace(one.draft, is_headline=True))


def _ranked(one: Placed, dated: set[int]) -> Placed:
    """Take the headline from an undated telling where a dated event of the same item carries it."""
    if not one.draft.is_headline or _is_dated(one.draft):
        return one
    if dated & {one.item - 1, one.item, one.item + 1}:
        return replace(one, draft=replace(one.draft, is_headline=False))
    return one


def _is_dated(draft: Draft) -> bool:
    return draft.date is not None and draft.date.edtf is not None


def _is_bare_plan(draft: Draft) -> bool:
    """Say whether a plan is told by a verb alone, with no date anywhere in the page."""
    return draft.status == "planned" and draft.telling.form == "verb" and not _is_dated(draft)


def _belongs(one: Placed, group: Sequence[Placed]) -> bool:
    """Say whether a telling is of a group's event: it agrees with a member and contradicts none.

    Of an event that is told without end, the first and the last tellings are asked.
    """
    if len(group) > 2 * _ASKED:
        group = [*group[:_ASKED], *group[-_ASKED:]]
    if any(_contradicts(one.draft, g.draft) for g in group):
        return False
    return any(_agrees(one, g) for g in group)


def _contradicts(a: Draft, b: Draft) -> bool:
    if a.date and b.date and a.date.edtf and b.date.edtf and _are_apart(a.date.edtf, b.date.edtf):
        is_headed = a.telling.sentence.is_heading or b.telling.sentence.is_heading
        if not (is_headed and _is_year_apart(a.date.edtf, b.date.edtf)):
            return True
    if a.telling.type != b.telling.type and (a.status == "planned") != (b.status == "planned"):
        return not (_is_occasion(a) and _is_occasion(b))
    if not (a.title and b.title and _is_occasion(a) and _is_occasion(b)):
        return False
    return not is_same_name(a.title, b.title) or _are_held_apart(a, b)


def _are_held_apart(a: Draft, b: Draft) -> bool:
    """Say whether two occasions of one common name have other hosts: 国庆招待会 of two embassies."""
    if len(fold_name(a.title or "")) > _COMMON or has_own_mark(a.title or ""):
        return False
    one, other = ([p.name for p in d.parts if p.role == "host"] for d in (a, b))
    return bool(one and other) and not any(is_same_body(x, y) for x in one for y in other)


@lru_cache(maxsize=4096)
def _are_apart(one: str, other: str) -> bool:
    """Say whether no day can be meant by both of two dates, a vague one (去年底, 近日) taken with some weeks around it."""
    left, right = Edtf.parse(one), Edtf.parse(other)
    if left.is_approximate or right.is_approximate:
        return _gap(left, right) > _VAGUE
    return not left.is_compatible(right)


def _gap(left: Edtf, right: Edtf) -> timedelta:
    """Give the time between two dates; none where they overlap, or the year of one is not known."""
    (low, high), (first, last) = left.bounds(), right.bounds()
    if low is None or high is None or first is None or last is None:
        return timedelta()
    return max(low - last, first - high, timedelta())


def _is_year_apart(heading: str, text: str) -> bool:
    """Say whether a heading's date gives the same month and day as the text's, in a year that neither states."""
    one, other = Edtf.parse(heading).points[0], Edtf.parse(text).points[0]
    return (one.month, one.day) == (other.month, other.day) and one.day is not None


def _agrees(one: Placed, other: Placed) -> bool:
    a, b = one.draft, other.draft
    is_one = a.title == b.title and a.telling.sentence == b.telling.sentence
    if a.title and is_one and _is_occasion(a) != _is_occasion(b):
        return True  # 启动2023关爱服务活动
    if a.title and b.title and _is_occasion(a) and _is_occasion(b):
        is_one = fold_name(a.title) == fold_name(b.title)
        return is_one or (_kin(a, b) and is_same_name(a.title, b.title))
    bodies = _bodies(a), _bodies(b)
    if not _kin(a, b):
        news = {"launch", "opening", "establishment", "unveiling"}
        same = any(is_same_body(x, y) for x in bodies[0] for y in bodies[1])
        near = one.item == other.item or _is_headline_pair(one, other)
        verbs = a.telling.form == b.telling.form == "verb"
        return verbs and {a.telling.type, b.telling.type} <= news and same and near
    if bodies[0] and bodies[1]:
        if a.telling.type == "signing":
            return _is_one_signing(one, other, bodies)
        shared = [x for x in bodies[0] if any(is_same_body(x, y) for y in bodies[1])]
        return bool(shared) and (one.item == other.item or _is_headline_pair(one, other) or len(shared) >= 2)
    return _is_near(one, other)


def _is_one_signing(one: Placed, other: Placed, sides: tuple[list[str], list[str]]) -> bool:
    """Say whether two signings have the same sides: all of the shorter list, or all but one where one is told in passing.

    What one sentence holds and signs is one: 举行签约仪式，由双方代表签署.
    """
    if one.draft.telling.sentence == other.draft.telling.sentence:
        ceremonies = [d for d in (one.draft, other.draft) if d.telling.occasion is not None]
        if len(ceremonies) == 1:
            return True
    short, long = sorted(sides, key=len)
    apart = [x for x in short if not any(is_same_body(x, y) for y in long)]
    if not apart:
        return one.item == other.item or _is_headline_pair(one, other) or len(short) >= 2
    first, later = sorted((one, other), key=lambda p: p.order)
    if first.draft.telling.sentence.is_heading and first.draft.date is None and len(apart) < len(short):
        return _is_headline_pair(one, other) or _is_near(one, other)
    return later.draft.date is None and len(short) == 1 and _is_near(one, other)


def _kin(a: Draft, b: Draft) -> bool:
    return is_one_family(a.telling.type, b.telling.type)


def _is_occasion(draft: Draft) -> bool:
    return draft.telling.occasion is not None and draft.telling.occasion.is_named


def _bodies(draft: Draft) -> list[str]:
    """Give what tells two events of a type apart: parties, founded bodies, the thing itself."""
    named = [p.name for p in draft.parts if p.role in ("party", "unveiled")]
    if draft.telling.type in ("groundbreaking", "opening", "launch") and draft.title:
        named.append(draft.title)
        named += (
            [draft.body] if draft.body and draft.body != draft.title else []
        )  # 我国首台…机组——甲电站1号机组
    named = [name for name in named if not is_described(name)]
    if draft.telling.type == "visit":
        named += [p.name for p in draft.people]
    return named


def _is_near(one: Placed, other: Placed) -> bool:
    """Say whether a telling without names of its own stands close enough to be the other's."""
    if not _fits(one.draft, other.draft) or not _fits(other.draft, one.draft):
        return False
    titles = fold_name(one.draft.title or ""), fold_name(other.draft.title or "")
    if one.item != other.item and all(titles) and not overlap(*titles):
        return False  # a heading about something else
    if one.item == other.item:
        return abs(one.draft.telling.sentence.paragraph - other.draft.telling.sentence.paragraph) <= _NEAR
    return _is_headline_pair(one, other)


def _fits(one: Draft, other: Draft) -> bool:
    """Say whether an unnamed occasion can be the named one: 签约仪式 of 甲乙签约仪式, but no 采集仪式 of a forum."""
    occasion = one.telling.occasion
    if occasion is None or occasion.is_named or other.title is None or not _is_occasion(other):
        return True
    mine = fold_name(occasion.name)
    return mine in fold_name(other.title) or mine == fold_name(occasion.head)


def _is_headline_pair(one: Placed, other: Placed) -> bool:
    first, second = sorted((one, other), key=lambda p: p.order)
    return first.draft.telling.sentence.is_heading and second.item - first.item <= 2


def _join(group: Sequence[Placed]) -> Placed:
    main = max(group, key=_weight)
    rest = [g for g in group if g is not main]
    draft = main.draft
    for other in rest:
        draft = _filled(draft, other.draft)
    named = [g.draft.title for g in group if g.draft.title]
    if named and draft.telling.occasion is not None and draft.telling.occasion.is_named:
        draft = replace(
            draft,
            title=max(
                named, key=lambda n: (bool(COUNT.search(n)), len(fold_name(n)) <= 60, len(fold_name(n)))
            ),
        )
    is_headline = any(_tells_news(g) for g in group) and not draft.is_history
    status = _status([g.draft for g in group], draft)
    bonus = 0.05 * min(2, len(rest))
    confidence = round(min(0.97, draft.confidence + bonus), 2)
    draft = replace(draft, is_headline=is_headline, status=status, confidence=confidence)
    return replace(main, draft=draft, told=tuple(g.draft.telling.start for g in group))


def _weight(one: Placed) -> tuple[float, ...]:
    draft = one.draft
    dated = draft.date is not None and draft.date.edtf is not None
    return (
        float(dated),
        float(not draft.telling.sentence.is_heading),
        _FORM[draft.telling.form],
        float(len(draft.parts)),
        float(-one.order),
    )


def _filled(draft: Draft, other: Draft) -> Draft:
    """Take from another telling what this one lacks; its parts are borrowed unless it is the same sentence."""
    borrowed = other.telling.sentence != draft.telling.sentence
    date = draft.date
    if (date is None or date.edtf is None) and other.date is not None:
        date = other.date
    return replace(
        draft,
        title=draft.title or other.title,
        theme=draft.theme or other.theme,
        body=draft.body or other.body,
        date=date,
        parts=_union(draft.parts, other.parts, borrowed=borrowed),
        people=_people(draft.people, other.people),
        place=draft.place or other.place,
        amount=draft.amount or other.amount,
        is_history=draft.is_history and other.is_history,
        whole=draft.whole if draft.whole is not None else other.whole,
    )


def _union(mine: Sequence[Part], theirs: Sequence[Part], *, borrowed: bool) -> tuple[Part, ...]:
    out = list(mine)
    has_sides = sum(p.role == "party" for p in mine) >= 2
    for part in theirs:
        same = [i for i, p in enumerate(out) if is_same_body(p.name, part.name)]
        at = next((i for i in same if out[i].role not in ("attendee", "other")), next(iter(same), None))
        if at is None and part.role == "party" and has_sides and borrowed:
            out.append(replace(part, role="attendee", is_borrowed=True))
        elif at is None:
            out.append(replace(part, is_borrowed=part.is_borrowed or borrowed))
        elif (out[at].role in ("attendee", "other") and part.role not in ("attendee", "other")) or (
            out[at].role == part.role and _is_tail(out[at], part)
        ):
            out[at] = replace(part, is_borrowed=part.is_borrowed or borrowed)
    acting = {p.name for p in out if p.role != "attendee"}
    return tuple(p for p in out if p.role != "attendee" or p.name not in acting)


def _is_tail(one: Part, other: Part) -> bool:
    """Say whether a name is only the last words of another: 产业学院 of 青川汽车产业学院, 工信厅 of 山海省工信厅."""
    short, long = one.name, other.name
    longest = _SHORT if one.role == "unveiled" else _OFFICE
    return len(short) < len(long) and len(short) <= longest and long.endswith(short)


def _people(mine: Sequence[Named], theirs: Sequence[Named]) -> tuple[Named, ...]:
    out = list(mine)
    for person in theirs:
        at = next((i for i, p in enumerate(out) if p.name == person.name), None)
        if at is None:
            out.append(person)
        elif out[at].title is None and person.title is not None:
            out[at] = person
    return tuple(out)


def _tells_news(one: Placed) -> bool:
    sentence = one.draft.telling.sentence
    if one.segment.kind not in ("article", "headline") or one.draft.is_history:
        return False
    if one.draft.telling.form == "named" and (one.draft.date is None or not sentence.is_lead):
        return False
    return sentence.is_heading or (sentence.is_lead and not one.draft.is_aside)


def _status(drafts: Sequence[Draft], main: Draft) -> Status:
    """Give the status of an event told often: what is called off stays so, unless the page tells its new day."""
    is_moved = main.status == "planned" and _is_dated(main)
    if any(d.status == "cancelled" and (not is_moved or _is_dated(d)) for d in drafts):
        return "cancelled"
    return main.status


def _is_bare_anaphor(draft: Draft) -> bool:
    occasion = draft.telling.occasion
    if occasion is None or occasion.is_named:
        return False
    return draft.title is None and (occasion.is_anaphor or draft.date is None)
