"""Events as rows of a chronology: events with their evidence in, months of rows out, in the order they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.answers import EventEvidence
from api.view.dates import DateView, describe, parse, read_date
from api.view.marks import Quote, quote
from api.view.texts import Texts
from timeline.chronology import Event, EventParty
from timeline.edtf import Edtf, Point
from timeline.records import EventMention, EventType, Role

# Type families share an accent colour: agreements, meetings, foundings, honours, the rest.
FAMILIES: Mapping[EventType, str] = {
    "signing": "accord",
    "forum": "meeting",
    "expo": "meeting",
    "visit": "meeting",
    "unveiling": "founding",
    "establishment": "founding",
    "groundbreaking": "founding",
    "opening": "founding",
    "launch": "founding",
    "award": "honour",
    "other": "plain",
}
_ROLE_ORDER: tuple[Role, ...] = ("party", "host", "co_host", "organizer", "supporter", "unveiled", "recipient", "attendee", "witness", "other")  # fmt: skip
# Organisations a row names before it says how many more there are.
_MOST_PARTIES = 8


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The organisations of one role; `more` counts those a short list leaves out."""

    role: Role
    parties: tuple[EventParty, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One event as a list shows it."""

    event: Event
    date: DateView
    family: str
    headline: str
    roles: tuple[RoleGroup, ...]
    quote: Quote | None
    page: str | None
    mention: str | None
    reports: int
    outlets: int
    reprints: int


@dataclass(frozen=True, slots=True)
class Month:
    """The rows of one month, or of a coarser time for rows without one; `value` is what `from` takes."""

    key: str
    title: str
    value: str | None
    rows: tuple[Row, ...]


def make_row(event: Event, evidence: Sequence[EventEvidence], texts: Texts) -> Row:
    """Make the row of an event; its quotation is that of its first report."""
    first = evidence[0] if evidence else None
    dating = find_dating(event, evidence)
    is_elsewhere = dating is not None and not _stands_in_sentence(dating.mention)
    return Row(
        event=event,
        date=read_date(event.date, texts, is_elsewhere=is_elsewhere),
        family=FAMILIES[event.type],
        headline=name_event(event, texts),
        roles=_roles_beside(event),
        quote=quote(first.mention) if first else None,
        page=first.page if first else None,
        mention=first.mention.id if first else None,
        reports=len(event.sources),
        outlets=count_outlets(event),
        reprints=sum(source.is_reprint for source in event.sources),
    )


def find_dating(event: Event, evidence: Sequence[EventEvidence]) -> EventEvidence | None:
    """Find the report whose words gave the event its date; the first report where none says just this."""
    words = (event.date.edtf, event.date.text, event.date.start)
    exact = (e for e in evidence if (e.mention.date.edtf, e.mention.date.text, e.mention.date.start) == words)
    return next(exact, evidence[0] if evidence else None)


def group_months(rows: Iterable[Row], texts: Texts) -> tuple[Month, ...]:
    """Put rows of one month together, months in the order of their first row."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault(_month_of(parse(row.event.date.edtf), texts), []).append(row)
    return tuple(
        Month(key, title, key if key[:4].isdigit() else None, tuple(members))
        for (key, title), members in groups.items()
    )


def name_event(event: Event, texts: Texts) -> str:
    """Name an event: by its own title or theme, else by who takes part, else by its place or its type."""
    if event.title or event.theme:
        return event.title or event.theme or ""
    joint = " × " if event.type == "signing" else texts("join.names")
    place = event.place.name if event.place else ""
    return joint.join(_leading(event)) or place or texts(f"type.{event.type}")


def group_roles(event: Event, *, most: int | None = None) -> tuple[RoleGroup, ...]:
    """Put an event's organisations together by role, those who act before those who attend."""
    groups: list[RoleGroup] = []
    left = most
    for role in _ROLE_ORDER:
        parties = tuple(o for o in event.organizations if o.role == role)
        if not parties:
            continue
        shown = parties if left is None else parties[: max(left, 0)]
        left = None if left is None else left - len(shown)
        groups.append(RoleGroup(role, shown, len(parties) - len(shown)))
    return tuple(groups)


def count_outlets(event: Event) -> int:
    """Count the independent outlets: reprints do not count, nor does one outlet twice."""
    own = [source for source in event.sources if not source.is_reprint] or list(event.sources[:1])
    return len({source.outlet or source.page for source in own})


def _stands_in_sentence(mention: EventMention) -> bool:
    """Say whether the date stands in the event's own sentence; one from elsewhere is taken over, however plain."""
    start = mention.date.start
    return start is not None and mention.sentence.start <= start < mention.sentence.end


def _leading(event: Event) -> tuple[str, ...]:
    """Give the names an event without a title goes by."""
    names = [party.name for group in group_roles(event) for party in group.parties]
    return tuple(dict.fromkeys(names))[:3]


def _roles_beside(event: Event) -> tuple[RoleGroup, ...]:
    """Give the roles a row shows: signing parties that the headline names already are left out."""
    groups = group_roles(event, most=_MOST_PARTIES)
    if event.title or event.theme:
        return groups
    named = set(_leading(event))
    return tuple(
        g for g in groups if g.role != "party" or g.more or any(p.name not in named for p in g.parties)
    )


def _month_of(edtf: Edtf | None, texts: Texts) -> tuple[str, str]:
    if edtf is None or not edtf.is_year_known:
        return "unknown", texts("lane.title")
    point = edtf.points[-1] if edtf.start is None and not edtf.choices else edtf.points[0]
    month = int(point.month) if point.month and point.month != "XX" else 0
    if edtf.is_open or edtf.choices or not 1 <= month <= 12:
        return point.year, texts("group.nomonth", year=describe(Edtf(Point(point.year)), texts))
    return f"{point.year}-{month:02d}", describe(Edtf(Point(point.year, f"{month:02d}")), texts)
