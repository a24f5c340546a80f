"""The reports of one event in, the event of the chronology out: the best of what they say, and where they disagree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from timeline.chronology import Event, EventParty, Organization, Partnership, Source
from timeline.link.events import are_compatible
from timeline.link.identity import name_partnership
from timeline.link.names import read_body_name
from timeline.link.reports import Report
from timeline.link.reprints import find_reprints, in_print
from timeline.link.tellings import Tie
from timeline.records import Amount, EventDate, PartnershipKind, Person, Place, Role, Status

_PRECISION = {"day": 0, "month": 1, "season": 2, "year": 3, "decade": 4, "century": 5, "unknown": 6}
_ROLES: tuple[Role, ...] = (
    "party", "unveiled", "host", "organizer", "co_host", "recipient", "supporter", "witness", "attendee", "other",
)  # fmt: skip
# a later word outweighs an earlier one: what was planned may be held, what was called off was not
_STATUSES: tuple[Status, ...] = ("held", "ongoing", "cancelled", "planned")


def merge(id: str, reports: Sequence[Report], organizations: Mapping[str, Organization]) -> Event:
    """Make one event of its reports; `organizations` are found by their bodies' keys."""
    ranked = sorted(reports, key=_rank)
    first = ranked[0].mention
    date, conflicts = _date(ranked)
    reprints = find_reprints(reports)
    independent = len(reports) - len(reprints)
    confidence = max(report.mention.confidence for report in reports)
    return Event(
        id=id,
        type=_most([report.mention.type for report in ranked]),
        status=min((r.mention.status for r in reports), key=_STATUSES.index),
        headline=any(report.mention.headline for report in reports),
        title=_title([r.mention.title for r in ranked]),
        theme=_title([r.mention.theme for r in ranked]),
        date=date,
        place=_place(ranked),
        organizations=_parties(ranked, organizations),
        persons=_persons(ranked),
        amount=first.amount or next((r.mention.amount for r in ranked if r.mention.amount), None),
        sources=tuple(
            _source(report, is_reprint=report.key in reprints) for report in sorted(reports, key=in_print)
        ),
        conflicts=(*conflicts, *_other_conflicts(ranked)),
        # each further independent report leaves six tenths of the doubt
        confidence=round(1 - (1 - confidence) * 0.6 ** max(independent - 1, 0), 4),
    )


def merge_ties(
    event: Event, reports: Sequence[Report], organizations: Mapping[str, Organization]
) -> Iterator[Partnership]:
    """Give the partnerships that an event's reports tell of."""
    told: dict[frozenset[str], list[Tie]] = defaultdict(list)
    for report in reports:
        for bodies, tie in report.ties:
            told[bodies].append(tie)
    for bodies, ties in _largest(told).items():
        partners = sorted((organizations[body] for body in bodies), key=lambda o: o.id)
        yield Partnership(
            id=name_partnership(event.id, [o.id for o in partners]),
            organizations=tuple(o.id for o in partners),
            parties=tuple(o.name for o in partners),
            kind=_kind(ties),
            edtf=event.date.edtf,
            event=event.id,
            is_signed=any(tie.is_signed for tie in ties),
            subject=_title([tie.subject for tie in ties]),
            creates=_created(ties),
        )


def _largest(told: Mapping[frozenset[str], Sequence[Tie]]) -> dict[frozenset[str], list[Tie]]:
    """Leave out partners that a fuller report names among others, and pairs of one body; what they say stays."""
    out: dict[frozenset[str], list[Tie]] = {}
    for bodies in sorted(told, key=lambda n: (-len(n), sorted(n))):
        if len(bodies) >= 2 and not any(bodies < larger for larger in out):
            out[bodies] = [tie for some, ties in told.items() if some <= bodies for tie in ties]
    return out


def _kind(ties: Sequence[Tie]) -> PartnershipKind:
    counts = Counter(tie.kind for tie in ties)
    return min(counts, key=lambda k: (k == "other", -counts[k], k))


def _created(ties: Sequence[Tie]) -> tuple[str, ...]:
    """Name each body that is founded once, as most reports do; of two names the fuller one."""
    names: dict[str, list[str]] = defaultdict(list)
    for tie in ties:
        for name in tie.creates:
            names[read_body_name(name).key].append(name)
    return tuple(sorted(filter(None, map(_title, names.values()))))


def _rank(report: Report) -> tuple[object, ...]:
    """Order reports: the event's own news first, then by how well dated, how sure, how full."""
    mention, value = report.mention, report.date
    is_vague = value is None or report.is_about or value.is_uncertain or not report.is_year_known
    precision = _PRECISION[report.precision] if report.precision else 9
    parts = len(mention.organizations) + len(mention.persons) + (mention.place is not None)
    return (not mention.headline, is_vague, precision, -mention.confidence, -parts, report.key)


