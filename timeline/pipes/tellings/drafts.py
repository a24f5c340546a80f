"""What passes between the components of the pipeline: tellings of events, and drafts with their arguments; offsets local to a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from timeline.pipes.tellings.occasions import Occasion
from timeline.pipes.words.layout import Sentence
from timeline.records import EventType, Role, Status

# held: a verb of holding with its occasion; named: an occasion alone; verb: a verb of another kind
Form = Literal["held", "named", "verb"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One place in a text that tells of an event."""

    type: EventType
    form: Form
    start: int
    end: int
    sentence: Sentence
    clause: tuple[int, int]
    occasion: Occasion | None = None
    takes: str = ""
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class BoundDate:
    """A date with the words it came from; `edtf` None where a time word governs the event but says no date.

    `whole` is where the event is told that this date was borrowed from, if that event is the whole of this one.
    """

    edtf: str | None
    from_: str | None
    to: str | None
    start: int | None
    end: int | None
    reason: str
    confidence: float
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An organisation in its role at text[start:end]."""

    start: int
    end: int
    name: str
    role: Role
    is_borrowed: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A person or place at text[start:end]: `title` and `organization` for a person, `code` for a place."""

    start: int
    end: int
    name: str
    title: str | None = None
    organization: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A telling with its status and arguments, before the tellings of one event are joined.

    `whole` is where the event is told that this one was held as a part of.
    """

    telling: Telling
    status: Status
    title: str | None = None
    theme: str | None = None
    body: str | None = None
    date: BoundDate | None = None
    parts: tuple[Part, ...] = ()
    people: tuple[Named, ...] = ()
    place: Named | None = None
    amount: tuple[int, int, float, str] | None = None
    is_history: bool = False
    is_aside: bool = False
    is_headline: bool = False
    confidence: float = 0.5
    whole: int | None = None
