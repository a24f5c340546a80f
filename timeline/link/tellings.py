"""A page's findings in, what linking needs of them out: each event with the keys of its bodies, each use of a name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from timeline.link.names import BodyName, is_common, place_name, read_body_name, split_key
from timeline.records import EventMention, EventType, PagePartnership, PartnershipKind

# stands between a name that many places have and the page on which it means a body of its own
OWN = "\x1f"
_SHORTEST_HEAD = 4
_TELLING_HEAD = 8


class PageHead(BaseModel):
    """What a report says of its page."""

    model_config = ConfigDict(frozen=True)

    id: str
    path: str | None
    url: str | None
    outlet: str | None
    published: str | None


class Tie(BaseModel):
    """The keys of the bodies that one event ties, and what the page says of what ties them."""

    model_config = ConfigDict(frozen=True)

    keys: tuple[str, ...]
    kind: PartnershipKind
    is_signed: bool = True
    subject: str | None = None
    creates: tuple[str, ...] = ()


class Telling(BaseModel):
    """One event as one page tells it, apart from the rest of its page; `keys` go with the mention's organisations."""

    model_config = ConfigDict(frozen=True)

    page: PageHead
    mention: EventMention
    keys: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a page uses a name: in an event of a type, or ("" and None) in a partnership alone."""

    key: str
    name: str
    page: str
    mention: str
    type: EventType | None
    times: int = 1


@dataclass(frozen=True, slots=True)
class PageTellings:
    """All that linking reads of one page."""

    tellings: tuple[Telling, ...]
    uses: tuple[Use, ...]


class _Published(Protocol):
    @property
    def edtf(self) -> str | None: ...


class Findings(Protocol):
    """The part of a page's findings that linking reads: PageFindings, or an outline of them."""

    @property
    def id(self) -> str: ...
    @property
    def path(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def published(self) -> _Published: ...
    @property
    def events(self) -> tuple[EventMention, ...]: ...
    @property
    def partnerships(self) -> tuple[PagePartnership, ...]: ...


class _PublishedOutline(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    edtf: str | None = None


class Outline(BaseModel):
    """A page's findings without what linking does not read: evidence, times and repairs are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    path: str | None
    url: str | None
    outlet: str | None
    published: _PublishedOutline
    events: tuple[EventMention, ...]
    partnerships: tuple[PagePartnership, ...]


def read_outline(findings: str | bytes) -> Outline:
    """Read stored findings (the JSON of a PageFindings), leaving out what linking does not need."""
    return Outline.model_validate_json(findings)


def read_tellings(page: Findings) -> PageTellings:
    """Take from a page what linking needs: a pure function of the page, whatever other pages say."""
    local = _local_keys(page)
    head = PageHead(
        id=page.id, path=page.path, url=page.url, outlet=page.outlet, published=page.published.edtf
    )

    def key_of(name: str) -> str:
        own = read_body_name(name).key
        return local.get(own, own)

    ties: dict[str | None, list[Tie]] = {}
    uses = []
    for found in page.partnerships:
        keys = tuple(map(key_of, found.parties))
        ties.setdefault(found.event, []).append(
            Tie(
                keys=keys,
                kind=found.kind,
                is_signed=found.is_signed,
                subject=found.subject,
                creates=found.creates,
            )
        )
        uses += [Use(key, name, page.id, "", None) for key, name in zip(keys, found.parties, strict=True)]
    tellings = []
    for mention in page.events:
        keys = tuple(key_of(participant.name) for participant in mention.organizations)
        tellings.append(Telling(page=head, mention=mention, keys=keys, ties=tuple(ties.get(mention.id, ()))))
        uses += [
            Use(key, participant.name, page.id, mention.id, mention.type)
            for key, participant in zip(keys, mention.organizations, strict=True)
        ]
    return PageTellings(tuple(tellings), tuple(uses))


@lru_cache(maxsize=1 << 14)
def report_code(page: str, mention: str) -> int:
    """Give a report's short name: 63 bits made of the ids of its page and mention."""
    return hash_key((page, mention))


@lru_cache(maxsize=1 << 16)
def name_code(key: str) -> int:
    """Give the short name of a name's key: 63 bits."""
    return hash_key((key,))


def hash_key(parts: Sequence[str]) -> int:
    """Make 63 bits of some words, the same in every process."""
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest()) >> 1


def is_head(short: BodyName, full: BodyName) -> bool:
    """Say whether the short name is the end of the full one, its parent or place left out."""
    is_legal = short.legal in ("", full.legal)
    return is_legal and len(short.stem) < len(full.stem) and full.stem.endswith(short.stem)


def _local_keys(page: Findings) -> dict[str, str]:
    """Give the keys that mean something else on this page than alone.

    A name that many places have is a body of this page's, or that of the one place where its events were, 县人民医院 in
    禾川县; a short name beside exactly one longer one that it ends
    means that: 附属医院 where 东原大学附属医院 stands, too.
    """
    names = [o.name for event in page.events for o in event.organizations]
    names += [name for partnership in page.partnerships for name in partnership.parties]
    common = {read_body_name(name).key for name in set(names) if is_common(name)}
    own = {key: f"{key}{OWN}{page.id}" for key in common}
    return {**own, **(_placed(page) if common else {}), **dict(_local_heads(page))}


def _placed(page: Findings) -> dict[str, str]:
    """Give the keys of names that the place of their events completes, the same place in each."""
    found: dict[str, set[str | None]] = {}
    for event in page.events:
        place = event.place.name if event.place else ""
        for participant in event.organizations:
            name = place_name(participant.name, place)
            found.setdefault(read_body_name(participant.name).key, set()).add(name)
    single = {key: names.pop() for key, names in found.items() if len(names) == 1}
    return {key: read_body_name(name).key for key, name in single.items() if name is not None}


def _local_heads(page: Findings) -> Iterator[tuple[str, str]]:
    """Find short names that end exactly one longer name of the same page.

    Long heads tell for themselves and are judged with all pages; two names of one event's parties are two bodies.
    """
    keys = [{read_body_name(o.name).key for o in event.organizations} for event in page.events]
    names = {key: split_key(key) for found in keys for key in found}
    shorts = [n for n in names.values() if _SHORTEST_HEAD <= len(n.stem) < _TELLING_HEAD]
    if not shorts:
        return
    together = {frozenset(pair) for found in keys for pair in combinations(found, 2)}
    for short in shorts:
        longer = [n for n in names.values() if is_head(short, n)]
        if len(longer) == 1 and frozenset((short.key, longer[0].key)) not in together:
            yield short.key, longer[0].key
