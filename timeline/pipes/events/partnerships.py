"""Who works with whom: a page's joined events and ties in, its partnerships out, each with what it is about and what it creates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from timeline import lexicon
from timeline.pipes.tellings.phrases import ends_as_body, is_specific, plain_name
from timeline.pipes.tellings.sameness import is_same_body
from timeline.pipes.words.vocabulary import Vocabulary
from timeline.records import EventMention, PagePartnership, PartnershipKind

_FOUNDINGS = frozenset({"establishment", "unveiling", "opening", "groundbreaking"})
# What says that something was signed: 达成战略合作 alone does not
_SIGNED = re.compile(r"签|协议|备忘录|合同|意向书|合约")
_TITLED = re.compile(r"《[^《》]{2,60}》")
# What sides agree about: 就储能技术开发|签署, 围绕人才培养|开展合作, 在种业创新等|领域
_ABOUT = re.compile(
    r"""(?:就|围绕)(?P<on>[^，。；就围绕]{2,40}?)(?:等(?:方面|领域|事项|工作)?)?(?:正式)?(?:签署|签订|签约|达成|开展|展开|进行|加强|深化)
      | 在(?P<fields>[^，。；在]{2,60}?)(?:等)?(?:[多一二两三四五六七八九十]个)?(?:方面|领域)""",
    re.VERBOSE,
)
# What they found by it: 共建某某研究院 | 合资成立某某公司
_FOUNDS = re.compile(
    r"(?:共建|共同建设|合作建设|联合建设|联合共建|合作共建|共同成立|联合成立|合资成立|合资设立|共同设立|联合设立|共同组建|联合组建|成立|组建|设立)"
    r"(?P<body>[^，。；、,;\s]{4,40})"
)


@dataclass(frozen=True, slots=True)
class Context:
    """The clean words around an event: its own sentence, and what the page goes on to say."""

    sentence: str
    after: str = ""


def find_partnerships(
    events: Sequence[EventMention], contexts: Sequence[Context], told: Sequence[PagePartnership] = ()
) -> tuple[PagePartnership, ...]:
    """List the partnerships of a page: those that events with two parties or more tell of, then those `told` in passing.

    What is told in passing of bodies that an event of the page ties already says nothing new and is left out.
    """
    out = []
    for event, context in zip(events, contexts, strict=True):
        parties = tuple(dict.fromkeys(o.name for o in event.organizations if o.role == "party"))
        is_tie = event.type in ("signing", "establishment", "launch") and event.status != "cancelled"
        kind = (
            judge_kind(f"{event.title or ''}。{context.sentence}") if len(parties) >= 2 and is_tie else None
        )
        if kind is not None:
            out.append(_of_event(event, context, parties, kind))
    for tie in told:
        if not any(_is_within(tie.parties, other.parties) for other in out):
            out.append(_with_event(tie, events))
    return tuple(out)


def _is_within(parties: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(is_same_body(one, other) for other in others) for one in parties)


def _with_event(tie: PagePartnership, events: Sequence[EventMention]) -> PagePartnership:
    """Give a tie the founding or opening that its own sentence tells, and its date: A与B共建的研究院昨日揭牌."""
    for event in events:
        if event.sentence == tie.sentence and event.type in _FOUNDINGS:
            founded = tuple(o.name for o in event.organizations if o.role == "unveiled")
            news = {"event": event.id, "edtf": event.date.edtf or tie.edtf, "creates": tie.creates or founded}
            return tie.model_copy(update=news)
    return tie


def judge_kind(text: str) -> PartnershipKind | None:
    """Name the kind of partnership that the words of a signing tell of; None for what is no partnership (赔偿协议).

    >>> judge_kind("两校签署战略合作协议")
    'strategic_cooperation'
    """
    kinds = {hit.entry.kind for hit in _words().find(text)}
    if "none" in kinds:
        return None
    order: tuple[PartnershipKind, ...] = (
        "joint_venture",
        "licence",
        "strategic_cooperation",
        "co_building",
        "investment",
        "framework",
        "project",
    )
    return next((kind for kind in order if kind in kinds), "other")


def find_subject(title: str | None, context: Context) -> str | None:
    """Say what a partnership is about: a titled paper, what its sentence names after 就 or 围绕, the fields named next."""
    titled = _TITLED.search(title or context.sentence)
    if titled:
        return titled.group()
    for text in (context.sentence, context.after):
        match = _ABOUT.search(text)
        if match:
            return plain_name(match["on"] or match["fields"])
    return None


def _of_event(
    event: EventMention, context: Context, parties: tuple[str, ...], kind: PartnershipKind
) -> PagePartnership:
    founded = [o.name for o in event.organizations if o.role == "unveiled"]
    for match in _FOUNDS.finditer(context.sentence):
        name = plain_name(match["body"].removeprefix("了"))
        if ends_as_body(name) and is_specific(name) and name not in founded:
            founded.append(name)
    return PagePartnership(
        parties=parties,
        kind=kind,
        edtf=event.date.edtf,
        event=event.id,
        is_signed=event.type == "signing" and bool(_SIGNED.search(f"{event.title}{context.sentence}")),
        subject=find_subject(event.title, context),
        creates=tuple(founded),
        sentence=event.sentence,
    )


@cache
def _words() -> Vocabulary:
    return Vocabulary(lexicon.load("partnerships"))
