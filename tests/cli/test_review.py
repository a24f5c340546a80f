"""The commands changes, correct, review and corrections: what they print, what they refuse, and that undo undoes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.findings import make_extraction
from timeline.chronology import EventQuery
from timeline.cli import main
from timeline.merge import link_store
from timeline.store import find_events, open_store, save_extractions

A, B, C = "东原大学", "南河集团", "西陵研究院"


class Shell:
    """Run commands on one database; keep what the last one printed."""

    def __init__(self, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.url, self._monkeypatch, self._capsys = url, monkeypatch, capsys
        self.out = self.err = ""

    def __call__(self, *words: str) -> int:
        self._monkeypatch.setattr(sys, "argv", ["timeline", *words])
        try:
            main()
            code: Any = 0
        except SystemExit as stop:
            code = stop.code or 0
        self.out, self.err = self._capsys.readouterr()
        return int(code)

    def events(self, **query: Any) -> list[Any]:
        with open_store(self.url) as store:
            return list(find_events(store, EventQuery.model_validate(query)).events)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Store two signings that may be one, of which one has its year only, and a forum of unknown year."""
    url = f"sqlite:///{tmp_path}/store.sqlite"
    monkeypatch.setenv("TIMELINE_DATABASE", url)
    rows: list[dict[str, Any]] = [
        {"date": "2021-06-09", "orgs": {A: "party", B: "party"}},
        {"date": "2021", "orgs": {A: "party", B: "party"}},
        {"date": "XXXX-09-01", "orgs": {C: "host"}, "type": "forum", "title": "两河论坛"},
    ]
    with open_store(url) as store:
        save_extractions(store, [make_extraction(f"p{i}", row) for i, row in enumerate(rows)])
        link_store(store)
    return Shell(url, monkeypatch, capsys)


def ids(shell: Shell, type: str) -> list[str]:
    return sorted(event.id for event in shell.events(types=[type]))


def test_changes_are_printed_from_a_number_on(shell: Shell) -> None:
    assert shell("changes") == 0
    every = shell.out.splitlines()
    assert every[0].startswith("1\tcreated\torganization\t")
    assert shell("changes", "--since", "2", "--format", "jsonl", "--limit", "2") == 0
    assert [json.loads(line)["sequence"] for line in shell.out.splitlines()] == [3, 4]
    assert shell("changes", "--since", "-1") == 2


def test_an_event_is_corrected_and_the_correction_taken_back(shell: Shell) -> None:
    (forum,) = ids(shell, "forum")
    words = (
        "--date",
        "2020-09-01",
        "--title",
        "第二届两河论坛",
        "--add-party",
        "東原大學:co_host",  # as a reader of traditional characters writes it
        "--by",
        "lin",
        "--why",
        "见报",
    )
    assert shell("correct", forum, *words) == 0
    made = shell.out.split()
    assert len(made) == 3
    assert f"timeline review undo {made[0]}" in shell.err
    (event,) = shell.events(types=["forum"])
    assert (event.date.edtf, event.title, event.review) == ("2020-09-01", "第二届两河论坛", "corrected")
    assert [(p.name, p.role) for p in event.organizations] == [(C, "host"), (A, "co_host")]
    assert shell("review", "undo", forum, "--by", "wei") == 0
    assert "said by lin" in shell.err
    assert len(shell.events(types=["forum"])[0].organizations) == 1
    assert shell("review", "undo", made[0], "--by", "wei") == 0
    assert shell.events(types=["forum"])[0].date.edtf == "XXXX-09-01"


WRONG = [
    (("correct", "EVENT"), "nothing to correct"),
    (("correct", "EVENT", "--date", "2020-02-30"), "2020-02-30"),
    (("correct", "EVENT", "--type", "wedding"), "take signing"),
    (("correct", "EVENT", "--confirm", "--reject"), "not both"),
    (("correct", "EVENT", "--add-party", "东原"), f"did you mean {A}"),
    (("correct", "EVENT", "--add-party", "東原:host"), f"did you mean {A}"),
    (("correct", "EVENT", "--add-party", f"{A}:king"), "got 'king'"),
    (("correct", "EVENT", "--remove-party", B), f"there are {C}"),
    (("correct", "e0", "--reject"), "no event has the id 'e0'"),
    (("correct", "EVENT", "--title", "甲", "--by", ""), "who says so"),
    (("review", "--kind", "doubt"), "take unknown_year"),
    (("review", "accept", "EVENT", "-c", "1"), "no candidate dates"),
    (("review", "accept", "e0", "-c", "1"), "no event has the id 'e0'"),
    (("review", "accept", "EVENT", "e0", "--date", "2020"), "a date is given to one event"),
    (("review", "reject", "a", "b", "c"), "one id or two"),
    (("review", "reject", "EVENT", "EVENT"), "one already"),
    (("review", "undo", "c0"), "no correction has the id 'c0'"),
    (("review", "undo", "EVENT", "EVENT", "--by", "lin"), "said nothing"),
    (("corrections", "apply", "nowhere.jsonl"), "cannot read"),
    (("partners", "无名氏"), "no organisation is called 无名氏"),
    (("partners", "--as-of", "gestern"), "as_of is 'gestern'"),
]


