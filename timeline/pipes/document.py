"""What the steps of the pipeline pass on: a stretch of a clean page, and in it everything found so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from timeline.pipes.entities.home import Home
from timeline.pipes.entities.names import NameSpan
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.entities.people import PersonSpan
from timeline.pipes.entities.places import PlaceSpan
from timeline.pipes.events.ties import Tie
from timeline.pipes.tellings.drafts import Draft, Telling
from timeline.pipes.tellings.occasions import Occasion
from timeline.pipes.words.layout import Sentence
from timeline.records import Reference, ResolvedTime, Segment


@dataclass(slots=True)
class Document:
    """text = page.text[offset : offset + len(text)] of one segment; all other offsets are local to `text`.

    Each field below `home`, which says where the page speaks from, belongs to one step, which writes it once; before that it is empty.
    """

    text: str
    offset: int = 0
    segment: Segment = field(default_factory=lambda: Segment("article", 0, 0))
    reference: Reference = field(default_factory=Reference)
    home: Home = field(default_factory=Home)
    times: Sequence[ResolvedTime] = ()
    sentences: Sequence[Sentence] = ()
    occasions: Sequence[Occasion] = ()
    tellings: Sequence[Telling] = ()
    names: Sequence[NameSpan] = ()
    organizations: Sequence[OrganizationSpan] = ()
    people: Sequence[PersonSpan] = ()
    places: Sequence[PlaceSpan] = ()
    drafts: Sequence[Draft] = ()
    ties: Sequence[Tie] = ()
