"""A telling and the bodies in, one flat record out: what is compared when events are joined."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from timeline.edtf import Edtf, Precision
from timeline.link.names import OccasionName, read_occasion_name
from timeline.link.organizations import Bodies
from timeline.link.tellings import PageHead, Telling, Tie, report_code
from timeline.records import EventMention, EventType, Role

Family = Literal["signing", "meeting", "beginning", "works", "visit", "award", "other"]

_FAMILIES: dict[EventType, Family] = {
    "signing": "signing",
    "forum": "meeting",
    "expo": "meeting",
    "unveiling": "beginning",
    "establishment": "beginning",
    "opening": "beginning",
    "launch": "beginning",
    "groundbreaking": "works",
    "visit": "visit",
    "award": "award",
    "other": "other",
}
# 近日, 日前: the day of the page stands for the weeks before it
_ABOUT_BEFORE = 21
_ABOUT_AFTER = 3
# who makes an event, against who is merely there
_MAKERS = frozenset({"party", "host", "organizer", "co_host", "recipient"})


class Where(NamedTuple):
    """The place of an event, as it is compared."""

    name: str
    adcode: str | None


class Sum(NamedTuple):
    """The amount of an event, as it is compared."""

    currency: str
    value: float
    text: str


class Slim(NamedTuple):
    """All that is compared of a report, in plain values: small enough to be kept for each of millions."""

    page: str
    mention: str
    type: EventType
    edtf: str | None
    title: str | None
    place: tuple[str, str | None] | None
    amount: tuple[str, float, str] | None
    makers: tuple[str, ...]
    subjects: tuple[str, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """One telling of an event with its bodies by their keys, its names read.

    `makers` make the event, `subjects` are founded or opened by it; `days` are the month-days its date names, `window`
    the ordinals of the first and last day it can be, wider where it is only about then, `words` the date as written. `parties` go with the
    mention's organisations, `code` is the report's short name. What is not compared stands in `telling`, which a slim
    report goes without.
    """

    key: tuple[str, str]
    code: int
    type: EventType
    family: Family
    date: Edtf | None
    name: OccasionName | None
    place: Where | None
    amount: Sum | None
    makers: frozenset[str]
    subjects: frozenset[str]
    bodies: frozenset[str]
    days: frozenset[tuple[int, int]]
    window: tuple[int | None, int | None]
    words: str
    precision: Precision | None
    is_about: bool
    is_year_known: bool
    parties: tuple[str, ...] = ()
    ties: tuple[tuple[frozenset[str], Tie], ...] = ()
    telling: Telling | None = None

    @property
    def page(self) -> PageHead:
        """Give the page; only of a report that was read from a telling."""
        assert self.telling is not None
        return self.telling.page

    @property
    def mention(self) -> EventMention:
        """Give the mention; only of a report that was read from a telling."""
        assert self.telling is not None
        return self.telling.mention


def read_report(telling: Telling, bodies: Bodies) -> Report:
    """Make a report of a telling."""
    return _widen(
        slim_down(draft_report(telling), bodies),
        parties=tuple(map(bodies.body_of, telling.keys)),
        ties=tuple((frozenset(map(bodies.body_of, tie.keys)), tie) for tie in telling.ties),
        telling=telling,
    )


class Draft(NamedTuple):
    """What is compared of a telling before it is known which bodies its keys mean."""

    page: str
    mention: str
    type: EventType
    edtf: str | None
    title: str | None
    place: tuple[str, str | None] | None
    amount: tuple[str, float, str] | None
    parties: tuple[tuple[str, Role], ...]


def draft_report(telling: Telling) -> Draft:
    """Take from a telling what is compared."""
    mention = telling.mention
    place, amount = mention.place, mention.amount
    return Draft(
        telling.page.id, mention.id, mention.type, mention.date.edtf, mention.title or mention.theme,
        (place.name, place.adcode) if place else None,
        (amount.currency, amount.value, amount.text) if amount else None,
        tuple(zip(telling.keys, (o.role for o in mention.organizations), strict=True)),
    )  # fmt: skip


def slim_down(draft: Draft, bodies: Bodies) -> Slim:
    """Put who acts in place of the keys."""
    actors = [(bodies.actor_of(key), role) for key, role in draft.parties]
    parties = [(actor, role) for actor, role in actors if actor is not None]
    return Slim(
        *draft[:7],
        tuple([actor for actor, role in parties if role in _MAKERS]),
        tuple([actor for actor, role in parties if role == "unveiled"]),
        tuple([actor for actor, _ in parties]),
    )


def widen(slim: Slim) -> Report:
    """Make a report of what is compared of it."""
    return _widen(slim)


def _widen(
    slim: Slim,
    *,
    parties: tuple[str, ...] = (),
    ties: tuple[tuple[frozenset[str], Tie], ...] = (),
    telling: Telling | None = None,
) -> Report:
    when = _read_date(slim.edtf) if slim.edtf else _UNDATED
    return Report(
        key=(slim.page, slim.mention),
        code=report_code(slim.page, slim.mention),
        type=slim.type,
        family=_FAMILIES[slim.type],
        date=when.date,
        name=read_occasion_name(slim.title) if slim.title else None,
        place=Where(*slim.place) if slim.place else None,
        amount=Sum(*slim.amount) if slim.amount else None,
        makers=frozenset(slim.makers),
        subjects=frozenset(slim.subjects),
        bodies=frozenset(slim.bodies),
        days=when.days,
        window=when.window,
        words=when.words,
        precision=when.precision,
        is_about=when.is_about,
        is_year_known=when.is_year_known,
        parties=parties,
        ties=ties,
        telling=telling,
    )


@dataclass(frozen=True, slots=True)
class _When:
    """What is read of a date once, however many reports give it."""

    date: Edtf | None
    days: frozenset[tuple[int, int]]
    window: tuple[int | None, int | None]
    words: str = ""
    precision: Precision | None = None
    is_about: bool = False
    is_year_known: bool = False


_UNDATED = _When(None, frozenset(), (None, None))


@lru_cache(maxsize=1 << 16)
def _read_date(edtf: str) -> _When:
    value = Edtf.parse(edtf)
    low, high = value.bounds()
    first = low.toordinal() if low else None
    last = high.toordinal() if high else None
    if value.is_approximate:
        first = first - _ABOUT_BEFORE if first else None
        last = last + _ABOUT_AFTER if last else None
    return _When(
        value,
        _month_days(value),
        (first, last),
        str(value),
        value.precision,
        value.is_approximate,
        value.is_year_known,
    )


def _month_days(value: Edtf) -> frozenset[tuple[int, int]]:
    """List the month-days a value begins and ends on, (month, 0) where no day is known; empty where no month is."""
    found = set()
    for point in value.points:
        if point.month is not None and point.month != "XX" and int(point.month) <= 12:
            is_day = point.day is not None and point.day != "XX"
            found.add((int(point.month), int(point.day or 0) if is_day else 0))
    return frozenset(found)