@pytest.mark.parametrize(("words", "says"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_what_cannot_be_is_refused_in_one_line(shell: Shell, words: tuple[str, ...], says: str) -> None:
    (forum,) = ids(shell, "forum")
    assert shell(*(forum if word == "EVENT" else word for word in words)) in (1, 2)
    assert shell.out == ""
    assert says in shell.err
    assert shell.err.count("\n") == 1
    assert [e.review for e in shell.events()] == ["automatic"] * 3


def test_the_list_shows_what_there_is_and_how_to_decide(shell: Shell) -> None:
    assert shell("review") == 0
    assert "unknown_year  " in shell.out
    assert "两河论坛" in shell.out
    assert "(unknown_year 1, conflict 0, unsure_merge 1, low_confidence 0)" in shell.err
    assert shell("review", "--limit", "1", "--format", "jsonl") == 0
    assert json.loads(shell.out)["kind"] == "unknown_year"
    cursor = shell.err.split("--after ")[1].split()[0]
    assert shell("review", "--after", cursor, "--format", "jsonl") == 0
    assert json.loads(shell.out)["kind"] == "unsure_merge"


def test_a_year_is_picked_and_an_event_rejected(shell: Shell) -> None:
    (forum,) = ids(shell, "forum")
    assert shell("review", "accept", forum, "--date", "2020-09-01", "--by", "lin") == 0
    assert shell.events(types=["forum"])[0].date.edtf == "2020-09-01"
    assert shell("review", "reject", forum, "--by", "lin") == 0
    assert shell.events(types=["forum"]) == []
    assert shell("review", "undo", forum, "--by", "lin") == 0
    assert shell("review", "accept", forum, "--by", "lin") == 0
    assert len(shell.events(types=["forum"])) == 1


def test_two_events_are_joined_parted_and_left_to_the_rules_again(shell: Shell) -> None:
    pair = ids(shell, "signing")
    assert shell("review", "accept", *pair, "--by", "lin", "--why", "same day") == 0
    assert len(ids(shell, "signing")) == 1
    assert shell("review", "undo", *pair, "--by", "lin") == 0
    assert len(ids(shell, "signing")) == 2
    assert shell("review", "reject", *pair, "--by", "lin") == 0
    assert shell("review", "--kind", "unsure_merge") == 0
    assert shell.out == ""


def test_what_was_said_goes_out_and_in(shell: Shell, tmp_path: Path) -> None:
    (forum,) = ids(shell, "forum")
    shell("correct", forum, "--date", "2020-09-01", "--by", "lin")
    shell("review", "accept", *ids(shell, "signing"), "--by", "lin")
    file = tmp_path / "said.jsonl"
    assert shell("corrections", "export", "--out", str(file)) == 0
    assert shell("corrections", "export") == 0
    assert shell.out == file.read_text("utf-8")
    assert shell("corrections", "apply", str(file)) == 0
    assert "0 applied, 2 unchanged, 0 refused" in shell.err
    shell("review", "undo", *ids(shell, "signing") * 2, "--by", "lin")
    assert len(ids(shell, "signing")) == 2
    assert shell("corrections", "apply", str(file)) == 0
    assert "1 applied, 1 unchanged, 0 refused" in shell.err
    assert len(ids(shell, "signing")) == 1
    file.write_text('{"correction": {}}\n', "utf-8")
    assert shell("corrections", "apply", str(file)) == 1
    assert "line 1: refused: no correction: event: Field required" in shell.err


def test_partners_are_listed_with_their_events_as_of_a_day(shell: Shell) -> None:
    assert shell("partners", A) == 0
    head, *events = shell.out.splitlines()
    assert head.startswith(
        f"{A} × {B}  2021-01-01 – 2021-12-31  2 events, 2 sources  (strategic_cooperation 2)"
    )
    assert len(events) == 2
    assert shell("partners", "--as-of", "2021-05-31", "--format", "jsonl") == 0
    assert json.loads(shell.out)["events"] == 1
    assert shell("partners", "--as-of", "2020") == 0
    assert shell.out == ""
    assert "0 of 0 pairs" in shell.err