def _date(ranked: Sequence[Report]) -> tuple[EventDate, list[str]]:
    """Take the best dated report's date, say which page completes which, and list dates that contradict it."""
    dated = [report for report in ranked if report.date is not None]
    if not dated or len(ranked) == 1:
        return ranked[0].mention.date, []
    support = Counter(report.words for report in dated)
    # of equals the one that ranks first: that is the order they stand in; what was held was held on another day than planned
    best = min(dated, key=lambda r: (*_vagueness(r), r.mention.status == "planned", -support[r.words]))
    best = _whole_range(best, dated)
    date, value = best.mention.date, best.date
    assert value is not None
    conflicts, completed = [], []
    for report in sorted(dated, key=lambda r: r.key):
        other = report.date
        if not are_compatible(best, report):
            conflicts.append(f"date: {value} (page {best.page.id}), {other} (page {report.page.id})")
        elif other is not None and value.is_year_known and not other.is_year_known:
            completed.append(f"{other} (page {report.page.id})")
    if completed:
        reason = f"{date.reason}; page {best.page.id} completes the unknown year of {', '.join(completed)}"
        date = date.model_copy(update={"reason": reason})
    return date, conflicts


def _vagueness(report: Report) -> tuple[bool, bool, int, bool]:
    assert report.date is not None
    assert report.precision is not None
    return (not report.is_year_known, report.is_about, _PRECISION[report.precision], report.date.is_uncertain)


def _whole_range(best: Report, dated: Sequence[Report]) -> Report:
    """Prefer a range that begins on the best report's day: 27日 and 27日至29日 are one event of three days."""
    value = best.date
    if value is None or value.is_interval or value.precision != "day":
        return best
    wider = [
        r for r in dated if r.date and r.date.is_interval and r.date.plain().start == value.plain().start
    ]
    return wider[0] if wider else best


def _title(titles: Sequence[str | None]) -> str | None:
    told = [title for title in titles if title]
    if len(told) < 2:
        return told[0] if told else None
    counts = Counter(told)
    return min(counts, key=lambda t: (-counts[t], -len(t), t))


def _most(values: Sequence[str]) -> str:
    if len(values) == 1:
        return values[0]
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], values.index(v)))


def _place(ranked: Sequence[Report]) -> Place | None:
    """Take the best report's place, or the finer one of another that lies in it."""
    places = [report.mention.place for report in ranked if report.mention.place is not None]
    if not places:
        return None
    first = places[0]
    stem = (first.adcode or "").rstrip("0")
    finer = [
        p for p in places if stem and p.adcode and p.adcode.startswith(stem) and p.adcode != first.adcode
    ]
    return finer[0] if finer else first


def _parties(ranked: Sequence[Report], organizations: Mapping[str, Organization]) -> tuple[EventParty, ...]:
    roles: dict[str, Counter[Role]] = defaultdict(Counter)
    for report in ranked:
        for body, participant in zip(report.parties, report.mention.organizations, strict=True):
            roles[body][participant.role] += 1
    parties = [
        (min(found, key=lambda role: (-found[role], _ROLES.index(role))), body)
        for body, found in roles.items()
    ]
    return tuple(
        EventParty(organization=organizations[body].id, name=organizations[body].name, role=role)
        for role, body in sorted(parties, key=lambda p: _ROLES.index(p[0]))
    )


def _persons(ranked: Sequence[Report]) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for report in ranked:
        for person in report.mention.persons:
            known = found.setdefault(person.name, person)
            if known.title is None and person.title is not None:
                found[person.name] = person
    return tuple(found.values())


def _other_conflicts(ranked: Sequence[Report]) -> list[str]:
    amounts = {
        (r.mention.amount.currency, r.mention.amount.value): r for r in reversed(ranked) if r.mention.amount
    }
    out = []
    if len(amounts) > 1:
        told = sorted((r.key, r.mention.amount) for r in amounts.values())
        out.append(
            "amount: " + ", ".join(f"{a.text} (page {key[0]})" for key, a in told if isinstance(a, Amount))
        )
    statuses = {r.mention.status: r for r in reversed(ranked)}
    if "cancelled" in statuses and len(statuses) > 1:
        told_so = sorted(statuses.items())
        out.append("status: " + ", ".join(f"{status} (page {r.page.id})" for status, r in told_so))
    return out


def _source(report: Report, *, is_reprint: bool) -> Source:
    page = report.page
    return Source(
        page=page.id,
        mention=report.mention.id,
        path=page.path,
        url=page.url,
        outlet=page.outlet,
        published=page.published,
        is_reprint=is_reprint,
        sentence=report.mention.sentence,
    )
