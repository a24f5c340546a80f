"""People: titles before and after the name, the body they belong to, lists that share a title, foreign names."""

from __future__ import annotations

from typing import Any

import pytest
import spacy

from tests.pipes.cases import rows
from timeline.pipes.entities.names import NameSpan, recognize
from timeline.pipes.entities.organizations import find_organizations
from timeline.pipes.entities.people import find_people


@pytest.mark.parametrize("row", rows("people"))
def test_finds_the_people_of_a_sentence(row: dict[str, Any]) -> None:
    text = row["text"]
    names = recognize(text)
    found = find_people(text, names, find_organizations(text, names))
    assert [{"name": p.name, "title": p.title, "organization": p.organization} for p in found] == row[
        "people"
    ]


def test_the_span_of_a_title_prints_the_title() -> None:
    text = "国务院侨办经济科技司副司长于建明、戴建武所长出席。"
    names = [NameSpan(13, 16, "PER", 0.9), NameSpan(17, 20, "PER", 0.9), NameSpan(0, 10, "ORG", 0.9)]
    people = find_people(text, names, find_organizations(text, names))
    assert [(p.name, text[p.title_start : p.title_end]) for p in people] == [
        ("于建明", "国务院侨办经济科技司副司长"),
        ("戴建武", "所长"),
    ]


def test_a_name_inside_a_body_is_no_person() -> None:
    text = "李嘉诚基金会捐款。"
    names = [NameSpan(0, 6, "ORG", 0.9), NameSpan(0, 3, "PER", 0.4)]
    assert find_people(text, names, find_organizations(text, names)) == []


def test_a_unique_post_is_not_shared_along_a_list() -> None:
    text = "董事长高远、周立新出席。"
    names = [NameSpan(3, 5, "PER", 0.9), NameSpan(6, 9, "PER", 0.9)]
    assert [p.title for p in find_people(text, names, [])] == ["董事长", None]


def test_the_component_leaves_titles_in_the_document() -> None:
    nlp = spacy.blank("zh")
    for name in ("names", "organizations", "people"):
        nlp.add_pipe(f"timeline_{name}")
    doc = nlp("东原大学校长周立新致辞。")
    span = doc.spans["people"][0]
    assert (span._.name, span._.title, span._.organization) == ("周立新", "东原大学校长", "东原大学")


def test_stays_linear_on_hostile_text() -> None:
    for piece in ("董事长、", "副", "李明、", "李明等", "校长 "):
        text = piece * 3000
        find_people(text, [NameSpan(len(text) - 1, len(text), "PER", 0.5)], [])
