"""Who took part: each part with the words that say so, the best place first; reprints with their original; names with theirs."""

from __future__ import annotations

from api.answers import EventEvidence
from api.view.names import list_names
from api.view.parties import find_original, list_parties
from tests.api.corpus import make_corpus
from timeline.records import Participant

EXTRACTIONS, TIMELINE = make_corpus()
EVENT = next(event for event in TIMELINE.events if len(event.sources) == 3)
NAMES = {o.id: o.names for o in TIMELINE.organizations}


def _evidence() -> tuple[EventEvidence, ...]:
    pages = {extraction.findings.id: extraction.findings for extraction in EXTRACTIONS}
    return tuple(
        EventEvidence(
            page=source.page,
            title=pages[source.page].title,
            outlet=source.outlet,
            url=source.url,
            path=source.path,
            published=pages[source.page].published,
            mention=pages[source.page].events[0],
        )
        for source in EVENT.sources
    )


def test_each_part_has_its_words_and_where_they_stand() -> None:
    rows = list_parties(EVENT, _evidence(), NAMES)
    assert [row.role for row in rows] == ["party", "party", "witness"]
    texts = {extraction.findings.id: extraction.text for extraction in EXTRACTIONS}
    for row in rows:
        assert row.words is not None
        assert row.page is not None
        assert texts[row.page][row.words.start : row.words.end] == row.words.text
        assert row.words.is_borrowed == (row.role == "witness")


def test_its_own_clause_and_its_role_come_before_other_places() -> None:
    first = _evidence()[0]
    party = EVENT.organizations[0]
    words = first.mention.organizations[0]
    far = Participant(**{**words.model_dump(), "start": 1, "end": 5, "is_borrowed": True})
    other = Participant(**{**words.model_dump(), "start": 2, "end": 6, "role": "attendee"})
    mention = first.mention.model_copy(update={"organizations": (other, far, words)})
    event = EVENT.model_copy(update={"organizations": (party,)})
    (row,) = list_parties(event, (first.model_copy(update={"mention": mention}),), NAMES)
    assert row.words == words


def test_a_part_that_no_report_names_stands_without_words() -> None:
    (row,) = list_parties(EVENT.model_copy(update={"organizations": EVENT.organizations[:1]}), (), NAMES)
    assert (row.words, row.page, row.mention) == (None, None, None)


def test_a_reprint_names_the_report_that_says_the_same() -> None:
    first, second, third = EVENT.sources
    assert third.is_reprint
    same = third.model_copy(update={"sentence": first.sentence})
    assert find_original(same, (first, second, same)) == first
    assert find_original(first, EVENT.sources) is None
    other = third.model_copy(update={"sentence": first.sentence.model_copy(update={"text": "另一句"})})
    assert find_original(other, (first, second, other)) is None


def test_names_say_how_often_they_stand_and_where_first() -> None:
    university = next(o for o in TIMELINE.organizations if o.name == "云岭大学")
    rows = list_names(university.names, _evidence())
    assert [(row.name, row.count, row.page) for row in rows] == [
        ("云岭大学", 3, EVENT.sources[0].page),
        ("云大", 0, None),
    ]
