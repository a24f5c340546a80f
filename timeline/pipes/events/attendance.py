"""Who is told to be at an event in the sentences after it: a draft and its text in, people and their bodies out.

出席, 致辞 and their kin put every person of their sentence at the event before; 表示 and its kin put the speaker there only
where the text tells of no other event. Those who sign, cut a ribbon or press a button are there, and bring no body with them. What is
found so is borrowed, and marked so where the record can say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from timeline import lexicon
from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.entities.people import PersonSpan
from timeline.pipes.events.material import Material, item_of
from timeline.pipes.tellings.drafts import Draft, Named, Part
from timeline.pipes.words.layout import Sentence
from timeline.pipes.words.vocabulary import Vocabulary

_REACH = 1_500  # characters after the event in which a report still lists who was there
_OPENING = 12  # characters in which a sentence says what it goes on about
_TITLE = 25  # characters between a body and the person who belongs to it
_MEETINGS = frozenset(
    {
        "forum",
        "signing",
        "unveiling",
        "opening",
        "groundbreaking",
        "launch",
        "establishment",
        "award",
        "expo",
        "other",
    }
)


def find_attendance(
    material: Material, draft: Draft, drafts: Sequence[Draft]
) -> tuple[list[Named], list[Part]]:
    """List the people, and the bodies they belong to, whom later sentences of the same item put at the event."""
    here = draft.telling.sentence
    if draft.telling.type not in _MEETINGS or draft.telling.form == "named" or draft.is_history:
        return [], []
    others = [d for d in drafts if d.telling.sentence.start > here.start]
    end = min([d.telling.sentence.start for d in others if d.title or d.date] + [here.end + _REACH])
    is_alone = all(d.telling.sentence == here for d in drafts)
    item = item_of(material, here)
    people: list[Named] = []
    parts: list[Part] = []
    for sentence in material.sentences:
        if not here.end <= sentence.start < here.end + 2 * _REACH or item_of(material, sentence) != item:
            continue
        owner = _owner(material, sentence, drafts)
        is_own = owner is not None and owner.telling is draft.telling
        if is_own or (owner is None and sentence.start < end):
            present = _present(material, sentence, is_alone=is_alone)
            people += [Named(p.start, p.end, p.name, p.title, p.organization) for p in present]
            if not _is_by_hand(material.text[sentence.start : sentence.end]):
                parts += _affiliations(material, present)
    return people, parts


def _owner(material: Material, sentence: Sentence, drafts: Sequence[Draft]) -> Draft | None:
    """Give the event whose name a sentence takes up as it opens: 主旨论坛环节，… after a forum, 研讨会上，…"""
    opening = material.text[sentence.start : min(sentence.end, sentence.start + _OPENING)]
    for draft in reversed(drafts):
        is_before = draft.telling.sentence.start < sentence.start
        if draft.title and is_before and draft.title.rstrip("”」》")[-2:] in opening:
            return draft
    return None


def _present(material: Material, sentence: Sentence, *, is_alone: bool) -> list[PersonSpan]:
    text = material.text[sentence.start : sentence.end]
    mine = [p for p in material.people if sentence.start <= p.start and p.end <= sentence.end]
    if not mine:
        return []
    if _words("attend").find(text) or _words("hand").find(text):
        return mine
    spoken = _words("speak").find(text) if is_alone else []
    limit = sentence.start + spoken[0].start if spoken else sentence.start
    return [p for p in mine if p.title and p.end <= limit][:1]


def _is_by_hand(sentence: str) -> bool:
    """Say whether a sentence only tells who signs or cuts a ribbon, for bodies that the event names itself: 代表双方签字."""
    return bool(_words("hand").find(sentence)) and not _words("attend").find(sentence)


def _affiliations(material: Material, people: Sequence[PersonSpan]) -> list[Part]:
    """Take the bodies right before the people who belong to them: 青禾集团董事长王川."""
    out = []
    for person in people:
        before = [b for b in material.bodies if 0 <= person.start - b.end <= _TITLE]
        own = [b for b in before if _is_of(material.text, b, person)]
        if own:
            body = own[-1]
            out.append(Part(body.start, body.end, body.name, "attendee", is_borrowed=True))
    return out


def _is_of(text: str, body: OrganizationSpan, person: PersonSpan) -> bool:
    between = text[body.end : person.start]
    return bool(person.title) and bool(between.strip()) and not set("，。；！？：,;\n与和") & set(between)


@cache
def _words(kind: str) -> Vocabulary:
    return Vocabulary([e for e in lexicon.load("roles") if e.kind == kind])
