"""Who took part, for a table: an event with its evidence in, one row a part out, each with the words that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.answers import EventEvidence
from api.view.rows import group_roles
from timeline.chronology import Event, EventParty, Source
from timeline.records import Participant, Role


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One organisation in one role, with the words of a report that say so; None where no stored report does."""

    role: Role
    party: EventParty
    page: str | None
    mention: str | None
    words: Participant | None


def list_parties(
    event: Event, evidence: Sequence[EventEvidence], names: Mapping[str, Sequence[str]]
) -> tuple[PartyRow, ...]:
    """List the parts in an event, those who act first; `names` gives an organisation's names by its id."""
    rows: list[PartyRow] = []
    for group in group_roles(event):
        for party in group.parties:
            known = {party.name, *names.get(party.organization, ())}
            told = min(_tellings(evidence, party, known), key=lambda one: one[0], default=None)
            page, words = (told[1], told[2]) if told else (None, None)
            rows.append(
                PartyRow(
                    group.role, party, page.page if page else None, page.mention.id if page else None, words
                )
            )
    return tuple(rows)


def find_original(source: Source, sources: Sequence[Source]) -> Source | None:
    """Say from which report a reprint was taken: the first one of its own that says the same words."""
    if not source.is_reprint:
        return None
    own = (s for s in sources if not s.is_reprint and s.page != source.page)
    return next((s for s in own if s.sentence.text.strip() == source.sentence.text.strip()), None)


def _tellings(
    evidence: Sequence[EventEvidence], party: EventParty, known: set[str]
) -> Iterator[tuple[tuple[bool, bool, int], EventEvidence, Participant]]:
    """Give the places that name the party, to be taken in order: in its role, in the trigger's clause, first report first."""
    for number, one in enumerate(evidence):
        for words in one.mention.organizations:
            if words.name in known or words.text in known:
                yield (words.role != party.role, words.is_borrowed, number), one, words
