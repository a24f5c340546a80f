"""Who works with whom: a page's joined events in, its partnerships out; parties come from signings and joint foundings only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from timeline import lexicon
from timeline.pipes.vocabulary import Vocabulary
from timeline.records import EventMention, PagePartnership, PartnershipKind


def find_partnerships(events: Sequence[EventMention], contexts: Sequence[str]) -> tuple[PagePartnership, ...]:
    """List the partnerships that events with two parties or more tell of; `contexts` are the clean sentences."""
    out = []
    for event, context in zip(events, contexts, strict=True):
        parties = tuple(dict.fromkeys(o.name for o in event.organizations if o.role == "party"))
        if (
            len(parties) < 2
            or event.status == "cancelled"
            or event.type not in ("signing", "establishment", "launch")
        ):
            continue
        kind = judge_kind(f"{event.title or ''}。{context}")
        if kind is not None:
            out.append(PagePartnership(parties=parties, kind=kind, edtf=event.date.edtf, event=event.id))
    return tuple(out)


def judge_kind(text: str) -> PartnershipKind | None:
    """Name the kind of partnership that the words of a signing tell of; None for what is no partnership (赔偿协议).

    >>> judge_kind("两校签署战略合作框架协议")
    'strategic_cooperation'
    """
    kinds = {hit.entry.kind for hit in _words().find(text)}
    if "none" in kinds:
        return None
    order: tuple[PartnershipKind, ...] = (
        "joint_venture",
        "strategic_cooperation",
        "co_building",
        "investment",
        "framework",
        "project",
    )
    return next((kind for kind in order if kind in kinds), "other")


@cache
def _words() -> Vocabulary:
    return Vocabulary(lexicon.load("partnerships"))
